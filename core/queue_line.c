/* The lines: one doubly linked list of waiting tickets per service and priority class,
 * per counter that some wait for alone, one of the parked and one of the held; first
 * come first. A new
 * ticket is linked at the end at once, one whose call was undone mostly at the front;
 * only one put between others is walked to its place. Within a class everybody has the
 * same head start, so the order of a line never changes while time passes, and whoever is
 * next in a service is the first of one of its lines. */
#include "core/queue_state.h"

#include <assert.h>

bool queue_came_before(const struct queue *queue, uint32_t a, uint32_t b)
{
    uint32_t came_a = queue_ticket(queue, a)->arrival;
    uint32_t came_b = queue_ticket(queue, b)->arrival;
    return came_a < came_b || (came_a == came_b && a < b);
}

/* Whether ticket `a` stands before ticket `b` of the same line. */
static bool stands_before(const struct queue *queue, uint32_t a, uint32_t b)
{
    assert(a != b);
    int64_t at_a = queue->tickets[a].order_at_ms;
    int64_t at_b = queue->tickets[b].order_at_ms;
    return at_a < at_b || (at_a == at_b && queue_came_before(queue, a, b));
}

/* Whether ticket `a` is called before ticket `b` of the same service: the longest wait,
 * head starts counted. */
static bool is_called_before(const struct queue *queue, uint32_t a, uint32_t b)
{
    assert(a != b);
    int64_t key_a = queue_order_key_ms(queue, &queue->tickets[a]);
    int64_t key_b = queue_order_key_ms(queue, &queue->tickets[b]);
    return key_a < key_b || (key_a == key_b && queue_came_before(queue, a, b));
}

/* The ticket after which `ordinal` belongs, or TICKET_NONE for the front. */
static uint32_t place_of(const struct queue *queue, const struct line *line,
                         uint32_t ordinal)
{
    assert((line->first == TICKET_NONE) == (line->last == TICKET_NONE));
    if (line->first == TICKET_NONE || stands_before(queue, ordinal, line->first)) {
        return TICKET_NONE;
    }
    uint32_t after = line->last;
    while (stands_before(queue, ordinal, after)) {
        after = queue->tickets[after].previous_waiting;
        assert(after != TICKET_NONE);
    }
    return after;
}

static struct line *line_of(struct queue *queue, const struct ticket *ticket)
{
    if (ticket->state == TICKET_PARKED) {
        return &queue->parked;
    }
    assert(ticket->state == TICKET_WAITING);
    if (ticket->is_held) {
        return &queue->held;
    }
    if (ticket->leg.for_counter != SITE_NONE) {
        return &queue->reserved[ticket->leg.for_counter];
    }
    return &queue->series[ticket->service].lines[ticket->class_index];
}

/* Count a ticket that comes to its line (1) or leaves it (-1). */
static void count_in_line(struct queue *queue, uint32_t ordinal, int32_t change)
{
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    struct series *series = &queue->series[ticket->service];
    if (ticket->state != TICKET_WAITING) {
        return;
    }
    assert(change > 0 || series->waiting_count > 0);
    series->waiting_count += (uint32_t)change;
    if (!ticket_is_counted(ticket)) {
        assert(change > 0 || series->uncounted_count > 0);
        series->uncounted_count += (uint32_t)change;
        return;
    }
    if (ticket->leg.for_counter == SITE_NONE && !ticket->is_held) {
        ordinal_sums_add(&queue->waiting[series->row], ticket->arrival, change);
    }
}

void queue_line_insert(struct queue *queue, uint32_t ordinal)
{
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    assert(ticket->previous_waiting == TICKET_NONE &&
           ticket->next_waiting == TICKET_NONE);
    struct line *line = line_of(queue, ticket);
    uint32_t before = place_of(queue, line, ordinal);
    uint32_t after =
        before == TICKET_NONE ? line->first : queue->tickets[before].next_waiting;
    ticket->previous_waiting = before;
    ticket->next_waiting = after;
    if (before == TICKET_NONE) {
        line->first = ordinal;
    } else {
        queue->tickets[before].next_waiting = ordinal;
    }
    if (after == TICKET_NONE) {
        line->last = ordinal;
    } else {
        queue->tickets[after].previous_waiting = ordinal;
    }
    count_in_line(queue, ordinal, 1);
}

