/* Whom a counter leaves to others; see skill.h. */
#include "core/skill.h"

#include <assert.h>

static bool is_at_work(const struct counter *counter)
{
    return counter->state != COUNTER_CLOSED && counter->state != COUNTER_PAUSED;
}

static bool speaks(const struct site_skills *skills, uint32_t language)
{
    return skills->languages == 0 || (skills->languages >> language & 1U) != 0;
}

void skill_look(const struct queue *queue, uint32_t counter, int64_t now_ms,
                struct skill_view *ret_view)
{
    const struct site *site = queue_site(queue);
    assert(counter < site->counter_count);
    const struct site_skills *own = queue_counter_skills(queue, counter);
    *ret_view =
        (struct skill_view){.leaves_anybody = site->best_first_s != 0 &&
                                              (own->second != 0 || own->languages != 0),
                            .waited_at_ms = now_ms - (int64_t)site->best_first_s * 1000};
    if (!ret_view->leaves_anybody) {
        return;
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (i == counter || !is_at_work(queue_counter(queue, i))) {
            continue;
        }
        const struct site_skills *theirs = queue_counter_skills(queue, i);
        uint64_t services = queue_counter_services(queue, i);
        ret_view->left |= services & ~theirs->second & own->second;
        for (uint32_t k = 0; k < LANGUAGE_COUNT; k++) {
            if (!speaks(own, k) && speaks(theirs, k)) {
                ret_view->spoken_for[k] |= services;
            }
        }
    }
}

bool skill_leaves_service(const struct skill_view *view, uint32_t service)
{
    assert(service < SERVICES_MAX);
    return view->leaves_anybody && (view->left >> service & 1U) != 0;
}

bool skill_may_call(const struct skill_view *view, const struct ticket *ticket)
{
    if (!view->leaves_anybody || ticket->order_at_ms <= view->waited_at_ms) {
        return true;
    }
    assert(ticket->language < LANGUAGE_COUNT);
    return !skill_leaves_service(view, ticket->service) &&
           (view->spoken_for[ticket->language] >> ticket->service & 1U) == 0;
}
