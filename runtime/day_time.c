/* See day_time.h. */
#include "runtime/day_time.h"

#include <string.h>

/* Digits of the hour and of the minutes. */
#define DIGITS_MAX 4

/* Take the digits and the one separator apart; false for any other character. */
static bool take_apart(const char *text, char ret_digits[DIGITS_MAX + 1],
                       size_t *ret_hour_length)
{
    size_t length = 0;
    size_t hour_length = 0;
    bool has_separator = false;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c >= '0' && *c <= '9') {
            if (length == DIGITS_MAX) {
                return false;
            }
            ret_digits[length++] = *c;
        } else if ((*c == ':' || *c == 'h' || *c == 'H') && !has_separator) {
            has_separator = true;
            hour_length = length;
        } else if (*c != ' ') {
            return false;
        }
    }
    ret_digits[length] = '\0';
    if (!has_separator) {
        hour_length = length > 2 ? length - 2 : length;
    }
    *ret_hour_length = hour_length;
    size_t minute_length = length - hour_length;
    return hour_length >= 1 && hour_length <= 2 &&
           (minute_length == 0 || minute_length == 2);
}

/* The minute of the day. */
static bool read_minute(const char *text, int64_t *ret_minute)
{
    char digits[DIGITS_MAX + 1];
    size_t hour_length = 0;
    if (!take_apart(text, digits, &hour_length)) {
        return false;
    }
    int64_t hour = 0;
    int64_t minute = 0;
    for (size_t i = 0; digits[i] != '\0'; i++) {
        int64_t *part = i < hour_length ? &hour : &minute;
        *part = *part * 10 + (digits[i] - '0');
    }
    *ret_minute = hour * 60 + minute;
    return hour <= 23 && minute <= 59;
}

bool day_time_is_written(const char *text)
{
    int64_t minute;
    return read_minute(text, &minute);
}

bool day_time_parse(const struct zone *zone, const char *text, int64_t now_ms,
                    int64_t *ret_ms)
{
    int64_t minute;
    if (!read_minute(text, &minute)) {
        return false;
    }
    int64_t instants[2];
    (void)zone_instants(zone, zone_date(zone, now_ms), minute * 60000,
                        instants); /* [0] is set for all three results */
    *ret_ms = instants[0];
    return true;
}
