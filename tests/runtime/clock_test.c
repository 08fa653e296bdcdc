/* The office clock under samples that the test makes up, and one look at the machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "runtime/clock.h"
#include "runtime/instant.h"

/* 2026-11-23T09:00:00Z, and the machine has run for 5 s. */
#define WALL_MS    1795424400000LL
#define MACHINE_MS 5000LL

static struct clock_sample sample(int64_t machine_ms, int64_t wall_ms)
{
    return (struct clock_sample){.machine_ms = MACHINE_MS + machine_ms,
                                 .wall_ms = WALL_MS + wall_ms};
}

static struct office_clock make(enum clock_mode mode, uint32_t factor, int64_t start_ms)
{
    struct office_clock clock;
    assert_int_equal(
        office_clock_init(&clock, mode, factor, start_ms, sample(0, 0), NULL), OK);
    return clock;
}

static void real_clock_follows_the_wall_clock(void **state)
{
    (void)state;
    struct office_clock clock = make(CLOCK_REAL, 1, 0);
    assert_int_equal(office_clock_at(&clock, sample(0, 0)), WALL_MS);
    assert_int_equal(office_clock_at(&clock, sample(1000, 1000)), WALL_MS + 1000);
    assert_int_equal(office_clock_at(&clock, sample(2000, 9000)), WALL_MS + 9000);
}

static void real_clock_starts_no_earlier_than_the_journal_ends(void **state)
{
    (void)state;
    struct office_clock clock = make(CLOCK_REAL, 1, WALL_MS + 60000);
    assert_int_equal(office_clock_at(&clock, sample(0, 0)), WALL_MS + 60000);
    assert_true(office_clock_at(&clock, sample(8000, 8000)) > WALL_MS + 60000);
}

static void wall_clock_set_back_slows_office_time_and_never_turns_it(void **state)
{
    (void)state;
    struct office_clock clock = make(CLOCK_REAL, 1, 0);
    (void)office_clock_at(&clock, sample(0, 0));
    /* Set back by 8 s: office time goes on at 7/8, so it has caught up after 64 s. */
    int64_t before_ms = WALL_MS;
    for (int64_t t = 1; t <= 70000; t++) {
        int64_t now_ms = office_clock_at(&clock, sample(t, t - 8000));
        assert_true(now_ms >= before_ms);
        before_ms = now_ms;
        if (t == 32000) {
            assert_in_range(now_ms, WALL_MS + 27990, WALL_MS + 28000);
        }
    }
    assert_int_equal(before_ms, WALL_MS + 62000);
}

static void scaled_clock_goes_by_machine_time_alone(void **state)
{
    (void)state;
    struct office_clock clock = make(CLOCK_SCALED, 60, 1000000);
    assert_int_equal(office_clock_at(&clock, sample(0, 0)), 1000000);
    assert_int_equal(office_clock_at(&clock, sample(1000, -99000)), 1060000);
    assert_int_equal(office_clock_at(&clock, sample(1001, 99000)), 1060060);
}

static void stepped_clock_stands_until_it_is_stepped(void **state)
{
    (void)state;
    struct office_clock clock = make(CLOCK_STEPPED, 1, 1000000);
    assert_int_equal(office_clock_at(&clock, sample(50000, 50000)), 1000000);
    assert_int_equal(office_clock_step(&clock, 90, NULL), OK);
    assert_int_equal(office_clock_at(&clock, sample(50000, 50000)), 1090000);
}

static void only_a_stepped_clock_is_stepped(void **state)
{
    (void)state;
    struct error err = {0};
    struct office_clock real = make(CLOCK_REAL, 1, 0);
    assert_int_equal(office_clock_step(&real, 1, &err), ERR_REFUSED);
    assert_string_equal(err.text, "office time is real and cannot be stepped");
    struct office_clock stepped = make(CLOCK_STEPPED, 1, 0);
    assert_int_equal(office_clock_step(&stepped, 0, &err), ERR_INVALID);
    assert_int_equal(office_clock_step(&stepped, 86401, &err), ERR_INVALID);
    assert_string_equal(err.text, "a step is 1 to 86400 seconds, not '86401'");
    assert_int_equal(office_clock_step(&stepped, 86400, &err), OK);
}

