/* Random days in random halls: whatever is asked of the queue, its invariants hold.
 *
 * After every command:
 * - a number is given once per business day and series;
 * - a ticket is called or being served at one counter, and a counter has one ticket;
 * - lines hold exactly the waiting tickets, in calling order, those that wait for one
 *   counter, which is manned, the parked and the held, and the one whom a policy
 *   calls is the one a plain search over all tickets finds, by the same step or rule;
 * - nobody whom such a call passes had been passed `overtaken_max` times before, but by
 * an emergency or in exceptional mode;
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

#include "core/text.h"
#include "property_run.h"

#define COMMANDS_PER_RUN 2000
#define DAY_EVENTS_MAX   4096

struct options {
    uint64_t commands;
    uint64_t seed;
};

/* The command and its outcome, counted to show that the generator reaches everything. */
static void count_verb(struct run *run, enum verb verb, enum status status)
{
    run->tried[verb]++;
    run->done[verb] += status == OK ? 1U : 0U;
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
        if ((event->kind == EVENT_TICKET_TAKEN && i == event->taken.ticket) ||
            (event->kind == EVENT_TICKET_SPLIT && i == event->split.ticket) ||
            (event->kind == EVENT_TICKET_CARRIED && i == event->carried.ticket)) {
            check(run, state == TICKET_WAITING);
        } else if (state != run->states[i]) {
            check(run, event->kind == EVENT_TICKET_CORRECTED
                           ? ticket_may_be_corrected(run->states[i], state)
                           : ticket_may_become(run->states[i], state));
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
    uint32_t value = property_below(run, 8);
    switch (property_below(run, 11)) {
    case 0:
        event->kind = (enum event_kind)property_below(run, EVENT_KIND_COUNT + 2);
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
        event->ticket.ticket = property_index(run, queue_ticket_count(run->queue) + 1);
        break;
    case 4:
        event->ticket.counter = property_index(run, 6);
        break;
    case 5:
        event->taken.number = value;
        break;
    case 6:
        event->transfer.for_counter = property_index(run, 6);
        break;
    case 7:
        event->transfer.further_count = value;
        break;
    case 8:
        event->undone.tickets[value % 2].leg.for_counter = property_index(run, 6);
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
    mend_truths(&damaged, property_one_in(run, 2));
    struct error err = {.text = ""};
    if (queue_check_event(run->queue, &damaged, &err) != OK) {
        check(run, err.text[0] != '\0');
        return;
    }
    if (run->day_event_count > 0 && property_one_in(run, 8)) {
        replay_day_so_far(run, run->scratch);
        queue_apply(run->scratch, &damaged);
        property_check(run, run->scratch);
    }
}

static void take_event(struct run *run, const struct event *event)
{
    struct error err;
    enum status fits = queue_check_event(run->queue, event, &err);
    property_check_that(run, fits == OK, fits == OK ? "" : err.text);
    check(run, event->at_ms >= queue_last_at_ms(run->queue));
    plain_calls_follow(&run->calls, run->queue, event);
    if (property_one_in(run, 4)) {
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
    run->now_ms += (int64_t)property_below(run, 20000);
    run->now_ms -= property_one_in(run, 50) ? 60000 : 0;
    struct command command = property_command(run);
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    struct refused refused = {REFUSAL_NONE, TICKET_NONE, SITE_NONE};
    struct error err = {.text = ""};
    enum status status =
        queue_decide(run->queue, &command, run->now_ms, events, &count, &refused, &err);
    count_verb(run, command.verb, status);
    if (property_one_in(run, 8)) {
        check(run, queue_state_hash(run->queue) == run->hash);
    }
    if (status != OK) {
        check(run, count == 0 && err.text[0] != '\0');
        check(run, (status == ERR_REFUSED) == (refused.refusal != REFUSAL_NONE));
        return;
    }
    check(run, count >= 1 && count <= STEP_EVENTS_MAX);
    for (size_t i = 0; i < count; i++) {
        property_check_call(run, &events[i]);
    }
    for (size_t i = 0; i < count; i++) {
        take_event(run, &events[i]);
    }
    property_check(run, run->queue);
}

/* The first three events of a run: an epoch, a clock and a site. */
static void begin(struct run *run)
{
    struct command command = fixture_command(VERB_START_EPOCH);
    command.epoch = 1;
    command.clock_factor = 1;
    command.site = property_site(run);
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
    run->tickets_wanted = 4 + property_below(run, property_one_in(run, 10) ? 200 : 40);
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
    property_check(run, run->queue);
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
        bool is_of_policy =
            rule != CALL_CHOSEN && rule != CALL_RECORDED && rule != CALL_WALK_IN;
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
