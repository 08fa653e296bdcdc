/* Checking all that a journal says; see journal_verify() in journal.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "journal/journal_private.h"
#include "journal/schema.h"

/* The derived tables and the order in which two copies are compared. */
static const struct {
    const char *table;
    const char *sql;
} derived[] = {
    {"day", "SELECT * FROM day ORDER BY date"},
    {"visit", "SELECT * FROM visit ORDER BY date, ticket"},
    {"leg", "SELECT * FROM leg ORDER BY date, ticket, leg"},
    {"contact", "SELECT * FROM contact ORDER BY date, seq"},
    {"remark", "SELECT * FROM remark ORDER BY date, remark"},
    {"correction", "SELECT * FROM correction ORDER BY seq"},
    {"exceptional", "SELECT * FROM exceptional ORDER BY seq"},
    {"turned_away", "SELECT * FROM turned_away ORDER BY date, service, from_at, reason"},
    {"lacked", "SELECT * FROM lacked ORDER BY seq, document"},
    {"counter_change", "SELECT * FROM counter_change ORDER BY date, counter, at"},
};

/* What a verification builds up beside the journal. */
struct recomputation {
    sqlite3 *db; /* in memory */
    struct derive derive;
    struct queue *queue;
    struct text body;
    struct journal_summary summary;
};

static enum status recomputation_init(struct recomputation *recomputation,
                                      struct error *err)
{
    *recomputation = (struct recomputation){.queue = queue_create()};
    char *body = malloc(EVENT_BODY_BYTES_MAX);
    if (body) {
        text_init(&recomputation->body, body, EVENT_BODY_BYTES_MAX);
    }
    if (!recomputation->queue || !body) {
        return error_set(err, ERR_IO, "out of memory");
    }
    if (sqlite3_open(":memory:", &recomputation->db) != SQLITE_OK) {
        return database_error(recomputation->db, "cannot open a database in memory", err);
    }
    /* Its rows refer to events that stay where they are. */
    enum status status =
        database_run(recomputation->db, "PRAGMA foreign_keys = OFF", err);
    status = status == OK ? schema_migrate(recomputation->db, err) : status;
    return status == OK ? derive_init(&recomputation->derive, recomputation->db, err)
                        : status;
}

static void recomputation_finish(struct recomputation *recomputation)
{
    derive_finish(&recomputation->derive);
    (void)sqlite3_close(
        recomputation->db); /* A database in memory cannot fail to close. */
    queue_destroy(recomputation->queue);
    free(recomputation->body.bytes);
}

static enum status check_row(const struct event_row *row, const struct event *event,
                             const struct queue *queue, void *context, struct error *err)
{
    struct recomputation *recomputation = context;
    recomputation->summary.event_count++;
    recomputation->summary.last_at_ms = row->at_ms;
    const struct site *site = queue_has_site(queue) ? queue_site(queue) : NULL;
    if (row->version == event_kind_version(event->kind)) {
        struct text *body = &recomputation->body;
        enum status status = event_body_encode(event, site, body, err);
        if (status != OK) {
            return status;
        }
        if (body->length != row->body_length ||
            memcmp(body->bytes, row->body, body->length) != 0) {
            return error_set(err, ERR_CORRUPT,
                             "event %" PRId64 " (%s): its body is not in canonical form",
                             row->seq, row->kind);
        }
    }
    return derive_event(&recomputation->derive, event, site, err) == OK ? OK
                                                                        : ERR_CORRUPT;
}

/* The text of a value for a sentence. */
static const char *value_of(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? text : "nothing";
}

static bool values_are_equal(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
    if (sqlite3_column_type(a, column) != sqlite3_column_type(b, column)) {
        return false;
    }
    return strcmp(value_of(a, column), value_of(b, column)) == 0;
}

