/* What citizens, reception and other channels ask of the queue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/queue.h"
#include "fixture.h"

static struct command take_command(uint32_t service)
{
    struct command command = fixture_command(VERB_TAKE);
    command.service = service;
    return command;
}

static void numbers_rise_by_one_in_each_series(void **state)
{
    struct fixture *f = *state;
    for (uint32_t i = 1; i <= 3; i++) {
        uint32_t passport = fixture_take(f, PASSPORTS, CLASS_NONE);
        uint32_t vehicle = fixture_take(f, VEHICLES, CLASS_NONE);
        assert_int_equal(queue_ticket(f->queue, passport)->number, i);
        assert_int_equal(queue_ticket(f->queue, vehicle)->number, i);
    }
    assert_int_equal(queue_ticket_count(f->queue), 6);
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 3);
}

static void cancelled_number_is_not_given_again(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t second = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, second));
    uint32_t third = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(queue_ticket(f->queue, third)->number, 3);
}

static void series_begins_at_the_services_first_number(void **state)
{
    struct fixture *f = *state;
    f->site.services[PASSPORTS].first_number = 500;
    struct command command = fixture_command(VERB_CONFIGURE);
    command.site = &f->site;
    assert_ok(f, fixture_do(f, &command));
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(queue_ticket(f->queue, ticket)->number, 500);
    assert_int_equal(queue_find_ticket(f->queue, "A500"), ticket);
}

static void series_ends_at_its_limit_instead_of_wrapping(void **state)
{
    struct fixture *f = *state;
    f->site.services[PASSPORTS].first_number = TICKET_NUMBER_MAX;
    struct command command = fixture_command(VERB_CONFIGURE);
    command.site = &f->site;
    assert_ok(f, fixture_do(f, &command));
    uint32_t last = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(queue_find_ticket(f->queue, "a9999"), last);
    command = take_command(PASSPORTS);
    assert_refused(f, fixture_do(f, &command), "number-limit",
                   "service 'passports' has no number left today");
    fixture_take(f, VEHICLES, CLASS_NONE);
}

static void a_service_gives_its_tickets_of_the_day_and_no_more(void **state)
{
    struct fixture *f = *state;
    f->site.services[PASSPORTS].first_number = 500;
    f->site.services[PASSPORTS].tickets_per_day = 2;
    struct command command = fixture_command(VERB_CONFIGURE);
    command.site = &f->site;
    assert_ok(f, fixture_do(f, &command));
    fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_false(queue_service_is_full(f->queue, PASSPORTS));
    fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_true(queue_service_is_full(f->queue, PASSPORTS));
    command = take_command(PASSPORTS);
    assert_refused(f, fixture_do(f, &command), "quota-reached",
                   "service 'passports' has given all its tickets of today");
    fixture_take(f, VEHICLES, CLASS_NONE);
}

static void a_kiosk_gives_no_ticket_that_would_be_called_after_closing(void **state)
{
    struct fixture *f = *state;
    f->site.services[PASSPORTS].last_ticket = LAST_TICKET_STOP;
    struct command command = fixture_command(VERB_CONFIGURE);
    command.site = &f->site;
    assert_ok(f, fixture_do(f, &command));
    command = take_command(PASSPORTS);
    command.kiosk = 0;
    command.quote = (struct quote){.is_given = true, .open_counters = 1, .mean_s = 600};
    command.closes_at_ms = f->now_ms + 600000;
    assert_ok(f, fixture_do(f, &command)); /* just in time */
    command.closes_at_ms = f->now_ms + 599999;
    assert_refused(f, fixture_do(f, &command), "closing-soon",
                   "service 'passports' closes before the people who wait are served");
    command.kiosk = SITE_NONE; /* the reception decides itself */
    assert_ok(f, fixture_do(f, &command));
    command.kiosk = 0;
    command.closes_at_ms = 0; /* it does not close today */
    assert_ok(f, fixture_do(f, &command));
    command.closes_at_ms = f->now_ms + 1;
    command.quote.is_given = false; /* nobody can say how long it takes */
    assert_ok(f, fixture_do(f, &command));
}

