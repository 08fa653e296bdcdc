/* Who is next: the one function that the server, the estimator and the simulator share.
 */
#ifndef GUICHET_CORE_POLICY_H
#define GUICHET_CORE_POLICY_H

#include <stdint.h>

#include "core/event.h"
#include "core/queue.h"

struct choice {
    uint32_t ticket;     /* ordinal, or TICKET_NONE when nobody waits for this counter */
    enum call_rule rule; /* the rule that chose it */
    uint32_t
        overtaken; /* waiting people of this counter's services who arrived earlier */
};

/* The ticket that `counter` (index) would call at `now_ms`. First policy: the longest
 * wait among the waiting tickets of the counter's services, where the head start of a
 * priority class counts as waited; equal waits go by ordinal. Looks at the first of each
 * line of the counter's services: the cost does not grow with those who wait. */
struct choice policy_next(const struct queue *queue, uint32_t counter, int64_t now_ms);

/* People of this counter's services who wait and took their ticket before the waiting
 * ticket `ticket` (ordinal): those whom calling it would overtake. O(log n) a service. */
uint32_t policy_overtaken(const struct queue *queue, uint32_t counter, uint32_t ticket);

#endif
