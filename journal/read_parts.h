/* What the files that read derived tables share. */
#ifndef GUICHET_JOURNAL_READ_PARTS_H
#define GUICHET_JOURNAL_READ_PARTS_H

#include "journal/journal_private.h"

/* One query whose rows become elements of an array. */
struct query {
    const char *sql;
    int64_t parameter; /* ?1 */
    size_t element_bytes;
    const struct site *site;
    /* Fill the zeroed element from the row. ERR_NOT_FOUND leaves the row out. */
    enum status (*read)(sqlite3_stmt *row, const struct site *site, void *element,
                        struct error *err);
};

/* The elements of all rows; the caller frees the array. */
enum status journal_read_array(struct journal *journal, const struct query *query,
                               void **ret_elements, size_t *ret_count, struct error *err);

/* The text of a column, "" where it is NULL; borrowed until the next row. */
const char *journal_column_text(sqlite3_stmt *row, int column);

/* Say that a column names what the site does not have: ERR_CORRUPT. */
enum status journal_unknown_value(sqlite3_stmt *row, int column, struct error *err);

#endif
