/* Hours of weekdays and dates in site.conf; see site_config_draft.h. */
#include <stddef.h>
#include <string.h>

#include "runtime/instant.h"
#include "runtime/site_config_draft.h"

/* Monday is 0; 7 when it is no weekday. */
static uint32_t find_weekday(const char *name, size_t length)
{
    static const char names[] = "montuewedthufrisatsun";
    for (uint32_t day = 0; day < 7; day++) {
        if (length == 3 && memcmp(names + (size_t)3 * day, name, 3) == 0) {
            return day;
        }
    }
    return 7;
}

/* "mon", "mon-fri", "sat-sun,wed" as bits. */
static enum status parse_days(const char *text, uint32_t *ret_days, struct error *err)
{
    const char *rest = text;
    const char *word = NULL;
    size_t length = 0;
    uint32_t days = 0;
    while (config_next_word(&rest, ",", &word, &length)) {
        const char *dash = memchr(word, '-', length);
        size_t first_length = dash ? (size_t)(dash - word) : length;
        uint32_t first = find_weekday(word, first_length);
        uint32_t last = dash ? find_weekday(dash + 1, length - first_length - 1) : first;
        if (first > 6 || last > 6 || last < first) {
            return error_set(
                err, ERR_INVALID,
                "'%.*s' is not a weekday or a range of weekdays like mon-fri",
                (int)(length < 80 ? length : 80), word);
        }
        for (uint32_t day = first; day <= last; day++) {
            days |= 1U << day;
        }
    }
    if (days == 0) {
        return error_set(err, ERR_INVALID, "'%s' names no weekday", text);
    }
    *ret_days = days;
    return OK;
}

/* One range, "08:30-12:00". */
static enum status parse_range(const char *word, size_t length,
                               struct hours_range *ret_range, struct error *err)
{
    const char *dash = memchr(word, '-', length);
    uint32_t from = 0;
    uint32_t to = 0;
    if (!dash) {
        return error_set(err, ERR_INVALID, "'%.*s' is not a range like 08:30-12:00",
                         (int)(length < 80 ? length : 80), word);
    }
    size_t first_length = (size_t)(dash - word);
    enum status status = config_parse_day_time(word, first_length, &from, err);
    if (status == OK) {
        status = config_parse_day_time(dash + 1, length - first_length - 1, &to, err);
    }
    if (status == OK && to <= from) {
        status = error_set(err, ERR_INVALID, "'%.*s' does not end after it begins",
                           (int)length, word);
    }
    if (status == OK) {
        *ret_range = (struct hours_range){(uint16_t)from, (uint16_t)to};
    }
    return status;
}

/* "08:30-12:00 13:30-16:30" or "closed". */
static enum status parse_ranges(const char *text,
                                struct hours_range ret_ranges[HOURS_PER_DAY_MAX],
                                struct error *err)
{
    struct hours_range ranges[HOURS_PER_DAY_MAX] = {{0, 0}};
    const char *rest = text;
    const char *word = NULL;
    size_t length = 0;
    uint32_t count = 0;
    while (strcmp(text, "closed") != 0 &&
           config_next_word(&rest, " ,\t", &word, &length)) {
        if (count == HOURS_PER_DAY_MAX) {
            return error_set(err, ERR_LIMIT, "'%s' has more than %d ranges", text,
                             HOURS_PER_DAY_MAX);
        }
        enum status status = parse_range(word, length, &ranges[count], err);
        if (status != OK) {
            return status;
        }
        if (count > 0 && ranges[count].from_minute < ranges[count - 1].to_minute) {
            return error_set(err, ERR_INVALID,
                             "'%.*s' begins before the range in front of it ends",
                             (int)length, word);
        }
        count++;
    }
    if (text[0] == '\0') {
        return error_set(err, ERR_INVALID,
                         "no range is given; a day without opening is 'closed'");
    }
    memcpy(ret_ranges, ranges, sizeof(ranges));
    return OK;
}

/* "2026-12-24" */
static bool parse_date(const char *text, size_t length, uint32_t *ret_date)
{
    uint32_t date = 0;
    if (length != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (i == 4 || i == 7) {
            continue;
        }
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        date = date * 10 + (uint32_t)(text[i] - '0');
    }
    *ret_date = date;
    return date_is_valid(date);
}

/* The hours of one date, put between those before and after it. */
static enum status parse_dated(const struct config_value *value, uint32_t date,
                               struct service *service, struct error *err)
{
    struct dated_hours dated = {.date = date};
    enum status status = parse_ranges(value->text, dated.ranges, err);
    if (status != OK) {
        return status;
    }
    if (service->dated_count == DATED_HOURS_MAX) {
        return error_set(err, ERR_LIMIT, "more than %d dates have hours in this section",
                         DATED_HOURS_MAX);
    }
    uint32_t at = service->dated_count;
    while (at > 0 && service->dated[at - 1].date >= date) {
        at--;
    }
    if (at < service->dated_count && service->dated[at].date == date) {
        return error_set(err, ERR_INVALID, "'%s' already has hours in this section",
                         value->suffix);
    }
    memmove(&service->dated[at + 1], &service->dated[at],
            (service->dated_count - at) * sizeof(dated));
    service->dated[at] = dated;
    service->dated_count++;
    return OK;
}

static enum status parse_closed_dates(const struct config_value *value, void *ret_field,
                                      struct error *err)
{
    struct site_draft *draft = value->root;
    const char *rest = value->text;
    const char *word = NULL;
    size_t length = 0;
    uint32_t *dates = ret_field;
    uint32_t count = 0;
    while (config_next_word(&rest, " ,\t", &word, &length)) {
        if (count == CLOSED_DATES_MAX) {
            return error_set(err, ERR_LIMIT, "more than %d dates", CLOSED_DATES_MAX);
        }
        if (!parse_date(word, length, &dates[count])) {
            return error_set(err, ERR_INVALID, "'%.*s' is not a date like 2026-12-25",
                             (int)(length < 80 ? length : 80), word);
        }
        count++;
    }
    draft->site.closed_date_count = count;
    return OK;
}

static enum status parse_hours(const struct config_value *value, void *ret_field,
                               struct error *err)
{
    struct site_draft *draft = value->root;
    struct week_hours *hours = ret_field;
    struct hours_range ranges[HOURS_PER_DAY_MAX];
    uint32_t days = 0;
    uint32_t date = 0;
    if (parse_date(value->suffix, strlen(value->suffix), &date)) {
        /* The week's hours are a member of the service that has the dates, too. */
        return parse_dated(
            value, date,
            (struct service *)(void *)((char *)hours - offsetof(struct service, hours)),
            err);
    }
    enum status status = parse_days(value->suffix, &days, err);
    if (status == OK) {
        status = parse_ranges(value->text, ranges, err);
    }
    if (status == OK && (days & draft->days_given) != 0) {
        status = error_set(err, ERR_INVALID,
                           "a weekday of '%s' already has hours in this section",
                           value->suffix);
    }
    if (status != OK) {
        return status;
    }
    draft->days_given |= days;
    for (uint32_t day = 0; day < 7; day++) {
        if ((days >> day & 1U) != 0) {
            memcpy(hours->day[day], ranges, sizeof(ranges));
        }
    }
    return OK;
}

const struct config_type site_hours_type = {
    "ranges like `08:30-12:00 13:30-16:30`, or `closed`", parse_hours};
const struct config_type site_closed_dates_type = {"dates like `2026-12-25`",
                                                   parse_closed_dates};
