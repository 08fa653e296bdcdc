/* Bodies of what happens to tickets; see event_body_parts.h. */
#include "journal/event_body_parts.h"

#include <assert.h>
#include <inttypes.h>

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
    [EVENT_TICKET_RESUMED] = IS_OF_TICKET,
    [EVENT_TICKET_VOIDED] = IS_OF_TICKET,
    [EVENT_TICKET_TRUSTED] = IS_OF_TICKET,
    [EVENT_TICKET_KEPT] = IS_OF_TICKET,
};

bool event_is_of_ticket(enum event_kind kind)
{
    assert(kind < EVENT_KIND_COUNT);
    return ticket_fields[kind] != 0;
}

/* Left out where the service is asked for once. */
void event_put_quantity(uint32_t quantity, struct text *body)
{
    if (quantity > 1) {
        text_add(body, ",\"quantity\":%" PRIu32, quantity);
    }
}

/* Left out where nothing comes after. */
void event_put_further(uint32_t count, const struct further_service further[FURTHER_MAX],
                       const struct site *site, struct text *body)
{
    assert(count <= FURTHER_MAX);
    for (uint32_t i = 0; i < count; i++) {
        text_add(body, "%s{\"service\":\"%s\"", i == 0 ? ",\"then\":[" : ",",
                 event_service_id(site, further[i].service));
        if (further[i].counter != SITE_NONE) {
            text_add(body, ",\"counter\":\"%s\"",
                     event_counter_id(site, further[i].counter));
        }
        event_put_quantity(further[i].quantity, body);
        text_add_string(body, "}");
    }
    text_add_string(body, count > 0 ? "]" : "");
}

void event_encode_taken(const struct event_taken *taken, const struct site *site,
                        struct text *body)
{
    assert(site && taken->class_index < site->class_count);
    text_add(body, "{\"ticket\":%" PRIu32 ",\"service\":\"%s\",\"number\":%" PRIu32,
             taken->ticket, event_service_id(site, taken->service), taken->number);
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
    text_add_string(body, "}");
    event_put_quantity(taken->quantity, body);
    event_put_further(taken->further_count, taken->further, site, body);
    text_add_string(body, taken->is_suspect ? ",\"suspect\":true" : "");
    text_add_string(body, taken->is_test ? ",\"test\":true" : "");
    text_add_string(body, "}");
}

void event_encode_ticket(const struct event *event, const struct site *site,
                         struct text *body)
{
    const struct event_ticket *ticket = &event->ticket;
    unsigned has = ticket_fields[event->kind];
    text_add(body, "{\"ticket\":%" PRIu32, ticket->ticket);
    if (ticket->counter != SITE_NONE) {
        text_add(body, ",\"counter\":\"%s\"", event_counter_id(site, ticket->counter));
    }
    if ((has & HAS_CALL) != 0) {
        text_add(body, ",\"rule\":\"%s\",\"overtaken\":%" PRIu32,
                 call_rule_name(ticket->rule), ticket->overtaken);
        if (ticket->turn != 0) { /* absent in older journals and where no turn is taken */
            text_add(body, ",\"turn\":%" PRIu32, ticket->turn);
        }
        if (ticket->reason[0] != '\0') {
            text_add_string(body, ",\"reason\":");
            json_put_string(body, ticket->reason);
        }
    }
    if (ticket->order_at_ms != 0) { /* readmitted behind others */
        event_put_moment(body, "order_at", ticket->order_at_ms);
    }
    if ((has & HAS_START) != 0) {
        event_put_moment(body, "started_at", ticket->started_at_ms);
        text_add(body, ",\"imputed\":%s", event_truth(ticket->start_is_imputed));
    }
    if ((has & HAS_WRAPPING) != 0) {
        text_add(body, ",\"wrapping_up\":%s", event_truth(ticket->is_wrapping_up));
    }
    if ((has & HAS_PRINT) != 0) {
        text_add(body, ",\"result\":\"%s\",\"copy\":%s", print_state_name(ticket->print),
                 event_truth(ticket->is_copy));
    }
    if ((has & HAS_PRESS) != 0) {
        text_add(body, ",\"first_of_press\":%s", event_truth(ticket->is_first_of_press));
    }
    text_add_string(body, "}");
}

static void put_for_counter(uint32_t counter, const struct site *site, struct text *body)
{
    if (counter != SITE_NONE) {
        text_add(body, ",\"for_counter\":\"%s\"", event_counter_id(site, counter));
    }
}