static void ticket_of_a_closed_or_unknown_service_is_refused(void **state)
{
    struct fixture *f = *state;
    struct command command = fixture_command(VERB_CLOSE_SERVICE);
    assert_ok(f, fixture_do(f, &command));
    assert_false(queue_service_is_open(f->queue, PASSPORTS));
    assert_refused(f, fixture_do(f, &command), "service-already",
                   "service 'passports' is already closed");
    command = take_command(PASSPORTS);
    assert_refused(f, fixture_do(f, &command), "service-closed",
                   "service 'passports' is closed");
    command = take_command(2);
    assert_refused(f, fixture_do(f, &command), "service-unknown",
                   "there is no such service");
    command = fixture_command(VERB_OPEN_SERVICE);
    assert_ok(f, fixture_do(f, &command));
    assert_refused(f, fixture_do(f, &command), "service-already",
                   "service 'passports' is already open");
    command.service = SITE_NONE;
    assert_refused(f, fixture_do(f, &command), "service-unknown",
                   "there is no such service");
}

static void people_of_a_closed_service_are_still_called(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    struct command command = fixture_command(VERB_CLOSE_SERVICE);
    assert_ok(f, fixture_do(f, &command));
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", ticket);
}

static void priority_class_must_exist_and_be_allowed_at_the_kiosk(void **state)
{
    struct fixture *f = *state;
    struct command command = take_command(PASSPORTS);
    command.class_index = 3;
    assert_refused(f, fixture_do(f, &command), "class-unknown",
                   "there is no such priority class");
    command.class_index = CLASS_PRIORITY;
    command.kiosk = 0;
    assert_refused(f, fixture_do(f, &command), "class-unknown",
                   "priority class 'priority' is not given at a kiosk");
    command.class_index = CLASS_FIRST;
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(f->events[0].taken.kiosk, 0);
}

static void senseless_fields_are_invalid(void **state)
{
    struct fixture *f = *state;
    struct command command = take_command(PASSPORTS);
    command.language = LANGUAGE_COUNT;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    assert_string_equal(f->err.text, "there is no such language or channel");
    assert_int_equal(f->refused.refusal, REFUSAL_NONE);
    command = take_command(PASSPORTS);
    command.kiosk = 1;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(fixture_ticket(f, VERB_PRINTED, ticket), ERR_INVALID);
}

static void quote_is_kept_with_the_ticket_and_bounded(void **state)
{
    struct fixture *f = *state;
    struct command command = take_command(PASSPORTS);
    command.language = LANGUAGE_EN;
    command.quote = (struct quote){.is_given = true,
                                   .ahead = 12,
                                   .open_counters = 3,
                                   .mean_s = 600,
                                   .p50_s = 580,
                                   .p80_s = 900,
                                   .p90_s = QUOTE_S_MAX + 1};
    assert_ok(f, fixture_do(f, &command));
    const struct ticket *ticket = queue_ticket(f->queue, 1);
    assert_int_equal(ticket->language, LANGUAGE_EN);
    assert_int_equal(ticket->quote.ahead, 12);
    assert_int_equal(ticket->quote.mean_s, 600);
    assert_int_equal(ticket->quote.p90_s, QUOTE_S_MAX);
    assert_int_equal(ticket->taken_at_ms, f->now_ms);
}

static void ticket_is_found_by_any_way_of_writing_its_label(void **state)
{
    struct fixture *f = *state;
    uint32_t passport = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t vehicle = fixture_take(f, VEHICLES, CLASS_NONE);
    assert_int_equal(queue_find_ticket(f->queue, "A001"), passport);
    assert_int_equal(queue_find_ticket(f->queue, "A1"), passport);
    assert_int_equal(queue_find_ticket(f->queue, "a0001"), passport);
    assert_int_equal(queue_find_ticket(f->queue, "B001"), vehicle);
    static const char *const wrong[] = {"",      "A",         "A000",  "A002",
                                        "C001",  "001",       "A001 ", "A-1",
                                        "AA001", "ABCDEF001", "A1x",   "A99999999999"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(queue_find_ticket(f->queue, wrong[i]), TICKET_NONE);
    }
}

static void waiting_ticket_is_cancelled_once(void **state)
{
    struct fixture *f = *state;
    uint32_t first = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t second = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t third = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, second));
    assert_ticket(f, second, "cancelled");
    assert_int_equal(queue_ticket(f->queue, first)->next_waiting, third);
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 2);
    assert_refused(f, fixture_ticket(f, VERB_CANCEL, second), "ticket-state",
                   "ticket 'A002' is already cancelled");
    assert_refused(f, fixture_ticket(f, VERB_CANCEL, 4), "ticket-unknown",
                   "there is no such ticket today");
}

