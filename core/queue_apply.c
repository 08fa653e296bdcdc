/* Changing the state by one event. Nothing here chooses: what an event does not say is
 * not done. queue_check_event() is the precondition, asserted on every event. */
#include "core/queue_state.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

static struct counter *counter_at(struct queue *queue, uint32_t counter)
{
    assert(counter < queue->site.counter_count);
    return &queue->counters[counter];
}

/* The counter goes to `state` with `ticket` in front of it. */
static void move_counter(struct counter *counter, enum counter_state state,
                         uint32_t ticket, const struct event *event)
{
    assert((state == COUNTER_CALLED || state == COUNTER_SERVING) ==
           (ticket != TICKET_NONE));
    if (counter->state != state) {
        counter->since_ms = event->at_ms;
    }
    counter->state = state;
    counter->ticket = ticket;
    counter->version = event->seq;
    counter->reason[0] = '\0';
    counter->back_at_ms = 0;
    if (ticket == TICKET_NONE) {
        counter->pause_wish = (struct pause_wish){0};
    }
}

/* Write down how counter and ticket are before this event of a press changes them. The
 * first event of a press begins its note; a ticket is noted once, as it first was. */
static void note_press(struct queue *queue, uint32_t counter_index, uint32_t ordinal,
                       bool is_first, int64_t at_ms)
{
    struct counter *counter = counter_at(queue, counter_index);
    struct press *press = &counter->last_press;
    if (is_first) {
        *press = (struct press){.can_be_undone = true,
                                .at_ms = at_ms,
                                .state_before = counter->state,
                                .ticket_before = counter->ticket,
                                .turn_before = counter->turn};
    }
    if (!press->can_be_undone) {
        return;
    }
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        struct ticket_before *before = &press->tickets[i];
        if (before->ticket == ordinal) {
            return;
        }
        if (before->ticket == TICKET_NONE) {
            *before = (struct ticket_before){.ticket = ordinal,
                                             .state = ticket->state,
                                             .counter = ticket->counter,
                                             .call_count = ticket->call_count,
                                             .start_is_imputed = ticket->start_is_imputed,
                                             .called_at_ms = ticket->called_at_ms,
                                             .started_at_ms = ticket->started_at_ms};
            return;
        }
    }
    /* More tickets than a press can have: a journal of a newer program. Not undoable is
     * safe; half undone would not be. */
    press->can_be_undone = false;
}

static void note_press_of(struct queue *queue, const struct event *event)
{
    const struct event_ticket *body = &event->ticket;
    note_press(queue, body->counter, body->ticket, body->is_first_of_press, event->at_ms);
}

void queue_forget_press(struct queue *queue, uint32_t ordinal)
{
    uint32_t at = queue_ticket(queue, ordinal)->counter;
    if (at == SITE_NONE) {
        return;
    }
    struct press *press = &counter_at(queue, at)->last_press;
    for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        if (press->tickets[i].ticket == ordinal) {
            *press = (struct press){0};
        }
    }
}

static void apply_frame(struct queue *queue, const struct event *event)
{
    assert(event->kind <= EVENT_SITE_CONFIGURED);
    if (event->kind == EVENT_EPOCH_STARTED) {
        assert(event->epoch > queue->epoch);
        queue->epoch = event->epoch;
    } else if (event->kind == EVENT_CLOCK_SET) {
        queue->clock_mode = event->clock.mode;
        queue->clock_factor = event->clock.factor;
    } else {
        queue_replace_site(queue, event);
    }
}

static void apply_day_opened(struct queue *queue, const struct event *event)
{
    assert(queue->day == 0);
    queue_forget_tickets(queue);
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        queue->counters[i] = (struct counter){.state = COUNTER_CLOSED,
                                              .ticket = TICKET_NONE,
                                              .version = event->seq,
                                              .since_ms = event->at_ms};
    }
    queue->day = event->date;
    queue->last_day = event->date;
}

static void apply_day_closed(struct queue *queue, const struct event *event)
{
    assert(queue->day == event->date);
    (void)event; /* asserted */
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        queue->series[i].is_open = false;
    }
    queue_forget_kept(queue, queue->day);
    queue->day = 0;
}

