/* What a newcomer is quoted, in the small hall of the core's tests: services passports
 * and vehicles of 300 s; counter 1 serves passports, 2 both, 3 vehicles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../core/fixture.h"
#include "figures/estimate.h"

struct estimated {
    struct fixture fixture;
    struct pace *pace;
};

static int setup(void **state)
{
    static struct estimated hall;
    fixture_init(&hall.fixture);
    hall.pace = pace_create();
    *state = &hall;
    return hall.pace ? 0 : -1;
}

static int teardown(void **state)
{
    struct estimated *hall = *state;
    pace_destroy(hall->pace);
    fixture_finish(&hall->fixture);
    return 0;
}

static struct quote quote(const struct estimated *hall, uint32_t service,
                          uint32_t class_index)
{
    struct quote quote;
    estimate_quote(hall->fixture.queue, hall->pace, service, class_index,
                   hall->fixture.now_ms, &quote);
    return quote;
}

static void open_counter(struct estimated *hall, uint32_t counter)
{
    assert_ok(&hall->fixture, fixture_press(&hall->fixture, VERB_OPEN, counter));
}

static void without_an_open_counter_only_the_position_is_known(void **state)
{
    struct estimated *hall = *state;
    fixture_take(&hall->fixture, PASSPORTS, CLASS_NONE);
    open_counter(hall, COUNTER_3); /* vehicles only */
    struct quote told = quote(hall, PASSPORTS, CLASS_NONE);
    assert_false(told.is_given);
    assert_int_equal(told.ahead, 1);
    assert_int_equal(told.open_counters, 0);
    assert_int_equal(told.mean_s + told.p50_s + told.p80_s + told.p90_s, 0);
}

static void a_free_counter_and_nobody_ahead_is_no_wait(void **state)
{
    struct estimated *hall = *state;
    open_counter(hall, COUNTER_1);
    struct quote told = quote(hall, PASSPORTS, CLASS_NONE);
    assert_true(told.is_given);
    assert_int_equal(told.open_counters, 1);
    assert_int_equal(told.mean_s + told.p50_s + told.p80_s + told.p90_s, 0);
}

static void a_busy_counter_is_one_exponential_service(void **state)
{
    struct estimated *hall = *state;
    open_counter(hall, COUNTER_1);
    fixture_take(&hall->fixture, PASSPORTS, CLASS_NONE);
    assert_ok(&hall->fixture, fixture_press(&hall->fixture, VERB_CALL_NEXT, COUNTER_1));
    struct quote told = quote(hall, PASSPORTS, CLASS_NONE);
    assert_true(told.is_given);
    assert_int_equal(told.ahead, 0);
    assert_int_equal(told.mean_s, 300);
    assert_int_equal(told.p50_s, 208); /* 300 ln 2 = 207.94 */
    assert_int_equal(told.p80_s, 483); /* 300 ln 5 = 482.83 */
    assert_int_equal(told.p90_s, 691); /* 300 ln 10 = 690.78 */
}

static void people_ahead_are_steps_and_counters_are_the_pace(void **state)
{
    struct estimated *hall = *state;
    for (int i = 0; i < 4; i++) {
        fixture_take(&hall->fixture, PASSPORTS, CLASS_NONE);
    }
    open_counter(hall, COUNTER_1);
    open_counter(hall, COUNTER_2);
    struct quote told = quote(hall, PASSPORTS, CLASS_NONE);
    assert_int_equal(told.ahead, 4);
    assert_int_equal(told.open_counters, 2);
    assert_int_equal(told.mean_s, 750); /* 5 x 300 / 2 */
    assert_int_equal(told.p50_s, 701);  /* 150 x 4.67091 */
    assert_int_equal(told.p80_s, 1009); /* 150 x 6.72098 */
    assert_int_equal(told.p90_s, 1200); /* 150 x 7.99359 = 1199.04 */
}

