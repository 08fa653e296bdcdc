/* Deciding how a visit goes on after a service: to another service or counter, later, or
 * back to where it was; and after a no-show. A parked ticket is a transfer to the same
 * counter that begins when its time has come or when somebody says so.
 *
 * The first arrival stays: whoever is sent on stands in the next line where it puts them.
 * The wait of the next service is counted from its request all the same. */
#include "core/queue_state.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

static bool is_manned(const struct queue *queue, uint32_t counter)
{
    assert(counter < queue->site.counter_count);
    return queue->counters[counter].state != COUNTER_CLOSED;
}

static bool serves(const struct queue *queue, uint32_t counter, uint32_t service)
{
    assert(counter < queue->site.counter_count);
    return (queue_counter_services(queue, counter) >> service & 1U) != 0;
}

/* Whether anybody gives the service now, or will: it takes tickets. */
static bool is_given(const struct queue *queue, uint32_t service)
{
    return queue->series[service].is_open || queue_open_counters(queue, service) > 0;
}

/* The service itself or, where nobody gives it, the first that stands in for it and is
 * given. */
static uint32_t given_service(const struct queue *queue, uint32_t service)
{
    const struct service *its = &queue->site.services[service];
    for (uint32_t i = 0; !is_given(queue, service) && i < its->fallback_count; i++) {
        if (is_given(queue, its->fallbacks[i])) {
            return its->fallbacks[i];
        }
    }
    return service;
}

/* The service that a transfer is to: the named one, else the present one. One for any
 * counter goes to what stands in for it where nobody gives it. */
static uint32_t next_service(const struct decision *decision)
{
    const struct command *command = decision->command;
    uint32_t ordinal = decision->queue->counters[command->counter].ticket;
    bool is_named = command->verb == VERB_TRANSFER && command->service != SITE_NONE;
    if (!is_named) {
        return queue_ticket(decision->queue, ordinal)->service;
    }
    return command->to_counter == SITE_NONE
               ? given_service(decision->queue, command->service)
               : command->service;
}

static enum status refuse_target(struct decision *decision, enum refusal refusal,
                                 const char *what)
{
    uint32_t counter = decision->command->to_counter;
    assert(counter < decision->queue->site.counter_count);
    decision->refused.refusal = refusal;
    decision->refused.counter = counter;
    return error_set(decision->err, ERR_REFUSED, "counter '%s' %s",
                     decision->queue->site.counters[counter].id, what);
}

static enum status check_target(struct decision *decision, uint32_t service)
{
    const struct queue *queue = decision->queue;
    uint32_t counter = decision->command->to_counter;
    if (counter == SITE_NONE) {
        bool is_served = is_given(queue, service);
        decision->refused.refusal = is_served ? REFUSAL_NONE : REFUSAL_SERVICE_CLOSED;
        return is_served ? OK
                         : error_set(decision->err, ERR_REFUSED,
                                     "service '%s' is closed, and no open counter "
                                     "serves it",
                                     queue->site.services[service].id);
    }
    if (counter >= queue->site.counter_count) {
        return decision_refuse(decision, REFUSAL_COUNTER_UNKNOWN,
                               "there is no such counter to send the person to");
    }
    if (!is_manned(queue, counter)) {
        return refuse_target(decision, REFUSAL_COUNTER_CLOSED, "is closed");
    }
    return serves(queue, counter, service)
               ? OK
               : refuse_target(decision, REFUSAL_TICKET_SERVICE,
                               "does not serve that service");
}

static enum status check_transfer(struct decision *decision)
{
    const struct command *command = decision->command;
    if (command->service != SITE_NONE) {
        enum status status = decision_check_service(decision);
        if (status != OK) {
            return status;
        }
    }
    if (command->after_s > TRANSFER_AFTER_S_MAX) {
        return error_set(decision->err, ERR_INVALID, "a transfer is at most %d s later",
                         TRANSFER_AFTER_S_MAX);
    }
    enum status status = check_target(decision, next_service(decision));
    const struct queue *queue = decision->queue;
    const struct ticket *ticket =
        queue_ticket(queue, queue->counters[command->counter].ticket);
    if (status == OK && command->comes_back && ticket->leg.further_count == FURTHER_MAX) {
        return decision_refuse_ticket(decision, REFUSAL_TICKET_STATE,
                                      queue->counters[command->counter].ticket,
                                      "has too many services before it already");
    }
    return status;
}

