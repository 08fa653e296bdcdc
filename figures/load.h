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
#include "figures/law.h"

/* Periods of one day: quarters of an hour. "too many periods: at most 96" */
#define LOAD_PERIODS_MAX 96

/* Groups of counters: as many as there can be counters. "too many groups: at most 128" */
#define LOAD_GROUPS_MAX COUNTERS_MAX

/* Breaks of a day: two for each counter. "too many breaks: at most 256" */
#define LOAD_BREAKS_MAX 256

/* Lists of numbers that a load file gives or names: four for each service.
 * "too many lists of numbers: at most 256" */
#define LOAD_LISTS_MAX 256

/* Numbers in one list: a year of service times of a service. "'…' has more than 200000
 * numbers" */
#define LOAD_LIST_NUMBERS_MAX 200000

/* Minutes after the first midnight that a day may last: two days, for nights. */
#define LOAD_MINUTE_MAX 2880

/* Services that one visit goes through: more are a mistake in `next`. Whoever has had as
 * many leaves. */
#define LOAD_LEGS_MAX 100

struct load_period {
    char id[ID_LENGTH_MAX + 1];
    uint32_t from_minute; /* after local midnight */
    uint32_t to_minute;   /* the next period begins here */
    bool is_left_out;     /* played, but in no figure: the hall fills */
};

/* Numbers of a list, owned by the load. */
struct load_list {
    double *numbers;
    size_t count;
};

/* Which of several free counters calls somebody who has just come. */
enum load_choice {
    CHOICE_FIRST_GROUP,  /* of the first group that has one, the one free for longest */
    CHOICE_LONGEST_FREE, /* of all groups, the one free for longest */
    CHOICE_RANDOM,       /* of all groups, any */
    CHOICE_COUNT
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
    struct law gaps; /* between arrivals: only its shape counts; none: exponential */
    double period_factor_shape[LOAD_PERIODS_MAX]; /* of the period's own Gamma factor with
                                                     mean 1; 0: no factor */
    struct load_list times;   /* of people who are expected, in seconds after midnight */
    struct law late;          /* how much later they come; none: on time */
    double absent_percent;    /* of them who never come */
    double come_back_percent; /* of people who leave */
    struct law come_back;     /* how much later */
    uint32_t waiting_limit; /* 1 + places of those who wait for it; 0: as many as come */
    struct load_list turn_back; /* percent who do at the sight of a line of 0, 1, …;
                                   longer ones have the last */
    struct law together;        /* how many people come at once; none: one */
    enum load_choice choice;    /* among free counters */
    struct law wrap_up;         /* the counter's work when the person has gone */
    double next_percent[SERVICES_MAX]; /* who goes on to another service of the load, by
                                          service of the site */
};

/* Counters that are staffed together. */
struct load_group {
    char id[ID_LENGTH_MAX + 1];
    uint32_t counter_count;
    uint32_t counters[COUNTERS_MAX];  /* indexes into the site's counters */
    uint32_t staff[LOAD_PERIODS_MAX]; /* counters on duty, breaks included */
    struct law present;               /* of a day: no more are there; none: all */
    uint32_t
        profile; /* 1 + index of the site\'s, with which its agents sign in; 0: none */
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
    bool sends_away;         /* who waits when the last period ends is not served */
    uint32_t waiting_limit;  /* 1 + places in the hall; 0: as many as come */
    uint32_t people_limit;   /* 1 + people who wait or are at a counter; 0: the same */
    uint32_t period_count;   /* at least 1, without gaps */
    uint32_t service_count;  /* at least 1 */
    uint32_t group_count;    /* at least 1 */
    uint32_t break_count;
    struct load_period periods[LOAD_PERIODS_MAX];
    struct load_service services[SERVICES_MAX];
    struct load_group groups[LOAD_GROUPS_MAX];
    struct load_break breaks[LOAD_BREAKS_MAX];
    uint32_t list_count;
    struct load_list lists[LOAD_LISTS_MAX]; /* owned */
};

/* Free the lists. A zeroed load is accepted. */
void load_finish(struct load *load);

/* The period at this minute: the first one before it begins, the last one after its end.
 */
uint32_t load_period_at(const struct load *load, double minute);

/* The service of the load for a service of the site, or SITE_NONE. */
uint32_t load_find_service(const struct load *load, uint32_t service);

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
