/* What reports read, over a day whose figures are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "support.h"

static struct office office;
static struct site site;

/* The same with an agent's verb at a counter, some seconds later. */
static void press(enum verb verb, uint32_t counter, int64_t after_s)
{
    struct command command = office_command(verb);
    command.counter = counter;
    office.now_ms += after_s * 1000;
    office_commit(&office, &command);
}

static void take(uint32_t service, uint32_t kiosk, int64_t after_s)
{
    struct command command = office_command(VERB_TAKE);
    command.service = service;
    command.kiosk = kiosk;
    command.quote = (struct quote){true, 4, 2, 600, 500, 900, 1100};
    office.now_ms += after_s * 1000;
    office_commit(&office, &command);
}

static void configure(void)
{
    struct command command = office_command(VERB_CONFIGURE);
    command.site = &office.site;
    office_commit(&office, &command);
}

/* 07:30:00 A001 taken; 07:31 counter 1 opens; 07:32 called, 07:32:20 started, 07:40
 * finished; B001 taken then, and nobody calls it. */
static void known_day(void)
{
    office_open(&office, OFFICE_DATE);
    take(0, 1, 0);
    press(VERB_OPEN, 0, 60);
    press(VERB_CALL_NEXT, 0, 60);
    press(VERB_START, 0, 20);
    press(VERB_FINISH, 0, 460);
    take(1, SITE_NONE, 0);
}

static void visits_are_read_with_their_indexes(void **state)
{
    (void)state;
    known_day();
    struct visit_record *visits = NULL;
    size_t count = 0;
    assert_ok(&office.err,
              journal_read_site(office.journal, OFFICE_DATE, &site, &office.err));
    assert_memory_equal(&site, &office.site, sizeof(site));
    assert_ok(&office.err, journal_read_visits(office.journal, OFFICE_DATE, &site,
                                               &visits, &count, &office.err));
    assert_int_equal(count, 2);
    const struct visit_record *visit = &visits[0];
    assert_int_equal(visit->date, OFFICE_DATE);
    assert_int_equal(visit->ticket, 1);
    assert_int_equal(visit->service, 0);
    assert_int_equal(visit->number, 1);
    assert_int_equal(visit->class_index, 0);
    assert_int_equal(visit->kiosk, 1);
    assert_int_equal(visit->counter, 0);
    assert_int_equal(visit->channel, CHANNEL_WALK_IN);
    assert_int_equal(visit->state, TICKET_SERVED);
    assert_int_equal(visit->rule, CALL_SHARE);
    assert_int_equal(visit->print, PRINT_NONE);
    assert_int_equal(visit->call_count, 1);
    assert_int_equal(visit->undone_count, 0);
    assert_false(visit->start_is_imputed);
    assert_int_equal(visit->taken_at_ms, OFFICE_START_MS);
    assert_int_equal(visit->called_at_ms, OFFICE_START_MS + 120000);
    assert_int_equal(visit->started_at_ms, OFFICE_START_MS + 140000);
    assert_int_equal(visit->ended_at_ms, OFFICE_START_MS + 600000);
    assert_true(visit->quote.is_given);
    assert_int_equal(visit->quote.ahead, 4);
    assert_int_equal(visit->quote.open_counters, 2);
    assert_int_equal(visit->quote.mean_s, 600);
    assert_int_equal(visit->quote.p50_s, 500);
    assert_int_equal(visit->quote.p80_s, 900);
    assert_int_equal(visit->quote.p90_s, 1100);
    assert_int_equal(visits[1].service, 1);
    assert_int_equal(visits[1].kiosk, SITE_NONE);
    assert_int_equal(visits[1].counter, SITE_NONE);
    assert_int_equal(visits[1].state, TICKET_WAITING);
    free(visits);
    assert_ok(&office.err, journal_read_visits(office.journal, OFFICE_DATE + 1, &site,
                                               &visits, &count, &office.err));
    assert_int_equal(count, 0);
    assert_null(visits);
}

