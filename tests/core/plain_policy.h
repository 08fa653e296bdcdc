/* Who is next, the slow way: by looking at every ticket of the day. What the property
 * test compares core/policy.c with; it shares no code with it. */
#ifndef GUICHET_TESTS_CORE_PLAIN_POLICY_H
#define GUICHET_TESTS_CORE_PLAIN_POLICY_H

#include "core/policy.h"
#include "core/queue.h"

/* More tickets than a day of the test has. */
#define DAY_TICKETS_MAX 512

/* The calls of a day that stand: of each ticket (by ordinal) the letters of the services
 * whose people it passed, bit 0 for A. */
struct plain_calls {
    uint32_t letters[DAY_TICKETS_MAX];
    uint32_t before_call[DAY_TICKETS_MAX]; /* the same before its last call */
    bool was_linked[DAY_TICKETS_MAX]; /* others may have passed it while it was held */
};

/* Follow an event before it is applied. */
void plain_calls_follow(struct plain_calls *calls, const struct queue *queue,
                        const struct event *event);

/* Times that the ticket was overtaken. */
uint32_t plain_times_overtaken(const struct plain_calls *calls, const struct queue *queue,
                               uint32_t ordinal);

/* Whether the person of one ticket came before that of another. */
bool plain_came_earlier(const struct queue *queue, uint32_t a, uint32_t b);

/* Whether the ticket waits for a service of the counter. */
bool plain_is_for(const struct queue *queue, uint32_t counter, uint32_t ordinal);

/* What policy_next() must say, but for the turn. Standards divide an hour. */
struct choice plain_choice(const struct plain_calls *calls, const struct queue *queue,
                           uint32_t counter, int64_t now_ms);

#endif
