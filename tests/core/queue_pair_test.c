/* Tickets that become two, and two of one person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/policy.h"
#include "fixture.h"

static uint32_t take_basket(struct fixture *f, uint32_t quantity, uint32_t of_vehicles)
{
    struct command take = fixture_command(VERB_TAKE);
    take.service = PASSPORTS;
    take.quantity = quantity;
    take.further_count = of_vehicles > 0 ? 1 : 0;
    take.further[0] = (struct further_service){VEHICLES, SITE_NONE, of_vehicles};
    assert_ok(f, fixture_do(f, &take));
    return queue_ticket_count(f->queue);
}

static enum status split(struct fixture *f, uint32_t ordinal, uint32_t service,
                         uint32_t quantity)
{
    struct command command = fixture_command(VERB_SPLIT);
    command.ticket = ordinal;
    command.service = service;
    command.quantity = quantity;
    return fixture_do(f, &command);
}

static enum status link(struct fixture *f, uint32_t ordinal, uint32_t other)
{
    struct command command = fixture_command(VERB_LINK);
    command.ticket = ordinal;
    command.other = other;
    return fixture_do(f, &command);
}

static void part_of_a_ticket_has_its_place_and_its_class(void **state)
{
    struct fixture *f = *state;
    uint32_t first = take_basket(f, 3, 0);
    fixture_wait_s(f, 60);
    uint32_t later = fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 60);
    assert_ok(f, split(f, first, SITE_NONE, 2));
    uint32_t part = queue_ticket_count(f->queue);
    const struct ticket *ticket = queue_ticket(f->queue, part);
    assert_int_equal(ticket->number, 3);
    assert_int_equal(ticket->leg.quantity, 2);
    assert_int_equal(ticket->taken_at_ms, FIXTURE_START_MS);
    assert_int_equal(ticket->order_at_ms, FIXTURE_START_MS);
    assert_int_equal(queue_ticket(f->queue, first)->leg.quantity, 1);
    assert_int_equal(queue_position(f->queue, part), 1);
    assert_int_equal(queue_position(f->queue, later), 2);
    /* Nobody is overtaken by the part who was not by the whole. */
    assert_int_equal(policy_overtaken(f->queue, COUNTER_1, part), 0);
    assert_refused(f, split(f, first, SITE_NONE, 1), "not-divisible",
                   "ticket 'A001' has no such part that a second ticket could take");
    assert_refused(f, split(f, 99, SITE_NONE, 1), "ticket-unknown",
                   "there is no such ticket today");
}

static void further_service_goes_whole_or_in_part(void **state)
{
    struct fixture *f = *state;
    uint32_t first = take_basket(f, 1, 3);
    assert_ok(f, split(f, first, VEHICLES, 2));
    assert_int_equal(queue_ticket(f->queue, first)->leg.further[0].quantity, 1);
    assert_int_equal(queue_ticket(f->queue, 2)->service, VEHICLES);
    assert_int_equal(queue_ticket(f->queue, 2)->leg.quantity, 2);
    assert_refused(f, split(f, first, VEHICLES, 2), "not-divisible",
                   "ticket 'A001' has no such part that a second ticket could take");
    assert_ok(f, split(f, first, VEHICLES, 0));
    assert_int_equal(queue_ticket(f->queue, first)->leg.further_count, 0);
    assert_int_equal(queue_waiting_count(f->queue, VEHICLES), 2);
    fixture_press(f, VERB_CALL_NEXT, COUNTER_1);
    fixture_wait_s(f, 30);
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    assert_ticket(f, first, "served");
}

