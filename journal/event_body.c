/* Bodies of events; see event_body.h.
 *
 * Writing is on the way of every press of a button, so it formats straight into a bounded
 * text. Reading happens at a start and in reports and goes through a JSON tree. Both walk
 * the fields of a kind in the same order; a field that is absent says "none". */
#include "journal/event_body.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "journal/event_body_parts.h"
#include "journal/moment.h"
#include "journal/site_body.h"

int64_t event_taken_at_ms(const struct event *event)
{
    if (event->kind == EVENT_TICKET_STARTED) {
        return event->ticket.started_at_ms;
    }
    if (event->kind == EVENT_CONTACT_RECORDED) {
        return event->contact.received_at_ms;
    }
    return event->at_ms;
}

/* Whether the kind says why a counter is left and until when. */
static bool says_pause(enum event_kind kind)
{
    return kind == EVENT_COUNTER_PAUSED || kind == EVENT_COUNTER_PAUSE_WISHED;
}

/* Writing. */

static void encode_counter(const struct event *event, const struct site *site,
                           struct text *body)
{
    const struct event_counter *counter = &event->counter;
    text_add(body, "{\"counter\":\"%s\"", event_counter_id(site, counter->counter));
    if (says_pause(event->kind)) {
        text_add_string(body, ",\"reason\":");
        json_put_string(body, counter->reason);
        if (counter->back_at_ms != 0) {
            event_put_moment(body, "back_at", counter->back_at_ms);
        }
        if (counter->is_of_press) {
            text_add_string(body, ",\"of_press\":true");
        }
    }
    text_add_string(body, "}");
}

static void encode_contact(const struct event_contact *contact, const struct site *site,
                           struct text *body)
{
    text_add(body, "{\"service\":\"%s\",\"channel\":\"%s\",\"outcome\":\"%s\"",
             event_service_id(site, contact->service), channel_name(contact->channel),
             ticket_state_name(contact->outcome));
    event_put_moment(body, "received_at", contact->received_at_ms);
    if (contact->answered_at_ms != 0) {
        event_put_moment(body, "answered_at", contact->answered_at_ms);
    }
    if (contact->ended_at_ms != 0) {
        event_put_moment(body, "ended_at", contact->ended_at_ms);
    }
    text_add_string(body, "}");
}

/* Whether every time of the event can be written in the form of a moment. */
static bool times_can_be_written(const struct event *event)
{
    int64_t times[3 + 4 * PRESS_TICKETS_MAX] = {event->at_ms, event_taken_at_ms(event)};
    if (says_pause(event->kind)) {
        times[2] = event->counter.back_at_ms;
    } else if (event->kind == EVENT_TICKET_READMITTED) {
        times[2] = event->ticket.order_at_ms;
    } else if (event->kind == EVENT_TICKET_TRANSFERRED) {
        times[2] = event->transfer.due_at_ms;
    } else if (event->kind == EVENT_CONTACT_RECORDED) {
        times[2] = event->contact.answered_at_ms;
        times[3] = event->contact.ended_at_ms;
    } else if (event->kind == EVENT_TICKET_CARRIED) {
        times[2] = event->carried.order_at_ms;
    } else if (event->kind == EVENT_TICKET_SPLIT) {
        times[2] = event->split.taken_at_ms;
    } else if (event_is_of_supervisor(event->kind)) {
        event_supervisor_times(event, &times[2]);
    } else if (event->kind == EVENT_PRESS_UNDONE) {
        for (size_t i = 0; i < PRESS_TICKETS_MAX; i++) {
            const struct ticket_before *before = &event->undone.tickets[i];
            times[3 + 4 * i] = before->called_at_ms;
            times[4 + 4 * i] = before->started_at_ms;
            times[5 + 4 * i] = before->leg.requested_at_ms;
            times[6 + 4 * i] = before->first_call_at_ms;
        }
    }
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        if (times[i] < 0 || times[i] > MOMENT_MS_MAX) {
            return false;
        }
    }
    return true;
}

static void encode_date(uint32_t date, struct text *body)
{
    char text[DATE_BYTES];
    date_format(date, text);
    text_add(body, "{\"date\":\"%s\"}", text);
}

/* What stands outside of a business day. */
static void encode_frame(const struct event *event, struct text *body)
{
    if (event->kind == EVENT_EPOCH_STARTED) {
        text_add(body, "{\"epoch\":%" PRId64 "}", event->epoch);
    } else if (event->kind == EVENT_CLOCK_SET) {
        text_add(body, "{\"mode\":\"%s\",\"factor\":%" PRIu32 "}",
                 clock_mode_name(event->clock.mode), event->clock.factor);
    } else if (event->kind == EVENT_SITE_CONFIGURED) {
        site_body_encode(event->site, body);
    } else {
        encode_date(event->date, body);
    }
}

static void encode_other_service(const struct event *event, const struct site *site,
                                 struct text *body)
{
    if (event->kind == EVENT_TICKET_TRANSFERRED) {
        event_encode_transfer(&event->transfer, site, body);
    } else {
        event_encode_requalified(&event->requalified, site, body);
    }
}

