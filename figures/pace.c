/* Counts and sums of observed lengths; see pace.h. */
#include "figures/pace.h"

#include <assert.h>
#include <stdlib.h>

/* A mean that is zero or nearly so would promise that nobody waits. */
#define MEAN_S_MIN 1.0

struct pace {
    uint32_t counts[SERVICES_MAX];
    double sums_s[SERVICES_MAX];
};

struct pace *pace_create(void)
{
    return calloc(1, sizeof(struct pace));
}

void pace_destroy(struct pace *pace)
{
    free(pace);
}

void pace_reset(struct pace *pace)
{
    *pace = (struct pace){0};
}

void pace_add(struct pace *pace, uint32_t service, int64_t length_ms)
{
    assert(service < SERVICES_MAX);
    if (length_ms < 0 || length_ms > PACE_LENGTH_MS_MAX) {
        return;
    }
    pace->counts[service]++;
    pace->sums_s[service] += (double)length_ms / 1000.0;
}

uint32_t pace_count(const struct pace *pace, uint32_t service)
{
    assert(service < SERVICES_MAX);
    return pace->counts[service];
}

double pace_mean_s(const struct pace *pace, const struct site *site, uint64_t services)
{
    double weight = 0.0;
    double sum_s = 0.0;
    for (uint32_t i = 0; i < site->service_count; i++) {
        if ((services >> i & 1U) == 0) {
            continue;
        }
        weight += (double)pace->counts[i] + PACE_TYPICAL_WEIGHT;
        sum_s += pace->sums_s[i] +
                 PACE_TYPICAL_WEIGHT * (double)site->services[i].typical_service_s;
    }
    assert(weight > 0.0);
    double mean_s = sum_s / weight;
    return mean_s > MEAN_S_MIN ? mean_s : MEAN_S_MIN;
}
