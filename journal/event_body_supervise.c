/* Bodies of what supervisors decide; see event_body_parts.h. */
#include "journal/event_body_parts.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "journal/moment.h"
#include "journal/site_body.h"

bool event_is_of_supervisor(enum event_kind kind)
{
    return kind == EVENT_REMARK_MADE || kind == EVENT_REMARK_WITHDRAWN ||
           kind == EVENT_TICKET_CORRECTED || kind == EVENT_LINE_SETTLED ||
           kind == EVENT_QUOTA_SET || kind == EVENT_HOURS_SET ||
           kind == EVENT_EXCEPTIONAL_BEGUN || kind == EVENT_EXCEPTIONAL_ENDED ||
           kind == EVENT_TICKET_HANDED_OVER || kind == EVENT_MESSAGE_SET;
}

void event_supervisor_times(const struct event *event, int64_t ret_times[2])
{
    ret_times[0] = event->kind == EVENT_REMARK_MADE ? event->remark.from_ms : 0;
    ret_times[1] = event->kind == EVENT_REMARK_MADE ? event->remark.until_ms : 0;
    if (event->kind == EVENT_MESSAGE_SET) {
        ret_times[0] = event->message.until_ms;
    }
    if (event->kind == EVENT_EXCEPTIONAL_BEGUN) {
        ret_times[0] = event->exceptional.until_ms;
    }
    if (event->kind == EVENT_HOURS_SET) {
        ret_times[0] = event->today.until_ms;
    }
    if (event->kind == EVENT_TICKET_CORRECTED) {
        ret_times[0] = event->corrected.started_at_ms;
    }
}

static void encode_remark(const struct event *event, const struct site *site,
                          struct text *body)
{
    const struct event_remark *remark = &event->remark;
    text_add(body, "{\"remark\":%" PRIu32, remark->remark);
    if (event->kind == EVENT_REMARK_MADE) {
        if (remark->service != SITE_NONE) {
            text_add(body, ",\"service\":\"%s\"",
                     event_service_id(site, remark->service));
        }
        event_put_moment(body, "from", remark->from_ms);
        event_put_moment(body, "until", remark->until_ms);
        text_add_string(body, ",\"text\":");
        json_put_string(body, remark->text);
    }
    text_add_string(body, "}");
}

static void decode_remark(struct fields *fields, enum event_kind kind,
                          const struct site *site, struct event_remark *ret_remark)
{
    *ret_remark = (struct event_remark){.service = SITE_NONE};
    ret_remark->remark =
        (uint32_t)fields_integer(fields, "remark", 1, REMARKS_PER_DAY_MAX);
    if (kind == EVENT_REMARK_MADE) {
        if (fields_has(fields, "service")) {
            ret_remark->service = event_read_service(fields, site);
        }
        ret_remark->from_ms = fields_moment(fields, "from");
        ret_remark->until_ms = fields_moment(fields, "until");
        fields_copy(fields, "text", ret_remark->text, sizeof(ret_remark->text));
    }
}

static void encode_reason(const char *reason, struct text *body)
{
    text_add_string(body, ",\"reason\":");
    json_put_string(body, reason);
    text_add_string(body, "}");
}

static void encode_corrected(const struct event_corrected *corrected, struct text *body)
{
    text_add(body, "{\"ticket\":%" PRIu32 ",\"from\":\"%s\",\"to\":\"%s\"",
             corrected->ticket, ticket_state_name(corrected->from),
             ticket_state_name(corrected->to));
    if (corrected->started_at_ms != 0) {
        event_put_moment(body, "started_at", corrected->started_at_ms);
    }
    encode_reason(corrected->reason, body);
}

static void decode_corrected(struct fields *fields, struct event_corrected *ret_corrected)
{
    ret_corrected->ticket = event_read_ticket(fields);
    ret_corrected->from = event_read_ticket_state(fields, "from");
    ret_corrected->to = event_read_ticket_state(fields, "to");
    ret_corrected->started_at_ms = event_read_moment_if_any(fields, "started_at");
    fields_copy(fields, "reason", ret_corrected->reason, sizeof(ret_corrected->reason));
}

