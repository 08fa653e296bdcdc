/* Profiles of agents, topics, documents and reasons of a pause in site.conf; see
 * site_config_draft.h. */
#include <stddef.h>
#include <string.h>

#include "core/text.h"
#include "runtime/site_config_draft.h"

void *site_draft_add_fallback(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    uint32_t service = site_find_service(site, id);
    if (service == SITE_NONE) {
        (void)error_set(err, ERR_NOT_FOUND, "there is no service '%s'",
                        id); /* NULL tells it */
        return NULL;
    }
    return &site->services[service];
}

static enum status parse_fallbacks(const struct config_value *value, void *ret_field,
                                   struct error *err)
{
    const struct site *site = &((const struct site_draft *)value->root)->site;
    struct service *service =
        (struct service *)(void *)((char *)ret_field -
                                   offsetof(struct service, fallbacks));
    const char *rest = value->text;
    const char *word = NULL;
    size_t length = 0;
    while (config_next_word(&rest, " ,\t", &word, &length)) {
        char id[ID_LENGTH_MAX + 1];
        struct text text;
        text_init(&text, id, sizeof(id));
        text_add(&text, "%.*s", (int)length, word);
        uint32_t by = text.is_cut ? SITE_NONE : site_find_service(site, id);
        if (by == SITE_NONE || &site->services[by] == service) {
            return error_set(err, ERR_NOT_FOUND, "there is no other service '%s'", id);
        }
        if (service->fallback_count == FALLBACKS_MAX) {
            return error_set(err, ERR_LIMIT, "more than %d services", FALLBACKS_MAX);
        }
        service->fallbacks[service->fallback_count] = by;
        service->fallback_count++;
    }
    return OK;
}

const struct config_type site_fallbacks_type = {"ids of services", parse_fallbacks};

void *site_draft_add_profile(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    void *profile = site_draft_add_thing(site->profiles, sizeof(site->profiles[0]),
                                         &site->profile_count, PROFILES_MAX, id);
    return profile ? profile : site_draft_refuse_thing("profiles", PROFILES_MAX, id, err);
}

void site_draft_finish_profile(const struct config_scope *scope, void *root, void *object)
{
    (void)scope;
    struct site_profile *profile = object;
    profile->services |= profile->skills.second;
    site_draft_finish_name(root, &profile->name);
}

void *site_draft_add_topic(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    void *topic = site_draft_add_thing(site->topics, sizeof(site->topics[0]),
                                       &site->topic_count, SERVICE_TOPICS_MAX, id);
    return topic ? topic : site_draft_refuse_thing("topics", SERVICE_TOPICS_MAX, id, err);
}

void *site_draft_add_document(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    void *document = site_draft_add_thing(site->documents, sizeof(site->documents[0]),
                                          &site->document_count, DOCUMENTS_MAX, id);
    return document ? document
                    : site_draft_refuse_thing("documents", DOCUMENTS_MAX, id, err);
}

void *site_draft_add_reason(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    void *reason = site_draft_add_thing(site->reasons, sizeof(site->reasons[0]),
                                        &site->reason_count, REASONS_MAX, id);
    return reason ? reason
                  : site_draft_refuse_thing("reasons of a pause", REASONS_MAX, id, err);
}

/* The id of a product before it; empty: none. */
static enum status parse_under(const struct config_value *value, void *ret_field,
                               struct error *err)
{
    const struct site *site = &((const struct site_draft *)value->root)->site;
    uint32_t under = 0;
    if (value->text[0] != '\0') {
        uint32_t product = site_find_topic(site, value->text);
        if (product == SITE_NONE || product + 1 == site->topic_count) {
            return error_set(err, ERR_NOT_FOUND, "there is no topic '%s' before this one",
                             value->text);
        }
        if (site->topics[product].under != 0) {
            return error_set(err, ERR_INVALID,
                             "'%s' is a precision itself: topics have two levels",
                             value->text);
        }
        under = product + 1;
    }
    memcpy(ret_field, &under, sizeof(under));
    return OK;
}

const struct config_type site_topic_under_type = {"id of a topic", parse_under};

/* A precision is for its product's services, unless it names others, which is wrong. */
void site_draft_finish_topic(const struct config_scope *scope, void *root, void *object)
{
    struct site_draft *draft = root;
    struct topic *topic = object;
    site_draft_finish_name(draft, &topic->name);
    if (topic->under == 0) {
        return;
    }
    uint64_t services = draft->site.topics[topic->under - 1].services;
    if (config_scope_has(scope, "services") && topic->services != services) {
        config_scope_add(scope, CONFIG_ERROR, "services",
                         "a precision has the services of its product");
    }
    topic->services = services;
}

void site_draft_finish_document(const struct config_scope *scope, void *root,
                                void *object)
{
    (void)scope;
    site_draft_finish_name(root, &((struct document_kind *)object)->name);
}

void site_draft_finish_reason(const struct config_scope *scope, void *root, void *object)
{
    (void)scope;
    site_draft_finish_name(root, &((struct pause_reason *)object)->name);
}
