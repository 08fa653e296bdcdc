/* Topics, documents and reasons of a pause as JSON; see site_body_parts.h. Left out where
 * there are none, so that sites without keep their bodies. */
#include "journal/site_body_parts.h"

#include <assert.h>

static void put_topic_list(struct text *body, const struct site *site)
{
    site_put_key(body, "topics");
    text_add_string(body, "[");
    for (uint32_t i = 0; i < site->topic_count; i++) {
        const struct topic *topic = &site->topics[i];
        site_put_element(body, i);
        site_put_string(body, "id", topic->id);
        site_put_name(body, "name", &topic->name);
        site_put_services(body, "services", site, topic->services);
        if (topic->under != 0) {
            assert(topic->under <= i);
            site_put_string(body, "under", site->topics[topic->under - 1].id);
        }
        text_add_string(body, "}");
    }
    text_add_string(body, "]");
}

void site_put_topics(struct text *body, const struct site *site)
{
    if (site->topic_count > 0) {
        put_topic_list(body, site);
    }
    for (uint32_t i = 0; i < site->document_count; i++) {
        if (i == 0) {
            site_put_key(body, "documents");
        }
        text_add_string(body, i == 0 ? "[" : "");
        site_put_element(body, i);
        site_put_string(body, "id", site->documents[i].id);
        site_put_name(body, "name", &site->documents[i].name);
        site_put_services(body, "services", site, site->documents[i].services);
        text_add_string(body, i + 1 == site->document_count ? "}]" : "}");
    }
    for (uint32_t i = 0; i < site->reason_count; i++) {
        if (i == 0) {
            site_put_key(body, "reasons");
        }
        text_add_string(body, i == 0 ? "[" : "");
        site_put_element(body, i);
        site_put_string(body, "id", site->reasons[i].id);
        site_put_name(body, "name", &site->reasons[i].name);
        text_add_string(body, i + 1 == site->reason_count ? "}]" : "}");
    }
}

static void read_topic(struct fields *fields, const struct site *site,
                       struct topic *ret_topic)
{
    fields_copy(fields, "id", ret_topic->id, sizeof(ret_topic->id));
    site_read_name(fields, "name", &ret_topic->name);
    ret_topic->services = site_read_services(fields, "services", site);
    if (fields_has(fields, "under")) {
        const char *id = fields_text(fields, "under");
        uint32_t product = site_find_topic(site, id);
        if (product == SITE_NONE) {
            fields_fail(fields, "'under' names '%s', which does not stand before", id);
            return;
        }
        ret_topic->under = product + 1;
    }
}

static void read_documents(struct fields *fields, struct site *ret_site)
{
    json_t *list = NULL;
    if (!fields_has(fields, "documents")) {
        return;
    }
    ret_site->document_count = site_read_list(fields, "documents", DOCUMENTS_MAX, &list);
    for (uint32_t i = 0; i < ret_site->document_count; i++) {
        struct error err;
        struct fields part;
        struct document_kind *document = &ret_site->documents[i];
        fields_init(&part, json_array_get(list, i), &err);
        fields_copy(&part, "id", document->id, sizeof(document->id));
        site_read_name(&part, "name", &document->name);
        document->services = site_read_services(&part, "services", ret_site);
        site_part_end(fields, &part, "document", i);
    }
}

static void read_reasons(struct fields *fields, struct site *ret_site)
{
    json_t *list = NULL;
    if (!fields_has(fields, "reasons")) {
        return;
    }
    ret_site->reason_count = site_read_list(fields, "reasons", REASONS_MAX, &list);
    for (uint32_t i = 0; i < ret_site->reason_count; i++) {
        struct error err;
        struct fields part;
        struct pause_reason *reason = &ret_site->reasons[i];
        fields_init(&part, json_array_get(list, i), &err);
        fields_copy(&part, "id", reason->id, sizeof(reason->id));
        site_read_name(&part, "name", &reason->name);
        site_part_end(fields, &part, "reason", i);
    }
}

void site_read_topics(struct fields *fields, struct site *ret_site)
{
    json_t *list = NULL;
    uint32_t count = fields_has(fields, "topics")
                         ? site_read_list(fields, "topics", SERVICE_TOPICS_MAX, &list)
                         : 0;
    for (uint32_t i = 0; i < count; i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(list, i), &err);
        read_topic(&part, ret_site, &ret_site->topics[i]);
        ret_site->topic_count++; /* what stands before can be named */
        site_part_end(fields, &part, "topic", i);
    }
    read_documents(fields, ret_site);
    read_reasons(fields, ret_site);
}

void site_put_topic_rule(struct text *body, const struct service *service)
{
    if (service->readmit_after != 0) {
        site_put_count(body, "readmit_after", service->readmit_after);
    }
    if (service->keep_overnight) {
        site_put_key(body, "keep_overnight");
        text_add_string(body, "true");
    }
    if (service->topic_rule != TOPICS_OFFERED) {
        site_put_string(body, "topic_rule", topic_rule_name(service->topic_rule));
    }
}

void site_read_topic_rule(struct fields *fields, struct service *ret_service)
{
    ret_service->readmit_after =
        fields_count_if_any(fields, "readmit_after", READMIT_AFTER_MAX);
    ret_service->keep_overnight =
        fields_has(fields, "keep_overnight") && fields_bool(fields, "keep_overnight");
    if (fields_has(fields, "topic_rule")) {
        uint32_t rule = topic_rule_find(fields_text(fields, "topic_rule"));
        ret_service->topic_rule =
            (enum topic_rule)fields_named(fields, "topic_rule", rule, TOPIC_RULE_COUNT);
    }
}