/* Which part of its visit it was at. */
static void encode_leg(const struct ticket_before *before, const struct site *site,
                       struct text *body)
{
    const struct leg *leg = &before->leg;
    text_add(body, ",\"service\":\"%s\",\"leg\":%" PRIu32,
             event_service_id(site, before->service), leg->index);
    event_put_moment(body, "requested_at", leg->requested_at_ms);
    put_for_counter(leg->for_counter, site, body);
    event_put_quantity(leg->quantity, body);
    event_put_further(leg->further_count, leg->further, site, body);
    if (before->first_call_at_ms != 0) {
        event_put_moment(body, "first_call_at", before->first_call_at_ms);
    }
}

static void encode_before(const struct ticket_before *before, const struct site *site,
                          struct text *body)
{
    text_add(body, "{\"ticket\":%" PRIu32 ",\"state\":\"%s\"", before->ticket,
             ticket_state_name(before->state));
    if (before->counter != SITE_NONE) {
        text_add(body, ",\"counter\":\"%s\"", event_counter_id(site, before->counter));
    }
    text_add(body, ",\"calls\":%" PRIu32, before->call_count);
    if (before->called_at_ms != 0) {
        event_put_moment(body, "called_at", before->called_at_ms);
    }
    if (before->started_at_ms != 0) {
        event_put_moment(body, "started_at", before->started_at_ms);
        text_add(body, ",\"imputed\":%s", event_truth(before->start_is_imputed));
    }
    if (before->has_leg) {
        encode_leg(before, site, body);
    }
    text_add_string(body, "}");
}

void event_encode_undone(const struct event_undone *undone, const struct site *site,
                         struct text *body)
{
    text_add(body, "{\"counter\":\"%s\",\"state\":\"%s\"",
             event_counter_id(site, undone->counter), counter_state_name(undone->state));
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

uint32_t event_read_quantity(struct fields *fields)
{
    return fields_count_if_any(fields, "quantity", QUANTITY_MAX);
}

uint32_t event_read_further(struct fields *fields, const struct site *site,
                            struct further_service ret_further[FURTHER_MAX])
{
    if (!fields_has(fields, "then")) {
        return 0;
    }
    json_t *list = fields_value(fields, "then");
    size_t count = json_array_size(list);
    if (count == 0 || count > FURTHER_MAX) {
        fields_fail(fields, "'then' is not a list of 1 to %d", FURTHER_MAX);
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(list, i), &err);
        ret_further[i].service = event_read_service(&part, site);
        ret_further[i].counter = event_read_counter_if_any(&part, "counter", site);
        ret_further[i].quantity = event_read_quantity(&part);
        if (fields_end(&part) != OK) {
            fields_fail(fields, "'then' %zu: %s", i + 1, err.text);
        }
    }
    return (uint32_t)count;
}

void event_decode_taken(struct fields *fields, const struct site *site,
                        struct event_taken *ret_taken)
{
    ret_taken->ticket = event_read_ticket(fields);
    ret_taken->service = event_read_service(fields, site);
    ret_taken->number = (uint32_t)fields_integer(fields, "number", 1, TICKET_NUMBER_MAX);
    ret_taken->class_index = event_read_class(fields, site);
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
    ret_taken->channel = event_read_channel(fields);
    decode_quote(fields, &ret_taken->quote);
    ret_taken->quantity = event_read_quantity(fields);
    ret_taken->further_count = event_read_further(fields, site, ret_taken->further);
    ret_taken->is_suspect =
        fields_has(fields, "suspect") && fields_bool(fields, "suspect");
    ret_taken->is_test = fields_has(fields, "test") && fields_bool(fields, "test");
}

