/* See load.h. */
#include "figures/load.h"

#include <assert.h>
#include <stdlib.h>

void load_finish(struct load *load)
{
    for (uint32_t i = 0; i < load->list_count; i++) {
        free(load->lists[i].numbers);
    }
    load->list_count = 0;
}

uint32_t load_period_at(const struct load *load, double minute)
{
    assert(load->period_count > 0);
    uint32_t period = 0;
    while (period + 1 < load->period_count &&
           minute >= (double)load->periods[period].to_minute) {
        period++;
    }
    return period;
}

uint32_t load_find_service(const struct load *load, uint32_t service)
{
    for (uint32_t i = 0; i < load->service_count; i++) {
        if (load->services[i].service == service) {
            return i;
        }
    }
    return SITE_NONE;
}

bool load_group_serves(const struct load *load, const struct site *site, uint32_t group,
                       uint32_t service)
{
    assert(group < load->group_count && service < site->service_count);
    const struct load_group *place = &load->groups[group];
    if (place->profile != 0) {
        uint64_t services = site->profiles[place->profile - 1].services;
        return place->counter_count > 0 && (services >> service & 1U) != 0;
    }
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
    uint32_t period = load_period_at(load, (double)minute);
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
