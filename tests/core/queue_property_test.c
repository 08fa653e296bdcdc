/* Random days in random halls: whatever is asked of the queue, its invariants hold.
 *
 * After every command:
 * - a number is given once per business day and series;
 * - a ticket is called or being served at one counter, and a counter has one ticket;
 * - lines hold exactly the waiting tickets, in calling order, those that wait for one
 *   counter, which is manned, and the parked, and the one whom a policy
 *   calls is the one a plain search over all tickets finds, by the same step or rule;
 * - nobody whom such a call passes had been passed `overtaken_max` times before, but by
 * an emergency;
 * - every ticket moved by the table of legal successors;
 * - deciding changed nothing; a refused command changed nothing;
 * - a replay of the events, whole or from the last opening of a day, gives the same hash;
 * - queue_check_event() takes every decided event, and a damaged one that it takes leaves
 *   the invariants standing.
 * When the day is closed every ticket has exactly one outcome.
 *
 * queue_property_test [COMMANDS [SEED]]: 200,000 commands from seed 1 by default. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/policy.h"
#include "core/queue.h"
#include "core/text.h"
#include "fixture.h"
#include "plain_policy.h"

#define COMMANDS_PER_RUN 2000
#define SITES_PER_RUN    16
#define DAY_EVENTS_MAX   4096

struct options {
    uint64_t commands;
    uint64_t seed;
};

struct run {
    uint64_t seed;
    uint64_t random; /* state of the generator */
    uint64_t step;
    int64_t now_ms;
    struct queue *queue;
    struct queue *whole;   /* replays every event */
    struct queue *day;     /* replays from the last EVENT_DAY_OPENED */
    struct queue *scratch; /* tries damaged events */
    struct site *sites;    /* SITES_PER_RUN, each alive to the end of the run */
    uint32_t site_count;
    uint32_t tickets_wanted; /* close the day near this many */
    uint64_t hash;           /* of the queue, after the last event */
    struct event latest[3];  /* latest epoch, clock and site, in their order */
    struct event frame[3];   /* the same when the day opened */
    struct event *day_events;
    size_t day_event_count;
    uint32_t tried[VERB_COUNT]; /* over all runs */
    uint32_t done[VERB_COUNT];
    uint32_t outcomes[DAY_TICKETS_MAX]; /* how often the ordinal got an outcome, net */
    enum ticket_state states[DAY_TICKETS_MAX];
    struct plain_calls calls;
    uint64_t rules[CALL_RULE_COUNT]; /* calls that each rule made, over all runs */
};

/* xorshift64*, by S. Vigna: small, seeded, the same everywhere. */
static uint64_t random_next(struct run *run)
{
    run->random ^= run->random >> 12;
    run->random ^= run->random << 25;
    run->random ^= run->random >> 27;
    return run->random * UINT64_C(2685821657736338717);
}

/* 0 to below - 1. */
static uint32_t random_below(struct run *run, uint32_t below)
{
    return (uint32_t)((random_next(run) >> 32) % below);
}

static bool random_one_in(struct run *run, uint32_t n)
{
    return random_below(run, n) == 0;
}

static void check_that(const struct run *run, bool is_true, const char *condition)
{
    if (!is_true) {
        fail_msg("seed %llu step %llu: %s", (unsigned long long)run->seed,
                 (unsigned long long)run->step, condition);
    }
}

#define check(run, condition) check_that((run), (condition), #condition)

/* The command and its outcome, counted to show that the generator reaches everything. */
static void count_verb(struct run *run, enum verb verb, enum status status)
{
    run->tried[verb]++;
    run->done[verb] += status == OK ? 1U : 0U;
}

