/* Deciding what agents press. A verb names the version of the counter that the agent
 * saw: a press on an older one is refused, so that a double press, or one made before an
 * outage, never calls anybody.
 *
 * A press that ends a service and calls the next is one command: its events are the end
 * and the call, or the end alone when nobody waits. */
#include "core/queue_state.h"

#include <assert.h>

#include "core/policy.h"
#include "core/text.h"

static const struct counter *own_counter(const struct decision *decision)
{
    assert(decision->command->counter < decision->queue->site.counter_count);
    return &decision->queue->counters[decision->command->counter];
}

/* An event of one ticket at the command's counter; it begins a press unless the press
 * has begun in this decision. */
static struct event *add_press_event(struct decision *decision, enum event_kind kind,
                                     uint32_t ordinal)
{
    assert(ordinal != TICKET_NONE);
    bool is_first = decision->count == 0;
    struct event *event = decision_add(decision, kind);
    event->ticket = (struct event_ticket){.ticket = ordinal,
                                          .counter = decision->command->counter,
                                          .is_first_of_press = is_first};
    return event;
}

static enum status refuse_occupied(struct decision *decision)
{
    const struct queue *queue = decision->queue;
    const struct counter *counter = own_counter(decision);
    assert(queue_counter_is_occupied(counter));
    const struct ticket *ticket = queue_ticket(queue, counter->ticket);
    char label[LABEL_LENGTH_MAX + 1];
    ticket_label(&queue->site.services[ticket->series], ticket->number, label);
    char bytes[ERROR_TEXT_BYTES];
    struct text what;
    text_init(&what, bytes, sizeof(bytes));
    text_add(&what, "still has ticket '%s': finish it first", label);
    decision->refused.ticket = counter->ticket;
    return decision_refuse_counter(decision, REFUSAL_COUNTER_OCCUPIED, bytes);
}

/* Whether the counter can work at all: not closed, not paused. */
static enum status check_manned(struct decision *decision)
{
    enum counter_state state = own_counter(decision)->state;
    assert(state < COUNTER_STATE_COUNT);
    if (state == COUNTER_CLOSED) {
        return decision_refuse_counter(decision, REFUSAL_COUNTER_CLOSED, "is closed");
    }
    if (state == COUNTER_PAUSED) {
        return decision_refuse_counter(decision, REFUSAL_COUNTER_PAUSED, "is paused");
    }
    return OK;
}

static void add_call(struct decision *decision, const struct choice *choice)
{
    struct event *event = add_press_event(decision, EVENT_TICKET_CALLED, choice->ticket);
    assert(queue_ticket(decision->queue, choice->ticket)->state == TICKET_WAITING);
    event->ticket.rule = choice->rule;
    event->ticket.overtaken = choice->overtaken;
    event->ticket.turn = choice->turn;
}

/* Nobody pressed start: the service is taken to have begun when a no-show was no longer
 * likely, `no_show_within` after the call, and not later than now. */
static void add_imputed_start(struct decision *decision, uint32_t ordinal)
{
    const struct ticket *ticket = queue_ticket(decision->queue, ordinal);
    assert(ticket->state == TICKET_CALLED);
    int64_t start_ms =
        ticket->called_at_ms + (int64_t)decision->queue->site.no_show_within_s * 1000;
    struct event *event = add_press_event(decision, EVENT_TICKET_STARTED, ordinal);
    event->ticket.started_at_ms =
        start_ms < decision->now_ms ? start_ms : decision->now_ms;
    event->ticket.start_is_imputed = true;
}

void decision_start_if_called(struct decision *decision, uint32_t ordinal)
{
    assert(own_counter(decision)->ticket == ordinal);
    if (queue_ticket(decision->queue, ordinal)->state == TICKET_CALLED) {
        add_imputed_start(decision, ordinal);
    }
}

static void add_finish(struct decision *decision, bool is_wrapping_up)
{
    uint32_t ordinal = own_counter(decision)->ticket;
    assert(ordinal != TICKET_NONE);
    decision_start_if_called(decision, ordinal);
    if (queue_ticket(decision->queue, ordinal)->leg.further_count > 0) {
        queue_add_further(decision, ordinal, is_wrapping_up);
        return;
    }
    struct event *event = add_press_event(decision, EVENT_TICKET_FINISHED, ordinal);
    event->ticket.is_wrapping_up = is_wrapping_up;
}

