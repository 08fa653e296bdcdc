/* Who is next, who was overtaken, who is ahead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/policy.h"
#include "core/queue.h"
#include "fixture.h"

static void first_come_is_first_among_equals(void **state)
{
    struct fixture *f = *state;
    uint32_t first = fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_take(f, PASSPORTS, CLASS_NONE); /* the same millisecond */
    fixture_wait_s(f, 1);
    fixture_take(f, VEHICLES, CLASS_NONE);
    struct choice choice = policy_next(f->queue, COUNTER_2, f->now_ms);
    assert_int_equal(choice.ticket, first);
    assert_int_equal(choice.overtaken, 0);
    assert_int_equal(choice.rule, CALL_SHARE);
}

static void nobody_waiting_gives_no_ticket(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, VEHICLES, CLASS_NONE);
    assert_int_equal(policy_next(f->queue, COUNTER_1, f->now_ms).ticket, TICKET_NONE);
}

static void equal_waits_of_two_services_go_by_ordinal(void **state)
{
    struct fixture *f = *state;
    uint32_t vehicle = fixture_take(f, VEHICLES, CLASS_NONE);
    fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(policy_next(f->queue, COUNTER_2, f->now_ms).ticket, vehicle);
}

static void head_start_passes_only_those_who_arrived_within_it(void **state)
{
    struct fixture *f = *state;
    uint32_t early = fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 600);
    uint32_t late = fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 1201); /* 30 minutes and a second after the first */
    uint32_t priority = fixture_take(f, PASSPORTS, CLASS_PRIORITY);
    assert_int_equal(queue_first_waiting(f->queue, PASSPORTS), early);
    struct line_walk walk;
    queue_walk_begin(f->queue, PASSPORTS, &walk);
    assert_int_equal(queue_walk_next(&walk), early);
    assert_int_equal(queue_walk_next(&walk), priority);
    assert_int_equal(queue_walk_next(&walk), late);
    assert_int_equal(queue_walk_next(&walk), TICKET_NONE);
    assert_int_equal(queue_earliest_waiting(f->queue, PASSPORTS), early);
    assert_int_equal(queue_position(f->queue, early), 0);
    assert_int_equal(queue_position(f->queue, priority), 1);
    assert_int_equal(queue_position(f->queue, late), 2);
}

static void head_start_of_a_day_goes_before_everybody(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 10800);
    fixture_take(f, VEHICLES, CLASS_PRIORITY);
    uint32_t first = fixture_take(f, VEHICLES, CLASS_FIRST);
    struct choice choice = policy_next(f->queue, COUNTER_2, f->now_ms);
    assert_int_equal(choice.ticket, first);
    assert_int_equal(choice.overtaken, 2);
}

static void overtaken_are_those_of_the_counters_services_only(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_take(f, VEHICLES, CLASS_NONE);
    fixture_wait_s(f, 60);
    uint32_t first = fixture_take(f, VEHICLES, CLASS_FIRST);
    fixture_wait_s(f, 60);
    fixture_take(f, VEHICLES, CLASS_NONE);
    assert_int_equal(policy_next(f->queue, COUNTER_3, f->now_ms).ticket, first);
    assert_int_equal(policy_next(f->queue, COUNTER_3, f->now_ms).overtaken, 1);
    assert_int_equal(policy_next(f->queue, COUNTER_2, f->now_ms).overtaken, 2);
}

static void people_ahead_count_head_starts_in_both_directions(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 1200);
    fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_take(f, PASSPORTS, CLASS_FIRST);
    fixture_wait_s(f, 1200);
    assert_int_equal(queue_people_ahead(f->queue, PASSPORTS, CLASS_NONE, f->now_ms), 3);
    assert_int_equal(queue_people_ahead(f->queue, PASSPORTS, CLASS_PRIORITY, f->now_ms),
                     2);
    assert_int_equal(queue_people_ahead(f->queue, PASSPORTS, CLASS_FIRST, f->now_ms), 1);
    assert_int_equal(queue_people_ahead(f->queue, VEHICLES, CLASS_NONE, f->now_ms), 0);
}

static void changed_head_start_lays_the_lines_out_again(void **state)
{
    struct fixture *f = *state;
    uint32_t ordinary = fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 60);
    uint32_t priority = fixture_take(f, PASSPORTS, CLASS_PRIORITY);
    assert_int_equal(queue_first_waiting(f->queue, PASSPORTS), priority);
    f->site.classes[CLASS_PRIORITY].head_start_s = 30;
    struct command command = fixture_command(VERB_CONFIGURE);
    command.site = &f->site;
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(queue_first_waiting(f->queue, PASSPORTS), ordinary);
    assert_int_equal(queue_position(f->queue, priority), 1);
}

/* Who was passed at a counter that serves their service, and by how many. */
static void overtaken_are_counted_until_the_call_is_undone(void **state)
{
    struct fixture *f = *state;
    uint32_t passport = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t vehicle = fixture_take(f, VEHICLES, CLASS_NONE);
    fixture_wait_s(f, 60);
    fixture_take(f, VEHICLES, CLASS_FIRST);
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_2));
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_3));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_3));
    assert_int_equal(queue_times_overtaken(f->queue, vehicle), 1);
    assert_int_equal(queue_times_overtaken(f->queue, passport), 0);
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_3));
    assert_int_equal(queue_times_overtaken(f->queue, vehicle), 0);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_int_equal(queue_times_overtaken(f->queue, vehicle), 1);
    assert_int_equal(queue_times_overtaken(f->queue, passport), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(first_come_is_first_among_equals),
        TEST(nobody_waiting_gives_no_ticket),
        TEST(equal_waits_of_two_services_go_by_ordinal),
        TEST(head_start_passes_only_those_who_arrived_within_it),
        TEST(head_start_of_a_day_goes_before_everybody),
        TEST(overtaken_are_those_of_the_counters_services_only),
        TEST(people_ahead_count_head_starts_in_both_directions),
        TEST(changed_head_start_lays_the_lines_out_again),
        TEST(overtaken_are_counted_until_the_call_is_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
