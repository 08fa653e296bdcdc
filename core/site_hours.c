/* When services are open; see site.h. */
#include <assert.h>

#include "core/names.h"
#include "core/site.h"

#define MINUTES_PER_DAY 1440

static const char *const last_ticket_names[] = {
    [LAST_TICKET_NONE] = "none",
    [LAST_TICKET_WARN] = "warn",
    [LAST_TICKET_STOP] = "stop",
};
static_assert(sizeof(last_ticket_names) / sizeof(last_ticket_names[0]) ==
                  LAST_TICKET_COUNT,
              "every rule has a name");

const char *last_ticket_name(enum last_ticket rule)
{
    assert(rule < LAST_TICKET_COUNT);
    return last_ticket_names[rule];
}

enum last_ticket last_ticket_find(const char *name)
{
    return (enum last_ticket)names_find(last_ticket_names, LAST_TICKET_COUNT, name);
}

const struct hours_range *site_hours_on(const struct site *site, uint32_t service,
                                        uint32_t date, uint32_t weekday)
{
    static const struct hours_range closed[HOURS_PER_DAY_MAX] = {{0, 0}};
    assert(service < site->service_count && weekday < 7);
    const struct service *its = &site->services[service];
    for (uint32_t i = 0; i < its->dated_count; i++) {
        if (its->dated[i].date == date) {
            return its->dated[i].ranges;
        }
    }
    for (uint32_t i = 0; i < site->closed_date_count; i++) {
        if (site->closed_dates[i] == date) {
            return closed;
        }
    }
    return its->hours.day[weekday];
}

/* Ranges in order and without overlap; unused ones (from == to) may stand anywhere. */
static bool ranges_are_sound(const struct hours_range ranges[HOURS_PER_DAY_MAX])
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < HOURS_PER_DAY_MAX; i++) {
        struct hours_range range = ranges[i];
        if (range.from_minute == range.to_minute) {
            continue;
        }
        if (range.from_minute < end || range.to_minute < range.from_minute ||
            range.to_minute > MINUTES_PER_DAY) {
            return false;
        }
        end = range.to_minute;
    }
    return true;
}

bool site_hours_are_sound(const struct service *service)
{
    if (service->dated_count > DATED_HOURS_MAX) {
        return false;
    }
    bool is_sound = true;
    for (uint32_t day = 0; day < 7; day++) {
        is_sound = is_sound && ranges_are_sound(service->hours.day[day]);
    }
    for (uint32_t i = 0; i < service->dated_count; i++) {
        bool follows = i == 0 || service->dated[i].date > service->dated[i - 1].date;
        is_sound = is_sound && follows && ranges_are_sound(service->dated[i].ranges);
    }
    return is_sound;
}
