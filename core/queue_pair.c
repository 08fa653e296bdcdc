/* Tickets that belong together: one that becomes two, because not all of a family stays
 * together, and two of one person, who cannot be at two counters.
 *
 * While one of two linked tickets is at a counter the other, if it waits, is held: it is
 * taken out of its line into a line of the held, where no policy looks, and put back to
 * the place that its arrival gives it when the first leaves the counter. So choosing who
 * is next costs nothing more, and nothing is to be remembered but the link. */
#include "core/queue_state.h"

#include <assert.h>
#include <string.h>

static bool is_at_counter(const struct ticket *ticket)
{
    return ticket->state == TICKET_CALLED || ticket->state == TICKET_SERVING;
}

static bool is_open(const struct ticket *ticket)
{
    return !ticket_state_is_outcome(ticket->state);
}

bool queue_other_is_at_counter(const struct queue *queue, uint32_t ordinal)
{
    uint32_t other = queue_ticket(queue, ordinal)->linked;
    return other != TICKET_NONE && is_at_counter(queue_ticket(queue, other));
}

/* Put a ticket that waits where it belongs now that the other one may have moved. */
static void settle(struct queue *queue, uint32_t ordinal)
{
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    bool is_held = queue_other_is_at_counter(queue, ordinal);
    if (ticket->state != TICKET_WAITING || ticket->is_held == is_held) {
        return;
    }
    queue_line_remove(queue, ordinal);
    ticket->is_held = is_held;
    if (!is_held) {
        queue_release_if_closed(queue, &ticket->leg);
    }
    queue_line_insert(queue, ordinal);
}

void queue_move_ticket(struct queue *queue, uint32_t ordinal, enum ticket_state to)
{
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    assert(to < TICKET_STATE_COUNT);
    assert(ticket_may_become(ticket->state, to));
    ticket->state = to;
    ticket->is_held = to == TICKET_WAITING && queue_other_is_at_counter(queue, ordinal);
    if (ticket->linked != TICKET_NONE) {
        settle(queue, ticket->linked);
    }
}

/* ---- Deciding ---- */

/* Which of the visit's services the new ticket takes: 1 + index of a further one, 0 the
 * present one; and how much of it there is. False where there is nothing to take. */
static bool find_part(const struct decision *decision, uint32_t *ret_further,
                      uint32_t *ret_there)
{
    const struct command *command = decision->command;
    const struct ticket *ticket = queue_ticket(decision->queue, command->ticket);
    const struct leg *leg = &ticket->leg;
    bool names_present =
        command->service == SITE_NONE || command->service == ticket->service;
    if (names_present && leg->quantity > 1) {
        *ret_further = 0;
        *ret_there = leg->quantity;
        return true;
    }
    for (uint32_t i = 0; i < leg->further_count; i++) {
        const struct further_service *further = &leg->further[i];
        if (further->service == command->service && further->counter == SITE_NONE) {
            *ret_further = i + 1;
            *ret_there = further->quantity > 1 ? further->quantity : 1;
            return true;
        }
    }
    return false;
}

static enum status refuse_part(struct decision *decision)
{
    return decision_refuse_ticket(decision, REFUSAL_NOT_DIVISIBLE,
                                  decision->command->ticket,
                                  "has no such part that a second ticket could take");
}

enum status queue_decide_split(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct queue *queue = decision->queue;
    assert(command->verb == VERB_SPLIT);
    enum status status = decision_check_ticket_state(
        decision, 1U << TICKET_WAITING | 1U << TICKET_CALLED | 1U << TICKET_SERVING);
    if (status == OK && command->service != SITE_NONE) {
        status = decision_check_service(decision);
    }
    if (status != OK) {
        return status;
    }
    const struct ticket *ticket = queue_ticket(queue, command->ticket);
    uint32_t further = 0;
    uint32_t there = 0;
    if (!find_part(decision, &further, &there)) {
        return refuse_part(decision);
    }
    /* Of the present service something is left to the first ticket. */
    uint32_t most = further == 0 ? there - 1 : there;
    uint32_t quantity = command->quantity;
    if (quantity == 0) {
        quantity = further == 0 ? 1 : there;
    }
    if (quantity > most) {
        return refuse_part(decision);
    }
    uint32_t service =
        further == 0 ? ticket->service : ticket->leg.further[further - 1].service;
    uint32_t number = queue_next_number(queue, service);
    if (queue->ticket_count >= TICKETS_PER_DAY_MAX) {
        return decision_refuse(decision, REFUSAL_TICKET_LIMIT,
                               "no more tickets today: the limit of the day is reached");
    }
    if (number > TICKET_NUMBER_MAX) {
        return decision_refuse_ticket(decision, REFUSAL_NUMBER_LIMIT, command->ticket,
                                      "needs a second number, and there is none left");
    }
    decision_add(decision, EVENT_TICKET_SPLIT)->split =
        (struct event_split){.ticket = queue->ticket_count + 1,
                             .from = command->ticket,
                             .service = service,
                             .number = number,
                             .taken_at_ms = ticket->leg.requested_at_ms,
                             .quantity = quantity,
                             .further = further,
                             .left = there - quantity};
    return OK;
}

