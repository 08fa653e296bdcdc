/* Rules of yearly clock changes; see zone_rule.h. */
#include "runtime/zone_rule.h"

#include <stddef.h>

#include "runtime/instant.h"

#define DAY_S 86400

/* A number of at most three digits within [min, max]. */
static bool read_number(const char **at, uint32_t min, uint32_t max, uint32_t *ret_value)
{
    uint32_t value = 0;
    int count = 0;
    for (; count < 3 && **at >= '0' && **at <= '9'; count++, (*at)++) {
        value = value * 10 + (uint32_t)(**at - '0');
    }
    *ret_value = value;
    return count > 0 && value >= min && value <= max;
}

/* "CET" or "<+11>"; the name itself is not used. */
static bool skip_name(const char **at)
{
    const char *start = *at;
    if (**at == '<') {
        while (**at != '\0' && **at != '>') {
            (*at)++;
        }
        return *(*at)++ == '>';
    }
    while ((**at >= 'A' && **at <= 'Z') || (**at >= 'a' && **at <= 'z')) {
        (*at)++;
    }
    return *at - start >= 3;
}

/* "-1", "+5:30", "3:00:00"; seconds. */
static bool read_time(const char **at, uint32_t hours_max, int32_t *ret_s)
{
    int32_t sign = 1;
    if (**at == '-' || **at == '+') {
        sign = *(*at)++ == '-' ? -1 : 1;
    }
    uint32_t hours = 0;
    uint32_t minutes = 0;
    uint32_t seconds = 0;
    if (!read_number(at, 0, hours_max, &hours)) {
        return false;
    }
    if (**at == ':') {
        (*at)++;
        if (!read_number(at, 0, 59, &minutes)) {
            return false;
        }
        if (**at == ':') {
            (*at)++;
            if (!read_number(at, 0, 59, &seconds)) {
                return false;
            }
        }
    }
    *ret_s = sign * (int32_t)(hours * 3600 + minutes * 60 + seconds);
    return true;
}

static bool skip_byte(const char **at, char byte)
{
    if (**at != byte) {
        return false;
    }
    (*at)++;
    return true;
}

/* ",M3.5.0/2", ",J60", ",59". */
static bool read_day(const char **at, struct zone_rule_day *day)
{
    *day = (struct zone_rule_day){.form = 'D', .time_s = 7200};
    if (!skip_byte(at, ',')) {
        return false;
    }
    bool is_good = false;
    if (skip_byte(at, 'M')) {
        day->form = 'M';
        is_good = read_number(at, 1, 12, &day->month) && skip_byte(at, '.') &&
                  read_number(at, 1, 5, &day->week) && skip_byte(at, '.') &&
                  read_number(at, 0, 6, &day->weekday);
    } else if (skip_byte(at, 'J')) {
        day->form = 'J';
        is_good = read_number(at, 1, 365, &day->day);
    } else {
        is_good = read_number(at, 0, 365, &day->day);
    }
    return is_good && (!skip_byte(at, '/') || read_time(at, 167, &day->time_s));
}

bool zone_rule_parse(const char *text, struct zone_rule *ret_rule)
{
    struct zone_rule rule = {.has_summer = false};
    const char *at = text;
    int32_t west_s = 0; /* POSIX counts west of UTC as positive */
    if (!skip_name(&at) || !read_time(&at, 24, &west_s)) {
        return false;
    }
    rule.standard_offset_s = -west_s;
    if (*at != '\0') {
        rule.has_summer = true;
        west_s -= 3600; /* an hour ahead unless said */
        if (!skip_name(&at) || (*at != ',' && !read_time(&at, 24, &west_s)) ||
            !read_day(&at, &rule.summer_start) || !read_day(&at, &rule.summer_end)) {
            return false;
        }
        rule.summer_offset_s = -west_s;
    }
    if (*at != '\0') {
        return false;
    }
    *ret_rule = rule;
    return true;
}

/* Days since 1970-01-01 of the change in `year`. */
static int64_t change_days(const struct zone_rule_day *day, uint32_t year)
{
    int64_t new_year = date_days(year * 10000 + 101);
    if (day->form == 'D') {
        return new_year + day->day;
    }
    if (day->form == 'J') {
        bool is_leap = date_is_valid(year * 10000 + 229);
        return new_year + day->day - 1 + (is_leap && day->day >= 60 ? 1 : 0);
    }
    uint32_t first = year * 10000 + day->month * 100 + 1;
    uint32_t first_weekday = (date_weekday(first) + 1) % 7; /* Sunday is 0 here */
    int64_t days = date_days(first) + (day->weekday + 7 - first_weekday) % 7 +
                   7 * ((int64_t)day->week - 1);
    /* "The last" is the fourth in a month that has no fifth. */
    return date_from_days(days) / 100 == first / 100 ? days : days - 7;
}

int32_t zone_rule_offset(const struct zone_rule *rule, int64_t at_s)
{
    if (!rule->has_summer) {
        return rule->standard_offset_s;
    }
    int64_t local_s = at_s + rule->standard_offset_s;
    int64_t local_days = local_s / DAY_S - (local_s % DAY_S < 0 ? 1 : 0);
    uint32_t year = date_from_days(local_days) / 10000;
    int64_t start_s = change_days(&rule->summer_start, year) * DAY_S +
                      rule->summer_start.time_s - rule->standard_offset_s;
    int64_t end_s = change_days(&rule->summer_end, year) * DAY_S +
                    rule->summer_end.time_s - rule->summer_offset_s;
    /* South of the equator summer goes over the turn of the year. */
    bool is_summer = start_s < end_s ? at_s >= start_s && at_s < end_s
                                     : at_s >= start_s || at_s < end_s;
    return is_summer ? rule->summer_offset_s : rule->standard_offset_s;
}