static void quota_does_not_count_a_part_again(void **state)
{
    struct fixture *f = *state;
    f->site.services[PASSPORTS].tickets_per_day = 2;
    fixture_configure(f);
    uint32_t first = take_basket(f, 2, 0);
    assert_ok(f, split(f, first, SITE_NONE, 1));
    assert_false(queue_service_is_full(f->queue, PASSPORTS));
    (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_true(queue_service_is_full(f->queue, PASSPORTS));
}

static void person_is_never_called_with_both_tickets(void **state)
{
    struct fixture *f = *state;
    uint32_t one = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t two = fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 60);
    uint32_t later = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(link(f, one, one), ERR_INVALID);
    assert_ok(f, link(f, one, two));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ticket(f, one, "called");
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 2);
    assert_int_equal(queue_position(f->queue, two), 0);
    assert_int_equal(policy_next(f->queue, COUNTER_2, f->now_ms).ticket, later);
    f->site.call_chosen = true;
    fixture_configure(f);
    assert_refused(f, fixture_call(f, COUNTER_2, two), "ticket-held",
                   "ticket 'A002' waits while the other ticket of the same person is at "
                   "a counter");
    /* A no-show, an undone call and a cancelled one all let the other go on. */
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_int_equal(policy_next(f->queue, COUNTER_2, f->now_ms).ticket, one);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, one));
    assert_int_equal(policy_next(f->queue, COUNTER_2, f->now_ms).ticket, two);
}

static void undo_never_puts_a_person_at_two_counters(void **state)
{
    struct fixture *f = *state;
    uint32_t one = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t two = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, link(f, one, two));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    struct event undone = {
        .kind = EVENT_PRESS_UNDONE, .seq = queue_seq(f->queue) + 2, .at_ms = f->now_ms};
    struct command undo = fixture_command(VERB_UNDO);
    undo.counter = COUNTER_1;
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    assert_int_equal(queue_decide(f->queue, &undo, f->now_ms, events, &count, NULL, NULL),
                     OK);
    undone.undone = events[0].undone;
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_ticket(f, two, "called");
    assert_refused(f, fixture_press(f, VERB_UNDO, COUNTER_1), "ticket-held",
                   "ticket 'A001' cannot come back while the other ticket of the same "
                   "person is at a counter");
    /* A journal that says so is not believed. */
    assert_int_equal(queue_check_event(f->queue, &undone, &f->err), ERR_CORRUPT);
    assert_non_null(strstr(f->err.text, "the other ticket of the same person"));
}

static void held_ticket_is_released_from_a_counter_that_closed(void **state)
{
    struct fixture *f = *state;
    uint32_t one = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_PARK, COUNTER_1));
    uint32_t two = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, link(f, one, two));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_ok(f, fixture_ticket(f, VERB_RESUME, one));
    assert_int_equal(queue_reserved_head(f->queue, COUNTER_1), TICKET_NONE);
    assert_ok(f, fixture_press(f, VERB_CLOSE, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_NO_SHOW, COUNTER_2));
    assert_int_equal(policy_next(f->queue, COUNTER_2, f->now_ms).ticket, one);
    (void)fixture_close_day(f);
    assert_int_equal(queue_day(f->queue), 0);
}

static void link_gives_way_when_one_visit_is_over(void **state)
{
    struct fixture *f = *state;
    uint32_t one = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t two = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t three = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, link(f, one, two));
    assert_refused(f, link(f, two, three), "ticket-linked",
                   "ticket 'A002' is linked to another ticket already");
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, one));
    assert_refused(f, link(f, one, three), "ticket-state",
                   "ticket 'A001' is already cancelled");
    assert_ok(f, link(f, two, three));
    assert_int_equal(queue_ticket(f->queue, one)->linked, TICKET_NONE);
    assert_int_equal(queue_ticket(f->queue, three)->linked, two);
    struct command unlink = fixture_command(VERB_UNLINK);
    unlink.ticket = three;
    assert_ok(f, fixture_do(f, &unlink));
    assert_int_equal(queue_ticket(f->queue, two)->linked, TICKET_NONE);
    assert_refused(f, fixture_do(f, &unlink), "ticket-not-linked",
                   "ticket 'A003' is not linked to another one");
}

#define PAIR_TEST(name)                                                                  \
    cmocka_unit_test_setup_teardown(name, fixture_setup_manned, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAIR_TEST(part_of_a_ticket_has_its_place_and_its_class),
        PAIR_TEST(further_service_goes_whole_or_in_part),
        PAIR_TEST(quota_does_not_count_a_part_again),
        PAIR_TEST(person_is_never_called_with_both_tickets),
        PAIR_TEST(undo_never_puts_a_person_at_two_counters),
        PAIR_TEST(held_ticket_is_released_from_a_counter_that_closed),
        PAIR_TEST(link_gives_way_when_one_visit_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
