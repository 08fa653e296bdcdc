/* What supervisors decide for the day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/queue.h"
#include "core/text.h"
#include "fixture.h"

static struct command remark(const struct fixture *f)
{
    struct command command = fixture_command(VERB_REMARK);
    command.service = SITE_NONE;
    command.from_ms = f->now_ms - 3600000;
    command.until_ms = f->now_ms;
    assert_true(text_copy(command.reason, sizeof(command.reason), "network down"));
    return command;
}

static void remark_is_numbered_and_can_be_withdrawn_once(void **state)
{
    struct fixture *f = *state;
    struct command command = remark(f);
    uint64_t hash = queue_state_hash(f->queue);
    assert_ok(f, fixture_do(f, &command));
    assert_true(queue_state_hash(f->queue) != hash);
    command.service = VEHICLES;
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(f->events[0].kind, EVENT_REMARK_MADE);
    assert_int_equal(f->events[0].remark.remark, 2);
    assert_int_equal(f->events[0].remark.service, VEHICLES);
    assert_string_equal(f->events[0].remark.text, "network down");
    assert_int_equal(queue_remark_count(f->queue), 2);
    assert_string_equal(queue_remark(f->queue, 1)->text, "network down");
    assert_int_equal(queue_remark(f->queue, 1)->service, SITE_NONE);
    assert_int_equal(queue_remark(f->queue, 2)->from_ms, command.from_ms);
    assert_null(queue_remark(f->queue, 3));

    struct command withdraw = fixture_command(VERB_WITHDRAW_REMARK);
    withdraw.number = 2;
    assert_ok(f, fixture_do(f, &withdraw));
    assert_null(queue_remark(f->queue, 2));
    assert_non_null(queue_remark(f->queue, 1));
    assert_refused(f, fixture_do(f, &withdraw), "remark-unknown",
                   "no remark 2 stands today");
    withdraw.number = 3;
    assert_refused(f, fixture_do(f, &withdraw), "remark-unknown",
                   "no remark 3 stands today");
    withdraw.number = 0;
    assert_refused(f, fixture_do(f, &withdraw), "remark-unknown",
                   "no remark 0 stands today");
    assert_int_equal(queue_remark_count(f->queue), 2);
}

static void remark_of_no_time_or_no_words_is_not_taken(void **state)
{
    struct fixture *f = *state;
    struct command command = remark(f);
    command.until_ms = command.from_ms;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command = remark(f);
    command.from_ms = f->now_ms - 86400001;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command = remark(f);
    command.until_ms = f->now_ms + 86400001;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command = remark(f);
    command.reason[0] = '\0';
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command = remark(f);
    command.service = 7;
    assert_refused(f, fixture_do(f, &command), "service-unknown",
                   "there is no such service");
    command = remark(f);
    for (uint32_t i = 0; i < REMARKS_PER_DAY_MAX; i++) {
        assert_ok(f, fixture_do(f, &command));
    }
    assert_int_equal(fixture_do(f, &command), ERR_LIMIT);
    assert_string_equal(f->err.text, "there are 64 remarks today already");
}

static void remarks_begin_anew_with_the_day(void **state)
{
    struct fixture *f = *state;
    struct command command = remark(f);
    assert_ok(f, fixture_do(f, &command));
    (void)fixture_close_day(f);
    assert_refused(f, fixture_do(f, &command), "day-not-open", "no business day is open");
    struct command open_day = fixture_command(VERB_OPEN_DAY);
    open_day.date = FIXTURE_DATE + 1;
    assert_ok(f, fixture_do(f, &open_day));
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(f->events[0].remark.remark, 1);
}

static enum status correct(struct fixture *f, uint32_t ticket, enum ticket_state outcome)
{
    struct command command = fixture_command(VERB_CORRECT);
    command.ticket = ticket;
    command.outcome = outcome;
    assert_true(text_copy(command.reason, sizeof(command.reason), "mistake"));
    return fixture_do(f, &command);
}

static void no_show_becomes_served_with_a_start(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    int64_t called_at_ms = f->now_ms;
    fixture_wait_s(f, 5);
    assert_ok(f, fixture_press(f, VERB_NO_SHOW, COUNTER_1));
    int64_t ended_at_ms = f->now_ms;
    fixture_wait_s(f, 60);
    uint64_t hash = queue_state_hash(f->queue);
    assert_ok(f, correct(f, ticket, TICKET_SERVED));
    assert_true(queue_state_hash(f->queue) != hash);
    assert_ticket(f, ticket, "served");
    const struct ticket *served = queue_ticket(f->queue, ticket);
    assert_true(served->start_is_imputed);
    assert_true(called_at_ms < ended_at_ms);
    assert_int_equal(served->started_at_ms, ended_at_ms); /* before 15 s were over */
    assert_int_equal(served->ended_at_ms, ended_at_ms);
    assert_refused(f, fixture_press(f, VERB_UNDO, COUNTER_1), "nothing-to-undo",
                   "counter '1' has nothing that can be undone");
    assert_refused(f, correct(f, ticket, TICKET_SERVED), "ticket-state",
                   "ticket 'A001' is already served");
    assert_ok(f, correct(f, ticket, TICKET_NO_SHOW));
    assert_ok(f, correct(f, ticket, TICKET_SERVED)); /* its start is known already */
    assert_int_equal(f->events[0].corrected.started_at_ms, 0);
}

