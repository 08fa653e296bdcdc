/* What agents press: the table of the one button, chosen calls, undo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/queue.h"
#include "fixture.h"

static void free_counter_calls_the_longest_waiting(void **state)
{
    struct fixture *f = *state;
    uint32_t first = fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_wait_s(f, 60);
    uint32_t second = fixture_take(f, VEHICLES, CLASS_NONE);
    fixture_wait_s(f, 60);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_ticket(f, first, "called");
    assert_ticket(f, second, "waiting");
    assert_counter(f, COUNTER_2, "called", first);
    assert_int_equal(queue_ticket(f->queue, first)->call_count, 1);
    assert_int_equal(queue_ticket(f->queue, first)->called_at_ms, f->now_ms);
    assert_int_equal(f->events[0].ticket.rule, CALL_SHARE);
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 0);
}

static void press_on_an_empty_line_is_refused(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, VEHICLES, CLASS_NONE);
    assert_refused(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1), "nobody-waiting",
                   "counter '1' has nobody waiting for it");
    assert_refused(f, fixture_press(f, VERB_PRESS, COUNTER_1), "nobody-waiting",
                   "counter '1' has nobody waiting for it");
    assert_int_equal(f->refused.counter, COUNTER_1);
}

static void closed_counter_calls_nobody(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, VEHICLES, CLASS_NONE);
    assert_refused(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_3), "counter-closed",
                   "counter '3' is closed");
    assert_refused(f, fixture_press(f, VERB_PRESS, COUNTER_3), "counter-closed",
                   "counter '3' is closed");
}

static void paused_counter_opens_by_its_button_but_does_not_call(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    struct command pause = fixture_command(VERB_PAUSE);
    pause.counter = COUNTER_1;
    pause.back_at_ms = f->now_ms + 600000;
    pause.reason[0] = 'x';
    assert_ok(f, fixture_do(f, &pause));
    assert_counter(f, COUNTER_1, "paused", TICKET_NONE);
    assert_string_equal(queue_counter(f->queue, COUNTER_1)->reason, "x");
    assert_int_equal(queue_counter(f->queue, COUNTER_1)->back_at_ms, pause.back_at_ms);
    assert_refused(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1), "counter-paused",
                   "counter '1' is paused");
    assert_refused(f, fixture_press(f, VERB_PAUSE, COUNTER_1), "counter-already",
                   "counter '1' is already paused");
    assert_ok(f, fixture_press(f, VERB_PRESS, COUNTER_1));
    assert_counter(f, COUNTER_1, "free", TICKET_NONE);
    assert_string_equal(queue_counter(f->queue, COUNTER_1)->reason, "");
    assert_int_equal(queue_counter(f->queue, COUNTER_1)->back_at_ms, 0);
    assert_ticket(f, ticket, "waiting");
}

/* Two waiting, the first called at counter 1. */
static void call_one_of_two(struct fixture *f, uint32_t *ret_first, uint32_t *ret_second)
{
    *ret_first = fixture_take(f, PASSPORTS, CLASS_NONE);
    *ret_second = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", *ret_first);
}

static void press_within_15_s_of_the_call_means_no_show_and_next(void **state)
{
    struct fixture *f = *state;
    uint32_t first = 0;
    uint32_t second = 0;
    call_one_of_two(f, &first, &second);
    fixture_wait_s(f, 15);
    assert_ok(f, fixture_press(f, VERB_PRESS, COUNTER_1));
    assert_ticket(f, first, "no-show");
    assert_counter(f, COUNTER_1, "called", second);
    assert_int_equal(queue_ticket(f->queue, first)->ended_at_ms, f->now_ms);
    assert_int_equal(f->event_count, 2);
}

static void press_after_15_s_finishes_with_an_imputed_start_and_calls_next(void **state)
{
    struct fixture *f = *state;
    uint32_t first = 0;
    uint32_t second = 0;
    call_one_of_two(f, &first, &second);
    int64_t called_at_ms = f->now_ms;
    f->now_ms += 15001;
    assert_ok(f, fixture_press(f, VERB_PRESS, COUNTER_1));
    assert_ticket(f, first, "served");
    assert_counter(f, COUNTER_1, "called", second);
    const struct ticket *served = queue_ticket(f->queue, first);
    assert_true(served->start_is_imputed);
    assert_int_equal(served->started_at_ms, called_at_ms + 15000);
    assert_int_equal(served->ended_at_ms, f->now_ms);
}

