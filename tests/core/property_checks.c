/* What must hold whatever is asked; see property_run.h. */
#include "property_run.h"

/* Where the ticket stands in the line of its service by a plain count. */
static uint32_t plain_position(const struct queue *queue, uint32_t ordinal)
{
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    int64_t key_ms = queue_order_key_ms(queue, ticket);
    uint32_t ahead = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *other = queue_ticket(queue, i);
        int64_t other_ms = queue_order_key_ms(queue, other);
        ahead += other->state == TICKET_WAITING && other->service == ticket->service &&
                         other->leg.for_counter == SITE_NONE && !other->is_held &&
                         (other_ms < key_ms ||
                          (other_ms == key_ms && plain_came_earlier(queue, i, ordinal)))
                     ? 1U
                     : 0U;
    }
    return ahead;
}

/* People who wait for the ticket's service and took theirs before it. */
static uint32_t plain_before(const struct queue *queue, uint32_t ordinal)
{
    uint32_t before = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *other = queue_ticket(queue, i);
        before += other->state == TICKET_WAITING && other->leg.for_counter == SITE_NONE &&
                          !other->is_held && ticket_is_counted(other) &&
                          other->arrival < queue_ticket(queue, ordinal)->arrival &&
                          other->service == queue_ticket(queue, ordinal)->service
                      ? 1U
                      : 0U;
    }
    return before;
}

/* Whether one's place in line is before another's. */
static bool is_before(const struct queue *queue, uint32_t a, uint32_t b)
{
    int64_t at_a = queue_ticket(queue, a)->order_at_ms;
    int64_t at_b = queue_ticket(queue, b)->order_at_ms;
    return at_a < at_b || (at_a == at_b && plain_came_earlier(queue, a, b));
}

/* The lines of single counters; returns how many wait there for the service. */
static uint32_t check_reserved(struct run *run, const struct queue *queue,
                               uint32_t service)
{
    uint32_t reserved = 0;
    for (uint32_t c = 0; c < queue_site(queue)->counter_count; c++) {
        uint32_t before = TICKET_NONE;
        for (uint32_t i = queue_reserved_head(queue, c); i != TICKET_NONE;
             i = queue_ticket(queue, i)->next_waiting) {
            const struct ticket *ticket = queue_ticket(queue, i);
            check(run, ticket->state == TICKET_WAITING && ticket->leg.for_counter == c &&
                           !ticket->is_held);
            check(run, queue_counter(queue, c)->state != COUNTER_CLOSED);
            check(run, before == TICKET_NONE || is_before(queue, before, i));
            before = i;
            reserved += ticket->service == service ? 1U : 0U;
        }
    }
    return reserved;
}

static void check_parked(struct run *run, const struct queue *queue)
{
    uint32_t parked = 0;
    for (uint32_t i = queue_parked_head(queue); i != TICKET_NONE;
         i = queue_ticket(queue, i)->next_waiting) {
        check(run, queue_ticket(queue, i)->state == TICKET_PARKED);
        parked++;
    }
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        parked -= queue_ticket(queue, i)->state == TICKET_PARKED ? 1U : 0U;
    }
    check(run, parked == 0);
}

/* Two tickets of one person: linked both ways, never at counters together, and the one
 * that waits is held exactly while the other is at a counter. Returns how many are held
 * for the service. */
static uint32_t check_linked(struct run *run, const struct queue *queue, uint32_t service)
{
    uint32_t held = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        bool is_at_counter =
            ticket->state == TICKET_CALLED || ticket->state == TICKET_SERVING;
        bool other_is = false;
        if (ticket->linked != TICKET_NONE) {
            const struct ticket *other = queue_ticket(queue, ticket->linked);
            other_is = other->state == TICKET_CALLED || other->state == TICKET_SERVING;
            check(run, other->linked == i);
        }
        check(run, !is_at_counter || !other_is);
        check(run, ticket->is_held == (other_is && ticket->state == TICKET_WAITING));
        held += ticket->is_held && ticket->service == service ? 1U : 0U;
    }
    return held;
}

static uint32_t uncounted_waiting(const struct queue *queue, uint32_t service)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        bool is_beside =
            ticket->is_test || (ticket->is_suspect && ticket->leg.index == 0);
        count +=
            ticket->state == TICKET_WAITING && ticket->service == service && is_beside
                ? 1U
                : 0U;
    }
    return count;
}

