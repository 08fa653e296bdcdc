/* What supervisors decided, in the state: preconditions of their events and what they
 * change. */
#include "core/queue_state.h"

#include <assert.h>
#include <string.h>

static enum status misfit(struct error *err, const char *what)
{
    assert(what);
    return error_set(err, ERR_CORRUPT, "%s", what);
}

bool queue_is_supervision(enum event_kind kind)
{
    return kind == EVENT_REMARK_MADE || kind == EVENT_REMARK_WITHDRAWN ||
           kind == EVENT_TICKET_CORRECTED || kind == EVENT_LINE_SETTLED ||
           kind == EVENT_QUOTA_SET || kind == EVENT_HOURS_SET ||
           kind == EVENT_EXCEPTIONAL_BEGUN || kind == EVENT_EXCEPTIONAL_ENDED ||
           kind == EVENT_TICKET_HANDED_OVER || kind == EVENT_MESSAGE_SET;
}

uint32_t queue_remark_count(const struct queue *queue)
{
    return queue->supervision.remark_count;
}

const struct event_remark *queue_remark(const struct queue *queue, uint32_t number)
{
    const struct supervision *supervision = &queue->supervision;
    bool stands = number >= 1 && number <= supervision->remark_count &&
                  (supervision->remarks_withdrawn >> (number - 1) & 1U) == 0;
    return stands ? &supervision->remarks[number - 1] : NULL;
}

const struct event_exceptional *queue_exceptional(const struct queue *queue)
{
    return queue->day != 0 && queue->supervision.is_exceptional
               ? &queue->supervision.exceptional
               : NULL;
}

const struct site_detail *queue_message(const struct queue *queue, uint32_t hall,
                                        int64_t now_ms, int64_t *ret_until_ms)
{
    assert(hall < queue->site.hall_count);
    const struct event_exceptional *exceptional = queue_exceptional(queue);
    if (exceptional && exceptional->words.in[0][0] != '\0' &&
        now_ms < exceptional->until_ms) {
        *ret_until_ms = exceptional->until_ms;
        return &exceptional->words;
    }
    const struct message *message = &queue->supervision.messages[hall];
    bool stands = message->words.in[0][0] != '\0' && queue->day != 0 &&
                  (message->until_ms == 0 || now_ms < message->until_ms);
    *ret_until_ms = stands ? message->until_ms : 0;
    return stands ? &message->words : NULL;
}

bool queue_is_bound_to(const struct ticket *ticket, uint32_t counter)
{
    bool is_in_line = ticket->state == TICKET_WAITING || ticket->state == TICKET_PARKED;
    bool is_bound = is_in_line && ticket->leg.for_counter == counter;
    for (uint32_t i = 0; i < ticket->leg.further_count; i++) {
        is_bound = is_bound || ticket->leg.further[i].counter == counter;
    }
    return is_bound && !ticket_state_is_outcome(ticket->state);
}

static enum status check_handed_over(const struct queue *queue, const struct event *event,
                                     struct error *err)
{
    const struct event_handed *body = &event->handed;
    uint32_t count = queue->site.counter_count;
    if (body->ticket == TICKET_NONE || body->ticket > queue->ticket_count ||
        body->counter >= count || body->to >= count || body->counter == body->to) {
        return misfit(err, "there is no such ticket or counter");
    }
    if (queue->counters[body->to].state == COUNTER_CLOSED) {
        return misfit(err, "the counter it is for is not there");
    }
    return queue_is_bound_to(queue_ticket(queue, body->ticket), body->counter)
               ? OK
               : misfit(err, "the ticket is not for that counter");
}

/* Texts end, and are there in every language or in none. */
static bool words_are_sound(const struct site_detail *words)
{
    bool is_sound = true;
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        is_sound = is_sound && memchr(words->in[i], '\0', sizeof(words->in[i])) &&
                   (words->in[i][0] == '\0') == (words->in[0][0] == '\0');
    }
    return is_sound;
}

