/* A run of the property test: the queue, what it has been asked so far, and what is
 * checked after every step (property_checks.c). property_random.c makes sites and
 * commands. */
#ifndef GUICHET_TESTS_CORE_PROPERTY_RUN_H
#define GUICHET_TESTS_CORE_PROPERTY_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/policy.h"
#include "core/queue.h"
#include "fixture.h"
#include "plain_policy.h"

#define SITES_PER_RUN 16

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

/* Numbers from the run's generator: 0 to below - 1; one in n; mostly an index below
 * `count`, sometimes one beyond it or SITE_NONE. */
uint32_t property_below(struct run *run, uint32_t below);
bool property_one_in(struct run *run, uint32_t n);
uint32_t property_index(struct run *run, uint32_t count);

/* A site whose things keep their ids, so that any of them follows any other while nobody
 * needs what is missing; and what somebody may ask now. */
const struct site *property_site(struct run *run);
struct command property_command(struct run *run);

/* Fail with seed and step where `is_true` is not. */
void property_check_that(const struct run *run, bool is_true, const char *condition);
#define check(run, condition) property_check_that((run), (condition), #condition)

/* Lines, counters and tickets of `queue`, which is one of the run's. */
void property_check(struct run *run, const struct queue *queue);

/* A call that a rule made, before its press changes anything. */
void property_check_call(struct run *run, const struct event *event);

#endif
