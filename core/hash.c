/* Numbers, texts and the site in the hash of the state; see hash.h. */
#include "core/hash.h"

#include <assert.h>

#define FNV_PRIME 0x100000001B3U

static void add_byte(uint64_t *hash, uint8_t byte)
{
    *hash = (*hash ^ byte) * FNV_PRIME;
}

void hash_number(uint64_t *hash, int64_t number)
{
    uint64_t bits = (uint64_t)number;
    for (uint32_t i = 0; i < 8; i++) {
        add_byte(hash, (uint8_t)(bits >> (8 * i)));
    }
}

void hash_text(uint64_t *hash, const char *text)
{
    assert(text);
    for (; *text != '\0'; text++) {
        add_byte(hash, (uint8_t)*text);
    }
    add_byte(hash, 0);
}

void hash_name(uint64_t *hash, const struct site_name *name)
{
    assert(hash && name);
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        hash_text(hash, name->in[i]);
    }
}

void hash_detail(uint64_t *hash, const struct site_detail *detail)
{
    assert(hash && detail);
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        hash_text(hash, detail->in[i]);
    }
}

static void add_service(uint64_t *hash, const struct service *service)
{
    assert(service->letter[0] != '\0');
    hash_text(hash, service->id);
    hash_text(hash, service->letter);
    hash_number(hash, service->color_rgb);
    hash_name(hash, &service->name);
    hash_name(hash, &service->short_name);
    hash_detail(hash, &service->detail);
    hash_number(hash, service->standard_wait_s);
    hash_number(hash, service->standard_share_percent);
    hash_number(hash, service->typical_service_s);
    hash_number(hash, service->first_number);
    if (service->readmit_within_s != 0) { /* absent from older journals */
        hash_number(hash, service->readmit_within_s);
    }
    for (uint32_t day = 0; day < 7; day++) {
        for (uint32_t i = 0; i < HOURS_PER_DAY_MAX; i++) {
            hash_number(hash, service->hours.day[day][i].from_minute);
            hash_number(hash, service->hours.day[day][i].to_minute);
        }
    }
}

static void add_devices(uint64_t *hash, const struct device *devices, uint32_t count)
{
    assert(count <= DEVICES_PER_KIND_MAX);
    hash_number(hash, count);
    for (uint32_t i = 0; i < count; i++) {
        hash_text(hash, devices[i].id);
        hash_number(hash, devices[i].place);
    }
}

/* Kinds that older sites did not have: without one nothing is added, and each is told
 * from the other. */
static void add_posts(uint64_t *hash, uint32_t kind, const struct device *devices,
                      uint32_t count)
{
    if (count > 0) {
        hash_number(hash, kind);
        add_devices(hash, devices, count);
    }
}

static void add_site_lists(uint64_t *hash, const struct site *site)
{
    assert(site->service_count >= 1 && site->class_count >= 1);
    hash_number(hash, site->hall_count);
    for (uint32_t i = 0; i < site->hall_count; i++) {
        hash_text(hash, site->halls[i].id);
        hash_name(hash, &site->halls[i].name);
    }
    hash_number(hash, site->service_count);
    for (uint32_t i = 0; i < site->service_count; i++) {
        add_service(hash, &site->services[i]);
    }
    hash_number(hash, site->counter_count);
    for (uint32_t i = 0; i < site->counter_count; i++) {
        const struct counter_place *counter = &site->counters[i];
        hash_text(hash, counter->id);
        hash_name(hash, &counter->name);
        hash_text(hash, counter->label);
        hash_number(hash, counter->hall);
        hash_number(hash, (int64_t)counter->services);
    }
    hash_number(hash, site->class_count);
    for (uint32_t i = 0; i < site->class_count; i++) {
        hash_text(hash, site->classes[i].id);
        hash_name(hash, &site->classes[i].name);
        hash_number(hash, site->classes[i].head_start_s);
        hash_number(hash, site->classes[i].at_kiosk);
    }
}

