/* SQLite's calls with our errors; see database.h. */
#include "journal/database.h"

#include <assert.h>
#include <errno.h>

/* The system's reason for the last failed write to the log or, failing that, the file.
 * sqlite3_system_errno() does not know it after a COMMIT. */
static int write_errno(sqlite3 *db)
{
    sqlite3_file *log = NULL;
    int reason = 0;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) ==
            SQLITE_OK &&
        log && log->pMethods &&
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &reason) == SQLITE_OK &&
        reason != 0) {
        return reason;
    }
    return sqlite3_system_errno(db);
}

/* Whether a failed write means that there is no room: beside SQLITE_FULL these are a
 * quota, a file size limit, and the index of the log that cannot grow. */
static bool is_out_of_room(sqlite3 *db)
{
    int code = sqlite3_extended_errcode(db);
    if (code != SQLITE_IOERR_WRITE) {
        return code == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE;
    }
    int reason = write_errno(db);
    return reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
}

static enum status status_of(sqlite3 *db)
{
    int code = sqlite3_errcode(db) & 0xFF;
    if (is_out_of_room(db)) {
        return ERR_FULL;
    }
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        return ERR_UNAVAILABLE;
    }
    if (code == SQLITE_CONSTRAINT) {
        return ERR_INVALID;
    }
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
        return ERR_CORRUPT;
    }
    return ERR_IO;
}

enum status database_error(sqlite3 *db, const char *what, struct error *err)
{
    return error_set(err, status_of(db), "%s: %s", what, sqlite3_errmsg(db));
}

enum status database_run(sqlite3 *db, const char *sql, struct error *err)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        return database_error(db, "the journal's file refuses", err);
    }
    return OK;
}

enum status database_prepare(sqlite3 *db, const char *const sql[], size_t count,
                             sqlite3_stmt *ret_statements[], struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        ret_statements[i] = NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (sqlite3_prepare_v3(db, sql[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &ret_statements[i], NULL) != SQLITE_OK) {
            return database_error(db, "the journal's tables are not as expected", err);
        }
    }
    return OK;
}

void database_finish(sqlite3_stmt *statements[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        /* The result repeats the last error, which was already told. */
        (void)sqlite3_finalize(statements[i]);
        statements[i] = NULL;
    }
}

struct value value_integer(int64_t integer)
{
    return (struct value){.type = VALUE_INTEGER, .integer = integer};
}

struct value value_time(int64_t at_ms)
{
    return at_ms == 0 ? (struct value){.type = VALUE_NULL} : value_integer(at_ms);
}

struct value value_text(const char *text)
{
    return (struct value){.type = text ? VALUE_TEXT : VALUE_NULL, .bytes = text};
}

struct value value_blob(const void *bytes, size_t length)
{
    return (struct value){.type = VALUE_BLOB, .bytes = bytes, .length = length};
}

static int bind_value(sqlite3_stmt *statement, int index, const struct value *value)
{
    switch (value->type) {
    case VALUE_NULL:
        return sqlite3_bind_null(statement, index);
    case VALUE_INTEGER:
        return sqlite3_bind_int64(statement, index, value->integer);
    case VALUE_TEXT:
        return sqlite3_bind_text(statement, index, value->bytes, -1, SQLITE_STATIC);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(statement, index, value->bytes, value->length,
                                   SQLITE_STATIC);
    }
    assert(false);
    return SQLITE_MISUSE;
}

enum status database_bind(sqlite3_stmt *statement, const struct value values[],
                          size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (bind_value(statement, (int)i + 1, &values[i]) != SQLITE_OK) {
            return database_error(sqlite3_db_handle(statement), "cannot bind", err);
        }
    }
    return OK;
}

enum status database_execute(sqlite3_stmt *statement, const struct value values[],
                             size_t count, int *ret_changes, struct error *err)
{
    enum status status = database_bind(statement, values, count, err);
    if (status != OK) {
        return status;
    }
    bool has_row = false;
    status = database_step(statement, &has_row, err);
    assert(status != OK || !has_row);
    if (status == OK && ret_changes) {
        *ret_changes = sqlite3_changes(sqlite3_db_handle(statement));
    }
    return status;
}

enum status database_step(sqlite3_stmt *statement, bool *ret_has_row, struct error *err)
{
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        *ret_has_row = true;
        return OK;
    }
    enum status status = OK;
    if (result == SQLITE_DONE) {
        *ret_has_row = false;
    } else {
        status = database_error(sqlite3_db_handle(statement), "the journal's file", err);
    }
    /* The result of a reset repeats that of the step. */
    (void)sqlite3_reset(statement);
    return status;
}

enum status database_integer(sqlite3 *db, const char *sql, int64_t *ret_integer,
                             struct error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        return database_error(db, "the journal's file", err);
    }
    bool has_row = false;
    enum status status = database_step(statement, &has_row, err);
    if (status == OK) {
        *ret_integer = has_row ? sqlite3_column_int64(statement, 0) : 0;
    }
    /* The result repeats that of the step. */
    (void)sqlite3_finalize(statement);
    return status;
}
