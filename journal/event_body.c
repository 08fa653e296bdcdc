/* Bodies of events; see event_body.h.
 *
 * Writing is on the way of every press of a button, so it formats straight into a bounded
 * text. Reading happens at a start and in reports and goes through a JSON tree. Both walk
 * the fields of a kind in the same order; a field that is absent says "none". */
#include "journal/event_body.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "journal/fields.h"
#include "journal/moment.h"
#include "journal/site_body.h"

/* Which fields of struct event_ticket an event of one ticket has beside the ticket and,
 * where there is one, its counter. */
enum ticket_field {
    HAS_CALL = 1,      /* rule, overtaken */
    HAS_START = 2,     /* started_at, imputed */
    HAS_WRAPPING = 4,  /* wrapping_up */
    HAS_PRINT = 8,     /* result, copy */
    HAS_PRESS = 16,    /* first_of_press */
    IS_OF_TICKET = 32, /* the kind is an event of one ticket at all */
};

static const unsigned ticket_fields[EVENT_KIND_COUNT] = {
    [EVENT_TICKET_CALLED] = IS_OF_TICKET | HAS_CALL | HAS_PRESS,
    [EVENT_TICKET_RECALLED] = IS_OF_TICKET | HAS_PRESS,
    [EVENT_TICKET_STARTED] = IS_OF_TICKET | HAS_START | HAS_PRESS,
    [EVENT_TICKET_FINISHED] = IS_OF_TICKET | HAS_WRAPPING | HAS_PRESS,
    [EVENT_TICKET_NO_SHOW] = IS_OF_TICKET | HAS_PRESS,
    [EVENT_TICKET_CANCELLED] = IS_OF_TICKET,
    [EVENT_TICKET_ABANDONED] = IS_OF_TICKET,
    [EVENT_TICKET_CLOSED_AT_NIGHT] = IS_OF_TICKET,
    [EVENT_TICKET_PRINTED] = IS_OF_TICKET | HAS_PRINT,
    [EVENT_TICKET_READMITTED] = IS_OF_TICKET,
};

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

/* Writing. */

static const char *truth(bool value)
{
    return value ? "true" : "false";
}

static const char *service_id(const struct site *site, uint32_t service)
{
    assert(site && service < site->service_count);
    return site->services[service].id;
}

static const char *counter_id(const struct site *site, uint32_t counter)
{
    assert(site && counter < site->counter_count);
    return site->counters[counter].id;
}

static void put_moment(struct text *body, const char *key, int64_t at_ms)
{
    char moment[MOMENT_BYTES];
    moment_format(at_ms, moment);
    text_add(body, ",\"%s\":\"%s\"", key, moment);
}

static void encode_taken(const struct event_taken *taken, const struct site *site,
                         struct text *body)
{
    assert(site && taken->class_index < site->class_count);
    text_add(body, "{\"ticket\":%" PRIu32 ",\"service\":\"%s\",\"number\":%" PRIu32,
             taken->ticket, service_id(site, taken->service), taken->number);
    text_add(body, ",\"class\":\"%s\"", site->classes[taken->class_index].id);
    if (taken->kiosk != SITE_NONE) {
        assert(taken->kiosk < site->kiosk_count);
        text_add(body, ",\"kiosk\":\"%s\"", site->kiosks[taken->kiosk].id);
    }
    const struct quote *quote = &taken->quote;
    text_add(body,
             ",\"language\":\"%s\",\"channel\":\"%s\",\"quote\":{\"ahead\":%" PRIu32
             ",\"open_counters\":%" PRIu32,
             language_tag(taken->language), channel_name(taken->channel), quote->ahead,
             quote->open_counters);
    if (quote->is_given) {
        text_add(body,
                 ",\"mean_s\":%" PRIu32 ",\"p50_s\":%" PRIu32 ",\"p80_s\":%" PRIu32
                 ",\"p90_s\":%" PRIu32,
                 quote->mean_s, quote->p50_s, quote->p80_s, quote->p90_s);
    }
    text_add_string(body, "}}");
}

