/* A new configuration while people wait: who would be orphaned, and how tickets and
 * counters find their place among the new indexes. Things are the same when their ids
 * are; a removed thing is refused while somebody needs it. */
#include "core/queue_state.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

/* The list of an orphans' sentence, "a, b and c" kept simple: commas only. */
static void add_orphan(struct text *list, uint32_t *count)
{
    assert(list && count);
    text_add_string(list, *count > 0 ? ", " : "");
    (*count)++;
}

static const char *tickets_word(uint32_t count)
{
    assert(count > 0);
    return count == 1 ? "ticket" : "tickets";
}

static void list_services(const struct queue *queue, const struct site *site,
                          struct text *list, uint32_t *count)
{
    assert(queue->has_site && site);
    uint32_t ticket_counts[SERVICES_MAX] = {0};
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = &queue->tickets[i];
        ticket_counts[ticket->series]++;
        if (ticket->service != ticket->series) {
            ticket_counts[ticket->service]++;
        }
        for (uint32_t k = 0; k < ticket->leg.further_count; k++) {
            ticket_counts[ticket->leg.further[k].service]++;
        }
    }
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        const struct service *service = &queue->site.services[i];
        if (ticket_counts[i] == 0) {
            continue;
        }
        uint32_t next = site_find_service(site, service->id);
        if (next == SITE_NONE) {
            add_orphan(list, count);
            text_add(list, "service '%s' (%u %s today) is gone", service->id,
                     (unsigned)ticket_counts[i], tickets_word(ticket_counts[i]));
        } else if (strcmp(site->services[next].letter, service->letter) != 0) {
            add_orphan(list, count);
            text_add(list, "service '%s' (%u %s today) has another letter", service->id,
                     (unsigned)ticket_counts[i], tickets_word(ticket_counts[i]));
        }
    }
}

static void list_counters(const struct queue *queue, const struct site *site,
                          struct text *list, uint32_t *count)
{
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        const struct counter *counter = &queue->counters[i];
        const char *id = queue->site.counters[i].id;
        if (counter->state == COUNTER_CLOSED ||
            site_find_counter(site, id) != SITE_NONE) {
            continue;
        }
        assert(counter->state < COUNTER_STATE_COUNT);
        add_orphan(list, count);
        text_add(list, "counter '%s' (%s) is gone", id,
                 counter_state_name(counter->state));
    }
}

static void list_classes(const struct queue *queue, const struct site *site,
                         struct text *list, uint32_t *count)
{
    uint32_t ticket_counts[CLASSES_MAX] = {0};
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        ticket_counts[queue->tickets[i].class_index]++;
    }
    for (uint32_t i = 0; i < queue->site.class_count; i++) {
        const char *id = queue->site.classes[i].id;
        if (ticket_counts[i] == 0 || site_find_class(site, id) != SITE_NONE) {
            continue;
        }
        assert(i > 0); /* "none" is in every site */
        add_orphan(list, count);
        text_add(list, "priority class '%s' (%u %s today) is gone", id,
                 (unsigned)ticket_counts[i], tickets_word(ticket_counts[i]));
    }
}

/* At night somebody may have been kept for the next day. */
static enum status check_kept(const struct queue *queue, const struct site *site,
                              struct error *err)
{
    for (uint32_t i = 0; i < queue->kept_count; i++) {
        const struct event_carried *kept = &queue->kept[i];
        uint32_t services[2 + FURTHER_MAX] = {kept->service, kept->series};
        for (uint32_t k = 0; k < kept->further_count; k++) {
            services[2 + k] = kept->further[k].service;
        }
        for (uint32_t k = 0; k < 2 + kept->further_count; k++) {
            const struct service *service = &queue->site.services[services[k]];
            uint32_t next = site_find_service(site, service->id);
            if (next == SITE_NONE ||
                strcmp(site->services[next].letter, service->letter) != 0) {
                return error_set(err, ERR_REFUSED,
                                 "the new configuration does not fit: service '%s' is "
                                 "gone or has another letter, and somebody was kept "
                                 "overnight for it",
                                 service->id);
            }
        }
    }
    return OK;
}

enum status queue_check_orphans(const struct queue *queue, const struct site *site,
                                struct error *err)
{
    assert(queue && site);
    if (!queue->has_site) {
        return OK;
    }
    if (queue->day == 0) {
        return check_kept(queue, site, err);
    }
    char bytes[ERROR_TEXT_BYTES];
    struct text list;
    text_init(&list, bytes, sizeof(bytes));
    uint32_t count = 0;
    list_services(queue, site, &list, &count);
    list_counters(queue, site, &list, &count);
    list_classes(queue, site, &list, &count);
    if (count == 0) {
        return OK;
    }
    return error_set(err, ERR_REFUSED, "the new configuration does not fit the day: %s",
                     bytes);
}

