/* What limits the opening of a site, in its body; left out where it is not used, so that
 * sites without keep theirs. */
#include <inttypes.h>

#include "journal/moment.h"
#include "journal/site_body_parts.h"

#define DAY_MINUTES 1440

static size_t used_ranges(const struct hours_range ranges[HOURS_PER_DAY_MAX])
{
    size_t used = HOURS_PER_DAY_MAX;
    while (used > 0 && ranges[used - 1].from_minute == 0 &&
           ranges[used - 1].to_minute == 0) {
        used--;
    }
    return used;
}

void site_put_ranges(struct text *body,
                     const struct hours_range ranges[HOURS_PER_DAY_MAX])
{
    size_t used = used_ranges(ranges);
    for (size_t i = 0; i < used; i++) {
        text_add(body, "%s[%" PRIu16 ",%" PRIu16 "]", i == 0 ? "" : ",",
                 ranges[i].from_minute, ranges[i].to_minute);
    }
}

static bool read_range(const json_t *pair, struct hours_range *ret_range)
{
    json_t *from = json_array_get(pair, 0);
    json_t *to = json_array_get(pair, 1);
    if (json_array_size(pair) != 2 || !json_is_integer(from) || !json_is_integer(to)) {
        return false;
    }
    json_int_t from_minute = json_integer_value(from);
    json_int_t to_minute = json_integer_value(to);
    if (from_minute < 0 || from_minute > to_minute || to_minute > DAY_MINUTES) {
        return false;
    }
    *ret_range = (struct hours_range){(uint16_t)from_minute, (uint16_t)to_minute};
    return true;
}

bool site_read_ranges(const json_t *list, size_t from,
                      struct hours_range ret_ranges[HOURS_PER_DAY_MAX])
{
    if (!json_is_array(list) || json_array_size(list) < from ||
        json_array_size(list) - from > HOURS_PER_DAY_MAX) {
        return false;
    }
    for (size_t i = from; i < json_array_size(list); i++) {
        if (!read_range(json_array_get(list, i), &ret_ranges[i - from])) {
            return false;
        }
    }
    return true;
}

/* A list of lists: a date, then its ranges. */
static void put_dated(struct text *body, const struct service *service)
{
    site_put_key(body, "dated_hours");
    for (uint32_t i = 0; i < service->dated_count; i++) {
        char date[DATE_BYTES];
        date_format(service->dated[i].date, date);
        bool is_closed = used_ranges(service->dated[i].ranges) == 0;
        text_add(body, "%s[\"%s\"%s", i == 0 ? "[" : ",", date, is_closed ? "" : ",");
        site_put_ranges(body, service->dated[i].ranges);
        text_add_string(body, "]");
    }
    text_add_string(body, "]");
}

void site_put_opening(struct text *body, const struct service *service)
{
    if (service->dated_count > 0) {
        put_dated(body, service);
    }
    if (service->tickets_before_s != 0) {
        site_put_count(body, "tickets_before_s", service->tickets_before_s);
    }
    if (service->tickets_per_day != 0) {
        site_put_count(body, "tickets_per_day", service->tickets_per_day);
    }
    if (service->last_ticket != LAST_TICKET_NONE) {
        site_put_string(body, "last_ticket", last_ticket_name(service->last_ticket));
    }
}

static bool read_date(const json_t *value, uint32_t *ret_date)
{
    const char *text = json_string_value(value);
    return text && date_parse(text, ret_date);
}

static void read_dated(struct fields *fields, struct service *ret_service)
{
    json_t *list = NULL;
    uint32_t count = site_read_list(fields, "dated_hours", DATED_HOURS_MAX, &list);
    for (uint32_t i = 0; i < count; i++) {
        const json_t *dated = json_array_get(list, i);
        if (!read_date(json_array_get(dated, 0), &ret_service->dated[i].date) ||
            !site_read_ranges(dated, 1, ret_service->dated[i].ranges)) {
            fields_fail(fields, "'dated_hours' %u is not a date with [from, to] minutes",
                        (unsigned)i + 1);
            return;
        }
    }
    ret_service->dated_count = count;
}

void site_read_opening(struct fields *fields, struct service *ret_service)
{
    if (fields_has(fields, "dated_hours")) {
        read_dated(fields, ret_service);
    }
    ret_service->tickets_before_s =
        fields_count_if_any(fields, "tickets_before_s", UINT32_MAX);
    ret_service->tickets_per_day =
        fields_count_if_any(fields, "tickets_per_day", TICKETS_PER_DAY_MAX);
    if (fields_has(fields, "last_ticket")) {
        uint32_t found = last_ticket_find(fields_text(fields, "last_ticket"));
        ret_service->last_ticket = (enum last_ticket)fields_named(
            fields, "last_ticket", found, LAST_TICKET_COUNT);
    }
}

void site_put_closed_dates(struct text *body, const struct site *site)
{
    if (site->closed_date_count == 0) {
        return;
    }
    site_put_key(body, "closed_dates");
    for (uint32_t i = 0; i < site->closed_date_count; i++) {
        char date[DATE_BYTES];
        date_format(site->closed_dates[i], date);
        text_add(body, "%s\"%s\"", i == 0 ? "[" : ",", date);
    }
    text_add_string(body, "]");
}

void site_read_closed_dates(struct fields *fields, struct site *ret_site)
{
    if (!fields_has(fields, "closed_dates")) {
        return;
    }
    json_t *list = NULL;
    uint32_t count = site_read_list(fields, "closed_dates", CLOSED_DATES_MAX, &list);
    for (uint32_t i = 0; i < count; i++) {
        if (!read_date(json_array_get(list, i), &ret_site->closed_dates[i])) {
            fields_fail(fields, "'closed_dates' %u is not a date", (unsigned)i + 1);
            return;
        }
    }
    ret_site->closed_date_count = count;
}
