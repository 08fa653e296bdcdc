/* Ranges as they are shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figures/wait_range.h"

static struct wait_range range_of(uint32_t p50_s, uint32_t p90_s)
{
    struct quote quote = {.is_given = true, .p50_s = p50_s, .p90_s = p90_s};
    return wait_range_of_quote(&quote);
}

static void limits_are_rounded_outwards_in_steps(void **state)
{
    static const struct {
        uint32_t p50_s;
        uint32_t p90_s;
        uint32_t low_min;
        uint32_t high_min;
    } cases[] = {
        {0, 0, 0, 5},      /* at once: less than 5 minutes */
        {60, 299, 0, 5},   /* still less than 5 */
        {60, 300, 0, 5},   /* 5 minutes sharp */
        {60, 301, 0, 10},  /* a second more */
        {299, 900, 0, 15}, /* down to 0 */
        {300, 900, 5, 15}, /* 5 sharp stays 5 */
        {15 * 60, 25 * 60, 15, 25},
        {17 * 60, 23 * 60, 15, 25},
        {15 * 60, 15 * 60, 15, 20}, /* never equal */
        {1799, 1800, 25, 30},       /* below 30: steps of 5 */
        {1800, 1801, 30, 40},       /* from 30: steps of 10 */
        {39 * 60, 41 * 60, 30, 50},
        {59 * 60, 60 * 60, 50, 60},
        {60 * 60, 60 * 60 + 1, 60, 75}, /* from 60: steps of 15 */
        {89 * 60, 91 * 60, 75, 105},
        {119 * 60, 170 * 60, 105, 180}, /* the lower limit is below 2 hours */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct wait_range range = range_of(cases[i].p50_s, cases[i].p90_s);
        assert_true(range.is_given);
        assert_false(range.is_open_ended);
        assert_int_equal(range.low_min, cases[i].low_min);
        assert_int_equal(range.high_min, cases[i].high_min);
    }
}

static void above_two_hours_only_that_is_said(void **state)
{
    (void)state;
    struct wait_range range = range_of(120 * 60, 130 * 60);
    assert_true(range.is_given);
    assert_true(range.is_open_ended);
    assert_int_equal(range.low_min, 120);
    assert_int_equal(range.high_min, 0);
    range = range_of(400 * 60, 500 * 60);
    assert_int_equal(range.low_min, 120);
}

static void no_estimate_is_no_range(void **state)
{
    struct quote quote = {.ahead = 7};
    (void)state;
    assert_false(wait_range_of_quote(&quote).is_given);
}

static void rounding_never_takes_coverage_away(void **state)
{
    (void)state;
    for (uint32_t p50_s = 0; p50_s < 7200; p50_s += 7) {
        for (uint32_t p90_s = p50_s; p90_s < p50_s + 4000; p90_s += 97) {
            struct wait_range range = range_of(p50_s, p90_s);
            assert_true(range.low_min * 60 <= p50_s);
            assert_true(range.high_min * 60 >= p90_s);
            assert_true(range.low_min < range.high_min);
        }
    }
}

static void a_longer_wait_is_shown_at_the_second_refresh(void **state)
{
    struct wait_range_shown shown = {0};
    (void)state;
    assert_int_equal(wait_range_settle(&shown, range_of(600, 900)).low_min, 10);
    assert_int_equal(wait_range_settle(&shown, range_of(900, 1500)).low_min, 10);
    assert_int_equal(wait_range_settle(&shown, range_of(600, 900)).low_min, 10);
    /* it went back in between: the count begins again */
    assert_int_equal(wait_range_settle(&shown, range_of(900, 1500)).low_min, 10);
    assert_int_equal(wait_range_settle(&shown, range_of(900, 1500)).low_min, 15);
}

static void a_shorter_wait_is_shown_at_once(void **state)
{
    struct wait_range_shown shown = {0};
    (void)state;
    (void)wait_range_settle(&shown, range_of(7300, 9000));
    assert_true(shown.range.is_open_ended);
    assert_int_equal(wait_range_settle(&shown, range_of(900, 1500)).high_min, 25);
    assert_int_equal(wait_range_settle(&shown, range_of(600, 1500)).low_min, 10);
}

static void the_end_of_estimates_is_shown_at_once(void **state)
{
    struct wait_range_shown shown = {0};
    struct wait_range none = {0};
    (void)state;
    (void)wait_range_settle(&shown, range_of(600, 900));
    assert_false(wait_range_settle(&shown, none).is_given);
    assert_true(wait_range_settle(&shown, range_of(1500, 2400)).is_given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_rounded_outwards_in_steps),
        cmocka_unit_test(above_two_hours_only_that_is_said),
        cmocka_unit_test(no_estimate_is_no_range),
        cmocka_unit_test(rounding_never_takes_coverage_away),
        cmocka_unit_test(a_longer_wait_is_shown_at_the_second_refresh),
        cmocka_unit_test(a_shorter_wait_is_shown_at_once),
        cmocka_unit_test(the_end_of_estimates_is_shown_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
