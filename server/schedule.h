/* Opens and closes the business day and the services by the site's local time. */
#ifndef GUICHET_SERVER_SCHEDULE_H
#define GUICHET_SERVER_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/command.h"
#include "core/queue.h"
#include "core/site.h"
#include "runtime/zone.h"

/* What the schedule remembers between looks. */
struct schedule {
    bool is_known[SERVICES_MAX];     /* whether was_in_hours holds something */
    bool was_in_hours[SERVICES_MAX]; /* as of the last look */
};

/* Whether the hours of `service` include the minute of that weekday. */
bool schedule_is_in_hours(const struct service *service, uint32_t weekday,
                          uint32_t minute_of_day);

/* The minute of today at which a service that is now outside its hours opens again, or
 * UINT32_MAX when it does not open again today. */
uint32_t schedule_opens_at_minute(const struct service *service, uint32_t weekday,
                                  uint32_t minute_of_day);

/* Find the next command that the local time and the business date (yyyymmdd) ask for:
 * close the day that is over, open the new one, open or close a service whose hours begin
 * or end. An office that opened or closed a service by hand keeps its choice until the
 * next beginning or end. Returns false when nothing is due; else the caller executes
 * `ret_command` and asks again. */
bool schedule_next(struct schedule *schedule, const struct queue *queue,
                   const struct local_time *local, uint32_t business_date,
                   struct command *ret_command);

/* Forget the services' last look: the site has changed. */
void schedule_forget_services(struct schedule *schedule);

#endif
