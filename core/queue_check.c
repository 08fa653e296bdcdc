/* Whether an event fits the state: the preconditions of queue_apply(), which asserts
 * them, and the guard of a reader that does not trust its journal. One table says which
 * states of ticket and counter each kind needs. */
#include "core/queue_state.h"

#include <assert.h>
#include <string.h>

#include "core/policy.h"

#define TICKET(state)  (1U << (TICKET_##state))
#define COUNTER(state) (1U << (COUNTER_##state))

/* What an event of one ticket needs. */
struct need {
    bool is_ticket_event;
    uint32_t ticket_states;  /* set of states the ticket may be in */
    uint32_t counter_states; /* set of states of the counter; 0: no counter is named */
};

#define OPEN_STATES    (TICKET(WAITING) | TICKET(CALLED) | TICKET(SERVING) | TICKET(PARKED))
#define OUTCOME_STATES (((1U << TICKET_STATE_COUNT) - 1U) & ~OPEN_STATES)

static const struct need needs[EVENT_KIND_COUNT] = {
    [EVENT_TICKET_CALLED] = {true, TICKET(WAITING), COUNTER(FREE) | COUNTER(WRAPPING_UP)},
    [EVENT_TICKET_RECALLED] = {true, TICKET(CALLED), COUNTER(CALLED)},
    [EVENT_TICKET_STARTED] = {true, TICKET(CALLED), COUNTER(CALLED)},
    [EVENT_TICKET_FINISHED] = {true, TICKET(SERVING), COUNTER(SERVING)},
    [EVENT_TICKET_NO_SHOW] = {true, TICKET(CALLED), COUNTER(CALLED)},
    [EVENT_TICKET_CANCELLED] = {true, TICKET(WAITING) | TICKET(PARKED) | TICKET(CALLED),
                                COUNTER(CALLED)},
    [EVENT_TICKET_ABANDONED] = {true, TICKET(WAITING) | TICKET(PARKED), 0},
    [EVENT_TICKET_CLOSED_AT_NIGHT] = {true, OPEN_STATES,
                                      COUNTER(CALLED) | COUNTER(SERVING)},
    [EVENT_TICKET_READMITTED] = {true, TICKET(NO_SHOW), 0},
    [EVENT_TICKET_VOIDED] = {true, TICKET(WAITING), 0},
    [EVENT_TICKET_TRUSTED] = {true, OPEN_STATES, 0},
    [EVENT_TICKET_KEPT] = {true, TICKET(WAITING), 0},
    [EVENT_TICKET_PRINTED] = {true, OPEN_STATES | OUTCOME_STATES, 0},
};

static const uint32_t counter_needs[EVENT_KIND_COUNT] = {
    [EVENT_COUNTER_OPENED] = COUNTER(CLOSED) | COUNTER(PAUSED) | COUNTER(WRAPPING_UP),
    [EVENT_COUNTER_PAUSED] = COUNTER(FREE) | COUNTER(WRAPPING_UP),
    [EVENT_COUNTER_CLOSED] = COUNTER(FREE) | COUNTER(WRAPPING_UP) | COUNTER(PAUSED),
    [EVENT_COUNTER_PAUSE_WISHED] = COUNTER(CALLED) | COUNTER(SERVING),
    [EVENT_COUNTER_STAYS] = COUNTER(CALLED) | COUNTER(SERVING),
    [EVENT_HELP_ASKED] = ~COUNTER(CLOSED),
    [EVENT_HELP_ENDED] = ~COUNTER(CLOSED),
};

bool queue_counter_is_occupied(const struct counter *counter)
{
    bool is_occupied =
        counter->state == COUNTER_CALLED || counter->state == COUNTER_SERVING;
    assert(is_occupied == (counter->ticket != TICKET_NONE));
    return is_occupied;
}

