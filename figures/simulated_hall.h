/* Plays days of a site on the real queue: every arrival, call, start, end, opening and
 * pause is a command decided and applied by core/, and whoever is called is chosen by the
 * policy of the site. What the queue does not decide is here: when people come, how long
 * they are served and wait, who is on duty, and which of several free counters calls
 * somebody who has just come. */
#ifndef GUICHET_FIGURES_SIMULATED_HALL_H
#define GUICHET_FIGURES_SIMULATED_HALL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/queue.h"
#include "figures/load.h"

/* What the simulation knows of a ticket beside the queue: of its present service. */
struct simulated_visit {
    uint32_t entry;       /* index into the load's services */
    uint32_t period;      /* of its arrival */
    uint32_t class_index; /* priority class */
    uint32_t leg;         /* services that it has had before */
    uint64_t service_key; /* stream of its service time */
    uint64_t route_key;   /* of what comes after the service, or after leaving */
    int64_t joined_ms;    /* when its wait began */
    int64_t patience_ms;  /* INT64_MAX: waits for ever */
    double turn_back;     /* 0 to 100: turns back at shares above it */
    bool comes;           /* false: will not come when called */
};

/* One service of one visit, when the day is over. */
struct simulated_leg {
    uint32_t entry;
    uint32_t period;
    uint32_t class_index;
    uint32_t counter; /* SITE_NONE: was not called */
    enum ticket_state state;
    int64_t joined_ms;
    int64_t wait_end_ms; /* the call, or when it left, or was left */
    int64_t ended_ms;
};

struct simulated_hall;

/* `load` is borrowed for the hall's life. ERR_LIMIT without memory; an error
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

/* Services of visits of that day, in no order that matters: one a ticket, and one more
 * for every time that somebody went on to another service. `index` from 0. */
uint32_t simulated_hall_leg_count(const struct simulated_hall *hall);
struct simulated_leg simulated_hall_leg(const struct simulated_hall *hall,
                                        uint32_t index);

/* People of the load's service who found no place in that day, by period. */
uint32_t simulated_hall_turned_away(const struct simulated_hall *hall, uint32_t entry,
                                    uint32_t period);

/* The group (index into the load's groups) of a counter that was open. */
uint32_t simulated_hall_group(const struct simulated_hall *hall, uint32_t counter);

/* How long the counters of the group were open that day, all together, and how long they
 * worked on after somebody had gone; without periods that are left out. */
int64_t simulated_hall_open_ms(const struct simulated_hall *hall, uint32_t group);
int64_t simulated_hall_wrap_up_ms(const struct simulated_hall *hall, uint32_t group);

/* What of the time between two moments of the day lies in periods that are not left out.
 * What comes after the last period belongs to it. */
int64_t simulated_hall_counted_ms(const struct simulated_hall *hall, int64_t from_ms,
                                  int64_t to_ms);

/* Beginning of the first period, end of the last one, and when the day was over. */
struct simulated_span {
    int64_t from_ms;
    int64_t to_ms;
    int64_t until_ms;
};
struct simulated_span simulated_hall_span(const struct simulated_hall *hall);

#endif
