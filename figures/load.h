/* What a simulated day is made of beside the site: who comes when and for what, how long
 * services last, how patient people are, who works where and when. docs/simulation.md
 * describes the file that it is read from. */
#ifndef GUICHET_FIGURES_LOAD_H
#define GUICHET_FIGURES_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/limits.h"
#include "core/site.h"
#include "figures/random.h"

/* Periods of one day: quarters of an hour. "too many periods: at most 96" */
#define LOAD_PERIODS_MAX 96

/* Groups of counters: as many as there can be counters. "too many groups: at most 128" */
#define LOAD_GROUPS_MAX COUNTERS_MAX

/* Breaks of a day: two for each counter. "too many breaks: at most 256" */
#define LOAD_BREAKS_MAX 256

/* How a length of time is distributed. */
enum law_kind {
    LAW_NONE,        /* patience: for ever; of a group or period: the law of all */
    LAW_CONSTANT,    /* always the mean */
    LAW_EXPONENTIAL, /* cv 1 */
    LAW_LOG_NORMAL,  /* mean and coefficient of variation */
    LAW_GAMMA,       /* mean and coefficient of variation */
    LAW_KIND_COUNT
};

struct law {
    enum law_kind kind;
    double mean_s; /* > 0; LAW_NONE: not used */
    double cv;     /* standard deviation / mean, > 0; log-normal and gamma only */
};

/* "none", "exponential", …; LAW_KIND_COUNT when there is no such name. */
const char *law_name(enum law_kind kind);

/* One length of the law (not LAW_NONE), in whole milliseconds, at most a week. */
int64_t law_draw_ms(const struct law *law, struct random *random);

struct load_period {
    char id[ID_LENGTH_MAX + 1];
    uint32_t from_minute; /* after local midnight */
    uint32_t to_minute;   /* the next period begins here */
};

/* What one service of the site is asked for. */
struct load_service {
    char id[ID_LENGTH_MAX + 1];
    uint32_t service; /* index into the site's services */
    double arrivals_per_hour[LOAD_PERIODS_MAX];
    uint32_t target_s;       /* acceptable wait of the service level */
    struct law service_time; /* where neither group nor period has its own */
    struct law service_in_group[LOAD_GROUPS_MAX];
    struct law service_in_period[LOAD_PERIODS_MAX]; /* by arrival */
    struct law patience;
    struct law patience_in_period[LOAD_PERIODS_MAX]; /* by arrival */
    double leave_at_once_percent; /* of people who do not wait at all */
    double no_show_percent;       /* of people who do not come when called */
    uint32_t no_show_s;           /* that the counter loses with one who does not come */
    uint32_t walk_s;              /* from the call to the start of the service */
    double class_percent[CLASSES_MAX];     /* by class of the site; [0] is the rest */
    uint32_t group_count;                  /* groups in order of preference */
    uint32_t group_order[LOAD_GROUPS_MAX]; /* indexes of groups */
};

/* Counters that are staffed together. */
struct load_group {
    char id[ID_LENGTH_MAX + 1];
    uint32_t counter_count;
    uint32_t counters[COUNTERS_MAX];  /* indexes into the site's counters */
    uint32_t staff[LOAD_PERIODS_MAX]; /* counters on duty, breaks included */
};

/* Some counters of a group are away. */
struct load_break {
    char id[ID_LENGTH_MAX + 1];
    uint32_t group;
    uint32_t counters;
    uint32_t from_minute;
    uint32_t to_minute;
};

struct load {
    double day_factor_shape; /* of the Gamma factor with mean 1; 0: no factor */
    bool leavers_are_seen;   /* a person who leaves is known to have left */
    uint32_t period_count;   /* at least 1, without gaps */
    uint32_t service_count;  /* at least 1 */
    uint32_t group_count;    /* at least 1 */
    uint32_t break_count;
    struct load_period periods[LOAD_PERIODS_MAX];
    struct load_service services[SERVICES_MAX];
    struct load_group groups[LOAD_GROUPS_MAX];
    struct load_break breaks[LOAD_BREAKS_MAX];
};

/* Whether some counter of the group serves the service (index) of the site. */
bool load_group_serves(const struct load *load, const struct site *site, uint32_t group,
                       uint32_t service);

/* Counters that are on duty in the group and on a break at this minute after midnight.
 * The last period's staff stays after its end. */
struct load_duty {
    uint32_t staff;
    uint32_t on_break; /* at most `staff` */
};
struct load_duty load_duty_at(const struct load *load, uint32_t group, uint32_t minute);

#endif