/* Both exist, are open and are not linked to other people's open tickets. */
static enum status check_link(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct queue *queue = decision->queue;
    const uint32_t pair[2] = {command->ticket, command->other};
    for (uint32_t i = 0; i < 2; i++) {
        if (pair[i] == TICKET_NONE || pair[i] > queue->ticket_count) {
            return decision_refuse(decision, REFUSAL_TICKET_UNKNOWN,
                                   "there is no such ticket today");
        }
        const struct ticket *ticket = queue_ticket(queue, pair[i]);
        if (!is_open(ticket)) {
            return decision_refuse_state(decision, pair[i]);
        }
        if (ticket->linked != TICKET_NONE &&
            is_open(queue_ticket(queue, ticket->linked))) {
            return decision_refuse_ticket(decision, REFUSAL_TICKET_LINKED, pair[i],
                                          "is linked to another ticket already");
        }
    }
    if (pair[0] == pair[1]) {
        return decision_invalid(decision, "a ticket is not linked to itself");
    }
    return is_at_counter(queue_ticket(queue, pair[0])) &&
                   is_at_counter(queue_ticket(queue, pair[1]))
               ? decision_refuse_state(decision, pair[1])
               : OK;
}

enum status queue_decide_link(struct decision *decision)
{
    const struct command *command = decision->command;
    if (command->verb == VERB_LINK) {
        enum status status = check_link(decision);
        if (status == OK) {
            decision_add(decision, EVENT_TICKETS_LINKED)->pair =
                (struct event_pair){command->ticket, command->other};
        }
        return status;
    }
    assert(command->verb == VERB_UNLINK);
    enum status status =
        decision_check_ticket_state(decision, (1U << TICKET_STATE_COUNT) - 1U);
    if (status != OK) {
        return status;
    }
    uint32_t other = queue_ticket(decision->queue, command->ticket)->linked;
    if (other == TICKET_NONE) {
        return decision_refuse_ticket(decision, REFUSAL_TICKET_NOT_LINKED,
                                      command->ticket, "is not linked to another one");
    }
    decision_add(decision, EVENT_TICKETS_UNLINKED)->pair =
        (struct event_pair){command->ticket, other};
    return OK;
}

/* ---- Whether an event fits ---- */

static enum status misfit(struct error *err, const char *what)
{
    assert(what);
    return error_set(err, ERR_CORRUPT, "%s", what);
}

static enum status check_split(const struct queue *queue, const struct event *event,
                               struct error *err)
{
    const struct event_split *body = &event->split;
    if (queue->ticket_count == TICKETS_PER_DAY_MAX ||
        body->ticket != queue->ticket_count + 1 || body->from == TICKET_NONE ||
        body->from > queue->ticket_count || body->service >= queue->site.service_count) {
        return misfit(err, "the ticket is not the next of the day, or there is none");
    }
    const struct ticket *from = queue_ticket(queue, body->from);
    if (!is_open(from) || from->state == TICKET_PARKED) {
        return misfit(err, "the ticket is in another state");
    }
    if (body->number < 1 || body->number > TICKET_NUMBER_MAX ||
        queue->numbers[queue->series[body->service].row][body->number] != TICKET_NONE) {
        return misfit(err, "the number is out of range or was given before today");
    }
    bool has_part =
        body->further <= from->leg.further_count && (body->further > 0 || body->left > 0);
    return has_part && body->quantity <= QUANTITY_MAX && body->left <= QUANTITY_MAX &&
                   body->taken_at_ms > 0 && body->taken_at_ms <= event->at_ms
               ? OK
               : misfit(err, "the ticket has no such part");
}