/* Brings a new ticket to the state that the sentence is about. */
static uint32_t ticket_in(struct fixture *f, enum ticket_state state)
{
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    if (state == TICKET_ABANDONED) {
        assert_ok(f, fixture_ticket(f, VERB_ABANDON, ticket));
        return ticket;
    }
    assert_ok(f, fixture_call(f, COUNTER_1, ticket));
    if (state == TICKET_CALLED) {
        return ticket;
    }
    enum verb verb = state == TICKET_NO_SHOW ? VERB_NO_SHOW : VERB_START;
    assert_ok(f, fixture_press(f, verb, COUNTER_1));
    if (state == TICKET_SERVED) {
        assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    }
    return ticket;
}

static void only_waiting_or_called_people_can_leave(void **state)
{
    struct fixture *f = *state;
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    uint32_t ticket = ticket_in(f, TICKET_ABANDONED);
    assert_refused(f, fixture_ticket(f, VERB_CANCEL, ticket), "ticket-state",
                   "ticket 'A001' has already left");
    ticket = ticket_in(f, TICKET_NO_SHOW);
    assert_refused(f, fixture_ticket(f, VERB_CANCEL, ticket), "ticket-state",
                   "ticket 'A002' did not come when called");
    ticket = ticket_in(f, TICKET_SERVED);
    assert_refused(f, fixture_ticket(f, VERB_CANCEL, ticket), "ticket-state",
                   "ticket 'A003' is already served");
    ticket = ticket_in(f, TICKET_CALLED);
    assert_refused(f, fixture_ticket(f, VERB_ABANDON, ticket), "ticket-state",
                   "ticket 'A004' is called at counter '1'");
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, ticket));
    ticket = ticket_in(f, TICKET_SERVING);
    assert_refused(f, fixture_ticket(f, VERB_CANCEL, ticket), "ticket-state",
                   "ticket 'A005' is being served at counter '1'");
    assert_int_equal(f->refused.ticket, ticket);
}

static void failed_copy_says_nothing_of_the_printed_ticket(void **state)
{
    struct fixture *f = *state;
    struct command command = fixture_command(VERB_PRINTED);
    command.ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    static const struct {
        enum print_state print;
        bool is_copy;
        enum print_state known;
    } rows[] = {
        {PRINT_UNKNOWN, false, PRINT_UNKNOWN}, {PRINT_FAILED, false, PRINT_FAILED},
        {PRINT_FAILED, true, PRINT_FAILED},    {PRINT_PRINTED, true, PRINT_PRINTED},
        {PRINT_FAILED, true, PRINT_PRINTED},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        command.print = rows[i].print;
        command.is_copy = rows[i].is_copy;
        assert_ok(f, fixture_do(f, &command));
        assert_int_equal(queue_ticket(f->queue, command.ticket)->print, rows[i].known);
    }
}

static struct command contact_command(int64_t received_ms, int64_t answered_ms,
                                      int64_t ended_ms)
{
    struct command command = fixture_command(VERB_CONTACT);
    command.channel = CHANNEL_PHONE;
    command.received_at_ms = received_ms;
    command.answered_at_ms = answered_ms;
    command.ended_at_ms = ended_ms;
    command.outcome = TICKET_SERVED;
    return command;
}

static void contact_of_another_channel_is_recorded_with_its_times(void **state)
{
    struct fixture *f = *state;
    int64_t now = f->now_ms;
    struct command command = contact_command(now - 300000, now - 200000, now);
    command.service = VEHICLES;
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(f->events[0].kind, EVENT_CONTACT_RECORDED);
    assert_int_equal(f->events[0].contact.service, VEHICLES);
    assert_int_equal(f->events[0].contact.answered_at_ms, now - 200000);
    command = contact_command(now - 300000, 0, 0);
    assert_ok(f, fixture_do(f, &command));
    command.outcome = TICKET_WAITING;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command.outcome = TICKET_SERVED;
    command.channel = CHANNEL_COUNT;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
}