/* Whoever waits for a counter that closes waits for any that serves them. */
static void release_reserved(struct queue *queue, uint32_t counter)
{
    assert(counter < queue->site.counter_count);
    uint32_t ordinal = queue->reserved[counter].first;
    while (ordinal != TICKET_NONE) {
        queue_line_remove(queue, ordinal);
        queue_ticket_at(queue, ordinal)->leg.for_counter = SITE_NONE;
        queue_line_insert(queue, ordinal);
        ordinal = queue->reserved[counter].first;
    }
}

static void apply_counter(struct queue *queue, const struct event *event)
{
    const struct event_counter *body = &event->counter;
    struct counter *counter = counter_at(queue, body->counter);
    enum counter_state state = COUNTER_CLOSED;
    if (event->kind == EVENT_COUNTER_OPENED) {
        state = COUNTER_FREE;
    } else if (event->kind == EVENT_COUNTER_PAUSED) {
        state = COUNTER_PAUSED;
    }
    assert(counter->ticket == TICKET_NONE);
    move_counter(counter, state, TICKET_NONE, event);
    if (state == COUNTER_CLOSED) {
        release_reserved(queue, body->counter);
        counter->asks_help = false;
        counter->agent = 0;
        counter->profile = 0;
    }
    if (state == COUNTER_PAUSED) {
        (void)text_copy(counter->reason, sizeof(counter->reason), body->reason);
        counter->back_at_ms = body->back_at_ms;
    }
    if (!body->is_of_press) {
        counter->last_press = (struct press){0};
    }
}

/* A pause is wished for, or no more: the counter changes, its press can still be undone.
 */
static void apply_pause_wish(struct queue *queue, const struct event *event)
{
    const struct event_counter *body = &event->counter;
    struct counter *counter = counter_at(queue, body->counter);
    assert(counter->ticket != TICKET_NONE);
    counter->version = event->seq;
    counter->pause_wish = (struct pause_wish){0};
    if (event->kind == EVENT_COUNTER_PAUSE_WISHED) {
        counter->pause_wish.is_wished = true;
        counter->pause_wish.back_at_ms = body->back_at_ms;
        (void)text_copy(counter->pause_wish.reason, sizeof(counter->pause_wish.reason),
                        body->reason); /* same size */
    }
}

static void apply_help(struct queue *queue, const struct event *event)
{
    struct counter *counter = counter_at(queue, event->counter.counter);
    assert(counter->state != COUNTER_CLOSED);
    counter->version = event->seq;
    counter->asks_help = event->kind == EVENT_HELP_ASKED;
}

static void apply_taken(struct queue *queue, const struct event *event)
{
    const struct event_taken *taken = &event->taken;
    assert(taken->ticket == queue->ticket_count + 1);
    struct series *series = &queue->series[taken->service];
    queue->tickets[taken->ticket] =
        (struct ticket){.state = TICKET_WAITING,
                        .channel = taken->channel,
                        .language = taken->language,
                        .print = PRINT_NONE,
                        .service = taken->service,
                        .number = taken->number,
                        .class_index = taken->class_index,
                        .counter = SITE_NONE,
                        .taken_at_ms = event->at_ms,
                        .order_at_ms = event->at_ms,
                        .series = taken->service,
                        .arrival = taken->ticket,
                        .kiosk = taken->kiosk,
                        .is_suspect = taken->is_suspect,
                        .is_test = taken->is_test,
                        .leg = {.requested_at_ms = event->at_ms,
                                .for_counter = SITE_NONE,
                                .quantity = taken->quantity,
                                .further_count = taken->further_count},
                        .quote = taken->quote};
    memcpy(queue->tickets[taken->ticket].leg.further, taken->further,
           sizeof(taken->further));
    queue->ticket_count = taken->ticket;
    queue->numbers[series->row][taken->number] = taken->ticket;
    series->beside_count += taken->is_test ? 1U : 0U;
    queue_note_number(queue, taken->service, taken->number);
    queue_line_insert(queue, taken->ticket);
}

