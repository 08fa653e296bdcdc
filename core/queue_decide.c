/* Deciding: a verb becomes events or a refusal. The verbs of counters are in
 * queue_counter.c, taking a ticket is in queue_take.c. */
#include "core/queue_state.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

struct event *decision_add(struct decision *decision, enum event_kind kind)
{
    assert(decision->count < STEP_EVENTS_MAX);
    struct event *event = &decision->events[decision->count];
    decision->count++;
    *event = (struct event){.kind = kind,
                            .seq = decision->queue->seq + (int64_t)decision->count,
                            .at_ms = decision->now_ms};
    return event;
}

enum status decision_refuse(struct decision *decision, enum refusal refusal,
                            const char *sentence)
{
    assert(refusal != REFUSAL_NONE && refusal < REFUSAL_COUNT);
    decision->refused.refusal = refusal;
    return error_set(decision->err, ERR_REFUSED, "%s", sentence);
}

enum status decision_refuse_counter(struct decision *decision, enum refusal refusal,
                                    const char *what)
{
    uint32_t counter = decision->command->counter;
    assert(counter < decision->queue->site.counter_count);
    decision->refused.refusal = refusal;
    decision->refused.counter = counter;
    return error_set(decision->err, ERR_REFUSED, "counter '%s' %s",
                     decision->queue->site.counters[counter].id, what);
}

static void label_of(const struct queue *queue, uint32_t ordinal, char *ret_label)
{
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    assert(ticket->series < queue->site.service_count);
    ticket_label(&queue->site.services[ticket->series], ticket->number, ret_label);
}

enum status decision_refuse_ticket(struct decision *decision, enum refusal refusal,
                                   uint32_t ordinal, const char *what)
{
    assert(refusal != REFUSAL_NONE && refusal < REFUSAL_COUNT);
    char label[LABEL_LENGTH_MAX + 1];
    label_of(decision->queue, ordinal, label);
    decision->refused.refusal = refusal;
    decision->refused.ticket = ordinal;
    return error_set(decision->err, ERR_REFUSED, "ticket '%s' %s", label, what);
}

enum status decision_refuse_state(struct decision *decision, uint32_t ordinal)
{
    static const char *const phrases[] = {
        [TICKET_WAITING] = "is still waiting",
        [TICKET_CALLED] = "is called at counter",
        [TICKET_SERVING] = "is being served at counter",
        [TICKET_SERVED] = "is already served",
        [TICKET_NO_SHOW] = "did not come when called",
        [TICKET_CANCELLED] = "is already cancelled",
        [TICKET_ABANDONED] = "has already left",
        [TICKET_CLOSED_AT_NIGHT] = "was closed with its business day",
        [TICKET_VOID] = "is void",
        [TICKET_PARKED] = "is parked",
        [TICKET_KEPT] = "was kept for the next business day",
    };
    static_assert(sizeof(phrases) / sizeof(phrases[0]) == TICKET_STATE_COUNT,
                  "every state can be said");
    const struct ticket *ticket = queue_ticket(decision->queue, ordinal);
    char bytes[ERROR_TEXT_BYTES];
    struct text what;
    text_init(&what, bytes, sizeof(bytes));
    text_add_string(&what, phrases[ticket->state]);
    if (ticket->state == TICKET_CALLED || ticket->state == TICKET_SERVING) {
        assert(ticket->counter < decision->queue->site.counter_count);
        text_add(&what, " '%s'", decision->queue->site.counters[ticket->counter].id);
    }
    return decision_refuse_ticket(decision, REFUSAL_TICKET_STATE, ordinal, bytes);
}

enum status decision_invalid(struct decision *decision, const char *sentence)
{
    assert(decision->refused.refusal == REFUSAL_NONE);
    return error_set(decision->err, ERR_INVALID, "%s", sentence);
}

enum status decision_check_service(struct decision *decision)
{
    assert(decision->queue->has_site);
    if (decision->command->service >= decision->queue->site.service_count) {
        return decision_refuse(decision, REFUSAL_SERVICE_UNKNOWN,
                               "there is no such service");
    }
    return OK;
}