bool queue_date_is_valid(uint32_t date)
{
    static const uint32_t month_days[12] = {31, 29, 31, 30, 31, 30,
                                            31, 31, 30, 31, 30, 31};
    uint32_t year = date / 10000;
    uint32_t month = date / 100 % 100;
    uint32_t day = date % 100;
    if (year < 1970 || year > 9999 || month < 1 || month > 12) {
        return false;
    }
    assert(month <= sizeof(month_days) / sizeof(month_days[0]));
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month == 2 && day == 29 && !is_leap) {
        return false;
    }
    return day >= 1 && day <= month_days[month - 1];
}

static enum status misfit(struct error *err, const char *what)
{
    assert(what);
    return error_set(err, ERR_CORRUPT, "%s", what);
}

static enum status check_day(const struct queue *queue, const struct event *event,
                             struct error *err)
{
    if (event->kind == EVENT_DAY_OPENED) {
        bool fits = queue->has_site && queue->day == 0 &&
                    queue_date_is_valid(event->date) && event->date > queue->last_day;
        return fits ? OK : misfit(err, "this business day cannot open now");
    }
    assert(event->kind == EVENT_DAY_CLOSED);
    if (queue->day == 0 || event->date != queue->day) {
        return misfit(err, "this business day is not open");
    }
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        if (queue->series[i].waiting_count > 0) {
            return misfit(err, "somebody is still waiting");
        }
    }
    if (queue->parked.first != TICKET_NONE) {
        return misfit(err, "somebody is still parked");
    }
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        if (queue->counters[i].state != COUNTER_CLOSED) {
            return misfit(err, "a counter is not closed yet");
        }
    }
    return OK;
}

static enum status check_service(const struct queue *queue, const struct event *event,
                                 struct error *err)
{
    assert(queue->has_site);
    if (event->service >= queue->site.service_count) {
        return misfit(err, "there is no such service");
    }
    bool opens = event->kind == EVENT_SERVICE_OPENED;
    if (queue->series[event->service].is_open == opens) {
        return misfit(err, "the service is in that state already");
    }
    return OK;
}

static enum status check_counter(const struct queue *queue, const struct event *event,
                                 struct error *err)
{
    const struct event_counter *body = &event->counter;
    assert(counter_needs[event->kind] != 0);
    if (body->counter >= queue->site.counter_count) {
        return misfit(err, "there is no such counter");
    }
    if (!memchr(body->reason, '\0', sizeof(body->reason))) {
        return misfit(err, "the reason has no end");
    }
    const struct counter *counter = &queue->counters[body->counter];
    if ((counter_needs[event->kind] >> counter->state & 1U) == 0) {
        return misfit(err, "the counter is in another state");
    }
    if (event->kind == EVENT_COUNTER_STAYS && !counter->pause_wish.is_wished) {
        return misfit(err, "no pause is wished for at the counter");
    }
    if ((event->kind == EVENT_HELP_ASKED && counter->asks_help) ||
        (event->kind == EVENT_HELP_ENDED && !counter->asks_help)) {
        return misfit(err, "whether the counter asks for help does not change");
    }
    if (body->is_of_press &&
        (event->kind != EVENT_COUNTER_PAUSED || !counter->last_press.can_be_undone)) {
        return misfit(err, "no press ended a ticket before it");
    }
    return OK;
}

/* The counter that a ticket waits for alone exists; it is manned where somebody waits
 * for it now. */
static bool may_wait_for(const struct queue *queue, uint32_t counter, bool waits_now)
{
    if (counter == SITE_NONE) {
        return true;
    }
    return counter < queue->site.counter_count &&
           (!waits_now || queue->counters[counter].state != COUNTER_CLOSED);
}

static enum status check_further(const struct queue *queue, uint32_t count,
                                 const struct further_service further[FURTHER_MAX],
                                 struct error *err)
{
    if (count > FURTHER_MAX) {
        return misfit(err, "there are too many services after it");
    }
    for (uint32_t i = 0; i < count; i++) {
        if (further[i].service >= queue->site.service_count ||
            further[i].quantity > QUANTITY_MAX ||
            !may_wait_for(queue, further[i].counter, false)) {
            return misfit(err, "there is no such service or counter after it");
        }
    }
    return OK;
}