static void apply_called(struct queue *queue, const struct event *event)
{
    const struct event_ticket *body = &event->ticket;
    struct counter *counter = counter_at(queue, body->counter);
    assert(counter->ticket == TICKET_NONE);
    queue_forget_press(queue, body->ticket);
    note_press_of(queue, event);
    queue_line_remove(queue, body->ticket);
    struct ticket *ticket = queue_ticket_at(queue, body->ticket);
    queue_move_ticket(queue, body->ticket, TICKET_CALLED);
    ticket->counter = body->counter;
    ticket->call_count++;
    queue_start_clock(ticket, event->at_ms);
    ticket->called_at_ms = event->at_ms;
    ticket->last_call_at_ms = event->at_ms;
    ticket->matter = (struct matter){0};
    queue_note_call(queue, body->ticket, body->counter);
    if (body->turn != 0) {
        counter->turn = body->turn;
    }
    move_counter(counter, COUNTER_CALLED, body->ticket, event);
}

static void apply_recalled(struct queue *queue, const struct event *event)
{
    struct ticket *ticket = queue_ticket_at(queue, event->ticket.ticket);
    assert(ticket->state == TICKET_CALLED);
    ticket->call_count++;
    ticket->last_call_at_ms = event->at_ms;
    counter_at(queue, event->ticket.counter)->version = event->seq;
}

static void apply_started(struct queue *queue, const struct event *event)
{
    const struct event_ticket *body = &event->ticket;
    note_press_of(queue, event);
    struct ticket *ticket = queue_ticket_at(queue, body->ticket);
    assert(body->started_at_ms >= ticket->called_at_ms);
    queue_move_ticket(queue, body->ticket, TICKET_SERVING);
    ticket->started_at_ms = body->started_at_ms;
    ticket->start_is_imputed = body->start_is_imputed;
    move_counter(counter_at(queue, body->counter), COUNTER_SERVING, body->ticket, event);
}

/* Finished and no-show: the agent's press ends what was at the counter. */
static void apply_ended_by_agent(struct queue *queue, const struct event *event)
{
    const struct event_ticket *body = &event->ticket;
    bool is_finish = event->kind == EVENT_TICKET_FINISHED;
    assert(is_finish || event->kind == EVENT_TICKET_NO_SHOW);
    note_press_of(queue, event);
    struct ticket *ticket = queue_ticket_at(queue, body->ticket);
    queue_move_ticket(queue, body->ticket, is_finish ? TICKET_SERVED : TICKET_NO_SHOW);
    ticket->ended_at_ms = event->at_ms;
    enum counter_state after =
        is_finish && body->is_wrapping_up ? COUNTER_WRAPPING_UP : COUNTER_FREE;
    move_counter(counter_at(queue, body->counter), after, TICKET_NONE, event);
}

static enum ticket_state outcome_from_outside(enum event_kind kind)
{
    if (kind == EVENT_TICKET_CANCELLED) {
        return TICKET_CANCELLED;
    }
    if (kind == EVENT_TICKET_ABANDONED) {
        return TICKET_ABANDONED;
    }
    if (kind == EVENT_TICKET_VOIDED) {
        return TICKET_VOID;
    }
    assert(kind == EVENT_TICKET_CLOSED_AT_NIGHT);
    return TICKET_CLOSED_AT_NIGHT;
}

/* Cancelled, abandoned, closed at night: from outside of the counter. A counter where the
 * ticket was is free again, and its last press can no longer be undone. */
static void apply_ended_from_outside(struct queue *queue, const struct event *event)
{
    const struct event_ticket *body = &event->ticket;
    struct ticket *ticket = queue_ticket_at(queue, body->ticket);
    if (ticket->state == TICKET_WAITING || ticket->state == TICKET_PARKED) {
        queue_forget_press(queue, body->ticket);
        queue_line_remove(queue, body->ticket);
    } else {
        assert(body->counter == ticket->counter);
        struct counter *counter = counter_at(queue, body->counter);
        move_counter(counter, COUNTER_FREE, TICKET_NONE, event);
        counter->last_press = (struct press){0};
    }
    queue_move_ticket(queue, body->ticket, outcome_from_outside(event->kind));
    ticket->ended_at_ms = event->at_ms;
    if (event->kind == EVENT_TICKET_VOIDED) {
        queue->series[ticket->series].beside_count++;
    }
}