/* Policies of every rule with some of the services, and a guard mostly. */
static void random_policies(struct run *run, struct site *site)
{
    site->policy_count = POLICY_RULE_COUNT;
    for (uint32_t i = 0; i < site->policy_count; i++) {
        struct site_policy *policy = &site->policies[i];
        *policy = (struct site_policy){.id = "p0", .rule = (enum policy_rule)i};
        policy->id[1] = (char)('0' + i);
        bool has_places = policy->rule == POLICY_ORDER || policy->rule == POLICY_RATIO;
        uint32_t turn = random_below(run, site->service_count);
        policy->place_count = has_places ? 1 + random_below(run, site->service_count) : 0;
        for (uint32_t k = 0; k < policy->place_count; k++) {
            policy->places[k].service = (turn + k) % site->service_count;
            policy->places[k].turns =
                policy->rule == POLICY_RATIO ? 1 + random_below(run, TURNS_MAX) : 0;
        }
        policy->condition_count = random_one_in(run, 3) ? random_below(run, 3) : 0;
        for (uint32_t k = 0; k < policy->condition_count; k++) {
            policy->conditions[k].service = random_below(run, site->service_count);
            policy->conditions[k].over_s = random_below(run, 1200);
        }
    }
    site->policy = random_below(run, site->policy_count + 1);
    for (uint32_t i = 0; i < site->counter_count; i++) {
        site->counters[i].policy = random_below(run, site->policy_count + 1);
    }
    site->overtaken_max = random_one_in(run, 4) ? 0 : 1 + random_below(run, 8);
}

/* A site whose things keep their ids, so that any of them follows any other while nobody
 * needs what is missing. */
static const struct site *random_site(struct run *run)
{
    check(run, run->site_count < SITES_PER_RUN);
    struct site *site = &run->sites[run->site_count];
    run->site_count++;
    fixture_site(site);
    site->call_chosen = random_one_in(run, 2);
    site->wrap_up = random_one_in(run, 3);
    site->no_show_within_s = random_below(run, 30);
    site->service_count = 1 + random_below(run, 5);
    uint32_t turn = random_below(run, 5);
    for (uint32_t i = 0; i < site->service_count; i++) {
        char letter = (char)('A' + (i + turn) % 5);
        site->services[i] = site->services[0];
        site->services[i].id[0] = (char)(letter - 'A' + 'a');
        site->services[i].letter[0] = letter;
        site->services[i].standard_wait_s = 300U << random_below(run, 3);
        site->services[i].calls_before_no_show = random_below(run, 3);
        site->services[i].call_gap_s = random_one_in(run, 3) ? 10 : 0;
        site->services[i].tickets_per_day = random_one_in(run, 6) ? 20 : 0;
        site->services[i].first_number = 1 + (uint32_t)(letter - 'A') * 100;
    }
    site->counter_count = 1 + random_below(run, 6);
    turn = random_below(run, 6);
    for (uint32_t i = 0; i < site->counter_count; i++) {
        site->counters[i] = site->counters[0];
        site->counters[i].id[0] = (char)('1' + (i + turn) % 6);
        site->counters[i].services =
            1 + random_below(run, (1U << site->service_count) - 1U);
    }
    site->classes[1].head_start_s = random_below(run, 3600);
    site->classes[0].weight_percent = 100;
    site->classes[1].weight_percent = 50 + random_below(run, 300);
    site->classes[2].weight_percent = 100;
    site->classes[2].is_emergency = random_one_in(run, 4);
    site->class_count = 2 + random_below(run, 2);
    random_policies(run, site);
    return site;
}

static const enum verb frequent[] = {
    VERB_TAKE,     VERB_TAKE,     VERB_TAKE,    VERB_TAKE,      VERB_TAKE,
    VERB_OPEN,     VERB_OPEN,     VERB_PRESS,   VERB_PRESS,     VERB_CALL_NEXT,
    VERB_START,    VERB_START,    VERB_FINISH,  VERB_NO_SHOW,   VERB_UNDO,
    VERB_UNDO,     VERB_CANCEL,   VERB_ABANDON, VERB_CALL,      VERB_RECALL,
    VERB_CANCEL,   VERB_PAUSE,    VERB_PRINTED, VERB_CALL_NEXT, VERB_READMIT,
    VERB_TRANSFER, VERB_TRANSFER, VERB_PARK,    VERB_RESUME,    VERB_REQUALIFY};

static enum verb random_verb(struct run *run)
{
    if (queue_day(run->queue) == 0) {
        return random_one_in(run, 8) ? VERB_CONFIGURE : VERB_OPEN_DAY;
    }
    if (queue_ticket_count(run->queue) > run->tickets_wanted && random_one_in(run, 10)) {
        return VERB_CLOSE_DAY;
    }
    if (random_one_in(run, 6)) {
        return (enum verb)random_below(run, VERB_COUNT);
    }
    uint32_t service = random_below(run, queue_site(run->queue)->service_count);
    if (!queue_service_is_open(run->queue, service) && random_one_in(run, 5)) {
        return VERB_OPEN_SERVICE;
    }
    return frequent[random_below(run, sizeof(frequent) / sizeof(frequent[0]))];
}

