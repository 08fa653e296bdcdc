/* How long services take at this site, learnt from finished tickets and held back by the
 * typical length that the site declares, so that the first tickets of a new service do
 * not swing the estimates. */
#ifndef GUICHET_FIGURES_PACE_H
#define GUICHET_FIGURES_PACE_H

#include <stdint.h>

#include "core/site.h"

/* The declared typical length counts like this many observed services
 * (docs/statistics.md, "Estimated wait"). */
#define PACE_TYPICAL_WEIGHT 20

/* Longest service that counts: a ticket left open over lunch says nothing of the work. */
#define PACE_LENGTH_MS_MAX (INT64_C(4) * 3600 * 1000)

struct pace;

/* A pace that has seen nothing. NULL when there is no memory. */
struct pace *pace_create(void);

/* Accepts NULL. */
void pace_destroy(struct pace *pace);

/* Forget everything, for a new configuration whose services have other indexes. */
void pace_reset(struct pace *pace);

/* One finished service of `service` (index) that took `length_ms` from start to finish,
 * both pressed and not imputed. Lengths below zero or above PACE_LENGTH_MS_MAX are left
 * out. */
void pace_add(struct pace *pace, uint32_t service, int64_t length_ms);

/* Services observed. */
uint32_t pace_count(const struct pace *pace, uint32_t service);

/* Mean length in seconds over the services in `services` (bit i: site->services[i]),
 * each with its observed lengths and PACE_TYPICAL_WEIGHT times its typical one:
 * sum of (n x mean + 20 x typical) / sum of (n + 20). Above 0; at least one bit that the
 * site has is set. */
double pace_mean_s(const struct pace *pace, const struct site *site, uint64_t services);

#endif
