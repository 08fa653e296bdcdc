/* What waits where in a hall; see describe_hall.h. */
#include "server/describe_hall.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

/* Ids have passed the same limits on their way in: a cut is a mistake of ours. */
static void copy(char *to, size_t capacity, const char *from)
{
    bool fits = text_copy(to, capacity, from);
    assert(fits);
    (void)fits; /* asserted */
}

/* Keep `ordinal` among those that ended last. */
static void note_ended(const struct queue *queue, uint32_t ordinal, struct hall_day *day)
{
    int64_t at_ms = queue_ticket(queue, ordinal)->ended_at_ms;
    uint32_t place = day->ended_count;
    while (place > 0 &&
           queue_ticket(queue, day->ended[place - 1])->ended_at_ms <= at_ms) {
        place--;
    }
    if (place == HALL_ENDED_MAX) {
        return;
    }
    if (day->ended_count < HALL_ENDED_MAX) {
        day->ended_count++;
    }
    size_t after = day->ended_count - 1 - place;
    memmove(&day->ended[place + 1], &day->ended[place], after * sizeof(day->ended[0]));
    day->ended[place] = ordinal;
}

void describe_hall_day(const struct queue *queue, struct hall_day *ret_day)
{
    memset(ret_day, 0, sizeof(*ret_day));
    uint32_t count = queue_ticket_count(queue);
    for (uint32_t ordinal = 1; ordinal <= count; ordinal++) {
        const struct ticket *ticket = queue_ticket(queue, ordinal);
        if (ticket->state == TICKET_SERVED && ticket->counter != SITE_NONE) {
            ret_day->served_count[ticket->counter]++;
        }
        if (ticket_state_is_outcome(ticket->state)) {
            note_ended(queue, ordinal, ret_day);
        }
    }
    uint32_t ordinal = queue_parked_head(queue);
    for (; ordinal != TICKET_NONE; ordinal = queue_ticket(queue, ordinal)->next_waiting) {
        uint32_t counter = queue_ticket(queue, ordinal)->leg.for_counter;
        if (counter != SITE_NONE) {
            ret_day->parked_count[counter]++;
        }
    }
}

static void describe_service_line(const struct queue *queue, const struct moment *moment,
                                  uint32_t index, struct hall_service *ret_service)
{
    const struct site *site = queue_site(queue);
    copy(ret_service->id, sizeof(ret_service->id), site->services[index].id);
    ret_service->is_open = queue_service_is_open(queue, index);
    ret_service->waiting_count = queue_waiting_count(queue, index);
    ret_service->longest_wait_s = describe_longest_wait_s(queue, index, moment->now_ms);
    ret_service->given_count = queue_service_given(queue, index);
    ret_service->quota = queue_service_quota(queue, index);
    ret_service->until_ms = moment->closes_at_ms[index];
    ret_service->first_count = 0;
    struct line_walk walk;
    queue_walk_begin(queue, index, &walk);
    uint32_t first_max = hall_first_max(site->service_count);
    uint32_t ordinal = queue_walk_next(&walk);
    while (ordinal != TICKET_NONE && ret_service->first_count < first_max) {
        const struct ticket *ticket = queue_ticket(queue, ordinal);
        struct hall_ticket *first = &ret_service->first[ret_service->first_count++];
        int64_t waited_ms = moment->now_ms - ticket->leg.requested_at_ms;
        describe_label(queue, ordinal, first->label);
        copy(first->class_id, sizeof(first->class_id),
             site->classes[ticket->class_index].id);
        first->mark = ticket->is_test      ? MARK_TEST
                      : ticket->is_suspect ? MARK_SUSPECT
                                           : MARK_NONE;
        first->waited_s = waited_ms > 0 ? (uint32_t)(waited_ms / 1000) : 0;
        ordinal = queue_walk_next(&walk);
    }
}

