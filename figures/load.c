/* See load.h. */
#include "figures/load.h"

#include <assert.h>
#include <math.h>

/* Nothing that a service or a person's patience lasts is longer than a week. */
#define LENGTH_S_MAX 604800.0

static const char *const law_names[] = {
    [LAW_NONE] = "none",
    [LAW_CONSTANT] = "constant",
    [LAW_EXPONENTIAL] = "exponential",
    [LAW_LOG_NORMAL] = "log-normal",
    [LAW_GAMMA] = "gamma",
};
static_assert(sizeof(law_names) / sizeof(law_names[0]) == LAW_KIND_COUNT,
              "every law has a name");

const char *law_name(enum law_kind kind)
{
    assert(kind < LAW_KIND_COUNT);
    return law_names[kind];
}

/* The log-normal law whose logarithm has the variance ln(1 + cv²) has this cv; its mean
 * is exp(mu + variance / 2). */
static double draw_log_normal(const struct law *law, struct random *random)
{
    double variance = log1p(law->cv * law->cv);
    double mu = log(law->mean_s) - variance / 2.0;
    return exp(mu + sqrt(variance) * random_normal(random));
}

int64_t law_draw_ms(const struct law *law, struct random *random)
{
    assert(law->kind != LAW_NONE && law->kind < LAW_KIND_COUNT && law->mean_s > 0.0);
    double length_s = law->mean_s;
    if (law->kind == LAW_EXPONENTIAL) {
        length_s *= random_exponential(random);
    } else if (law->kind == LAW_LOG_NORMAL) {
        length_s = draw_log_normal(law, random);
    } else if (law->kind == LAW_GAMMA) {
        double shape = 1.0 / (law->cv * law->cv);
        length_s *= random_gamma(random, shape) / shape;
    }
    length_s = length_s < LENGTH_S_MAX ? length_s : LENGTH_S_MAX;
    return (int64_t)llround(length_s * 1000.0);
}

bool load_group_serves(const struct load *load, const struct site *site, uint32_t group,
                       uint32_t service)
{
    assert(group < load->group_count && service < site->service_count);
    const struct load_group *place = &load->groups[group];
    for (uint32_t i = 0; i < place->counter_count; i++) {
        if ((site->counters[place->counters[i]].services >> service & 1U) != 0) {
            return true;
        }
    }
    return false;
}

struct load_duty load_duty_at(const struct load *load, uint32_t group, uint32_t minute)
{
    assert(group < load->group_count && load->period_count > 0);
    uint32_t period = 0;
    while (period + 1 < load->period_count && minute >= load->periods[period].to_minute) {
        period++;
    }
    struct load_duty duty = {.staff = load->groups[group].staff[period]};
    for (uint32_t i = 0; i < load->break_count; i++) {
        const struct load_break *pause = &load->breaks[i];
        if (pause->group == group && minute >= pause->from_minute &&
            minute < pause->to_minute) {
            duty.on_break += pause->counters;
        }
    }
    duty.on_break = duty.on_break < duty.staff ? duty.on_break : duty.staff;
    return duty;
}