static void correction_needs_an_outcome_a_call_and_a_reason(void **state)
{
    struct fixture *f = *state;
    uint32_t waiting = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_refused(f, correct(f, waiting, TICKET_CANCELLED), "ticket-state",
                   "ticket 'A001' is still waiting");
    assert_ok(f, fixture_ticket(f, VERB_ABANDON, waiting));
    assert_refused(f, correct(f, waiting, TICKET_SERVED), "ticket-state",
                   "ticket 'A001' was never called");
    assert_refused(f, correct(f, waiting, TICKET_CLOSED_AT_NIGHT), "ticket-state",
                   "ticket 'A001' has already left");
    assert_refused(f, correct(f, 9, TICKET_VOID), "ticket-unknown",
                   "there is no such ticket today");
    struct command command = fixture_command(VERB_CORRECT);
    command.ticket = waiting;
    command.outcome = TICKET_VOID;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    assert_ok(f, correct(f, waiting, TICKET_VOID));
    assert_refused(f, correct(f, waiting, TICKET_CANCELLED), "ticket-state",
                   "ticket 'A001' is void");
}

static void line_is_settled_in_steps_without_newcomers(void **state)
{
    struct fixture *f = *state;
    for (uint32_t i = 0; i < 20; i++) {
        (void)fixture_take(f, i % 2 == 0 ? PASSPORTS : VEHICLES, CLASS_NONE);
    }
    struct command settle = fixture_command(VERB_SETTLE);
    settle.service = SITE_NONE;
    settle.outcome = TICKET_ABANDONED;
    assert_int_equal(fixture_do(f, &settle), ERR_INVALID); /* no reason */
    settle.reason[0] = 'x';
    settle.outcome = TICKET_SERVED;
    assert_int_equal(fixture_do(f, &settle), ERR_INVALID);
    settle.outcome = TICKET_ABANDONED;
    assert_ok(f, fixture_do(f, &settle));
    assert_int_equal(f->event_count, STEP_EVENTS_MAX);
    assert_int_equal(f->events[0].kind, EVENT_LINE_SETTLED);
    assert_int_equal(f->events[0].settled.ticket_count, 20);
    settle.is_more = true;
    settle.number = 20;
    uint32_t newcomer = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_do(f, &settle));
    assert_int_equal(f->event_count, 5);
    assert_refused(f, fixture_do(f, &settle), "nobody-waiting", "nobody is waiting");
    assert_ticket(f, newcomer, "waiting");
    settle.service = PASSPORTS;
    assert_refused(f, fixture_do(f, &settle), "nobody-waiting",
                   "service 'passports' has nobody waiting for it");
}