/* What an agent says without changing who is where. */
static void encode_said(const struct event *event, const struct site *site,
                        struct text *body)
{
    if (event->kind == EVENT_AGENT_SIGNED_IN) {
        event_encode_sign_in(&event->sign_in, site, body);
    } else if (event->kind == EVENT_DOCUMENTS_LACKED) {
        event_encode_lacked(&event->lacked, site, body);
    } else {
        event_encode_matter(&event->matter, site, body);
    }
}

static bool is_of_counter(enum event_kind kind)
{
    return kind == EVENT_COUNTER_OPENED || kind == EVENT_COUNTER_PAUSED ||
           kind == EVENT_COUNTER_CLOSED || kind == EVENT_COUNTER_PAUSE_WISHED ||
           kind == EVENT_COUNTER_STAYS || kind == EVENT_HELP_ASKED ||
           kind == EVENT_HELP_ENDED;
}

static void encode_kind(const struct event *event, const struct site *site,
                        struct text *body)
{
    enum event_kind kind = event->kind;
    if (kind <= EVENT_DAY_CLOSED) {
        encode_frame(event, body);
    } else if (kind == EVENT_SERVICE_OPENED || kind == EVENT_SERVICE_CLOSED) {
        text_add(body, "{\"service\":\"%s\"}", event_service_id(site, event->service));
    } else if (kind == EVENT_TICKET_TAKEN) {
        event_encode_taken(&event->taken, site, body);
    } else if (kind == EVENT_PRESS_UNDONE) {
        event_encode_undone(&event->undone, site, body);
    } else if (kind == EVENT_TICKET_TRANSFERRED || kind == EVENT_TICKET_REQUALIFIED) {
        encode_other_service(event, site, body);
    } else if (kind == EVENT_CONTACT_RECORDED) {
        encode_contact(&event->contact, site, body);
    } else if (kind == EVENT_AGENT_SIGNED_IN || kind == EVENT_MATTER_NOTED ||
               kind == EVENT_DOCUMENTS_LACKED) {
        encode_said(event, site, body);
    } else if (event_is_of_supervisor(kind)) {
        event_encode_supervisor(event, site, body);
    } else if (kind == EVENT_TICKET_CARRIED) {
        event_encode_carried(&event->carried, site, body);
    } else if (event_is_of_pair(kind)) {
        event_encode_pair(event, site, body);
    } else if (event_is_of_ticket(kind)) {
        event_encode_ticket(event, site, body);
    } else {
        assert(is_of_counter(kind));
        encode_counter(event, site, body);
    }
}

enum status event_body_encode(const struct event *event, const struct site *site,
                              struct text *body, struct error *err)
{
    assert(event->kind < EVENT_KIND_COUNT);
    text_init(body, body->bytes, body->capacity);
    const char *kind = event_kind_name(event->kind);
    if (!times_can_be_written(event)) {
        return error_set(err, ERR_INVALID,
                         "event %" PRId64
                         " (%s): a time is not of the years 1970 to 9999",
                         event->seq, kind);
    }
    encode_kind(event, site, body);
    if (body->is_cut) {
        return error_set(err, ERR_LIMIT, "event %" PRId64 " (%s): its body is too long",
                         event->seq, kind);
    }
    if (!text_is_utf8(body->bytes, body->length)) {
        return error_set(err, ERR_INVALID, "event %" PRId64 " (%s): a text is not UTF-8",
                         event->seq, kind);
    }
    return OK;
}

/* Reading. */

static uint32_t read_date(struct fields *fields)
{
    uint32_t date = 0;
    const char *text = fields_text(fields, "date");
    if (!fields->has_failed && !date_parse(text, &date)) {
        fields_fail(fields, "'date' is not a date like 2026-11-23");
    }
    return date;
}

static void decode_counter(struct fields *fields, enum event_kind kind,
                           const struct site *site, struct event_counter *ret_counter)
{
    ret_counter->counter = event_read_counter(fields, site);
    if (says_pause(kind)) {
        fields_copy(fields, "reason", ret_counter->reason, sizeof(ret_counter->reason));
        ret_counter->back_at_ms = event_read_moment_if_any(fields, "back_at");
        ret_counter->is_of_press =
            fields_has(fields, "of_press") && fields_bool(fields, "of_press");
    }
}

static void decode_contact(struct fields *fields, const struct site *site,
                           struct event_contact *ret_contact)
{
    ret_contact->service = event_read_service(fields, site);
    ret_contact->channel = event_read_channel(fields);
    ret_contact->outcome = event_read_ticket_state(fields, "outcome");
    ret_contact->received_at_ms = fields_moment(fields, "received_at");
    ret_contact->answered_at_ms = event_read_moment_if_any(fields, "answered_at");
    ret_contact->ended_at_ms = event_read_moment_if_any(fields, "ended_at");
}

