/* See plain_policy.h. */
#include "plain_policy.h"

#include <stddef.h>
#include <string.h>

/* What the counter gives: what its agent is there for, else its own. */
static uint64_t plain_services(const struct queue *queue, uint32_t counter)
{
    const struct site *site = queue_site(queue);
    uint32_t profile = queue_counter(queue, counter)->profile;
    return profile != 0 ? site->profiles[profile - 1].services
                        : site->counters[counter].services;
}

static uint32_t letter_of(const struct queue *queue, uint32_t service)
{
    return (uint32_t)(queue_site(queue)->services[service].letter[0] - 'A');
}

void plain_calls_follow(struct plain_calls *calls, const struct queue *queue,
                        const struct event *event)
{
    if (event->kind == EVENT_DAY_OPENED) {
        memset(calls, 0, sizeof(*calls));
    }
    if (event->kind == EVENT_TICKET_CALLED) {
        const struct site *site = queue_site(queue);
        uint64_t services = plain_services(queue, event->ticket.counter);
        calls->before_call[event->ticket.ticket] = calls->letters[event->ticket.ticket];
        for (uint32_t i = 0; i < site->service_count; i++) {
            calls->letters[event->ticket.ticket] |= (uint32_t)(services >> i & 1U)
                                                    << letter_of(queue, i);
        }
    }
    if (event->kind == EVENT_SITE_CONFIGURED && queue_has_site(queue)) {
        const struct site *site = queue_site(queue);
        for (uint32_t i = 0; i < site->service_count; i++) {
            bool stays =
                site_find_service(event->site, site->services[i].id) != SITE_NONE;
            uint32_t letter = stays ? 0 : 1U << letter_of(queue, i);
            for (uint32_t k = 0; k < DAY_TICKETS_MAX; k++) {
                calls->letters[k] &= ~letter;
                calls->before_call[k] &= ~letter;
            }
        }
    }
    if (event->kind == EVENT_TICKETS_LINKED) {
        calls->was_linked[event->pair.ticket] = true;
        calls->was_linked[event->pair.other] = true;
    }
    if (event->kind == EVENT_PRESS_UNDONE) {
        for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
            const struct ticket_before *before = &event->undone.tickets[i];
            if (before->ticket != TICKET_NONE && before->state == TICKET_WAITING) {
                calls->letters[before->ticket] = calls->before_call[before->ticket];
            }
        }
    }
}

uint32_t plain_times_overtaken(const struct plain_calls *calls, const struct queue *queue,
                               uint32_t ordinal)
{
    uint32_t letter = letter_of(queue, queue_ticket(queue, ordinal)->service);
    uint32_t arrival = queue_ticket(queue, ordinal)->arrival;
    uint32_t times = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        bool came_later = queue_ticket(queue, i)->arrival > arrival;
        times += came_later ? calls->letters[i] >> letter & 1U : 0U;
    }
    return times;
}

bool plain_is_for(const struct queue *queue, uint32_t counter, uint32_t ordinal)
{
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    uint64_t services = plain_services(queue, counter);
    return ticket->state == TICKET_WAITING && ticket->leg.for_counter == SITE_NONE &&
           !ticket->is_held && (services >> ticket->service & 1U) != 0;
}

bool plain_came_earlier(const struct queue *queue, uint32_t a, uint32_t b)
{
    uint32_t came_a = queue_ticket(queue, a)->arrival;
    uint32_t came_b = queue_ticket(queue, b)->arrival;
    return came_a < came_b || (came_a == came_b && a < b);
}

static bool stands_earlier(const struct queue *queue, uint32_t a, uint32_t b)
{
    int64_t at_a = queue_ticket(queue, a)->order_at_ms;
    int64_t at_b = queue_ticket(queue, b)->order_at_ms;
    return at_a < at_b || (at_a == at_b && plain_came_earlier(queue, a, b));
}

/* Nobody of the same service and class stands before it. */
static bool is_first_of_line(const struct queue *queue, uint32_t ordinal)
{
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *other = queue_ticket(queue, i);
        if (i != ordinal && other->state == TICKET_WAITING && !other->is_held &&
            other->leg.for_counter == SITE_NONE && other->service == ticket->service &&
            other->class_index == ticket->class_index &&
            stands_earlier(queue, i, ordinal)) {
            return false;
        }
    }
    return true;
}

/* The share of the standard used up, x 360,000,000: a whole number. */
static int64_t plain_share(const struct queue *queue, uint32_t ordinal, int64_t now_ms)
{
    const struct site *site = queue_site(queue);
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    const struct priority_class *class = &site->classes[ticket->class_index];
    int64_t wait_ms = now_ms - ticket->order_at_ms + (int64_t) class->head_start_s * 1000;
    return wait_ms * class->weight_percent *
           (3600 / site->services[ticket->service].standard_wait_s);
}