static void press_while_serving_finishes_and_calls_next(void **state)
{
    struct fixture *f = *state;
    uint32_t first = 0;
    uint32_t second = 0;
    call_one_of_two(f, &first, &second);
    fixture_wait_s(f, 20);
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_1));
    assert_counter(f, COUNTER_1, "serving", first);
    assert_false(queue_ticket(f->queue, first)->start_is_imputed);
    fixture_wait_s(f, 300);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ticket(f, first, "served");
    assert_counter(f, COUNTER_1, "called", second);
    assert_int_equal(queue_ticket(f->queue, first)->started_at_ms,
                     f->now_ms - INT64_C(300000));
}

static void press_while_serving_with_nobody_waiting_still_finishes(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    fixture_wait_s(f, 60);
    assert_ok(f, fixture_press(f, VERB_PRESS, COUNTER_1));
    assert_ticket(f, ticket, "served");
    assert_counter(f, COUNTER_1, "free", TICKET_NONE);
    assert_int_equal(f->event_count, 2);
}

static void double_press_is_refused_by_its_version(void **state)
{
    struct fixture *f = *state;
    uint32_t first = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t second = fixture_take(f, PASSPORTS, CLASS_NONE);
    struct command press = fixture_command(VERB_CALL_NEXT);
    press.counter = COUNTER_1;
    press.version = queue_counter(f->queue, COUNTER_1)->version;
    assert_ok(f, fixture_do(f, &press));
    assert_refused(f, fixture_do(f, &press), "counter-changed",
                   "counter '1' has changed since this was pressed");
    assert_ticket(f, first, "called");
    assert_ticket(f, second, "waiting");
}

static void every_change_of_a_counter_raises_its_version(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    static const enum verb verbs[] = {VERB_CALL_NEXT, VERB_RECALL, VERB_START,
                                      VERB_FINISH,    VERB_UNDO,   VERB_FINISH,
                                      VERB_PAUSE,     VERB_OPEN,   VERB_CLOSE};
    int64_t version = queue_counter(f->queue, COUNTER_1)->version;
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        assert_ok(f, fixture_press(f, verbs[i], COUNTER_1));
        int64_t next = queue_counter(f->queue, COUNTER_1)->version;
        assert_true(next > version);
        assert_int_equal(next, queue_seq(f->queue));
        version = next;
    }
}

static void recall_counts_and_is_an_event_of_its_own(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_refused(f, fixture_press(f, VERB_RECALL, COUNTER_1), "no-ticket",
                   "counter '1' has no ticket");
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    int64_t called_at_ms = f->now_ms;
    fixture_wait_s(f, 10);
    assert_ok(f, fixture_press(f, VERB_RECALL, COUNTER_1));
    assert_int_equal(f->event_count, 1);
    assert_int_equal(f->events[0].kind, EVENT_TICKET_RECALLED);
    assert_int_equal(queue_ticket(f->queue, ticket)->call_count, 2);
    assert_int_equal(queue_ticket(f->queue, ticket)->called_at_ms, called_at_ms);
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_1));
    assert_refused(f, fixture_press(f, VERB_RECALL, COUNTER_1), "ticket-state",
                   "ticket 'A001' is being served at counter '1'");
}

static void service_cannot_start_twice_or_finish_twice(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_1));
    assert_refused(f, fixture_press(f, VERB_START, COUNTER_1), "ticket-state",
                   "ticket 'A001' is being served at counter '1'");
    assert_int_equal(f->refused.ticket, ticket);
    assert_refused(f, fixture_press(f, VERB_NO_SHOW, COUNTER_1), "ticket-state",
                   "ticket 'A001' is being served at counter '1'");
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    assert_refused(f, fixture_press(f, VERB_FINISH, COUNTER_1), "no-ticket",
                   "counter '1' has no ticket");
}

static void finish_soon_after_the_call_imputes_a_start_not_later_than_now(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    fixture_wait_s(f, 4);
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    assert_int_equal(queue_ticket(f->queue, ticket)->started_at_ms, f->now_ms);
    assert_true(queue_ticket(f->queue, ticket)->start_is_imputed);
}

