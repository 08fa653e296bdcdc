/* The figures of one business day, from what the record tells of its visits, contacts and
 * counters. docs/statistics.md defines every word and formula. */
#ifndef GUICHET_FIGURES_STATISTICS_H
#define GUICHET_FIGURES_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/site.h"
#include "core/visit.h"
#include "figures/tally.h"

/* A quarter of an hour. Zone offsets are whole quarters, so the quarters of the Unix
 * epoch are those of the local clock. */
#define INTERVAL_MS INT64_C(900000)

/* Intervals kept for one day: 26 hours, the longest day a change of clocks can make and
 * what a late visit may add. */
#define INTERVALS_MAX 256

/* Visits that arrived, and further services that were asked for, in
 * [from_ms, from_ms + INTERVAL_MS). */
struct interval {
    int64_t from_ms;
    bool is_provisional; /* it has not ended, or somebody of it is not done */
    int64_t manned_ms;   /* time that counters were open in it, summed over counters */
    struct tally tally;
    struct tally further; /* further services of visits, by their request */
};

/* What one counter did. */
struct counter_time {
    int64_t open_ms;     /* free, called, serving and wrapping up */
    int64_t occupied_ms; /* of it: called, serving, wrapping up */
    int64_t paused_ms;
};

struct statistics {
    struct tally visits;                    /* all tickets of the hall */
    struct tally contacts;                  /* all other channels */
    struct tally all;                       /* tickets and contacts */
    struct tally called;                    /* the sum of by_counter */
    struct tally by_channel[CHANNEL_COUNT]; /* tickets and contacts */
    struct tally by_service[SERVICES_MAX];  /* tickets */
    struct tally by_counter[COUNTERS_MAX];  /* tickets by the counter that called last,
                                               and further services */
    struct tally further;                   /* further services of visits, each from
                                               its request */
    struct tally further_by_service[SERVICES_MAX];
    struct counter_time times[COUNTERS_MAX];
    size_t interval_count;
    struct interval *intervals; /* first to last arrival or request,
                                    without gaps */
};

/* What the figures are made from; nothing is owned. */
struct day_record {
    const struct site *site;
    const struct visit_record *visits; /* and their further services */
    size_t visit_count;
    const struct contact_record *contacts;
    size_t contact_count;
    const struct counter_span *spans;
    size_t span_count;
    /* Office time of the last event, or of the end of the day: what is open is open until
     * then. */
    int64_t until_ms;
    bool is_over; /* the business day is closed */
    struct within within;
};

/* Count the day. The caller frees `*ret_statistics` with statistics_destroy(). Fails with
 * ERR_INVALID when a record names a service or counter that the site has not, or a time
 * before the arrival; ERR_LIMIT when there is no memory. */
enum status statistics_create(const struct day_record *day,
                              struct statistics **ret_statistics, struct error *err);

/* Accepts NULL. */
void statistics_destroy(struct statistics *statistics);

/* Mean number of counters that were open in the interval. */
double interval_counters(const struct interval *interval);

/* Whether the standard of a service is meant for contacts of this channel: tickets and
 * telephone. Written requests have none yet. */
bool statistics_channel_has_standard(enum channel channel);

#endif