static enum status compare_rows(const char *table, sqlite3_stmt *stored,
                                sqlite3_stmt *computed, struct error *err)
{
    for (int column = 0; column < sqlite3_column_count(stored); column++) {
        if (!values_are_equal(stored, computed, column)) {
            /* The first two columns name the row: they are its key or most of it. */
            return error_set(err, ERR_CORRUPT,
                             "table '%s', row (%s, %s): '%s' is %s, the events say %s",
                             table, value_of(computed, 0), value_of(computed, 1),
                             sqlite3_column_name(stored, column),
                             value_of(stored, column), value_of(computed, column));
        }
    }
    return OK;
}

static enum status compare_statements(const char *table, sqlite3_stmt *statements[2],
                                      struct error *err)
{
    for (;;) {
        bool has_row[2] = {false, false};
        for (size_t i = 0; i < 2; i++) {
            enum status status = database_step(statements[i], &has_row[i], err);
            if (status != OK) {
                return status;
            }
        }
        if (has_row[0] != has_row[1]) {
            sqlite3_stmt *extra = statements[has_row[0] ? 0 : 1];
            return error_set(err, ERR_CORRUPT, "table '%s': row (%s, %s) %s", table,
                             value_of(extra, 0), value_of(extra, 1),
                             has_row[0] ? "follows from no event" : "is missing");
        }
        if (!has_row[0]) {
            return OK;
        }
        enum status status = compare_rows(table, statements[0], statements[1], err);
        if (status != OK) {
            return status;
        }
    }
}

static enum status compare_tables(struct journal *journal,
                                  struct recomputation *recomputation, struct error *err)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < sizeof(derived) / sizeof(derived[0]); i++) {
        sqlite3_stmt *statements[2] = {NULL, NULL};
        status = database_prepare(journal->db, &derived[i].sql, 1, &statements[0], err);
        if (status == OK) {
            status = database_prepare(recomputation->db, &derived[i].sql, 1,
                                      &statements[1], err);
        }
        if (status == OK) {
            status = compare_statements(derived[i].table, statements, err);
        }
        database_finish(statements, 2);
    }
    return status;
}

static enum status quick_check(struct journal *journal, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    const char *sql = "PRAGMA quick_check(1)";
    enum status status = database_prepare(journal->db, &sql, 1, &statement, err);
    bool has_row = false;
    status = status == OK ? database_step(statement, &has_row, err) : status;
    if (status == OK && (!has_row || strcmp(value_of(statement, 0), "ok") != 0)) {
        status = error_set(err, ERR_CORRUPT, "SQLite finds: %s",
                           has_row ? value_of(statement, 0) : "nothing");
    }
    database_finish(&statement, 1);
    return status;
}

static enum status verify(struct journal *journal, struct recomputation *recomputation,
                          struct error *err)
{
    enum status status = quick_check(journal, err);
    status = status == OK ? recomputation_init(recomputation, err) : status;
    status = status == OK ? database_run(recomputation->db, "BEGIN", err) : status;
    status = status == OK ? replay_rows(journal, recomputation->queue, 1, check_row,
                                        recomputation, err)
                          : status;
    return status == OK ? compare_tables(journal, recomputation, err) : status;
}

enum status journal_verify(struct journal *journal, struct journal_summary *ret_summary,
                           struct error *err)
{
    struct recomputation recomputation = {0};
    bool is_outermost = sqlite3_get_autocommit(journal->db) != 0;
    enum status status = is_outermost ? journal_begin_reading(journal, err) : OK;
    if (status == OK) {
        status = verify(journal, &recomputation, err);
    }
    if (status == OK) {
        struct rows last;
        status = rows_begin(&last, journal, recomputation.summary.event_count + 1, err);
        memcpy(recomputation.summary.last_hash, last.hash, JOURNAL_HASH_BYTES);
        rows_finish(&last);
    }
    if (is_outermost) {
        journal_end_reading(journal);
    }
    recomputation_finish(&recomputation);
    if (status != OK) {
        (void)error_wrap(err, "journal '%s' does not hold", journal->path);
        return status;
    }
    *ret_summary = recomputation.summary;
    return OK;
}
