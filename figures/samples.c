/* See samples.h. */
#include "figures/samples.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void samples_finish(struct samples *samples)
{
    free(samples->values_ms);
    *samples = (struct samples){0};
}

static enum status reserve(struct samples *samples, size_t count, struct error *err)
{
    if (count <= samples->capacity) {
        return OK;
    }
    size_t capacity = samples->capacity > 0 ? samples->capacity : 32;
    while (capacity < count) {
        capacity *= 2;
    }
    int64_t *values_ms = realloc(samples->values_ms, capacity * sizeof(*values_ms));
    if (!values_ms) {
        return error_set(err, ERR_LIMIT, "out of memory for %zu samples", count);
    }
    samples->values_ms = values_ms;
    samples->capacity = capacity;
    return OK;
}

enum status samples_add(struct samples *samples, int64_t value_ms, struct error *err)
{
    assert(value_ms >= 0);
    enum status status = reserve(samples, samples->count + 1, err);
    if (status != OK) {
        return status;
    }
    samples->values_ms[samples->count] = value_ms;
    samples->count++;
    samples->is_sorted = false;
    return OK;
}

enum status samples_merge(struct samples *samples, const struct samples *from,
                          struct error *err)
{
    if (from->count == 0) {
        return OK;
    }
    enum status status = reserve(samples, samples->count + from->count, err);
    if (status != OK) {
        return status;
    }
    memcpy(samples->values_ms + samples->count, from->values_ms,
           from->count * sizeof(*from->values_ms));
    samples->count += from->count;
    samples->is_sorted = false;
    return OK;
}

double samples_mean_ms(const struct samples *samples)
{
    if (samples->count == 0) {
        return 0.0;
    }
    int64_t sum_ms = 0;
    for (size_t i = 0; i < samples->count; i++) {
        sum_ms += samples->values_ms[i];
    }
    return (double)sum_ms / (double)samples->count;
}

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

int64_t samples_percentile_ms(struct samples *samples, uint32_t percent)
{
    assert(percent >= 1 && percent <= 100);
    if (samples->count == 0) {
        return 0;
    }
    if (!samples->is_sorted) {
        qsort(samples->values_ms, samples->count, sizeof(*samples->values_ms), compare);
        samples->is_sorted = true;
    }
    size_t rank = (samples->count * percent + 99) / 100; /* from 1 */
    return samples->values_ms[rank - 1];
}

int64_t samples_maximum_ms(const struct samples *samples)
{
    int64_t maximum_ms = 0;
    for (size_t i = 0; i < samples->count; i++) {
        if (samples->values_ms[i] > maximum_ms) {
            maximum_ms = samples->values_ms[i];
        }
    }
    return maximum_ms;
}
