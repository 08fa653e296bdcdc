/* The range of minutes in which a wait is shown: wide enough to be kept, coarse enough to
 * stand still. */
#ifndef GUICHET_FIGURES_WAIT_RANGE_H
#define GUICHET_FIGURES_WAIT_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/ticket.h"
#include "core/wait_range.h"

/* From this wait on only "more than" it is said. */
#define WAIT_RANGE_MIN_MAX 120

/* The range of a quote: from P50 rounded down to P90 rounded up, in steps of 5 minutes
 * below 30, of 10 below 60 and of 15 above; the limits are never equal. Not given where
 * the quote is not. When even the lower limit is WAIT_RANGE_MIN_MAX or more the range is
 * open ended: "more than 2 hours". */
struct wait_range wait_range_of_quote(const struct quote *quote);

bool wait_range_equals(const struct wait_range *a, const struct wait_range *b);

/* A range on a screen that is refreshed: starts zeroed. */
struct wait_range_shown {
    bool has_range;
    bool has_differed;       /* the last refresh would have shown something else */
    struct wait_range range; /* what is shown */
};

/* Refresh with the `newest` range and return the one to show. A longer wait is taken over
 * only when two refreshes in a row differ from what is shown; a shorter one, and whether
 * an estimate can be given at all, at once. */
struct wait_range wait_range_settle(struct wait_range_shown *shown,
                                    struct wait_range newest);

#endif