static uint32_t random_index(struct run *run, uint32_t count)
{
    if (random_one_in(run, 40)) {
        return random_one_in(run, 2) ? SITE_NONE : count + random_below(run, 3);
    }
    return count == 0 ? 0 : random_below(run, count);
}

/* Mostly a counter with somebody in front of it for the verbs that need that. */
static uint32_t random_counter(struct run *run, enum verb verb, uint32_t counter_count)
{
    uint32_t counter = random_index(run, counter_count);
    bool needs_ticket = (verb >= VERB_RECALL && verb <= VERB_UNDO) ||
                        verb == VERB_TRANSFER || verb == VERB_PARK;
    for (uint32_t i = 0; needs_ticket && i < counter_count; i++) {
        if (counter < counter_count &&
            queue_counter(run->queue, counter)->ticket != TICKET_NONE) {
            break;
        }
        counter = random_below(run, counter_count);
    }
    return counter;
}

static struct command random_command(struct run *run)
{
    const struct queue *queue = run->queue;
    const struct site *site = queue_has_site(queue) ? queue_site(queue) : &run->sites[0];
    struct command command = fixture_command(random_verb(run));
    command.counter = queue_has_site(queue)
                          ? random_counter(run, command.verb, site->counter_count)
                          : SITE_NONE;
    command.service = random_index(run, site->service_count);
    command.class_index = random_index(run, site->class_count);
    command.ticket = 1 + random_index(run, queue_ticket_count(queue));
    command.kiosk = random_one_in(run, 2) ? SITE_NONE : 0;
    command.language = (enum language)random_below(run, LANGUAGE_COUNT);
    command.channel = (enum channel)random_below(run, CHANNEL_COUNT);
    command.print = (enum print_state)random_below(run, PRINT_STATE_COUNT);
    command.is_copy = random_one_in(run, 4);
    command.is_recorded = random_one_in(run, 5);
    command.outcome = (enum ticket_state)random_below(run, TICKET_STATE_COUNT);
    command.to_counter =
        random_one_in(run, 2) ? SITE_NONE : random_index(run, site->counter_count);
    command.after_s = random_one_in(run, 3) ? random_below(run, 2000) : 0;
    command.comes_back = random_one_in(run, 3);
    command.back_at_ms = random_one_in(run, 2) ? 0 : run->now_ms + 60000;
    command.received_at_ms = run->now_ms - random_below(run, 100000);
    command.answered_at_ms = random_one_in(run, 2) ? 0 : command.received_at_ms + 10;
    command.epoch = queue_epoch(queue) + random_below(run, 3);
    command.clock_mode = (enum clock_mode)random_below(run, CLOCK_MODE_COUNT);
    command.clock_factor = random_below(run, 100);
    command.date = queue_last_day(queue) == 0 ? 20260101 : queue_last_day(queue) + 1;
    if (command.date % 100 > 28) {
        command.date += 72; /* the first of the next month; December ends a run early */
    }
    if (queue_has_site(queue) && command.counter < site->counter_count &&
        !random_one_in(run, 3)) {
        command.version = queue_counter(queue, command.counter)->version;
        command.version -= random_one_in(run, 10) ? 1 : 0;
    }
    if (command.verb == VERB_CONFIGURE) {
        bool has_room = run->site_count < SITES_PER_RUN;
        command.site = has_room ? random_site(run) : &run->sites[0];
    }
    return command;
}

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
                         other->leg.for_counter == SITE_NONE &&
                         (other_ms < key_ms || (other_ms == key_ms && i < ordinal))
                     ? 1U
                     : 0U;
    }
    return ahead;
}

