/* Calendar dates as yyyymmdd, and instants (milliseconds of the Unix epoch) as RFC 3339
 * text. Gregorian calendar, UTC; local time is runtime/zone's. */
#ifndef GUICHET_RUNTIME_INSTANT_H
#define GUICHET_RUNTIME_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

/* "2026-11-23T09:42:10.000Z" with the final NUL. */
#define INSTANT_TEXT_BYTES 25

/* Instants that have a text: the years 1 to 9999. */
#define INSTANT_MIN_MS (-62135596800000LL)
#define INSTANT_MAX_MS 253402300799999LL

#define DAY_MINUTES 1440
#define DAY_MS      86400000

/* ---- Dates as yyyymmdd ---- */

/* Whether it is a date of the Gregorian calendar, years 1 to 9999. */
bool date_is_valid(uint32_t date);

/* Days since 1970-01-01, and back. */
int64_t date_days(uint32_t date);
uint32_t date_from_days(int64_t days);

/* 0 is Monday. */
uint32_t date_weekday(uint32_t date);

/* ---- Instants as RFC 3339 text ---- */

/* In UTC with milliseconds, "2026-11-23T09:42:10.000Z". `at_ms` from INSTANT_MIN_MS to
 * INSTANT_MAX_MS. */
void instant_text(int64_t at_ms, char ret_text[INSTANT_TEXT_BYTES]);

/* Read RFC 3339 with 'Z' or an offset, with or without a fraction of 1 to 9 digits (cut
 * to milliseconds). ERR_INVALID for anything else; a leap second (":60") is one of these,
 * because the Unix epoch does not have them. */
enum status instant_parse(const char *text, int64_t *ret_ms, struct error *err);

#endif