/* A copy that failed says nothing of the ticket that the person already holds. */
static void apply_printed(struct queue *queue, const struct event *event)
{
    const struct event_ticket *body = &event->ticket;
    assert(body->print != PRINT_NONE);
    if (!body->is_copy || body->print == PRINT_PRINTED) {
        queue_ticket_at(queue, body->ticket)->print = body->print;
    }
}

void queue_release_if_closed(const struct queue *queue, struct leg *leg)
{
    if (leg->for_counter != SITE_NONE &&
        queue->counters[leg->for_counter].state == COUNTER_CLOSED) {
        leg->for_counter = SITE_NONE;
    }
}

/* A no-show waits again with its first arrival. The press that ended it can no longer be
 * undone: that would take the person out of the line again. */
static void apply_readmitted(struct queue *queue, const struct event *event)
{
    uint32_t ordinal = event->ticket.ticket;
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    queue_forget_press(queue, ordinal);
    queue_move_ticket(queue, ordinal, TICKET_WAITING);
    ticket->started_at_ms = 0; /* of one that was corrected to no-show */
    ticket->start_is_imputed = false;
    ticket->counter = SITE_NONE;
    ticket->called_at_ms = 0;
    ticket->ended_at_ms = 0;
    if (event->ticket.order_at_ms != 0) {
        ticket->order_at_ms = event->ticket.order_at_ms;
    }
    queue_release_if_closed(queue, &ticket->leg);
    queue_line_insert(queue, ordinal);
}

/* The visit ended otherwise. The press that ended it can no longer be undone. */
static void apply_corrected(struct queue *queue, const struct event *event)
{
    const struct event_corrected *body = &event->corrected;
    queue_forget_press(queue, body->ticket);
    struct ticket *ticket = queue_ticket_at(queue, body->ticket);
    assert(ticket_may_be_corrected(ticket->state, body->to));
    ticket->state = body->to;
    if (body->started_at_ms != 0) {
        ticket->started_at_ms = body->started_at_ms;
        ticket->start_is_imputed = true;
    }
}

/* A transfer also changes which part of the visit the ticket is at. */
static void note_leg(struct queue *queue, uint32_t counter, uint32_t ordinal)
{
    struct press *press = &counter_at(queue, counter)->last_press;
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        struct ticket_before *before = &press->tickets[i];
        if (before->ticket == ordinal) {
            before->has_leg = true;
            before->service = ticket->service;
            before->leg = ticket->leg;
            before->first_call_at_ms = ticket->first_call_at_ms;
        }
    }
}

static void apply_transferred(struct queue *queue, const struct event *event)
{
    const struct event_transfer *body = &event->transfer;
    assert(body->further_count <= FURTHER_MAX);
    note_press(queue, body->counter, body->ticket, body->is_first_of_press, event->at_ms);
    note_leg(queue, body->counter, body->ticket);
    struct ticket *ticket = queue_ticket_at(queue, body->ticket);
    queue_move_ticket(queue, body->ticket,
                      body->is_parked ? TICKET_PARKED : TICKET_WAITING);
    if (ticket->leg.index == 0) {
        ticket->first_call_at_ms = ticket->called_at_ms;
    }
    ticket->service = body->service;
    ticket->leg.index++;
    ticket->leg.requested_at_ms = event->at_ms;
    ticket->leg.for_counter = body->for_counter;
    ticket->leg.quantity = body->quantity;
    ticket->leg.further_count = body->further_count;
    memcpy(ticket->leg.further, body->further, sizeof(body->further));
    ticket->due_at_ms = body->due_at_ms;
    (void)text_copy(ticket->reason, sizeof(ticket->reason), body->reason);
    ticket->called_at_ms = 0;
    ticket->started_at_ms = 0;
    ticket->start_is_imputed = false;
    ticket->call_count = 0;
    queue_line_insert(queue, body->ticket);
    move_counter(counter_at(queue, body->counter),
                 body->is_wrapping_up ? COUNTER_WRAPPING_UP : COUNTER_FREE, TICKET_NONE,
                 event);
}

