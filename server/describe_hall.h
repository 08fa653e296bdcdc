/* Tells what waits where in a hall: for reception and supervisor. */
#ifndef GUICHET_SERVER_DESCRIBE_HALL_H
#define GUICHET_SERVER_DESCRIBE_HALL_H

#include "runtime/hall_document.h"
#include "server/describe.h"

/* What one pass over the day's tickets finds for all halls. */
struct hall_day {
    uint32_t served_count[COUNTERS_MAX];
    uint32_t parked_count[COUNTERS_MAX];
    uint32_t ended_count;
    uint32_t ended[HALL_ENDED_MAX]; /* ordinals; the last one first */
};

void describe_hall_day(const struct queue *queue, struct hall_day *ret_day);

/* Fill `ret_hall` (zeroed or used before) with what hall `hall` has. */
void describe_hall(const struct office *office, const struct moment *moment,
                   const struct hall_day *day, uint32_t hall,
                   struct hall_document *ret_hall);

#endif
