/* Replay and verification over days made from a seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "support.h"

static struct office office;

static uint64_t hash_of_replay(bool is_whole)
{
    struct queue *queue = queue_create();
    assert_non_null(queue);
    if (is_whole) {
        assert_ok(&office.err,
                  journal_replay_all(office.journal, queue, NULL, NULL, &office.err));
    } else {
        assert_ok(&office.err,
                  journal_replay(office.journal, queue, NULL, NULL, &office.err));
    }
    uint64_t hash = queue_state_hash(queue);
    queue_destroy(queue);
    return hash;
}

static void assert_replays_agree(void)
{
    uint64_t hash = queue_state_hash(office.queue);
    assert_true(hash_of_replay(false) == hash);
    assert_true(hash_of_replay(true) == hash);
}

/* Random commands, one a transaction, with a look after each. */
static void steps(uint32_t count, void (*look)(void))
{
    for (uint32_t step = 0; step < count; step++) {
        assert_ok(&office.err, journal_begin(office.journal, &office.err));
        office_random_step(&office);
        assert_ok(&office.err, journal_commit(office.journal, &office.err));
        look();
    }
}

static void replay_from_the_open_day_is_the_whole_replay_after_every_command(void **state)
{
    (void)state;
    assert_replays_agree();
    for (uint32_t day = 0; day < 3; day++) {
        office_open(&office, OFFICE_DATE + day);
        assert_replays_agree();
        steps(120, assert_replays_agree);
        office_close_day(&office);
        assert_replays_agree();
    }
}

static void a_night_with_another_clock_and_site_is_part_of_the_replay(void **state)
{
    (void)state;
    office_random_day(&office, OFFICE_DATE, 50);
    struct command command = office_command(VERB_SET_CLOCK);
    command.clock_mode = CLOCK_SCALED;
    command.clock_factor = 60;
    office_commit(&office, &command);
    assert_replays_agree();
    (void)text_copy(office.site.counters[3].id, sizeof(office.site.counters[3].id), "5");
    command = office_command(VERB_CONFIGURE);
    command.site = &office.site;
    office_commit(&office, &command);
    assert_replays_agree();
    command = office_command(VERB_OPEN_DAY);
    command.date = OFFICE_DATE + 1;
    office_commit(&office, &command);
    assert_replays_agree();
}

struct heard {
    int64_t first_seq;
    int64_t last_seq;
    int64_t count;
};

static void hear(const struct event *event, const struct queue *queue, void *context)
{
    struct heard *heard = context;
    assert_int_equal(queue_seq(queue), event->seq);
    heard->first_seq = heard->count == 0 ? event->seq : heard->first_seq;
    heard->last_seq = event->seq;
    heard->count++;
}

static void a_listener_hears_every_event_from_the_opening_on(void **state)
{
    (void)state;
    office_random_day(&office, OFFICE_DATE, 40);
    int64_t before = journal_seq(office.journal);
    office_random_day(&office, OFFICE_DATE + 1, 40);
    struct heard heard = {0};
    assert_ok(&office.err,
              journal_replay(office.journal, office.queue, hear, &heard, &office.err));
    /* Epoch, clock and site come before the opening. */
    assert_int_equal(heard.first_seq, before + 4);
    assert_int_equal(heard.last_seq, journal_seq(office.journal));
    assert_int_equal(heard.count, heard.last_seq - heard.first_seq + 1);
    heard = (struct heard){0};
    assert_ok(&office.err, journal_replay_all(office.journal, office.queue, hear, &heard,
                                              &office.err));
    assert_int_equal(heard.first_seq, 1);
    assert_int_equal(heard.count, journal_seq(office.journal));
}

