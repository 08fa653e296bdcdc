/* Tickets that may be nobody's: taken in a burst at one kiosk, by a child or a bored
 * hand, and confirmed. They stand in their line like others, and whoever is called with
 * one is served; but as long as they wait nobody counts them, and one order ends them
 * all. Test tickets are never counted, whatever becomes of them. */
#include "core/queue_state.h"

#include <assert.h>

bool ticket_is_counted(const struct ticket *ticket)
{
    return !ticket->is_test && (!ticket->is_suspect || ticket->state == TICKET_CALLED ||
                                ticket->state == TICKET_SERVING ||
                                ticket->state == TICKET_SERVED || ticket->leg.index > 0);
}

bool queue_is_burst(const struct queue *queue, uint32_t kiosk, int64_t now_ms)
{
    const struct site *site = &queue->site;
    if (site->burst_tickets == 0 || kiosk == SITE_NONE) {
        return false;
    }
    int64_t since_ms = now_ms - (int64_t)site->burst_seconds * 1000;
    uint32_t count = 0;
    for (uint32_t i = queue->ticket_count; i > 0; i--) {
        const struct ticket *ticket = &queue->tickets[i];
        if (ticket->kiosk == SITE_NONE) {
            continue; /* also parts of others, which bear an older time */
        }
        if (ticket->taken_at_ms <= since_ms) {
            break;
        }
        count += ticket->kiosk == kiosk ? 1U : 0U;
    }
    return count >= site->burst_tickets;
}

/* A suspect ticket that nobody has come with yet. */
static bool is_nobodys(const struct ticket *ticket)
{
    return ticket->is_suspect && ticket->state == TICKET_WAITING &&
           ticket->leg.index == 0;
}

uint32_t queue_suspect_count(const struct queue *queue)
{
    uint32_t count = 0;
    for (uint32_t i = 1; queue->day != 0 && i <= queue->ticket_count; i++) {
        count += is_nobodys(&queue->tickets[i]) ? 1U : 0U;
    }
    return count;
}

/* Whether the order is for this ticket: it had come when the order was given. */
static bool is_meant(const struct decision *decision, uint32_t ordinal)
{
    const struct command *command = decision->command;
    const struct ticket *ticket = queue_ticket(decision->queue, ordinal);
    return is_nobodys(ticket) && (!command->is_more || ordinal <= command->number);
}

enum status queue_decide_sweep(struct decision *decision)
{
    assert(decision->command->verb == VERB_SWEEP);
    uint32_t last = decision->queue->ticket_count;
    for (uint32_t i = 1; i <= last && decision->count < STEP_EVENTS_MAX; i++) {
        if (is_meant(decision, i)) {
            decision_add(decision, EVENT_TICKET_VOIDED)->ticket =
                (struct event_ticket){.ticket = i, .counter = SITE_NONE};
        }
    }
    return decision->count > 0 ? OK
                               : decision_refuse(decision, REFUSAL_NOBODY_WAITING,
                                                 "no suspect ticket is waiting");
}

enum status queue_decide_trust(struct decision *decision)
{
    uint32_t open = 1U << TICKET_WAITING | 1U << TICKET_CALLED | 1U << TICKET_SERVING |
                    1U << TICKET_PARKED;
    assert(decision->command->verb == VERB_TRUST);
    enum status status = decision_check_ticket_state(decision, open);
    if (status != OK) {
        return status;
    }
    uint32_t ordinal = decision->command->ticket;
    if (!queue_ticket(decision->queue, ordinal)->is_suspect) {
        return decision_refuse_ticket(decision, REFUSAL_NOT_SUSPECT, ordinal,
                                      "is not suspect");
    }
    decision_add(decision, EVENT_TICKET_TRUSTED)->ticket =
        (struct event_ticket){.ticket = ordinal, .counter = SITE_NONE};
    return OK;
}

void queue_apply_trusted(struct queue *queue, const struct event *event)
{
    uint32_t ordinal = event->ticket.ticket;
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    bool is_in_line = ticket->state == TICKET_WAITING || ticket->state == TICKET_PARKED;
    if (is_in_line) {
        queue_line_remove(queue, ordinal); /* it is counted there from now on */
    }
    ticket->is_suspect = false;
    if (is_in_line) {
        queue_line_insert(queue, ordinal);
    }
}