static void contact_cannot_end_before_it_began_or_in_the_future(void **state)
{
    struct fixture *f = *state;
    int64_t now = f->now_ms;
    const struct {
        struct command command;
        const char *sentence;
    } cases[] = {
        {contact_command(now - 100, now - 200, 0),
         "the contact was answered or ended before it was received or answered"},
        {contact_command(now - 300, now - 100, now - 200),
         "the contact was answered or ended before it was received or answered"},
        {contact_command(now + 1, 0, 0),
         "the times of the contact are missing or in the future"},
        {contact_command(now - 1, now + 1, 0),
         "the times of the contact are missing or in the future"},
        {contact_command(now - 1, 0, now + 1),
         "the times of the contact are missing or in the future"},
        {contact_command(0, 0, 0),
         "the times of the contact are missing or in the future"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_refused(f, fixture_do(f, &cases[i].command), "contact-times",
                       cases[i].sentence);
    }
}

static void recorded_time_never_goes_backwards(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    int64_t before_ms = f->now_ms;
    f->now_ms -= 3600000;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(queue_ticket(f->queue, ticket)->taken_at_ms, before_ms);
    assert_int_equal(queue_last_at_ms(f->queue), before_ms);
}

static void open_counters_are_those_where_somebody_works(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(queue_open_counters(f->queue, PASSPORTS), 0);
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_2));
    assert_int_equal(queue_open_counters(f->queue, PASSPORTS), 2);
    assert_int_equal(queue_open_counters(f->queue, VEHICLES), 1);
    assert_ok(f, fixture_press(f, VERB_PAUSE, COUNTER_2));
    assert_int_equal(queue_open_counters(f->queue, PASSPORTS), 1);
    assert_int_equal(queue_open_counters(f->queue, VEHICLES), 0);
    fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_int_equal(queue_open_counters(f->queue, PASSPORTS), 1);
}

static void tickets_end_at_the_limit_of_the_day_and_the_day_goes_on(void **state)
{
    struct fixture *f = *state;
    struct command command = take_command(PASSPORTS);
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    /* Straight to the queue: the fixture's checks would make this slow. Seven series,
     * since one has 9,999 numbers. */
    f->site.service_count = 7;
    for (uint32_t i = 2; i < 7; i++) {
        f->site.services[i] = f->site.services[0];
        f->site.services[i].id[0] = (char)('a' + i);
        f->site.services[i].letter[0] = (char)('A' + i);
    }
    struct command configure = fixture_command(VERB_CONFIGURE);
    configure.site = &f->site;
    assert_ok(f, fixture_do(f, &configure));
    configure = fixture_command(VERB_OPEN_SERVICE);
    for (configure.service = 2; configure.service < 7; configure.service++) {
        assert_ok(f, fixture_do(f, &configure));
    }
    for (uint32_t i = 0; i < TICKETS_PER_DAY_MAX; i++) {
        command.service = i % 7;
        assert_int_equal(
            queue_decide(f->queue, &command, f->now_ms, events, &count, NULL, NULL), OK);
        queue_apply(f->queue, &events[0]);
    }
    assert_refused(f, fixture_do(f, &command), "ticket-limit",
                   "no more tickets today: the limit of the day is reached");
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, TICKETS_PER_DAY_MAX));
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_counter(f, COUNTER_1, "called", 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_rise_by_one_in_each_series),
        TEST(cancelled_number_is_not_given_again),
        TEST(series_begins_at_the_services_first_number),
        TEST(series_ends_at_its_limit_instead_of_wrapping),
        TEST(a_service_gives_its_tickets_of_the_day_and_no_more),
        TEST(a_kiosk_gives_no_ticket_that_would_be_called_after_closing),
        TEST(ticket_of_a_closed_or_unknown_service_is_refused),
        TEST(people_of_a_closed_service_are_still_called),
        TEST(priority_class_must_exist_and_be_allowed_at_the_kiosk),
        TEST(senseless_fields_are_invalid),
        TEST(quote_is_kept_with_the_ticket_and_bounded),
        TEST(ticket_is_found_by_any_way_of_writing_its_label),
        TEST(waiting_ticket_is_cancelled_once),
        TEST(only_waiting_or_called_people_can_leave),
        TEST(failed_copy_says_nothing_of_the_printed_ticket),
        TEST(contact_of_another_channel_is_recorded_with_its_times),
        TEST(contact_cannot_end_before_it_began_or_in_the_future),
        TEST(recorded_time_never_goes_backwards),
        TEST(open_counters_are_those_where_somebody_works),
        TEST(tickets_end_at_the_limit_of_the_day_and_the_day_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