bool queue_service_is_due(const struct queue *queue, uint32_t service, bool by_site,
                          int64_t now_ms)
{
    assert(service < queue->site.service_count);
    const struct supervision *supervision = &queue->supervision;
    int64_t until_ms = supervision->services[service].until_ms;
    bool stays = supervision->is_exceptional && queue->series[service].is_open &&
                 now_ms < supervision->exceptional.until_ms;
    return stays || (until_ms != 0 ? now_ms < until_ms : by_site);
}

int64_t queue_service_closes_at(const struct queue *queue, uint32_t service,
                                int64_t by_site_ms)
{
    assert(service < queue->site.service_count);
    const struct supervision *supervision = &queue->supervision;
    int64_t until_ms = supervision->services[service].until_ms;
    int64_t at_ms = until_ms != 0 ? until_ms : by_site_ms;
    bool stays = supervision->is_exceptional && queue->series[service].is_open &&
                 supervision->exceptional.until_ms > at_ms;
    return stays ? supervision->exceptional.until_ms : at_ms;
}

static enum status check_today(const struct queue *queue, const struct event *event,
                               struct error *err)
{
    const struct event_today *body = &event->today;
    if (body->service >= queue->site.service_count) {
        return misfit(err, "there is no such service");
    }
    bool fits = event->kind == EVENT_QUOTA_SET ? body->quota <= TICKETS_PER_DAY_MAX
                                               : body->until_ms > event->at_ms;
    return fits ? OK : misfit(err, "the quota or the hours make no sense");
}

static enum status check_exceptional(const struct queue *queue, const struct event *event,
                                     struct error *err)
{
    const struct event_exceptional *body = &event->exceptional;
    if (event->kind == EVENT_EXCEPTIONAL_ENDED) {
        return queue->supervision.is_exceptional
                   ? OK
                   : misfit(err, "there is no exceptional mode");
    }
    if (body->service != SITE_NONE && body->service >= queue->site.service_count) {
        return misfit(err, "there is no such service");
    }
    return words_are_sound(&body->words) && body->until_ms > event->at_ms
               ? OK
               : misfit(err, "its words or its time are none");
}

static void apply_exceptional(struct queue *queue, const struct event *event)
{
    bool begins = event->kind == EVENT_EXCEPTIONAL_BEGUN;
    queue->supervision.is_exceptional = begins;
    queue->supervision.exceptional =
        begins ? event->exceptional : (struct event_exceptional){.service = SITE_NONE};
}

static void apply_today(struct queue *queue, const struct event *event)
{
    struct service_day *today = &queue->supervision.services[event->today.service];
    if (event->kind == EVENT_QUOTA_SET) {
        today->has_quota = true;
        today->quota = event->today.quota;
    } else {
        today->until_ms = event->today.until_ms;
    }
}

static enum status check_message(const struct queue *queue, const struct event *event,
                                 struct error *err)
{
    const struct event_message *body = &event->message;
    if (body->hall != SITE_NONE && body->hall >= queue->site.hall_count) {
        return misfit(err, "there is no such hall");
    }
    return words_are_sound(&body->words) && body->until_ms >= 0
               ? OK
               : misfit(err, "its words or its time are none");
}

static void apply_message(struct queue *queue, const struct event_message *body)
{
    for (uint32_t i = 0; i < queue->site.hall_count; i++) {
        if (body->hall == SITE_NONE || body->hall == i) {
            queue->supervision.messages[i] =
                (struct message){.until_ms = body->until_ms, .words = body->words};
        }
    }
}

static enum status check_remark(const struct queue *queue, const struct event *event,
                                struct error *err)
{
    const struct event_remark *remark = &event->remark;
    const struct supervision *supervision = &queue->supervision;
    if (event->kind == EVENT_REMARK_WITHDRAWN) {
        return queue_remark(queue, remark->remark) ? OK
                                                   : misfit(err, "no such remark stands");
    }
    if (remark->remark != supervision->remark_count + 1 ||
        remark->remark > REMARKS_PER_DAY_MAX) {
        return misfit(err, "the remark is not the next of the day");
    }
    if (remark->service != SITE_NONE && remark->service >= queue->site.service_count) {
        return misfit(err, "there is no such service");
    }
    if (!memchr(remark->text, '\0', sizeof(remark->text))) {
        return misfit(err, "the text has no end");
    }
    return remark->from_ms < remark->until_ms ? OK
                                              : misfit(err, "it ends before it begins");
}

