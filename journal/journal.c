/* Opening, writing and closing; see journal.h. */
#include "journal/journal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/text.h"
#include "journal/journal_private.h"
#include "journal/reserve.h"
#include "journal/schema.h"

/* How long a writer or a reader waits for another program's short lock. */
#define BUSY_MS 250

/* Expired answers that go with each new one: more than one, so that the table shrinks. */
#define PRUNE_COUNT "4"

#define COUNT_OF(values) (sizeof(values) / sizeof((values)[0]))

static const char *const writer_sql[] = {
    [WRITER_BEGIN] = "BEGIN IMMEDIATE",
    [WRITER_COMMIT] = "COMMIT",
    [WRITER_ROLLBACK] = "ROLLBACK",
    [WRITER_EVENT] = "INSERT INTO event (seq, at, taken_at, kind, version, body, hash)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?)",
    [WRITER_FIND_ANSWER] =
        "SELECT body_hash, reply FROM answer WHERE device = ? AND id = ?",
    [WRITER_STORE_ANSWER] = "INSERT INTO answer (device, id, body_hash, reply, at)"
                            " VALUES (?, ?, ?, ?, ?)",
    [WRITER_OLDEST_ANSWER] = "SELECT at FROM answer ORDER BY answer LIMIT 1",
    /* Office time does not go back, so the first answers are the oldest ones. */
    [WRITER_PRUNE_ANSWERS] =
        "DELETE FROM answer WHERE answer IN (SELECT answer FROM (SELECT answer, at"
        " FROM answer ORDER BY answer LIMIT " PRUNE_COUNT ") WHERE at < ?)",
};
static_assert(COUNT_OF(writer_sql) == WRITER_STATEMENT_COUNT,
              "every statement has its text");

/* A lock on the file itself, which SQLite does not use: it ends with the process, and the
 * descriptor is closed only after SQLite's. */