static void spans_say_what_the_counters_did(void **state)
{
    (void)state;
    known_day();
    press(VERB_PAUSE, 0, 60);
    press(VERB_CLOSE, 0, 120);
    struct counter_span *spans = NULL;
    size_t count = 0;
    assert_ok(&office.err, journal_read_spans(office.journal, OFFICE_DATE, &office.site,
                                              &spans, &count, &office.err));
    static const struct {
        enum counter_state state;
        int64_t from_s;
        int64_t to_s;
    } expected[] = {
        {COUNTER_FREE, 60, 120},  {COUNTER_CALLED, 120, 140}, {COUNTER_SERVING, 140, 600},
        {COUNTER_FREE, 600, 660}, {COUNTER_PAUSED, 660, 780},
    };
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(spans[i].counter, 0);
        assert_int_equal(spans[i].state, expected[i].state);
        assert_int_equal(spans[i].from_ms, OFFICE_START_MS + expected[i].from_s * 1000);
        assert_int_equal(spans[i].to_ms, OFFICE_START_MS + expected[i].to_s * 1000);
    }
    free(spans);
}

static void states_that_lasted_no_time_leave_no_span(void **state)
{
    (void)state;
    known_day();
    take(0, SITE_NONE, 0);
    take(0, SITE_NONE, 0);
    press(VERB_CALL_NEXT, 0, 10);
    press(VERB_START, 0, 10);
    press(VERB_CALL_NEXT, 0, 10); /* finished and called in one press */
    assert_int_equal(
        support_number(office.path,
                       "SELECT count(*) FROM counter_span WHERE from_at = to_at"),
        0);
    assert_int_equal(support_number(office.path, "SELECT count(*) FROM counter_span"), 7);
}

static void contacts_are_read_as_they_were_recorded(void **state)
{
    (void)state;
    office_open(&office, OFFICE_DATE);
    struct command command = office_command(VERB_CONTACT);
    command.service = 2;
    command.channel = CHANNEL_EMAIL;
    command.received_at_ms = OFFICE_START_MS - 86400000;
    command.answered_at_ms = OFFICE_START_MS - 1000;
    command.outcome = TICKET_SERVED;
    office_commit(&office, &command);
    command.channel = CHANNEL_PHONE;
    command.answered_at_ms = 0;
    command.outcome = TICKET_ABANDONED;
    office_commit(&office, &command);
    struct contact_record *contacts = NULL;
    size_t count = 0;
    assert_ok(&office.err,
              journal_read_contacts(office.journal, OFFICE_DATE, &office.site, &contacts,
                                    &count, &office.err));
    assert_int_equal(count, 2);
    assert_int_equal(contacts[0].date, OFFICE_DATE);
    assert_int_equal(contacts[0].service, 2);
    assert_int_equal(contacts[0].channel, CHANNEL_EMAIL);
    assert_int_equal(contacts[0].outcome, TICKET_SERVED);
    assert_int_equal(contacts[0].received_at_ms, OFFICE_START_MS - 86400000);
    assert_int_equal(contacts[0].answered_at_ms, OFFICE_START_MS - 1000);
    assert_int_equal(contacts[0].ended_at_ms, 0);
    assert_int_equal(contacts[1].channel, CHANNEL_PHONE);
    assert_int_equal(contacts[1].outcome, TICKET_ABANDONED);
    assert_int_equal(contacts[1].answered_at_ms, 0);
    free(contacts);
    assert_int_equal(support_number(office.path, "SELECT taken_at FROM event WHERE kind ="
                                                 " 'contact-recorded' LIMIT 1"),
                     OFFICE_START_MS - 86400000);
}