/* A press so soon after the call means that nobody came. */
static bool is_no_show_press(const struct decision *decision)
{
    const struct counter *counter = own_counter(decision);
    const struct ticket *ticket = queue_ticket(decision->queue, counter->ticket);
    assert(counter->state == COUNTER_CALLED);
    return decision->now_ms - ticket->called_at_ms <=
           (int64_t)decision->queue->site.no_show_within_s * 1000;
}

static const struct service *service_here(const struct decision *decision)
{
    const struct ticket *ticket =
        queue_ticket(decision->queue, own_counter(decision)->ticket);
    return &decision->queue->site.services[ticket->service];
}

/* Whether the person at the counter has been called as often as the service wants before
 * anybody is given up. */
static bool is_called_enough(const struct decision *decision)
{
    const struct ticket *ticket =
        queue_ticket(decision->queue, own_counter(decision)->ticket);
    return ticket->call_count >= service_here(decision)->calls_before_no_show;
}

/* Say no while the last call of the person at the counter is too recent. */
static enum status check_gap(struct decision *decision)
{
    uint32_t ordinal = own_counter(decision)->ticket;
    const struct ticket *ticket = queue_ticket(decision->queue, ordinal);
    int64_t gap_ms = (int64_t)service_here(decision)->call_gap_s * 1000;
    return decision->now_ms - ticket->last_call_at_ms >= gap_ms
               ? OK
               : decision_refuse_ticket(decision, REFUSAL_CALL_TOO_SOON, ordinal,
                                        "was called a moment ago");
}

enum status decision_check_present(struct decision *decision, uint32_t ticket_states)
{
    assert(ticket_states != 0);
    enum status status = check_manned(decision);
    if (status != OK) {
        return status;
    }
    const struct counter *counter = own_counter(decision);
    if (!queue_counter_is_occupied(counter)) {
        return decision_refuse_counter(decision, REFUSAL_NO_TICKET, "has no ticket");
    }
    const struct ticket *ticket = queue_ticket(decision->queue, counter->ticket);
    if ((ticket_states >> ticket->state & 1U) == 0) {
        return decision_refuse_state(decision, counter->ticket);
    }
    return OK;
}

static enum status decide_recall(struct decision *decision)
{
    enum status status = decision_check_present(decision, 1U << TICKET_CALLED);
    if (status == OK) {
        status = check_gap(decision);
    }
    if (status != OK) {
        return status;
    }
    /* Part of the press that called: undoing that takes the recalls with it. */
    struct event *event = decision_add(decision, EVENT_TICKET_RECALLED);
    event->ticket = (struct event_ticket){.ticket = own_counter(decision)->ticket,
                                          .counter = decision->command->counter};
    assert(!event->ticket.is_first_of_press);
    return OK;
}

/* Nobody waits for the counter, or whoever does is left to others for a while. */
static enum status refuse_without_next(struct decision *decision)
{
    const struct queue *queue = decision->queue;
    uint64_t services = queue_counter_services(queue, decision->command->counter);
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        if ((services >> i & 1U) != 0 && queue_first_waiting(queue, i) != TICKET_NONE) {
            return decision_refuse_counter(
                decision, REFUSAL_LEFT_TO_OTHERS,
                "leaves who waits to counters that are better at it, for a moment");
        }
    }
    return decision_refuse_counter(decision, REFUSAL_NOBODY_WAITING,
                                   "has nobody waiting for it");
}

static enum status decide_call_next(struct decision *decision)
{
    enum status status = check_manned(decision);
    if (status != OK) {
        return status;
    }
    const struct counter *counter = own_counter(decision);
    if (counter->state == COUNTER_CALLED && is_no_show_press(decision) &&
        !is_called_enough(decision)) {
        return decide_recall(decision); /* nobody is given up yet */
    }
    bool is_no_show = counter->state == COUNTER_CALLED && is_no_show_press(decision);
    bool is_asked = decision->command->verb == VERB_CALL_NEXT; /* a button has no words */
    if (queue_counter_is_occupied(counter) && !is_no_show && is_asked) {
        status = decision_check_topic(decision);
        if (status != OK) {
            return status;
        }
    }
    struct choice choice =
        policy_next(decision->queue, decision->command->counter, decision->now_ms);
    if (is_no_show) {
        (void)add_press_event(decision, EVENT_TICKET_NO_SHOW, counter->ticket);
    } else if (queue_counter_is_occupied(counter)) {
        add_finish(decision, false);
    } else if (choice.ticket == TICKET_NONE && counter->state == COUNTER_FREE) {
        return refuse_without_next(decision);
    }
    if (counter->pause_wish.is_wished) {
        assert(decision->count > 0);
        decision_add_wished_pause(decision, decision->command->counter, true);
    } else if (choice.ticket != TICKET_NONE) {
        add_call(decision, &choice);
    } else if (decision->count == 0) {
        /* Wrapped up and ready, but nobody is there: the light turns green. */
        assert(counter->state == COUNTER_WRAPPING_UP);
        decision_add(decision, EVENT_COUNTER_OPENED)->counter.counter =
            decision->command->counter;
    }
    return OK;
}

