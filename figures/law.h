/* How a length of time is distributed: service times, patience, lateness, the gaps
 * between arrivals. docs/simulation.md lists the laws as a load file writes them. */
#ifndef GUICHET_FIGURES_LAW_H
#define GUICHET_FIGURES_LAW_H

#include <stddef.h>
#include <stdint.h>

#include "figures/random.h"

enum law_kind {
    LAW_NONE,        /* patience: for ever; of a group or period: the law of all */
    LAW_CONSTANT,    /* always the mean */
    LAW_EXPONENTIAL, /* cv 1 */
    LAW_LOG_NORMAL,  /* mean and coefficient of variation */
    LAW_GAMMA,       /* mean and coefficient of variation */
    LAW_ERLANG,      /* mean and number of phases */
    LAW_WEIBULL,     /* mean and shape */
    LAW_NORMAL,      /* mean and standard deviation */
    LAW_UNIFORM,     /* least and greatest */
    LAW_TRIANGULAR,  /* least, most frequent, greatest */
    LAW_HYPER,  /* percent of the first exponential part; means of the first and of the
                   second */
    LAW_VALUES, /* one of a list of values, each with the same probability */
    LAW_KIND_COUNT
};

#define LAW_NUMBERS_MAX 3

/* Zeroed is LAW_NONE. Made by law_of(); plus_s and most_s by the caller. */
struct law {
    enum law_kind kind;
    double mean_s; /* of the law alone, without plus_s and most_s */
    double cv;     /* standard deviation / mean; log-normal and gamma only, > 0 */
    double numbers[LAW_NUMBERS_MAX]; /* Weibull, normal, uniform, triangular, hyper */
    double plus_s;                   /* added to what the law gives; may be negative */
    double most_s;                   /* 0: no limit; else no length is longer */
    size_t value_count;
    const double *values_s; /* borrowed; LAW_VALUES only */
};

/* "none", "exponential", …; LAW_KIND_COUNT when there is no such name. */
const char *law_name(enum law_kind kind);

/* The law of this kind (neither LAW_NONE nor LAW_VALUES) with the numbers that a load
 * file gives after its name, in seconds; unused ones are not looked at. */
struct law law_of(enum law_kind kind, const double numbers[LAW_NUMBERS_MAX]);

/* The law that draws from `count` (> 0) values, which the caller keeps. */
struct law law_of_values(const double *values_s, size_t count);

/* One number of the law (not LAW_NONE), in seconds; negative where the law allows it. */
double law_draw_s(const struct law *law, struct random *random);

/* The same as a length: in whole milliseconds, 0 to a week. */
int64_t law_draw_ms(const struct law *law, struct random *random);

#endif