/* The row of the present leg, the last of its ticket, against the ticket. */
static void assert_visit_is_ticket(const struct visit_record *visit,
                                   const struct ticket *ticket)
{
    bool is_first = ticket->leg.index == 0;
    assert_int_equal(visit->leg, ticket->leg.index);
    assert_int_equal(visit->service, ticket->service);
    assert_int_equal(visit->series, ticket->series);
    assert_int_equal(visit->number, ticket->number);
    assert_int_equal(visit->class_index, ticket->class_index);
    /* The ticket keeps the counter that sent it on; its row has none until the call. */
    assert_int_equal(visit->counter, is_first || ticket->called_at_ms != 0
                                         ? ticket->counter
                                         : visit->counter);
    assert_int_equal(visit->channel, ticket->channel);
    assert_int_equal(visit->state, ticket->state);
    assert_int_equal(visit->print, ticket->print);
    assert_int_equal(visit->start_is_imputed, ticket->start_is_imputed);
    assert_int_equal(visit->call_count, ticket->call_count);
    assert_int_equal(visit->taken_at_ms, ticket->leg.requested_at_ms);
    assert_int_equal(visit->called_at_ms, ticket->called_at_ms);
    assert_int_equal(visit->started_at_ms, ticket->started_at_ms);
    assert_int_equal(visit->ended_at_ms, ticket->ended_at_ms);
}

/* What only the row of the visit itself has. */
static void assert_quote_is_kept(const struct visit_record *visit,
                                 const struct ticket *ticket)
{
    assert_int_equal(visit->taken_at_ms, ticket->taken_at_ms);
    assert_int_equal(visit->state,
                     ticket->leg.index == 0 ? ticket->state : TICKET_SERVED);
    assert_int_equal(visit->quote.is_given, ticket->quote.is_given);
    assert_int_equal(visit->quote.ahead, ticket->quote.ahead);
    assert_int_equal(visit->quote.open_counters, ticket->quote.open_counters);
    assert_int_equal(visit->quote.mean_s, ticket->quote.mean_s);
    assert_int_equal(visit->quote.p50_s, ticket->quote.p50_s);
    assert_int_equal(visit->quote.p80_s, ticket->quote.p80_s);
    assert_int_equal(visit->quote.p90_s, ticket->quote.p90_s);
}

/* The read tables against the queue, ticket by ticket. */
static void assert_visits_are_the_tickets(void)
{
    struct site *site = malloc(sizeof(*site));
    struct visit_record *visits = NULL;
    size_t count = 0;
    uint32_t date = queue_day(office.queue);
    assert_non_null(site);
    assert_ok(&office.err, journal_read_site(office.journal, date, site, &office.err));
    assert_ok(&office.err, journal_read_visits(office.journal, date, site, &visits,
                                               &count, &office.err));
    uint32_t visit_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct visit_record *visit = &visits[i];
        const struct ticket *ticket = queue_ticket(office.queue, visit->ticket);
        assert_int_equal(visit->date, date);
        if (visit->leg == 0) {
            visit_count++;
            assert_int_equal(visit->ticket, visit_count);
            assert_quote_is_kept(visit, ticket);
        }
        if (i + 1 == count || visits[i + 1].ticket != visit->ticket) {
            assert_visit_is_ticket(visit, ticket);
        }
    }
    assert_int_equal(visit_count, queue_ticket_count(office.queue));
    free(visits);
    free(site);
}

/* The last span of every counter says its present state. */
static void assert_spans_end_in_the_present(void)
{
    struct counter_span *spans = NULL;
    size_t count = 0;
    uint32_t date = queue_day(office.queue);
    const struct site *site = queue_site(office.queue);
    assert_ok(&office.err, journal_read_spans(office.journal, date, site, &spans, &count,
                                              &office.err));
    uint32_t open_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct counter *counter = queue_counter(office.queue, spans[i].counter);
        if (spans[i].to_ms == 0) {
            open_count++;
            assert_int_equal(spans[i].state, counter->state);
            /* The next person called at once is the same stretch of being called. */
            assert_true(spans[i].from_ms <= counter->since_ms);
        } else {
            assert_true(spans[i].to_ms > spans[i].from_ms);
        }
        bool follows = i > 0 && spans[i - 1].counter == spans[i].counter;
        assert_true(!follows || spans[i].from_ms >= spans[i - 1].to_ms);
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        open_count -= queue_counter(office.queue, i)->state != COUNTER_CLOSED ? 1U : 0U;
    }
    assert_int_equal(open_count, 0);
    free(spans);
}

static void assert_tables_are_the_queue(void)
{
    assert_visits_are_the_tickets();
    assert_spans_end_in_the_present();
}