static enum status decide_open(struct decision *decision)
{
    assert(decision->count == 0);
    const struct counter *counter = own_counter(decision);
    if (counter->pause_wish.is_wished) {
        decision_add(decision, EVENT_COUNTER_STAYS)->counter.counter =
            decision->command->counter;
        return OK;
    }
    if (counter->state == COUNTER_FREE || queue_counter_is_occupied(counter)) {
        return decision_refuse_counter(decision, REFUSAL_COUNTER_ALREADY,
                                       "is already open");
    }
    if (counter->state == COUNTER_CLOSED) {
        enum status status = decision_check_agent(decision);
        if (status != OK) {
            return status;
        }
    }
    struct event *event = decision_add(decision, EVENT_COUNTER_OPENED);
    event->counter.counter = decision->command->counter;
    return OK;
}

static enum status decide_press(struct decision *decision)
{
    assert(decision->command->verb == VERB_PRESS);
    return own_counter(decision)->state == COUNTER_PAUSED ? decide_open(decision)
                                                          : decide_call_next(decision);
}

/* Whether the command's ticket can be called here: it exists, waits, is ours. */
static enum status check_chosen(struct decision *decision)
{
    assert(decision->command->verb == VERB_CALL);
    const struct queue *queue = decision->queue;
    const struct command *command = decision->command;
    if (command->ticket == TICKET_NONE || command->ticket > queue->ticket_count) {
        return decision_refuse(decision, REFUSAL_TICKET_UNKNOWN,
                               "there is no such ticket today");
    }
    const struct ticket *ticket = queue_ticket(queue, command->ticket);
    if (ticket->state == TICKET_CALLED || ticket->state == TICKET_SERVING) {
        enum status status = decision_refuse_state(decision, command->ticket);
        assert(ticket->counter != command->counter);
        decision->refused.refusal = REFUSAL_TICKET_ELSEWHERE;
        return status;
    }
    if (ticket->state != TICKET_WAITING) {
        return decision_refuse_state(decision, command->ticket);
    }
    if (ticket->is_held) {
        return decision_refuse_ticket(decision, REFUSAL_TICKET_HELD, command->ticket,
                                      "waits while the other ticket of the same person "
                                      "is at a counter");
    }
    uint64_t services = queue_counter_services(queue, command->counter);
    if (!command->is_recorded && (services >> ticket->service & 1U) == 0) {
        return decision_refuse_ticket(decision, REFUSAL_TICKET_SERVICE, command->ticket,
                                      "waits for a service that this counter does not "
                                      "serve");
    }
    return OK;
}

static enum status decide_call(struct decision *decision)
{
    const struct command *command = decision->command;
    enum status status = check_manned(decision);
    if (status != OK) {
        return status;
    }
    if (queue_counter_is_occupied(own_counter(decision))) {
        return refuse_occupied(decision);
    }
    if (!command->is_recorded && !decision->queue->site.call_chosen) {
        return decision_refuse_counter(decision, REFUSAL_CHOICE_NOT_ALLOWED,
                                       "may not call a chosen ticket at this site");
    }
    status = check_chosen(decision);
    if (status != OK) {
        return status;
    }
    if (!command->is_recorded && decision->queue->site.choice_needs_reason &&
        command->reason[0] == '\0') {
        return decision_refuse_ticket(decision, REFUSAL_REASON_NEEDED, command->ticket,
                                      "is called out of turn only with a reason");
    }
    assert(command->ticket != TICKET_NONE);
    struct choice choice = {.ticket = command->ticket,
                            .rule = command->is_recorded ? CALL_RECORDED : CALL_CHOSEN,
                            .overtaken = policy_overtaken(
                                decision->queue, command->counter, command->ticket)};
    add_call(decision, &choice);
    bool is_whole = text_copy(decision->events[0].ticket.reason,
                              sizeof(decision->events[0].ticket.reason), command->reason);
    assert(is_whole);
    (void)is_whole; /* asserted */
    return OK;
}

/* Somebody stands at the counter without a ticket: it is taken, called and begun in one
 * press. Nobody is called out in the hall. */