static void describe_place(const struct queue *queue, const struct hall_day *day,
                           uint32_t index, struct hall_counter *ret_counter)
{
    const struct counter *counter = queue_counter(queue, index);
    copy(ret_counter->id, sizeof(ret_counter->id), queue_site(queue)->counters[index].id);
    ret_counter->state = counter->state;
    ret_counter->light = counter_light(counter->state);
    describe_label(queue, counter->ticket, ret_counter->ticket);
    ret_counter->since_ms = counter->since_ms;
    copy(ret_counter->reason, sizeof(ret_counter->reason), counter->reason);
    ret_counter->asks_help = counter->asks_help;
    ret_counter->parked_count = day->parked_count[index];
    ret_counter->served_count = day->served_count[index];
    copy(ret_counter->profile, sizeof(ret_counter->profile),
         counter->profile != 0 ? queue_site(queue)->profiles[counter->profile - 1].id
                               : "");
    ret_counter->reserved_count = 0;
    uint32_t ordinal = queue_reserved_head(queue, index);
    for (; ordinal != TICKET_NONE; ordinal = queue_ticket(queue, ordinal)->next_waiting) {
        ret_counter->reserved_count++;
    }
}

/* The id of a service, or nothing for all of them. */
static void copy_service(const struct site *site, uint32_t service,
                         char ret_id[ID_LENGTH_MAX + 1])
{
    copy(ret_id, ID_LENGTH_MAX + 1,
         service == SITE_NONE ? "" : site->services[service].id);
}

static void describe_supervision(const struct queue *queue, const struct moment *moment,
                                 uint32_t hall, struct hall_document *ret_hall)
{
    const struct site *site = queue_site(queue);
    uint32_t number = queue_remark_count(queue);
    ret_hall->remark_count = 0;
    for (; number > 0 && ret_hall->remark_count < HALL_REMARKS_MAX; number--) {
        const struct event_remark *remark = queue_remark(queue, number);
        if (remark) {
            struct hall_remark *shown = &ret_hall->remarks[ret_hall->remark_count++];
            shown->number = number;
            copy(shown->text, sizeof(shown->text), remark->text);
            copy_service(site, remark->service, shown->service);
            shown->from_ms = remark->from_ms;
            shown->until_ms = remark->until_ms;
        }
    }
    const struct site_detail *words =
        queue_message(queue, hall, moment->now_ms, &ret_hall->message.until_ms);
    ret_hall->message.words = words ? *words : (struct site_detail){0};
    const struct event_exceptional *exceptional = queue_exceptional(queue);
    ret_hall->exceptional = (struct hall_exceptional){0};
    if (exceptional) {
        ret_hall->exceptional.until_ms = exceptional->until_ms;
        copy_service(site, exceptional->service, ret_hall->exceptional.service);
    }
}

void describe_hall(const struct office *office, const struct moment *moment,
                   const struct hall_day *day, uint32_t hall,
                   struct hall_document *ret_hall)
{
    const struct queue *queue = office->queue;
    const struct site *site = queue_site(queue);
    ret_hall->epoch = moment->epoch;
    ret_hall->seq = queue_seq(queue);
    ret_hall->tick = moment->tick;
    ret_hall->at_ms = moment->now_ms;
    ret_hall->clock = queue_clock_mode(queue);
    ret_hall->factor = queue_clock_factor(queue);
    ret_hall->day = queue_day(queue);
    copy(ret_hall->hall, sizeof(ret_hall->hall), site->halls[hall].id);
    uint64_t services = describe_services_of_hall(site, hall);
    ret_hall->suspect_count = queue_suspect_count(queue);
    ret_hall->service_count = 0;
    for (uint32_t i = 0; i < site->service_count; i++) {
        if ((services >> i & 1U) != 0) {
            describe_service_line(queue, moment, i,
                                  &ret_hall->services[ret_hall->service_count++]);
        }
    }
    ret_hall->counter_count = 0;
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (site->counters[i].hall == hall) {
            describe_place(queue, day, i, &ret_hall->counters[ret_hall->counter_count++]);
        }
    }
    describe_supervision(queue, moment, hall, ret_hall);
    ret_hall->ended_count = day->ended_count;
    for (uint32_t i = 0; i < day->ended_count; i++) {
        const struct ticket *ticket = queue_ticket(queue, day->ended[i]);
        describe_label(queue, day->ended[i], ret_hall->ended[i].label);
        ret_hall->ended[i].outcome = ticket->state;
        ret_hall->ended[i].at_ms = ticket->ended_at_ms;
    }
}
