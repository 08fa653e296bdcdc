/* Whom a counter leaves to others for a while, because they are better at it.
 *
 * An agent gives some services as first and some as second choice, and speaks some
 * languages. While somebody has waited less than the site's best_first_s, a counter does
 * not call them by a rule when it gives the service as second choice and another open
 * counter gives it as first, or when it does not speak their language and another open
 * counter, which gives the service, does. Afterwards any counter of the service may:
 * nobody waits longer than that for the best. */
#ifndef GUICHET_CORE_SKILL_H
#define GUICHET_CORE_SKILL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/queue.h"

/* What one counter must know of the others. */
struct skill_view {
    bool leaves_anybody;                 /* to others; else the rest says nothing */
    uint64_t left;                       /* services of second choice left to others */
    uint64_t spoken_for[LANGUAGE_COUNT]; /* services, by a language not spoken here */
    int64_t waited_at_ms;                /* who came by then is anybody's */
};

/* Look at the open counters (O(counters), nothing where the counter is best at all). */
void skill_look(const struct queue *queue, uint32_t counter, int64_t now_ms,
                struct skill_view *ret_view);

/* Whether the counter may call the ticket of one of its services by a rule. */
bool skill_may_call(const struct skill_view *view, const struct ticket *ticket);

/* Whether all of a service are left whatever they speak, unless they have waited. */
bool skill_leaves_service(const struct skill_view *view, uint32_t service);

#endif
