/* Who is next; see policy.h. */
#include "core/policy.h"

#include <assert.h>
#include <stdbool.h>

/* Whether `a` stands before `b` where their services are called together. */
static bool stands_before(const struct queue *queue, uint32_t a, uint32_t b)
{
    assert(a != TICKET_NONE && b != TICKET_NONE);
    int64_t key_a = queue_order_key_ms(queue, queue_ticket(queue, a));
    int64_t key_b = queue_order_key_ms(queue, queue_ticket(queue, b));
    return key_a < key_b || (key_a == key_b && a < b);
}

uint32_t policy_overtaken(const struct queue *queue, uint32_t counter, uint32_t ticket)
{
    assert(ticket != TICKET_NONE);
    const struct site *site = queue_site(queue);
    uint32_t overtaken = 0;
    for (uint32_t service = 0; service < site->service_count; service++) {
        if ((site->counters[counter].services >> service & 1U) != 0) {
            overtaken += queue_waiting_before(queue, service, ticket);
        }
    }
    return overtaken;
}

struct choice policy_next(const struct queue *queue, uint32_t counter, int64_t now_ms)
{
    assert(queue_has_site(queue));
    const struct site *site = queue_site(queue);
    assert(counter < site->counter_count);
    (void)now_ms; /* everybody's wait grows alike: this policy needs no clock */
    struct choice choice = {.ticket = TICKET_NONE, .rule = CALL_LONGEST_WAIT};
    for (uint32_t service = 0; service < site->service_count; service++) {
        if ((site->counters[counter].services >> service & 1U) == 0) {
            continue;
        }
        uint32_t first = queue_first_waiting(queue, service);
        if (first != TICKET_NONE && (choice.ticket == TICKET_NONE ||
                                     stands_before(queue, first, choice.ticket))) {
            choice.ticket = first;
        }
    }
    if (choice.ticket == TICKET_NONE) {
        return choice;
    }
    choice.overtaken = policy_overtaken(queue, counter, choice.ticket);
    return choice;
}
