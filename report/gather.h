/* Reads one business day from the journal and counts it. */
#ifndef GUICHET_REPORT_GATHER_H
#define GUICHET_REPORT_GATHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/command.h"
#include "core/error.h"
#include "core/site.h"
#include "core/visit.h"
#include "figures/statistics.h"
#include "runtime/zone.h"

struct day_figures {
    uint32_t date;
    int64_t opened_at_ms;
    int64_t closed_at_ms; /* 0: the day is still open */
    int64_t until_ms;     /* the last thing known */
    bool clocks[CLOCK_MODE_COUNT];
    struct site site;
    struct zone *zone;
    struct visit_record *visits;
    size_t visit_count;   /* all; those that no figure counts come last */
    size_t counted_count; /* the others */
    struct contact_record *contacts;
    size_t contact_count;
    struct counter_span *spans;
    size_t span_count;
    struct remark_record *remarks; /* also those that were withdrawn */
    size_t remark_count;
    struct lacked_record *lacked;
    size_t lacked_count;
    struct exceptional_record *exceptional;
    size_t exceptional_count;
    struct correction_record *corrections;
    size_t correction_count;
    struct turned_record *turned; /* by service and time */
    size_t turned_count;
    struct within within;
    struct statistics *statistics;
};

struct gather_options {
    const char *journal;
    uint32_t date; /* 0: the last business day */
    bool is_live;  /* a day that is still open may be reported, as provisional */
    struct within within;
};

/* The figures of a day. ERR_NOT_FOUND when the journal has no such day, ERR_REFUSED when
 * it is still open and `is_live` is not set. The caller frees with
 * day_figures_destroy(). */
enum status day_figures_gather(const struct gather_options *options,
                               struct day_figures **ret_figures, struct error *err);

/* Whether the remark stands and is of some part of [from_ms, to_ms). */
bool remark_is_of(const struct remark_record *remark, int64_t from_ms, int64_t to_ms);

/* Accepts NULL. */
void day_figures_destroy(struct day_figures *figures);

#endif