enum status decision_refuse_service(struct decision *decision, enum refusal refusal,
                                    const char *what)
{
    assert(refusal != REFUSAL_NONE && refusal < REFUSAL_COUNT);
    const struct service *service =
        &decision->queue->site.services[decision->command->service];
    decision->refused.refusal = refusal;
    return error_set(decision->err, ERR_REFUSED, "service '%s' %s", service->id, what);
}

static enum status check_ticket(struct decision *decision)
{
    assert(decision->queue->day != 0);
    uint32_t ordinal = decision->command->ticket;
    if (ordinal == TICKET_NONE || ordinal > decision->queue->ticket_count) {
        return decision_refuse(decision, REFUSAL_TICKET_UNKNOWN,
                               "there is no such ticket today");
    }
    return OK;
}

enum status decision_check_ticket_state(struct decision *decision, uint32_t ticket_states)
{
    enum status status = check_ticket(decision);
    if (status != OK) {
        return status;
    }
    uint32_t ordinal = decision->command->ticket;
    enum ticket_state state = queue_ticket(decision->queue, ordinal)->state;
    assert(state < TICKET_STATE_COUNT);
    return (ticket_states >> state & 1U) != 0 ? OK
                                              : decision_refuse_state(decision, ordinal);
}

/* An event of the command's ticket, away from any counter. */
static struct event *add_ticket_event(struct decision *decision, enum event_kind kind)
{
    assert(kind < EVENT_KIND_COUNT);
    struct event *event = decision_add(decision, kind);
    event->ticket =
        (struct event_ticket){.ticket = decision->command->ticket, .counter = SITE_NONE};
    return event;
}

static enum status decide_cancel(struct decision *decision)
{
    enum status status = check_ticket(decision);
    if (status != OK) {
        return status;
    }
    const struct ticket *ticket =
        queue_ticket(decision->queue, decision->command->ticket);
    if (!ticket_may_become(ticket->state, TICKET_CANCELLED)) {
        return decision_refuse_state(decision, decision->command->ticket);
    }
    struct event *event = add_ticket_event(decision, EVENT_TICKET_CANCELLED);
    if (ticket->state == TICKET_CALLED) {
        assert(ticket->counter != SITE_NONE);
        event->ticket.counter = ticket->counter;
        decision_add_wished_pause(decision, ticket->counter, false);
    }
    return OK;
}

static enum status decide_abandon(struct decision *decision)
{
    assert(decision->command->verb == VERB_ABANDON);
    enum status status = check_ticket(decision);
    if (status != OK) {
        return status;
    }
    uint32_t ordinal = decision->command->ticket;
    const struct ticket *ticket = queue_ticket(decision->queue, ordinal);
    if (!ticket_may_become(ticket->state, TICKET_ABANDONED)) {
        return decision_refuse_state(decision, ordinal);
    }
    (void)add_ticket_event(decision, EVENT_TICKET_ABANDONED);
    return OK;
}

static enum status decide_printed(struct decision *decision)
{
    assert(decision->command->verb == VERB_PRINTED);
    const struct command *command = decision->command;
    enum status status = check_ticket(decision);
    if (status != OK) {
        return status;
    }
    if (command->print == PRINT_NONE || command->print >= PRINT_STATE_COUNT) {
        return decision_invalid(decision, "there is no such result of printing");
    }
    struct event *event = add_ticket_event(decision, EVENT_TICKET_PRINTED);
    event->ticket.print = command->print;
    event->ticket.is_copy = command->is_copy;
    return OK;
}

