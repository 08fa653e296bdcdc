/* Local dates and times of a log; see replay_log.h. */
#include "admin/replay_log.h"

#include <string.h>

#include "runtime/instant.h"

/* Read `count` digits at `*text` and go behind them; false for anything else. */
static bool take_digits(const char **text, int count, uint32_t *ret_number)
{
    uint32_t number = 0;
    for (int i = 0; i < count; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9') {
            return false;
        }
        number = number * 10 + (uint32_t)(c - '0');
    }
    *text += count;
    *ret_number = number;
    return true;
}

static bool take_char(const char **text, char c)
{
    if (**text != c) {
        return false;
    }
    (*text)++;
    return true;
}

/* Milliseconds of a fraction ".5" to ".123456789", cut; 0 where there is none. */
static bool take_fraction(const char **text, uint32_t *ret_ms)
{
    *ret_ms = 0;
    if (!take_char(text, '.')) {
        return true;
    }
    size_t length = strspn(*text, "0123456789");
    if (length < 1 || length > 9) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        *ret_ms = *ret_ms * 10 + (i < length ? (uint32_t)((*text)[i] - '0') : 0U);
    }
    *text += length;
    return true;
}

/* Date and milliseconds of the day of a text without offset. */
static bool parse_local(const char *text, uint32_t *ret_date, int64_t *ret_ms_of_day)
{
    uint32_t year = 0;
    uint32_t month = 0;
    uint32_t day = 0;
    uint32_t hour = 0;
    uint32_t minute = 0;
    uint32_t second = 0;
    uint32_t fraction_ms = 0;
    bool is_form = take_digits(&text, 4, &year) && take_char(&text, '-') &&
                   take_digits(&text, 2, &month) && take_char(&text, '-') &&
                   take_digits(&text, 2, &day) && take_char(&text, 'T') &&
                   take_digits(&text, 2, &hour) && take_char(&text, ':') &&
                   take_digits(&text, 2, &minute) && take_char(&text, ':') &&
                   take_digits(&text, 2, &second) && take_fraction(&text, &fraction_ms) &&
                   *text == '\0';
    uint32_t date = year * 10000 + month * 100 + day;
    if (!is_form || !date_is_valid(date) || hour > 23 || minute > 59 || second > 59) {
        return false;
    }
    *ret_date = date;
    *ret_ms_of_day =
        (((int64_t)hour * 60 + minute) * 60 + second) * 1000 + (int64_t)fraction_ms;
    return true;
}

/* Whether the text ends in 'Z' or an offset: something behind the digits of the time. */
static bool has_offset(const char *text)
{
    return strlen(text) > 19 && strpbrk(text + 19, "Zz+-") != NULL;
}

enum status replay_time_parse(const struct zone *zone, const char *text, int64_t *ret_ms,
                              struct error *err)
{
    if (has_offset(text)) {
        if (instant_parse(text, ret_ms, NULL) == OK) {
            return OK;
        }
        return error_set(err, ERR_INVALID, "is not a date and time");
    }
    uint32_t date = 0;
    int64_t ms_of_day = 0;
    if (!parse_local(text, &date, &ms_of_day)) {
        return error_set(err, ERR_INVALID,
                         "is not a date and time like 2026-11-23T09:14:05");
    }
    int64_t instants_ms[2];
    int count = zone_instants(zone, date, ms_of_day, instants_ms);
    if (count == 0) {
        return error_set(err, ERR_INVALID, "does not exist: the clocks skipped it");
    }
    if (count > 1) {
        return error_set(err, ERR_INVALID,
                         "happened twice when the clocks changed: add the offset");
    }
    *ret_ms = instants_ms[0];
    return OK;
}
