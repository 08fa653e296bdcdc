/* The few things everybody here does with SQLite: run, bind, step, and turn its result
 * codes into a status and a sentence. */
#ifndef GUICHET_JOURNAL_DATABASE_H
#define GUICHET_JOURNAL_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* What the last failed call on `db` means: ERR_FULL, ERR_UNAVAILABLE (locked),
 * ERR_INVALID (a constraint), ERR_CORRUPT or ERR_IO; the sentence is "<what>: <SQLite's
 * words>". */
enum status database_error(sqlite3 *db, const char *what, struct error *err);

/* Run statements without parameters and without results. */
enum status database_run(sqlite3 *db, const char *sql, struct error *err);

/* Prepare `count` statements that are kept; on failure those already prepared are in
 * `ret_statements`, the others NULL. */
enum status database_prepare(sqlite3 *db, const char *const sql[], size_t count,
                             sqlite3_stmt *ret_statements[], struct error *err);

/* Finish `count` statements; NULL is accepted. */
void database_finish(sqlite3_stmt *statements[], size_t count);

/* A value for a parameter. Bytes are borrowed until the statement is reset. */
struct value {
    enum { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT, VALUE_BLOB } type;
    int64_t integer;
    const void *bytes;
    size_t length;
};

struct value value_integer(int64_t integer);
/* NULL where `integer` is 0, which is how our structs say "not known". */
struct value value_time(int64_t at_ms);
/* NULL where `text` is. */
struct value value_text(const char *text);
struct value value_blob(const void *bytes, size_t length);

/* Bind parameters 1 to `count`. */
enum status database_bind(sqlite3_stmt *statement, const struct value values[],
                          size_t count, struct error *err);

/* Bind, run to the end and reset a statement without results. `ret_changes` (may be NULL)
 * is the number of rows changed. */
enum status database_execute(sqlite3_stmt *statement, const struct value values[],
                             size_t count, int *ret_changes, struct error *err);

/* The next row of a statement; it is reset when there is none or on failure. */
enum status database_step(sqlite3_stmt *statement, bool *ret_has_row, struct error *err);

/* The first column of the first row of a query without parameters, 0 when it is empty or
 * NULL. */
enum status database_integer(sqlite3 *db, const char *sql, int64_t *ret_integer,
                             struct error *err);

#endif