static enum status decide_walk_in(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct queue *queue = decision->queue;
    enum status status = check_manned(decision);
    if (status == OK && queue_counter_is_occupied(own_counter(decision))) {
        status = refuse_occupied(decision);
    }
    if (status == OK) {
        status = queue_decide_take(decision);
    }
    if (status != OK) {
        return status;
    }
    if ((queue_counter_services(queue, command->counter) >> command->service & 1U) == 0) {
        decision->count = 0;
        return decision_refuse_service(decision, REFUSAL_TICKET_SERVICE,
                                       "is not given at this counter");
    }
    uint32_t ordinal = decision->events[0].taken.ticket;
    struct event *call = decision_add(decision, EVENT_TICKET_CALLED);
    call->ticket = (struct event_ticket){.ticket = ordinal,
                                         .counter = command->counter,
                                         .rule = CALL_WALK_IN,
                                         .is_first_of_press = true};
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        if ((queue_counter_services(queue, command->counter) >> i & 1U) != 0) {
            call->ticket.overtaken += queue_waiting_before(queue, i, ordinal);
        }
    }
    struct event *start = decision_add(decision, EVENT_TICKET_STARTED);
    start->ticket = (struct event_ticket){.ticket = ordinal,
                                          .counter = command->counter,
                                          .started_at_ms = decision->now_ms};
    return OK;
}

static enum status decide_start(struct decision *decision)
{
    enum status status = decision_check_present(decision, 1U << TICKET_CALLED);
    if (status != OK) {
        return status;
    }
    uint32_t ordinal = own_counter(decision)->ticket;
    assert(ordinal != TICKET_NONE);
    add_press_event(decision, EVENT_TICKET_STARTED, ordinal)->ticket.started_at_ms =
        decision->now_ms;
    return OK;
}

static enum status decide_finish(struct decision *decision)
{
    enum status status =
        decision_check_present(decision, 1U << TICKET_CALLED | 1U << TICKET_SERVING);
    if (status == OK) {
        status = decision_check_topic(decision);
    }
    if (status != OK) {
        return status;
    }
    bool pauses = own_counter(decision)->pause_wish.is_wished;
    add_finish(decision, decision->queue->site.wrap_up && !pauses);
    assert(decision->count > 0);
    decision_add_wished_pause(decision, decision->command->counter, true);
    return OK;
}

static enum status decide_no_show(struct decision *decision)
{
    enum status status = decision_check_present(decision, 1U << TICKET_CALLED);
    if (status != OK) {
        return status;
    }
    if (!is_called_enough(decision)) {
        return decision_refuse_ticket(decision, REFUSAL_CALL_AGAIN,
                                      own_counter(decision)->ticket,
                                      "has not been called often enough to be given up");
    }
    assert(own_counter(decision)->state == COUNTER_CALLED);
    (void)add_press_event(decision, EVENT_TICKET_NO_SHOW, own_counter(decision)->ticket);
    decision_add_wished_pause(decision, decision->command->counter, true);
    return OK;
}

static enum status decide_undo(struct decision *decision)
{
    assert(decision->command->verb == VERB_UNDO);
    const struct press *press = &own_counter(decision)->last_press;
    if (!press->can_be_undone) {
        return decision_refuse_counter(decision, REFUSAL_NOTHING_TO_UNDO,
                                       "has nothing that can be undone");
    }
    assert(press->at_ms <= decision->now_ms);
    if (decision->now_ms - press->at_ms > UNDO_WITHIN_MS) {
        return decision_refuse_counter(decision, REFUSAL_UNDO_TOO_LATE,
                                       "pressed too long ago to undo it");
    }
    for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        const struct ticket_before *before = &press->tickets[i];
        if (before->ticket != TICKET_NONE && before->state != TICKET_WAITING &&
            queue_other_is_at_counter(decision->queue, before->ticket)) {
            return decision_refuse_ticket(decision, REFUSAL_TICKET_HELD, before->ticket,
                                          "cannot come back while the other ticket of "
                                          "the same person is at a counter");
        }
    }
    struct event *event = decision_add(decision, EVENT_PRESS_UNDONE);
    event->undone = (struct event_undone){.counter = decision->command->counter,
                                          .state = press->state_before,
                                          .ticket = press->ticket_before,
                                          .turn = press->turn_before};
    for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        event->undone.tickets[i] = press->tickets[i];
    }
    return OK;
}