/* The end of the present service, which has started: an event that still lacks what the
 * next one is. */
static struct event_transfer *add_transfer(struct decision *decision, uint32_t ordinal,
                                           bool is_wrapping_up)
{
    assert(ordinal != TICKET_NONE);
    bool is_first = decision->count == 0;
    struct event *event = decision_add(decision, EVENT_TICKET_TRANSFERRED);
    event->transfer = (struct event_transfer){.ticket = ordinal,
                                              .counter = decision->command->counter,
                                              .for_counter = SITE_NONE,
                                              .is_wrapping_up = is_wrapping_up,
                                              .is_first_of_press = is_first};
    return &event->transfer;
}

static void copy_further(struct event_transfer *transfer, const struct leg *leg,
                         uint32_t from)
{
    for (uint32_t i = from; i < leg->further_count; i++) {
        assert(transfer->further_count < FURTHER_MAX);
        transfer->further[transfer->further_count] = leg->further[i];
        transfer->further_count++;
    }
}

void queue_add_further(struct decision *decision, uint32_t ordinal, bool is_wrapping_up)
{
    const struct queue *queue = decision->queue;
    const struct leg *leg = &queue_ticket(queue, ordinal)->leg;
    assert(leg->further_count > 0);
    struct event_transfer *transfer = add_transfer(decision, ordinal, is_wrapping_up);
    const struct further_service *next = &leg->further[0];
    transfer->service = given_service(queue, next->service);
    transfer->quantity = next->quantity;
    if (next->counter != SITE_NONE && is_manned(queue, next->counter)) {
        transfer->for_counter = next->counter;
    }
    copy_further(transfer, leg, 1);
}

static void add_parked(struct decision *decision, struct event_transfer *transfer)
{
    const struct command *command = decision->command;
    bool is_parked = command->verb == VERB_PARK || command->after_s > 0;
    transfer->is_parked = is_parked;
    if (command->verb == VERB_PARK) {
        transfer->for_counter = command->counter;
        transfer->quantity =
            queue_ticket(decision->queue, transfer->ticket)->leg.quantity;
        transfer->due_at_ms = command->back_at_ms;
        bool is_whole =
            text_copy(transfer->reason, sizeof(transfer->reason), command->reason);
        assert(is_whole);
        (void)is_whole; /* asserted */
    } else if (is_parked) {
        transfer->due_at_ms = decision->now_ms + (int64_t)command->after_s * 1000;
    }
}

enum status queue_decide_transfer(struct decision *decision)
{
    const struct command *command = decision->command;
    assert(command->verb == VERB_TRANSFER || command->verb == VERB_PARK);
    enum status status =
        decision_check_present(decision, 1U << TICKET_CALLED | 1U << TICKET_SERVING);
    if (status != OK) {
        return status;
    }
    if (command->verb == VERB_TRANSFER) {
        status = check_transfer(decision);
    } else if (command->back_at_ms != 0 && command->back_at_ms <= decision->now_ms) {
        status = error_set(decision->err, ERR_INVALID,
                           "the time until which a ticket is parked has passed");
    }
    if (status != OK) {
        return status;
    }
    const struct queue *queue = decision->queue;
    uint32_t ordinal = queue->counters[command->counter].ticket;
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    decision_start_if_called(decision, ordinal);
    struct event_transfer *transfer =
        add_transfer(decision, ordinal, queue->site.wrap_up);
    transfer->service = next_service(decision);
    if (command->verb == VERB_TRANSFER) {
        transfer->for_counter = command->to_counter;
        transfer->quantity =
            transfer->service == ticket->service ? ticket->leg.quantity : 0;
        if (command->comes_back) {
            transfer->further[0] =
                (struct further_service){ticket->service, command->counter, 0};
            transfer->further_count = 1;
        }
    }
    add_parked(decision, transfer);
    copy_further(transfer, &ticket->leg, 0);
    decision_add_wished_pause(decision, command->counter, true);
    return OK;
}