/* It waits from now on; where it stands follows from its first arrival. */
static void apply_resumed(struct queue *queue, const struct event *event)
{
    uint32_t ordinal = event->ticket.ticket;
    queue_forget_press(queue, ordinal);
    queue_line_remove(queue, ordinal);
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    queue_move_ticket(queue, ordinal, TICKET_WAITING);
    ticket->leg.requested_at_ms = event->at_ms;
    ticket->leg.for_counter = event->ticket.counter;
    ticket->due_at_ms = 0;
    ticket->reason[0] = '\0';
    queue_line_insert(queue, ordinal);
}

static void apply_requalified(struct queue *queue, const struct event *event)
{
    uint32_t ordinal = event->requalified.ticket;
    queue_forget_press(queue, ordinal);
    queue_line_remove(queue, ordinal);
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    if (ticket->service != event->requalified.service) {
        ticket->leg.for_counter = SITE_NONE; /* it was for the other service */
    }
    ticket->service = event->requalified.service;
    ticket->class_index = event->requalified.class_index;
    queue_line_insert(queue, ordinal);
}

/* Another counter takes the place of the one that it waits for or comes back to. */
static void apply_handed_over(struct queue *queue, const struct event *event)
{
    const struct event_handed *body = &event->handed;
    struct ticket *ticket = queue_ticket_at(queue, body->ticket);
    for (uint32_t i = 0; i < ticket->leg.further_count; i++) {
        if (ticket->leg.further[i].counter == body->counter) {
            ticket->leg.further[i].counter = body->to;
        }
    }
    bool is_in_line = ticket->state == TICKET_WAITING || ticket->state == TICKET_PARKED;
    if (!is_in_line || ticket->leg.for_counter != body->counter) {
        return;
    }
    queue_forget_press(queue, body->ticket);
    queue_line_remove(queue, body->ticket);
    ticket->leg.for_counter = body->to;
    queue_line_insert(queue, body->ticket);
}

static void apply_undone(struct queue *queue, const struct event *event)
{
    assert(event->kind == EVENT_PRESS_UNDONE);
    const struct event_undone *undone = &event->undone;
    for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        const struct ticket_before *before = &undone->tickets[i];
        if (before->ticket == TICKET_NONE) {
            continue;
        }
        struct ticket *ticket = queue_ticket_at(queue, before->ticket);
        assert(ticket->counter == undone->counter);
        if (ticket->state == TICKET_WAITING || ticket->state == TICKET_PARKED) {
            queue_line_remove(queue, before->ticket); /* a transfer is taken back */
        }
        queue_move_ticket(queue, before->ticket, before->state);
        if (before->has_leg) {
            ticket->service = before->service;
            ticket->leg = before->leg;
            ticket->first_call_at_ms = before->first_call_at_ms;
            ticket->due_at_ms = 0;
            ticket->reason[0] = '\0';
        }
        ticket->counter = before->counter;
        ticket->call_count = before->call_count;
        ticket->start_is_imputed = before->start_is_imputed;
        ticket->called_at_ms = before->called_at_ms;
        ticket->started_at_ms = before->started_at_ms;
        ticket->ended_at_ms = 0;
        if (before->state == TICKET_WAITING) {
            ticket->matter = (struct matter){0};
            queue_forget_call(queue, before->ticket);
            queue_release_if_closed(queue, &ticket->leg);
            queue_line_insert(queue, before->ticket);
        }
    }
    struct counter *counter = counter_at(queue, undone->counter);
    move_counter(counter, undone->state, undone->ticket, event);
    counter->turn = undone->turn;
    counter->last_press = (struct press){0};
}

/* Kept by the journal; the queue does not change. */
static void apply_contact(struct queue *queue, const struct event *event)
{
    assert(event->contact.service < queue->site.service_count);
    (void)queue; /* asserted */
    (void)event;
}