static void the_site_of_a_day_is_its_last_with_what_is_gone_appended(void **state)
{
    (void)state;
    known_day();
    press(VERB_CLOSE, 0, 0);
    /* Counter 1 is taken away, counter 9 comes; service C has another name. */
    (void)text_copy(office.site.counters[0].id, sizeof(office.site.counters[0].id), "9");
    (void)text_copy(office.site.services[2].name.in[LANGUAGE_EN], NAME_LENGTH_MAX, "New");
    (void)text_copy(office.site.kiosks[1].id, sizeof(office.site.kiosks[1].id), "hall9");
    configure();
    assert_ok(&office.err,
              journal_read_site(office.journal, OFFICE_DATE, &site, &office.err));
    assert_int_equal(site.counter_count, 5);
    assert_string_equal(site.counters[0].id, "9");
    assert_string_equal(site.counters[4].id, "1");
    assert_int_equal(site.counters[4].services, 1);
    assert_int_equal(site.kiosk_count, 3);
    assert_string_equal(site.services[2].name.in[LANGUAGE_EN], "New");
    struct visit_record *visits = NULL;
    size_t count = 0;
    assert_ok(&office.err, journal_read_visits(office.journal, OFFICE_DATE, &site,
                                               &visits, &count, &office.err));
    assert_int_equal(visits[0].counter, 4);
    assert_int_equal(visits[0].kiosk, 2);
    free(visits);
    struct counter_span *spans = NULL;
    assert_ok(&office.err, journal_read_spans(office.journal, OFFICE_DATE, &site, &spans,
                                              &count, &office.err));
    assert_int_equal(spans[0].counter, 4);
    free(spans);
    struct journal_summary summary;
    assert_ok(&office.err, journal_verify(office.journal, &summary, &office.err));
}

static void a_site_of_another_day_does_not_matter(void **state)
{
    (void)state;
    known_day();
    office_close_day(&office);
    office.now_ms += 1000;
    (void)text_copy(office.site.counters[0].id, sizeof(office.site.counters[0].id), "9");
    configure();
    office_open(&office, OFFICE_DATE + 1);
    assert_ok(&office.err,
              journal_read_site(office.journal, OFFICE_DATE, &site, &office.err));
    assert_int_equal(site.counter_count, 4);
    assert_string_equal(site.counters[0].id, "1");
    assert_ok(&office.err,
              journal_read_site(office.journal, OFFICE_DATE + 1, &site, &office.err));
    assert_int_equal(site.counter_count, 4);
    assert_string_equal(site.counters[0].id, "9");
    assert_ok(&office.err, journal_read_site(office.journal, 0, &site, &office.err));
    assert_string_equal(site.counters[0].id, "9");
}

static void what_is_not_there_is_said(void **state)
{
    (void)state;
    bool used[CLOCK_MODE_COUNT];
    assert_int_equal(journal_read_site(office.journal, 0, &site, &office.err),
                     ERR_NOT_FOUND);
    assert_non_null(strstr(office.err.text, "no site was ever configured"));
    office_open(&office, OFFICE_DATE);
    assert_int_equal(journal_read_site(office.journal, 20260101, &site, &office.err),
                     ERR_NOT_FOUND);
    assert_non_null(strstr(office.err.text, "there is no business day 2026-01-01"));
    assert_int_equal(
        journal_read_clock_modes(office.journal, 20260101, used, &office.err),
        ERR_NOT_FOUND);
}

static void set_clock(enum clock_mode mode)
{
    struct command command = office_command(VERB_SET_CLOCK);
    command.clock_mode = mode;
    command.clock_factor = 60;
    office_commit(&office, &command);
}

static void open_day(uint32_t date)
{
    struct command command = office_command(VERB_OPEN_DAY);
    command.date = date;
    office_commit(&office, &command);
}

static void assert_clocks(uint32_t date, bool real, bool scaled, bool stepped)
{
    bool used[CLOCK_MODE_COUNT];
    assert_ok(&office.err,
              journal_read_clock_modes(office.journal, date, used, &office.err));
    assert_int_equal(used[CLOCK_REAL], real);
    assert_int_equal(used[CLOCK_SCALED], scaled);
    assert_int_equal(used[CLOCK_STEPPED], stepped);
    assert_false(used[CLOCK_REPLAY]);
}

static void the_clocks_of_a_day_are_those_that_ran_in_it(void **state)
{
    (void)state;
    configure();
    open_day(OFFICE_DATE); /* No clock was ever set: real. */
    office_close_day(&office);
    set_clock(CLOCK_SCALED); /* In the night only. */
    set_clock(CLOCK_STEPPED);
    open_day(OFFICE_DATE + 1);
    office_close_day(&office);
    open_day(OFFICE_DATE + 2);
    set_clock(CLOCK_SCALED);
    office_close_day(&office);
    assert_clocks(OFFICE_DATE, true, false, false);
    assert_clocks(OFFICE_DATE + 1, false, false, true);
    assert_clocks(OFFICE_DATE + 2, false, true, true);
}

