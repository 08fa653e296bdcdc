/* Reads a CSV file as RFC 4180 says: commas, CRLF or LF, fields in double quotes where
 * they hold a comma, a quote or a line break. UTF-8, with or without a byte order mark.
 */
#ifndef GUICHET_ADMIN_REPLAY_CSV_H
#define GUICHET_ADMIN_REPLAY_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "admin/replay_faults.h"
#include "core/error.h"

/* Bytes of a file: some 500,000 visits, a year of a large hall. */
#define CSV_FILE_BYTES_MAX (64L * 1024 * 1024)

/* Fields of one record that are kept; more are counted only. */
#define CSV_FIELDS_MAX 16

struct csv_record {
    uint32_t line;        /* where it begins, from 1 */
    uint32_t field_count; /* may be above CSV_FIELDS_MAX */
    const char *fields[CSV_FIELDS_MAX];
};

struct csv_file {
    char *bytes; /* the fields point in here */
    struct csv_record *records;
    size_t record_count;
};

/* Read the records of the file at `path`; empty lines are left out. Malformed records (an
 * open quote, text after a closing quote, no UTF-8, control characters) become faults and
 * are left out. The caller frees with csv_finish(). ERR_IO when the file cannot be read,
 * ERR_LIMIT when it is too large. */
enum status csv_read(const char *path, struct csv_file *ret_file,
                     struct replay_faults *faults, struct error *err);

/* Whether the first record is exactly `columns` (comma separated); else a fault. The
 * records from index 1 on with another number of fields become faults with
 * field_count 0. */
bool csv_check_columns(struct csv_file *file, const char *path, const char *columns,
                       struct replay_faults *faults);

void csv_finish(struct csv_file *file);

#endif
