/* Counts kept per ordinal, with sums of the first ones in O(log n): a Fenwick tree (P. M.
 * Fenwick, "A new data structure for cumulative frequency tables", 1994). Used inside
 * core only. */
#ifndef GUICHET_CORE_ORDINAL_SUMS_H
#define GUICHET_CORE_ORDINAL_SUMS_H

#include <stdint.h>

#include "core/limits.h"

struct ordinal_sums {
    uint32_t highest; /* ordinal ever added to; 0: all counts are 0 */
    uint32_t total;
    uint32_t nodes[TICKETS_PER_DAY_MAX + 1]; /* [i]: sum of the i & -i counts up to i */
};

/* Add `change` (1 or -1) to the count of an ordinal, 1 to TICKETS_PER_DAY_MAX. No count
 * goes below 0. */
void ordinal_sums_add(struct ordinal_sums *sums, uint32_t ordinal, int32_t change);

/* Sum of the counts of ordinals 1 to `ordinal`, 0 to TICKETS_PER_DAY_MAX. */
uint32_t ordinal_sums_up_to(const struct ordinal_sums *sums, uint32_t ordinal);

/* Every count is 0 again; touches only what was in use. */
void ordinal_sums_clear(struct ordinal_sums *sums);

#endif