/* Whether an open counter gives the service and is better at the ticket than this one: as
 * first choice where it is the second here, or in the language where it is not spoken. */
static bool plain_is_left(const struct queue *queue, uint32_t counter, uint32_t ordinal,
                          int64_t now_ms)
{
    const struct site *site = queue_site(queue);
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    const struct site_skills *own = queue_counter_skills(queue, counter);
    bool is_second = (own->second >> ticket->service & 1U) != 0;
    bool is_foreign =
        own->languages != 0 && (own->languages >> ticket->language & 1) == 0;
    if (now_ms - ticket->order_at_ms >= (int64_t)site->best_first_s * 1000) {
        return false;
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        const struct site_skills *theirs = queue_counter_skills(queue, i);
        enum counter_state state = queue_counter(queue, i)->state;
        if (i == counter || state == COUNTER_CLOSED || state == COUNTER_PAUSED ||
            (plain_services(queue, i) >> ticket->service & 1U) == 0) {
            continue;
        }
        bool speaks =
            theirs->languages == 0 || (theirs->languages >> ticket->language & 1) != 0;
        if ((is_second && (theirs->second >> ticket->service & 1U) == 0) ||
            (is_foreign && speaks)) {
            return true;
        }
    }
    return false;
}

/* The largest share now, or (rule CALL_LONGEST_WAIT) the longest wait with head starts,
 * of one service or (SITE_NONE) of all those of the counter, without whom it leaves to
 * others; exceptional mode leaves nobody. */
static uint32_t plain_first(const struct queue *queue, uint32_t counter, uint32_t service,
                            enum call_rule rule, int64_t now_ms)
{
    uint32_t best = TICKET_NONE;
    int64_t best_value = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        if (!plain_is_for(queue, counter, i) ||
            (service != SITE_NONE && ticket->service != service) ||
            (rule != CALL_EXCEPTIONAL && plain_is_left(queue, counter, i, now_ms))) {
            continue;
        }
        int64_t head_start_s =
            queue_site(queue)->classes[ticket->class_index].head_start_s;
        int64_t value = rule == CALL_SHARE ? plain_share(queue, i, now_ms)
                                           : head_start_s * 1000 - ticket->order_at_ms;
        if (best == TICKET_NONE || value > best_value ||
            (value == best_value &&
             (rule == CALL_SHARE ? stands_earlier(queue, i, best)
                                 : plain_came_earlier(queue, i, best)))) {
            best = i;
            best_value = value;
        }
    }
    return best;
}

/* The service whose turn it is: time goes on by the smallest step, round and round, until
 * it meets a turn of a service where somebody waits. */
static uint32_t plain_ratio(const struct queue *queue, uint32_t counter,
                            const struct site_policy *policy, int64_t now_ms)
{
    bool has_anybody[SERVICES_MAX] = {false};
    for (uint32_t i = 0; i < policy->place_count; i++) {
        has_anybody[i] = plain_first(queue, counter, policy->places[i].service,
                                     CALL_LONGEST_WAIT, now_ms) != 0;
    }
    uint32_t last = queue_counter(queue, counter)->turn;
    for (uint32_t step = 1; step <= TURN_END; step++) {
        uint32_t turn = (last + step) % TURN_END;
        uint32_t place = turn % SERVICES_MAX;
        if (place >= policy->place_count || !has_anybody[place]) {
            continue;
        }
        uint32_t gap = 5040 / policy->places[place].turns;
        if (turn / SERVICES_MAX % gap == gap / 2) {
            return policy->places[place].service;
        }
    }
    return SITE_NONE;
}

static uint32_t plain_condition(const struct queue *queue, uint32_t counter,
                                const struct site_policy *policy, int64_t now_ms)
{
    for (uint32_t k = 0; k < policy->condition_count; k++) {
        int64_t over_ms = (int64_t)policy->conditions[k].over_s * 1000;
        for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
            const struct ticket *ticket = queue_ticket(queue, i);
            if (plain_is_for(queue, counter, i) && ticket_is_counted(ticket) &&
                ticket->service == policy->conditions[k].service &&
                plain_first(queue, counter, ticket->service, CALL_LONGEST_WAIT, now_ms) !=
                    TICKET_NONE &&
                now_ms - ticket->order_at_ms > over_ms) {
                return ticket->service;
            }
        }
    }
    return SITE_NONE;
}