void hash_site(uint64_t *hash, const struct site *site)
{
    assert(site->time_zone[0] != '\0');
    hash_text(hash, site->id);
    hash_name(hash, &site->name);
    hash_text(hash, site->time_zone);
    hash_number(hash, site->day_change_minutes);
    hash_number(hash, site->no_show_within_s);
    hash_number(hash, site->call_chosen);
    hash_number(hash, site->wrap_up);
    hash_detail(hash, &site->notice);
    add_site_lists(hash, site);
    add_devices(hash, site->kiosks, site->kiosk_count);
    add_devices(hash, site->displays, site->display_count);
    add_devices(hash, site->buttons, site->button_count);
    add_devices(hash, site->sources, site->source_count);
    add_posts(hash, 1, site->receptions, site->reception_count);
    add_posts(hash, 2, site->supervisors, site->supervisor_count);
}

/* What only a site with policies has; left out where it is not used, so that journals of
 * sites without keep their hashes. */
void hash_policies(uint64_t *hash, const struct site *site)
{
    assert(site->policy_count <= POLICIES_MAX);
    for (uint32_t i = 0; i < site->policy_count; i++) {
        const struct site_policy *policy = &site->policies[i];
        hash_text(hash, policy->id);
        hash_number(hash, policy->rule);
        hash_number(hash, policy->place_count);
        for (uint32_t k = 0; k < policy->place_count; k++) {
            hash_number(hash, policy->places[k].service);
            hash_number(hash, policy->places[k].turns);
        }
        hash_number(hash, policy->condition_count);
        for (uint32_t k = 0; k < policy->condition_count; k++) {
            hash_number(hash, policy->conditions[k].service);
            hash_number(hash, policy->conditions[k].over_s);
        }
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (site->counters[i].policy != 0) {
            hash_number(hash, i);
            hash_number(hash, site->counters[i].policy);
        }
    }
    for (uint32_t i = 0; i < site->class_count; i++) {
        uint32_t weight = site->classes[i].weight_percent;
        if ((weight != 0 && weight != 100) || site->classes[i].is_emergency) {
            hash_number(hash, i);
            hash_number(hash, weight == 0 ? 100 : weight);
            hash_number(hash, site->classes[i].is_emergency);
        }
        if (site->classes[i].is_seated) {
            hash_number(hash, i);
        }
    }
    if (site->policy != 0 || site->overtaken_max != 0) {
        hash_number(hash, site->policy);
        hash_number(hash, site->overtaken_max);
    }
}

/* What only a site has that limits its opening; left out for others, as above. */
void hash_opening(uint64_t *hash, const struct site *site)
{
    for (uint32_t i = 0; i < site->closed_date_count; i++) {
        hash_number(hash, site->closed_dates[i]);
    }
    for (uint32_t i = 0; i < site->service_count; i++) {
        const struct service *service = &site->services[i];
        for (uint32_t k = 0; k < service->dated_count; k++) {
            hash_number(hash, i);
            hash_number(hash, service->dated[k].date);
            for (uint32_t n = 0; n < HOURS_PER_DAY_MAX; n++) {
                hash_number(hash, service->dated[k].ranges[n].from_minute);
                hash_number(hash, service->dated[k].ranges[n].to_minute);
            }
        }
        if (service->tickets_before_s != 0 || service->tickets_per_day != 0 ||
            service->last_ticket != LAST_TICKET_NONE) {
            hash_number(hash, i);
            hash_number(hash, service->tickets_before_s);
            hash_number(hash, service->tickets_per_day);
            hash_number(hash, service->last_ticket);
        }
        if (service->readmit_after != 0 || service->fallback_count != 0) {
            hash_number(hash, i);
            hash_number(hash, service->readmit_after);
            for (uint32_t k = 0; k < service->fallback_count; k++) {
                hash_number(hash, service->fallbacks[k]);
            }
        }
        if (service->calls_before_no_show > 1 || service->call_gap_s != 0) {
            hash_number(hash, i);
            hash_number(hash, service->calls_before_no_show);
            hash_number(hash, service->call_gap_s);
        }
    }
}

/* Left out where everybody is best at everything. */
void hash_skills(uint64_t *hash, const struct site *site)
{
    for (uint32_t i = 0; i < site->counter_count + site->profile_count; i++) {
        const struct site_skills *skills =
            i < site->counter_count ? &site->counters[i].skills
                                    : &site->profiles[i - site->counter_count].skills;
        if (skills->second != 0 || skills->languages != 0) {
            hash_number(hash, i);
            hash_number(hash, (int64_t)skills->second);
            hash_number(hash, skills->languages);
            hash_number(hash, site->best_first_s);
        }
    }
}
