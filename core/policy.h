/* Who is next: the one function that the server, the estimator and the simulator share.
 *
 * A line is the waiting tickets of one service and one priority class, first come first;
 * only the first of a line can be next. The steps, the first that names somebody decides:
 *
 * 1. CALL_EMERGENCY: a class that is an emergency; the earliest.
 * 2. CALL_EXCEPTIONAL: in exceptional mode the service that goes first; the longest wait
 *    there, head starts counted. Above the guard, which rests meanwhile.
 * 3. CALL_GUARD: whoever was overtaken `overtaken_max` times by people who came later;
 *    the one who took the earliest ticket. Nobody is then overtaken more often, except by
 *    emergencies, in exceptional mode and by agents who choose (the proof is in
 * docs/policies.md).
 * 4. CALL_RESERVED: whoever waits for this counter alone; the earliest. Nobody else can
 *    call them.
 * 5. CALL_FIRST: a class whose head start is a whole day; the earliest.
 * 6. CALL_CONDITION: the first condition of the policy that holds names the service.
 * 7. The rule of the policy, which is the counter's, else the site's, else share:
 *    share: the largest (wait + head start) x weight / standard, the
 * accumulating-priority rule (Kleinrock 1964; Stanford, Taylor, Ziedins 2014); longest
 * wait: the largest wait
 *    + head start; order: the first service of the list where anybody waits; ratio: the
 *    service whose turn it is.
 *
 * Within a service that a condition, an order or a ratio named, and among services that
 * an order or a ratio leaves out, the longest wait decides, head starts counted. Equal
 * people go by place in line (order_at_ms, then queue_came_before()). */
#ifndef GUICHET_CORE_POLICY_H
#define GUICHET_CORE_POLICY_H

#include <stdint.h>

#include "core/event.h"
#include "core/queue.h"

/* Turns of rule ratio: a round is the time 0 to 5040; the turns of a service that has w
 * of them stand at (2 k + 1) 2520 / w for k = 0 to w - 1, so that they are spread evenly.
 * A turn is named by that time x SERVICES_MAX + the place of its service in the list. The
 * next turn is the first after the counter's last one of a service where somebody waits,
 * round and round: who is not there loses the turn and is owed nothing. */
#define TURN_END (5040U * SERVICES_MAX)

struct choice {
    uint32_t ticket;     /* ordinal, or TICKET_NONE when nobody waits for this counter */
    enum call_rule rule; /* the rule that chose it */
    uint32_t
        overtaken; /* waiting people of this counter's services who arrived earlier */
    uint32_t turn; /* rule ratio: the turn it takes; 0: none */
};

/* The ticket that `counter` (index) would call at `now_ms`. Looks at the first of each
 * line of the counter's services: the cost does not grow with those who wait, but for the
 * O(log n) of counting whom it overtakes. */
struct choice policy_next(const struct queue *queue, uint32_t counter, int64_t now_ms);

/* People of this counter's services who wait and took their ticket before the waiting
 * ticket `ticket` (ordinal): those whom calling it would overtake. O(log n) a service. */
uint32_t policy_overtaken(const struct queue *queue, uint32_t counter, uint32_t ticket);

#endif