/* The earliest ticket that a step above the rules names. */
static uint32_t plain_above(const struct plain_calls *calls, const struct queue *queue,
                            uint32_t counter, enum call_rule rule)
{
    const struct site *site = queue_site(queue);
    uint32_t first = TICKET_NONE;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct priority_class *class =
            &site->classes[queue_ticket(queue, i)->class_index];
        bool is_named = class->head_start_s == HEAD_START_S_MAX;
        if (rule == CALL_EMERGENCY) {
            is_named = class->is_emergency;
        } else if (rule == CALL_GUARD) {
            is_named = site->overtaken_max != 0 &&
                       plain_times_overtaken(calls, queue, i) >= site->overtaken_max &&
                       (queue_ticket(queue, i)->order_at_ms ==
                            queue_ticket(queue, i)->taken_at_ms ||
                        is_first_of_line(queue, i)); /* was put behind others */
        }
        bool is_here = plain_is_for(queue, counter, i);
        if (rule == CALL_RESERVED) {
            const struct ticket *ticket = queue_ticket(queue, i);
            is_here = ticket->state == TICKET_WAITING &&
                      ticket->leg.for_counter == counter && !ticket->is_held;
            is_named = true;
        }
        bool is_earlier = first == TICKET_NONE ||
                          (rule == CALL_GUARD ? plain_came_earlier(queue, i, first)
                                              : stands_earlier(queue, i, first));
        if (is_named && is_here && is_earlier) {
            first = i;
        }
    }
    return first;
}

static struct choice plain_by_policy(const struct queue *queue, uint32_t counter,
                                     const struct site_policy *policy, int64_t now_ms)
{
    uint32_t service = plain_condition(queue, counter, policy, now_ms);
    struct choice choice = {.rule = CALL_CONDITION};
    if (service == SITE_NONE) {
        choice.rule = policy->rule == POLICY_SHARE   ? CALL_SHARE
                      : policy->rule == POLICY_ORDER ? CALL_ORDER
                      : policy->rule == POLICY_RATIO ? CALL_RATIO
                                                     : CALL_LONGEST_WAIT;
    }
    for (uint32_t i = policy->place_count; choice.rule == CALL_ORDER && i > 0; i--) {
        uint32_t listed = policy->places[i - 1].service;
        bool has_anybody =
            plain_first(queue, counter, listed, CALL_LONGEST_WAIT, now_ms) != TICKET_NONE;
        service = has_anybody ? listed : service;
    }
    if (choice.rule == CALL_RATIO) {
        service = plain_ratio(queue, counter, policy, now_ms);
    }
    choice.ticket =
        plain_first(queue, counter, service,
                    choice.rule == CALL_SHARE ? CALL_SHARE : CALL_LONGEST_WAIT, now_ms);
    return choice;
}

/* In exceptional mode the service that goes first, whoever else waits. */
static uint32_t plain_exceptional(const struct queue *queue, uint32_t counter)
{
    const struct event_exceptional *exceptional = queue_exceptional(queue);
    return exceptional && exceptional->service != SITE_NONE
               ? plain_first(queue, counter, exceptional->service, CALL_EXCEPTIONAL, 0)
               : TICKET_NONE;
}

struct choice plain_choice(const struct plain_calls *calls, const struct queue *queue,
                           uint32_t counter, int64_t now_ms)
{
    const struct site *site = queue_site(queue);
    static const struct site_policy share = {.rule = POLICY_SHARE};
    static const enum call_rule above[] = {CALL_EMERGENCY, CALL_EXCEPTIONAL, CALL_GUARD,
                                           CALL_RESERVED, CALL_FIRST};
    struct choice choice = {.ticket = TICKET_NONE};
    for (uint32_t i = 0; i < 5 && choice.ticket == TICKET_NONE; i++) {
        choice.ticket = above[i] == CALL_EXCEPTIONAL
                            ? plain_exceptional(queue, counter)
                            : plain_above(calls, queue, counter, above[i]);
        choice.rule = above[i];
    }
    if (choice.ticket == TICKET_NONE) {
        uint32_t profile = queue_counter(queue, counter)->profile;
        uint32_t policy = profile != 0 ? site->profiles[profile - 1].policy : 0;
        policy = policy != 0 ? policy : site->counters[counter].policy;
        policy = policy != 0 ? policy : site->policy;
        choice = plain_by_policy(
            queue, counter, policy != 0 ? &site->policies[policy - 1] : &share, now_ms);
    }
    for (uint32_t i = 1; choice.ticket != TICKET_NONE && i <= queue_ticket_count(queue);
         i++) {
        bool came_before =
            queue_ticket(queue, i)->arrival < queue_ticket(queue, choice.ticket)->arrival;
        choice.overtaken += came_before && plain_is_for(queue, counter, i) &&
                                    ticket_is_counted(queue_ticket(queue, i))
                                ? 1U
                                : 0U;
    }
    return choice;
}