static void encode_ticket(const struct event *event, const struct site *site,
                          struct text *body)
{
    const struct event_ticket *ticket = &event->ticket;
    unsigned has = ticket_fields[event->kind];
    text_add(body, "{\"ticket\":%" PRIu32, ticket->ticket);
    if (ticket->counter != SITE_NONE) {
        text_add(body, ",\"counter\":\"%s\"", counter_id(site, ticket->counter));
    }
    if ((has & HAS_CALL) != 0) {
        text_add(body, ",\"rule\":\"%s\",\"overtaken\":%" PRIu32,
                 call_rule_name(ticket->rule), ticket->overtaken);
        if (ticket->turn != 0) { /* absent in older journals and where no turn is taken */
            text_add(body, ",\"turn\":%" PRIu32, ticket->turn);
        }
    }
    if ((has & HAS_START) != 0) {
        put_moment(body, "started_at", ticket->started_at_ms);
        text_add(body, ",\"imputed\":%s", truth(ticket->start_is_imputed));
    }
    if ((has & HAS_WRAPPING) != 0) {
        text_add(body, ",\"wrapping_up\":%s", truth(ticket->is_wrapping_up));
    }
    if ((has & HAS_PRINT) != 0) {
        text_add(body, ",\"result\":\"%s\",\"copy\":%s", print_state_name(ticket->print),
                 truth(ticket->is_copy));
    }
    if ((has & HAS_PRESS) != 0) {
        text_add(body, ",\"first_of_press\":%s", truth(ticket->is_first_of_press));
    }
    text_add_string(body, "}");
}

static void encode_counter(const struct event *event, const struct site *site,
                           struct text *body)
{
    const struct event_counter *counter = &event->counter;
    text_add(body, "{\"counter\":\"%s\"", counter_id(site, counter->counter));
    if (event->kind == EVENT_COUNTER_PAUSED) {
        text_add_string(body, ",\"reason\":");
        json_put_string(body, counter->reason);
        if (counter->back_at_ms != 0) {
            put_moment(body, "back_at", counter->back_at_ms);
        }
    }
    text_add_string(body, "}");
}

static void encode_before(const struct ticket_before *before, const struct site *site,
                          struct text *body)
{
    text_add(body, "{\"ticket\":%" PRIu32 ",\"state\":\"%s\"", before->ticket,
             ticket_state_name(before->state));
    if (before->counter != SITE_NONE) {
        text_add(body, ",\"counter\":\"%s\"", counter_id(site, before->counter));
    }
    text_add(body, ",\"calls\":%" PRIu32, before->call_count);
    if (before->called_at_ms != 0) {
        put_moment(body, "called_at", before->called_at_ms);
    }
    if (before->started_at_ms != 0) {
        put_moment(body, "started_at", before->started_at_ms);
        text_add(body, ",\"imputed\":%s", truth(before->start_is_imputed));
    }
    text_add_string(body, "}");
}

static void encode_undone(const struct event_undone *undone, const struct site *site,
                          struct text *body)
{
    text_add(body, "{\"counter\":\"%s\",\"state\":\"%s\"",
             counter_id(site, undone->counter), counter_state_name(undone->state));
    if (undone->ticket != TICKET_NONE) {
        text_add(body, ",\"ticket\":%" PRIu32, undone->ticket);
    }
    if (undone->turn != 0) {
        text_add(body, ",\"turn\":%" PRIu32, undone->turn);
    }
    text_add_string(body, ",\"tickets\":[");
    const char *separator = "";
    for (size_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        if (undone->tickets[i].ticket != TICKET_NONE) {
            text_add_string(body, separator);
            encode_before(&undone->tickets[i], site, body);
            separator = ",";
        }
    }
    text_add_string(body, "]}");
}

static void encode_contact(const struct event_contact *contact, const struct site *site,
                           struct text *body)
{
    text_add(body, "{\"service\":\"%s\",\"channel\":\"%s\",\"outcome\":\"%s\"",
             service_id(site, contact->service), channel_name(contact->channel),
             ticket_state_name(contact->outcome));
    put_moment(body, "received_at", contact->received_at_ms);
    if (contact->answered_at_ms != 0) {
        put_moment(body, "answered_at", contact->answered_at_ms);
    }
    if (contact->ended_at_ms != 0) {
        put_moment(body, "ended_at", contact->ended_at_ms);
    }
    text_add_string(body, "}");
}