/* Put the site's switch and configure again. */
static void site_with_wrapping_up_stays_red_until_the_next_press(void **state)
{
    struct fixture *f = *state;
    f->site.wrap_up = true;
    fixture_configure(f);
    fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    assert_counter(f, COUNTER_1, "wrapping-up", TICKET_NONE);
    assert_int_equal(counter_light(queue_counter(f->queue, COUNTER_1)->state), LIGHT_RED);
    /* Nobody waits: the press says that the agent is ready. */
    assert_ok(f, fixture_press(f, VERB_PRESS, COUNTER_1));
    assert_counter(f, COUNTER_1, "free", TICKET_NONE);
    uint32_t second = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t third = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", second);
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", third);
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_counter(f, COUNTER_1, "wrapping-up", TICKET_NONE);
}

static void counter_with_a_ticket_cannot_close(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_refused(f, fixture_press(f, VERB_CLOSE, COUNTER_1), "counter-occupied",
                   "counter '1' still has ticket 'A001': finish it first");
    assert_int_equal(f->refused.ticket, ticket);
    assert_refused(f, fixture_press(f, VERB_OPEN, COUNTER_1), "counter-already",
                   "counter '1' is already open");
    assert_refused(f, fixture_press(f, VERB_CLOSE, COUNTER_3), "counter-already",
                   "counter '3' is already closed");
    assert_refused(f, fixture_press(f, VERB_PAUSE, COUNTER_3), "counter-closed",
                   "counter '3' is closed");
    assert_refused(f, fixture_press(f, VERB_OPEN, 99), "counter-unknown",
                   "there is no such counter");
}

static void agent_may_call_a_chosen_ticket_where_the_site_allows_it(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t second = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_call(f, COUNTER_1, second));
    assert_counter(f, COUNTER_1, "called", second);
    assert_int_equal(f->events[0].ticket.rule, CALL_CHOSEN);
    assert_int_equal(f->events[0].ticket.overtaken, 1);
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    f->site.call_chosen = false;
    struct command command = fixture_command(VERB_CONFIGURE);
    command.site = &f->site;
    assert_ok(f, fixture_do(f, &command));
    assert_refused(f, fixture_call(f, COUNTER_1, 1), "choice-not-allowed",
                   "counter '1' may not call a chosen ticket at this site");
}

static void chosen_ticket_must_wait_for_this_counter(void **state)
{
    struct fixture *f = *state;
    uint32_t passport = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t vehicle = fixture_take(f, VEHICLES, CLASS_NONE);
    assert_refused(f, fixture_call(f, COUNTER_1, vehicle), "ticket-service",
                   "ticket 'B001' waits for a service that this counter does not serve");
    assert_refused(f, fixture_call(f, COUNTER_1, 77), "ticket-unknown",
                   "there is no such ticket today");
    assert_refused(f, fixture_call(f, COUNTER_1, TICKET_NONE), "ticket-unknown",
                   "there is no such ticket today");
    assert_ok(f, fixture_call(f, COUNTER_2, passport));
    assert_refused(f, fixture_call(f, COUNTER_1, passport), "ticket-elsewhere",
                   "ticket 'A001' is called at counter '2'");
    assert_refused(f, fixture_call(f, COUNTER_2, vehicle), "counter-occupied",
                   "counter '2' still has ticket 'A001': finish it first");
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_2));
    assert_refused(f, fixture_call(f, COUNTER_1, passport), "ticket-state",
                   "ticket 'A001' is already served");
}

static void recorded_call_needs_neither_permission_nor_service(void **state)
{
    struct fixture *f = *state;
    f->site.call_chosen = false;
    struct command configure = fixture_command(VERB_CONFIGURE);
    configure.site = &f->site;
    assert_ok(f, fixture_do(f, &configure));
    struct command call = fixture_command(VERB_CALL);
    call.counter = COUNTER_1;
    call.ticket = fixture_take(f, VEHICLES, CLASS_NONE);
    call.is_recorded = true;
    assert_ok(f, fixture_do(f, &call));
    assert_int_equal(f->events[0].ticket.rule, CALL_RECORDED);
    call.ticket = fixture_take(f, VEHICLES, CLASS_NONE);
    assert_refused(f, fixture_do(f, &call), "counter-occupied",
                   "counter '1' still has ticket 'B001': finish it first");
}

static void two_counters_never_call_one_ticket(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_refused(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2), "nobody-waiting",
                   "counter '2' has nobody waiting for it");
    assert_counter(f, COUNTER_1, "called", ticket);
    assert_counter(f, COUNTER_2, "free", TICKET_NONE);
}