static void the_read_tables_are_the_queue_at_every_moment(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        office.seed = seed;
        office_open(&office, OFFICE_DATE + (uint32_t)seed);
        steps(200, assert_tables_are_the_queue);
        office_close_day(&office);
    }
}

static void an_undone_call_leaves_the_visit_as_never_called_but_counted(void **state)
{
    (void)state;
    office_open(&office, OFFICE_DATE);
    struct command command = office_command(VERB_TAKE);
    office_commit(&office, &command);
    command = office_command(VERB_OPEN);
    command.counter = 0;
    office_commit(&office, &command);
    command.verb = VERB_CALL_NEXT;
    office_commit(&office, &command);
    command.verb = VERB_UNDO;
    office_commit(&office, &command);
    struct visit_record *visits = NULL;
    size_t count = 0;
    assert_ok(&office.err, journal_read_visits(office.journal, OFFICE_DATE, &office.site,
                                               &visits, &count, &office.err));
    assert_int_equal(count, 1);
    assert_int_equal(visits[0].state, TICKET_WAITING);
    assert_int_equal(visits[0].counter, SITE_NONE);
    assert_int_equal(visits[0].call_count, 0);
    assert_int_equal(visits[0].called_at_ms, 0);
    assert_int_equal(visits[0].undone_count, 1);
    free(visits);
    assert_int_equal(support_number(office.path, "SELECT rule IS NULL FROM visit"), 1);
    assert_int_equal(support_number(office.path, "SELECT called FROM interval"), 0);
}

static void a_sound_journal_verifies_with_its_summary(void **state)
{
    (void)state;
    struct journal_summary summary;
    assert_ok(&office.err, journal_verify(office.journal, &summary, &office.err));
    assert_int_equal(summary.event_count, 0);
    for (uint32_t day = 0; day < 5; day++) {
        office_random_day(&office, OFFICE_DATE + day, 400);
    }
    office_open(&office, OFFICE_DATE + 5);
    assert_ok(&office.err, journal_verify(office.journal, &summary, &office.err));
    assert_int_equal(summary.event_count, journal_seq(office.journal));
    assert_int_equal(summary.last_at_ms, queue_last_at_ms(office.queue));
    struct journal *reader = NULL;
    struct journal_summary second;
    assert_ok(&office.err, journal_open_reader(office.path, &reader, &office.err));
    assert_ok(&office.err, journal_verify(reader, &second, &office.err));
    assert_memory_equal(&summary, &second, sizeof(summary));
    journal_close(reader);
}

/* What a stranger changed, and the words that must be in the sentence. */
static const struct {
    const char *sql;
    const char *words;
} changes[] = {
    {"DROP TRIGGER event_is_not_changed; UPDATE event SET body = replace(body, "
     "'\"ahead\":', '\"ahead\":1') WHERE seq = (SELECT min(seq) FROM event WHERE kind = "
     "'ticket-taken')",
     "event 8 is not what was written: the chain breaks there"},
    {"DROP TRIGGER event_is_not_changed; UPDATE event SET at = at + 1 WHERE seq = 5",
     "event 5 is not what was written"},
    {"DROP TRIGGER event_is_not_changed; UPDATE event SET taken_at = 1 WHERE seq = 5",
     "event 5 is not what was written"},
    {"DROP TRIGGER event_is_not_changed; UPDATE event SET version = 2 WHERE seq = 5",
     "event 5 is not what was written"},
    {"DROP TRIGGER event_is_not_changed; UPDATE event SET kind = 'service-closed' "
     "WHERE seq = 5",
     "event 5 is not what was written"},
    {"DROP TRIGGER event_is_not_changed; UPDATE event SET hash = zeroblob(32) "
     "WHERE seq = 9",
     "event 9 is not what was written"},
    {"DROP TRIGGER event_is_not_deleted; DELETE FROM event WHERE seq = 9",
     "event 9 is missing"},
    {"DROP TRIGGER event_is_not_deleted; DELETE FROM event WHERE seq = 1",
     "event 1 is missing"},
    {"DROP TRIGGER event_is_not_changed; UPDATE event SET seq = 1000000 WHERE seq = 9;",
     "event 9 is missing"},
    {"UPDATE visit SET state = 'void', ended_at = 1 WHERE ticket = 1",
     "table 'visit', row (20261123, 1): 'state' is void"},
    {"UPDATE visit SET taken_at = taken_at - 1 WHERE ticket = 3",
     "table 'visit', row (20261123, 3): 'taken_at' is "},
    {"DELETE FROM visit WHERE ticket = 2",
     "table 'visit', row (20261123, 2): 'ticket' is"},
    {"DELETE FROM visit WHERE ticket = (SELECT max(ticket) FROM visit)", "is missing"},
    {"INSERT INTO contact SELECT max(seq), 20261123, 'a', 'b', 'c', 1, 2, 3 FROM event",
     "follows from no event"},
    {"UPDATE counter_change SET state = 'paused' WHERE state = 'serving'",
     "table 'counter_change', row"},
    {"UPDATE day SET opened_at = 1", "table 'day', row (20261123, 4): 'opened_at' is 1"},
};