/* Whether every time of the event can be written in the form of a moment. */
static bool times_can_be_written(const struct event *event)
{
    int64_t times[3 + 2 * PRESS_TICKETS_MAX] = {event->at_ms, event_taken_at_ms(event)};
    if (event->kind == EVENT_COUNTER_PAUSED) {
        times[2] = event->counter.back_at_ms;
    } else if (event->kind == EVENT_CONTACT_RECORDED) {
        times[2] = event->contact.answered_at_ms;
        times[3] = event->contact.ended_at_ms;
    } else if (event->kind == EVENT_PRESS_UNDONE) {
        for (size_t i = 0; i < PRESS_TICKETS_MAX; i++) {
            times[3 + 2 * i] = event->undone.tickets[i].called_at_ms;
            times[4 + 2 * i] = event->undone.tickets[i].started_at_ms;
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

static void encode_kind(const struct event *event, const struct site *site,
                        struct text *body)
{
    switch (event->kind) {
    case EVENT_EPOCH_STARTED:
        text_add(body, "{\"epoch\":%" PRId64 "}", event->epoch);
        break;
    case EVENT_CLOCK_SET:
        text_add(body, "{\"mode\":\"%s\",\"factor\":%" PRIu32 "}",
                 clock_mode_name(event->clock.mode), event->clock.factor);
        break;
    case EVENT_SITE_CONFIGURED:
        site_body_encode(event->site, body);
        break;
    case EVENT_DAY_OPENED:
    case EVENT_DAY_CLOSED:
        encode_date(event->date, body);
        break;
    case EVENT_SERVICE_OPENED:
    case EVENT_SERVICE_CLOSED:
        text_add(body, "{\"service\":\"%s\"}", service_id(site, event->service));
        break;
    case EVENT_COUNTER_OPENED:
    case EVENT_COUNTER_PAUSED:
    case EVENT_COUNTER_CLOSED:
        encode_counter(event, site, body);
        break;
    case EVENT_TICKET_TAKEN:
        encode_taken(&event->taken, site, body);
        break;
    case EVENT_TICKET_CALLED:
    case EVENT_TICKET_RECALLED:
    case EVENT_TICKET_STARTED:
    case EVENT_TICKET_FINISHED:
    case EVENT_TICKET_NO_SHOW:
    case EVENT_TICKET_CANCELLED:
    case EVENT_TICKET_ABANDONED:
    case EVENT_TICKET_CLOSED_AT_NIGHT:
    case EVENT_TICKET_PRINTED:
    case EVENT_TICKET_READMITTED:
        encode_ticket(event, site, body);
        break;
    case EVENT_PRESS_UNDONE:
        encode_undone(&event->undone, site, body);
        break;
    case EVENT_CONTACT_RECORDED:
        encode_contact(&event->contact, site, body);
        break;
    case EVENT_KIND_COUNT:
        assert(false);
        break;
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

static uint32_t read_service(struct fields *fields, const struct site *site)
{
    const char *id = fields_text(fields, "service");
    uint32_t service = site ? site_find_service(site, id) : SITE_NONE;
    if (service == SITE_NONE) {
        fields_fail(fields, "the site has no service '%s'", id);
    }
    return service;
}

static uint32_t read_counter(struct fields *fields, const struct site *site)
{
    const char *id = fields_text(fields, "counter");
    uint32_t counter = site ? site_find_counter(site, id) : SITE_NONE;
    if (counter == SITE_NONE) {
        fields_fail(fields, "the site has no counter '%s'", id);
    }
    return counter;
}

static uint32_t read_counter_if_any(struct fields *fields, const struct site *site)
{
    return fields_has(fields, "counter") ? read_counter(fields, site) : SITE_NONE;
}

static int64_t read_moment_if_any(struct fields *fields, const char *name)
{
    return fields_has(fields, name) ? fields_moment(fields, name) : 0;
}

static uint32_t read_ticket(struct fields *fields)
{
    return (uint32_t)fields_integer(fields, "ticket", 1, TICKETS_PER_DAY_MAX);
}

static uint32_t read_date(struct fields *fields)
{
    uint32_t date = 0;
    const char *text = fields_text(fields, "date");
    if (!fields->has_failed && !date_parse(text, &date)) {
        fields_fail(fields, "'date' is not a date like 2026-11-23");
    }
    return date;
}

static enum channel read_channel(struct fields *fields)
{
    uint32_t found = channel_find(fields_text(fields, "channel"));
    return (enum channel)fields_named(fields, "channel", found, CHANNEL_COUNT);
}

static enum ticket_state read_ticket_state(struct fields *fields, const char *name)
{
    uint32_t found = ticket_state_find(fields_text(fields, name));
    return (enum ticket_state)fields_named(fields, name, found, TICKET_STATE_COUNT);
}

static void decode_quote(struct fields *fields, struct quote *ret_quote)
{
    struct error err;
    struct fields part;
    fields_init(&part, fields_value(fields, "quote"), &err);
    ret_quote->ahead = fields_count(&part, "ahead", UINT32_MAX);
    ret_quote->open_counters = fields_count(&part, "open_counters", UINT32_MAX);
    ret_quote->is_given = fields_has(&part, "mean_s");
    if (ret_quote->is_given) {
        ret_quote->mean_s = fields_count(&part, "mean_s", UINT32_MAX);
        ret_quote->p50_s = fields_count(&part, "p50_s", UINT32_MAX);
        ret_quote->p80_s = fields_count(&part, "p80_s", UINT32_MAX);
        ret_quote->p90_s = fields_count(&part, "p90_s", UINT32_MAX);
    }
    if (fields_end(&part) != OK) {
        fields_fail(fields, "'quote': %s", err.text);
    }
}

static void decode_taken(struct fields *fields, const struct site *site,
                         struct event_taken *ret_taken)
{
    ret_taken->ticket = read_ticket(fields);
    ret_taken->service = read_service(fields, site);
    ret_taken->number = (uint32_t)fields_integer(fields, "number", 1, TICKET_NUMBER_MAX);
    const char *class_id = fields_text(fields, "class");
    ret_taken->class_index = site ? site_find_class(site, class_id) : SITE_NONE;
    if (ret_taken->class_index == SITE_NONE) {
        fields_fail(fields, "the site has no priority class '%s'", class_id);
    }
    ret_taken->kiosk = SITE_NONE;
    if (site && fields_has(fields, "kiosk")) {
        const char *kiosk_id = fields_text(fields, "kiosk");
        ret_taken->kiosk = site_find_device(site->kiosks, site->kiosk_count, kiosk_id);
        if (ret_taken->kiosk == SITE_NONE) {
            fields_fail(fields, "the site has no kiosk '%s'", kiosk_id);
        }
    }
    uint32_t language = language_find(fields_text(fields, "language"));
    ret_taken->language =
        (enum language)fields_named(fields, "language", language, LANGUAGE_COUNT);
    ret_taken->channel = read_channel(fields);
    decode_quote(fields, &ret_taken->quote);
}

static void decode_ticket(struct fields *fields, unsigned has, const struct site *site,
                          struct event_ticket *ret_ticket)
{
    ret_ticket->ticket = read_ticket(fields);
    ret_ticket->counter = read_counter_if_any(fields, site);
    if ((has & HAS_CALL) != 0) {
        uint32_t rule = call_rule_find(fields_text(fields, "rule"));
        ret_ticket->rule =
            (enum call_rule)fields_named(fields, "rule", rule, CALL_RULE_COUNT);
        ret_ticket->overtaken = fields_count(fields, "overtaken", UINT32_MAX);
        ret_ticket->turn = fields_count_if_any(fields, "turn", UINT32_MAX);
    }
    if ((has & HAS_START) != 0) {
        ret_ticket->started_at_ms = fields_moment(fields, "started_at");
        ret_ticket->start_is_imputed = fields_bool(fields, "imputed");
    }
    if ((has & HAS_WRAPPING) != 0) {
        ret_ticket->is_wrapping_up = fields_bool(fields, "wrapping_up");
    }
    if ((has & HAS_PRINT) != 0) {
        uint32_t print = print_state_find(fields_text(fields, "result"));
        ret_ticket->print =
            (enum print_state)fields_named(fields, "result", print, PRINT_STATE_COUNT);
        ret_ticket->is_copy = fields_bool(fields, "copy");
    }
    if ((has & HAS_PRESS) != 0) {
        ret_ticket->is_first_of_press = fields_bool(fields, "first_of_press");
    }
}

static void decode_counter(struct fields *fields, enum event_kind kind,
                           const struct site *site, struct event_counter *ret_counter)
{
    ret_counter->counter = read_counter(fields, site);
    if (kind == EVENT_COUNTER_PAUSED) {
        fields_copy(fields, "reason", ret_counter->reason, sizeof(ret_counter->reason));
        ret_counter->back_at_ms = read_moment_if_any(fields, "back_at");
    }
}

static void decode_before(struct fields *fields, const struct site *site,
                          struct ticket_before *ret_before)
{
    ret_before->ticket = read_ticket(fields);
    ret_before->state = read_ticket_state(fields, "state");
    ret_before->counter = read_counter_if_any(fields, site);
    ret_before->call_count = fields_count(fields, "calls", UINT32_MAX);
    ret_before->called_at_ms = read_moment_if_any(fields, "called_at");
    ret_before->started_at_ms = read_moment_if_any(fields, "started_at");
    if (ret_before->started_at_ms != 0) {
        ret_before->start_is_imputed = fields_bool(fields, "imputed");
    }
}

static void decode_undone(struct fields *fields, const struct site *site,
                          struct event_undone *ret_undone)
{
    ret_undone->counter = read_counter(fields, site);
    uint32_t state = counter_state_find(fields_text(fields, "state"));
    ret_undone->state =
        (enum counter_state)fields_named(fields, "state", state, COUNTER_STATE_COUNT);
    ret_undone->ticket = fields_has(fields, "ticket") ? read_ticket(fields) : TICKET_NONE;
    ret_undone->turn = fields_count_if_any(fields, "turn", UINT32_MAX);
    json_t *tickets = fields_value(fields, "tickets");
    if (!json_is_array(tickets) || json_array_size(tickets) > PRESS_TICKETS_MAX) {
        fields_fail(fields, "'tickets' is not a list of at most %d", PRESS_TICKETS_MAX);
        return;
    }
    for (size_t i = 0; i < json_array_size(tickets); i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(tickets, i), &err);
        decode_before(&part, site, &ret_undone->tickets[i]);
        if (fields_end(&part) != OK) {
            fields_fail(fields, "ticket %zu: %s", i + 1, err.text);
        }
    }
}

static void decode_contact(struct fields *fields, const struct site *site,
                           struct event_contact *ret_contact)
{
    ret_contact->service = read_service(fields, site);
    ret_contact->channel = read_channel(fields);
    ret_contact->outcome = read_ticket_state(fields, "outcome");
    ret_contact->received_at_ms = fields_moment(fields, "received_at");
    ret_contact->answered_at_ms = read_moment_if_any(fields, "answered_at");
    ret_contact->ended_at_ms = read_moment_if_any(fields, "ended_at");
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
        ret_event->service = read_service(fields, site);
    } else if (kind == EVENT_TICKET_TAKEN) {
        decode_taken(fields, site, &ret_event->taken);
    } else if (kind == EVENT_PRESS_UNDONE) {
        decode_undone(fields, site, &ret_event->undone);
    } else if (kind == EVENT_CONTACT_RECORDED) {
        decode_contact(fields, site, &ret_event->contact);
    } else if (ticket_fields[kind] != 0) {
        decode_ticket(fields, ticket_fields[kind], site, &ret_event->ticket);
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
