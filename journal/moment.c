/* RFC 3339 in UTC; see moment.h.
 *
 * The proleptic Gregorian calendar repeats every 400 years of 146,097 days. Years are
 * counted from 1 March, so that the leap day is the last of its year and the days before
 * a month are one linear formula. */
#include "journal/moment.h"

#include <assert.h>
#include <stddef.h>

#define DAY_MS       INT64_C(86400000)
#define DAYS_PER_ERA 146097
/* Days from 1 March of the year 0 to 1 January 1970. */
#define DAYS_TO_EPOCH 719468

/* Write `value` as exactly `digits` decimal digits. */
static void put_digits(char *to, uint32_t value, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        to[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* Read exactly `digits` decimal digits; false when there is something else. */
static bool get_digits(const char *from, int digits, uint32_t *ret_value)
{
    uint32_t value = 0;
    for (int i = 0; i < digits; i++) {
        if (from[i] < '0' || from[i] > '9') {
            return false;
        }
        value = value * 10 + (uint32_t)(from[i] - '0');
    }
    *ret_value = value;
    return true;
}

/* Days from the epoch to 1 January 1970 as a date yyyymmdd. */
static uint32_t date_of_days(uint32_t days)
{
    uint32_t shifted = days + DAYS_TO_EPOCH;
    uint32_t era = shifted / DAYS_PER_ERA;
    uint32_t day_of_era = shifted % DAYS_PER_ERA;
    /* A leap day every 1,461 days, save every 36,524, again at the end of the era. */
    uint32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                            day_of_era / (DAYS_PER_ERA - 1)) /
                           365;
    uint32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    /* From March on, every five months have 153 days. */
    uint32_t month_from_march = (5 * day_of_year + 2) / 153;
    uint32_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    uint32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    uint32_t year = era * 400 + year_of_era + (month <= 2 ? 1 : 0);
    return year * 10000 + month * 100 + day;
}

/* The reverse of date_of_days() for a year of 1970 or later. */
static uint32_t days_of_date(uint32_t date)
{
    uint32_t month = date / 100 % 100;
    uint32_t year = date / 10000 - (month <= 2 ? 1 : 0);
    uint32_t year_of_era = year % 400;
    uint32_t month_from_march = month > 2 ? month - 3 : month + 9;
    uint32_t day_of_year = (153 * month_from_march + 2) / 5 + date % 100 - 1;
    uint32_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return year / 400 * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

void moment_format(int64_t at_ms, char ret_text[MOMENT_BYTES])
{
    assert(at_ms >= 0 && at_ms <= MOMENT_MS_MAX);
    date_format(date_of_days((uint32_t)(at_ms / DAY_MS)), ret_text);
    uint32_t ms = (uint32_t)(at_ms % DAY_MS);
    ret_text[10] = 'T';
    put_digits(ret_text + 11, ms / 3600000, 2);
    ret_text[13] = ':';
    put_digits(ret_text + 14, ms / 60000 % 60, 2);
    ret_text[16] = ':';
    put_digits(ret_text + 17, ms / 1000 % 60, 2);
    ret_text[19] = '.';
    put_digits(ret_text + 20, ms % 1000, 3);
    ret_text[23] = 'Z';
    ret_text[24] = '\0';
}

bool moment_parse(const char *text, int64_t *ret_at_ms)
{
    static const char form[] = "0000-00-00T00:00:00.000Z";
    static_assert(sizeof(form) == MOMENT_BYTES, "the form has the length of a moment");
    for (size_t i = 0; i < sizeof(form); i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == '0' ? !is_digit : text[i] != form[i]) {
            return false;
        }
    }
    char day[DATE_BYTES];
    for (size_t i = 0; i < DATE_BYTES - 1; i++) {
        day[i] = text[i];
    }
    day[DATE_BYTES - 1] = '\0';
    uint32_t date = 0;
    uint32_t hour = 0;
    uint32_t minute = 0;
    uint32_t second = 0;
    uint32_t ms = 0;
    if (!date_parse(day, &date) || !get_digits(text + 11, 2, &hour) ||
        !get_digits(text + 14, 2, &minute) || !get_digits(text + 17, 2, &second) ||
        !get_digits(text + 20, 3, &ms) || hour > 23 || minute > 59 || second > 59) {
        return false;
    }
    *ret_at_ms = days_of_date(date) * DAY_MS +
                 ((hour * 60 + minute) * 60 + second) * INT64_C(1000) + ms;
    return true;
}

void date_format(uint32_t date, char ret_text[DATE_BYTES])
{
    assert(date <= 99991231);
    put_digits(ret_text, date / 10000, 4);
    ret_text[4] = '-';
    put_digits(ret_text + 5, date / 100 % 100, 2);
    ret_text[7] = '-';
    put_digits(ret_text + 8, date % 100, 2);
    ret_text[10] = '\0';
}

bool date_parse(const char *text, uint32_t *ret_date)
{
    uint32_t year = 0;
    uint32_t month = 0;
    uint32_t day = 0;
    if (!get_digits(text, 4, &year) || text[4] != '-' ||
        !get_digits(text + 5, 2, &month) || text[7] != '-' ||
        !get_digits(text + 8, 2, &day) || text[10] != '\0') {
        return false;
    }
    uint32_t date = year * 10000 + month * 100 + day;
    /* A date is of the calendar when it survives the way to days and back. */
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 ||
        date_of_days(days_of_date(date)) != date) {
        return false;
    }
    *ret_date = date;
    return true;
}
