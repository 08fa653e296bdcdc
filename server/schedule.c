/* Business day and opening hours; see schedule.h. */
#include "server/schedule.h"

#include <assert.h>
#include <string.h>

#define MINUTES_PER_DAY 1440

/* The first minute at which the range gives tickets; it may lie before the midnight that
 * begins the day. */
static int32_t first_minute(const struct service *service,
                            const struct hours_range *range)
{
    return (int32_t)range->from_minute - (int32_t)(service->tickets_before_s / 60);
}

/* The range that gives tickets now, or NULL. */
static const struct hours_range *range_now(const struct site *site, uint32_t service,
                                           const struct local_time *local)
{
    const struct hours_range *ranges =
        site_hours_on(site, service, local->date, local->weekday);
    int32_t now = (int32_t)local->minute_of_day;
    for (size_t i = 0; i < HOURS_PER_DAY_MAX; i++) {
        bool is_range = ranges[i].from_minute < ranges[i].to_minute;
        if (is_range && now >= first_minute(&site->services[service], &ranges[i]) &&
            now < (int32_t)ranges[i].to_minute) {
            return &ranges[i];
        }
    }
    return NULL;
}

bool schedule_is_in_hours(const struct site *site, uint32_t service,
                          const struct local_time *local)
{
    return range_now(site, service, local) != NULL;
}

uint32_t schedule_opens_at_minute(const struct site *site, uint32_t service,
                                  const struct local_time *local)
{
    const struct hours_range *ranges =
        site_hours_on(site, service, local->date, local->weekday);
    uint32_t opens_at = UINT32_MAX;
    for (size_t i = 0; i < HOURS_PER_DAY_MAX; i++) {
        bool is_range = ranges[i].from_minute < ranges[i].to_minute;
        int32_t first = first_minute(&site->services[service], &ranges[i]);
        if (is_range && first > (int32_t)local->minute_of_day &&
            (uint32_t)first < opens_at) {
            opens_at = (uint32_t)first;
        }
    }
    return opens_at;
}

uint32_t schedule_closes_at_minute(const struct site *site, uint32_t service,
                                   const struct local_time *local)
{
    const struct hours_range *range = range_now(site, service, local);
    bool ends_today = range && range->to_minute < MINUTES_PER_DAY;
    return ends_today ? range->to_minute : UINT32_MAX;
}

void schedule_forget_services(struct schedule *schedule)
{
    memset(schedule->is_known, 0, sizeof(schedule->is_known));
}

/* The command that opens or closes a service whose hours began or ended since the last
 * look. */
static bool next_of_services(struct schedule *schedule, const struct queue *queue,
                             const struct local_time *local, int64_t now_ms,
                             struct command *ret_command)
{
    const struct site *site = queue_site(queue);
    for (uint32_t i = 0; i < site->service_count; i++) {
        bool is_in_hours =
            queue_service_is_due(queue, i, schedule_is_in_hours(site, i, local), now_ms);
        bool has_changed =
            !schedule->is_known[i] || schedule->was_in_hours[i] != is_in_hours;
        schedule->is_known[i] = true;
        schedule->was_in_hours[i] = is_in_hours;
        if (has_changed && queue_service_is_open(queue, i) != is_in_hours) {
            *ret_command = (struct command){.verb = is_in_hours ? VERB_OPEN_SERVICE
                                                                : VERB_CLOSE_SERVICE,
                                            .counter = SITE_NONE,
                                            .version = VERSION_ANY,
                                            .service = i};
            return true;
        }
    }
    return false;
}

bool schedule_next(struct schedule *schedule, const struct queue *queue,
                   const struct local_time *local, uint32_t business_date, int64_t now_ms,
                   struct command *ret_command)
{
    assert(queue_has_site(queue));
    uint32_t open_date = queue_day(queue);
    /* A date that lies before the open day (a clock set back) closes nothing. */
    if (open_date != 0 && business_date > open_date) {
        *ret_command = (struct command){
            .verb = VERB_CLOSE_DAY, .counter = SITE_NONE, .version = VERSION_ANY};
        return true;
    }
    if (open_date == 0) {
        if (business_date <= queue_last_day(queue)) {
            return false;
        }
        schedule_forget_services(schedule);
        *ret_command = (struct command){.verb = VERB_OPEN_DAY,
                                        .counter = SITE_NONE,
                                        .version = VERSION_ANY,
                                        .date = business_date};
        return true;
    }
    return next_of_services(schedule, queue, local, now_ms, ret_command);
}