static void line_moves_where_somebody_serves_it(void **state)
{
    struct fixture *f = *state;
    uint32_t priority = fixture_take(f, VEHICLES, CLASS_PRIORITY);
    struct command move = fixture_command(VERB_MOVE);
    move.service = VEHICLES;
    move.to_service = 7;
    assert_refused(f, fixture_do(f, &move), "service-unknown",
                   "there is no such service to move people to");
    move.to_service = PASSPORTS;
    struct command close = fixture_command(VERB_CLOSE_SERVICE);
    close.service = PASSPORTS;
    assert_ok(f, fixture_do(f, &close));
    assert_ok(f, fixture_press(f, VERB_CLOSE, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_CLOSE, COUNTER_2));
    assert_refused(f, fixture_do(f, &move), "service-closed",
                   "service 'passports' is closed, and no open counter serves it");
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_ok(f, fixture_do(f, &move));
    const struct ticket *ticket = queue_ticket(f->queue, priority);
    assert_int_equal(ticket->service, PASSPORTS);
    assert_int_equal(ticket->series, VEHICLES);
    assert_int_equal(ticket->class_index, CLASS_PRIORITY);
}

static void message_stands_until_its_time_or_the_night(void **state)
{
    struct fixture *f = *state;
    int64_t until_ms = 1;
    assert_null(queue_message(f->queue, 0, f->now_ms, &until_ms));
    assert_int_equal(until_ms, 0);
    struct command command = fixture_command(VERB_MESSAGE);
    command.hall = SITE_NONE;
    command.until_ms = f->now_ms;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command.until_ms = f->now_ms + 60000;
    assert_true(text_copy(command.words.in[LANGUAGE_EN], DETAIL_LENGTH_MAX + 1, "Leave"));
    uint64_t hash = queue_state_hash(f->queue);
    assert_ok(f, fixture_do(f, &command));
    assert_true(queue_state_hash(f->queue) != hash);
    const struct site_detail *words =
        queue_message(f->queue, 0, command.until_ms - 1, &until_ms);
    assert_non_null(words);
    assert_string_equal(words->in[LANGUAGE_FR], "Leave"); /* better than nothing */
    assert_string_equal(words->in[LANGUAGE_EN], "Leave");
    assert_int_equal(until_ms, command.until_ms);
    assert_null(queue_message(f->queue, 0, command.until_ms, &until_ms));

    command.hall = 7;
    assert_refused(f, fixture_do(f, &command), "hall-unknown", "there is no such hall");
    command.hall = 0;
    command.until_ms = 0;
    assert_ok(f, fixture_do(f, &command));
    fixture_configure(f); /* stays with its hall */
    assert_non_null(queue_message(f->queue, 0, f->now_ms + 86400000, &until_ms));
    struct command clear = fixture_command(VERB_MESSAGE);
    clear.hall = SITE_NONE;
    assert_ok(f, fixture_do(f, &clear));
    assert_null(queue_message(f->queue, 0, f->now_ms, &until_ms));
    assert_ok(f, fixture_do(f, &command));
    (void)fixture_close_day(f);
    assert_null(queue_message(f->queue, 0, f->now_ms, &until_ms));
}

