/* Body of documents that somebody was without; see event_body_parts.h. */
#include "journal/event_body_parts.h"

#include <assert.h>
#include <inttypes.h>

void event_encode_lacked(const struct event_lacked *lacked, const struct site *site,
                         struct text *body)
{
    text_add(body, "{\"service\":\"%s\"", event_service_id(site, lacked->service));
    if (lacked->ticket != TICKET_NONE) {
        text_add(body, ",\"ticket\":%" PRIu32, lacked->ticket);
    }
    text_add_string(body, ",\"documents\":[");
    const char *separator = "";
    for (uint32_t i = 0; i < site->document_count; i++) {
        if ((lacked->documents >> i & 1U) != 0) {
            text_add(body, "%s\"%s\"", separator, site->documents[i].id);
            separator = ",";
        }
    }
    text_add_string(body, "]}");
}

void event_decode_lacked(struct fields *fields, const struct site *site,
                         struct event_lacked *ret_lacked)
{
    ret_lacked->service = event_read_service(fields, site);
    ret_lacked->ticket =
        fields_has(fields, "ticket") ? event_read_ticket(fields) : TICKET_NONE;
    json_t *list = fields_value(fields, "documents");
    size_t count = json_array_size(list);
    if (count == 0 || count > DOCUMENTS_MAX || !site) {
        fields_fail(fields, "'documents' is not a list of 1 to %d", DOCUMENTS_MAX);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const char *id = json_string_value(json_array_get(list, i));
        uint32_t document = id ? site_find_document(site, id) : SITE_NONE;
        if (document == SITE_NONE) {
            fields_fail(fields, "the site has no document '%s'", id ? id : "");
            return;
        }
        ret_lacked->documents |= UINT64_C(1) << document;
    }
}