static void every_change_by_a_stranger_is_found_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        office_end(&office);
        office_begin(&office);
        office.seed = 4;
        office_random_day(&office, OFFICE_DATE, 150);
        journal_close(office.journal);
        office.journal = NULL;
        support_tamper(office.path, changes[i].sql);
        struct journal *reader = NULL;
        struct journal_summary summary;
        assert_ok(&office.err, journal_open_reader(office.path, &reader, &office.err));
        assert_int_equal(journal_verify(reader, &summary, &office.err), ERR_CORRUPT);
        if (!strstr(office.err.text, changes[i].words)) {
            fail_msg("%s\n  gave: %s", changes[i].sql, office.err.text);
        }
        journal_close(reader);
    }
}

static void a_replay_stops_at_the_broken_event(void **state)
{
    (void)state;
    office_random_day(&office, OFFICE_DATE, 100);
    journal_close(office.journal);
    office.journal = NULL;
    support_tamper(office.path, "DROP TRIGGER event_is_not_changed;"
                                "UPDATE event SET at = at + 1 WHERE seq = 40");
    assert_ok(&office.err, journal_open(office.path, 0, &office.journal, &office.err));
    assert_int_equal(
        journal_replay(office.journal, office.queue, NULL, NULL, &office.err),
        ERR_CORRUPT);
    assert_non_null(strstr(office.err.text, "event 40 is not what was written"));
}

/* Events that are chained well but do not fit the state, as a faulty program would write
 * them, must stop a replay with a sentence and not the process. */
static void an_event_that_does_not_fit_the_state_stops_the_replay(void **state)
{
    (void)state;
    office_open(&office, OFFICE_DATE);
    struct event event = {.kind = EVENT_SERVICE_OPENED,
                          .seq = journal_seq(office.journal) + 1,
                          .at_ms = office.now_ms};
    event.service = 1; /* It is open already. */
    assert_ok(&office.err, journal_begin(office.journal, &office.err));
    assert_ok(&office.err,
              journal_append(office.journal, &event, &office.site, &office.err));
    assert_ok(&office.err, journal_commit(office.journal, &office.err));
    assert_int_equal(
        journal_replay(office.journal, office.queue, NULL, NULL, &office.err),
        ERR_CORRUPT);
    assert_non_null(strstr(office.err.text, "event 8 (service-opened)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(replay_from_the_open_day_is_the_whole_replay_after_every_command,
                    &office),
        OFFICE_TEST(a_night_with_another_clock_and_site_is_part_of_the_replay, &office),
        OFFICE_TEST(a_listener_hears_every_event_from_the_opening_on, &office),
        OFFICE_TEST(the_read_tables_are_the_queue_at_every_moment, &office),
        OFFICE_TEST(an_undone_call_leaves_the_visit_as_never_called_but_counted, &office),
        OFFICE_TEST(a_sound_journal_verifies_with_its_summary, &office),
        OFFICE_TEST(every_change_by_a_stranger_is_found_with_its_place, &office),
        OFFICE_TEST(a_replay_stops_at_the_broken_event, &office),
        OFFICE_TEST(an_event_that_does_not_fit_the_state_stops_the_replay, &office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
