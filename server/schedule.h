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

/* Whether the service (index) gives tickets at that minute by its hours of that date:
 * from `tickets_before_s` before they begin to their end. */
bool schedule_is_in_hours(const struct site *site, uint32_t service,
                          const struct local_time *local);

/* The minute of today at which a service that gives none now gives tickets again, or
 * UINT32_MAX when it does not today. */
uint32_t schedule_opens_at_minute(const struct site *site, uint32_t service,
                                  const struct local_time *local);

/* The minute of today at which the present hours of the service end, or UINT32_MAX when
 * it is outside of them, or they go on after midnight. */
uint32_t schedule_closes_at_minute(const struct site *site, uint32_t service,
                                   const struct local_time *local);

/* Find the next command that the local time, which is `now_ms`, and the business date
 * (yyyymmdd) ask for:
 * close the day that is over, open the new one, open or close a service whose hours begin
 * or end. An office that opened or closed a service by hand keeps its choice until the
 * next beginning or end. Returns false when nothing is due; else the caller executes
 * `ret_command` and asks again. */
bool schedule_next(struct schedule *schedule, const struct queue *queue,
                   const struct local_time *local, uint32_t business_date, int64_t now_ms,
                   struct command *ret_command);

/* Forget the services' last look: the site has changed. */
void schedule_forget_services(struct schedule *schedule);

#endif
