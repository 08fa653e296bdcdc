/* Tickets that are kept overnight. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/policy.h"
#include "fixture.h"

static int setup(void **state)
{
    if (fixture_setup_manned(state) != 0) {
        return -1;
    }
    struct fixture *f = *state;
    f->site.services[PASSPORTS].keep_overnight = true;
    fixture_configure(f);
    return 0;
}

static void open_next_day(struct fixture *f)
{
    struct command open = fixture_command(VERB_OPEN_DAY);
    open.date = FIXTURE_DATE + 1;
    fixture_wait_s(f, 3600);
    assert_ok(f, fixture_do(f, &open));
    open.is_more = true;
    while (fixture_do(f, &open) == OK) {
        /* everybody who was kept */
    }
    assert_int_equal(f->refused.refusal, REFUSAL_NOBODY_WAITING);
}

static void open_service(struct fixture *f, uint32_t service)
{
    struct command open = fixture_command(VERB_OPEN_SERVICE);
    open.service = service;
    assert_ok(f, fixture_do(f, &open));
}

static void who_waits_is_kept_and_who_is_served_is_not(void **state)
{
    struct fixture *f = *state;
    uint32_t called = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t waiting = fixture_take(f, PASSPORTS, CLASS_PRIORITY);
    uint32_t other = fixture_take(f, VEHICLES, CLASS_NONE);
    assert_ok(f, fixture_call(f, COUNTER_1, called));
    fixture_wait_s(f, 60);
    (void)fixture_close_day(f);
    assert_ticket(f, called, "closed-at-night");
    assert_ticket(f, waiting, "kept");
    assert_ticket(f, other, "closed-at-night");
    open_next_day(f);
    assert_int_equal(queue_ticket_count(f->queue), 1);
    const struct ticket *ticket = queue_ticket(f->queue, 1);
    assert_int_equal(ticket->number, 2);
    assert_int_equal(ticket->class_index, CLASS_PRIORITY);
    assert_int_equal(ticket->order_at_ms, FIXTURE_START_MS);
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 1);
}

static void whoever_came_first_is_carried_over_first(void **state)
{
    struct fixture *f = *state;
    uint32_t first = fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 10);
    (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_PARK, COUNTER_1));
    assert_ok(f, fixture_ticket(f, VERB_RESUME, first)); /* for that counter alone */
    (void)fixture_close_day(f);
    open_next_day(f);
    assert_int_equal(queue_ticket(f->queue, 1)->number, 1);
    assert_int_equal(queue_ticket(f->queue, 1)->order_at_ms, FIXTURE_START_MS);
    assert_int_equal(queue_ticket(f->queue, 2)->number, 2);
}

static void closed_time_is_not_waited(void **state)
{
    struct fixture *f = *state;
    (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 600);
    struct command close = fixture_command(VERB_CLOSE_SERVICE);
    close.service = PASSPORTS;
    assert_ok(f, fixture_do(f, &close));
    fixture_wait_s(f, 5000);
    (void)fixture_close_day(f);
    open_next_day(f);
    fixture_wait_s(f, 3000);
    open_service(f, PASSPORTS);
    fixture_wait_s(f, 60);
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    const struct ticket *ticket = queue_ticket(f->queue, 1);
    assert_int_equal(ticket->called_at_ms - ticket->taken_at_ms, 660000);
}

static void number_of_somebody_is_not_given_again(void **state)
{
    struct fixture *f = *state;
    f->site.services[PASSPORTS].tickets_per_day = 2;
    fixture_configure(f);
    (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t kept = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, 1));
    (void)fixture_close_day(f);
    assert_ticket(f, kept, "kept");
    open_next_day(f);
    open_service(f, PASSPORTS);
    uint32_t first = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(queue_ticket(f->queue, first)->number, 1);
    assert_false(queue_service_is_full(f->queue, PASSPORTS));
    uint32_t second = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(queue_ticket(f->queue, second)->number, 3);
    /* The one of yesterday was counted then. */
    assert_true(queue_service_is_full(f->queue, PASSPORTS));
}

static void more_than_a_step_are_kept(void **state)
{
    struct fixture *f = *state;
    for (uint32_t i = 0; i < 3 * STEP_EVENTS_MAX; i++) {
        (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    }
    (void)fixture_close_day(f);
    open_next_day(f);
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 3 * STEP_EVENTS_MAX);
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_int_equal(policy_next(f->queue, COUNTER_1, f->now_ms).ticket, 1);
}

static void beyond_the_limit_the_night_ends_the_visit(void **state)
{
    struct fixture *f = *state;
    for (uint32_t i = 0; i < KEPT_MAX + 3; i++) {
        (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    }
    (void)fixture_close_day(f);
    assert_ticket(f, 1, "kept");
    assert_ticket(f, KEPT_MAX + 3, "closed-at-night");
    open_next_day(f);
    assert_true(queue_ticket_count(f->queue) <= KEPT_MAX);
    assert_true(queue_ticket_count(f->queue) > KEPT_MAX - STEP_EVENTS_MAX);
}

static void service_of_somebody_kept_cannot_go_at_night(void **state)
{
    struct fixture *f = *state;
    (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    (void)fixture_close_day(f);
    f->site.services[PASSPORTS].letter[0] = 'Z';
    struct command configure = fixture_command(VERB_CONFIGURE);
    configure.site = &f->site;
    assert_int_equal(fixture_do(f, &configure), ERR_REFUSED);
    assert_int_equal(f->refused.refusal, REFUSAL_SITE_ORPHANS);
    f->site.services[PASSPORTS].letter[0] = 'A';
    assert_ok(f, fixture_do(f, &configure));
    open_next_day(f);
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 1);
}

#define KEEP_TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        KEEP_TEST(who_waits_is_kept_and_who_is_served_is_not),
        KEEP_TEST(whoever_came_first_is_carried_over_first),
        KEEP_TEST(closed_time_is_not_waited),
        KEEP_TEST(number_of_somebody_is_not_given_again),
        KEEP_TEST(more_than_a_step_are_kept),
        KEEP_TEST(beyond_the_limit_the_night_ends_the_visit),
        KEEP_TEST(service_of_somebody_kept_cannot_go_at_night),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
