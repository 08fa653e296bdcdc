/* The Erlang estimate; see estimate.h. */
#include "figures/estimate.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "figures/erlang.h"

/* The open counters that serve a service and what else they serve. */
struct manned {
    uint32_t counter_count;
    bool has_free;
    uint64_t services;
};

static struct manned find_manned(const struct queue *queue, uint32_t service)
{
    const struct site *site = queue_site(queue);
    struct manned manned = {0};
    for (uint32_t i = 0; i < site->counter_count; i++) {
        uint64_t services = queue_counter_services(queue, i);
        enum counter_state state = queue_counter(queue, i)->state;
        if ((services >> service & 1U) == 0 || !counter_state_is_open(state)) {
            continue;
        }
        manned.counter_count++;
        manned.services |= services;
        manned.has_free = manned.has_free || state == COUNTER_FREE;
    }
    return manned;
}

/* Seconds, rounded up so that rounding never promises less. */
static uint32_t whole_seconds(double seconds)
{
    if (!(seconds < QUOTE_S_MAX)) {
        return QUOTE_S_MAX;
    }
    /* Without this a computed 600.0000000001 would be quoted as 601. */
    return (uint32_t)ceil(seconds - 1e-6);
}

void estimate_fill(struct quote *quote, uint32_t ahead, double rate_per_s)
{
    assert(rate_per_s > 0.0);
    uint32_t k = ahead + 1;
    quote->mean_s = whole_seconds((double)k / rate_per_s);
    quote->p50_s = whole_seconds(erlang_quantile(k, 0.5) / rate_per_s);
    quote->p80_s = whole_seconds(erlang_quantile(k, 0.8) / rate_per_s);
    quote->p90_s = whole_seconds(erlang_quantile(k, 0.9) / rate_per_s);
}

void estimate_quote(const struct queue *queue, const struct pace *pace, uint32_t service,
                    uint32_t class_index, int64_t now_ms, struct quote *ret_quote)
{
    const struct site *site = queue_site(queue);
    assert(service < site->service_count && class_index < site->class_count);
    struct manned manned = find_manned(queue, service);
    uint64_t lines = manned.services | UINT64_C(1) << service;
    struct quote quote = {.open_counters = manned.counter_count};
    for (uint32_t i = 0; i < site->service_count; i++) {
        if ((lines >> i & 1U) != 0) {
            quote.ahead += queue_people_ahead(queue, i, class_index, now_ms);
        }
    }
    quote.is_given = manned.counter_count > 0;
    if (quote.is_given && (quote.ahead > 0 || !manned.has_free)) {
        double mean_s = pace_mean_s(pace, site, lines);
        estimate_fill(&quote, quote.ahead, (double)manned.counter_count / mean_s);
    }
    *ret_quote = quote;
}