static enum status lock_file(struct journal *journal, struct error *err)
{
    journal->lock_fd = open(journal->path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (journal->lock_fd < 0) {
        return error_set(err, ERR_IO, "%s", strerror(errno));
    }
    if (flock(journal->lock_fd, LOCK_EX | LOCK_NB) != 0) {
        bool is_taken = errno == EWOULDBLOCK;
        return error_set(err, is_taken ? ERR_UNAVAILABLE : ERR_IO, "%s",
                         is_taken ? "another process is writing it" : strerror(errno));
    }
    return OK;
}

static enum status open_database(struct journal *journal, struct error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(journal->path, &journal->db, flags, NULL) != SQLITE_OK) {
        return database_error(journal->db, "cannot open it", err);
    }
    if (sqlite3_busy_timeout(journal->db, BUSY_MS) != SQLITE_OK ||
        sqlite3_db_config(journal->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK) {
        return database_error(journal->db, "cannot configure it", err);
    }
    /* FULL: a commit returns only after its pages are on the disk. The other settings
     * keep SQLite from trusting what a damaged file says. */
    enum status status =
        database_run(journal->db,
                     "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                     "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                     "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY",
                     err);
    if (status == OK) {
        status = schema_migrate(journal->db, err);
    }
    if (status == OK) {
        status =
            database_run(journal->db,
                         "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 1000;"
                         "PRAGMA journal_size_limit = 8388608",
                         err);
    }
    return status == OK ? journal_check_durability(journal, err) : status;
}

/* Where the record ends. */
static enum status read_head(struct journal *journal, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    const char *sql = "SELECT seq, at, hash FROM event ORDER BY seq DESC LIMIT 1";
    enum status status = database_prepare(journal->db, &sql, 1, &statement, err);
    bool has_row = false;
    if (status == OK) {
        status = database_step(statement, &has_row, err);
    }
    struct head *head = &journal->head;
    *head = (struct head){.date = journal->derive.date, .oldest_answer_ms = INT64_MAX};
    if (status == OK && has_row) {
        head->seq = sqlite3_column_int64(statement, 0);
        head->at_ms = sqlite3_column_int64(statement, 1);
        const void *hash = sqlite3_column_blob(statement, 2);
        if (hash && sqlite3_column_bytes(statement, 2) == CHAIN_BYTES) {
            memcpy(head->hash, hash, CHAIN_BYTES);
        }
    }
    database_finish(&statement, 1);
    return status;
}

static enum status read_oldest_answer(struct journal *journal, struct error *err)
{
    sqlite3_stmt *statement = journal->statements[WRITER_OLDEST_ANSWER];
    bool has_row = false;
    enum status status = database_step(statement, &has_row, err);
    if (status == OK) {
        journal->head.oldest_answer_ms =
            has_row ? sqlite3_column_int64(statement, 0) : INT64_MAX;
        (void)sqlite3_reset(statement); /* Its result repeats that of the step. */
    }
    return status;
}

/* The reserve is a help, not a condition: what goes wrong is a warning. */
static void make_reserve(struct journal *journal)
{
    if (journal->reserve_bytes == 0 || journal->has_reserve) {
        return;
    }
    struct error err;
    enum status status =
        reserve_make(journal->reserve_path, journal->reserve_bytes, &err);
    journal->has_reserve = status == OK;
    (void)text_copy(journal->warning, sizeof(journal->warning),
                    status == OK ? "" : err.text);
}

static char *join(const char *path, const char *suffix)
{
    size_t capacity = strlen(path) + strlen(suffix) + 1;
    char *joined = malloc(capacity);
    if (joined) {
        struct text text;
        text_init(&text, joined, capacity);
        text_add(&text, "%s%s", path, suffix);
    }
    return joined;
}

static enum status allocate(struct journal *journal, const char *path, struct error *err)
{
    journal->path = join(path, "");
    journal->reserve_path = join(path, ".reserve");
    journal->reply = malloc(PAYLOAD_BYTES_MAX + 1);
    char *body = malloc(EVENT_BODY_BYTES_MAX);
    if (body) {
        text_init(&journal->body, body, EVENT_BODY_BYTES_MAX);
    }
    if (!journal->path || !journal->reserve_path || !journal->reply || !body) {
        return error_set(err, ERR_IO, "out of memory");
    }
    return OK;
}

static enum status open_writer(struct journal *journal, const char *path,
                               struct error *err)
{
    enum status status = allocate(journal, path, err);
    status = status == OK ? chain_init(&journal->chain, err) : status;
    status = status == OK ? lock_file(journal, err) : status;
    status = status == OK ? open_database(journal, err) : status;
    status = status == OK
                 ? database_prepare(journal->db, writer_sql, WRITER_STATEMENT_COUNT,
                                    journal->statements, err)
                 : status;
    status = status == OK ? derive_init(&journal->derive, journal->db, err) : status;
    status = status == OK ? read_head(journal, err) : status;
    status = status == OK ? read_oldest_answer(journal, err) : status;
    return status;
}

enum status journal_open(const char *path, size_t reserve_bytes,
                         struct journal **ret_journal, struct error *err)
{
    struct journal *journal = calloc(1, sizeof(*journal));
    if (!journal) {
        return error_set(err, ERR_IO, "cannot open journal '%s': out of memory", path);
    }
    journal->is_writer = true;
    journal->lock_fd = -1;
    journal->reserve_bytes = reserve_bytes;
    enum status status = open_writer(journal, path, err);
    if (status != OK) {
        journal_close(journal);
        (void)error_wrap(err, "cannot open journal '%s'", path);
        return status;
    }
    journal->committed = journal->head;
    make_reserve(journal);
    *ret_journal = journal;
    return OK;
}

void journal_close(struct journal *journal)
{
    if (!journal) {
        return;
    }
    if (journal->is_in_transaction) {
        /* Closing rolls back anyway; a failure changes nothing. */
        (void)journal_rollback(journal, NULL);
    }
    derive_finish(&journal->derive);
    database_finish(journal->statements, WRITER_STATEMENT_COUNT);
    int result = sqlite3_close(journal->db);
    assert(result == SQLITE_OK); /* Every statement of ours is finished. */
    if (journal->lock_fd >= 0) {
        (void)close(journal->lock_fd); /* Nothing was written through it. */
    }
    chain_finish(&journal->chain);
    free(journal->path);
    free(journal->reserve_path);
    free(journal->reply);
    free(journal->body.bytes);
    free(journal);
}

const char *journal_warning(const struct journal *journal)
{
    return journal->warning[0] == '\0' ? NULL : journal->warning;
}

bool journal_has_reserve(const struct journal *journal)
{
    return journal->has_reserve;
}

enum status journal_check_durability(struct journal *journal, struct error *err)
{
    int64_t synchronous = 0;
    int64_t is_wal = 0;
    enum status status =
        database_integer(journal->db, "PRAGMA synchronous", &synchronous, err);
    if (status == OK) {
        status = database_integer(journal->db,
                                  "SELECT journal_mode = 'wal' FROM pragma_journal_mode",
                                  &is_wal, err);
    }
    if (status == OK && (synchronous < 2 || is_wal == 0)) {
        return error_set(err, ERR_IO,
                         "its commits would not survive a power cut (synchronous=%" PRId64
                         ", %s)",
                         synchronous, is_wal ? "WAL" : "no WAL on this file system");
    }
    return status;
}

int64_t journal_seq(const struct journal *journal)
{
    return journal->head.seq;
}

/* Remember that there was no room: the rollback then gives the reserve up. */
static enum status writing_failed(struct journal *journal, enum status status)
{
    if (status == ERR_FULL) {
        journal->is_out_of_room = true;
    }
    return status;
}

enum status journal_begin(struct journal *journal, struct error *err)
{
    assert(journal->is_writer && !journal->is_in_transaction);
    enum status status =
        database_execute(journal->statements[WRITER_BEGIN], NULL, 0, NULL, err);
    if (status != OK) {
        (void)error_wrap(err, "cannot begin to write");
        return writing_failed(journal, status);
    }
    journal->is_in_transaction = true;
    return OK;
}

enum status journal_append(struct journal *journal, const struct event *event,
                           const struct site *site, struct error *err)
{
    assert(journal->is_in_transaction);
    struct head *head = &journal->head;
    assert(event->seq == head->seq + 1 && event->at_ms >= head->at_ms);
    enum status status = event_body_encode(event, site, &journal->body, err);
    if (status != OK) {
        return status;
    }
    const struct event_row row = {.seq = event->seq,
                                  .at_ms = event->at_ms,
                                  .taken_at_ms = event_taken_at_ms(event),
                                  .kind = event_kind_name(event->kind),
                                  .version = event_kind_version(event->kind),
                                  .body = journal->body.bytes,
                                  .body_length = journal->body.length};
    uint8_t hash[CHAIN_BYTES];
    status = chain_link(&journal->chain, head->hash, &row, hash, err);
    const struct value values[] = {
        value_integer(row.seq),         value_integer(row.at_ms),
        value_integer(row.taken_at_ms), value_text(row.kind),
        value_integer(row.version),     value_text(row.body),
        value_blob(hash, sizeof(hash)),
    };
    if (status == OK) {
        status = database_execute(journal->statements[WRITER_EVENT], values,
                                  COUNT_OF(values), NULL, err);
    }
    if (status == OK) {
        status = derive_event(&journal->derive, event, site, err);
    }
    if (status != OK) {
        (void)error_wrap(err, "cannot write event %" PRId64, event->seq);
        return writing_failed(journal, status);
    }
    memcpy(head->hash, hash, sizeof(hash));
    head->seq = event->seq;
    head->at_ms = event->at_ms;
    head->date = journal->derive.date;
    journal->opened_a_day = journal->opened_a_day || event->kind == EVENT_DAY_OPENED;
    return OK;
}

const char *journal_last_body(const struct journal *journal)
{
    return journal->body.bytes;
}

/* Compare the row found with the command and copy its reply. */
static enum status read_answer(struct journal *journal,
                               const struct journal_command *command,
                               enum journal_answer *ret_answer, const char **ret_reply,
                               struct error *err)
{
    uint8_t hash[CHAIN_BYTES];
    enum status status =
        chain_digest(&journal->chain, command->bytes, command->length, hash, err);
    if (status != OK) {
        return status;
    }
    sqlite3_stmt *statement = journal->statements[WRITER_FIND_ANSWER];
    const void *stored = sqlite3_column_blob(statement, 0);
    if (!stored || sqlite3_column_bytes(statement, 0) != CHAIN_BYTES ||
        memcmp(stored, hash, CHAIN_BYTES) != 0) {
        *ret_answer = ANSWER_OTHER_BODY;
        return OK;
    }
    const char *reply = (const char *)sqlite3_column_text(statement, 1);
    if (!reply || !text_copy(journal->reply, PAYLOAD_BYTES_MAX + 1, reply)) {
        return error_set(err, ERR_CORRUPT, "the stored reply is not one");
    }
    *ret_answer = ANSWER_STORED;
    *ret_reply = journal->reply;
    return OK;
}

enum status journal_find_answer(struct journal *journal,
                                const struct journal_command *command,
                                enum journal_answer *ret_answer, const char **ret_reply,
                                struct error *err)
{
    assert(journal->is_writer);
    sqlite3_stmt *statement = journal->statements[WRITER_FIND_ANSWER];
    const struct value values[] = {value_text(command->device), value_text(command->id)};
    bool has_row = false;
    enum status status = database_bind(statement, values, COUNT_OF(values), err);
    status = status == OK ? database_step(statement, &has_row, err) : status;
    if (status == OK && has_row) {
        status = read_answer(journal, command, ret_answer, ret_reply, err);
        (void)sqlite3_reset(statement); /* Its result repeats that of the step. */
    } else if (status == OK) {
        *ret_answer = ANSWER_NONE;
    }
    if (status != OK) {
        (void)error_wrap(err, "cannot look up command '%s' of '%s'", command->id,
                         command->device);
    }
    return status;
}

static enum status prune_answers(struct journal *journal, int64_t at_ms,
                                 struct error *err)
{
    int64_t expired_before_ms = at_ms - JOURNAL_ANSWERS_KEPT_MS;
    if (journal->head.oldest_answer_ms >= expired_before_ms) {
        return OK;
    }
    const struct value values[] = {value_integer(expired_before_ms)};
    enum status status = database_execute(journal->statements[WRITER_PRUNE_ANSWERS],
                                          values, COUNT_OF(values), NULL, err);
    return status == OK ? read_oldest_answer(journal, err) : status;
}

enum status journal_store_answer(struct journal *journal,
                                 const struct journal_command *command, const char *reply,
                                 int64_t at_ms, struct error *err)
{
    assert(journal->is_in_transaction);
    if (strlen(reply) > PAYLOAD_BYTES_MAX) {
        return error_set(err, ERR_LIMIT, "the reply to command '%s' is too long",
                         command->id);
    }
    uint8_t hash[CHAIN_BYTES];
    enum status status =
        chain_digest(&journal->chain, command->bytes, command->length, hash, err);
    const struct value values[] = {value_text(command->device), value_text(command->id),
                                   value_blob(hash, sizeof(hash)), value_text(reply),
                                   value_integer(at_ms)};
    if (status == OK) {
        status = database_execute(journal->statements[WRITER_STORE_ANSWER], values,
                                  COUNT_OF(values), NULL, err);
    }
    if (status == OK && at_ms < journal->head.oldest_answer_ms) {
        journal->head.oldest_answer_ms = at_ms;
    }
    status = status == OK ? prune_answers(journal, at_ms, err) : status;
    if (status != OK) {
        (void)error_wrap(err, "cannot store the reply to command '%s' of '%s'",
                         command->id, command->device);
    }
    return writing_failed(journal, status);
}

enum status journal_commit(struct journal *journal, struct error *err)
{
    assert(journal->is_in_transaction);
    enum status status =
        database_execute(journal->statements[WRITER_COMMIT], NULL, 0, NULL, err);
    if (status != OK) {
        (void)error_wrap(err, "cannot commit");
        return writing_failed(journal, status);
    }
    journal->is_in_transaction = false;
    journal->committed = journal->head;
    if (journal->opened_a_day) {
        journal->opened_a_day = false;
        make_reserve(journal); /* Room may have been made since it was used up. */
    }
    return OK;
}

enum status journal_rollback(struct journal *journal, struct error *err)
{
    assert(journal->is_writer);
    journal->is_in_transaction = false;
    journal->opened_a_day = false;
    journal->head = journal->committed;
    journal->derive.date = journal->committed.date;
    enum status status = OK;
    /* SQLite may have rolled back by itself when it found no room. */
    if (sqlite3_get_autocommit(journal->db) == 0) {
        status =
            database_execute(journal->statements[WRITER_ROLLBACK], NULL, 0, NULL, err);
    }
    if (journal->is_out_of_room) {
        journal->is_out_of_room = false;
        bool was_there = journal->has_reserve && reserve_give_up(journal->reserve_path);
        journal->has_reserve = false;
        struct text warning;
        text_init(&warning, journal->warning, sizeof(journal->warning));
        text_add(&warning, "the disk of journal '%s' is full%s", journal->path,
                 was_there ? ": its reserve was given up so that the day can go on"
                           : " and there is no reserve left");
    }
    return status;
}
