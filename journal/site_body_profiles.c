/* Profiles of agents as JSON; see site_body_parts.h. Left out where there are none. */
#include "journal/site_body_parts.h"

void site_put_profiles(struct text *body, const struct site *site)
{
    if (site->sign_in) {
        site_put_key(body, "sign_in");
        text_add_string(body, "true");
    }
    for (uint32_t i = 0; i < site->profile_count; i++) {
        const struct site_profile *profile = &site->profiles[i];
        if (i == 0) {
            site_put_key(body, "profiles");
        }
        text_add_string(body, i == 0 ? "[" : "");
        site_put_element(body, i);
        site_put_string(body, "id", profile->id);
        site_put_name(body, "name", &profile->name);
        site_put_services(body, site, profile->services);
        site_put_policy(body, site, profile->policy);
        text_add_string(body, i + 1 == site->profile_count ? "}]" : "}");
    }
}

void site_read_profiles(struct fields *fields, struct site *ret_site)
{
    ret_site->sign_in = fields_has(fields, "sign_in") && fields_bool(fields, "sign_in");
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
        profile->services = site_read_services(&part, ret_site);
        profile->policy = site_read_policy(&part, ret_site);
        site_part_end(fields, &part, "profile", i);
    }
}
