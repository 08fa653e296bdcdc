/* The tables of the journal and how older files become newer ones. */
#ifndef GUICHET_JOURNAL_SCHEMA_H
#define GUICHET_JOURNAL_SCHEMA_H

#include <sqlite3.h>
#include <stdint.h>

#include "core/error.h"

/* "GUIC": says in bytes 68 to 71 of the file what it is. */
#define SCHEMA_APPLICATION_ID INT64_C(0x47554943)

/* The version that this program writes and reads: the number of migrations. */
int64_t schema_version(void);

/* Bring a new, older or present file to schema_version(), each migration in a transaction
 * of its own. ERR_INVALID, with a sentence, for a file that is not a journal or newer. */
enum status schema_migrate(sqlite3 *db, struct error *err);

/* For readers, who change nothing: ERR_INVALID when the file is not a journal of exactly
 * schema_version(). */
enum status schema_check(sqlite3 *db, struct error *err);

#endif
