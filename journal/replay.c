/* From rows back to a queue; see journal.h. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "journal/journal_private.h"

/* The hash of row `seq`, 32 zero bytes for the beginning of the chain. */
static enum status read_hash(struct rows *rows, int64_t seq, struct error *err)
{
    memset(rows->hash, 0, sizeof(rows->hash));
    if (seq == 0) {
        return OK;
    }
    sqlite3_stmt *statement = NULL;
    const char *sql = "SELECT hash FROM event WHERE seq = ?";
    enum status status = database_prepare(rows->journal->db, &sql, 1, &statement, err);
    const struct value values[] = {value_integer(seq)};
    bool has_row = false;
    status = status == OK ? database_bind(statement, values, 1, err) : status;
    status = status == OK ? database_step(statement, &has_row, err) : status;
    if (status == OK) {
        const void *hash = has_row ? sqlite3_column_blob(statement, 0) : NULL;
        if (hash && sqlite3_column_bytes(statement, 0) == CHAIN_BYTES) {
            memcpy(rows->hash, hash, sizeof(rows->hash));
        } else {
            status = error_set(err, ERR_CORRUPT, "event %" PRId64 " is missing", seq);
        }
    }
    database_finish(&statement, 1);
    return status;
}

enum status rows_begin(struct rows *rows, struct journal *journal, int64_t first_seq,
                       struct error *err)
{
    *rows = (struct rows){.journal = journal, .next_seq = first_seq};
    enum status status = read_hash(rows, first_seq - 1, err);
    const char *sql = "SELECT seq, at, taken_at, kind, version, body, hash FROM event"
                      " WHERE seq >= ? ORDER BY seq";
    if (status == OK) {
        status = database_prepare(journal->db, &sql, 1, &rows->statement, err);
    }
    const struct value values[] = {value_integer(first_seq)};
    return status == OK ? database_bind(rows->statement, values, 1, err) : status;
}

static const char *column_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? text : "";
}

enum status rows_next(struct rows *rows, bool *ret_has_row, struct event_row *ret_row,
                      struct error *err)
{
    sqlite3_stmt *statement = rows->statement;
    enum status status = database_step(statement, ret_has_row, err);
    if (status != OK || !*ret_has_row) {
        return status;
    }
    struct event_row row = {.seq = sqlite3_column_int64(statement, 0),
                            .at_ms = sqlite3_column_int64(statement, 1),
                            .taken_at_ms = sqlite3_column_int64(statement, 2),
                            .kind = column_text(statement, 3),
                            .version = sqlite3_column_int64(statement, 4),
                            .body = column_text(statement, 5)};
    row.body_length = (size_t)sqlite3_column_bytes(statement, 5);
    if (row.seq != rows->next_seq) {
        return error_set(err, ERR_CORRUPT, "event %" PRId64 " is missing",
                         rows->next_seq);
    }
    status = chain_link(&rows->journal->chain, rows->hash, &row, rows->hash, err);
    if (status != OK) {
        return status;
    }
    const void *hash = sqlite3_column_blob(statement, 6);
    if (!hash || sqlite3_column_bytes(statement, 6) != CHAIN_BYTES ||
        memcmp(hash, rows->hash, CHAIN_BYTES) != 0) {
        return error_set(
            err, ERR_CORRUPT,
            "event %" PRId64 " is not what was written: the chain breaks there", row.seq);
    }
    rows->next_seq++;
    *ret_row = row;
    return OK;
}

void rows_finish(struct rows *rows)
{
    database_finish(&rows->statement, 1);
}

static const struct site *site_in_force(const struct queue *queue)
{
    return queue_has_site(queue) ? queue_site(queue) : NULL;
}

enum status replay_rows(struct journal *journal, struct queue *queue, int64_t first_seq,
                        replay_on_row *on_row, void *context, struct error *err)
{
    struct site *site_of_event = malloc(sizeof(*site_of_event));
    if (!site_of_event) {
        return error_set(err, ERR_IO, "out of memory");
    }
    struct rows rows;
    struct event_row row;
    struct event event;
    bool has_row = true;
    enum status status = rows_begin(&rows, journal, first_seq, err);
    while (status == OK) {
        status = rows_next(&rows, &has_row, &row, err);
        if (status != OK || !has_row) {
            break;
        }
        status =
            event_body_decode(&row, site_in_force(queue), site_of_event, &event, err);
        if (status == OK) {
            status = queue_check_event(queue, &event, err);
        }
        if (status == OK) {
            queue_apply(queue, &event);
            status = on_row(&row, &event, queue, context, err);
        }
    }
    rows_finish(&rows);
    free(site_of_event);
    return status;
}

/* The kind is spelled out, because SQLite uses the partial index only then. */
#define FIND_LAST(kind) "SELECT max(seq) FROM event WHERE kind = '" kind "' AND seq < ?"

