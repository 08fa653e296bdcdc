/* Writes and reads moments as RFC 3339 in UTC, the form of every time in a body. */
#ifndef GUICHET_JOURNAL_MOMENT_H
#define GUICHET_JOURNAL_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

/* "2026-11-23T09:42:10.000Z" with its NUL. */
#define MOMENT_BYTES 25
/* "2026-11-23" with its NUL. */
#define DATE_BYTES 11

/* The last millisecond of the year 9999: the form has four digits for the year. */
#define MOMENT_MS_MAX INT64_C(253402300799999)

/* Write `at_ms` (Unix epoch, 0 to MOMENT_MS_MAX) into `ret_text`. */
void moment_format(int64_t at_ms, char ret_text[MOMENT_BYTES]);

/* Read exactly the form that moment_format() writes; false for anything else. */
bool moment_parse(const char *text, int64_t *ret_at_ms);

/* Write the date yyyymmdd (a year of at most four digits) into `ret_text`. */
void date_format(uint32_t date, char ret_text[DATE_BYTES]);

/* Read "2026-11-23" as 20261123; false when it is not a date of the calendar. */
bool date_parse(const char *text, uint32_t *ret_date);

#endif
