/* Policies of a site as JSON; see site_body_parts.h. Services are named by id. */
#include "journal/site_body_parts.h"

#include <assert.h>
#include <inttypes.h>

/* Services by id, as a list. */
static void put_policy_places(struct text *body, const struct site *site,
                              const struct site_policy *policy)
{
    site_put_key(body, "services");
    for (uint32_t i = 0; i < policy->place_count; i++) {
        const struct policy_place *place = &policy->places[i];
        text_add(body, "%s\"%s\"", i == 0 ? "[" : ",", site->services[place->service].id);
    }
    text_add_string(body, policy->place_count == 0 ? "[]" : "]");
    if (policy->rule == POLICY_RATIO) {
        site_put_key(body, "turns");
        for (uint32_t i = 0; i < policy->place_count; i++) {
            text_add(body, "%s%" PRIu32, i == 0 ? "[" : ",", policy->places[i].turns);
        }
        text_add_string(body, "]");
    }
}

void site_put_policies(struct text *body, const struct site *site)
{
    site_put_key(body, "policies");
    text_add_string(body, "[");
    for (uint32_t i = 0; i < site->policy_count; i++) {
        const struct site_policy *policy = &site->policies[i];
        site_put_element(body, i);
        site_put_string(body, "id", policy->id);
        site_put_string(body, "rule", policy_rule_name(policy->rule));
        put_policy_places(body, site, policy);
        site_put_key(body, "when");
        text_add_string(body, "[");
        for (uint32_t k = 0; k < policy->condition_count; k++) {
            const struct policy_condition *condition = &policy->conditions[k];
            site_put_element(body, k);
            site_put_string(body, "service", site->services[condition->service].id);
            site_put_count(body, "over_s", condition->over_s);
            text_add_string(body, "}");
        }
        text_add_string(body, "]}");
    }
    text_add_string(body, "]");
}

void site_put_policy(struct text *body, const struct site *site, uint32_t policy)
{
    assert(policy <= site->policy_count);
    if (policy != 0) {
        site_put_string(body, "policy", site->policies[policy - 1].id);
    }
}

uint32_t site_read_policy(struct fields *fields, const struct site *site)
{
    if (!fields_has(fields, "policy")) {
        return 0;
    }
    const char *id = fields_text(fields, "policy");
    uint32_t policy = site_find_policy(site, id);
    if (policy == SITE_NONE) {
        fields_fail(fields, "the site has no policy '%s'", id);
        return 0;
    }
    return policy + 1;
}

static uint32_t read_service_id(struct fields *fields, const struct site *site,
                                const char *id)
{
    uint32_t service = id ? site_find_service(site, id) : SITE_NONE;
    if (service == SITE_NONE) {
        fields_fail(fields, "a policy names a service that the site does not have");
        return 0;
    }
    return service;
}

static void read_policy_places(struct fields *fields, const struct site *site,
                               struct site_policy *ret_policy)
{
    json_t *services = NULL;
    json_t *turns = NULL;
    ret_policy->place_count = site_read_list(fields, "services", SERVICES_MAX, &services);
    if (ret_policy->rule == POLICY_RATIO &&
        site_read_list(fields, "turns", SERVICES_MAX, &turns) !=
            ret_policy->place_count) {
        fields_fail(fields, "'turns' and 'services' are not equally long");
    }
    for (uint32_t i = 0; i < ret_policy->place_count; i++) {
        const char *id = json_string_value(json_array_get(services, i));
        ret_policy->places[i].service = read_service_id(fields, site, id);
        json_int_t count = turns ? json_integer_value(json_array_get(turns, i)) : 0;
        ret_policy->places[i].turns =
            count < 0 || count > TURNS_MAX ? TURNS_MAX + 1U : (uint32_t)count;
    }
}

static void read_one_policy(struct fields *fields, const struct site *site,
                            struct site_policy *ret_policy)
{
    fields_copy(fields, "id", ret_policy->id, sizeof(ret_policy->id));
    uint32_t rule = policy_rule_find(fields_text(fields, "rule"));
    ret_policy->rule =
        (enum policy_rule)fields_named(fields, "rule", rule, POLICY_RULE_COUNT);
    read_policy_places(fields, site, ret_policy);
    json_t *list = NULL;
    ret_policy->condition_count = site_read_list(fields, "when", CONDITIONS_MAX, &list);
    for (uint32_t i = 0; i < ret_policy->condition_count; i++) {
        struct policy_condition *condition = &ret_policy->conditions[i];
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(list, i), &err);
        condition->service = read_service_id(&part, site, fields_text(&part, "service"));
        condition->over_s = fields_count(&part, "over_s", HEAD_START_S_MAX);
        site_part_end(fields, &part, "condition", i);
    }
}

void site_read_policies(struct fields *fields, struct site *ret_site)
{
    json_t *list = NULL;
    if (fields_has(fields, "policies")) {
        ret_site->policy_count = site_read_list(fields, "policies", POLICIES_MAX, &list);
    }
    for (uint32_t i = 0; i < ret_site->policy_count; i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(list, i), &err);
        read_one_policy(&part, ret_site, &ret_site->policies[i]);
        site_part_end(fields, &part, "policy", i);
    }
    ret_site->policy = site_read_policy(fields, ret_site);
    ret_site->overtaken_max = fields_count_if_any(fields, "overtaken_max", OVERTAKEN_MAX);
}
