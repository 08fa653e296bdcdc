/* Deciding what supervisors ask for: facts about the day beside the visits themselves. */
#include "core/queue_state.h"

#include <assert.h>

#include "core/text.h"

#define DAY_MS INT64_C(86400000)

/* A remark is for the report of the open day: of that day, or of a plan for it. */
static enum status decide_remark(struct decision *decision)
{
    const struct command *command = decision->command;
    uint32_t number = decision->queue->supervision.remark_count + 1;
    if (command->service != SITE_NONE && decision_check_service(decision) != OK) {
        return ERR_REFUSED;
    }
    if (command->reason[0] == '\0') {
        return decision_invalid(decision, "a remark without a text says nothing");
    }
    if (command->from_ms < decision->now_ms - DAY_MS ||
        command->from_ms >= command->until_ms ||
        command->until_ms > decision->now_ms + DAY_MS) {
        return decision_invalid(
            decision, "a remark ends after it begins, both within a day of now");
    }
    if (number > REMARKS_PER_DAY_MAX) {
        return error_set(decision->err, ERR_LIMIT, "there are %d remarks today already",
                         REMARKS_PER_DAY_MAX);
    }
    struct event_remark *remark = &decision_add(decision, EVENT_REMARK_MADE)->remark;
    *remark = (struct event_remark){.remark = number,
                                    .service = command->service,
                                    .from_ms = command->from_ms,
                                    .until_ms = command->until_ms};
    (void)text_copy(remark->text, sizeof(remark->text), command->reason); /* same size */
    return OK;
}

static enum status decide_withdraw_remark(struct decision *decision)
{
    uint32_t number = decision->command->number;
    if (!queue_remark(decision->queue, number)) {
        decision->refused.refusal = REFUSAL_REMARK_UNKNOWN;
        return error_set(decision->err, ERR_REFUSED, "no remark %u stands today",
                         (unsigned)number);
    }
    decision_add(decision, EVENT_REMARK_WITHDRAWN)->remark =
        (struct event_remark){.remark = number, .service = SITE_NONE};
    return OK;
}

/* Served after all: it needs a call, and a start where there was none, which is imputed
 * as for a visit whose start nobody pressed. */
static enum status check_correction(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct ticket *ticket = queue_ticket(decision->queue, command->ticket);
    if (command->reason[0] == '\0') {
        return decision_invalid(decision, "a correction needs its reason");
    }
    if (command->outcome >= TICKET_STATE_COUNT ||
        !ticket_may_be_corrected(ticket->state, command->outcome)) {
        return decision_refuse_state(decision, command->ticket);
    }
    bool needs_call =
        command->outcome == TICKET_SERVED || command->outcome == TICKET_NO_SHOW;
    return needs_call && ticket->called_at_ms == 0
               ? decision_refuse_ticket(decision, REFUSAL_TICKET_STATE, command->ticket,
                                        "was never called")
               : OK;
}

static enum status decide_correct(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct queue *queue = decision->queue;
    uint32_t outcomes = 0;
    for (uint32_t i = 0; i < TICKET_STATE_COUNT; i++) {
        outcomes |= ticket_state_is_outcome((enum ticket_state)i) ? 1U << i : 0U;
    }
    enum status status = decision_check_ticket_state(decision, outcomes);
    status = status == OK ? check_correction(decision) : status;
    if (status != OK) {
        return status;
    }
    const struct ticket *ticket = queue_ticket(queue, command->ticket);
    struct event_corrected *body =
        &decision_add(decision, EVENT_TICKET_CORRECTED)->corrected;
    *body = (struct event_corrected){
        .ticket = command->ticket, .from = ticket->state, .to = command->outcome};
    if (command->outcome == TICKET_SERVED && ticket->started_at_ms == 0) {
        int64_t start_ms =
            ticket->called_at_ms + (int64_t)queue->site.no_show_within_s * 1000;
        body->started_at_ms =
            start_ms < ticket->ended_at_ms ? start_ms : ticket->ended_at_ms;
    }
    (void)text_copy(body->reason, sizeof(body->reason), command->reason); /* same size */
    return OK;
}