static enum status decide_contact(struct decision *decision)
{
    assert(decision->command->verb == VERB_CONTACT);
    const struct command *command = decision->command;
    enum status status = decision_check_service(decision);
    if (status != OK) {
        return status;
    }
    if (command->channel >= CHANNEL_COUNT) {
        return decision_invalid(decision, "there is no such channel");
    }
    if (command->outcome != TICKET_SERVED && command->outcome != TICKET_ABANDONED &&
        command->outcome != TICKET_CANCELLED) {
        return decision_invalid(decision,
                                "the outcome of a contact is served, abandoned or "
                                "cancelled");
    }
    int64_t answered_ms = command->answered_at_ms;
    int64_t ended_ms = command->ended_at_ms;
    int64_t latest_ms =
        answered_ms > command->received_at_ms ? answered_ms : command->received_at_ms;
    bool is_backwards = (answered_ms != 0 && answered_ms < command->received_at_ms) ||
                        (ended_ms != 0 && ended_ms < latest_ms);
    latest_ms = ended_ms > latest_ms ? ended_ms : latest_ms;
    if (command->received_at_ms <= 0 || is_backwards || latest_ms > decision->now_ms) {
        return decision_refuse(decision, REFUSAL_CONTACT_TIMES,
                               is_backwards ? "the contact was answered or ended before "
                                              "it was received or answered"
                                            : "the times of the contact are missing or "
                                              "in the future");
    }
    struct event *event = decision_add(decision, EVENT_CONTACT_RECORDED);
    event->contact = (struct event_contact){.service = command->service,
                                            .channel = command->channel,
                                            .received_at_ms = command->received_at_ms,
                                            .answered_at_ms = answered_ms,
                                            .ended_at_ms = ended_ms,
                                            .outcome = command->outcome};
    return OK;
}

static enum status decide_start_epoch(struct decision *decision)
{
    int64_t epoch = decision->command->epoch;
    if (epoch <= decision->queue->epoch) {
        return error_set(decision->err, ERR_INVALID, "epoch %lld is not above %lld",
                         (long long)epoch, (long long)decision->queue->epoch);
    }
    assert(epoch > 0);
    decision_add(decision, EVENT_EPOCH_STARTED)->epoch = epoch;
    return OK;
}

static enum status decide_set_clock(struct decision *decision)
{
    assert(decision->command->verb == VERB_SET_CLOCK);
    const struct command *command = decision->command;
    bool is_scaled = command->clock_mode == CLOCK_SCALED;
    if (command->clock_mode >= CLOCK_MODE_COUNT ||
        (is_scaled && command->clock_factor == 0)) {
        return decision_invalid(decision, "there is no such clock");
    }
    struct event *event = decision_add(decision, EVENT_CLOCK_SET);
    event->clock.mode = command->clock_mode;
    event->clock.factor = is_scaled ? command->clock_factor : 1;
    return OK;
}

static enum status decide_configure(struct decision *decision)
{
    assert(decision->command->verb == VERB_CONFIGURE);
    const struct site *site = decision->command->site;
    assert(site && site != &decision->queue->site);
    enum status status = site_check(site, decision->err);
    if (status != OK) {
        return status;
    }
    status = queue_check_orphans(decision->queue, site, decision->err);
    if (status != OK) {
        decision->refused.refusal = REFUSAL_SITE_ORPHANS;
        return status;
    }
    decision_add(decision, EVENT_SITE_CONFIGURED)->site = site;
    return OK;
}

static enum status decide_open_day(struct decision *decision)
{
    const struct queue *queue = decision->queue;
    uint32_t date = decision->command->date;
    if (!queue->has_site) {
        return decision_invalid(decision, "no site is configured");
    }
    if (!queue_date_is_valid(date)) {
        return decision_invalid(decision, "there is no such date");
    }
    if (decision->command->is_more && queue->day == date) {
        queue_add_carried(decision);
        return decision->count > 0 ? OK
                                   : decision_refuse(decision, REFUSAL_NOBODY_WAITING,
                                                     "nobody was kept overnight");
    }
    if (queue->day != 0 || date <= queue->last_day) {
        assert(queue->last_day != 0);
        decision->refused.refusal = REFUSAL_DAY_ALREADY_OPEN;
        return error_set(decision->err, ERR_REFUSED, "business day %04u-%02u-%02u %s",
                         (unsigned)(queue->last_day / 10000),
                         (unsigned)(queue->last_day / 100 % 100),
                         (unsigned)(queue->last_day % 100),
                         queue->day != 0 ? "is open already" : "was open already");
    }
    decision_add(decision, EVENT_DAY_OPENED)->date = date;
    queue_add_carried(decision);
    return OK;
}