static void quota_and_hours_are_those_of_today_only(void **state)
{
    struct fixture *f = *state;
    struct command quota = fixture_command(VERB_SET_QUOTA);
    quota.service = PASSPORTS;
    quota.number = 1;
    assert_ok(f, fixture_do(f, &quota));
    (void)fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_true(queue_service_is_full(f->queue, PASSPORTS));
    fixture_configure(f); /* stays with its service */
    assert_true(queue_service_is_full(f->queue, PASSPORTS));
    quota.number = 0;
    assert_ok(f, fixture_do(f, &quota));
    assert_false(queue_service_is_full(f->queue, PASSPORTS));
    quota.number = TICKETS_PER_DAY_MAX + 1;
    assert_int_equal(fixture_do(f, &quota), ERR_INVALID);

    assert_true(queue_service_is_due(f->queue, PASSPORTS, true, f->now_ms));
    assert_false(queue_service_is_due(f->queue, PASSPORTS, false, f->now_ms));
    assert_int_equal(queue_service_closes_at(f->queue, PASSPORTS, 5), 5);
    struct command close = fixture_command(VERB_CLOSE_SERVICE);
    close.service = PASSPORTS;
    assert_ok(f, fixture_do(f, &close));
    struct command hours = fixture_command(VERB_HOURS_TODAY);
    hours.service = PASSPORTS;
    hours.until_ms = f->now_ms;
    assert_int_equal(fixture_do(f, &hours), ERR_INVALID);
    hours.until_ms = f->now_ms + 60000;
    uint64_t hash = queue_state_hash(f->queue);
    assert_ok(f, fixture_do(f, &hours));
    assert_true(queue_state_hash(f->queue) != hash);
    assert_int_equal(f->event_count, 2);
    assert_true(queue_service_is_open(f->queue, PASSPORTS));
    assert_true(queue_service_is_due(f->queue, PASSPORTS, false, hours.until_ms - 1));
    assert_false(queue_service_is_due(f->queue, PASSPORTS, true, hours.until_ms));
    assert_int_equal(queue_service_closes_at(f->queue, PASSPORTS, 5), hours.until_ms);
    assert_true(queue_service_is_due(f->queue, VEHICLES, true, hours.until_ms));
    (void)fixture_close_day(f);
    struct command open_day = fixture_command(VERB_OPEN_DAY);
    open_day.date = FIXTURE_DATE + 1;
    assert_ok(f, fixture_do(f, &open_day));
    assert_true(queue_service_is_due(f->queue, PASSPORTS, true, hours.until_ms));
}

static void exceptional_mode_keeps_open_and_puts_first(void **state)
{
    struct fixture *f = *state;
    int64_t until_ms = 0;
    f->site.overtaken_max = 1;
    fixture_configure(f);
    uint32_t ordinary = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t urgent[3];
    for (uint32_t i = 0; i < 3; i++) {
        urgent[i] = fixture_take(f, VEHICLES, i == 2 ? CLASS_PRIORITY : CLASS_NONE);
    }
    struct command begin = fixture_command(VERB_EXCEPTIONAL);
    begin.is_on = true;
    begin.service = VEHICLES;
    begin.until_ms = f->now_ms;
    assert_int_equal(fixture_do(f, &begin), ERR_INVALID);
    begin.until_ms = f->now_ms + 3600000;
    assert_true(text_copy(begin.words.in[LANGUAGE_FR], DETAIL_LENGTH_MAX + 1, "Crue"));
    uint64_t hash = queue_state_hash(f->queue);
    assert_ok(f, fixture_do(f, &begin));
    assert_true(queue_state_hash(f->queue) != hash);
    assert_true(queue_service_is_due(f->queue, PASSPORTS, false, begin.until_ms - 1));
    assert_false(queue_service_is_due(f->queue, PASSPORTS, false, begin.until_ms));
    assert_int_equal(queue_service_closes_at(f->queue, PASSPORTS, 5), begin.until_ms);
    assert_string_equal(queue_message(f->queue, 0, f->now_ms, &until_ms)->in[0], "Crue");
    assert_null(queue_message(f->queue, 0, begin.until_ms, &until_ms));
    fixture_configure(f); /* stays with its service */

    /* Everybody of the service, its head starts counted, above the guard. */
    const uint32_t order[] = {urgent[2], urgent[0], urgent[1], ordinary};
    for (uint32_t i = 0; i < 4; i++) {
        assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
        assert_counter(f, COUNTER_2, "called", order[i]);
        fixture_wait_s(f, 20);
        assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_2));
    }
    struct command end = fixture_command(VERB_EXCEPTIONAL);
    assert_ok(f, fixture_do(f, &end));
    assert_null(queue_exceptional(f->queue));
    assert_refused(f, fixture_do(f, &end), "not-exceptional",
                   "there is no exceptional mode to end");
    begin.service = SITE_NONE;
    assert_ok(f, fixture_do(f, &begin));
    begin.service = 7;
    assert_refused(f, fixture_do(f, &begin), "service-unknown",
                   "there is no such service");
    (void)fixture_close_day(f);
    assert_null(queue_exceptional(f->queue));
}

