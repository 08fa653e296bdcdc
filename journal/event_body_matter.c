/* The body of what an agent says of a service; see event_body_parts.h. What was not said
 * is left out. */
#include "journal/event_body_parts.h"

#include <assert.h>
#include <inttypes.h>

void event_encode_matter(const struct event_matter *event, const struct site *site,
                         struct text *body)
{
    const struct matter *matter = &event->matter;
    text_add(body, "{\"ticket\":%" PRIu32 ",\"counter\":\"%s\"", event->ticket,
             event_counter_id(site, event->counter));
    if (matter->topic != 0) {
        assert(matter->topic <= site->topic_count);
        text_add(body, ",\"topic\":\"%s\"", site->topics[matter->topic - 1].id);
    }
    if (matter->document != 0) {
        assert(matter->document <= site->document_count);
        text_add(body, ",\"missing\":\"%s\"", site->documents[matter->document - 1].id);
    }
    if (matter->completeness != COMPLETE_NOT_SAID) {
        text_add(body, ",\"complete\":%s",
                 event_truth(matter->completeness == COMPLETE_YES));
    }
    text_add_string(body, "}");
}

/* 1 + index of what the field names, 0 where it is left out. */
static uint32_t read_if_any(struct fields *fields, const char *name,
                            uint32_t (*find)(const struct site *, const char *),
                            const struct site *site)
{
    if (!fields_has(fields, name)) {
        return 0;
    }
    const char *id = fields_text(fields, name);
    uint32_t index = site ? find(site, id) : SITE_NONE;
    if (index == SITE_NONE) {
        fields_fail(fields, "'%s' names '%s', which the site does not have", name, id);
        return 0;
    }
    return index + 1;
}

void event_decode_matter(struct fields *fields, const struct site *site,
                         struct event_matter *ret_event)
{
    ret_event->ticket = event_read_ticket(fields);
    ret_event->counter = event_read_counter(fields, site);
    ret_event->matter.topic = read_if_any(fields, "topic", site_find_topic, site);
    ret_event->matter.document = read_if_any(fields, "missing", site_find_document, site);
    if (fields_has(fields, "complete")) {
        ret_event->matter.completeness =
            fields_bool(fields, "complete") ? COMPLETE_YES : COMPLETE_NO;
    }
}
