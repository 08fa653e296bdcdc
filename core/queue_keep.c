/* Whoever still waits when the business day closes may keep the place until the next one,
 * where the site says so for the service: the ticket is kept, which is its outcome of the
 * day, and the next day begins by saying again everything of it that counts. So a day
 * stands by itself in the record, and a replay may begin with it.
 *
 * The queue remembers who is kept from one day to the next; a replay that begins with a
 * day does not know whom the day before kept, nor needs to. What is remembered is
 * therefore hashed only while no day is open.
 *
 * Time in which the service is closed is not waited: the wait goes on when the service
 * opens again, or with the call. */
#include "core/queue_state.h"

#include <assert.h>
#include <string.h>

bool queue_may_keep(const struct queue *queue, uint32_t ordinal)
{
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    return ticket->state == TICKET_WAITING && ticket_is_counted(ticket) &&
           queue->site.services[ticket->service].keep_overnight;
}

/* What the ticket has waited by now while its service was open. */
static int64_t waited_ms(const struct queue *queue, const struct ticket *ticket,
                         int64_t now_ms)
{
    if (ticket->is_clock_stopped) {
        return ticket->waited_before_ms;
    }
    int64_t closed_at_ms = queue->series[ticket->service].closed_at_ms;
    int64_t until_ms = closed_at_ms != 0 ? closed_at_ms : now_ms;
    int64_t since_ms = ticket->leg.requested_at_ms;
    return until_ms > since_ms ? until_ms - since_ms : 0;
}

/* Whoever came first is carried over first, whatever line it waited in: then the guard
 * sees the people of a line in the order in which they stand. */
static struct event_carried *make_room(struct queue *queue, int64_t order_at_ms)
{
    uint32_t place = queue->kept_count;
    while (place > 0 && queue->kept[place - 1].order_at_ms > order_at_ms) {
        queue->kept[place] = queue->kept[place - 1];
        place--;
    }
    return &queue->kept[place];
}

void queue_apply_kept(struct queue *queue, const struct event *event)
{
    uint32_t ordinal = event->ticket.ticket;
    struct ticket *ticket = queue_ticket_at(queue, ordinal);
    assert(queue->kept_count < KEPT_MAX);
    queue_forget_press(queue, ordinal);
    queue_line_remove(queue, ordinal);
    struct event_carried *kept = make_room(queue, ticket->order_at_ms);
    *kept = (struct event_carried){.kept_on = queue->day,
                                   .service = ticket->service,
                                   .series = ticket->series,
                                   .number = ticket->number,
                                   .class_index = ticket->class_index,
                                   .language = ticket->language,
                                   .channel = ticket->channel,
                                   .order_at_ms = ticket->order_at_ms,
                                   .waited_ms = waited_ms(queue, ticket, event->at_ms),
                                   .quantity = ticket->leg.quantity,
                                   .further_count = ticket->leg.further_count};
    memcpy(kept->further, ticket->leg.further, sizeof(kept->further));
    for (uint32_t i = 0; i < kept->further_count; i++) {
        kept->further[i].counter = SITE_NONE; /* who sat there is not there tomorrow */
    }
    queue->kept_count++;
    queue_move_ticket(queue, ordinal, TICKET_KEPT);
    ticket->ended_at_ms = event->at_ms;
}

/* Whom an earlier day kept and no day has taken up is forgotten when a day closes. */
void queue_forget_kept(struct queue *queue, uint32_t day)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < queue->kept_count; i++) {
        if (queue->kept[i].kept_on == day) {
            queue->kept[left] = queue->kept[i];
            left++;
        }
    }
    queue->kept_count = left;
}

void queue_add_carried(struct decision *decision)
{
    const struct queue *queue = decision->queue;
    uint32_t ordinal = queue->day == 0 ? 0 : queue->ticket_count;
    for (uint32_t i = 0; i < queue->kept_count && decision->count < STEP_EVENTS_MAX;
         i++) {
        const struct event_carried *kept = &queue->kept[i];
        const struct series *series = &queue->series[kept->series];
        bool is_free =
            queue->day == 0 || queue->numbers[series->row][kept->number] == TICKET_NONE;
        if (is_free && kept->kept_on != queue->day && ordinal < TICKETS_PER_DAY_MAX) {
            ordinal++;
            struct event *event = decision_add(decision, EVENT_TICKET_CARRIED);
            event->carried = *kept;
            event->carried.ticket = ordinal;
        }
    }
}