/* Whether an order to a line is for this ticket: it waits for the service (SITE_NONE:
 * any) and had come when the order was given. */
static bool is_meant(const struct decision *decision, uint32_t ordinal)
{
    const struct command *command = decision->command;
    const struct ticket *ticket = queue_ticket(decision->queue, ordinal);
    return ticket->state == TICKET_WAITING &&
           (!command->is_more || ordinal <= command->number) &&
           (command->service == SITE_NONE || ticket->service == command->service);
}

static uint32_t count_meant(const struct decision *decision)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i <= decision->queue->ticket_count; i++) {
        count += is_meant(decision, i) ? 1U : 0U;
    }
    return count;
}

static enum status refuse_empty_line(struct decision *decision)
{
    return decision->command->service == SITE_NONE
               ? decision_refuse(decision, REFUSAL_NOBODY_WAITING, "nobody is waiting")
               : decision_refuse_service(decision, REFUSAL_NOBODY_WAITING,
                                         "has nobody waiting for it");
}

static enum status decide_settle(struct decision *decision)
{
    const struct command *command = decision->command;
    bool is_abandoned = command->outcome == TICKET_ABANDONED;
    if (command->service != SITE_NONE && decision_check_service(decision) != OK) {
        return ERR_REFUSED;
    }
    if (!is_abandoned && command->outcome != TICKET_CANCELLED) {
        return decision_invalid(decision,
                                "people who wait are settled as abandoned or cancelled");
    }
    if (command->reason[0] == '\0') {
        return decision_invalid(decision, "settling a line needs its reason");
    }
    uint32_t count = count_meant(decision);
    if (count == 0) {
        return refuse_empty_line(decision);
    }
    if (!command->is_more) {
        struct event_settled *body = &decision_add(decision, EVENT_LINE_SETTLED)->settled;
        *body = (struct event_settled){.service = command->service,
                                       .outcome = command->outcome,
                                       .ticket_count = count};
        (void)text_copy(body->reason, sizeof(body->reason), command->reason);
    }
    uint32_t last = decision->queue->ticket_count;
    for (uint32_t i = 1; i <= last && decision->count < STEP_EVENTS_MAX; i++) {
        if (is_meant(decision, i)) {
            decision_add(decision,
                         is_abandoned ? EVENT_TICKET_ABANDONED : EVENT_TICKET_CANCELLED)
                ->ticket = (struct event_ticket){.ticket = i, .counter = SITE_NONE};
        }
    }
    return OK;
}

/* Where a line may be moved: to a service that somebody can be called for. */
static enum status check_move(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct queue *queue = decision->queue;
    if (decision_check_service(decision) != OK) {
        return ERR_REFUSED;
    }
    if (command->to_service >= queue->site.service_count) {
        return decision_refuse(decision, REFUSAL_SERVICE_UNKNOWN,
                               "there is no such service to move people to");
    }
    if (command->to_service == command->service) {
        return decision_refuse_service(decision, REFUSAL_SERVICE_ALREADY,
                                       "is what they wait for already");
    }
    if (!queue->series[command->to_service].is_open &&
        queue_open_counters(queue, command->to_service) == 0) {
        decision->refused.refusal = REFUSAL_SERVICE_CLOSED;
        return error_set(decision->err, ERR_REFUSED,
                         "service '%s' is closed, and no open counter serves it",
                         queue->site.services[command->to_service].id);
    }
    return count_meant(decision) == 0 ? refuse_empty_line(decision) : OK;
}

