/* What the files that write and read a site share. Used by journal/site_body*.c only. */
#ifndef GUICHET_JOURNAL_SITE_BODY_PARTS_H
#define GUICHET_JOURNAL_SITE_BODY_PARTS_H

#include "core/site.h"
#include "core/text.h"
#include "journal/fields.h"
#include "journal/site_body.h"

/* ,"KEY": and a value; without the comma at the start of an object. */
void site_put_key(struct text *body, const char *key);
void site_put_string(struct text *body, const char *key, const char *string);
void site_put_count(struct text *body, const char *key, uint32_t count);

/* Start of element `index` of a list of objects. */
void site_put_element(struct text *body, uint32_t index);

/* The end of a part of `parent`, which keeps the first fault with where it is. */
void site_part_end(struct fields *parent, struct fields *part, const char *what,
                   size_t index);

/* A list of at most `max` elements; its length, 0 after a fault. */
uint32_t site_read_list(struct fields *fields, const char *key, size_t max,
                        json_t **ret_list);

/* Ranges of a day as [from, to] in minutes, with commas between them; and those of the
 * list's elements from `from` on, false where it is none. */
void site_put_ranges(struct text *body,
                     const struct hours_range ranges[HOURS_PER_DAY_MAX]);
bool site_read_ranges(const json_t *list, size_t from,
                      struct hours_range ret_ranges[HOURS_PER_DAY_MAX]);

/* A name in every language. */
void site_put_name(struct text *body, const char *key, const struct site_name *name);
void site_read_name(struct fields *fields, const char *key, struct site_name *ret_name);

/* A field with the ids of the services of a set. */
void site_put_services(struct text *body, const char *key, const struct site *site,
                       uint64_t services);
uint64_t site_read_services(struct fields *fields, const char *key,
                            const struct site *site);

/* What a counter or profile is less good at: second choices by id, languages as a set of
 * bits; left out where it is nothing (site_body_profiles.c). */
void site_put_skills(struct text *body, const struct site *site,
                     const struct site_skills *skills);
void site_read_skills(struct fields *fields, const struct site *site,
                      struct site_skills *ret_skills);

/* What agents may say of a service (site_body_topics.c). */
void site_put_topics(struct text *body, const struct site *site);
void site_read_topics(struct fields *fields, struct site *ret_site);
void site_put_topic_rule(struct text *body, const struct service *service);
void site_read_topic_rule(struct fields *fields, struct service *ret_service);

/* Profiles of agents (site_body_profiles.c). */
void site_put_profiles(struct text *body, const struct site *site);
void site_read_profiles(struct fields *fields, struct site *ret_site);

/* What limits the opening of a service and of the site (site_body_opening.c). */
void site_put_opening(struct text *body, const struct service *service);
void site_read_opening(struct fields *fields, struct service *ret_service);
void site_put_closed_dates(struct text *body, const struct site *site);
void site_read_closed_dates(struct fields *fields, struct site *ret_site);

/* Every policy, and what the site says of them (site_body_policy.c). */
void site_put_policies(struct text *body, const struct site *site);
void site_read_policies(struct fields *fields, struct site *ret_site);

/* The policy of a counter or of the site, 1 + its index; left out where it is 0. */
void site_put_policy(struct text *body, const struct site *site, uint32_t policy);
uint32_t site_read_policy(struct fields *fields, const struct site *site);

#endif