static void decode_frame(struct fields *fields, struct site *site_of_event,
                         struct event *ret_event)
{
    if (ret_event->kind == EVENT_EPOCH_STARTED) {
        ret_event->epoch = fields_integer(fields, "epoch", 1, INT64_MAX);
    } else if (ret_event->kind == EVENT_CLOCK_SET) {
        uint32_t mode = clock_mode_find(fields_text(fields, "mode"));
        ret_event->clock.mode =
            (enum clock_mode)fields_named(fields, "mode", mode, CLOCK_MODE_COUNT);
        ret_event->clock.factor = fields_count(fields, "factor", UINT32_MAX);
    } else if (ret_event->kind == EVENT_SITE_CONFIGURED) {
        site_body_decode(fields, site_of_event);
        ret_event->site = site_of_event;
    } else {
        ret_event->date = read_date(fields);
    }
}

static void decode_kind(struct fields *fields, const struct site *site,
                        struct site *site_of_event, struct event *ret_event)
{
    enum event_kind kind = ret_event->kind;
    if (kind <= EVENT_DAY_CLOSED) {
        decode_frame(fields, site_of_event, ret_event);
    } else if (kind == EVENT_SERVICE_OPENED || kind == EVENT_SERVICE_CLOSED) {
        ret_event->service = event_read_service(fields, site);
    } else if (kind == EVENT_TICKET_TAKEN) {
        event_decode_taken(fields, site, &ret_event->taken);
    } else if (kind == EVENT_PRESS_UNDONE) {
        event_decode_undone(fields, site, &ret_event->undone);
    } else if (kind == EVENT_CONTACT_RECORDED) {
        decode_contact(fields, site, &ret_event->contact);
    } else if (kind == EVENT_TICKET_TRANSFERRED) {
        event_decode_transfer(fields, site, &ret_event->transfer);
    } else if (kind == EVENT_TICKET_REQUALIFIED) {
        event_decode_requalified(fields, site, &ret_event->requalified);
    } else if (kind == EVENT_AGENT_SIGNED_IN) {
        event_decode_sign_in(fields, site, &ret_event->sign_in);
    } else if (kind == EVENT_MATTER_NOTED) {
        event_decode_matter(fields, site, &ret_event->matter);
    } else if (kind == EVENT_DOCUMENTS_LACKED) {
        event_decode_lacked(fields, site, &ret_event->lacked);
    } else if (kind == EVENT_TICKET_CARRIED) {
        event_decode_carried(fields, site, &ret_event->carried);
    } else if (event_is_of_pair(kind)) {
        event_decode_pair(fields, site, ret_event);
    } else if (event_is_of_supervisor(kind)) {
        event_decode_supervisor(fields, site, ret_event);
    } else if (event_is_of_ticket(kind)) {
        event_decode_ticket(fields, kind, site, &ret_event->ticket);
    } else {
        decode_counter(fields, kind, site, &ret_event->counter);
    }
}
static_assert(EVENT_DAY_CLOSED == 4, "the kinds up to day-closed stand outside of a day");

/* Kind and version: what can be read at all. */
static enum status check_kind(const struct event_row *row, enum event_kind *ret_kind,
                              struct error *err)
{
    enum event_kind kind = event_kind_find(row->kind);
    if (kind == EVENT_KIND_COUNT) {
        return error_set(err, ERR_CORRUPT, "event %" PRId64 " has the unknown kind '%s'",
                         row->seq, row->kind);
    }
    if (row->version != 1) {
        return error_set(err, ERR_CORRUPT,
                         "event %" PRId64 " (%s): this program does not read version "
                         "%" PRId64 " of its body",
                         row->seq, row->kind, row->version);
    }
    *ret_kind = kind;
    return OK;
}

enum status event_body_decode(const struct event_row *row, const struct site *site,
                              struct site *site_of_event, struct event *ret_event,
                              struct error *err)
{
    struct event event = {.seq = row->seq, .at_ms = row->at_ms};
    if (check_kind(row, &event.kind, err) != OK) {
        return ERR_CORRUPT;
    }
    json_error_t json_error;
    json_t *object =
        json_loadb(row->body, row->body_length, JSON_REJECT_DUPLICATES, &json_error);
    struct error fault;
    struct fields fields;
    fields_init(&fields, object, &fault);
    decode_kind(&fields, site, site_of_event, &event);
    if (fields_end(&fields) == OK && (!times_can_be_written(&event) ||
                                      event_taken_at_ms(&event) != row->taken_at_ms)) {
        fields_fail(&fields, "its times do not belong together");
    }
    bool is_sound = !fields.has_failed;
    if (!is_sound) {
        (void)error_set(err, ERR_CORRUPT, "event %" PRId64 " (%s): %s", row->seq,
                        row->kind, object ? fault.text : json_error.text);
    }
    json_decref(object);
    if (is_sound) {
        *ret_event = event;
    }
    return is_sound ? OK : ERR_CORRUPT;
}