static enum status check_corrected(const struct queue *queue, const struct event *event,
                                   struct error *err)
{
    const struct event_corrected *body = &event->corrected;
    if (body->ticket == TICKET_NONE || body->ticket > queue->ticket_count) {
        return misfit(err, "there is no such ticket");
    }
    const struct ticket *ticket = queue_ticket(queue, body->ticket);
    if (ticket->state != body->from || body->to >= TICKET_STATE_COUNT ||
        !ticket_may_be_corrected(ticket->state, body->to)) {
        return misfit(err, "the ticket is in another state");
    }
    if (!memchr(body->reason, '\0', sizeof(body->reason))) {
        return misfit(err, "the reason has no end");
    }
    bool needs_call = body->to == TICKET_SERVED || body->to == TICKET_NO_SHOW;
    bool starts = body->started_at_ms != 0;
    if ((needs_call && ticket->called_at_ms == 0) ||
        (starts && (body->started_at_ms < ticket->called_at_ms ||
                    body->started_at_ms > ticket->ended_at_ms))) {
        return misfit(err, "it was not called or cannot have started then");
    }
    bool needs_start = body->to == TICKET_SERVED && ticket->started_at_ms == 0;
    return starts == needs_start ? OK
                                 : misfit(err, "its start is missing or there already");
}

static enum status check_settled(const struct queue *queue, const struct event *event,
                                 struct error *err)
{
    const struct event_settled *body = &event->settled;
    if (body->service != SITE_NONE && body->service >= queue->site.service_count) {
        return misfit(err, "there is no such service");
    }
    if (body->outcome != TICKET_ABANDONED && body->outcome != TICKET_CANCELLED) {
        return misfit(err, "a line cannot be settled so");
    }
    return memchr(body->reason, '\0', sizeof(body->reason))
               ? OK
               : misfit(err, "the reason has no end");
}

enum status queue_check_supervision(const struct queue *queue, const struct event *event,
                                    struct error *err)
{
    assert(queue_is_supervision(event->kind));
    if (event->kind == EVENT_TICKET_CORRECTED) {
        return check_corrected(queue, event, err);
    }
    if (event->kind == EVENT_LINE_SETTLED) {
        return check_settled(queue, event, err);
    }
    if (event->kind == EVENT_MESSAGE_SET) {
        return check_message(queue, event, err);
    }
    if (event->kind == EVENT_QUOTA_SET || event->kind == EVENT_HOURS_SET) {
        return check_today(queue, event, err);
    }
    if (event->kind == EVENT_EXCEPTIONAL_BEGUN ||
        event->kind == EVENT_EXCEPTIONAL_ENDED) {
        return check_exceptional(queue, event, err);
    }
    if (event->kind == EVENT_TICKET_HANDED_OVER) {
        return check_handed_over(queue, event, err);
    }
    return check_remark(queue, event, err);
}

void queue_apply_supervision(struct queue *queue, const struct event *event)
{
    struct supervision *supervision = &queue->supervision;
    if (event->kind == EVENT_REMARK_MADE) {
        supervision->remark_count = event->remark.remark;
        supervision->remarks[event->remark.remark - 1] = event->remark;
    } else if (event->kind == EVENT_REMARK_WITHDRAWN) {
        supervision->remarks_withdrawn |= UINT64_C(1) << (event->remark.remark - 1);
    } else if (event->kind == EVENT_MESSAGE_SET) {
        apply_message(queue, &event->message);
    } else if (event->kind == EVENT_QUOTA_SET || event->kind == EVENT_HOURS_SET) {
        apply_today(queue, event);
    } else if (event->kind == EVENT_EXCEPTIONAL_BEGUN ||
               event->kind == EVENT_EXCEPTIONAL_ENDED) {
        apply_exceptional(queue, event);
    } else {
        /* Kept by the journal; the people of the line have their own events. */
        assert(event->kind == EVENT_LINE_SETTLED);
    }
}
