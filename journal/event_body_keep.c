/* Body of what a day says of a ticket that the day before kept; see event_body_parts.h.
 */
#include "journal/event_body_parts.h"

#include <assert.h>
#include <inttypes.h>

void event_encode_carried(const struct event_carried *carried, const struct site *site,
                          struct text *body)
{
    assert(site && carried->class_index < site->class_count);
    text_add(body, "{\"ticket\":%" PRIu32 ",\"service\":\"%s\",\"number\":%" PRIu32,
             carried->ticket, event_service_id(site, carried->service), carried->number);
    if (carried->series != carried->service) {
        text_add(body, ",\"series\":\"%s\"", event_service_id(site, carried->series));
    }
    text_add(body,
             ",\"class\":\"%s\",\"language\":\"%s\",\"channel\":\"%s\","
             "\"waited_ms\":%" PRId64,
             site->classes[carried->class_index].id, language_tag(carried->language),
             channel_name(carried->channel), carried->waited_ms);
    event_put_moment(body, "order_at", carried->order_at_ms);
    event_put_quantity(carried->quantity, body);
    event_put_further(carried->further_count, carried->further, site, body);
    text_add_string(body, "}");
}

void event_decode_carried(struct fields *fields, const struct site *site,
                          struct event_carried *ret_carried)
{
    *ret_carried = (struct event_carried){.ticket = event_read_ticket(fields)};
    ret_carried->service = event_read_service(fields, site);
    ret_carried->series = ret_carried->service;
    if (site && fields_has(fields, "series")) {
        const char *id = fields_text(fields, "series");
        ret_carried->series = site_find_service(site, id);
        if (ret_carried->series == SITE_NONE) {
            fields_fail(fields, "the site has no service '%s'", id);
        }
    }
    ret_carried->number =
        (uint32_t)fields_integer(fields, "number", 1, TICKET_NUMBER_MAX);
    ret_carried->class_index = event_read_class(fields, site);
    uint32_t language = language_find(fields_text(fields, "language"));
    ret_carried->language =
        (enum language)fields_named(fields, "language", language, LANGUAGE_COUNT);
    ret_carried->channel = event_read_channel(fields);
    ret_carried->waited_ms = fields_integer(fields, "waited_ms", 0, INT64_MAX);
    ret_carried->order_at_ms = fields_moment(fields, "order_at");
    ret_carried->quantity = event_read_quantity(fields);
    ret_carried->further_count = event_read_further(fields, site, ret_carried->further);
}
