/* Who is next; see policy.h. */
#include "core/policy.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/skill.h"

/* Half a round of rule ratio, see TURN_END. */
#define ROUND_HALF 2520U

/* What a choice is made from. */
struct search {
    const struct queue *queue;
    const struct site *site;
    uint64_t services; /* a set: where to look */
    uint32_t counter;  /* who asks */
    int64_t now_ms;
    const struct skill_view *skill; /* whom to leave to others; NULL: nobody */
};

static const struct priority_class *class_of(const struct search *search,
                                             uint32_t ordinal)
{
    uint32_t class_index = queue_ticket(search->queue, ordinal)->class_index;
    assert(class_index < search->site->class_count);
    return &search->site->classes[class_index];
}

/* Who may be named by a step. */

static bool is_anybody(const struct search *search, uint32_t ordinal)
{
    (void)search;
    return ordinal != TICKET_NONE;
}

static bool is_emergency(const struct search *search, uint32_t ordinal)
{
    return class_of(search, ordinal)->is_emergency;
}

static bool is_guarded(const struct search *search, uint32_t ordinal)
{
    return search->site->overtaken_max != 0 &&
           queue_times_overtaken(search->queue, ordinal) >= search->site->overtaken_max;
}

static bool is_before_everybody(const struct search *search, uint32_t ordinal)
{
    return class_of(search, ordinal)->head_start_s == HEAD_START_S_MAX;
}

/* Who stands before whom. */

static bool came_earlier(const struct search *search, uint32_t a, uint32_t b)
{
    return queue_came_before(search->queue, a, b);
}

static bool stands_earlier(const struct search *search, uint32_t a, uint32_t b)
{
    int64_t at_a = queue_ticket(search->queue, a)->order_at_ms;
    int64_t at_b = queue_ticket(search->queue, b)->order_at_ms;
    return at_a < at_b || (at_a == at_b && came_earlier(search, a, b));
}

static bool has_waited_longer(const struct search *search, uint32_t a, uint32_t b)
{
    int64_t key_a = queue_order_key_ms(search->queue, queue_ticket(search->queue, a));
    int64_t key_b = queue_order_key_ms(search->queue, queue_ticket(search->queue, b));
    return key_a < key_b || (key_a == key_b && came_earlier(search, a, b));
}

/* (wait + head start) x weight, of an ordinary ticket x 100. */
static int64_t weighted_wait(const struct search *search, uint32_t ordinal)
{
    const struct ticket *ticket = queue_ticket(search->queue, ordinal);
    uint32_t weight = class_of(search, ordinal)->weight_percent;
    assert(weight <= WEIGHT_PERCENT_MAX);
    return (search->now_ms - queue_order_key_ms(search->queue, ticket)) *
           (weight == 0 ? 100 : weight);
}

/* A standard of 0 minutes is one of a second. */
static int64_t standard_of(const struct search *search, uint32_t ordinal)
{
    uint32_t service = queue_ticket(search->queue, ordinal)->service;
    assert(service < search->site->service_count);
    uint32_t standard_s = search->site->services[service].standard_wait_s;
    return standard_s == 0 ? 1 : standard_s;
}

/* Shares compared without dividing: days of waiting in milliseconds x 1,000 % x a day in
 * seconds stay far below 2^63. */
static bool has_larger_share(const struct search *search, uint32_t a, uint32_t b)
{
    int64_t used_a = weighted_wait(search, a) * standard_of(search, b);
    int64_t used_b = weighted_wait(search, b) * standard_of(search, a);
    return used_a > used_b || (used_a == used_b && stands_earlier(search, a, b));
}

/* The first of the line who is not left to others. Whoever is left has come within the
 * last best_first_s seconds, as has everybody behind. */
static uint32_t first_of_line(const struct search *search, uint32_t service,
                              uint32_t class_index)
{
    uint32_t at = queue_line_head(search->queue, service, class_index);
    while (search->skill && at != TICKET_NONE &&
           !skill_may_call(search->skill, queue_ticket(search->queue, at))) {
        bool may_others = !skill_leaves_service(search->skill, service);
        at = may_others ? queue_ticket(search->queue, at)->next_waiting : TICKET_NONE;
    }
    return at;
}