static enum status decide_move(struct decision *decision)
{
    enum status status = check_move(decision);
    if (status != OK) {
        return status;
    }
    const struct queue *queue = decision->queue;
    for (uint32_t i = 1; i <= queue->ticket_count && decision->count < STEP_EVENTS_MAX;
         i++) {
        if (is_meant(decision, i)) {
            decision_add(decision, EVENT_TICKET_REQUALIFIED)->requalified =
                (struct event_requalified){.ticket = i,
                                           .service = decision->command->to_service,
                                           .class_index =
                                               queue_ticket(queue, i)->class_index};
        }
    }
    return OK;
}

/* The words in every language: one that is missing says it in the other. */
static void fill_words(const struct site_detail *words, struct site_detail *ret_words)
{
    static_assert(LANGUAGE_COUNT == 2, "the other language is the one that is left");
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        const char *own = words->in[i];
        (void)text_copy(ret_words->in[i], sizeof(ret_words->in[i]),
                        own[0] != '\0' ? own : words->in[1 - i]); /* same size */
    }
}

static enum status decide_message(struct decision *decision)
{
    const struct command *command = decision->command;
    if (command->hall != SITE_NONE && command->hall >= decision->queue->site.hall_count) {
        return decision_refuse(decision, REFUSAL_HALL_UNKNOWN, "there is no such hall");
    }
    if (command->until_ms != 0 && command->until_ms <= decision->now_ms) {
        return decision_invalid(decision,
                                "the time until which the message stands has passed");
    }
    struct event_message *body = &decision_add(decision, EVENT_MESSAGE_SET)->message;
    *body = (struct event_message){.hall = command->hall};
    fill_words(&command->words, &body->words);
    body->until_ms = body->words.in[0][0] == '\0' ? 0 : command->until_ms;
    return OK;
}

static enum status decide_quota(struct decision *decision)
{
    const struct command *command = decision->command;
    if (decision_check_service(decision) != OK) {
        return ERR_REFUSED;
    }
    if (command->number > TICKETS_PER_DAY_MAX) {
        return error_set(decision->err, ERR_INVALID, "a quota is at most %d tickets",
                         TICKETS_PER_DAY_MAX);
    }
    decision_add(decision, EVENT_QUOTA_SET)->today =
        (struct event_today){.service = command->service, .quota = command->number};
    return OK;
}

/* A closed service opens until then; an open one closes then, later or earlier than
 * usual. */
static enum status decide_hours(struct decision *decision)
{
    const struct command *command = decision->command;
    if (decision_check_service(decision) != OK) {
        return ERR_REFUSED;
    }
    if (command->until_ms <= decision->now_ms ||
        command->until_ms > decision->now_ms + DAY_MS) {
        return decision_invalid(decision, "the hours end within a day from now");
    }
    decision_add(decision, EVENT_HOURS_SET)->today =
        (struct event_today){.service = command->service, .until_ms = command->until_ms};
    if (!decision->queue->series[command->service].is_open) {
        decision_add(decision, EVENT_SERVICE_OPENED)->service = command->service;
    }
    return OK;
}

/* Beginning it again replaces what was said. */
static enum status decide_exceptional(struct decision *decision)
{
    const struct command *command = decision->command;
    if (!command->is_on) {
        if (!decision->queue->supervision.is_exceptional) {
            return decision_refuse(decision, REFUSAL_NOT_EXCEPTIONAL,
                                   "there is no exceptional mode to end");
        }
        (void)decision_add(decision, EVENT_EXCEPTIONAL_ENDED);
        return OK;
    }
    if (command->service != SITE_NONE && decision_check_service(decision) != OK) {
        return ERR_REFUSED;
    }
    if (command->until_ms <= decision->now_ms ||
        command->until_ms > decision->now_ms + DAY_MS) {
        return decision_invalid(decision, "exceptional mode ends within a day from now");
    }
    struct event_exceptional *body =
        &decision_add(decision, EVENT_EXCEPTIONAL_BEGUN)->exceptional;
    *body = (struct event_exceptional){.service = command->service,
                                       .until_ms = command->until_ms};
    fill_words(&command->words, &body->words);
    return OK;
}

