/* Tickets of a burst at one kiosk, and tests: who counts them, and who does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/policy.h"
#include "fixture.h"

static enum status take_at_kiosk(struct fixture *f, bool is_confirmed)
{
    struct command take = fixture_command(VERB_TAKE);
    take.service = PASSPORTS;
    take.kiosk = 0;
    take.is_confirmed = is_confirmed;
    return fixture_do(f, &take);
}

/* Two tickets within 30 s are no burst, a third is. */
static int setup(void **state)
{
    if (fixture_setup_manned(state) != 0) {
        return -1;
    }
    struct fixture *f = *state;
    f->site.burst_tickets = 2;
    f->site.burst_seconds = 30;
    fixture_configure(f);
    return 0;
}

/* The third ticket, which is suspect. */
static uint32_t make_burst(struct fixture *f)
{
    assert_ok(f, take_at_kiosk(f, false));
    assert_ok(f, take_at_kiosk(f, false));
    assert_ok(f, take_at_kiosk(f, true));
    return queue_ticket_count(f->queue);
}

static void burst_is_confirmed_and_suspect(void **state)
{
    struct fixture *f = *state;
    assert_ok(f, take_at_kiosk(f, true)); /* there is nothing to confirm */
    assert_false(queue_ticket(f->queue, 1)->is_suspect);
    fixture_wait_s(f, 29);
    assert_ok(f, take_at_kiosk(f, false));
    assert_refused(f, take_at_kiosk(f, false), "burst",
                   "kiosk 'hall1' has given 2 tickets within 30 s: confirm this one");
    assert_ok(f, take_at_kiosk(f, true));
    assert_true(queue_ticket(f->queue, 3)->is_suspect);
    /* Reception is asked nothing; a kiosk is not while the first was long ago. */
    (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 31);
    assert_ok(f, take_at_kiosk(f, false));
    assert_false(queue_ticket(f->queue, 5)->is_suspect);
}

static void suspect_ticket_waits_but_is_not_counted(void **state)
{
    struct fixture *f = *state;
    uint32_t suspect = make_burst(f);
    fixture_wait_s(f, 60);
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 2);
    assert_int_equal(queue_suspect_count(f->queue), 1);
    assert_int_equal(queue_people_ahead(f->queue, PASSPORTS, CLASS_NONE, f->now_ms), 2);
    assert_int_equal(queue_people_ahead(f->queue, PASSPORTS, CLASS_FIRST, f->now_ms), 0);
    uint32_t later = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(policy_overtaken(f->queue, COUNTER_1, later), 2);
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, 1));
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, 2));
    assert_int_equal(queue_earliest_waiting(f->queue, PASSPORTS), later);
    /* It is called all the same, and counts then. */
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ticket(f, suspect, "called");
    assert_true(ticket_is_counted(queue_ticket(f->queue, suspect)));
    assert_ok(f, fixture_press(f, VERB_NO_SHOW, COUNTER_1));
    assert_false(ticket_is_counted(queue_ticket(f->queue, suspect)));
}

static void sweeping_ends_what_nobody_came_with(void **state)
{
    struct fixture *f = *state;
    f->site.services[PASSPORTS].tickets_per_day = 4;
    fixture_configure(f);
    uint32_t suspect = make_burst(f);
    assert_ok(f, take_at_kiosk(f, true));
    assert_true(queue_service_is_full(f->queue, PASSPORTS));
    struct command trust = fixture_command(VERB_TRUST);
    trust.ticket = suspect;
    assert_ok(f, fixture_do(f, &trust));
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 3);
    assert_refused(f, fixture_do(f, &trust), "not-suspect",
                   "ticket 'A003' is not suspect");
    struct command sweep = fixture_command(VERB_SWEEP);
    assert_ok(f, fixture_do(f, &sweep));
    assert_int_equal(f->event_count, 1);
    assert_ticket(f, suspect + 1, "void");
    assert_refused(f, fixture_do(f, &sweep), "nobody-waiting",
                   "no suspect ticket is waiting");
    /* What was swept takes nobody's place. */
    assert_false(queue_service_is_full(f->queue, PASSPORTS));
    struct event again = {.kind = EVENT_TICKET_VOIDED,
                          .seq = queue_seq(f->queue) + 1,
                          .at_ms = f->now_ms,
                          .ticket = {.ticket = 1, .counter = SITE_NONE}};
    assert_int_equal(queue_check_event(f->queue, &again, &f->err), ERR_CORRUPT);
}

static void sweeping_takes_as_many_steps_as_it_needs(void **state)
{
    struct fixture *f = *state;
    (void)make_burst(f);
    for (uint32_t i = 0; i < STEP_EVENTS_MAX; i++) {
        assert_ok(f, take_at_kiosk(f, true));
    }
    struct command sweep = fixture_command(VERB_SWEEP);
    assert_ok(f, fixture_do(f, &sweep));
    assert_int_equal(f->event_count, STEP_EVENTS_MAX);
    sweep.is_more = true;
    sweep.number = queue_ticket_count(f->queue);
    assert_ok(f, take_at_kiosk(f, true)); /* who comes meanwhile is left alone */
    assert_ok(f, fixture_do(f, &sweep));
    assert_int_equal(f->event_count, 1);
    assert_int_equal(fixture_do(f, &sweep), ERR_REFUSED);
    assert_int_equal(queue_suspect_count(f->queue), 1);
}

static void test_ticket_never_counts(void **state)
{
    struct fixture *f = *state;
    f->site.services[PASSPORTS].tickets_per_day = 1;
    fixture_configure(f);
    struct command take = fixture_command(VERB_TAKE);
    take.service = PASSPORTS;
    take.is_test = true;
    assert_ok(f, fixture_do(f, &take));
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 0);
    assert_true(queue_has_waiting(f->queue, PASSPORTS));
    assert_false(queue_service_is_full(f->queue, PASSPORTS));
    (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_true(queue_service_is_full(f->queue, PASSPORTS));
    assert_ok(f, fixture_do(f, &take)); /* it takes nobody's place */
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ticket(f, 1, "called");
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    assert_ticket(f, 1, "served");
    assert_false(ticket_is_counted(queue_ticket(f->queue, 1)));
    (void)fixture_close_day(f);
    assert_ticket(f, 3, "closed-at-night");
}

#define SUSPECT_TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUSPECT_TEST(burst_is_confirmed_and_suspect),
        SUSPECT_TEST(suspect_ticket_waits_but_is_not_counted),
        SUSPECT_TEST(sweeping_ends_what_nobody_came_with),
        SUSPECT_TEST(sweeping_takes_as_many_steps_as_it_needs),
        SUSPECT_TEST(test_ticket_never_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
