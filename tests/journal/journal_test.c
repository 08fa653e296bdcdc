/* Opening, writing, answers and locks. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "core/text.h"
#include "journal/chain.h"
#include "support.h"

static struct office office;

static void a_new_journal_is_durable_and_empty(void **state)
{
    (void)state;
    assert_int_equal(journal_seq(office.journal), 0);
    assert_null(journal_warning(office.journal));
    assert_ok(&office.err, journal_check_durability(office.journal, &office.err));
    assert_int_equal(support_number(office.path, "PRAGMA application_id"), 0x47554943);
    assert_int_equal(support_number(office.path, "PRAGMA user_version"), 5);
    assert_int_equal(
        support_number(office.path,
                       "SELECT journal_mode = 'wal' FROM pragma_journal_mode"),
        1);
}

static void what_was_written_is_there_after_reopening(void **state)
{
    (void)state;
    office_random_day(&office, OFFICE_DATE, 60);
    int64_t seq = journal_seq(office.journal);
    office_reopen(&office);
    assert_int_equal(journal_seq(office.journal), seq);
    office_open(&office, OFFICE_DATE + 1);
    struct journal_summary summary;
    assert_ok(&office.err, journal_verify(office.journal, &summary, &office.err));
    assert_int_equal(summary.event_count, journal_seq(office.journal));
}

static void a_second_writer_is_refused(void **state)
{
    (void)state;
    struct journal *second = NULL;
    struct error err;
    assert_int_equal(journal_open(office.path, 0, &second, &err), ERR_UNAVAILABLE);
    assert_null(second);
    assert_non_null(strstr(err.text, "another process is writing it"));
    pid_t child = fork();
    if (child == 0) {
        _exit(journal_open(office.path, 0, &second, &err) == ERR_UNAVAILABLE ? 0 : 1);
    }
    int result = -1;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    /* The refused ones did not take the lock or the file away. */
    office_open(&office, OFFICE_DATE);
}

static void a_journal_of_a_newer_version_is_refused(void **state)
{
    (void)state;
    journal_close(office.journal);
    office.journal = NULL;
    support_tamper(office.path, "PRAGMA user_version = 7");
    struct journal *journal = NULL;
    struct error err;
    assert_int_equal(journal_open(office.path, 0, &journal, &err), ERR_INVALID);
    assert_non_null(strstr(err.text,
                           "written by a newer Guichet (tables of version 7; this "
                           "program knows up to 5)"));
    assert_int_equal(journal_open_reader(office.path, &journal, &err), ERR_INVALID);
    assert_non_null(strstr(err.text, "newer"));
    assert_null(journal);
}

static void another_database_is_refused_and_left_alone(void **state)
{
    (void)state;
    const char *path = office_path_of(&office, "other.db");
    support_tamper(path, "CREATE TABLE recipe (name TEXT)");
    struct journal *journal = NULL;
    struct error err;
    assert_int_equal(journal_open(path, 0, &journal, &err), ERR_INVALID);
    assert_non_null(strstr(err.text, "it is not a journal of Guichet"));
    assert_int_equal(support_number(path, "SELECT count(*) FROM sqlite_schema"), 1);
    assert_int_equal(
        support_number(path, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"),
        1);
    assert_int_equal(journal_open_reader(path, &journal, &err), ERR_INVALID);
    assert_null(journal);
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    (void)state;
    const char *path = office_path_of(&office, "letter.txt");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 100; i++) {
        assert_true(fprintf(file, "Madame, Monsieur, %d\n", i) > 0);
    }
    assert_int_equal(fclose(file), 0);
    struct journal *journal = NULL;
    struct error err;
    assert_int_equal(journal_open(path, 0, &journal, &err), ERR_CORRUPT);
    assert_int_equal(journal_open_reader(path, &journal, &err), ERR_CORRUPT);
    assert_int_equal(
        journal_open_reader(office_path_of(&office, "nothing.db"), &journal, &err),
        ERR_NOT_FOUND);
    assert_int_equal(
        journal_open(office_path_of(&office, "no/folder.db"), 0, &journal, &err), ERR_IO);
    assert_null(journal);
}