static void service_times_are_those_that_were_pressed(void **state)
{
    (void)state;
    known_day();
    take(0, SITE_NONE, 0);
    press(VERB_CALL_NEXT, 0, 10);
    press(VERB_PRESS, 0, 100); /* Nobody pressed start: imputed. */
    office_close_day(&office);
    office_open(&office, OFFICE_DATE + 1);
    take(1, SITE_NONE, 0);
    press(VERB_OPEN, 1, 0);
    press(VERB_CALL_NEXT, 1, 0);
    press(VERB_START, 1, 5);
    press(VERB_FINISH, 1, 42);
    struct service_time *times = NULL;
    size_t count = 0;
    assert_ok(&office.err, journal_read_service_times(office.journal, 2, &office.site,
                                                      &times, &count, &office.err));
    assert_int_equal(count, 2);
    assert_int_equal(times[0].service, 0);
    assert_int_equal(times[0].counter, 0);
    assert_int_equal(times[0].length_ms, 460000);
    assert_int_equal(times[1].service, 1);
    assert_int_equal(times[1].counter, 1);
    assert_int_equal(times[1].length_ms, 42000);
    free(times);
    assert_ok(&office.err, journal_read_service_times(office.journal, 1, &office.site,
                                                      &times, &count, &office.err));
    assert_int_equal(count, 1);
    assert_int_equal(times[0].length_ms, 42000);
    free(times);
}

static void turned_away(uint32_t service, enum turned_reason reason, uint32_t people,
                        int64_t after_s)
{
    struct command command = office_command(VERB_TURNED_AWAY);
    command.service = service;
    command.turned = reason;
    command.number = people;
    office.now_ms += after_s * 1000;
    office_commit(&office, &command);
}

static void people_turned_away_are_summed_by_the_quarter(void **state)
{
    (void)state;
    office_open(&office, OFFICE_DATE);
    turned_away(0, TURNED_CLOSED, 3, 0);
    turned_away(0, TURNED_CLOSED, 4, 600);
    turned_away(0, TURNED_FULL, 1, 0);
    turned_away(0, TURNED_CLOSED, 2, 600); /* the next quarter */
    struct turned_record *records = NULL;
    size_t count = 0;
    assert_ok(&office.err,
              journal_read_turned_away(office.journal, OFFICE_DATE, &office.site,
                                       &records, &count, &office.err));
    assert_int_equal(count, 3);
    assert_int_equal(records[0].service, 0);
    assert_int_equal(records[0].reason, TURNED_CLOSED);
    assert_int_equal(records[0].from_ms, OFFICE_START_MS);
    assert_int_equal(records[0].count, 7);
    assert_int_equal(records[1].reason, TURNED_FULL);
    assert_int_equal(records[1].count, 1);
    assert_int_equal(records[2].from_ms, OFFICE_START_MS + 900000);
    assert_int_equal(records[2].count, 2);
    free(records);
}

/* Those that no figure counts come last and say so; the view leaves them out, and nobody
 * learns the pace of a service from a test. */
static void tests_and_suspect_visits_stand_beside_the_others(void **state)
{
    (void)state;
    office.site.burst_tickets = 1;
    office.site.burst_seconds = 600;
    office_open(&office, OFFICE_DATE);
    struct command command = office_command(VERB_TAKE);
    command.is_test = true;
    office_commit(&office, &command);
    press(VERB_OPEN, 0, 0);
    press(VERB_CALL_NEXT, 0, 0);
    press(VERB_START, 0, 5);
    press(VERB_FINISH, 0, 42);
    command.is_test = false;
    command.kiosk = 0;
    office_commit(&office, &command);
    command.is_confirmed = true;
    office_commit(&office, &command);
    office_commit(&office, &command);
    struct command trust = office_command(VERB_TRUST);
    trust.ticket = 3;
    office_commit(&office, &trust);
    struct command sweep = office_command(VERB_SWEEP);
    office_commit(&office, &sweep);
    struct visit_record *visits = NULL;
    size_t count = 0;
    assert_ok(&office.err, journal_read_visits(office.journal, OFFICE_DATE, &office.site,
                                               &visits, &count, &office.err));
    static const uint32_t order[] = {2, 3, 1, 4};
    assert_int_equal(count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(visits[i].ticket, order[i]);
        assert_int_equal(visits[i].is_beside, i >= 2);
    }
    assert_true(visits[2].is_test);
    assert_true(visits[3].is_suspect);
    assert_int_equal(visits[3].state, TICKET_VOID);
    free(visits);
    assert_int_equal(support_number(office.path, "SELECT sum(arrived) FROM interval"), 2);
    struct service_time *times = NULL;
    assert_ok(&office.err, journal_read_service_times(office.journal, 1, &office.site,
                                                      &times, &count, &office.err));
    assert_int_equal(count, 0);
    free(times);
}