enum status queue_check_carried(const struct queue *queue, const struct event *event,
                                struct error *err)
{
    const struct event_carried *body = &event->carried;
    const struct site *site = &queue->site;
    bool fits =
        queue->ticket_count < TICKETS_PER_DAY_MAX &&
        body->ticket == queue->ticket_count + 1 && body->service < site->service_count &&
        body->series < site->service_count && body->class_index < site->class_count &&
        body->language < LANGUAGE_COUNT && body->channel < CHANNEL_COUNT &&
        body->number >= 1 && body->number <= TICKET_NUMBER_MAX && body->order_at_ms > 0 &&
        body->order_at_ms <= event->at_ms && body->waited_ms >= 0 &&
        body->waited_ms < event->at_ms && body->quantity <= QUANTITY_MAX &&
        body->further_count <= FURTHER_MAX;
    for (uint32_t i = 0; fits && i < body->further_count; i++) {
        fits = body->further[i].service < site->service_count &&
               body->further[i].counter == SITE_NONE &&
               body->further[i].quantity <= QUANTITY_MAX;
    }
    if (!fits ||
        queue->numbers[queue->series[body->series].row][body->number] != TICKET_NONE) {
        return error_set(err, ERR_CORRUPT, "there is no such ticket to carry over");
    }
    return OK;
}

/* It is not known any more as one that waits for its day. */
static void forget_one(struct queue *queue, const struct event_carried *body)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < queue->kept_count; i++) {
        const struct event_carried *kept = &queue->kept[i];
        bool is_it = kept->series == body->series && kept->number == body->number &&
                     kept->kept_on != queue->day;
        if (!is_it) {
            queue->kept[left] = *kept;
            left++;
        }
    }
    queue->kept_count = left;
}

void queue_apply_carried(struct queue *queue, const struct event *event)
{
    const struct event_carried *body = &event->carried;
    int64_t since_ms = event->at_ms - body->waited_ms;
    queue->tickets[body->ticket] =
        (struct ticket){.state = TICKET_WAITING,
                        .channel = body->channel,
                        .language = body->language,
                        .service = body->service,
                        .number = body->number,
                        .class_index = body->class_index,
                        .counter = SITE_NONE,
                        .taken_at_ms = since_ms,
                        .order_at_ms = body->order_at_ms,
                        .series = body->series,
                        .arrival = body->ticket,
                        .kiosk = SITE_NONE,
                        .waited_before_ms = body->waited_ms,
                        .is_carried = true,
                        .is_clock_stopped = true,
                        .leg = {.requested_at_ms = since_ms,
                                .for_counter = SITE_NONE,
                                .quantity = body->quantity,
                                .further_count = body->further_count}};
    memcpy(queue->tickets[body->ticket].leg.further, body->further,
           sizeof(body->further));
    queue->ticket_count = body->ticket;
    queue->numbers[queue->series[body->series].row][body->number] = body->ticket;
    queue_line_insert(queue, body->ticket);
    forget_one(queue, body);
}

void queue_start_clock(struct ticket *ticket, int64_t now_ms)
{
    if (ticket->is_clock_stopped) {
        ticket->is_clock_stopped = false;
        ticket->taken_at_ms = now_ms - ticket->waited_before_ms;
        ticket->leg.requested_at_ms = ticket->taken_at_ms;
    }
}

static void start_clocks(struct queue *queue, uint32_t service, int64_t now_ms)
{
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        struct ticket *ticket = &queue->tickets[i];
        if (ticket->service == service && !ticket_state_is_outcome(ticket->state)) {
            queue_start_clock(ticket, now_ms);
        }
    }
}

void queue_apply_service(struct queue *queue, const struct event *event)
{
    assert(event->service < queue->site.service_count);
    bool opens = event->kind == EVENT_SERVICE_OPENED;
    queue->series[event->service].is_open = opens;
    queue->series[event->service].closed_at_ms = opens ? 0 : event->at_ms;
    if (opens) {
        start_clocks(queue, event->service, event->at_ms);
    }
}