static enum status refuse_counter(struct decision *decision, enum refusal refusal,
                                  uint32_t counter, const char *what)
{
    decision->refused.refusal = refusal;
    decision->refused.counter = counter;
    return error_set(decision->err, ERR_REFUSED, "counter '%s' %s",
                     decision->queue->site.counters[counter].id, what);
}

/* Whether the ticket, which is bound to the command's counter, finds its services at the
 * other one. */
static bool is_served_there(const struct decision *decision, const struct ticket *ticket)
{
    const struct command *command = decision->command;
    uint64_t services = decision->queue->site.counters[command->to_counter].services;
    bool is_served = ticket->leg.for_counter != command->counter ||
                     (services >> ticket->service & 1U) != 0;
    for (uint32_t i = 0; i < ticket->leg.further_count; i++) {
        const struct further_service *further = &ticket->leg.further[i];
        is_served = is_served && (further->counter != command->counter ||
                                  (services >> further->service & 1U) != 0);
    }
    return is_served;
}

static enum status check_hand_over(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct queue *queue = decision->queue;
    uint32_t count = queue->site.counter_count;
    if (command->counter >= count || command->to_counter >= count) {
        return decision_refuse(decision, REFUSAL_COUNTER_UNKNOWN,
                               "there is no such counter");
    }
    if (command->counter == command->to_counter) {
        return refuse_counter(decision, REFUSAL_COUNTER_ALREADY, command->counter,
                              "has these people already");
    }
    if (queue->counters[command->to_counter].state == COUNTER_CLOSED) {
        return refuse_counter(decision, REFUSAL_COUNTER_CLOSED, command->to_counter,
                              "is closed");
    }
    uint32_t bound_count = 0;
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        if (!queue_is_bound_to(ticket, command->counter)) {
            continue;
        }
        bound_count++;
        if (!is_served_there(decision, ticket)) {
            decision->refused.counter = command->to_counter;
            return decision_refuse_ticket(decision, REFUSAL_TICKET_SERVICE, i,
                                          "needs a service that the other counter does "
                                          "not serve");
        }
    }
    return bound_count > 0 ? OK
                           : refuse_counter(decision, REFUSAL_NOBODY_WAITING,
                                            command->counter, "has nobody to hand over");
}

static enum status decide_hand_over(struct decision *decision)
{
    enum status status = check_hand_over(decision);
    if (status != OK) {
        return status;
    }
    const struct command *command = decision->command;
    const struct queue *queue = decision->queue;
    for (uint32_t i = 1; i <= queue->ticket_count && decision->count < STEP_EVENTS_MAX;
         i++) {
        if (queue_is_bound_to(queue_ticket(queue, i), command->counter)) {
            decision_add(decision, EVENT_TICKET_HANDED_OVER)->handed =
                (struct event_handed){i, command->counter, command->to_counter};
        }
    }
    return OK;
}

enum status queue_decide_supervisor(struct decision *decision)
{
    static const struct {
        enum verb verb;
        enum status (*decide)(struct decision *decision);
    } deciders[] = {
        {VERB_REMARK, decide_remark},
        {VERB_WITHDRAW_REMARK, decide_withdraw_remark},
        {VERB_CORRECT, decide_correct},
        {VERB_SETTLE, decide_settle},
        {VERB_MOVE, decide_move},
        {VERB_MESSAGE, decide_message},
        {VERB_SET_QUOTA, decide_quota},
        {VERB_HOURS_TODAY, decide_hours},
        {VERB_EXCEPTIONAL, decide_exceptional},
        {VERB_HAND_OVER, decide_hand_over},
    };
    size_t i = 0;
    while (deciders[i].verb != decision->command->verb) {
        i++;
        assert(i < sizeof(deciders) / sizeof(deciders[0]));
    }
    return deciders[i].decide(decision);
}
