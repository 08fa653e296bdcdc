/* A wait as people are shown it: figures/ makes it from a quote, the documents carry it,
 * the screens put it into words. */
#ifndef GUICHET_CORE_WAIT_RANGE_H
#define GUICHET_CORE_WAIT_RANGE_H

#include <stdbool.h>
#include <stdint.h>

/* Whole minutes. `low_min` 0 means "less than `high_min` minutes". */
struct wait_range {
    bool is_given;      /* false: no counter is open, show the position alone */
    bool is_open_ended; /* "more than `low_min` minutes"; `high_min` is 0 */
    uint32_t low_min;
    uint32_t high_min;
};

#endif
