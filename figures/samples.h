/* A growing set of lengths of time, of which mean, percentiles and maximum are asked.
 * Groups are joined by joining their samples: means and percentiles of groups are never
 * averaged. */
#ifndef GUICHET_FIGURES_SAMPLES_H
#define GUICHET_FIGURES_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* Zeroed is empty and ready for use. */
struct samples {
    int64_t *values_ms;
    size_t count;
    size_t capacity;
    bool is_sorted;
};

/* Free the memory and be empty again. */
void samples_finish(struct samples *samples);

/* Add one length (>= 0). ERR_LIMIT when there is no memory. */
enum status samples_add(struct samples *samples, int64_t value_ms, struct error *err);

/* Add all of `from`. */
enum status samples_merge(struct samples *samples, const struct samples *from,
                          struct error *err);

/* Arithmetic mean; 0 when empty. */
double samples_mean_ms(const struct samples *samples);

/* Percentile by nearest rank: the smallest value with at least `percent` (1 to 100) of
 * the samples at or below it; 0 when empty. Sorts the samples once. */
int64_t samples_percentile_ms(struct samples *samples, uint32_t percent);

/* The largest; 0 when empty. */
int64_t samples_maximum_ms(const struct samples *samples);

#endif
