/* Dates and instants; see instant.h. The day count of a date is that of the proleptic
 * Gregorian calendar, reckoned in years that begin in March, so that the day which a leap
 * year adds is the last one. */
#include "runtime/instant.h"

#include <assert.h>
#include <stddef.h>

#include "core/text.h"

#define DAYS_PER_400_YEARS 146097
#define DAYS_PER_100_YEARS 36524
#define DAYS_PER_4_YEARS   1461
#define DAYS_PER_YEAR      365

/* Days from 0000-03-01 to 1970-01-01. */
#define EPOCH_DAYS 719468

#define SECOND_MS 1000
#define MINUTE_MS 60000
#define HOUR_MS   3600000

static bool is_leap_year(uint32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool date_is_valid(uint32_t date)
{
    static const uint8_t month_days[13] = {0,  31, 28, 31, 30, 31, 30,
                                           31, 31, 30, 31, 30, 31};
    uint32_t year = date / 10000;
    uint32_t month = date / 100 % 100;
    uint32_t day = date % 100;
    if (year < 1 || year > 9999 || month < 1 || month > 12) {
        return false;
    }
    uint32_t last = month_days[month] + (month == 2 && is_leap_year(year) ? 1U : 0U);
    return day >= 1 && day <= last;
}

int64_t date_days(uint32_t date)
{
    int64_t month = date / 100 % 100;
    int64_t year = (int64_t)(date / 10000) - (month <= 2 ? 1 : 0);
    int64_t march_month = (month + 9) % 12; /* March is 0 */
    /* 153 days in every five months from March; exact for all twelve. */
    int64_t day_of_year = (153 * march_month + 2) / 5 + date % 100 - 1;
    return year * DAYS_PER_YEAR + year / 4 - year / 100 + year / 400 + day_of_year -
           EPOCH_DAYS;
}

uint32_t date_from_days(int64_t days)
{
    int64_t left = days + EPOCH_DAYS;
    assert(left >= 0);
    int64_t year = left / DAYS_PER_400_YEARS * 400;
    left %= DAYS_PER_400_YEARS;
    /* The last century of 400 years and the last year of four have the day more. */
    int64_t centuries = left / DAYS_PER_100_YEARS < 3 ? left / DAYS_PER_100_YEARS : 3;
    left -= centuries * DAYS_PER_100_YEARS;
    int64_t fours = left / DAYS_PER_4_YEARS;
    left %= DAYS_PER_4_YEARS;
    int64_t years = left / DAYS_PER_YEAR < 3 ? left / DAYS_PER_YEAR : 3;
    left -= years * DAYS_PER_YEAR;
    year += centuries * 100 + fours * 4 + years;
    int64_t march_month = (5 * left + 2) / 153;
    int64_t day = left - (153 * march_month + 2) / 5 + 1;
    int64_t month = (march_month + 2) % 12 + 1;
    year += month <= 2 ? 1 : 0;
    return (uint32_t)(year * 10000 + month * 100 + day);
}

uint32_t date_weekday(uint32_t date)
{
    /* 1970-01-01 was a Thursday: 3. The sum stays positive from the year 1 on. */
    return (uint32_t)((date_days(date) + 3 + 7 * (int64_t)EPOCH_DAYS) % 7);
}

void instant_text(int64_t at_ms, char ret_text[INSTANT_TEXT_BYTES])
{
    assert(at_ms >= INSTANT_MIN_MS && at_ms <= INSTANT_MAX_MS);
    int64_t days = at_ms / DAY_MS - (at_ms % DAY_MS < 0 ? 1 : 0);
    int64_t ms = at_ms - days * DAY_MS;
    uint32_t date = date_from_days(days);
    struct text text;
    text_init(&text, ret_text, INSTANT_TEXT_BYTES);
    text_add(&text, "%04u-%02u-%02uT%02d:%02d:%02d.%03dZ", date / 10000, date / 100 % 100,
             date % 100, (int)(ms / HOUR_MS), (int)(ms / MINUTE_MS % 60),
             (int)(ms / SECOND_MS % 60), (int)(ms % SECOND_MS));
    assert(!text.is_cut);
}

/* Reads `count` digits from `*at`; false, with `*at` at the wrong byte, when there are
 * fewer. */
static bool read_digits(const char **at, int count, uint32_t *ret_value)
{
    uint32_t value = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9') {
            return false;
        }
        value = value * 10 + (uint32_t)(**at - '0');
    }
    *ret_value = value;
    return true;
}

static bool read_byte(const char **at, char byte)
{
    if (**at != byte) {
        return false;
    }
    (*at)++;
    return true;
}

/* ".5", ".123456789"; what is smaller than a millisecond is dropped. */
static bool read_fraction(const char **at, uint32_t *ret_ms)
{
    *ret_ms = 0;
    if (!read_byte(at, '.')) {
        return true;
    }
    uint32_t digit = 0;
    uint32_t weight = 100;
    int count = 0;
    while (count < 9 && read_digits(at, 1, &digit)) {
        *ret_ms += digit * weight;
        weight /= 10;
        count++;
    }
    return count > 0;
}

/* "Z", "+01:00", "-09:30"; minutes east of UTC. */
static bool read_offset(const char **at, int64_t *ret_minutes)
{
    *ret_minutes = 0;
    if (read_byte(at, 'Z')) {
        return true;
    }
    bool is_west = **at == '-';
    if (!is_west && **at != '+') {
        return false;
    }
    (*at)++;
    uint32_t hours = 0;
    uint32_t minutes = 0;
    if (!read_digits(at, 2, &hours) || !read_byte(at, ':') ||
        !read_digits(at, 2, &minutes) || hours > 23 || minutes > 59) {
        return false;
    }
    *ret_minutes = (int64_t)(hours * 60 + minutes) * (is_west ? -1 : 1);
    return true;
}

enum status instant_parse(const char *text, int64_t *ret_ms, struct error *err)
{
    uint32_t year = 0;
    uint32_t month = 0;
    uint32_t day = 0;
    uint32_t hour = 0;
    uint32_t minute = 0;
    uint32_t second = 0;
    uint32_t ms = 0;
    int64_t offset_minutes = 0;
    const char *at = text;
    bool is_whole = read_digits(&at, 4, &year) && read_byte(&at, '-') &&
                    read_digits(&at, 2, &month) && read_byte(&at, '-') &&
                    read_digits(&at, 2, &day) && read_byte(&at, 'T') &&
                    read_digits(&at, 2, &hour) && read_byte(&at, ':') &&
                    read_digits(&at, 2, &minute) && read_byte(&at, ':') &&
                    read_digits(&at, 2, &second) && read_fraction(&at, &ms) &&
                    read_offset(&at, &offset_minutes) && *at == '\0';
    uint32_t date = year * 10000 + month * 100 + day;
    if (!is_whole || !date_is_valid(date) || hour > 23 || minute > 59 || second > 59) {
        return error_set(err, ERR_INVALID,
                         "'%.40s' is not a time such as '2026-11-23T09:42:10.000Z'",
                         text);
    }
    int64_t at_ms = date_days(date) * DAY_MS + hour * (int64_t)HOUR_MS +
                    minute * (int64_t)MINUTE_MS + second * (int64_t)SECOND_MS + ms -
                    offset_minutes * MINUTE_MS;
    if (at_ms < INSTANT_MIN_MS || at_ms > INSTANT_MAX_MS) {
        return error_set(err, ERR_INVALID, "'%.40s' is before the year 1 or after 9999",
                         text);
    }
    *ret_ms = at_ms;
    return OK;
}