static enum status check_taken(const struct queue *queue, const struct event *event,
                               struct error *err)
{
    const struct event_taken *taken = &event->taken;
    assert(event->kind == EVENT_TICKET_TAKEN);
    if (queue->ticket_count == TICKETS_PER_DAY_MAX ||
        taken->ticket != queue->ticket_count + 1) {
        return misfit(err, "the ticket is not the next of the day");
    }
    if (taken->service >= queue->site.service_count ||
        taken->class_index >= queue->site.class_count) {
        return misfit(err, "there is no such service or priority class");
    }
    if (taken->kiosk != SITE_NONE && taken->kiosk >= queue->site.kiosk_count) {
        return misfit(err, "there is no such kiosk");
    }
    if (taken->language >= LANGUAGE_COUNT || taken->channel >= CHANNEL_COUNT) {
        return misfit(err, "there is no such language or channel");
    }
    if (taken->number < 1 || taken->number > TICKET_NUMBER_MAX) {
        return misfit(err, "the number is out of range");
    }
    uint32_t row = queue->series[taken->service].row;
    if (queue->numbers[row][taken->number] != TICKET_NONE) {
        return misfit(err, "the number was given before today");
    }
    if (taken->quantity > QUANTITY_MAX) {
        return misfit(err, "the service is asked for too often");
    }
    return check_further(queue, taken->further_count, taken->further, err);
}

/* The counter that the event names against the counter that the ticket is at. */
static enum status check_place(const struct queue *queue, const struct event *event,
                               struct error *err)
{
    assert(event->ticket.ticket != TICKET_NONE);
    const struct event_ticket *body = &event->ticket;
    const struct ticket *ticket = &queue->tickets[body->ticket];
    bool is_at_counter =
        ticket->state == TICKET_CALLED || ticket->state == TICKET_SERVING;
    uint32_t states = needs[event->kind].counter_states;
    bool names_counter =
        states != 0 && (is_at_counter || event->kind == EVENT_TICKET_CALLED);
    if (!names_counter) {
        return body->counter == SITE_NONE ? OK : misfit(err, "no counter belongs here");
    }
    if (body->counter >= queue->site.counter_count) {
        return misfit(err, "there is no such counter");
    }
    const struct counter *counter = &queue->counters[body->counter];
    if ((states >> counter->state & 1U) == 0) {
        return misfit(err, "the counter is in another state");
    }
    uint32_t present = is_at_counter ? body->ticket : TICKET_NONE;
    return counter->ticket == present ? OK : misfit(err, "another ticket is there");
}

