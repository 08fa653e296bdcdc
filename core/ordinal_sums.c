/* See ordinal_sums.h. */
#include "core/ordinal_sums.h"

#include <assert.h>
#include <string.h>

void ordinal_sums_add(struct ordinal_sums *sums, uint32_t ordinal, int32_t change)
{
    assert(ordinal >= 1 && ordinal <= TICKETS_PER_DAY_MAX);
    assert(change == 1 || (change == -1 && sums->total > 0));
    for (uint32_t i = ordinal; i <= TICKETS_PER_DAY_MAX; i += i & (0U - i)) {
        sums->nodes[i] += (uint32_t)change;
    }
    sums->total += (uint32_t)change;
    if (ordinal > sums->highest) {
        sums->highest = ordinal;
    }
}

uint32_t ordinal_sums_up_to(const struct ordinal_sums *sums, uint32_t ordinal)
{
    assert(ordinal <= TICKETS_PER_DAY_MAX);
    uint32_t sum = 0;
    for (uint32_t i = ordinal; i > 0; i -= i & (0U - i)) {
        sum += sums->nodes[i];
    }
    assert(sum <= sums->total);
    return sum;
}

/* A node above the highest ordinal that covers a lower one covers the highest, too: it is
 * on the way of the highest. */
void ordinal_sums_clear(struct ordinal_sums *sums)
{
    assert(sums->highest <= TICKETS_PER_DAY_MAX);
    if (sums->highest == 0) {
        return;
    }
    memset(&sums->nodes[1], 0, sums->highest * sizeof(sums->nodes[0]));
    for (uint32_t i = sums->highest; i <= TICKETS_PER_DAY_MAX; i += i & (0U - i)) {
        sums->nodes[i] = 0;
    }
    sums->highest = 0;
    sums->total = 0;
}