void queue_line_remove(struct queue *queue, uint32_t ordinal)
{
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    struct line *line = line_of(queue, ticket);
    uint32_t before = ticket->previous_waiting;
    uint32_t after = ticket->next_waiting;
    if (before == TICKET_NONE) {
        assert(line->first == ordinal);
        line->first = after;
    } else {
        queue->tickets[before].next_waiting = after;
    }
    if (after == TICKET_NONE) {
        assert(line->last == ordinal);
        line->last = before;
    } else {
        queue->tickets[after].previous_waiting = before;
    }
    ticket->previous_waiting = TICKET_NONE;
    ticket->next_waiting = TICKET_NONE;
    count_in_line(queue, ordinal, -1);
}

/* The rows of the services that a counter has now. */
static uint64_t rows_of_counter(const struct queue *queue, uint32_t counter)
{
    assert(counter < queue->site.counter_count);
    uint64_t rows = 0;
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        uint64_t serves = queue_counter_services(queue, counter) >> i & 1U;
        rows |= serves << queue->series[i].row;
    }
    return rows;
}

static void add_passed(struct queue *queue, uint32_t arrival, uint64_t rows,
                       int32_t change)
{
    for (uint32_t row = 0; row < SERVICES_MAX; row++) {
        if ((rows >> row & 1U) != 0) {
            ordinal_sums_add(&queue->passed[row], arrival, change);
        }
    }
}

void queue_note_call(struct queue *queue, uint32_t ordinal, uint32_t counter)
{
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    /* Whoever is called again has passed the same people before. */
    ticket->rows_of_call = rows_of_counter(queue, counter) & ~ticket->rows_passed;
    assert((ticket->rows_of_call & ticket->rows_passed) == 0);
    ticket->rows_passed |= ticket->rows_of_call;
    add_passed(queue, ticket->arrival, ticket->rows_of_call, 1);
}

void queue_forget_call(struct queue *queue, uint32_t ordinal)
{
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    assert((ticket->rows_of_call & ~ticket->rows_passed) == 0);
    add_passed(queue, ticket->arrival, ticket->rows_of_call, -1);
    ticket->rows_passed &= ~ticket->rows_of_call;
    ticket->rows_of_call = 0;
}

uint32_t queue_line_head(const struct queue *queue, uint32_t service,
                         uint32_t class_index)
{
    assert(service < queue->site.service_count && class_index < queue->site.class_count);
    return queue->series[service].lines[class_index].first;
}

uint32_t queue_reserved_head(const struct queue *queue, uint32_t counter)
{
    assert(counter < queue->site.counter_count);
    return queue->reserved[counter].first;
}

uint32_t queue_parked_head(const struct queue *queue)
{
    assert((queue->parked.first == TICKET_NONE) == (queue->parked.last == TICKET_NONE));
    return queue->parked.first;
}

uint32_t queue_parked_due(const struct queue *queue, int64_t now_ms)
{
    assert(now_ms >= 0);
    uint32_t ordinal = queue->parked.first;
    while (ordinal != TICKET_NONE) {
        const struct ticket *ticket = &queue->tickets[ordinal];
        if (ticket->due_at_ms != 0 && ticket->due_at_ms <= now_ms) {
            return ordinal;
        }
        ordinal = ticket->next_waiting;
    }
    return TICKET_NONE;
}

void queue_walk_begin(const struct queue *queue, uint32_t service, struct line_walk *walk)
{
    assert(service < queue->site.service_count);
    walk->queue = queue;
    for (uint32_t i = 0; i < CLASSES_MAX; i++) {
        walk->next[i] = queue->series[service].lines[i].first;
    }
}