static enum status check_ticket(const struct queue *queue, const struct event *event,
                                struct error *err)
{
    const struct event_ticket *body = &event->ticket;
    assert(needs[event->kind].is_ticket_event);
    if (body->ticket == TICKET_NONE || body->ticket > queue->ticket_count) {
        return misfit(err, "there is no such ticket");
    }
    const struct ticket *ticket = &queue->tickets[body->ticket];
    if ((needs[event->kind].ticket_states >> ticket->state & 1U) == 0) {
        return misfit(err, "the ticket is in another state");
    }
    if (!memchr(body->reason, '\0', sizeof(body->reason)) || body->order_at_ms < 0 ||
        body->order_at_ms > event->at_ms) {
        return misfit(err, "the reason has no end, or its place in the line is no time");
    }
    bool needs_suspect =
        event->kind == EVENT_TICKET_VOIDED || event->kind == EVENT_TICKET_TRUSTED;
    bool is_taken_up = event->kind == EVENT_TICKET_VOIDED && ticket->leg.index > 0;
    if (event->kind == EVENT_TICKET_KEPT && queue->kept_count == KEPT_MAX) {
        return misfit(err, "too many tickets are kept overnight");
    }
    if (needs_suspect && (!ticket->is_suspect || is_taken_up)) {
        return misfit(err, "the ticket is not suspect");
    }
    if (event->kind == EVENT_TICKET_CALLED && ticket->is_held) {
        return misfit(err, "the other ticket of the same person is at a counter");
    }
    if (event->kind == EVENT_TICKET_CALLED && body->rule >= CALL_RULE_COUNT) {
        return misfit(err, "there is no such rule of calling");
    }
    if (event->kind == EVENT_TICKET_CALLED && body->turn >= TURN_END) {
        return misfit(err, "there is no such turn");
    }
    if (event->kind == EVENT_TICKET_PRINTED &&
        (body->print == PRINT_NONE || body->print >= PRINT_STATE_COUNT)) {
        return misfit(err, "there is no such result of printing");
    }
    if (event->kind == EVENT_TICKET_STARTED &&
        (body->started_at_ms < ticket->called_at_ms ||
         body->started_at_ms > event->at_ms)) {
        return misfit(err, "the service cannot have started then");
    }
    return check_place(queue, event, err);
}

static enum status check_leg(const struct queue *queue,
                             const struct ticket_before *before, struct error *err)
{
    const struct leg *leg = &before->leg;
    if (before->state == TICKET_WAITING) {
        return misfit(err, "it was not sent on while it waited");
    }
    if (before->service >= queue->site.service_count ||
        !may_wait_for(queue, leg->for_counter, false)) {
        return misfit(err, "there is no such service or counter");
    }
    return check_further(queue, leg->further_count, leg->further, err);
}

static enum status check_transferred(const struct queue *queue, const struct event *event,
                                     struct error *err)
{
    const struct event_transfer *body = &event->transfer;
    assert(event->kind == EVENT_TICKET_TRANSFERRED);
    if (body->ticket == TICKET_NONE || body->ticket > queue->ticket_count ||
        body->counter >= queue->site.counter_count ||
        body->service >= queue->site.service_count) {
        return misfit(err, "there is no such ticket, counter or service");
    }
    if (queue->tickets[body->ticket].state != TICKET_SERVING ||
        queue->counters[body->counter].ticket != body->ticket) {
        return misfit(err, "the ticket is not served there");
    }
    if (!may_wait_for(queue, body->for_counter, !body->is_parked)) {
        return misfit(err, "the counter it is for is not there");
    }
    if (!memchr(body->reason, '\0', sizeof(body->reason)) || body->due_at_ms < 0 ||
        body->quantity > QUANTITY_MAX) {
        return misfit(err, "the reason has no end, or the time makes no sense");
    }
    return check_further(queue, body->further_count, body->further, err);
}

static enum status check_resumed(const struct queue *queue, const struct event *event,
                                 struct error *err)
{
    const struct event_ticket *body = &event->ticket;
    assert(event->kind == EVENT_TICKET_RESUMED);
    if (body->ticket == TICKET_NONE || body->ticket > queue->ticket_count ||
        queue->tickets[body->ticket].state != TICKET_PARKED) {
        return misfit(err, "no such ticket is parked");
    }
    return may_wait_for(queue, body->counter, true)
               ? OK
               : misfit(err, "the counter it is for is not there");
}

static enum status check_requalified(const struct queue *queue, const struct event *event,
                                     struct error *err)
{
    const struct event_requalified *body = &event->requalified;
    assert(event->kind == EVENT_TICKET_REQUALIFIED);
    if (body->ticket == TICKET_NONE || body->ticket > queue->ticket_count ||
        body->service >= queue->site.service_count ||
        body->class_index >= queue->site.class_count) {
        return misfit(err, "there is no such ticket, service or priority class");
    }
    enum ticket_state state = queue->tickets[body->ticket].state;
    return state == TICKET_WAITING || state == TICKET_PARKED
               ? OK
               : misfit(err, "the ticket is in another state");
}