static void days_and_epoch_are_listed(void **state)
{
    (void)state;
    int64_t epoch = -1;
    struct journal_day *days = NULL;
    size_t count = 7;
    assert_ok(&office.err, journal_read_epoch(office.journal, &epoch, &office.err));
    assert_int_equal(epoch, 0);
    assert_ok(&office.err, journal_read_days(office.journal, &days, &count, &office.err));
    assert_int_equal(count, 0);
    known_day();
    office_close_day(&office);
    int64_t closed_at_ms = office.now_ms;
    office.now_ms += 3600000;
    office_open(&office, OFFICE_DATE + 1);
    assert_ok(&office.err, journal_read_epoch(office.journal, &epoch, &office.err));
    assert_int_equal(epoch, 2);
    assert_ok(&office.err, journal_read_days(office.journal, &days, &count, &office.err));
    assert_int_equal(count, 2);
    assert_int_equal(days[0].date, OFFICE_DATE);
    assert_int_equal(days[0].opened_at_ms, OFFICE_START_MS);
    assert_int_equal(days[0].closed_at_ms, closed_at_ms);
    assert_int_equal(days[0].visit_count, 2);
    assert_int_equal(days[1].closed_at_ms, 0);
    assert_int_equal(days[1].visit_count, 0);
    free(days);
}

static void the_view_counts_by_quarter_of_an_hour(void **state)
{
    (void)state;
    known_day();
    take(0, SITE_NONE, 300);
    assert_int_equal(support_number(office.path, "SELECT count(*) FROM interval"), 3);
    assert_int_equal(support_number(office.path,
                                    "SELECT wait_ms FROM interval WHERE service = "
                                    "'passports' AND arrived = 1 AND called = 1 AND "
                                    "served = 1 AND from_at = 1795419000000"),
                     120000);
    assert_int_equal(support_number(office.path,
                                    "SELECT arrived FROM interval WHERE service = "
                                    "'passports' AND from_at = 1795419900000"),
                     1);
}

static void a_row_that_was_changed_is_told(void **state)
{
    (void)state;
    known_day();
    support_tamper(office.path, "UPDATE visit SET state = 'eaten', ended_at = 1 "
                                "WHERE ticket = 2");
    struct visit_record *visits = NULL;
    size_t count = 0;
    assert_int_equal(journal_read_visits(office.journal, OFFICE_DATE, &office.site,
                                         &visits, &count, &office.err),
                     ERR_CORRUPT);
    assert_non_null(strstr(office.err.text,
                           "visit 2 of 20261123: 'state' has the unknown value 'eaten'"));
    assert_null(visits);
}

#define TEST(function) OFFICE_TEST(function, &office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(visits_are_read_with_their_indexes),
        TEST(spans_say_what_the_counters_did),
        TEST(states_that_lasted_no_time_leave_no_span),
        TEST(contacts_are_read_as_they_were_recorded),
        TEST(the_site_of_a_day_is_its_last_with_what_is_gone_appended),
        TEST(a_site_of_another_day_does_not_matter),
        TEST(what_is_not_there_is_said),
        TEST(the_clocks_of_a_day_are_those_that_ran_in_it),
        TEST(service_times_are_those_that_were_pressed),
        TEST(people_turned_away_are_summed_by_the_quarter),
        TEST(tests_and_suspect_visits_stand_beside_the_others),
        TEST(days_and_epoch_are_listed),
        TEST(the_view_counts_by_quarter_of_an_hour),
        TEST(a_row_that_was_changed_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
