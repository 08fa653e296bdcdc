/* A site while its file is read; shared by the table of site.conf and what finishes its
 * sections. Used inside runtime only. */
#ifndef GUICHET_RUNTIME_SITE_CONFIG_DRAFT_H
#define GUICHET_RUNTIME_SITE_CONFIG_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/site.h"
#include "runtime/config.h"

struct site_draft {
    struct site site;
    uint32_t days_given; /* bit d: the service being read has hours for weekday d */
    bool is_translated;  /* some name is given in another language than French */
    char policy_id[ID_LENGTH_MAX + 1]; /* of the whole site, named before it is read */
    uint32_t policy_line;
};

/* Hours of a service, and dates on which all are closed (site_config_hours.c). */
extern const struct config_type site_hours_type;
extern const struct config_type site_closed_dates_type;

/* Types of values that only policies have (site_config_policy.c). */
extern const struct config_type site_policy_rule_type;
extern const struct config_type site_policy_order_type;
extern const struct config_type site_policy_ratio_type;
extern const struct config_type site_policy_when_type;
extern const struct config_type site_policy_type;

/* A list of services by id, or "all" (site_config_table.c). */
extern const struct config_type site_services_type;

/* Services of second choice and languages, or nothing (site_config_skills.c). */
extern const struct config_type site_second_type;
extern const struct config_type site_languages_type;

/* The next place of a list, with its id; NULL where the list is full or the id is none.
 * Every thing of a site begins with its id. */
void *site_draft_add_thing(void *things, size_t size, uint32_t *count, uint32_t limit,
                           const char *id);

/* The sentence that goes with a NULL of site_draft_add_thing(). */
void *site_draft_refuse_thing(const char *things, uint32_t limit, const char *id,
                              struct error *err);

/* What stands in for a service (site_config_topics.c). */
extern const struct config_type site_fallbacks_type;
void *site_draft_add_fallback(void *root, const char *id, struct error *err);

/* Profiles of agents (site_config_topics.c). */
void *site_draft_add_profile(void *root, const char *id, struct error *err);
void site_draft_finish_profile(const struct config_scope *scope, void *root,
                               void *object);

/* What agents may say of a service (site_config_topics.c). */
extern const struct config_type site_topic_under_type;
void *site_draft_add_topic(void *root, const char *id, struct error *err);
void *site_draft_add_document(void *root, const char *id, struct error *err);
void *site_draft_add_reason(void *root, const char *id, struct error *err);
void site_draft_finish_topic(const struct config_scope *scope, void *root, void *object);
void site_draft_finish_document(const struct config_scope *scope, void *root,
                                void *object);
void site_draft_finish_reason(const struct config_scope *scope, void *root, void *object);

/* Note that there is a translation, and fill missing ones with the French name
 * (site_config.c). */
void site_draft_finish_name(struct site_draft *draft, struct site_name *name);

/* The policy of the whole site, once all are read. ERR_INVALID and a message where it
 * does not exist. */
enum status site_draft_find_policy(struct site_draft *draft, const char *file,
                                   struct config_errors *errors);

void site_draft_finish_policy(const struct config_scope *scope, void *root, void *object);

/* What the table of site.conf calls when a section is stored, see config_section. */
void site_draft_finish_site(const struct config_scope *scope, void *root, void *object);
void site_draft_finish_hall(const struct config_scope *scope, void *root, void *object);
void site_draft_finish_service(const struct config_scope *scope, void *root,
                               void *object);
void site_draft_finish_counter(const struct config_scope *scope, void *root,
                               void *object);
void site_draft_finish_class(const struct config_scope *scope, void *root, void *object);
void site_draft_finish_screen(const struct config_scope *scope, void *root, void *object);

#endif