/* One ticket of an undone press: it may go back, and to this counter or the line only. */
static enum status check_put_back(const struct queue *queue,
                                  const struct event_undone *undone,
                                  const struct ticket_before *before, struct error *err)
{
    assert(before->ticket != TICKET_NONE);
    if (before->ticket > queue->ticket_count || before->state >= TICKET_STATE_COUNT) {
        return misfit(err, "there is no such ticket or state");
    }
    const struct ticket *ticket = &queue->tickets[before->ticket];
    if (ticket_state_is_outcome(before->state) || ticket->counter != undone->counter ||
        !ticket_may_become(ticket->state, before->state)) {
        return misfit(err, "the ticket cannot go back to that state");
    }
    if (before->has_leg && check_leg(queue, before, err) != OK) {
        return ERR_CORRUPT;
    }
    if (before->state == TICKET_WAITING) {
        bool is_fresh = before->ticket != undone->ticket && before->called_at_ms == 0;
        bool has_place =
            before->counter == SITE_NONE || before->counter < queue->site.counter_count;
        return is_fresh && has_place ? OK : misfit(err, "the ticket was not waiting");
    }
    if (queue_other_is_at_counter(queue, before->ticket)) {
        return misfit(err, "the other ticket of the same person is at a counter");
    }
    bool is_at_counter =
        before->ticket == undone->ticket && before->counter == undone->counter;
    bool has_matching_state =
        undone->state ==
        (before->state == TICKET_CALLED ? COUNTER_CALLED : COUNTER_SERVING);
    return is_at_counter && has_matching_state ? OK
                                               : misfit(err, "the ticket was elsewhere");
}

static enum status check_undone(const struct queue *queue, const struct event *event,
                                struct error *err)
{
    const struct event_undone *undone = &event->undone;
    assert(event->kind == EVENT_PRESS_UNDONE);
    if (undone->counter >= queue->site.counter_count) {
        return misfit(err, "there is no such counter");
    }
    if (undone->turn >= TURN_END) {
        return misfit(err, "there is no such turn");
    }
    bool is_occupied =
        undone->state == COUNTER_CALLED || undone->state == COUNTER_SERVING;
    bool is_vacant =
        undone->state == COUNTER_FREE || undone->state == COUNTER_WRAPPING_UP;
    if ((!is_occupied && !is_vacant) || is_occupied != (undone->ticket != TICKET_NONE)) {
        return misfit(err, "the counter cannot go back to that state");
    }
    uint32_t present = queue->counters[undone->counter].ticket;
    bool names_present = present == TICKET_NONE;
    bool names_restored = undone->ticket == TICKET_NONE;
    for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        const struct ticket_before *before = &undone->tickets[i];
        if (before->ticket == TICKET_NONE) {
            continue;
        }
        if (i > 0 && before->ticket == undone->tickets[0].ticket) {
            return misfit(err, "the ticket is named twice");
        }
        enum status status = check_put_back(queue, undone, before, err);
        if (status != OK) {
            return status;
        }
        names_present = names_present || before->ticket == present;
        names_restored = names_restored || before->ticket == undone->ticket;
    }
    static_assert(PRESS_TICKETS_MAX == 2, "the check for one named twice compares two");
    return names_present && names_restored ? OK
                                           : misfit(err, "a ticket would lose its place");
}

static enum status check_contact(const struct queue *queue, const struct event *event,
                                 struct error *err)
{
    const struct event_contact *contact = &event->contact;
    assert(event->kind == EVENT_CONTACT_RECORDED);
    if (contact->service >= queue->site.service_count ||
        contact->channel >= CHANNEL_COUNT || contact->outcome >= TICKET_STATE_COUNT ||
        !ticket_state_is_outcome(contact->outcome)) {
        return misfit(err, "there is no such service, channel or outcome");
    }
    return OK;
}