/* Behind as many others as the service says, of those who wait in the same line; 0: where
 * its arrival puts it. Nobody's place is later than now, also behind one who has come in
 * this very millisecond. */
static int64_t order_behind(const struct decision *decision, const struct ticket *ticket)
{
    const struct queue *queue = decision->queue;
    uint32_t others = queue->site.services[ticket->service].readmit_after;
    uint32_t at = queue_line_head(queue, ticket->service, ticket->class_index);
    uint32_t last = TICKET_NONE;
    for (; others > 0 && at != TICKET_NONE; others--) {
        last = at;
        at = queue_ticket(queue, at)->next_waiting;
    }
    if (last == TICKET_NONE || ticket->leg.for_counter != SITE_NONE) {
        return 0;
    }
    int64_t order_at_ms = queue_ticket(queue, last)->order_at_ms + 1;
    if (order_at_ms > decision->now_ms) {
        order_at_ms = decision->now_ms;
    }
    return order_at_ms > ticket->order_at_ms ? order_at_ms : 0;
}

enum status queue_decide_readmit(struct decision *decision)
{
    assert(decision->command->verb == VERB_READMIT);
    enum status status = decision_check_ticket_state(decision, 1U << TICKET_NO_SHOW);
    if (status != OK) {
        return status;
    }
    const struct queue *queue = decision->queue;
    uint32_t ordinal = decision->command->ticket;
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    uint32_t within_s = queue->site.services[ticket->service].readmit_within_s;
    if (within_s == 0) {
        return decision_refuse_ticket(
            decision, REFUSAL_NOT_TAKEN_BACK, ordinal,
            "did not come when called, and its service takes nobody back");
    }
    if (decision->now_ms - ticket->ended_at_ms > (int64_t)within_s * 1000) {
        return decision_refuse_ticket(
            decision, REFUSAL_NOT_TAKEN_BACK, ordinal,
            "did not come when called, and the time to come back has passed");
    }
    decision_add(decision, EVENT_TICKET_READMITTED)->ticket =
        (struct event_ticket){.ticket = ordinal,
                              .counter = SITE_NONE,
                              .order_at_ms = order_behind(decision, ticket)};
    return OK;
}

enum status queue_decide_resume(struct decision *decision)
{
    assert(decision->command->verb == VERB_RESUME);
    enum status status = decision_check_ticket_state(decision, 1U << TICKET_PARKED);
    if (status != OK) {
        return status;
    }
    const struct queue *queue = decision->queue;
    uint32_t ordinal = decision->command->ticket;
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    uint32_t counter = ticket->leg.for_counter;
    struct event *event = decision_add(decision, EVENT_TICKET_RESUMED);
    event->ticket = (struct event_ticket){.ticket = ordinal, .counter = SITE_NONE};
    if (counter != SITE_NONE && is_manned(queue, counter)) {
        event->ticket.counter = counter;
    }
    return OK;
}

enum status queue_decide_requalify(struct decision *decision)
{
    const struct command *command = decision->command;
    assert(command->verb == VERB_REQUALIFY);
    enum status status =
        decision_check_ticket_state(decision, 1U << TICKET_WAITING | 1U << TICKET_PARKED);
    if (status == OK && command->service != SITE_NONE) {
        status = decision_check_service(decision);
    }
    if (status != OK) {
        return status;
    }
    const struct queue *queue = decision->queue;
    const struct ticket *ticket = queue_ticket(queue, command->ticket);
    bool has_class = command->class_index != SITE_NONE;
    if (has_class && command->class_index >= queue->site.class_count) {
        return decision_refuse(decision, REFUSAL_CLASS_UNKNOWN,
                               "there is no such priority class");
    }
    struct event_requalified to = {
        .ticket = command->ticket,
        .service = command->service != SITE_NONE ? command->service : ticket->service,
        .class_index = has_class ? command->class_index : ticket->class_index,
    };
    if (to.service == ticket->service && to.class_index == ticket->class_index) {
        return decision_refuse_ticket(decision, REFUSAL_TICKET_STATE, command->ticket,
                                      "waits for that service in that class already");
    }
    decision_add(decision, EVENT_TICKET_REQUALIFIED)->requalified = to;
    return OK;
}