static void events_can_neither_be_changed_nor_deleted(void **state)
{
    (void)state;
    office_open(&office, OFFICE_DATE);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(office.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE event SET at = 1", NULL, NULL, NULL),
                     SQLITE_CONSTRAINT);
    assert_string_equal(sqlite3_errmsg(db), "events are never changed");
    assert_int_equal(sqlite3_exec(db, "DELETE FROM event", NULL, NULL, NULL),
                     SQLITE_CONSTRAINT);
    assert_string_equal(sqlite3_errmsg(db), "events are never deleted");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The rule of docs/journal.md, computed from what SQL shows. */
static void the_chain_is_what_the_document_says(void **state)
{
    (void)state;
    office_random_day(&office, OFFICE_DATE, 30);
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    struct chain chain;
    struct error err;
    assert_ok(&err, chain_init(&chain, &err));
    assert_int_equal(sqlite3_open(office.path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "SELECT seq || '|' || at || '|' || taken_at || '|' || kind ||"
                           " '|' || version || '|' || body, hash FROM event ORDER BY seq",
                           -1, &statement, NULL),
        SQLITE_OK);
    static uint8_t bytes[1 << 16];
    uint8_t before[CHAIN_BYTES] = {0};
    int64_t count = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        size_t length = (size_t)sqlite3_column_bytes(statement, 0);
        assert_true(length + CHAIN_BYTES <= sizeof(bytes));
        memcpy(bytes, before, CHAIN_BYTES);
        memcpy(bytes + CHAIN_BYTES, sqlite3_column_text(statement, 0), length);
        assert_ok(&err, chain_digest(&chain, bytes, CHAIN_BYTES + length, before, &err));
        assert_memory_equal(sqlite3_column_blob(statement, 1), before, CHAIN_BYTES);
        count++;
    }
    assert_int_equal(count, journal_seq(office.journal));
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    chain_finish(&chain);
}