/* Where the things of the old site are in the new one; SITE_NONE where they are gone. */
struct moves {
    uint32_t service[SERVICES_MAX];
    uint32_t counter[COUNTERS_MAX];
    uint32_t class_index[CLASSES_MAX];
    uint32_t kiosk[DEVICES_PER_KIND_MAX];
    uint32_t
        topic[1 + SERVICE_TOPICS_MAX]; /* as in struct matter: 0 where there is none */
    uint32_t document[1 + DOCUMENTS_MAX];
};

static void find_moves(const struct site *from, const struct site *to,
                       struct moves *ret_moves)
{
    assert(from && to && from != to);
    for (uint32_t i = 0; i < from->service_count; i++) {
        ret_moves->service[i] = site_find_service(to, from->services[i].id);
    }
    for (uint32_t i = 0; i < from->counter_count; i++) {
        ret_moves->counter[i] = site_find_counter(to, from->counters[i].id);
    }
    for (uint32_t i = 0; i < from->class_count; i++) {
        ret_moves->class_index[i] = site_find_class(to, from->classes[i].id);
    }
    for (uint32_t i = 0; i < from->kiosk_count; i++) {
        ret_moves->kiosk[i] =
            site_find_device(to->kiosks, to->kiosk_count, from->kiosks[i].id);
    }
    ret_moves->topic[0] = 0;
    ret_moves->document[0] = 0;
    for (uint32_t i = 0; i < from->topic_count; i++) { /* SITE_NONE + 1 is 0 */
        ret_moves->topic[i + 1] = site_find_topic(to, from->topics[i].id) + 1;
    }
    for (uint32_t i = 0; i < from->document_count; i++) {
        ret_moves->document[i + 1] = site_find_document(to, from->documents[i].id) + 1;
    }
}

/* Nobody was called past the people of a service that is new: what the row says is of one
 * that went. */
static void forget_passed(struct queue *queue, uint32_t row)
{
    assert(row < SERVICES_MAX);
    ordinal_sums_clear(&queue->passed[row]);
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        queue->tickets[i].rows_passed &= ~(UINT64_C(1) << row);
        queue->tickets[i].rows_of_call &= ~(UINT64_C(1) << row);
    }
}

/* Numbers stay in their rows, the rows follow their service; a new service gets a row
 * that no service has, which is empty because only services without tickets may go. */
static void move_series(struct queue *queue, const struct moves *moves,
                        uint32_t new_service_count)
{
    struct series moved[SERVICES_MAX] = {0};
    bool has_row[SERVICES_MAX] = {false};
    uint64_t rows_used = 0;
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        uint32_t to = moves->service[i];
        if (to != SITE_NONE) {
            assert(to < new_service_count);
            moved[to].is_open = queue->series[i].is_open;
            moved[to].last_number = queue->series[i].last_number;
            moved[to].row = queue->series[i].row;
            /* Who waits is counted when the lines are laid out again. */
            moved[to].closed_at_ms = queue->series[i].closed_at_ms;
            moved[to].beside_count = queue->series[i].beside_count;
            has_row[to] = true;
            rows_used |= UINT64_C(1) << moved[to].row;
        }
    }
    uint32_t row = 0;
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        if (has_row[i]) {
            continue;
        }
        while ((rows_used >> row & 1U) != 0) {
            row++;
        }
        assert(row < SERVICES_MAX);
        moved[i].row = row;
        forget_passed(queue, row);
        row++;
    }
    memcpy(queue->series, moved, sizeof(moved));
}

static uint32_t moved_counter(const struct moves *moves, uint32_t counter)
{
    assert(counter == SITE_NONE || counter < COUNTERS_MAX);
    return counter == SITE_NONE ? SITE_NONE : moves->counter[counter];
}

static void move_leg(struct leg *leg, const struct moves *moves)
{
    leg->for_counter = moved_counter(moves, leg->for_counter);
    assert(leg->further_count <= FURTHER_MAX);
    for (uint32_t i = 0; i < leg->further_count; i++) {
        leg->further[i].service = moves->service[leg->further[i].service];
        leg->further[i].counter = moved_counter(moves, leg->further[i].counter);
    }
}

/* Who is there for a profile that is gone is there for what the counter gives. */
static uint32_t moved_profile(const struct site *from, const struct site *to,
                              uint32_t profile)
{
    assert(profile <= from->profile_count);
    return profile == 0 ? 0 : site_find_profile(to, from->profiles[profile - 1].id) + 1;
}

static void move_counters(struct queue *queue, const struct moves *moves,
                          const struct event *event)
{
    struct counter moved[COUNTERS_MAX];
    assert(event->site->counter_count <= COUNTERS_MAX);
    for (uint32_t i = 0; i < COUNTERS_MAX; i++) {
        moved[i] = (struct counter){.state = COUNTER_CLOSED,
                                    .ticket = TICKET_NONE,
                                    .version = event->seq,
                                    .since_ms = event->at_ms};
    }
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        if (moves->counter[i] == SITE_NONE) {
            continue;
        }
        struct counter *counter = &moved[moves->counter[i]];
        *counter = queue->counters[i];
        counter->profile = moved_profile(&queue->site, event->site, counter->profile);
        for (uint32_t k = 0; k < PRESS_TICKETS_MAX; k++) {
            struct ticket_before *before = &counter->last_press.tickets[k];
            if (before->ticket == TICKET_NONE) {
                continue;
            }
            before->counter = moved_counter(moves, before->counter);
            if (!before->has_leg) {
                continue;
            }
            before->service = moves->service[before->service];
            move_leg(&before->leg, moves);
            if (before->service == SITE_NONE) {
                counter->last_press = (struct press){0};
            }
        }
    }
    memcpy(queue->counters, moved, sizeof(moved));
}