/* People who wait for the ticket's service and took theirs before it. */
static uint32_t plain_before(const struct queue *queue, uint32_t ordinal)
{
    uint32_t before = 0;
    for (uint32_t i = 1; i < ordinal; i++) {
        const struct ticket *other = queue_ticket(queue, i);
        before += other->state == TICKET_WAITING && other->leg.for_counter == SITE_NONE &&
                          other->service == queue_ticket(queue, ordinal)->service
                      ? 1U
                      : 0U;
    }
    return before;
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
            check(run, ticket->state == TICKET_WAITING && ticket->leg.for_counter == c);
            check(run, queue_counter(queue, c)->state != COUNTER_CLOSED);
            check(run, i > before);
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
            check(run, queue_waiting_before(queue, s, i) == plain_before(queue, i));
            place++;
        }
        place += check_reserved(run, queue, s);
        check(run, place == queue_waiting_count(queue, s));
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

static void check_invariants(struct run *run, const struct queue *queue)
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
static void check_call(struct run *run, const struct event *event)
{
    const struct event_ticket *body = &event->ticket;
    if (event->kind != EVENT_TICKET_CALLED || body->rule == CALL_CHOSEN ||
        body->rule == CALL_RECORDED) {
        return;
    }
    struct choice choice =
        plain_choice(&run->calls, run->queue, body->counter, event->at_ms);
    check(run, body->ticket == choice.ticket);
    check(run, body->rule == choice.rule);
    check(run, body->overtaken == choice.overtaken);
    run->rules[body->rule]++;
    uint32_t overtaken_max = queue_site(run->queue)->overtaken_max;
    for (uint32_t i = 1; i < body->ticket; i++) {
        if (plain_is_for(run->queue, body->counter, i)) {
            uint32_t times = plain_times_overtaken(&run->calls, run->queue, i);
            check(run, queue_times_overtaken(run->queue, i) == times);
            check(run, overtaken_max == 0 || body->rule == CALL_EMERGENCY ||
                           times < overtaken_max);
        }
    }
}

/* States of before and after the event against the table, and outcomes counted. */
static void follow_tickets(struct run *run, const struct event *event)
{
    if (event->kind == EVENT_DAY_OPENED) {
        memset(run->outcomes, 0, sizeof(run->outcomes));
    }
    check(run, queue_ticket_count(run->queue) < DAY_TICKETS_MAX);
    for (uint32_t i = 1; i <= queue_ticket_count(run->queue); i++) {
        enum ticket_state state = queue_ticket(run->queue, i)->state;
        if (event->kind == EVENT_TICKET_TAKEN && i == event->taken.ticket) {
            check(run, state == TICKET_WAITING);
        } else if (state != run->states[i]) {
            check(run, ticket_may_become(run->states[i], state));
            run->outcomes[i] += ticket_state_is_outcome(state) ? 1U : 0U;
            run->outcomes[i] -= ticket_state_is_outcome(run->states[i]) ? 1U : 0U;
        }
        run->states[i] = state;
        check(run, event->kind != EVENT_DAY_CLOSED || run->outcomes[i] == 1);
    }
}

static void replay_day_so_far(struct run *run, struct queue *queue)
{
    queue_reset(queue, run->day_events[0].seq - 4);
    for (uint32_t i = 0; i < 3; i++) {
        struct event event = run->frame[i];
        event.seq = queue_seq(queue) + 1;
        queue_apply(queue, &event);
    }
    for (size_t i = 0; i < run->day_event_count; i++) {
        queue_apply(queue, &run->day_events[i]);
    }
}

/* The newest epoch, clock or site goes to the end. */
static void remember_latest(struct run *run, const struct event *event)
{
    uint32_t place = 0;
    while (place < 2 && run->latest[place].kind != event->kind) {
        place++;
    }
    memmove(&run->latest[place], &run->latest[place + 1],
            (2 - place) * sizeof(run->latest[0]));
    run->latest[2] = *event;
}

/* Keeps what a reader of the journal needs to begin at the open day, and takes the event
 * into that replay. */
static void remember(struct run *run, const struct event *event)
{
    if (event->kind <= EVENT_SITE_CONFIGURED) {
        remember_latest(run, event);
    }
    if (event->kind == EVENT_DAY_OPENED) {
        memcpy(run->frame, run->latest, sizeof(run->frame));
        run->day_events[0] = *event;
        run->day_event_count = 1;
        replay_day_so_far(run, run->day);
    } else if (run->day_event_count > 0) {
        check(run, run->day_event_count < DAY_EVENTS_MAX);
        run->day_events[run->day_event_count] = *event;
        run->day_event_count++;
        queue_apply(run->day, event);
    }
}