uint32_t queue_walk_next(struct line_walk *walk)
{
    const struct queue *queue = walk->queue;
    assert(queue->site.class_count <= CLASSES_MAX);
    uint32_t best = TICKET_NONE;
    for (uint32_t i = 0; i < queue->site.class_count; i++) {
        uint32_t head = walk->next[i];
        if (head != TICKET_NONE &&
            (best == TICKET_NONE || is_called_before(queue, head, best))) {
            best = head;
        }
    }
    if (best != TICKET_NONE) {
        const struct ticket *ticket = &queue->tickets[best];
        walk->next[ticket->class_index] = ticket->next_waiting;
    }
    return best;
}

uint32_t queue_first_waiting(const struct queue *queue, uint32_t service)
{
    struct line_walk walk;
    queue_walk_begin(queue, service, &walk);
    return queue_walk_next(&walk);
}

uint32_t queue_earliest_waiting(const struct queue *queue, uint32_t service)
{
    assert(service < queue->site.service_count);
    uint32_t earliest = TICKET_NONE;
    for (uint32_t i = 0; i < queue->site.class_count; i++) {
        uint32_t head = queue->series[service].lines[i].first;
        while (head != TICKET_NONE && !ticket_is_counted(&queue->tickets[head])) {
            head = queue->tickets[head].next_waiting;
        }
        if (head != TICKET_NONE &&
            (earliest == TICKET_NONE || stands_before(queue, head, earliest))) {
            earliest = head;
        }
    }
    return earliest;
}

int64_t queue_order_key_ms(const struct queue *queue, const struct ticket *ticket)
{
    assert(ticket->class_index < queue->site.class_count);
    int64_t head_start_s = queue->site.classes[ticket->class_index].head_start_s;
    return ticket->order_at_ms - head_start_s * 1000;
}

uint32_t queue_people_ahead(const struct queue *queue, uint32_t service,
                            uint32_t class_index, int64_t at_ms)
{
    assert(service < queue->site.service_count);
    struct ticket newcomer = {.class_index = class_index, .order_at_ms = at_ms};
    int64_t key_ms = queue_order_key_ms(queue, &newcomer);
    /* Those behind are counted from the ends: nobody, for an ordinary ticket. */
    uint32_t behind = 0;
    for (uint32_t i = 0; i < queue->site.class_count; i++) {
        uint32_t other = queue->series[service].lines[i].last;
        while (other != TICKET_NONE &&
               queue_order_key_ms(queue, &queue->tickets[other]) > key_ms) {
            behind += ticket_is_counted(&queue->tickets[other]) ? 1U : 0U;
            other = queue->tickets[other].previous_waiting;
        }
    }
    uint32_t waiting = queue_waiting_count(queue, service);
    assert(behind <= waiting);
    return waiting - behind;
}

uint32_t queue_position(const struct queue *queue, uint32_t ordinal)
{
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    assert(ticket->state == TICKET_WAITING && ticket->leg.for_counter == SITE_NONE);
    struct line_walk walk;
    queue_walk_begin(queue, ticket->service, &walk);
    uint32_t ahead = 0;
    uint32_t other = queue_walk_next(&walk);
    /* A held one is in no line, but its place is kept. */
    while (other != TICKET_NONE && other != ordinal &&
           (!ticket->is_held || is_called_before(queue, other, ordinal))) {
        ahead++;
        other = queue_walk_next(&walk);
    }
    assert(ticket->is_held || other == ordinal);
    return ahead;
}

uint32_t queue_waiting_before(const struct queue *queue, uint32_t service,
                              uint32_t arrival)
{
    assert(service < queue->site.service_count && arrival != TICKET_NONE);
    return ordinal_sums_up_to(&queue->waiting[queue->series[service].row], arrival - 1);
}

uint32_t queue_times_overtaken(const struct queue *queue, uint32_t ordinal)
{
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    assert(ticket->service < queue->site.service_count);
    const struct ordinal_sums *passed =
        &queue->passed[queue->series[ticket->service].row];
    return passed->total - ordinal_sums_up_to(passed, ticket->arrival);
}