static void sha_256_is_sha_256(void **state)
{
    (void)state;
    static const uint8_t expected[CHAIN_BYTES] = {
        0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
        0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
        0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
    struct chain chain;
    struct error err;
    uint8_t hash[CHAIN_BYTES];
    assert_ok(&err, chain_init(&chain, &err));
    assert_ok(&err, chain_digest(&chain, "abc", 3, hash, &err));
    assert_memory_equal(hash, expected, CHAIN_BYTES);
    chain_finish(&chain);
}

static void a_rollback_forgets_events_and_answers(void **state)
{
    (void)state;
    office_open(&office, OFFICE_DATE);
    int64_t seq = journal_seq(office.journal);
    const struct journal_command command = {"kiosk-hall1", "id-1", "{}", 2};
    enum journal_answer answer = ANSWER_COUNT;
    const char *reply = NULL;
    struct command take = office_command(VERB_TAKE);
    assert_ok(&office.err, journal_begin(office.journal, &office.err));
    assert_ok(&office.err, office_do(&office, &take));
    assert_ok(&office.err, journal_store_answer(office.journal, &command, "{\"ok\":true}",
                                                office.now_ms, &office.err));
    assert_int_equal(journal_seq(office.journal), seq + 1);
    assert_ok(&office.err, journal_find_answer(office.journal, &command, &answer, &reply,
                                               &office.err));
    assert_int_equal(answer, ANSWER_STORED);
    assert_ok(&office.err, journal_rollback(office.journal, &office.err));
    assert_int_equal(journal_seq(office.journal), seq);
    assert_int_equal(support_number(office.path, "SELECT max(seq) FROM event"), seq);
    assert_ok(&office.err, journal_find_answer(office.journal, &command, &answer, &reply,
                                               &office.err));
    assert_int_equal(answer, ANSWER_NONE);
    /* The queue is rebuilt and the same command is taken again. */
    assert_ok(&office.err,
              journal_replay(office.journal, office.queue, NULL, NULL, &office.err));
    office_commit(&office, &take);
    assert_int_equal(journal_seq(office.journal), seq + 1);
    struct journal_summary summary;
    assert_ok(&office.err, journal_verify(office.journal, &summary, &office.err));
}

static void a_rolled_back_opening_leaves_no_day(void **state)
{
    (void)state;
    struct command command = office_command(VERB_CONFIGURE);
    command.site = &office.site;
    office_commit(&office, &command);
    command = office_command(VERB_OPEN_DAY);
    command.date = OFFICE_DATE;
    for (int attempt = 0; attempt < 2; attempt++) {
        assert_ok(&office.err, journal_begin(office.journal, &office.err));
        assert_ok(&office.err, office_do(&office, &command));
        assert_ok(&office.err, journal_rollback(office.journal, &office.err));
        assert_ok(&office.err,
                  journal_replay(office.journal, office.queue, NULL, NULL, &office.err));
        assert_int_equal(queue_day(office.queue), 0);
    }
    office_commit(&office, &command);
    command = office_command(VERB_OPEN_SERVICE);
    office_commit(&office, &command);
    command = office_command(VERB_TAKE);
    office_commit(&office, &command);
    assert_int_equal(support_number(office.path, "SELECT date FROM visit"), OFFICE_DATE);
}

static void store(const struct journal_command *command, const char *reply, int64_t at_ms)
{
    assert_ok(&office.err, journal_begin(office.journal, &office.err));
    assert_ok(&office.err,
              journal_store_answer(office.journal, command, reply, at_ms, &office.err));
    assert_ok(&office.err, journal_commit(office.journal, &office.err));
}

static enum journal_answer find(const char *device, const char *id, const char *bytes,
                                const char **ret_reply)
{
    const struct journal_command command = {device, id, bytes, strlen(bytes)};
    return office_find_answer(&office, &command, ret_reply);
}

static void an_answer_is_found_by_device_id_and_body(void **state)
{
    (void)state;
    const char *reply = NULL;
    const struct journal_command command = {"counter-3", "0193", "{\"verb\":\"start\"}",
                                            16};
    store(&command, "{\"ok\":false,\"é\":1}", office.now_ms);
    office_reopen(&office);
    assert_int_equal(find("counter-3", "0193", "{\"verb\":\"start\"}", &reply),
                     ANSWER_STORED);
    assert_string_equal(reply, "{\"ok\":false,\"é\":1}");
    assert_int_equal(find("counter-3", "0193", "{\"verb\":\"start\" }", &reply),
                     ANSWER_OTHER_BODY);
    assert_int_equal(find("counter-3", "0194", "{\"verb\":\"start\"}", &reply),
                     ANSWER_NONE);
    assert_int_equal(find("counter-2", "0193", "{\"verb\":\"start\"}", &reply),
                     ANSWER_NONE);
}

static void the_same_answer_twice_is_a_bug_that_is_told(void **state)
{
    (void)state;
    const struct journal_command command = {"counter-3", "0193", "{}", 2};
    store(&command, "{}", office.now_ms);
    assert_ok(&office.err, journal_begin(office.journal, &office.err));
    assert_int_equal(
        journal_store_answer(office.journal, &command, "{}", office.now_ms, &office.err),
        ERR_INVALID);
    assert_non_null(strstr(office.err.text, "command '0193' of 'counter-3'"));
    assert_ok(&office.err, journal_rollback(office.journal, &office.err));
}

static void a_reply_beyond_a_payload_is_refused(void **state)
{
    (void)state;
    static char reply[PAYLOAD_BYTES_MAX + 2];
    const struct journal_command command = {"counter-3", "0193", "{}", 2};
    const char *found = NULL;
    memset(reply, 'x', PAYLOAD_BYTES_MAX + 1);
    assert_ok(&office.err, journal_begin(office.journal, &office.err));
    assert_int_equal(
        journal_store_answer(office.journal, &command, reply, office.now_ms, &office.err),
        ERR_LIMIT);
    assert_ok(&office.err, journal_rollback(office.journal, &office.err));
    reply[PAYLOAD_BYTES_MAX] = '\0';
    store(&command, reply, office.now_ms);
    assert_int_equal(find("counter-3", "0193", "{}", &found), ANSWER_STORED);
    assert_string_equal(found, reply);
}

static void answers_are_kept_8_days_and_then_go(void **state)
{
    (void)state;
    char id[16];
    const char *reply = NULL;
    struct text text;
    int64_t first_ms = office.now_ms;
    for (int i = 0; i < 40; i++) {
        text_init(&text, id, sizeof(id));
        text_add(&text, "old-%d", i);
        const struct journal_command command = {"kiosk-hall1", id, "{}", 2};
        store(&command, "{}", first_ms + i);
    }
    office_reopen(&office);
    for (int i = 0; i < 20; i++) {
        text_init(&text, id, sizeof(id));
        text_add(&text, "same-%d", i);
        const struct journal_command command = {"kiosk-hall1", id, "{}", 2};
        /* To the millisecond eight days after the first: none is older. */
        store(&command, "{}", first_ms + JOURNAL_ANSWERS_KEPT_MS);
    }
    assert_int_equal(find("kiosk-hall1", "old-0", "{}", &reply), ANSWER_STORED);
    assert_int_equal(support_number(office.path, "SELECT count(*) FROM answer"), 60);
    for (int i = 0; i < 20; i++) {
        text_init(&text, id, sizeof(id));
        text_add(&text, "new-%d", i);
        const struct journal_command command = {"kiosk-hall1", id, "{}", 2};
        store(&command, "{}", first_ms + 30 + JOURNAL_ANSWERS_KEPT_MS);
    }
    assert_int_equal(find("kiosk-hall1", "old-29", "{}", &reply), ANSWER_NONE);
    assert_int_equal(find("kiosk-hall1", "old-30", "{}", &reply), ANSWER_STORED);
    assert_int_equal(support_number(office.path, "SELECT count(*) FROM answer"), 50);
}

/* Append one event that the queue would never decide. */
static enum status append_wrong(const struct event *event)
{
    assert_ok(&office.err, journal_begin(office.journal, &office.err));
    enum status status = journal_append(office.journal, event, &office.site, &office.err);
    struct error err;
    assert_ok(&err, journal_rollback(office.journal, &err));
    return status;
}

static void the_tables_refuse_what_the_queue_guarantees(void **state)
{
    (void)state;
    office_open(&office, OFFICE_DATE);
    struct command command = office_command(VERB_TAKE);
    office_commit(&office, &command);
    office_commit(&office, &command);
    command = office_command(VERB_OPEN);
    command.counter = 0;
    office_commit(&office, &command);
    command.verb = VERB_CALL_NEXT;
    office_commit(&office, &command);
    struct event event = {.kind = EVENT_TICKET_TAKEN,
                          .seq = journal_seq(office.journal) + 1,
                          .at_ms = office.now_ms};
    event.taken = (struct event_taken){.ticket = 3, .number = 1, .kiosk = SITE_NONE};
    assert_int_equal(append_wrong(&event), ERR_INVALID);
    assert_non_null(strstr(office.err.text, "visit_number"));
    event.taken.number = 3;
    event.taken.ticket = 2;
    assert_int_equal(append_wrong(&event), ERR_INVALID);
    assert_non_null(strstr(office.err.text, "visit.date, visit.ticket"));
    event.kind = EVENT_TICKET_CALLED;
    event.ticket = (struct event_ticket){.ticket = 2, .counter = 0};
    assert_int_equal(append_wrong(&event), ERR_INVALID);
    assert_non_null(strstr(office.err.text, "visit.counter"));
    event.ticket = (struct event_ticket){.ticket = 9, .counter = 1};
    assert_int_equal(append_wrong(&event), ERR_INVALID);
    assert_non_null(strstr(office.err.text, "the row that it changes is not there"));
    event.kind = EVENT_DAY_OPENED;
    event.date = OFFICE_DATE + 1;
    assert_int_equal(append_wrong(&event), ERR_INVALID);
    /* Nothing of all that is left. */
    struct journal_summary summary;
    assert_ok(&office.err, journal_verify(office.journal, &summary, &office.err));
}

static void a_replay_looks_its_frame_up_by_the_index(void **state)
{
    (void)state;
    office_open(&office, OFFICE_DATE);
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(office.path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "EXPLAIN QUERY PLAN SELECT max(seq) FROM event WHERE "
                           "kind = 'day-opened' AND seq < ?",
                           -1, &statement, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const char *plan = (const char *)sqlite3_column_text(statement, 3);
    assert_non_null(plan);
    assert_non_null(strstr(plan, "event_of_frame"));
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

#define TEST(function) OFFICE_TEST(function, &office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_journal_is_durable_and_empty),
        TEST(what_was_written_is_there_after_reopening),
        TEST(a_second_writer_is_refused),
        TEST(a_journal_of_a_newer_version_is_refused),
        TEST(another_database_is_refused_and_left_alone),
        TEST(a_file_that_is_no_database_is_refused),
        TEST(events_can_neither_be_changed_nor_deleted),
        TEST(the_chain_is_what_the_document_says),
        TEST(sha_256_is_sha_256),
        TEST(a_rollback_forgets_events_and_answers),
        TEST(a_rolled_back_opening_leaves_no_day),
        TEST(an_answer_is_found_by_device_id_and_body),
        TEST(the_same_answer_twice_is_a_bug_that_is_told),
        TEST(a_reply_beyond_a_payload_is_refused),
        TEST(answers_are_kept_8_days_and_then_go),
        TEST(the_tables_refuse_what_the_queue_guarantees),
        TEST(a_replay_looks_its_frame_up_by_the_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
