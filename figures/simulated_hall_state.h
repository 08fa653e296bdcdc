/* The inside of a simulated hall, for simulated_*.c only. */
#ifndef GUICHET_FIGURES_SIMULATED_HALL_STATE_H
#define GUICHET_FIGURES_SIMULATED_HALL_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/queue.h"
#include "figures/agenda.h"
#include "figures/load.h"
#include "figures/random.h"
#include "figures/simulated_hall.h"

/* Streams of one service: arrival, class, service, patience, no-show. */
#define SIMULATED_STREAMS 5

enum simulated_moment {
    MOMENT_DUTY,    /* staff or breaks change, or the last period is over */
    MOMENT_ARRIVAL, /* index: of the load's service */
    MOMENT_LEAVING, /* index: ordinal of the ticket */
    MOMENT_START,   /* index: counter; so are those below */
    MOMENT_FINISH,
    MOMENT_NO_SHOW,
    MOMENT_COUNT
};

/* How far the arrivals of one service have come. */
struct arrivals {
    uint32_t period;
    double minute; /* of the last arrival */
};

struct simulated_hall {
    const struct site *site;
    const struct load *load;
    struct queue *queue;
    struct error *err; /* of the present call */
    struct agenda agenda;
    int64_t now_ms;
    int64_t midnight_ms; /* before the day */
    struct simulated_span span;
    double day_factor;
    uint32_t present_count; /* people who wait or are at a counter */
    struct arrivals arrivals[SERVICES_MAX];
    struct random streams[SERVICES_MAX][SIMULATED_STREAMS];
    uint32_t group_of[COUNTERS_MAX]; /* SITE_NONE: in no group, never open */
    int64_t opened_at_ms[COUNTERS_MAX];
    int64_t open_ms[LOAD_GROUPS_MAX];
    uint32_t open_count[LOAD_GROUPS_MAX];   /* counters that are open now */
    struct load_duty duty[LOAD_GROUPS_MAX]; /* as it is now */
    struct simulated_visit visits[TICKETS_PER_DAY_MAX + 1]; /* by ordinal */
};

/* Decide and apply one command at the present moment (simulated_hall.c). */
enum status hall_run(struct simulated_hall *hall, const struct command *command);
struct command hall_command(enum verb verb);
enum status hall_press(struct simulated_hall *hall, enum verb verb, uint32_t counter);

/* The free counter calls whoever is next, if anybody (simulated_hall.c). */
enum status hall_call_next(struct simulated_hall *hall, uint32_t counter);

/* Bring every group to its staff of this minute (simulated_duty.c). */
enum status hall_settle_duty(struct simulated_hall *hall);

/* Whether more counters of this one's group are open than shall be: the next one that has
 * nobody in front of it goes (simulated_duty.c). */
bool hall_is_surplus(const struct simulated_hall *hall, uint32_t counter);

/* The counter has nobody in front of it and goes: for a break or for good
 * (simulated_duty.c). */
enum status hall_leave_duty(struct simulated_hall *hall, uint32_t counter);

#endif