static bool has_room(const struct decision *decision)
{
    assert(decision->count <= STEP_EVENTS_MAX);
    return decision->count < STEP_EVENTS_MAX;
}

static void close_ticket(struct decision *decision, uint32_t ordinal, uint32_t counter)
{
    assert(ordinal != TICKET_NONE);
    /* Those of this step are not in the queue's list yet. */
    bool is_kept = queue_may_keep(decision->queue, ordinal) &&
                   decision->queue->kept_count + decision->count < KEPT_MAX;
    struct event *event = decision_add(decision, is_kept ? EVENT_TICKET_KEPT
                                                         : EVENT_TICKET_CLOSED_AT_NIGHT);
    event->ticket = (struct event_ticket){.ticket = ordinal, .counter = counter};
}

static void close_line(struct decision *decision, uint32_t ordinal)
{
    while (ordinal != TICKET_NONE && has_room(decision)) {
        close_ticket(decision, ordinal, SITE_NONE);
        ordinal = queue_ticket(decision->queue, ordinal)->next_waiting;
    }
}

/* Everything that is open, in a fixed order: who is at a counter, who waits, who waits
 * for one counter, who is held, who is parked, the counters, the day. What does not fit
 * is left to the next step. */
static enum status decide_close_day(struct decision *decision)
{
    const struct queue *queue = decision->queue;
    assert(queue->day != 0);
    for (uint32_t i = 0; i < queue->site.counter_count && has_room(decision); i++) {
        if (queue->counters[i].ticket != TICKET_NONE) {
            close_ticket(decision, queue->counters[i].ticket, i);
        }
    }
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        struct line_walk walk;
        queue_walk_begin(queue, i, &walk);
        uint32_t ordinal = queue_walk_next(&walk);
        while (ordinal != TICKET_NONE && has_room(decision)) {
            close_ticket(decision, ordinal, SITE_NONE);
            ordinal = queue_walk_next(&walk);
        }
    }
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        close_line(decision, queue_reserved_head(queue, i));
    }
    close_line(decision, queue->held.first);
    close_line(decision, queue_parked_head(queue));
    for (uint32_t i = 0; i < queue->site.counter_count && has_room(decision); i++) {
        if (queue->counters[i].state != COUNTER_CLOSED) {
            decision_add(decision, EVENT_COUNTER_CLOSED)->counter.counter = i;
        }
    }
    if (has_room(decision)) {
        decision_add(decision, EVENT_DAY_CLOSED)->date = queue->day;
    }
    return OK;
}

static enum status decide_service(struct decision *decision)
{
    bool opens = decision->command->verb == VERB_OPEN_SERVICE;
    assert(opens || decision->command->verb == VERB_CLOSE_SERVICE);
    enum status status = decision_check_service(decision);
    if (status != OK) {
        return status;
    }
    uint32_t service = decision->command->service;
    if (decision->queue->series[service].is_open == opens) {
        return decision_refuse_service(decision, REFUSAL_SERVICE_ALREADY,
                                       opens ? "is already open" : "is already closed");
    }
    decision_add(decision, opens ? EVENT_SERVICE_OPENED : EVENT_SERVICE_CLOSED)->service =
        service;
    return OK;
}