void event_decode_ticket(struct fields *fields, enum event_kind kind,
                         const struct site *site, struct event_ticket *ret_ticket)
{
    unsigned has = ticket_fields[kind];
    ret_ticket->ticket = event_read_ticket(fields);
    ret_ticket->counter = event_read_counter_if_any(fields, "counter", site);
    if ((has & HAS_CALL) != 0) {
        uint32_t rule = call_rule_find(fields_text(fields, "rule"));
        ret_ticket->rule =
            (enum call_rule)fields_named(fields, "rule", rule, CALL_RULE_COUNT);
        ret_ticket->overtaken = fields_count(fields, "overtaken", UINT32_MAX);
        ret_ticket->turn = fields_count_if_any(fields, "turn", UINT32_MAX);
        if (fields_has(fields, "reason")) {
            fields_copy(fields, "reason", ret_ticket->reason, sizeof(ret_ticket->reason));
        }
    }
    if (kind == EVENT_TICKET_READMITTED) {
        ret_ticket->order_at_ms = event_read_moment_if_any(fields, "order_at");
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

static void decode_leg(struct fields *fields, const struct site *site,
                       struct ticket_before *ret_before)
{
    struct leg *leg = &ret_before->leg;
    ret_before->service = event_read_service(fields, site);
    leg->index = fields_count(fields, "leg", UINT32_MAX);
    leg->requested_at_ms = fields_moment(fields, "requested_at");
    leg->for_counter = event_read_counter_if_any(fields, "for_counter", site);
    leg->quantity = event_read_quantity(fields);
    leg->further_count = event_read_further(fields, site, leg->further);
    ret_before->first_call_at_ms = event_read_moment_if_any(fields, "first_call_at");
}

static void decode_before(struct fields *fields, const struct site *site,
                          struct ticket_before *ret_before)
{
    ret_before->ticket = event_read_ticket(fields);
    ret_before->state = event_read_ticket_state(fields, "state");
    ret_before->counter = event_read_counter_if_any(fields, "counter", site);
    ret_before->call_count = fields_count(fields, "calls", UINT32_MAX);
    ret_before->called_at_ms = event_read_moment_if_any(fields, "called_at");
    ret_before->started_at_ms = event_read_moment_if_any(fields, "started_at");
    if (ret_before->started_at_ms != 0) {
        ret_before->start_is_imputed = fields_bool(fields, "imputed");
    }
    ret_before->has_leg = fields_has(fields, "leg");
    if (ret_before->has_leg) {
        decode_leg(fields, site, ret_before);
    }
}

void event_decode_undone(struct fields *fields, const struct site *site,
                         struct event_undone *ret_undone)
{
    ret_undone->counter = event_read_counter(fields, site);
    uint32_t state = counter_state_find(fields_text(fields, "state"));
    ret_undone->state =
        (enum counter_state)fields_named(fields, "state", state, COUNTER_STATE_COUNT);
    ret_undone->ticket =
        fields_has(fields, "ticket") ? event_read_ticket(fields) : TICKET_NONE;
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

void event_encode_transfer(const struct event_transfer *transfer, const struct site *site,
                           struct text *body)
{
    text_add(body, "{\"ticket\":%" PRIu32 ",\"counter\":\"%s\",\"service\":\"%s\"",
             transfer->ticket, event_counter_id(site, transfer->counter),
             event_service_id(site, transfer->service));
    event_put_quantity(transfer->quantity, body);
    put_for_counter(transfer->for_counter, site, body);
    text_add(body, ",\"parked\":%s", event_truth(transfer->is_parked));
    if (transfer->due_at_ms != 0) {
        event_put_moment(body, "due_at", transfer->due_at_ms);
    }
    if (transfer->reason[0] != '\0') {
        text_add_string(body, ",\"reason\":");
        json_put_string(body, transfer->reason);
    }
    event_put_further(transfer->further_count, transfer->further, site, body);
    text_add(body, ",\"wrapping_up\":%s,\"first_of_press\":%s}",
             event_truth(transfer->is_wrapping_up),
             event_truth(transfer->is_first_of_press));
}

void event_decode_transfer(struct fields *fields, const struct site *site,
                           struct event_transfer *ret_transfer)
{
    ret_transfer->ticket = event_read_ticket(fields);
    ret_transfer->counter = event_read_counter(fields, site);
    ret_transfer->service = event_read_service(fields, site);
    ret_transfer->quantity = event_read_quantity(fields);
    ret_transfer->for_counter = event_read_counter_if_any(fields, "for_counter", site);
    ret_transfer->is_parked = fields_bool(fields, "parked");
    ret_transfer->due_at_ms = event_read_moment_if_any(fields, "due_at");
    if (fields_has(fields, "reason")) {
        fields_copy(fields, "reason", ret_transfer->reason, sizeof(ret_transfer->reason));
    }
    ret_transfer->further_count = event_read_further(fields, site, ret_transfer->further);
    ret_transfer->is_wrapping_up = fields_bool(fields, "wrapping_up");
    ret_transfer->is_first_of_press = fields_bool(fields, "first_of_press");
}

void event_encode_requalified(const struct event_requalified *to, const struct site *site,
                              struct text *body)
{
    assert(to->class_index < site->class_count);
    text_add(body, "{\"ticket\":%" PRIu32 ",\"service\":\"%s\",\"class\":\"%s\"}",
             to->ticket, event_service_id(site, to->service),
             site->classes[to->class_index].id);
}

void event_decode_requalified(struct fields *fields, const struct site *site,
                              struct event_requalified *ret_to)
{
    ret_to->ticket = event_read_ticket(fields);
    ret_to->service = event_read_service(fields, site);
    ret_to->class_index = event_read_class(fields, site);
}