/* What is no truth value cannot be read at all: fields that are damaged under the name of
 * another body leave none. */
static void mend_truths(struct event *event, bool value)
{
    if (event->kind == EVENT_TICKET_TRANSFERRED) {
        event->transfer.is_parked = value;
        event->transfer.is_wrapping_up = value;
        event->transfer.is_first_of_press = value;
    }
    for (uint32_t i = 0; event->kind == EVENT_PRESS_UNDONE && i < PRESS_TICKETS_MAX;
         i++) {
        event->undone.tickets[i].has_leg = value;
        event->undone.tickets[i].start_is_imputed = value;
    }
}

static void damage(struct run *run, struct event *event)
{
    uint32_t value = random_below(run, 8);
    switch (random_below(run, 11)) {
    case 0:
        event->kind = (enum event_kind)random_below(run, EVENT_KIND_COUNT + 2);
        if (event->kind == EVENT_SITE_CONFIGURED) {
            event->site = NULL; /* the body's pointer would be made of other fields */
        }
        break;
    case 1:
        event->seq += value;
        break;
    case 2:
        event->at_ms -= (int64_t)value * 1000;
        break;
    case 3:
        event->ticket.ticket = random_index(run, queue_ticket_count(run->queue) + 1);
        break;
    case 4:
        event->ticket.counter = random_index(run, 6);
        break;
    case 5:
        event->taken.number = value;
        break;
    case 6:
        event->transfer.for_counter = random_index(run, 6);
        break;
    case 7:
        event->transfer.further_count = value;
        break;
    case 8:
        event->undone.tickets[value % 2].leg.for_counter = random_index(run, 6);
        break;
    case 9:
        event->undone.state = (enum counter_state)value;
        break;
    default:
        event->undone.tickets[value % 2].state = (enum ticket_state)value;
        event->undone.tickets[value % 2].ticket = value;
        break;
    }
}

/* A damaged event is refused in a sentence, or it fits and breaks nothing. An event whose
 * body is a pointer to a site is left alone: its damage would be ours, not the queue's.
 */
static void try_damaged(struct run *run, const struct event *event)
{
    struct event damaged = *event;
    if (event->kind == EVENT_SITE_CONFIGURED) {
        return;
    }
    damage(run, &damaged);
    mend_truths(&damaged, random_one_in(run, 2));
    struct error err = {.text = ""};
    if (queue_check_event(run->queue, &damaged, &err) != OK) {
        check(run, err.text[0] != '\0');
        return;
    }
    if (run->day_event_count > 0 && random_one_in(run, 8)) {
        replay_day_so_far(run, run->scratch);
        queue_apply(run->scratch, &damaged);
        check_invariants(run, run->scratch);
    }
}

static void take_event(struct run *run, const struct event *event)
{
    struct error err;
    enum status fits = queue_check_event(run->queue, event, &err);
    check_that(run, fits == OK, fits == OK ? "" : err.text);
    check(run, event->at_ms >= queue_last_at_ms(run->queue));
    plain_calls_follow(&run->calls, run->queue, event);
    if (random_one_in(run, 4)) {
        try_damaged(run, event);
    }
    queue_apply(run->queue, event);
    queue_apply(run->whole, event);
    remember(run, event);
    follow_tickets(run, event);
    run->hash = queue_state_hash(run->queue);
    check(run, queue_state_hash(run->whole) == run->hash);
    check(run, run->day_event_count == 0 || queue_state_hash(run->day) == run->hash);
}

static void take_step(struct run *run)
{
    run->step++;
    run->now_ms += (int64_t)random_below(run, 20000);
    run->now_ms -= random_one_in(run, 50) ? 60000 : 0;
    struct command command = random_command(run);
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    struct refused refused = {REFUSAL_NONE, TICKET_NONE, SITE_NONE};
    struct error err = {.text = ""};
    enum status status =
        queue_decide(run->queue, &command, run->now_ms, events, &count, &refused, &err);
    count_verb(run, command.verb, status);
    if (random_one_in(run, 8)) {
        check(run, queue_state_hash(run->queue) == run->hash);
    }
    if (status != OK) {
        check(run, count == 0 && err.text[0] != '\0');
        check(run, (status == ERR_REFUSED) == (refused.refusal != REFUSAL_NONE));
        return;
    }
    check(run, count >= 1 && count <= STEP_EVENTS_MAX);
    for (size_t i = 0; i < count; i++) {
        check_call(run, &events[i]);
    }
    for (size_t i = 0; i < count; i++) {
        take_event(run, &events[i]);
    }
    check_invariants(run, run->queue);
}