static void undone_call_puts_the_ticket_back_at_the_head_uncounted(void **state)
{
    struct fixture *f = *state;
    uint32_t first = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t second = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_RECALL, COUNTER_1));
    fixture_wait_s(f, 30);
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    const struct ticket *ticket = queue_ticket(f->queue, first);
    assert_ticket(f, first, "waiting");
    assert_int_equal(ticket->call_count, 0);
    assert_int_equal(ticket->called_at_ms, 0);
    assert_int_equal(ticket->counter, SITE_NONE);
    assert_counter(f, COUNTER_1, "free", TICKET_NONE);
    assert_int_equal(queue_first_waiting(f->queue, PASSPORTS), first);
    assert_int_equal(ticket->next_waiting, second);
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 2);
    assert_refused(f, fixture_press(f, VERB_UNDO, COUNTER_1), "nothing-to-undo",
                   "counter '1' has nothing that can be undone");
}

static void undo_is_refused_after_30_s(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    f->now_ms += UNDO_WITHIN_MS + 1;
    assert_refused(f, fixture_press(f, VERB_UNDO, COUNTER_1), "undo-too-late",
                   "counter '1' pressed too long ago to undo it");
}

static void undone_start_is_called_again(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    int64_t called_at_ms = f->now_ms;
    fixture_wait_s(f, 5);
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", ticket);
    assert_int_equal(queue_ticket(f->queue, ticket)->started_at_ms, 0);
    assert_int_equal(queue_ticket(f->queue, ticket)->called_at_ms, called_at_ms);
    assert_int_equal(queue_ticket(f->queue, ticket)->call_count, 1);
}

static void undone_finish_reopens_the_service_as_it_was(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    fixture_wait_s(f, 20);
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_1));
    int64_t started_at_ms = f->now_ms;
    fixture_wait_s(f, 100);
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    fixture_wait_s(f, 10);
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_counter(f, COUNTER_1, "serving", ticket);
    assert_int_equal(queue_ticket(f->queue, ticket)->started_at_ms, started_at_ms);
    assert_int_equal(queue_ticket(f->queue, ticket)->ended_at_ms, 0);
}

static void undone_finish_without_a_start_is_called_again(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    fixture_wait_s(f, 100);
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", ticket);
    assert_int_equal(queue_ticket(f->queue, ticket)->started_at_ms, 0);
    assert_false(queue_ticket(f->queue, ticket)->start_is_imputed);
}

static void undone_finish_and_next_puts_both_tickets_back(void **state)
{
    struct fixture *f = *state;
    uint32_t first = 0;
    uint32_t second = 0;
    call_one_of_two(f, &first, &second);
    fixture_wait_s(f, 60);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", second);
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", first);
    assert_ticket(f, second, "waiting");
    assert_int_equal(queue_ticket(f->queue, second)->call_count, 0);
    assert_int_equal(queue_ticket(f->queue, first)->call_count, 1);
    assert_int_equal(queue_ticket(f->queue, first)->ended_at_ms, 0);
}

static void undone_no_show_and_next_puts_both_tickets_back(void **state)
{
    struct fixture *f = *state;
    uint32_t first = 0;
    uint32_t second = 0;
    call_one_of_two(f, &first, &second);
    fixture_wait_s(f, 10);
    assert_ok(f, fixture_press(f, VERB_PRESS, COUNTER_1));
    assert_ticket(f, first, "no-show");
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", first);
    assert_ticket(f, second, "waiting");
    assert_ok(f, fixture_press(f, VERB_NO_SHOW, COUNTER_1));
    assert_counter(f, COUNTER_1, "free", TICKET_NONE);
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", first);
}

static void undo_is_refused_when_the_called_person_cancelled_since(void **state)
{
    struct fixture *f = *state;
    uint32_t first = 0;
    uint32_t second = 0;
    call_one_of_two(f, &first, &second);
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, first));
    assert_counter(f, COUNTER_1, "free", TICKET_NONE);
    assert_refused(f, fixture_press(f, VERB_UNDO, COUNTER_1), "nothing-to-undo",
                   "counter '1' has nothing that can be undone");
    assert_ticket(f, first, "cancelled");
}

static void undo_is_refused_after_a_pause(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_PAUSE, COUNTER_1));
    assert_refused(f, fixture_press(f, VERB_UNDO, COUNTER_1), "nothing-to-undo",
                   "counter '1' has nothing that can be undone");
}