/* The first of all lines by `stands_before` among those who may be named. */
static uint32_t find_first(const struct search *search,
                           bool (*may_be_named)(const struct search *, uint32_t),
                           bool (*stands_before)(const struct search *, uint32_t,
                                                 uint32_t))
{
    uint32_t first = TICKET_NONE;
    for (uint32_t i = 0; i < search->site->service_count; i++) {
        if ((search->services >> i & 1U) == 0 || !queue_has_waiting(search->queue, i)) {
            continue;
        }
        for (uint32_t k = 0; k < search->site->class_count; k++) {
            uint32_t head = first_of_line(search, i, k);
            if (head != TICKET_NONE && may_be_named(search, head) &&
                (first == TICKET_NONE || stands_before(search, head, first))) {
                first = head;
            }
        }
    }
    return first;
}

/* The longest wait in one service of the counter, or TICKET_NONE. */
static uint32_t find_in_service(const struct search *search, uint32_t service)
{
    assert((search->services >> service & 1U) != 0);
    struct search narrow = *search;
    narrow.services = UINT64_C(1) << service;
    return find_first(&narrow, is_anybody, has_waited_longer);
}

static bool has_anybody(const struct search *search, uint32_t service)
{
    return (search->services >> service & 1U) != 0 &&
           queue_first_waiting(search->queue, service) != TICKET_NONE &&
           (!search->skill || find_in_service(search, service) != TICKET_NONE);
}

/* The ticket of the first condition that holds, or TICKET_NONE. */
static uint32_t find_by_condition(const struct search *search,
                                  const struct site_policy *policy)
{
    assert(policy->condition_count <= CONDITIONS_MAX);
    for (uint32_t i = 0; i < policy->condition_count; i++) {
        const struct policy_condition *condition = &policy->conditions[i];
        if (!has_anybody(search, condition->service)) {
            continue;
        }
        uint32_t earliest = queue_earliest_waiting(search->queue, condition->service);
        int64_t waited_ms =
            earliest == TICKET_NONE
                ? 0
                : search->now_ms - queue_ticket(search->queue, earliest)->order_at_ms;
        if (waited_ms > (int64_t)condition->over_s * 1000) {
            return find_in_service(search, condition->service);
        }
    }
    return TICKET_NONE;
}

static uint32_t find_by_order(const struct search *search,
                              const struct site_policy *policy)
{
    assert(policy->place_count > 0);
    for (uint32_t i = 0; i < policy->place_count; i++) {
        if (has_anybody(search, policy->places[i].service)) {
            return find_in_service(search, policy->places[i].service);
        }
    }
    return find_first(search, is_anybody, has_waited_longer);
}

/* The first turn of a place after `turn`, in this round or, TURN_END later, the next. */
static uint32_t turn_after(const struct site_policy *policy, uint32_t place,
                           uint32_t turn)
{
    uint32_t turns = policy->places[place].turns;
    assert(turns >= 1 && turns <= TURNS_MAX);
    for (uint32_t k = 0; k < turns; k++) {
        uint32_t at = (2 * k + 1) * (ROUND_HALF / turns) * SERVICES_MAX + place;
        if (at > turn) {
            return at;
        }
    }
    return TURN_END + ROUND_HALF / turns * SERVICES_MAX + place;
}

static void choose_by_ratio(const struct search *search, const struct site_policy *policy,
                            uint32_t turn, struct choice *ret_choice)
{
    uint32_t best = 0; /* place of the next turn; only looked at where there is one */
    uint32_t next = UINT32_MAX;
    for (uint32_t i = 0; i < policy->place_count; i++) {
        uint32_t after = turn_after(policy, i, turn);
        if (has_anybody(search, policy->places[i].service) && after < next) {
            best = i;
            next = after;
        }
    }
    if (next == UINT32_MAX) {
        ret_choice->ticket = find_first(search, is_anybody, has_waited_longer);
        return;
    }
    ret_choice->turn = next % TURN_END;
    ret_choice->ticket = find_in_service(search, policy->places[best].service);
}

/* Who is next of the service that goes first in exceptional mode, or TICKET_NONE. */
static uint32_t find_exceptional(const struct search *search)
{
    const struct event_exceptional *exceptional = queue_exceptional(search->queue);
    bool has_service = exceptional && exceptional->service != SITE_NONE &&
                       has_anybody(search, exceptional->service);
    return has_service ? find_in_service(search, exceptional->service) : TICKET_NONE;
}