static void clock_that_cannot_be_is_refused(void **state)
{
    (void)state;
    struct office_clock clock;
    struct error err = {0};
    assert_int_equal(office_clock_init(&clock, CLOCK_SCALED, 1001, 0, sample(0, 0), &err),
                     ERR_INVALID);
    assert_string_equal(err.text,
                        "the factor of a scaled clock is 1 to 1000, not '1001'");
    assert_int_equal(office_clock_init(&clock, CLOCK_SCALED, 0, 0, sample(0, 0), &err),
                     ERR_INVALID);
    assert_int_equal(office_clock_init(&clock, CLOCK_REAL, 2, 0, sample(0, 0), &err),
                     ERR_INVALID);
    assert_int_equal(office_clock_init(&clock, CLOCK_REPLAY, 1, 0, sample(0, 0), &err),
                     ERR_INVALID);
    assert_string_equal(err.text,
                        "the office clock is real, scaled or stepped, not 'replay'");
}

static void timer_for_an_office_time_wakes_when_it_is_reached(void **state)
{
    (void)state;
    static const struct {
        enum clock_mode mode;
        uint32_t factor;
        int64_t start_ms;
    } cases[] = {
        {CLOCK_REAL, 1, 0}, {CLOCK_SCALED, 7, WALL_MS}, {CLOCK_REAL, 1, WALL_MS + 8000}};
    for (size_t i = 0; i < 3; i++) {
        struct office_clock clock =
            make(cases[i].mode, cases[i].factor, cases[i].start_ms);
        struct clock_sample now = sample(0, 0);
        int64_t goal_ms = office_clock_at(&clock, now) + 1001;
        int64_t at_ms = office_clock_reaches(&clock, goal_ms, now);
        int64_t passed_ms = at_ms - now.machine_ms;
        struct office_clock other = clock;
        assert_true(office_clock_at(&other, sample(passed_ms - 2, passed_ms - 2)) <
                    goal_ms);
        assert_true(office_clock_at(&clock, sample(passed_ms, passed_ms)) >= goal_ms);
    }
    struct office_clock stepped = make(CLOCK_STEPPED, 1, 1000);
    assert_true(office_clock_reaches(&stepped, 2000, sample(0, 0)) == INT64_MAX);
    assert_int_equal(office_clock_reaches(&stepped, 1000, sample(0, 0)), MACHINE_MS);
    assert_int_equal(office_clock_step(&stepped, 1, NULL), OK);
    assert_int_equal(office_clock_reaches(&stepped, 2000, sample(0, 0)), MACHINE_MS);
}

static void jump_of_the_wall_clock_is_found_once(void **state)
{
    (void)state;
    struct office_clock clock = make(CLOCK_REAL, 1, 0);
    int64_t jump_ms = 0;
    assert_false(office_clock_jumped(&clock, sample(2000, 2000), &jump_ms));
    assert_false(office_clock_jumped(&clock, sample(4000, 6000), &jump_ms)); /* 2 s */
    assert_true(office_clock_jumped(&clock, sample(6000, 10001), &jump_ms)); /* 2.001 s */
    assert_int_equal(jump_ms, 2001);
    assert_false(office_clock_jumped(&clock, sample(8000, 12001), &jump_ms));
    assert_true(office_clock_jumped(&clock, sample(9000, -3600000), &jump_ms));
    assert_true(jump_ms < -3600000);
}

static void machine_time_rises_and_the_sample_holds_both_clocks(void **state)
{
    (void)state;
    int64_t before_ms = clock_machine_ms();
    struct clock_sample now = clock_sample_now();
    assert_true(now.machine_ms >= before_ms);
    int64_t since_2024_ms = 0;
    assert_int_equal(instant_parse("2024-01-01T00:00:00Z", &since_2024_ms, NULL), OK);
    assert_true(now.wall_ms > since_2024_ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_clock_follows_the_wall_clock),
        cmocka_unit_test(real_clock_starts_no_earlier_than_the_journal_ends),
        cmocka_unit_test(wall_clock_set_back_slows_office_time_and_never_turns_it),
        cmocka_unit_test(scaled_clock_goes_by_machine_time_alone),
        cmocka_unit_test(stepped_clock_stands_until_it_is_stepped),
        cmocka_unit_test(only_a_stepped_clock_is_stepped),
        cmocka_unit_test(clock_that_cannot_be_is_refused),
        cmocka_unit_test(timer_for_an_office_time_wakes_when_it_is_reached),
        cmocka_unit_test(jump_of_the_wall_clock_is_found_once),
        cmocka_unit_test(machine_time_rises_and_the_sample_holds_both_clocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
