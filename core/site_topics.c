/* What agents say of a service: topics, documents, reasons of a pause; see site.h. */
#include "core/site_parts.h"

#include <assert.h>

#include "core/names.h"

static const char *const topic_rules[] = {
    [TOPICS_OFFERED] = "offered",
    [TOPICS_REQUIRED] = "required",
};
static_assert(sizeof(topic_rules) / sizeof(topic_rules[0]) == TOPIC_RULE_COUNT,
              "every rule has a name");

const char *topic_rule_name(enum topic_rule rule)
{
    assert(rule < TOPIC_RULE_COUNT);
    return topic_rules[rule];
}

enum topic_rule topic_rule_find(const char *name)
{
    return (enum topic_rule)names_find(topic_rules, TOPIC_RULE_COUNT, name);
}

static struct id_list topic_ids(const struct site *site)
{
    assert(site->topic_count <= SERVICE_TOPICS_MAX);
    return (struct id_list){site->topics[0].id, sizeof(site->topics[0]),
                            site->topic_count};
}

static struct id_list document_ids(const struct site *site)
{
    assert(site->document_count <= DOCUMENTS_MAX);
    return (struct id_list){site->documents[0].id, sizeof(site->documents[0]),
                            site->document_count};
}

uint32_t site_find_topic(const struct site *site, const char *id)
{
    struct id_list list = topic_ids(site);
    return site_id_find(&list, id);
}

uint32_t site_find_document(const struct site *site, const char *id)
{
    struct id_list list = document_ids(site);
    return site_id_find(&list, id);
}

bool site_services_are_sound(const struct site *site, uint64_t services)
{
    assert(site->service_count >= 1);
    return services != 0 &&
           (services & ~(UINT64_MAX >> (SERVICES_MAX - site->service_count))) == 0;
}

static enum status check_topic(const struct site *site, uint32_t index, struct error *err)
{
    const struct topic *topic = &site->topics[index];
    const struct topic *product =
        topic->under > 0 ? &site->topics[topic->under - 1] : NULL;
    if (topic->under > index || (product && product->under != 0)) {
        return error_set(err, ERR_INVALID,
                         "topic '%s' is not under a product that stands before it",
                         topic->id);
    }
    if (!site_services_are_sound(site, topic->services) ||
        (product && product->services != topic->services)) {
        return error_set(err, ERR_INVALID,
                         "topic '%s' has no services, one that does not exist, or others "
                         "than its product",
                         topic->id);
    }
    return site_name_is_sound(&topic->name)
               ? OK
               : error_set(err, ERR_INVALID, "topic '%s': a name is not UTF-8 text",
                           topic->id);
}

static enum status check_document(const struct site *site, uint32_t index,
                                  struct error *err)
{
    const struct document_kind *document = &site->documents[index];
    if (!site_services_are_sound(site, document->services)) {
        return error_set(err, ERR_INVALID,
                         "document '%s' has no services, or one that does not exist",
                         document->id);
    }
    return site_name_is_sound(&document->name)
               ? OK
               : error_set(err, ERR_INVALID, "document '%s': a name is not UTF-8 text",
                           document->id);
}

/* One dialogue shows what a service offers. */
static enum status check_offer(const struct site *site, uint32_t service,
                               struct error *err)
{
    uint32_t products = 0;
    uint32_t documents = 0;
    for (uint32_t i = 0; i < site->topic_count; i++) {
        const struct topic *topic = &site->topics[i];
        products += topic->under == 0 && (topic->services >> service & 1U) != 0;
    }
    for (uint32_t i = 0; i < site->document_count; i++) {
        documents += (site->documents[i].services >> service & 1U) != 0;
    }
    if (products > PRODUCTS_OFFERED_MAX || documents > DOCUMENTS_OFFERED_MAX) {
        return error_set(
            err, ERR_LIMIT, "service '%s' has more than %d products or %d documents",
            site->services[service].id, PRODUCTS_OFFERED_MAX, DOCUMENTS_OFFERED_MAX);
    }
    return OK;
}

static enum status check_precisions(const struct site *site, struct error *err)
{
    uint32_t counts[SERVICE_TOPICS_MAX + 1] = {0};
    for (uint32_t i = 0; i < site->topic_count; i++) {
        uint32_t under = site->topics[i].under;
        counts[under]++;
        if (under != 0 && counts[under] > PRECISIONS_OFFERED_MAX) {
            return error_set(err, ERR_LIMIT, "topic '%s' has more than %d precisions",
                             site->topics[under - 1].id, PRECISIONS_OFFERED_MAX);
        }
    }
    return OK;
}

/* A reason is published on boards, where JSON bounds it: quotes count twice there. */
static enum status check_reason(const struct pause_reason *reason, struct error *err)
{
    if (!site_name_is_sound(&reason->name)) {
        return error_set(err, ERR_INVALID, "reason '%s': a name is not UTF-8 text",
                         reason->id);
    }
    size_t length = 0;
    for (const char *at = reason->name.in[LANGUAGE_FR]; *at != '\0'; at++) {
        length += *at == '"' || *at == '\\' ? 2 : 1;
    }
    return length <= REASON_LENGTH_MAX
               ? OK
               : error_set(err, ERR_LIMIT,
                           "reason '%s': its name is longer than %d bytes", reason->id,
                           REASON_LENGTH_MAX);
}

enum status site_check_topics(const struct site *site, struct error *err)
{
    struct id_list topics = topic_ids(site);
    struct id_list documents = document_ids(site);
    struct id_list reasons = {site->reasons[0].id, sizeof(site->reasons[0]),
                              site->reason_count};
    enum status status = site_check_ids("topic", &topics, err);
    status = status == OK ? site_check_ids("document", &documents, err) : status;
    status = status == OK ? site_check_ids("reason", &reasons, err) : status;
    for (uint32_t i = 0; status == OK && i < site->topic_count; i++) {
        status = check_topic(site, i, err);
    }
    for (uint32_t i = 0; status == OK && i < site->document_count; i++) {
        status = check_document(site, i, err);
    }
    for (uint32_t i = 0; status == OK && i < site->reason_count; i++) {
        status = check_reason(&site->reasons[i], err);
    }
    for (uint32_t i = 0; status == OK && i < site->service_count; i++) {
        status = check_offer(site, i, err);
    }
    return status == OK ? check_precisions(site, err) : status;
}