/* The latest epoch, clock and site before a business day. */
static const char *const frame_sql[] = {
    FIND_LAST("epoch-started"),
    FIND_LAST("clock-set"),
    FIND_LAST("site-configured"),
};
#define FRAME_COUNT (sizeof(frame_sql) / sizeof(frame_sql[0]))

/* Seq of the last event of a kind before `seq`, 0: there is none. */
static enum status find_last(struct journal *journal, const char *sql, int64_t seq,
                             int64_t *ret_seq, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    enum status status = database_prepare(journal->db, &sql, 1, &statement, err);
    const struct value values[] = {value_integer(seq)};
    bool has_row = false;
    status = status == OK ? database_bind(statement, values, 1, err) : status;
    status = status == OK ? database_step(statement, &has_row, err) : status;
    if (status == OK) {
        *ret_seq = has_row ? sqlite3_column_int64(statement, 0) : 0;
    }
    database_finish(&statement, 1);
    return status;
}

/* Apply one event of the frame under the number `seq`, which makes the numbers that the
 * queue sees contiguous. */
static enum status apply_frame(struct journal *journal, struct queue *queue,
                               int64_t frame_seq, int64_t seq, struct error *err)
{
    struct site *site_of_event = malloc(sizeof(*site_of_event));
    if (!site_of_event) {
        return error_set(err, ERR_IO, "out of memory");
    }
    struct rows rows;
    struct event_row row;
    struct event event;
    bool has_row = false;
    enum status status = rows_begin(&rows, journal, frame_seq, err);
    status = status == OK ? rows_next(&rows, &has_row, &row, err) : status;
    if (status == OK && has_row) {
        status = event_body_decode(&row, NULL, site_of_event, &event, err);
    }
    if (status == OK && has_row) {
        event.seq = seq;
        status = queue_check_event(queue, &event, err);
    }
    if (status == OK && has_row) {
        queue_apply(queue, &event);
    }
    rows_finish(&rows);
    free(site_of_event);
    return status;
}

static int compare_seqs(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

/* Reset the queue and apply the frame of the day that was opened by event `opened_seq`.
 */
static enum status apply_frames(struct journal *journal, struct queue *queue,
                                int64_t opened_seq, struct error *err)
{
    int64_t seqs[FRAME_COUNT];
    size_t missing_count = 0;
    for (size_t i = 0; i < FRAME_COUNT; i++) {
        enum status status = find_last(journal, frame_sql[i], opened_seq, &seqs[i], err);
        if (status != OK) {
            return status;
        }
        missing_count += seqs[i] == 0 ? 1 : 0;
    }
    qsort(seqs, FRAME_COUNT, sizeof(seqs[0]), compare_seqs);
    int64_t seq = opened_seq - (int64_t)(FRAME_COUNT - missing_count);
    queue_reset(queue, seq - 1);
    for (size_t i = missing_count; i < FRAME_COUNT; i++, seq++) {
        enum status status = apply_frame(journal, queue, seqs[i], seq, err);
        if (status != OK) {
            return status;
        }
    }
    return OK;
}

/* Whoever is told of each event of a public replay. */
struct listener {
    journal_on_event *on_event;
    void *context;
};

static enum status tell_listener(const struct event_row *row, const struct event *event,
                                 const struct queue *queue, void *context,
                                 struct error *err)
{
    (void)row;
    (void)err;
    const struct listener *listener = context;
    if (listener->on_event) {
        listener->on_event(event, queue, listener->context);
    }
    return OK;
}

enum status journal_replay(struct journal *journal, struct queue *queue,
                           journal_on_event *on_event, void *context, struct error *err)
{
    int64_t opened_seq = 0;
    enum status status =
        find_last(journal, FIND_LAST("day-opened"), INT64_MAX, &opened_seq, err);
    if (status == OK && opened_seq == 0) {
        return journal_replay_all(journal, queue, on_event, context, err);
    }
    struct listener listener = {.on_event = on_event, .context = context};
    status = status == OK ? apply_frames(journal, queue, opened_seq, err) : status;
    status = status == OK
                 ? replay_rows(journal, queue, opened_seq, tell_listener, &listener, err)
                 : status;
    if (status != OK) {
        (void)error_wrap(err, "cannot replay journal '%s'", journal->path);
    }
    return status;
}

enum status journal_replay_all(struct journal *journal, struct queue *queue,
                               journal_on_event *on_event, void *context,
                               struct error *err)
{
    struct listener listener = {.on_event = on_event, .context = context};
    queue_reset(queue, 0);
    enum status status = replay_rows(journal, queue, 1, tell_listener, &listener, err);
    if (status != OK) {
        (void)error_wrap(err, "cannot replay journal '%s'", journal->path);
    }
    return status;
}