/* How each verb is decided; the verbs of counters share one function. */
static const struct {
    enum status (*decide)(struct decision *decision);
    bool needs_day;
} verbs[] = {
    [VERB_TAKE] = {queue_decide_take, true},
    [VERB_CANCEL] = {decide_cancel, true},
    [VERB_ABANDON] = {decide_abandon, true},
    [VERB_PRINTED] = {decide_printed, true},
    [VERB_CALL_NEXT] = {queue_decide_counter, true},
    [VERB_PRESS] = {queue_decide_counter, true},
    [VERB_CALL] = {queue_decide_counter, true},
    [VERB_RECALL] = {queue_decide_counter, true},
    [VERB_START] = {queue_decide_counter, true},
    [VERB_FINISH] = {queue_decide_counter, true},
    [VERB_NO_SHOW] = {queue_decide_counter, true},
    [VERB_UNDO] = {queue_decide_counter, true},
    [VERB_OPEN] = {queue_decide_counter, true},
    [VERB_PAUSE] = {queue_decide_counter, true},
    [VERB_CLOSE] = {queue_decide_counter, true},
    [VERB_ASK_HELP] = {queue_decide_counter, true},
    [VERB_END_HELP] = {queue_decide_counter, true},
    [VERB_NOTE] = {queue_decide_counter, true},
    [VERB_SIGN_IN] = {queue_decide_counter, true},
    [VERB_WALK_IN] = {queue_decide_counter, true},
    [VERB_CONTACT] = {decide_contact, true},
    [VERB_SEND_HOME] = {queue_decide_send_home, true},
    [VERB_START_EPOCH] = {decide_start_epoch, false},
    [VERB_SET_CLOCK] = {decide_set_clock, false},
    [VERB_CONFIGURE] = {decide_configure, false},
    [VERB_OPEN_DAY] = {decide_open_day, false},
    [VERB_CLOSE_DAY] = {decide_close_day, true},
    [VERB_OPEN_SERVICE] = {decide_service, true},
    [VERB_CLOSE_SERVICE] = {decide_service, true},
    [VERB_READMIT] = {queue_decide_readmit, true},
    [VERB_TRANSFER] = {queue_decide_counter, true},
    [VERB_PARK] = {queue_decide_counter, true},
    [VERB_RESUME] = {queue_decide_resume, true},
    [VERB_REQUALIFY] = {queue_decide_requalify, true},
    [VERB_REMARK] = {queue_decide_supervisor, true},
    [VERB_WITHDRAW_REMARK] = {queue_decide_supervisor, true},
    [VERB_CORRECT] = {queue_decide_supervisor, true},
    [VERB_SETTLE] = {queue_decide_supervisor, true},
    [VERB_MOVE] = {queue_decide_supervisor, true},
    [VERB_MESSAGE] = {queue_decide_supervisor, true},
    [VERB_SET_QUOTA] = {queue_decide_supervisor, true},
    [VERB_HOURS_TODAY] = {queue_decide_supervisor, true},
    [VERB_EXCEPTIONAL] = {queue_decide_supervisor, true},
    [VERB_HAND_OVER] = {queue_decide_supervisor, true},
    [VERB_SPLIT] = {queue_decide_split, true},
    [VERB_LINK] = {queue_decide_link, true},
    [VERB_UNLINK] = {queue_decide_link, true},
    [VERB_SWEEP] = {queue_decide_sweep, true},
    [VERB_TRUST] = {queue_decide_trust, true},
    [VERB_TURNED_AWAY] = {queue_decide_turned_away, true},
};
static_assert(sizeof(verbs) / sizeof(verbs[0]) == VERB_COUNT, "every verb is decided");

/* NOLINTNEXTLINE(readability-function-size): the seventh is where every error goes. */
enum status queue_decide(const struct queue *queue, const struct command *command,
                         int64_t now_ms, struct event ret_events[STEP_EVENTS_MAX],
                         size_t *ret_count, struct refused *ret_refused,
                         struct error *err)
{
    assert(queue && command && ret_events && ret_count);
    assert(command->verb < VERB_COUNT);
    struct decision decision = {
        .queue = queue,
        .command = command,
        .now_ms = now_ms > queue->last_at_ms ? now_ms : queue->last_at_ms,
        .refused = {REFUSAL_NONE, TICKET_NONE, SITE_NONE},
        .err = err,
    };
    enum status status = OK;
    if (verbs[command->verb].needs_day && queue->day == 0) {
        status =
            decision_refuse(&decision, REFUSAL_DAY_NOT_OPEN, "no business day is open");
    } else {
        status = verbs[command->verb].decide(&decision);
    }
    if (status == OK) {
        assert(decision.count > 0);
        memcpy(ret_events, decision.events, decision.count * sizeof(decision.events[0]));
        *ret_count = decision.count;
    } else if (ret_refused) {
        *ret_refused = decision.refused;
    }
    return status;
}