static void (*const appliers[])(struct queue *queue, const struct event *event) = {
    [EVENT_EPOCH_STARTED] = apply_frame,
    [EVENT_CLOCK_SET] = apply_frame,
    [EVENT_SITE_CONFIGURED] = apply_frame,
    [EVENT_DAY_OPENED] = apply_day_opened,
    [EVENT_DAY_CLOSED] = apply_day_closed,
    [EVENT_SERVICE_OPENED] = queue_apply_service,
    [EVENT_SERVICE_CLOSED] = queue_apply_service,
    [EVENT_COUNTER_OPENED] = apply_counter,
    [EVENT_COUNTER_PAUSED] = apply_counter,
    [EVENT_COUNTER_CLOSED] = apply_counter,
    [EVENT_TICKET_TAKEN] = apply_taken,
    [EVENT_TICKET_CALLED] = apply_called,
    [EVENT_TICKET_RECALLED] = apply_recalled,
    [EVENT_TICKET_STARTED] = apply_started,
    [EVENT_TICKET_FINISHED] = apply_ended_by_agent,
    [EVENT_TICKET_NO_SHOW] = apply_ended_by_agent,
    [EVENT_TICKET_CANCELLED] = apply_ended_from_outside,
    [EVENT_TICKET_ABANDONED] = apply_ended_from_outside,
    [EVENT_TICKET_CLOSED_AT_NIGHT] = apply_ended_from_outside,
    [EVENT_TICKET_PRINTED] = apply_printed,
    [EVENT_PRESS_UNDONE] = apply_undone,
    [EVENT_CONTACT_RECORDED] = apply_contact,
    [EVENT_TICKET_READMITTED] = apply_readmitted,
    [EVENT_TICKET_TRANSFERRED] = apply_transferred,
    [EVENT_TICKET_RESUMED] = apply_resumed,
    [EVENT_TICKET_REQUALIFIED] = apply_requalified,
    [EVENT_COUNTER_PAUSE_WISHED] = apply_pause_wish,
    [EVENT_COUNTER_STAYS] = apply_pause_wish,
    [EVENT_HELP_ASKED] = apply_help,
    [EVENT_HELP_ENDED] = apply_help,
    [EVENT_MATTER_NOTED] = queue_apply_matter,
    [EVENT_AGENT_SIGNED_IN] = queue_apply_sign_in,
    [EVENT_REMARK_MADE] = queue_apply_supervision,
    [EVENT_REMARK_WITHDRAWN] = queue_apply_supervision,
    [EVENT_TICKET_CORRECTED] = apply_corrected,
    [EVENT_LINE_SETTLED] = queue_apply_supervision,
    [EVENT_MESSAGE_SET] = queue_apply_supervision,
    [EVENT_QUOTA_SET] = queue_apply_supervision,
    [EVENT_HOURS_SET] = queue_apply_supervision,
    [EVENT_EXCEPTIONAL_BEGUN] = queue_apply_supervision,
    [EVENT_EXCEPTIONAL_ENDED] = queue_apply_supervision,
    [EVENT_TICKET_HANDED_OVER] = apply_handed_over,
    [EVENT_TICKET_SPLIT] = queue_apply_split,
    [EVENT_TICKETS_LINKED] = queue_apply_pair,
    [EVENT_TICKETS_UNLINKED] = queue_apply_pair,
    [EVENT_TICKET_VOIDED] = apply_ended_from_outside,
    [EVENT_TICKET_TRUSTED] = queue_apply_trusted,
    [EVENT_TURNED_AWAY] = queue_apply_turned_away,
    [EVENT_DOCUMENTS_LACKED] = queue_apply_documents,
    [EVENT_TICKET_KEPT] = queue_apply_kept,
    [EVENT_TICKET_CARRIED] = queue_apply_carried,
};
static_assert(sizeof(appliers) / sizeof(appliers[0]) == EVENT_KIND_COUNT,
              "every kind is applied");

void queue_apply(struct queue *queue, const struct event *event)
{
    struct error err;
    if (queue_check_event(queue, event, &err) != OK) {
        /* The sentence first: it is what is left of the mistake after the stop. */
        (void)fprintf(stderr, "queue: %s\n", err.text);
        abort();
    }
    appliers[event->kind](queue, event);
    queue->seq = event->seq;
    queue->last_at_ms = event->at_ms;
}