/* The first three events of a run: an epoch, a clock and a site. */
static void begin(struct run *run)
{
    struct command command = fixture_command(VERB_START_EPOCH);
    command.epoch = 1;
    command.clock_factor = 1;
    command.site = random_site(run);
    static const enum verb verbs[3] = {VERB_START_EPOCH, VERB_SET_CLOCK, VERB_CONFIGURE};
    for (uint32_t i = 0; i < 3; i++) {
        struct event events[STEP_EVENTS_MAX];
        size_t count = 0;
        command.verb = verbs[i];
        check(run, queue_decide(run->queue, &command, run->now_ms, events, &count, NULL,
                                NULL) == OK);
        take_event(run, &events[0]);
        run->latest[i] = events[0];
    }
}

static uint64_t play(struct run *run, uint64_t seed)
{
    run->seed = seed;
    run->random = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    run->step = 0;
    run->now_ms = FIXTURE_START_MS;
    run->site_count = 0;
    run->day_event_count = 0;
    memset(run->latest, 0, sizeof(run->latest));
    run->tickets_wanted = 4 + random_below(run, random_one_in(run, 10) ? 200 : 40);
    queue_reset(run->queue, 0);
    queue_reset(run->whole, 0);
    begin(run);
    while (run->step < COMMANDS_PER_RUN && queue_last_day(run->queue) < 20261129) {
        take_step(run);
    }
    struct command command = fixture_command(VERB_CLOSE_DAY);
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    while (queue_day(run->queue) != 0) {
        check(run, queue_decide(run->queue, &command, run->now_ms, events, &count, NULL,
                                NULL) == OK);
        for (size_t i = 0; i < count; i++) {
            take_event(run, &events[i]);
        }
    }
    check_invariants(run, run->queue);
    return run->step;
}

static void invariants_hold_whatever_is_asked(void **state)
{
    const struct options *options = *state;
    struct run *run = calloc(1, sizeof(*run));
    assert_non_null(run);
    run->queue = queue_create();
    run->whole = queue_create();
    run->day = queue_create();
    run->scratch = queue_create();
    run->sites = calloc(SITES_PER_RUN, sizeof(*run->sites));
    run->day_events = calloc(DAY_EVENTS_MAX, sizeof(*run->day_events));
    assert_true(run->queue && run->whole && run->day && run->scratch);
    assert_true(run->sites && run->day_events);
    uint64_t steps = 0;
    for (uint64_t seed = options->seed; steps < options->commands; seed++) {
        steps += play(run, seed);
    }
    for (uint32_t verb = 0; verb < VERB_COUNT; verb++) {
        print_message("%s %u of %u\n", verb_name((enum verb)verb), run->done[verb],
                      run->tried[verb]);
        /* A generator whose commands are all refused would test nothing. */
        assert_true(run->done[verb] > 0 || options->commands < 10000);
    }
    for (uint32_t rule = CALL_LONGEST_WAIT; rule < CALL_RULE_COUNT; rule++) {
        bool is_of_policy = rule != CALL_CHOSEN && rule != CALL_RECORDED;
        if (is_of_policy) {
            print_message("called by %s %llu\n", call_rule_name((enum call_rule)rule),
                          (unsigned long long)run->rules[rule]);
            assert_true(run->rules[rule] > 0 || options->commands < 10000);
        }
    }
    free(run->day_events);
    free(run->sites);
    queue_destroy(run->scratch);
    queue_destroy(run->day);
    queue_destroy(run->whole);
    queue_destroy(run->queue);
    free(run);
}

int main(int argc, char **argv)
{
    struct options options = {.commands = 200000, .seed = 1};
    if (argc > 1) {
        options.commands = strtoull(argv[1], NULL, 10);
    }
    if (argc > 2) {
        options.seed = strtoull(argv[2], NULL, 10);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(invariants_hold_whatever_is_asked, &options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
