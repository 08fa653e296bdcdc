/* Business day and opening hours; see schedule.h. */
#include "server/schedule.h"

#include <assert.h>
#include <string.h>

bool schedule_is_in_hours(const struct service *service, uint32_t weekday,
                          uint32_t minute_of_day)
{
    assert(weekday < 7);
    for (size_t i = 0; i < HOURS_PER_DAY_MAX; i++) {
        const struct hours_range *range = &service->hours.day[weekday][i];
        if (minute_of_day >= range->from_minute && minute_of_day < range->to_minute) {
            return true;
        }
    }
    return false;
}

uint32_t schedule_opens_at_minute(const struct service *service, uint32_t weekday,
                                  uint32_t minute_of_day)
{
    assert(weekday < 7);
    uint32_t opens_at = UINT32_MAX;
    for (size_t i = 0; i < HOURS_PER_DAY_MAX; i++) {
        const struct hours_range *range = &service->hours.day[weekday][i];
        bool is_range = range->from_minute < range->to_minute;
        if (is_range && range->from_minute > minute_of_day &&
            range->from_minute < opens_at) {
            opens_at = range->from_minute;
        }
    }
    return opens_at;
}

void schedule_forget_services(struct schedule *schedule)
{
    memset(schedule->is_known, 0, sizeof(schedule->is_known));
}

/* The command that opens or closes a service whose hours began or ended since the last
 * look. */
static bool next_of_services(struct schedule *schedule, const struct queue *queue,
                             const struct local_time *local, struct command *ret_command)
{
    const struct site *site = queue_site(queue);
    for (uint32_t i = 0; i < site->service_count; i++) {
        bool is_in_hours = schedule_is_in_hours(&site->services[i], local->weekday,
                                                local->minute_of_day);
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
                   const struct local_time *local, uint32_t business_date,
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
    return next_of_services(schedule, queue, local, ret_command);
}