void decision_add_wished_pause(struct decision *decision, uint32_t counter,
                               bool is_of_press)
{
    assert(counter < decision->queue->site.counter_count && decision->count > 0);
    const struct pause_wish *wish = &decision->queue->counters[counter].pause_wish;
    if (!wish->is_wished) {
        return;
    }
    struct event *event = decision_add(decision, EVENT_COUNTER_PAUSED);
    event->counter = (struct event_counter){
        .counter = counter, .back_at_ms = wish->back_at_ms, .is_of_press = is_of_press};
    bool is_whole =
        text_copy(event->counter.reason, sizeof(event->counter.reason), wish->reason);
    assert(is_whole);
}

/* With a ticket at the counter the pause begins after it. */
static enum status decide_pause(struct decision *decision)
{
    const struct counter *counter = own_counter(decision);
    const struct command *command = decision->command;
    if (counter->state == COUNTER_PAUSED) {
        return decision_refuse_counter(decision, REFUSAL_COUNTER_ALREADY,
                                       "is already paused");
    }
    if (counter->state == COUNTER_CLOSED) {
        return decision_refuse_counter(decision, REFUSAL_COUNTER_CLOSED, "is closed");
    }
    struct event *event = decision_add(decision, queue_counter_is_occupied(counter)
                                                     ? EVENT_COUNTER_PAUSE_WISHED
                                                     : EVENT_COUNTER_PAUSED);
    event->counter.counter = command->counter;
    event->counter.back_at_ms = command->back_at_ms;
    bool is_whole =
        text_copy(event->counter.reason, sizeof(event->counter.reason), command->reason);
    assert(is_whole);
    return OK;
}

static enum status decide_close(struct decision *decision)
{
    assert(decision->command->verb == VERB_CLOSE);
    const struct counter *counter = own_counter(decision);
    if (counter->state == COUNTER_CLOSED) {
        return decision_refuse_counter(decision, REFUSAL_COUNTER_ALREADY,
                                       "is already closed");
    }
    if (queue_counter_is_occupied(counter)) {
        return refuse_occupied(decision);
    }
    decision_add(decision, EVENT_COUNTER_CLOSED)->counter.counter =
        decision->command->counter;
    return OK;
}

static enum status decide_help(struct decision *decision)
{
    const struct counter *counter = own_counter(decision);
    bool asks = decision->command->verb == VERB_ASK_HELP;
    assert(asks || decision->command->verb == VERB_END_HELP);
    if (counter->state == COUNTER_CLOSED) {
        return decision_refuse_counter(decision, REFUSAL_COUNTER_CLOSED, "is closed");
    }
    if (counter->asks_help == asks) {
        return decision_refuse_counter(decision, REFUSAL_COUNTER_ALREADY,
                                       asks ? "asks for help already"
                                            : "does not ask for help");
    }
    decision_add(decision, asks ? EVENT_HELP_ASKED : EVENT_HELP_ENDED)->counter.counter =
        decision->command->counter;
    return OK;
}

static const struct {
    enum status (*decide)(struct decision *decision);
} verbs[VERB_COUNT] = {
    [VERB_CALL_NEXT] = {decide_call_next},
    [VERB_PRESS] = {decide_press},
    [VERB_CALL] = {decide_call},
    [VERB_RECALL] = {decide_recall},
    [VERB_START] = {decide_start},
    [VERB_FINISH] = {decide_finish},
    [VERB_NO_SHOW] = {decide_no_show},
    [VERB_UNDO] = {decide_undo},
    [VERB_OPEN] = {decide_open},
    [VERB_PAUSE] = {decide_pause},
    [VERB_CLOSE] = {decide_close},
    [VERB_TRANSFER] = {queue_decide_transfer},
    [VERB_PARK] = {queue_decide_transfer},
    [VERB_ASK_HELP] = {decide_help},
    [VERB_END_HELP] = {decide_help},
    [VERB_NOTE] = {queue_decide_note},
    [VERB_SIGN_IN] = {queue_decide_sign_in},
    [VERB_WALK_IN] = {decide_walk_in},
};

enum status queue_decide_counter(struct decision *decision)
{
    const struct queue *queue = decision->queue;
    const struct command *command = decision->command;
    assert(verbs[command->verb].decide);
    if (command->counter >= queue->site.counter_count) {
        return decision_refuse(decision, REFUSAL_COUNTER_UNKNOWN,
                               "there is no such counter");
    }
    decision->refused.counter = command->counter;
    if (command->version != VERSION_ANY &&
        command->version != own_counter(decision)->version) {
        return decision_refuse_counter(decision, REFUSAL_COUNTER_CHANGED,
                                       "has changed since this was pressed");
    }
    return verbs[command->verb].decide(decision);
}
