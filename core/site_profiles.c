/* Profiles of agents; see site.h. */
#include "core/site_parts.h"

#include <assert.h>

static struct id_list profile_ids(const struct site *site)
{
    assert(site->profile_count <= PROFILES_MAX);
    return (struct id_list){site->profiles[0].id, sizeof(site->profiles[0]),
                            site->profile_count};
}

uint32_t site_find_profile(const struct site *site, const char *id)
{
    struct id_list list = profile_ids(site);
    return site_id_find(&list, id);
}

bool site_skills_are_sound(const struct site_skills *skills, uint64_t services)
{
    return (skills->second & ~services) == 0 && skills->languages >> LANGUAGE_COUNT == 0;
}

enum status site_check_profiles(const struct site *site, struct error *err)
{
    struct id_list list = profile_ids(site);
    enum status status = site_check_ids("profile", &list, err);
    for (uint32_t i = 0; status == OK && i < site->profile_count; i++) {
        const struct site_profile *profile = &site->profiles[i];
        if (!site_services_are_sound(site, profile->services) ||
            profile->policy > site->policy_count) {
            status =
                error_set(err, ERR_INVALID,
                          "profile '%s' has no services, or a service or policy that "
                          "does not exist",
                          profile->id);
        } else if (!site_skills_are_sound(&profile->skills, profile->services)) {
            status =
                error_set(err, ERR_INVALID,
                          "profile '%s': a service of second choice is not among its "
                          "services, or there is no such language",
                          profile->id);
        } else if (!site_name_is_sound(&profile->name)) {
            status = error_set(err, ERR_INVALID, "profile '%s': a name is not UTF-8 text",
                               profile->id);
        }
    }
    return status;
}
