/* The figures of simulated days, as means over days with 95 % confidence intervals.
 * docs/simulation.md defines each of them. */
#ifndef GUICHET_FIGURES_SIMULATION_H
#define GUICHET_FIGURES_SIMULATION_H

#include <stdint.h>

#include "core/error.h"
#include "core/site.h"
#include "figures/day_mean.h"
#include "figures/load.h"
#include "figures/tally.h"

/* Days of one simulation: as many as give a figure to three digits many times over.
 * "too many days: at most 100000" */
#define SIMULATION_DAYS_MAX 100000

/* A service, a priority class, or all together. Somebody who goes on to another service
 * counts once for each. */
struct simulated_figures {
    struct day_mean offered;
    struct day_mean served;
    struct day_mean abandoned;
    struct day_mean no_show;
    struct day_mean closed_at_night;
    struct day_mean share[SHARE_FORMULA_COUNT]; /* service level, 0 to 1 */
    struct day_mean wait_s;                     /* arrival to call, of the served */
    struct day_mean wait_p90_s; /* the day's, over days on which somebody was served */
    struct day_mean waiting;    /* people who wait, over the time of the periods */
    struct day_mean turned_away;
    struct day_mean turned_away_share; /* of them and the offered */
    struct day_mean abandoned_share;   /* of the offered; 0 to 1 */
    struct day_mean delayed_share;     /* of the offered: not called at once */
    struct day_mean wait_of_all_s;     /* to the call or the leaving, of the offered */
    struct day_mean stay_s; /* arrival to the end of the service, of the served */
};

/* A service in a period, by arrival. */
struct simulated_cell {
    struct day_mean offered;
    struct day_mean served;
    struct day_mean in_target; /* served within the target */
};

struct simulated_group_figures {
    struct day_mean occupancy; /* busy, of the time open; 0 to 1 */
    struct day_mean busy_h;    /* called, serving or working on, in hours */
    struct day_mean open_h;    /* counters open, in hours */
};

/* Indexes are those of the load. */
struct simulation {
    uint32_t day_count;
    uint64_t event_count; /* applied to the queue */
    struct day_mean
        overtime_min; /* from the end of the last period until nobody is left */
    struct simulated_figures all;
    struct simulated_figures services[SERVICES_MAX];
    struct simulated_figures classes[CLASSES_MAX]; /* nobody is turned away in them */
    struct simulated_cell cells[SERVICES_MAX][LOAD_PERIODS_MAX];
    struct simulated_group_figures groups[LOAD_GROUPS_MAX];
};

struct simulation_plan {
    uint64_t seed;
    uint32_t day_count; /* 1 to SIMULATION_DAYS_MAX */
};

/* Play the days of the plan in the site under the load. The same site, load and plan give
 * the same figures; the first days of a longer simulation are those of a shorter one.
 * `load` keeps the rules of load.h for `site`. The caller owns `*ret_simulation` and
 * frees it. ERR_LIMIT without memory; an error of the queue names the day. */
enum status simulation_run(const struct site *site, const struct load *load,
                           const struct simulation_plan *plan,
                           struct simulation **ret_simulation, struct error *err);

#endif
