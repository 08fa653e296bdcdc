/* Plays days of a site on the real queue: every arrival, call, start, end, opening and
 * pause is a command decided and applied by core/, and whoever is called is chosen by the
 * policy of the site. What the queue does not decide is here: when people come, how long
 * they are served and wait, who is on duty, and which of several free counters calls
 * somebody who has just come. */
#ifndef GUICHET_FIGURES_SIMULATED_HALL_H
#define GUICHET_FIGURES_SIMULATED_HALL_H

#include <stdint.h>

#include "core/error.h"
#include "core/queue.h"
#include "figures/load.h"

/* What the simulation knows of a ticket beside the queue. */
struct simulated_visit {
    uint32_t entry;       /* index into the load's services */
    uint32_t period;      /* of its arrival */
    uint64_t service_key; /* stream of its service time */
    int64_t patience_ms;  /* INT64_MAX: waits for ever */
    bool comes;           /* false: will not come when called */
};

struct simulated_hall;

/* `site` and `load` are borrowed for the hall's life. ERR_LIMIT without memory; an error
 * of the queue when it refuses the site. */
enum status simulated_hall_create(const struct site *site, const struct load *load,
                                  struct simulated_hall **ret_hall, struct error *err);

/* Accepts NULL. */
void simulated_hall_destroy(struct simulated_hall *hall);

/* Play the next day with the random numbers of `key`, from the first period until the
 * last one is over and nobody is left, or nobody who is left can be served; the queue
 * then closes its business day. An error of the queue (a day that runs out of numbers)
 * stops the day. */
enum status simulated_hall_play(struct simulated_hall *hall, uint64_t key,
                                struct error *err);

/* The queue after the day: its tickets tell what happened. Counters are closed. */
const struct queue *simulated_hall_queue(const struct simulated_hall *hall);

/* What the simulation knows of the ticket `ordinal` of that day. */
const struct simulated_visit *simulated_hall_visit(const struct simulated_hall *hall,
                                                   uint32_t ordinal);

/* The group (index into the load's groups) of a counter that was open. */
uint32_t simulated_hall_group(const struct simulated_hall *hall, uint32_t counter);

/* How long the counters of the group were open that day, all together. */
int64_t simulated_hall_open_ms(const struct simulated_hall *hall, uint32_t group);

/* Beginning of the first period, end of the last one, and when the day was over. */
struct simulated_span {
    int64_t from_ms;
    int64_t to_ms;
    int64_t until_ms;
};
struct simulated_span simulated_hall_span(const struct simulated_hall *hall);

#endif