static void encode_settled(const struct event_settled *settled, const struct site *site,
                           struct text *body)
{
    text_add(body, "{\"outcome\":\"%s\",\"tickets\":%" PRIu32,
             ticket_state_name(settled->outcome), settled->ticket_count);
    if (settled->service != SITE_NONE) {
        text_add(body, ",\"service\":\"%s\"", event_service_id(site, settled->service));
    }
    encode_reason(settled->reason, body);
}

static void decode_settled(struct fields *fields, const struct site *site,
                           struct event_settled *ret_settled)
{
    ret_settled->outcome = event_read_ticket_state(fields, "outcome");
    ret_settled->ticket_count = fields_count(fields, "tickets", TICKETS_PER_DAY_MAX);
    ret_settled->service =
        fields_has(fields, "service") ? event_read_service(fields, site) : SITE_NONE;
    fields_copy(fields, "reason", ret_settled->reason, sizeof(ret_settled->reason));
}

static void encode_words(const struct site_detail *words, struct text *body)
{
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        text_add(body, "\"%s\":", language_tag((enum language)i));
        json_put_string(body, words->in[i]);
        text_add_string(body, ",");
    }
}

static void decode_words(struct fields *fields, struct site_detail *ret_words)
{
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        fields_copy(fields, language_tag((enum language)i), ret_words->in[i],
                    sizeof(ret_words->in[i]));
    }
}

static void encode_message(const struct event_message *message, const struct site *site,
                           struct text *body)
{
    text_add_string(body, "{");
    encode_words(&message->words, body);
    text_add(body, "\"all\":%s", event_truth(message->hall == SITE_NONE));
    if (message->hall != SITE_NONE) {
        assert(site && message->hall < site->hall_count);
        text_add(body, ",\"hall\":\"%s\"", site->halls[message->hall].id);
    }
    if (message->until_ms != 0) {
        event_put_moment(body, "until", message->until_ms);
    }
    text_add_string(body, "}");
}

static void decode_message(struct fields *fields, const struct site *site,
                           struct event_message *ret_message)
{
    decode_words(fields, &ret_message->words);
    ret_message->hall = SITE_NONE;
    if (!fields_bool(fields, "all")) {
        const char *id = fields_text(fields, "hall");
        ret_message->hall = site ? site_find_hall(site, id) : SITE_NONE;
        if (ret_message->hall == SITE_NONE) {
            fields_fail(fields, "the site has no hall '%s'", id);
        }
    }
    ret_message->until_ms = event_read_moment_if_any(fields, "until");
}

static void encode_today(const struct event *event, const struct site *site,
                         struct text *body)
{
    text_add(body, "{\"service\":\"%s\"", event_service_id(site, event->today.service));
    if (event->kind == EVENT_QUOTA_SET) {
        text_add(body, ",\"tickets\":%" PRIu32, event->today.quota);
    } else {
        event_put_moment(body, "until", event->today.until_ms);
    }
    text_add_string(body, "}");
}

static void decode_today(struct fields *fields, enum event_kind kind,
                         const struct site *site, struct event_today *ret_today)
{
    ret_today->service = event_read_service(fields, site);
    if (kind == EVENT_QUOTA_SET) {
        ret_today->quota = fields_count(fields, "tickets", TICKETS_PER_DAY_MAX);
    } else {
        ret_today->until_ms = fields_moment(fields, "until");
    }
}

