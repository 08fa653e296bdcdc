/* Profiles of agents, what windows do by themselves and what stands in for what, as JSON;
 * see site_body_parts.h. Left out where there are none. */
#include "journal/site_body_parts.h"

/* A list of {service, by}, in the order in which they stand in. */
static void put_fallbacks(struct text *body, const struct site *site)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < site->service_count; i++) {
        const struct service *service = &site->services[i];
        for (uint32_t k = 0; k < service->fallback_count; k++) {
            if (count == 0) {
                site_put_key(body, "fallbacks");
                text_add_string(body, "[");
            }
            site_put_element(body, count);
            count++;
            site_put_string(body, "service", service->id);
            site_put_string(body, "by", site->services[service->fallbacks[k]].id);
            text_add_string(body, "}");
        }
    }
    text_add_string(body, count > 0 ? "]" : "");
}

void site_put_skills(struct text *body, const struct site *site,
                     const struct site_skills *skills)
{
    if (skills->second != 0) {
        site_put_services(body, "second", site, skills->second);
    }
    if (skills->languages != 0) {
        site_put_count(body, "languages", skills->languages);
    }
}

void site_read_skills(struct fields *fields, const struct site *site,
                      struct site_skills *ret_skills)
{
    ret_skills->second =
        fields_has(fields, "second") ? site_read_services(fields, "second", site) : 0;
    ret_skills->languages =
        fields_count_if_any(fields, "languages", (1U << LANGUAGE_COUNT) - 1U);
}

static void put_yes(struct text *body, const char *key, bool value)
{
    if (value) {
        site_put_key(body, key);
        text_add_string(body, "true");
    }
}

static void put_seconds(struct text *body, const char *key, uint32_t seconds)
{
    if (seconds != 0) {
        site_put_count(body, key, seconds);
    }
}

static uint32_t read_service(struct fields *fields, const struct site *site,
                             const char *name)
{
    const char *id = fields_text(fields, name);
    uint32_t service = site_find_service(site, id);
    if (service == SITE_NONE) {
        fields_fail(fields, "'%s' names '%s', which the site does not have", name, id);
        return 0;
    }
    return service;
}

static void read_fallbacks(struct fields *fields, struct site *ret_site)
{
    json_t *list = NULL;
    uint32_t count =
        site_read_list(fields, "fallbacks", (size_t)SERVICES_MAX * FALLBACKS_MAX, &list);
    for (uint32_t i = 0; i < count; i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(list, i), &err);
        struct service *service =
            &ret_site->services[read_service(&part, ret_site, "service")];
        uint32_t by = read_service(&part, ret_site, "by");
        if (service->fallback_count == FALLBACKS_MAX) {
            fields_fail(&part, "more than %d stand in for one service", FALLBACKS_MAX);
        } else {
            service->fallbacks[service->fallback_count] = by;
            service->fallback_count++;
        }
        site_part_end(fields, &part, "fallback", i);
    }
}

void site_put_profiles(struct text *body, const struct site *site)
{
    if (site->services_per_visit > 1) {
        site_put_count(body, "services_per_visit", site->services_per_visit);
    }
    if (site->burst_tickets != 0) {
        site_put_count(body, "burst_tickets", site->burst_tickets);
        site_put_count(body, "burst_seconds", site->burst_seconds);
    }
    if (site->best_first_s != BEST_FIRST_S_DEFAULT) {
        site_put_count(body, "best_first_s", site->best_first_s);
    }
    put_yes(body, "sign_in", site->sign_in);
    put_yes(body, "choice_needs_reason", site->choice_needs_reason);
    put_seconds(body, "auto_call_s", site->auto_call_s);
    put_seconds(body, "auto_start_s", site->auto_start_s);
    put_fallbacks(body, site);
    for (uint32_t i = 0; i < site->profile_count; i++) {
        const struct site_profile *profile = &site->profiles[i];
        if (i == 0) {
            site_put_key(body, "profiles");
        }
        text_add_string(body, i == 0 ? "[" : "");
        site_put_element(body, i);
        site_put_string(body, "id", profile->id);
        site_put_name(body, "name", &profile->name);
        site_put_services(body, "services", site, profile->services);
        site_put_policy(body, site, profile->policy);
        site_put_skills(body, site, &profile->skills);
        text_add_string(body, i + 1 == site->profile_count ? "}]" : "}");
    }
}

void site_read_profiles(struct fields *fields, struct site *ret_site)
{
    ret_site->services_per_visit =
        fields_count_if_any(fields, "services_per_visit", 1 + FURTHER_MAX);
    ret_site->burst_tickets =
        fields_count_if_any(fields, "burst_tickets", BURST_TICKETS_MAX);
    ret_site->burst_seconds =
        fields_count_if_any(fields, "burst_seconds", BURST_SECONDS_MAX);
    ret_site->best_first_s =
        fields_has(fields, "best_first_s")
            ? fields_count_if_any(fields, "best_first_s", BEST_FIRST_S_MAX)
            : BEST_FIRST_S_DEFAULT;
    ret_site->sign_in = fields_has(fields, "sign_in") && fields_bool(fields, "sign_in");
    ret_site->choice_needs_reason = fields_has(fields, "choice_needs_reason") &&
                                    fields_bool(fields, "choice_needs_reason");
    ret_site->auto_call_s = fields_count_if_any(fields, "auto_call_s", AUTO_S_MAX);
    ret_site->auto_start_s = fields_count_if_any(fields, "auto_start_s", AUTO_S_MAX);
    if (fields_has(fields, "fallbacks")) {
        read_fallbacks(fields, ret_site);
    }
    json_t *list = NULL;
    if (!fields_has(fields, "profiles")) {
        return;
    }
    ret_site->profile_count = site_read_list(fields, "profiles", PROFILES_MAX, &list);
    for (uint32_t i = 0; i < ret_site->profile_count; i++) {
        struct error err;
        struct fields part;
        struct site_profile *profile = &ret_site->profiles[i];
        fields_init(&part, json_array_get(list, i), &err);
        fields_copy(&part, "id", profile->id, sizeof(profile->id));
        site_read_name(&part, "name", &profile->name);
        profile->services = site_read_services(&part, "services", ret_site);
        profile->policy = site_read_policy(&part, ret_site);
        site_read_skills(&part, ret_site, &profile->skills);
        site_part_end(fields, &part, "profile", i);
    }
}