/* Events that stand outside of a business day. */
static enum status check_frame(const struct queue *queue, const struct event *event,
                               struct error *err)
{
    assert(event->kind <= EVENT_DAY_CLOSED);
    if (event->kind == EVENT_EPOCH_STARTED) {
        return event->epoch > queue->epoch ? OK : misfit(err, "the epoch does not rise");
    }
    if (event->kind == EVENT_CLOCK_SET) {
        bool fits = event->clock.mode < CLOCK_MODE_COUNT && event->clock.factor >= 1;
        return fits ? OK : misfit(err, "there is no such clock");
    }
    if (event->kind != EVENT_SITE_CONFIGURED) {
        return check_day(queue, event, err);
    }
    if (!event->site || event->site == &queue->site) {
        return misfit(err, "there is no new site");
    }
    enum status status = site_check(event->site, err);
    return status == OK ? queue_check_orphans(queue, event->site, err) : status;
}

static enum status check_body(const struct queue *queue, const struct event *event,
                              struct error *err)
{
    assert(event->kind < EVENT_KIND_COUNT);
    if (event->kind <= EVENT_DAY_CLOSED) {
        return check_frame(queue, event, err);
    }
    if (queue->day == 0) {
        return misfit(err, "no business day is open");
    }
    assert(queue->has_site);
    if (needs[event->kind].is_ticket_event) {
        return check_ticket(queue, event, err);
    }
    if (counter_needs[event->kind] != 0) {
        return check_counter(queue, event, err);
    }
    if (event->kind == EVENT_TICKET_TAKEN) {
        return check_taken(queue, event, err);
    }
    if (event->kind == EVENT_PRESS_UNDONE) {
        return check_undone(queue, event, err);
    }
    if (event->kind == EVENT_CONTACT_RECORDED) {
        return check_contact(queue, event, err);
    }
    if (event->kind == EVENT_TICKET_TRANSFERRED) {
        return check_transferred(queue, event, err);
    }
    if (event->kind == EVENT_TICKET_RESUMED) {
        return check_resumed(queue, event, err);
    }
    if (event->kind == EVENT_TICKET_REQUALIFIED) {
        return check_requalified(queue, event, err);
    }
    if (event->kind == EVENT_MATTER_NOTED) {
        return queue_check_matter(queue, event, err);
    }
    if (event->kind == EVENT_AGENT_SIGNED_IN) {
        return queue_check_sign_in(queue, event, err);
    }
    if (event->kind == EVENT_TICKET_SPLIT || event->kind == EVENT_TICKETS_LINKED ||
        event->kind == EVENT_TICKETS_UNLINKED) {
        return queue_check_pair(queue, event, err);
    }
    if (event->kind == EVENT_TICKET_CARRIED) {
        return queue_check_carried(queue, event, err);
    }
    if (event->kind == EVENT_TURNED_AWAY) {
        return queue_check_turned_away(queue, event, err);
    }
    if (event->kind == EVENT_DOCUMENTS_LACKED) {
        return queue_check_documents(queue, event, err);
    }
    if (queue_is_supervision(event->kind)) {
        return queue_check_supervision(queue, event, err);
    }
    return check_service(queue, event, err);
}

enum status queue_check_event(const struct queue *queue, const struct event *event,
                              struct error *err)
{
    assert(queue && event);
    if (event->kind >= EVENT_KIND_COUNT) {
        return misfit(err, "there is no such kind of event");
    }
    enum status status = OK;
    if (event->seq != queue->seq + 1) {
        status = misfit(err, "it is not the next event");
    } else if (event->at_ms < queue->last_at_ms) {
        status = misfit(err, "it is earlier than the event before");
    } else {
        status = check_body(queue, event, err);
    }
    if (status != OK) {
        (void)error_wrap(err, "event %lld (%s)", (long long)event->seq,
                         event_kind_name(event->kind));
    }
    return status;
}
