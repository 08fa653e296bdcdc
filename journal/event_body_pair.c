/* Bodies of what happens to two tickets at once, and to people without one; see
 * event_body_parts.h. */
#include "journal/event_body_parts.h"

#include <assert.h>
#include <inttypes.h>

bool event_is_of_pair(enum event_kind kind)
{
    return kind == EVENT_TICKET_SPLIT || kind == EVENT_TICKETS_LINKED ||
           kind == EVENT_TICKETS_UNLINKED || kind == EVENT_TURNED_AWAY;
}

void event_encode_pair(const struct event *event, const struct site *site,
                       struct text *body)
{
    assert(event_is_of_pair(event->kind));
    if (event->kind == EVENT_TURNED_AWAY) {
        text_add(body, "{\"service\":\"%s\",\"reason\":\"%s\",\"people\":%" PRIu32 "}",
                 event_service_id(site, event->turned.service),
                 turned_reason_name(event->turned.reason), event->turned.count);
        return;
    }
    if (event->kind != EVENT_TICKET_SPLIT) {
        text_add(body, "{\"ticket\":%" PRIu32 ",\"other\":%" PRIu32 "}",
                 event->pair.ticket, event->pair.other);
        return;
    }
    const struct event_split *split = &event->split;
    text_add(body,
             "{\"ticket\":%" PRIu32 ",\"from\":%" PRIu32
             ",\"service\":\"%s\",\"number\":%" PRIu32 ",\"quantity\":%" PRIu32
             ",\"left\":%" PRIu32,
             split->ticket, split->from, event_service_id(site, split->service),
             split->number, split->quantity, split->left);
    if (split->further != 0) {
        text_add(body, ",\"further\":%" PRIu32, split->further);
    }
    event_put_moment(body, "taken_at", split->taken_at_ms);
    text_add_string(body, "}");
}

static uint32_t read_ordinal(struct fields *fields, const char *name)
{
    return (uint32_t)fields_integer(fields, name, 1, TICKETS_PER_DAY_MAX);
}

void event_decode_pair(struct fields *fields, const struct site *site,
                       struct event *ret_event)
{
    assert(event_is_of_pair(ret_event->kind));
    if (ret_event->kind == EVENT_TURNED_AWAY) {
        ret_event->turned.service = event_read_service(fields, site);
        uint32_t reason = turned_reason_find(fields_text(fields, "reason"));
        ret_event->turned.reason = (enum turned_reason)fields_named(
            fields, "reason", reason, TURNED_REASON_COUNT);
        ret_event->turned.count =
            (uint32_t)fields_integer(fields, "people", 1, TURNED_AWAY_MAX);
        return;
    }
    if (ret_event->kind != EVENT_TICKET_SPLIT) {
        ret_event->pair.ticket = event_read_ticket(fields);
        ret_event->pair.other = read_ordinal(fields, "other");
        return;
    }
    struct event_split *split = &ret_event->split;
    split->ticket = event_read_ticket(fields);
    split->from = read_ordinal(fields, "from");
    split->service = event_read_service(fields, site);
    split->number = (uint32_t)fields_integer(fields, "number", 1, TICKET_NUMBER_MAX);
    split->quantity = fields_count(fields, "quantity", QUANTITY_MAX);
    split->left = fields_count(fields, "left", QUANTITY_MAX);
    split->further =
        fields_has(fields, "further") ? fields_count(fields, "further", FURTHER_MAX) : 0;
    split->taken_at_ms = fields_moment(fields, "taken_at");
}
