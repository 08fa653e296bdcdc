/* What the files that check a site share. Used by core/site*.c only. */
#ifndef GUICHET_CORE_SITE_PARTS_H
#define GUICHET_CORE_SITE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/site.h"

/* Every list of a site is an array of structs that begin with their id. */
struct id_list {
    const char *first_id;
    size_t stride;
    uint32_t count;
};

/* Index of the thing with this id, or SITE_NONE. */
uint32_t site_id_find(const struct id_list *list, const char *id);

/* Ids well formed and unique. Every id field has ID_LENGTH_MAX + 1 bytes. */
enum status site_check_ids(const char *thing, const struct id_list *list,
                           struct error *err);

/* Whether the name is UTF-8 text with an end in every language. */
bool site_name_is_sound(const struct site_name *name);

/* Topics, documents and reasons of a pause, their ids and what they name
 * (site_topics.c). */
enum status site_check_topics(const struct site *site, struct error *err);

/* Whether second choices are among the services and languages exist
 * (site_profiles.c). */
bool site_skills_are_sound(const struct site_skills *skills, uint64_t services);

/* Profiles, their services and policies (site_profiles.c). */
enum status site_check_profiles(const struct site *site, struct error *err);

/* Some services, all of which exist (site_topics.c). */
bool site_services_are_sound(const struct site *site, uint64_t services);

#endif