static enum status check_pair(const struct queue *queue, const struct event *event,
                              struct error *err)
{
    const struct event_pair *pair = &event->pair;
    if (pair->ticket == TICKET_NONE || pair->ticket > queue->ticket_count ||
        pair->other == TICKET_NONE || pair->other > queue->ticket_count ||
        pair->ticket == pair->other) {
        return misfit(err, "there are no such two tickets");
    }
    const struct ticket *ticket = queue_ticket(queue, pair->ticket);
    const struct ticket *other = queue_ticket(queue, pair->other);
    bool fits = event->kind == EVENT_TICKETS_LINKED
                    ? is_open(ticket) && is_open(other) &&
                          !(is_at_counter(ticket) && is_at_counter(other))
                    : ticket->linked == pair->other;
    return fits ? OK : misfit(err, "the two tickets are in other states");
}

enum status queue_check_pair(const struct queue *queue, const struct event *event,
                             struct error *err)
{
    return event->kind == EVENT_TICKET_SPLIT ? check_split(queue, event, err)
                                             : check_pair(queue, event, err);
}

/* ---- Applying ---- */

/* What the first ticket keeps. */
static void take_part(struct leg *leg, const struct event_split *body)
{
    if (body->further == 0) {
        leg->quantity = body->left;
    } else if (body->left > 0) {
        leg->further[body->further - 1].quantity = body->left;
    } else {
        assert(leg->further_count > 0);
        for (uint32_t i = body->further; i < leg->further_count; i++) {
            leg->further[i - 1] = leg->further[i];
        }
        leg->further_count--;
        leg->further[leg->further_count] = (struct further_service){0};
    }
}

void queue_apply_split(struct queue *queue, const struct event *event)
{
    const struct event_split *body = &event->split;
    struct ticket *from = queue_ticket_at(queue, body->from);
    struct series *series = &queue->series[body->service];
    if (from->state == TICKET_WAITING) {
        queue_forget_press(queue, body->from); /* its undo knows the whole ticket */
    } else {
        queue->counters[from->counter].version = event->seq;
    }
    take_part(&from->leg, body);
    queue->tickets[body->ticket] =
        (struct ticket){.state = TICKET_WAITING,
                        .channel = from->channel,
                        .language = from->language,
                        .print = PRINT_NONE,
                        .service = body->service,
                        .number = body->number,
                        .class_index = from->class_index,
                        .counter = SITE_NONE,
                        .taken_at_ms = body->taken_at_ms,
                        .order_at_ms = from->order_at_ms,
                        .series = body->service,
                        .arrival = from->arrival,
                        .kiosk = SITE_NONE,
                        .is_suspect = from->is_suspect,
                        .is_test = from->is_test,
                        .leg = {
                            .requested_at_ms = body->taken_at_ms,
                            .for_counter = SITE_NONE,
                            .quantity = body->quantity,
                        }};
    queue->ticket_count = body->ticket;
    queue->numbers[series->row][body->number] = body->ticket;
    series->beside_count++;
    queue_note_number(queue, body->service, body->number);
    queue_line_insert(queue, body->ticket);
}

static void forget_link(struct queue *queue, uint32_t ordinal)
{
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    uint32_t other = ticket->linked;
    ticket->linked = TICKET_NONE;
    settle(queue, ordinal);
    if (other != TICKET_NONE) {
        queue_ticket_at(queue, other)->linked = TICKET_NONE;
        settle(queue, other);
    }
}

/* A link to a ticket whose visit has ended gives way to the new one. */
void queue_apply_pair(struct queue *queue, const struct event *event)
{
    const struct event_pair *pair = &event->pair;
    forget_link(queue, pair->ticket);
    forget_link(queue, pair->other);
    if (event->kind == EVENT_TICKETS_LINKED) {
        queue_ticket_at(queue, pair->ticket)->linked = pair->other;
        queue_ticket_at(queue, pair->other)->linked = pair->ticket;
        settle(queue, pair->ticket);
        settle(queue, pair->other);
    }
}