/* The steps that stand above every rule. */
static bool choose_above_rules(const struct search *search, struct choice *ret_choice)
{
    static const struct {
        bool (*may_be_named)(const struct search *, uint32_t);
        bool (*stands_before)(const struct search *, uint32_t, uint32_t);
        enum call_rule rule;
    } steps[] = {
        {is_emergency, stands_earlier, CALL_EMERGENCY},
        {NULL, NULL, CALL_EXCEPTIONAL}, /* one service */
        {is_guarded, came_earlier, CALL_GUARD},
        {NULL, NULL, CALL_RESERVED}, /* a line of its own */
        {is_before_everybody, stands_earlier, CALL_FIRST},
    };
    for (uint32_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        uint32_t ticket = TICKET_NONE;
        if (steps[i].rule == CALL_RESERVED) {
            ticket = queue_reserved_head(search->queue, search->counter);
        } else if (steps[i].rule == CALL_EXCEPTIONAL) {
            ticket = find_exceptional(search);
        } else {
            ticket = find_first(search, steps[i].may_be_named, steps[i].stands_before);
        }
        if (ticket != TICKET_NONE) {
            *ret_choice = (struct choice){.ticket = ticket, .rule = steps[i].rule};
            return true;
        }
    }
    return false;
}

static void choose_by_policy(const struct search *search,
                             const struct site_policy *policy, uint32_t turn,
                             struct choice *ret_choice)
{
    ret_choice->ticket = find_by_condition(search, policy);
    if (ret_choice->ticket != TICKET_NONE) {
        ret_choice->rule = CALL_CONDITION;
        return;
    }
    switch (policy->rule) {
    case POLICY_SHARE:
        ret_choice->rule = CALL_SHARE;
        ret_choice->ticket = find_first(search, is_anybody, has_larger_share);
        break;
    case POLICY_LONGEST_WAIT:
        ret_choice->rule = CALL_LONGEST_WAIT;
        ret_choice->ticket = find_first(search, is_anybody, has_waited_longer);
        break;
    case POLICY_ORDER:
        ret_choice->rule = CALL_ORDER;
        ret_choice->ticket = find_by_order(search, policy);
        break;
    case POLICY_RATIO:
        ret_choice->rule = CALL_RATIO;
        choose_by_ratio(search, policy, turn, ret_choice);
        break;
    case POLICY_RULE_COUNT:
        assert(false);
        break;
    }
}

uint32_t policy_overtaken(const struct queue *queue, uint32_t counter, uint32_t ticket)
{
    assert(ticket != TICKET_NONE);
    const struct site *site = queue_site(queue);
    uint32_t overtaken = 0;
    uint64_t services = queue_counter_services(queue, counter);
    uint32_t arrival = queue_ticket(queue, ticket)->arrival;
    for (uint32_t service = 0; service < site->service_count; service++) {
        if ((services >> service & 1U) != 0) {
            overtaken += queue_waiting_before(queue, service, arrival);
        }
    }
    return overtaken;
}

struct choice policy_next(const struct queue *queue, uint32_t counter, int64_t now_ms)
{
    assert(queue_has_site(queue));
    static const struct site_policy share = {.rule = POLICY_SHARE};
    const struct site *site = queue_site(queue);
    assert(counter < site->counter_count);
    struct search search = {queue,   site,   queue_counter_services(queue, counter),
                            counter, now_ms, NULL};
    uint32_t named = queue_counter_policy(queue, counter);
    assert(named <= site->policy_count);
    struct choice choice = {.ticket = TICKET_NONE};
    if (!choose_above_rules(&search, &choice)) {
        struct skill_view skill;
        skill_look(queue, counter, now_ms, &skill);
        search.skill = skill.leaves_anybody ? &skill : NULL;
        choose_by_policy(&search, named == 0 ? &share : &site->policies[named - 1],
                         queue_counter(queue, counter)->turn, &choice);
    }
    if (choice.ticket != TICKET_NONE) {
        choice.overtaken = policy_overtaken(queue, counter, choice.ticket);
    }
    return choice;
}