static void check_lines(struct run *run, const struct queue *queue)
{
    uint32_t waiting = 0;
    check_parked(run, queue);
    for (uint32_t s = 0; s < queue_site(queue)->service_count; s++) {
        uint32_t place = 0;
        struct line_walk walk;
        queue_walk_begin(queue, s, &walk);
        for (uint32_t i = queue_walk_next(&walk); i != TICKET_NONE;
             i = queue_walk_next(&walk)) {
            const struct ticket *ticket = queue_ticket(queue, i);
            check(run, ticket->state == TICKET_WAITING && ticket->service == s);
            check(run, plain_position(queue, i) == place);
            check(run, queue_waiting_before(queue, s, ticket->arrival) ==
                           plain_before(queue, i));
            place++;
        }
        place += check_reserved(run, queue, s);
        place += check_linked(run, queue, s);
        check(run, place == queue_waiting_count(queue, s) + uncounted_waiting(queue, s));
        check(run, queue_has_waiting(queue, s) == (place > 0));
        waiting += place;
    }
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        waiting -= queue_ticket(queue, i)->state == TICKET_WAITING ? 1U : 0U;
    }
    check(run, waiting == 0);
}

static void check_counters(struct run *run, const struct queue *queue)
{
    uint32_t at_counters = 0;
    for (uint32_t i = 0; i < queue_site(queue)->counter_count; i++) {
        const struct counter *counter = queue_counter(queue, i);
        bool is_occupied =
            counter->state == COUNTER_CALLED || counter->state == COUNTER_SERVING;
        check(run, is_occupied == (counter->ticket != TICKET_NONE));
        check(run, counter->version <= queue_seq(queue));
        if (is_occupied) {
            const struct ticket *ticket = queue_ticket(queue, counter->ticket);
            check(run, ticket->counter == i);
            check(run,
                  ticket->state == (counter->state == COUNTER_CALLED ? TICKET_CALLED
                                                                     : TICKET_SERVING));
            at_counters++;
        }
    }
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        enum ticket_state state = queue_ticket(queue, i)->state;
        at_counters -= state == TICKET_CALLED || state == TICKET_SERVING ? 1U : 0U;
    }
    check(run, at_counters == 0);
}

static void check_tickets(struct run *run, const struct queue *queue)
{
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        bool is_outcome = ticket_state_is_outcome(ticket->state);
        check(run, is_outcome == (ticket->ended_at_ms != 0));
        check(run, !is_outcome || ticket->ended_at_ms >= ticket->taken_at_ms);
        check(run,
              ticket->called_at_ms == 0 || ticket->called_at_ms >= ticket->taken_at_ms);
        check(run, ticket->started_at_ms == 0 ||
                       ticket->started_at_ms >= ticket->called_at_ms);
        check(run, ticket->state != TICKET_SERVED || ticket->started_at_ms != 0);
        /* A re-admitted ticket keeps its calls and waits without the time of the last. */
        check(run, ticket->call_count > 0 || ticket->called_at_ms == 0);
        bool was_at_counter =
            ticket->state == TICKET_SERVED || ticket->state == TICKET_NO_SHOW;
        check(run, !was_at_counter || ticket->called_at_ms != 0);
        char label[LABEL_LENGTH_MAX + 1];
        ticket_label(&queue_site(queue)->services[ticket->series], ticket->number, label);
        /* Were the number given twice, one of the two would not be found. */
        check(run, queue_find_ticket(queue, label) == i);
    }
}

void property_check(struct run *run, const struct queue *queue)
{
    if (queue_has_site(queue)) {
        check_lines(run, queue);
        check_counters(run, queue);
        check_tickets(run, queue);
    }
}

/* A call that a rule made, looked at before its press changes anything: whose turn it
 * was, whom it passed, and that nobody among those had been passed as often as anybody
 * may be. */
void property_check_call(struct run *run, const struct event *event)
{
    const struct event_ticket *body = &event->ticket;
    if (event->kind != EVENT_TICKET_CALLED || body->rule == CALL_CHOSEN ||
        body->rule == CALL_RECORDED || body->rule == CALL_WALK_IN) {
        return;
    }
    struct choice choice =
        plain_choice(&run->calls, run->queue, body->counter, event->at_ms);
    check(run, body->ticket == choice.ticket);
    check(run, body->rule == choice.rule);
    check(run, body->overtaken == choice.overtaken);
    run->rules[body->rule]++;
    uint32_t overtaken_max = queue_site(run->queue)->overtaken_max;
    uint32_t arrival = queue_ticket(run->queue, body->ticket)->arrival;
    for (uint32_t i = 1; i <= queue_ticket_count(run->queue); i++) {
        if (queue_ticket(run->queue, i)->arrival < arrival &&
            plain_is_for(run->queue, body->counter, i)) {
            uint32_t times = plain_times_overtaken(&run->calls, run->queue, i);
            check(run, queue_times_overtaken(run->queue, i) == times);
            bool has_own_place = queue_ticket(run->queue, i)->order_at_ms ==
                                 queue_ticket(run->queue, i)->taken_at_ms;
            check(run, overtaken_max == 0 || body->rule == CALL_EMERGENCY ||
                           body->rule == CALL_EXCEPTIONAL || times < overtaken_max ||
                           !has_own_place || run->calls.was_linked[i]);
        }
    }
}