static void relief_takes_over_who_waits_for_the_counter(void **state)
{
    struct fixture *f = *state;
    struct command hand_over = fixture_command(VERB_HAND_OVER);
    hand_over.counter = COUNTER_1;
    hand_over.to_counter = COUNTER_2;
    assert_refused(f, fixture_do(f, &hand_over), "nobody-waiting",
                   "counter '1' has nobody to hand over");
    uint32_t parked = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_PARK, COUNTER_1));
    uint32_t returns = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    struct command transfer = fixture_command(VERB_TRANSFER);
    transfer.counter = COUNTER_1;
    transfer.service = VEHICLES;
    transfer.to_counter = SITE_NONE;
    transfer.comes_back = true;
    assert_ok(f, fixture_do(f, &transfer));
    uint32_t waiting = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_PARK, COUNTER_1));
    assert_ok(f, fixture_ticket(f, VERB_RESUME, waiting));
    assert_int_equal(queue_reserved_head(f->queue, COUNTER_1), waiting);

    hand_over.to_counter = COUNTER_3;
    assert_refused(f, fixture_do(f, &hand_over), "counter-closed",
                   "counter '3' is closed");
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_3));
    assert_refused(f, fixture_do(f, &hand_over), "ticket-service",
                   "ticket 'A001' needs a service that the other counter does not serve");
    hand_over.to_counter = COUNTER_1;
    assert_refused(f, fixture_do(f, &hand_over), "counter-already",
                   "counter '1' has these people already");
    hand_over.to_counter = 9;
    assert_refused(f, fixture_do(f, &hand_over), "counter-unknown",
                   "there is no such counter");
    hand_over.to_counter = COUNTER_2;
    assert_ok(f, fixture_do(f, &hand_over));
    assert_int_equal(f->event_count, 3);
    assert_int_equal(queue_reserved_head(f->queue, COUNTER_1), TICKET_NONE);
    assert_int_equal(queue_reserved_head(f->queue, COUNTER_2), waiting);
    assert_int_equal(queue_ticket(f->queue, parked)->leg.for_counter, COUNTER_2);
    assert_int_equal(queue_ticket(f->queue, returns)->leg.further[0].counter, COUNTER_2);
    assert_refused(f, fixture_do(f, &hand_over), "nobody-waiting",
                   "counter '1' has nobody to hand over");
}

#define SUPERVISE_TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup_manned, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUPERVISE_TEST(remark_is_numbered_and_can_be_withdrawn_once),
        SUPERVISE_TEST(remark_of_no_time_or_no_words_is_not_taken),
        SUPERVISE_TEST(remarks_begin_anew_with_the_day),
        SUPERVISE_TEST(message_stands_until_its_time_or_the_night),
        SUPERVISE_TEST(quota_and_hours_are_those_of_today_only),
        SUPERVISE_TEST(exceptional_mode_keeps_open_and_puts_first),
        SUPERVISE_TEST(relief_takes_over_who_waits_for_the_counter),
        SUPERVISE_TEST(no_show_becomes_served_with_a_start),
        SUPERVISE_TEST(correction_needs_an_outcome_a_call_and_a_reason),
        SUPERVISE_TEST(line_is_settled_in_steps_without_newcomers),
        SUPERVISE_TEST(line_moves_where_somebody_serves_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