static void encode_exceptional(const struct event *event, const struct site *site,
                               struct text *body)
{
    if (event->kind == EVENT_EXCEPTIONAL_ENDED) {
        text_add_string(body, "{}");
        return;
    }
    const struct event_exceptional *exceptional = &event->exceptional;
    text_add_string(body, "{");
    encode_words(&exceptional->words, body);
    char moment[MOMENT_BYTES];
    moment_format(exceptional->until_ms, moment);
    text_add(body, "\"until\":\"%s\"", moment);
    if (exceptional->service != SITE_NONE) {
        text_add(body, ",\"service\":\"%s\"",
                 event_service_id(site, exceptional->service));
    }
    text_add_string(body, "}");
}

static void decode_exceptional(struct fields *fields, enum event_kind kind,
                               const struct site *site,
                               struct event_exceptional *ret_exceptional)
{
    if (kind == EVENT_EXCEPTIONAL_ENDED) {
        return;
    }
    decode_words(fields, &ret_exceptional->words);
    ret_exceptional->until_ms = fields_moment(fields, "until");
    ret_exceptional->service =
        fields_has(fields, "service") ? event_read_service(fields, site) : SITE_NONE;
}

static void encode_handed(const struct event_handed *handed, const struct site *site,
                          struct text *body)
{
    text_add(body, "{\"ticket\":%" PRIu32 ",\"counter\":\"%s\",\"to\":\"%s\"}",
             handed->ticket, event_counter_id(site, handed->counter),
             event_counter_id(site, handed->to));
}

static void decode_handed(struct fields *fields, const struct site *site,
                          struct event_handed *ret_handed)
{
    ret_handed->ticket = event_read_ticket(fields);
    ret_handed->counter = event_read_counter(fields, site);
    ret_handed->to = event_read_counter_if_any(fields, "to", site);
    if (ret_handed->to == SITE_NONE) {
        fields_fail(fields, "'to' is missing");
    }
}

void event_encode_supervisor(const struct event *event, const struct site *site,
                             struct text *body)
{
    assert(event_is_of_supervisor(event->kind));
    if (event->kind == EVENT_TICKET_CORRECTED) {
        encode_corrected(&event->corrected, body);
    } else if (event->kind == EVENT_LINE_SETTLED) {
        encode_settled(&event->settled, site, body);
    } else if (event->kind == EVENT_MESSAGE_SET) {
        encode_message(&event->message, site, body);
    } else if (event->kind == EVENT_QUOTA_SET || event->kind == EVENT_HOURS_SET) {
        encode_today(event, site, body);
    } else if (event->kind == EVENT_EXCEPTIONAL_BEGUN ||
               event->kind == EVENT_EXCEPTIONAL_ENDED) {
        encode_exceptional(event, site, body);
    } else if (event->kind == EVENT_TICKET_HANDED_OVER) {
        encode_handed(&event->handed, site, body);
    } else {
        encode_remark(event, site, body);
    }
}

void event_decode_supervisor(struct fields *fields, const struct site *site,
                             struct event *ret_event)
{
    assert(event_is_of_supervisor(ret_event->kind));
    if (ret_event->kind == EVENT_TICKET_CORRECTED) {
        decode_corrected(fields, &ret_event->corrected);
    } else if (ret_event->kind == EVENT_LINE_SETTLED) {
        decode_settled(fields, site, &ret_event->settled);
    } else if (ret_event->kind == EVENT_MESSAGE_SET) {
        decode_message(fields, site, &ret_event->message);
    } else if (ret_event->kind == EVENT_QUOTA_SET || ret_event->kind == EVENT_HOURS_SET) {
        decode_today(fields, ret_event->kind, site, &ret_event->today);
    } else if (ret_event->kind == EVENT_EXCEPTIONAL_BEGUN ||
               ret_event->kind == EVENT_EXCEPTIONAL_ENDED) {
        decode_exceptional(fields, ret_event->kind, site, &ret_event->exceptional);
    } else if (ret_event->kind == EVENT_TICKET_HANDED_OVER) {
        decode_handed(fields, site, &ret_event->handed);
    } else {
        decode_remark(fields, ret_event->kind, site, &ret_event->remark);
    }
}
