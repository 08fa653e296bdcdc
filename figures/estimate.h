/* How long somebody who takes a ticket now will wait. First honest version: the people
 * who stand before, and oneself, are served one after the other by the open counters, and
 * each service takes an exponential time. The wait is then Erlang distributed with
 * k = ahead + 1 steps at the rate (open counters / mean service). What it leaves out is
 * said in docs/statistics.md; how often it is right stands in every report. */
#ifndef GUICHET_FIGURES_ESTIMATE_H
#define GUICHET_FIGURES_ESTIMATE_H

#include <stdint.h>

#include "core/queue.h"
#include "core/ticket.h"
#include "figures/pace.h"

/* What a ticket of `service` (index) and priority class `class_index` taken at office
 * time `now_ms` is quoted.
 *
 * `ahead` counts the waiting tickets that would be called before it, head starts of
 * priority classes counted, in its own line and in those that share an open counter with
 * it. `open_counters` are those that serve the service. Without an open counter
 * `is_given` is false and the seconds are 0: the position alone is known. When nobody is
 * ahead and a counter for the service is free, the seconds are 0 and `is_given` is true.
 * Seconds are rounded up and at most QUOTE_S_MAX.
 *
 * `ahead` is exact for a rule that calls by the longest wait: `longest-wait`, and `share`
 * among services of one standard without weights. Elsewhere it approximates: under
 * `share` a service with a short standard is called before its people's arrival alone
 * says, and under `order`, `ratio` and conditions so is a preferred one; the quote is
 * then too long for them and too short for the others.
 *
 * Cheap enough for every ticket and every board: it looks at each counter once and at the
 * ends of lines only; people with a head start cost a walk past those they overtake. */
void estimate_quote(const struct queue *queue, const struct pace *pace, uint32_t service,
                    uint32_t class_index, int64_t now_ms, struct quote *ret_quote);

/* Fill mean and quantiles for `ahead` people before at `rate_per_s` (> 0) endings of
 * service a second. */
void estimate_fill(struct quote *quote, uint32_t ahead, double rate_per_s);

#endif