static void a_shared_open_counter_joins_the_lines(void **state)
{
    struct estimated *hall = *state;
    fixture_take(&hall->fixture, VEHICLES, CLASS_NONE);
    fixture_take(&hall->fixture, VEHICLES, CLASS_NONE);
    open_counter(hall, COUNTER_1);
    assert_int_equal(quote(hall, PASSPORTS, CLASS_NONE).ahead, 0);
    open_counter(hall, COUNTER_2);
    assert_int_equal(quote(hall, PASSPORTS, CLASS_NONE).ahead, 2);
    assert_ok(&hall->fixture, fixture_press(&hall->fixture, VERB_PAUSE, COUNTER_2));
    assert_int_equal(quote(hall, PASSPORTS, CLASS_NONE).ahead, 0);
    assert_int_equal(quote(hall, PASSPORTS, CLASS_NONE).open_counters, 1);
}

static void mean_service_is_that_of_the_joined_lines(void **state)
{
    struct estimated *hall = *state;
    for (int i = 0; i < 20; i++) {
        pace_add(hall->pace, VEHICLES, 900000);
    }
    open_counter(hall, COUNTER_2);
    fixture_take(&hall->fixture, VEHICLES, CLASS_NONE);
    /* (20 x 300 + 20 x 300 + 20 x 900) / 60 = 500; two steps, one counter */
    assert_int_equal(quote(hall, PASSPORTS, CLASS_NONE).mean_s, 1000);
    /* the line alone, once its own counter is the only one: 300 */
    open_counter(hall, COUNTER_1);
    assert_ok(&hall->fixture, fixture_press(&hall->fixture, VERB_CLOSE, COUNTER_2));
    fixture_take(&hall->fixture, PASSPORTS, CLASS_NONE);
    assert_int_equal(quote(hall, PASSPORTS, CLASS_NONE).mean_s, 600);
}

static void a_head_start_passes_those_it_overtakes(void **state)
{
    struct estimated *hall = *state;
    open_counter(hall, COUNTER_2);
    fixture_take(&hall->fixture, PASSPORTS, CLASS_NONE);
    fixture_take(&hall->fixture, VEHICLES, CLASS_NONE);
    fixture_wait_s(&hall->fixture, 1801);
    fixture_take(&hall->fixture, PASSPORTS, CLASS_NONE);
    assert_int_equal(quote(hall, VEHICLES, CLASS_NONE).ahead, 3);
    assert_int_equal(quote(hall, VEHICLES, CLASS_PRIORITY).ahead, 2); /* 30 minutes */
    assert_int_equal(quote(hall, VEHICLES, CLASS_FIRST).ahead, 0);
}

static void a_head_start_of_others_stands_before_a_newcomer(void **state)
{
    struct estimated *hall = *state;
    open_counter(hall, COUNTER_1);
    fixture_take(&hall->fixture, PASSPORTS, CLASS_PRIORITY);
    assert_int_equal(quote(hall, PASSPORTS, CLASS_NONE).ahead, 1);
    assert_int_equal(quote(hall, PASSPORTS, CLASS_PRIORITY).ahead, 1);
    assert_int_equal(quote(hall, PASSPORTS, CLASS_FIRST).ahead, 0);
}

static void a_quote_is_at_most_a_day(void **state)
{
    struct quote long_wait = {.is_given = true};
    (void)state;
    estimate_fill(&long_wait, 60000, 1.0 / 3600);
    assert_int_equal(long_wait.mean_s, QUOTE_S_MAX);
    assert_int_equal(long_wait.p90_s, QUOTE_S_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            without_an_open_counter_only_the_position_is_known, setup, teardown),
        cmocka_unit_test_setup_teardown(a_free_counter_and_nobody_ahead_is_no_wait, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_busy_counter_is_one_exponential_service, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(people_ahead_are_steps_and_counters_are_the_pace,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_shared_open_counter_joins_the_lines, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(mean_service_is_that_of_the_joined_lines, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_head_start_passes_those_it_overtakes, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_head_start_of_others_stands_before_a_newcomer,
                                        setup, teardown),
        cmocka_unit_test(a_quote_is_at_most_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
