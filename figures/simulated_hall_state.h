/* The inside of a simulated hall, for simulated_*.c only. */
#ifndef GUICHET_FIGURES_SIMULATED_HALL_STATE_H
#define GUICHET_FIGURES_SIMULATED_HALL_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/queue.h"
#include "figures/agenda.h"
#include "figures/load.h"
#include "figures/random.h"
#include "figures/simulated_hall.h"

/* What random numbers are for; each purpose and service has a stream of its own. New ones
 * go to the end: a purpose's number is part of its key. */
enum purpose {
    PURPOSE_DAY_FACTOR,
    PURPOSE_ARRIVAL,
    PURPOSE_CLASS,
    PURPOSE_SERVICE,
    PURPOSE_PATIENCE,
    PURPOSE_NO_SHOW,
    PURPOSE_PERIOD_FACTOR,
    PURPOSE_EXPECTED, /* who are expected: how late, whether at all */
    PURPOSE_ROUTE,    /* after the service, or after leaving */
    PURPOSE_CHOICE,   /* among free counters */
    PURPOSE_TURN_BACK,
    PURPOSE_TOGETHER,
    PURPOSE_PRESENT, /* of the groups */
    PURPOSE_COUNT
};

/* Streams of one service: all but those of the day and of the groups. */
#define SIMULATED_STREAMS (PURPOSE_PRESENT - PURPOSE_ARRIVAL)

/* Parts of the keys of a visit: what one key gives beside its own stream. */
enum key_part {
    PART_WRAP_UP, /* of the service's key; the others are of the route's */
    PART_COME_BACK,
    PART_SERVICE,
    PART_PATIENCE,
    PART_NO_SHOW,
    PART_ROUTE
};

enum simulated_moment {
    MOMENT_DUTY,    /* staff or breaks change, or the last period is over */
    MOMENT_ARRIVAL, /* index: of the load's service */
    MOMENT_LEAVING, /* index: ordinal of the ticket */
    MOMENT_START,   /* index: counter; so are those below */
    MOMENT_FINISH,
    MOMENT_NO_SHOW,
    MOMENT_WRAPPED_UP,
    MOMENT_EXPECTED,  /* index: of the load's service */
    MOMENT_COME_BACK, /* index: ordinal of the ticket that left */
    MOMENT_OFFERED,   /* index: ordinal of a ticket that is left to the best no longer */
    MOMENT_COUNT
};

/* How far the arrivals of one service have come. */
struct arrivals {
    uint32_t period;
    double minute; /* of the last arrival */
};

struct simulated_hall {
    struct site *site; /* a copy, by the rules that hold in a simulation */
    const struct load *load;
    struct queue *queue;
    struct error *err;    /* of the present call */
    enum refusal refusal; /* of the last command; REFUSAL_NONE: it was done */
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
    int64_t wrap_up_ms[LOAD_GROUPS_MAX];
    int64_t wrapping_from_ms[COUNTERS_MAX]; /* 0: it does not work on */
    uint32_t wrapping_count;
    uint32_t open_count[LOAD_GROUPS_MAX];   /* counters that are open now */
    struct load_duty duty[LOAD_GROUPS_MAX]; /* as it is now */
    uint32_t staff_max[LOAD_GROUPS_MAX];    /* who are there that day */
    double period_factor[SERVICES_MAX][LOAD_PERIODS_MAX];
    uint32_t turned_away[SERVICES_MAX][LOAD_PERIODS_MAX];
    bool has_left_out;    /* some period is left out */
    bool is_sending_away; /* the last period is over, and nobody is called any more */
    struct simulated_leg *legs; /* services of visits that went on to another */
    size_t leg_count;
    size_t leg_capacity;
    struct simulated_visit visits[TICKETS_PER_DAY_MAX + 1]; /* by ordinal */
};

/* ---- simulated_hall.c ---- */

/* Decide and apply one command at the present moment. */
enum status hall_run(struct simulated_hall *hall, const struct command *command);
struct command hall_command(enum verb verb);
enum status hall_press(struct simulated_hall *hall, enum verb verb, uint32_t counter);

/* Note that something happens later. */
enum status hall_plan(struct simulated_hall *hall, int64_t at_ms,
                      enum simulated_moment kind, uint32_t index);

struct random *hall_stream(struct simulated_hall *hall, uint32_t entry,
                           enum purpose purpose);

/* ---- simulated_people.c ---- */

/* Draw the factors of the day and its periods and plan the first arrivals. */
enum status hall_begin_arrivals(struct simulated_hall *hall);

/* Somebody comes: by the rate of the service, from its list, or back (ordinal). */
enum status hall_arrive(struct simulated_hall *hall, uint32_t entry);
enum status hall_arrive_expected(struct simulated_hall *hall, uint32_t entry);
enum status hall_come_back(struct simulated_hall *hall, uint32_t ordinal);

/* The patience of the ticket is over. */
enum status hall_leave(struct simulated_hall *hall, uint32_t ordinal);

/* Whoever waits now, the ticket `ordinal`, has the moment of leaving planned. */
enum status hall_plan_leaving(struct simulated_hall *hall, uint32_t ordinal);

/* What the visit needs of the laws of its service: service, patience, no-show. */
void hall_draw_patience(const struct simulated_hall *hall, struct simulated_visit *visit,
                        uint64_t patience_key);

/* ---- simulated_counters.c ---- */

/* The free counter that calls somebody who has just come for the load's service, or
 * SITE_NONE. */
uint32_t hall_free_counter(struct simulated_hall *hall, uint32_t entry);

/* Whoever waits, the ticket `ordinal`, is called by a free counter that may, if any. */
enum status hall_offer(struct simulated_hall *hall, uint32_t ordinal);

/* The free counter calls whoever is next, if anybody. */
enum status hall_call_next(struct simulated_hall *hall, uint32_t counter);

/* Who was called begins to be served, or is called again and then given up; the visit
 * ends, by finish or no-show; the counter has done what was left to do. */
enum status hall_start(struct simulated_hall *hall, uint32_t counter);
enum status hall_give_up(struct simulated_hall *hall, uint32_t counter);
enum status hall_end(struct simulated_hall *hall, enum verb verb, uint32_t counter);
enum status hall_end_wrap_up(struct simulated_hall *hall, uint32_t counter);

/* ---- simulated_duty.c ---- */

/* Bring every group to its staff of this minute. */
enum status hall_settle_duty(struct simulated_hall *hall);

/* Whether more counters of this one's group are open than shall be: the next one that has
 * nobody in front of it goes. */
bool hall_is_surplus(const struct simulated_hall *hall, uint32_t counter);

/* The counter has nobody in front of it and goes: for a break or for good
 *. */
enum status hall_leave_duty(struct simulated_hall *hall, uint32_t counter);

#endif
