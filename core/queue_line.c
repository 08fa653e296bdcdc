/* The lines: one doubly linked list of waiting tickets per service, in the order in which
 * they are called. An ordinary ticket arrives with the latest key and is linked at the
 * end at once; one with a head start walks forward past those it overtakes; one whose
 * call was undone goes back to the front. */
#include "core/queue_state.h"

#include <assert.h>

/* Whether ticket `a` stands before ticket `b` of the same line. */
static bool stands_before(const struct queue *queue, uint32_t a, uint32_t b)
{
    assert(a != b);
    int64_t key_a = queue_order_key_ms(queue, &queue->tickets[a]);
    int64_t key_b = queue_order_key_ms(queue, &queue->tickets[b]);
    return key_a < key_b || (key_a == key_b && a < b);
}

/* The ticket after which `ordinal` belongs, or TICKET_NONE for the front. */
static uint32_t place_of(const struct queue *queue, const struct series *series,
                         uint32_t ordinal)
{
    assert(series->waiting_count > 0 || series->first_waiting == TICKET_NONE);
    if (series->first_waiting == TICKET_NONE ||
        stands_before(queue, ordinal, series->first_waiting)) {
        return TICKET_NONE;
    }
    uint32_t after = series->last_waiting;
    while (stands_before(queue, ordinal, after)) {
        after = queue->tickets[after].previous_waiting;
        assert(after != TICKET_NONE);
    }
    return after;
}

void queue_line_insert(struct queue *queue, uint32_t ordinal)
{
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    assert(ticket->state == TICKET_WAITING);
    assert(ticket->previous_waiting == TICKET_NONE &&
           ticket->next_waiting == TICKET_NONE);
    struct series *series = &queue->series[ticket->service];
    uint32_t before = place_of(queue, series, ordinal);
    uint32_t after = before == TICKET_NONE ? series->first_waiting
                                           : queue->tickets[before].next_waiting;
    ticket->previous_waiting = before;
    ticket->next_waiting = after;
    if (before == TICKET_NONE) {
        series->first_waiting = ordinal;
    } else {
        queue->tickets[before].next_waiting = ordinal;
    }
    if (after == TICKET_NONE) {
        series->last_waiting = ordinal;
    } else {
        queue->tickets[after].previous_waiting = ordinal;
    }
    series->waiting_count++;
}

void queue_line_remove(struct queue *queue, uint32_t ordinal)
{
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    struct series *series = &queue->series[ticket->service];
    assert(series->waiting_count > 0);
    uint32_t before = ticket->previous_waiting;
    uint32_t after = ticket->next_waiting;
    if (before == TICKET_NONE) {
        assert(series->first_waiting == ordinal);
        series->first_waiting = after;
    } else {
        queue->tickets[before].next_waiting = after;
    }
    if (after == TICKET_NONE) {
        assert(series->last_waiting == ordinal);
        series->last_waiting = before;
    } else {
        queue->tickets[after].previous_waiting = before;
    }
    ticket->previous_waiting = TICKET_NONE;
    ticket->next_waiting = TICKET_NONE;
    series->waiting_count--;
}