static void undo_takes_back_only_the_own_press(void **state)
{
    struct fixture *f = *state;
    uint32_t first = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t second = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_ticket(f, first, "waiting");
    assert_counter(f, COUNTER_2, "called", second);
    /* The one put back is the next again, for anybody. */
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_2));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_counter(f, COUNTER_2, "called", first);
}

static void cancelled_at_the_counter_frees_it(void **state)
{
    struct fixture *f = *state;
    uint32_t first = 0;
    uint32_t second = 0;
    call_one_of_two(f, &first, &second);
    int64_t version = queue_counter(f->queue, COUNTER_1)->version;
    assert_ok(f, fixture_press(f, VERB_RECALL, COUNTER_1));
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, first));
    assert_true(queue_counter(f->queue, COUNTER_1)->version > version);
    assert_int_equal(f->events[0].ticket.counter, COUNTER_1);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", second);
}

/* Events as a newer program might write them: one press that goes on over three tickets.
 * Half of it could be put back, so none of it is. */
static void press_of_more_tickets_than_fit_cannot_be_undone(void **state)
{
    struct fixture *f = *state;
    static const enum verb verbs[] = {VERB_CALL_NEXT, VERB_FINISH,    VERB_CALL_NEXT,
                                      VERB_FINISH,    VERB_CALL_NEXT, VERB_FINISH};
    for (uint32_t i = 0; i < 3; i++) {
        fixture_take(f, PASSPORTS, CLASS_NONE);
    }
    for (uint32_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        struct command command = fixture_command(verbs[i]);
        command.counter = COUNTER_1;
        struct event events[STEP_EVENTS_MAX];
        size_t count = 0;
        assert_int_equal(
            queue_decide(f->queue, &command, f->now_ms, events, &count, NULL, NULL), OK);
        for (size_t k = 0; k < count; k++) {
            events[k].ticket.is_first_of_press = i == 0;
            queue_apply(f->queue, &events[k]);
        }
    }
    assert_ticket(f, 3, "served");
    assert_refused(f, fixture_press(f, VERB_UNDO, COUNTER_1), "nothing-to-undo",
                   "counter '1' has nothing that can be undone");
}

#define TEST(name)                                                                       \
    cmocka_unit_test_setup_teardown(name, fixture_setup_manned, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(free_counter_calls_the_longest_waiting),
        TEST(press_on_an_empty_line_is_refused),
        TEST(closed_counter_calls_nobody),
        TEST(paused_counter_opens_by_its_button_but_does_not_call),
        TEST(press_within_15_s_of_the_call_means_no_show_and_next),
        TEST(press_after_15_s_finishes_with_an_imputed_start_and_calls_next),
        TEST(press_while_serving_finishes_and_calls_next),
        TEST(press_while_serving_with_nobody_waiting_still_finishes),
        TEST(double_press_is_refused_by_its_version),
        TEST(every_change_of_a_counter_raises_its_version),
        TEST(recall_counts_and_is_an_event_of_its_own),
        TEST(service_cannot_start_twice_or_finish_twice),
        TEST(finish_soon_after_the_call_imputes_a_start_not_later_than_now),
        TEST(site_with_wrapping_up_stays_red_until_the_next_press),
        TEST(counter_with_a_ticket_cannot_close),
        TEST(agent_may_call_a_chosen_ticket_where_the_site_allows_it),
        TEST(chosen_ticket_must_wait_for_this_counter),
        TEST(recorded_call_needs_neither_permission_nor_service),
        TEST(two_counters_never_call_one_ticket),
        TEST(undone_call_puts_the_ticket_back_at_the_head_uncounted),
        TEST(undo_is_refused_after_30_s),
        TEST(undone_start_is_called_again),
        TEST(undone_finish_reopens_the_service_as_it_was),
        TEST(undone_finish_without_a_start_is_called_again),
        TEST(undone_finish_and_next_puts_both_tickets_back),
        TEST(undone_no_show_and_next_puts_both_tickets_back),
        TEST(undo_is_refused_when_the_called_person_cancelled_since),
        TEST(undo_is_refused_after_a_pause),
        TEST(undo_takes_back_only_the_own_press),
        TEST(cancelled_at_the_counter_frees_it),
        TEST(press_of_more_tickets_than_fit_cannot_be_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