static uint64_t moved_documents(const struct moves *moves, uint64_t documents)
{
    uint64_t moved = 0;
    for (uint32_t i = 0; i < DOCUMENTS_MAX; i++) {
        uint32_t to = moves->document[1 + i];
        if ((documents >> i & 1U) != 0 && to != 0) {
            moved |= UINT64_C(1) << (to - 1);
        }
    }
    return moved;
}

static void move_tickets(struct queue *queue, const struct moves *moves)
{
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        struct ticket *ticket = &queue->tickets[i];
        ticket->service = moves->service[ticket->service];
        ticket->class_index = moves->class_index[ticket->class_index];
        ticket->series = moves->service[ticket->series];
        ticket->counter = moved_counter(moves, ticket->counter);
        if (ticket->kiosk != SITE_NONE) {
            ticket->kiosk = moves->kiosk[ticket->kiosk];
        }
        move_leg(&ticket->leg, moves);
        ticket->matter.topic = moves->topic[ticket->matter.topic];
        ticket->matter.document = moves->document[ticket->matter.document];
        ticket->lacks = moved_documents(moves, ticket->lacks);
        ticket->previous_waiting = TICKET_NONE;
        ticket->next_waiting = TICKET_NONE;
        assert(ticket->service != SITE_NONE && ticket->class_index != SITE_NONE);
    }
}

/* Who was kept overnight follows the services; a class that is gone is none. */
static void move_kept(struct queue *queue, const struct moves *moves)
{
    for (uint32_t i = 0; i < queue->kept_count; i++) {
        struct event_carried *kept = &queue->kept[i];
        uint32_t class_index = moves->class_index[kept->class_index];
        kept->service = moves->service[kept->service];
        kept->series = moves->service[kept->series];
        kept->class_index = class_index == SITE_NONE ? 0 : class_index;
        for (uint32_t k = 0; k < kept->further_count; k++) {
            kept->further[k].service = moves->service[kept->further[k].service];
        }
    }
}

/* Messages stay with their hall. */
static void move_messages(struct queue *queue, const struct site *site)
{
    struct message moved[HALLS_MAX] = {0};
    for (uint32_t i = 0; queue->has_site && i < queue->site.hall_count; i++) {
        uint32_t to = site_find_hall(site, queue->site.halls[i].id);
        if (to != SITE_NONE) {
            moved[to] = queue->supervision.messages[i];
        }
    }
    memcpy(queue->supervision.messages, moved, sizeof(moved));
}

static void move_service_days(struct queue *queue, const struct moves *moves)
{
    struct service_day moved[SERVICES_MAX] = {0};
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        if (moves->service[i] != SITE_NONE) {
            moved[moves->service[i]] = queue->supervision.services[i];
        }
    }
    memcpy(queue->supervision.services, moved, sizeof(moved));
    for (uint32_t i = 0; i < queue->supervision.remark_count; i++) {
        uint32_t *service = &queue->supervision.remarks[i].service;
        *service = *service == SITE_NONE ? SITE_NONE : moves->service[*service];
    }
    uint32_t *first = &queue->supervision.exceptional.service;
    if (queue->supervision.is_exceptional && *first != SITE_NONE) {
        *first = moves->service[*first];
    }
}

void queue_replace_site(struct queue *queue, const struct event *event)
{
    assert(event->kind == EVENT_SITE_CONFIGURED);
    const struct site *site = event->site;
    assert(site != &queue->site);
    if (queue->day == 0) {
        queue_forget_tickets(queue);
    }
    struct moves moves;
    find_moves(&queue->site, site, &moves);
    move_series(queue, &moves, site->service_count);
    move_counters(queue, &moves, event);
    move_tickets(queue, &moves);
    move_kept(queue, &moves);
    move_messages(queue, site);
    move_service_days(queue, &moves);
    queue->site = *site;
    queue->has_site = true;
    /* Services and classes may have other indexes: every line is laid out again. */
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        ordinal_sums_clear(&queue->waiting[i]);
    }
    memset(queue->reserved, 0, sizeof(queue->reserved)); /* TICKET_NONE is 0 */
    queue->parked = (struct line){TICKET_NONE, TICKET_NONE};
    queue->held = (struct line){TICKET_NONE, TICKET_NONE};
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        enum ticket_state state = queue->tickets[i].state;
        if (state == TICKET_WAITING || state == TICKET_PARKED) {
            queue_line_insert(queue, i);
        }
    }
}
