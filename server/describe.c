/* Documents of the office's state; see describe.h. */
#include "server/describe.h"

#include <assert.h>
#include <string.h>

#include "core/policy.h"
#include "core/text.h"
#include "figures/estimate.h"
#include "figures/wait_range.h"

/* Ids and labels have passed the same limits on their way in: a cut is a mistake of ours.
 */
static void copy(char *to, size_t capacity, const char *from)
{
    bool fits = text_copy(to, capacity, from);
    assert(fits);
    (void)fits; /* asserted */
}

static uint32_t seconds_between(int64_t from_ms, int64_t to_ms)
{
    return to_ms > from_ms ? (uint32_t)((to_ms - from_ms) / 1000) : 0;
}

void describe_label(const struct queue *queue, uint32_t ordinal, char *ret_label)
{
    if (ordinal == TICKET_NONE) {
        ret_label[0] = '\0';
        return;
    }
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    ticket_label(&queue_site(queue)->services[ticket->series], ticket->number, ret_label);
}

struct wait_range describe_quote(const struct quote *quote)
{
    return wait_range_of_quote(quote);
}

struct wait_range describe_wait(const struct office *office, uint32_t service,
                                int64_t now_ms)
{
    struct quote quote = {0};
    estimate_quote(office->queue, office->pace, service, 0, now_ms, &quote);
    return describe_quote(&quote);
}

/* Whether and how the wait of this ticket counts towards today's share. */
static void count_ticket(const struct ticket *ticket, const struct service *service,
                         struct service_today *today)
{
    if (ticket->state == TICKET_VOID || !ticket_is_counted(ticket)) {
        return;
    }
    /* Whoever was sent on was served before, whatever becomes of the further services. */
    bool was_sent_on = ticket->leg.index > 0;
    enum ticket_state state = was_sent_on ? TICKET_SERVED : ticket->state;
    int64_t first_call_ms = was_sent_on ? ticket->first_call_at_ms : ticket->called_at_ms;
    bool came =
        state == TICKET_SERVED || state == TICKET_SERVING || state == TICKET_CALLED;
    if (!came && state != TICKET_NO_SHOW && state != TICKET_ABANDONED) {
        return;
    }
    today->offered_count++;
    if (state == TICKET_SERVED) {
        today->served_count++;
    }
    if (came &&
        first_call_ms - ticket->taken_at_ms <= (int64_t)service->standard_wait_s * 1000) {
        today->in_standard_count++;
    }
}

void describe_today(const struct queue *queue,
                    struct service_today ret_today[SERVICES_MAX])
{
    memset(ret_today, 0, SERVICES_MAX * sizeof(*ret_today));
    uint32_t count = queue_ticket_count(queue);
    for (uint32_t ordinal = 1; ordinal <= count; ordinal++) {
        const struct ticket *ticket = queue_ticket(queue, ordinal);
        uint32_t service = ticket->leg.index > 0 ? ticket->series : ticket->service;
        count_ticket(ticket, &queue_site(queue)->services[service], &ret_today[service]);
    }
}

static void describe_call(const struct queue *queue,
                          const struct announcement *announcement, int64_t machine_ms,
                          struct board_call *ret_call)
{
    const struct site *site = queue_site(queue);
    const struct ticket *ticket = queue_ticket(queue, announcement->ticket);
    ret_call->call = announcement->call;
    ret_call->is_recall = announcement->is_recall;
    describe_label(queue, announcement->ticket, ret_call->ticket);
    copy(ret_call->service, sizeof(ret_call->service),
         site->services[ticket->service].id);
    copy(ret_call->counter, sizeof(ret_call->counter),
         site->counters[announcement->counter].id);
    int64_t age_ms = machine_ms - announcement->machine_ms;
    ret_call->age_ms = age_ms > 0 ? age_ms : 0;
    ret_call->state = ticket->state;
    ret_call->is_test = ticket->is_test;
    ret_call->is_seated = site->classes[ticket->class_index].is_seated;
}

static void describe_board_counter(const struct queue *queue, uint32_t index,
                                   struct board_counter *ret_counter)
{
    const struct counter *counter = queue_counter(queue, index);
    copy(ret_counter->id, sizeof(ret_counter->id), queue_site(queue)->counters[index].id);
    ret_counter->state = counter->state;
    ret_counter->light = counter_light(counter->state);
    describe_label(queue, counter->ticket, ret_counter->ticket);
    copy(ret_counter->reason, sizeof(ret_counter->reason), counter->reason);
    ret_counter->back_at_ms = counter->back_at_ms;
    ret_counter->is_test =
        counter->ticket != TICKET_NONE && queue_ticket(queue, counter->ticket)->is_test;
}

uint64_t describe_services_of_hall(const struct site *site, uint32_t hall)
{
    uint64_t here = 0;
    uint64_t anywhere = 0;
    for (uint32_t i = 0; i < site->counter_count; i++) {
        anywhere |= site->counters[i].services;
        if (site->counters[i].hall == hall) {
            here |= site->counters[i].services;
        }
    }
    return here | ~anywhere;
}

static void describe_board_services(const struct queue *queue,
                                    const struct moment *moment, uint32_t hall,
                                    struct board_document *board)
{
    const struct site *site = queue_site(queue);
    uint64_t services = describe_services_of_hall(site, hall);
    for (uint32_t i = 0; i < site->service_count; i++) {
        if ((services >> i & 1U) == 0) {
            continue;
        }
        struct board_service *service = &board->services[board->service_count];
        copy(service->id, sizeof(service->id), site->services[i].id);
        service->is_open = queue_service_is_open(queue, i);
        service->waiting_count = queue_waiting_count(queue, i);
        service->wait = moment->waits[i];
        board->service_count++;
    }
}

void describe_board(const struct office *office, const struct moment *moment,
                    uint32_t hall, struct board_document *ret_board)
{
    const struct queue *queue = office->queue;
    const struct site *site = queue_site(queue);
    ret_board->epoch = moment->epoch;
    ret_board->seq = queue_seq(queue);
    ret_board->tick = moment->tick;
    ret_board->at_ms = moment->now_ms;
    ret_board->clock = queue_clock_mode(queue);
    ret_board->factor = queue_clock_factor(queue);
    ret_board->day = queue_day(queue);
    copy(ret_board->hall, sizeof(ret_board->hall), site->halls[hall].id);
    const struct site_detail *words =
        queue_message(queue, hall, moment->now_ms, &ret_board->message.until_ms);
    ret_board->message.words = words ? *words : (struct site_detail){0};
    const struct announcement *calls[ANNOUNCEMENTS_MAX];
    size_t call_count =
        announcements_current(&office->announcements, hall, moment->machine_ms, calls);
    ret_board->call_count = (uint32_t)call_count;
    for (size_t i = 0; i < call_count; i++) {
        describe_call(queue, calls[i], moment->machine_ms, &ret_board->calls[i]);
    }
    ret_board->counter_count = 0;
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (site->counters[i].hall == hall) {
            describe_board_counter(queue, i,
                                   &ret_board->counters[ret_board->counter_count]);
            ret_board->counter_count++;
        }
    }
    ret_board->service_count = 0;
    describe_board_services(queue, moment, hall, ret_board);
}

/* What the visit asks for beside its present service. */
static void describe_asked(const struct queue *queue, const struct leg *leg,
                           struct asked_services *ret_asked)
{
    ret_asked->quantity = leg->quantity > 1 ? leg->quantity : 1;
    ret_asked->further_count = leg->further_count;
    for (uint32_t i = 0; i < leg->further_count; i++) {
        struct asked_service *further = &ret_asked->further[i];
        copy(further->service, sizeof(further->service),
             queue_site(queue)->services[leg->further[i].service].id);
        further->quantity = leg->further[i].quantity > 1 ? leg->further[i].quantity : 1;
    }
}

/* What the reception missed, as far as the present service asks for it. */
static void describe_lacks(const struct site *site, const struct ticket *ticket,
                           struct lacked_documents *ret_lacks)
{
    ret_lacks->count = 0;
    for (uint32_t i = 0; i < site->document_count; i++) {
        bool is_lacked = (ticket->lacks >> i & 1U) != 0 &&
                         (site->documents[i].services >> ticket->service & 1U) != 0;
        if (is_lacked && ret_lacks->count < DOCUMENTS_OFFERED_MAX) {
            copy(ret_lacks->documents[ret_lacks->count], ID_LENGTH_MAX + 1,
                 site->documents[i].id);
            ret_lacks->count++;
        }
    }
}

static void describe_counter_ticket(const struct queue *queue, uint32_t ordinal,
                                    struct counter_ticket *ret_ticket)
{
    const struct site *site = queue_site(queue);
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    describe_label(queue, ordinal, ret_ticket->label);
    copy(ret_ticket->service, sizeof(ret_ticket->service),
         site->services[ticket->service].id);
    copy(ret_ticket->class_id, sizeof(ret_ticket->class_id),
         site->classes[ticket->class_index].id);
    ret_ticket->language = ticket->language;
    ret_ticket->state = ticket->state;
    ret_ticket->taken_at_ms = ticket->taken_at_ms;
    ret_ticket->called_at_ms = ticket->called_at_ms;
    ret_ticket->started_at_ms = ticket->started_at_ms;
    ret_ticket->waited_s =
        seconds_between(ticket->leg.requested_at_ms, ticket->called_at_ms);
    ret_ticket->call_count = ticket->call_count;
    const struct matter *matter = &ticket->matter;
    copy(ret_ticket->topic, sizeof(ret_ticket->topic),
         matter->topic > 0 ? site->topics[matter->topic - 1].id : "");
    copy(ret_ticket->missing, sizeof(ret_ticket->missing),
         matter->document > 0 ? site->documents[matter->document - 1].id : "");
    ret_ticket->completeness = matter->completeness;
    describe_asked(queue, &ticket->leg, &ret_ticket->asked);
    describe_label(queue, ticket->linked, ret_ticket->linked);
    ret_ticket->is_test = ticket->is_test;
    describe_lacks(site, ticket, &ret_ticket->lacks);
}

static void describe_next(const struct queue *queue, uint32_t counter, int64_t now_ms,
                          struct counter_document *document)
{
    struct choice choice = policy_next(queue, counter, now_ms);
    document->has_next = choice.ticket != TICKET_NONE;
    if (!document->has_next) {
        return;
    }
    const struct site *site = queue_site(queue);
    const struct ticket *ticket = queue_ticket(queue, choice.ticket);
    struct counter_next *next = &document->next;
    describe_label(queue, choice.ticket, next->label);
    copy(next->service, sizeof(next->service), site->services[ticket->service].id);
    copy(next->class_id, sizeof(next->class_id), site->classes[ticket->class_index].id);
    next->waited_s = seconds_between(ticket->leg.requested_at_ms, now_ms);
    next->rule = choice.rule;
}

uint32_t describe_longest_wait_s(const struct queue *queue, uint32_t service,
                                 int64_t now_ms)
{
    uint32_t ordinal = queue_earliest_waiting(queue, service);
    return ordinal == TICKET_NONE
               ? 0
               : seconds_between(queue_ticket(queue, ordinal)->taken_at_ms, now_ms);
}

static void describe_lines(const struct queue *queue, const struct moment *moment,
                           uint64_t services, struct counter_document *document)
{
    const struct site *site = queue_site(queue);
    struct counter_today *today = &document->today;
    uint64_t weighted_target = 0;
    document->queue_count = 0;
    memset(today, 0, sizeof(*today));
    for (uint32_t i = 0; i < site->service_count; i++) {
        if ((services >> i & 1U) == 0) {
            continue;
        }
        struct counter_queue *line = &document->queues[document->queue_count];
        copy(line->service, sizeof(line->service), site->services[i].id);
        line->waiting_count = queue_waiting_count(queue, i);
        line->longest_wait_s = describe_longest_wait_s(queue, i, moment->now_ms);
        line->open_counters = queue_open_counters(queue, i);
        document->queue_count++;
        today->served_count += moment->today[i].served_count;
        today->offered_count += moment->today[i].offered_count;
        today->in_standard_count += moment->today[i].in_standard_count;
        weighted_target += site->services[i].standard_share_percent;
    }
    today->has_share = today->offered_count > 0;
    if (today->has_share) {
        today->share_percent = today->in_standard_count * 100 / today->offered_count;
    }
    if (document->queue_count > 0) {
        today->target_percent = (uint32_t)(weighted_target / document->queue_count);
    }
}

/* Who waits for this counter alone, and who is parked until it takes them again. */
static void describe_parked(const struct queue *queue, uint32_t counter,
                            struct counter_document *document)
{
    uint32_t ordinal = queue_reserved_head(queue, counter);
    document->reserved_count = 0;
    for (; ordinal != TICKET_NONE; ordinal = queue_ticket(queue, ordinal)->next_waiting) {
        document->reserved_count++;
    }
    document->parked_count = 0;
    document->parked_shown_count = 0;
    ordinal = queue_parked_head(queue);
    for (; ordinal != TICKET_NONE; ordinal = queue_ticket(queue, ordinal)->next_waiting) {
        const struct ticket *ticket = queue_ticket(queue, ordinal);
        if (ticket->leg.for_counter != counter) {
            continue;
        }
        document->parked_count++;
        if (document->parked_shown_count < PARKED_SHOWN_MAX) {
            struct counter_parked *parked =
                &document->parked[document->parked_shown_count];
            describe_label(queue, ordinal, parked->label);
            copy(parked->service, sizeof(parked->service),
                 queue_site(queue)->services[ticket->service].id);
            parked->due_at_ms = ticket->due_at_ms;
            copy(parked->reason, sizeof(parked->reason), ticket->reason);
            document->parked_shown_count++;
        }
    }
}

static void describe_help(const struct queue *queue, uint32_t counter,
                          struct counter_document *document)
{
    const struct site *site = queue_site(queue);
    document->asks_help = queue_counter(queue, counter)->asks_help;
    document->help_count = 0;
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (i != counter && queue_counter(queue, i)->asks_help) {
            copy(document->help_at[document->help_count], sizeof(document->help_at[0]),
                 site->counters[i].id);
            document->help_count++;
        }
    }
}

void describe_counter(const struct office *office, const struct moment *moment,
                      uint32_t index, struct counter_document *ret_counter)
{
    const struct queue *queue = office->queue;
    const struct site *site = queue_site(queue);
    const struct counter *counter = queue_counter(queue, index);
    ret_counter->epoch = moment->epoch;
    ret_counter->seq = queue_seq(queue);
    ret_counter->tick = moment->tick;
    ret_counter->at_ms = moment->now_ms;
    copy(ret_counter->id, sizeof(ret_counter->id), site->counters[index].id);
    ret_counter->state = counter->state;
    ret_counter->light = counter_light(counter->state);
    ret_counter->version = counter->version;
    ret_counter->since_ms = counter->since_ms;
    const struct pause_wish *wish = &counter->pause_wish;
    ret_counter->pauses_after = wish->is_wished;
    copy(ret_counter->reason, sizeof(ret_counter->reason),
         wish->is_wished ? wish->reason : counter->reason);
    ret_counter->back_at_ms = wish->is_wished ? wish->back_at_ms : counter->back_at_ms;
    int64_t undo_until_ms = counter->last_press.at_ms + UNDO_WITHIN_MS;
    ret_counter->can_undo =
        counter->last_press.can_be_undone && moment->now_ms <= undo_until_ms;
    ret_counter->undo_until_ms = ret_counter->can_undo ? undo_until_ms : 0;
    ret_counter->has_ticket = counter->ticket != TICKET_NONE;
    if (ret_counter->has_ticket) {
        describe_counter_ticket(queue, counter->ticket, &ret_counter->ticket);
    }
    ret_counter->has_agent = counter->agent != 0;
    copy(ret_counter->profile, sizeof(ret_counter->profile),
         counter->profile != 0 ? site->profiles[counter->profile - 1].id : "");
    describe_next(queue, index, moment->now_ms, ret_counter);
    describe_help(queue, index, ret_counter);
    describe_lines(queue, moment, queue_counter_services(queue, index), ret_counter);
    describe_parked(queue, index, ret_counter);
}

static enum service_limit limit_of(const struct office *office,
                                   const struct moment *moment, uint32_t service)
{
    const struct queue *queue = office->queue;
    enum last_ticket rule = queue_site(queue)->services[service].last_ticket;
    if (queue_service_is_full(queue, service)) {
        return SERVICE_LIMIT_FULL;
    }
    if (rule == LAST_TICKET_NONE || moment->closes_at_ms[service] == 0) {
        return SERVICE_LIMIT_NONE;
    }
    struct quote quote = {0};
    estimate_quote(queue, office->pace, service, 0, moment->now_ms, &quote);
    bool is_late = quote.is_given && moment->now_ms + (int64_t)quote.mean_s * 1000 >
                                         moment->closes_at_ms[service];
    if (!is_late) {
        return SERVICE_LIMIT_NONE;
    }
    return rule == LAST_TICKET_STOP ? SERVICE_LIMIT_CLOSING : SERVICE_LIMIT_LATE;
}

void describe_service(const struct office *office, const struct moment *moment,
                      uint32_t service, struct service_document *ret_service)
{
    const struct queue *queue = office->queue;
    ret_service->epoch = moment->epoch;
    ret_service->seq = queue_seq(queue);
    ret_service->tick = moment->tick;
    copy(ret_service->id, sizeof(ret_service->id),
         queue_site(queue)->services[service].id);
    ret_service->is_open = queue_service_is_open(queue, service);
    ret_service->opens_at_ms = ret_service->is_open ? 0 : moment->opens_at_ms[service];
    ret_service->waiting_count = queue_waiting_count(queue, service);
    ret_service->open_counters = queue_open_counters(queue, service);
    ret_service->wait = moment->waits[service];
    ret_service->limit = limit_of(office, moment, service);
}

void describe_ticket(const struct office *office, int64_t now_ms, uint32_t ordinal,
                     struct reply_ticket *ret_ticket)
{
    const struct queue *queue = office->queue;
    const struct site *site = queue_site(queue);
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    describe_label(queue, ordinal, ret_ticket->label);
    copy(ret_ticket->service, sizeof(ret_ticket->service),
         site->services[ticket->service].id);
    ret_ticket->state = ticket->state;
    copy(ret_ticket->class_id, sizeof(ret_ticket->class_id),
         site->classes[ticket->class_index].id);
    ret_ticket->language = ticket->language;
    ret_ticket->taken_at_ms = ticket->taken_at_ms;
    ret_ticket->ahead = ticket->quote.ahead;
    ret_ticket->open_counters = ticket->quote.open_counters;
    ret_ticket->wait = describe_quote(&ticket->quote);
    describe_asked(queue, &ticket->leg, &ret_ticket->asked);
    describe_label(queue, ticket->linked, ret_ticket->linked);
    ret_ticket->is_test = ticket->is_test;
    ret_ticket->is_suspect = ticket->is_suspect;
    int64_t until_ms = ticket->called_at_ms != 0  ? ticket->called_at_ms
                       : ticket->ended_at_ms != 0 ? ticket->ended_at_ms
                                                  : now_ms;
    ret_ticket->waited_s = seconds_between(ticket->leg.requested_at_ms, until_ms);
    copy(ret_ticket->counter, sizeof(ret_ticket->counter),
         ticket->counter == SITE_NONE ? "" : site->counters[ticket->counter].id);
}

void describe_found(const struct office *office, int64_t now_ms, uint32_t ordinal,
                    struct reply_ticket *ret_ticket)
{
    const struct queue *queue = office->queue;
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    describe_ticket(office, now_ms, ordinal, ret_ticket);
    bool is_in_line =
        ticket->state == TICKET_WAITING && ticket->leg.for_counter == SITE_NONE;
    ret_ticket->ahead = is_in_line ? queue_position(queue, ordinal) : 0;
    ret_ticket->open_counters = queue_open_counters(queue, ticket->service);
}

void describe_refused(const struct office *office, const struct refused *refused,
                      struct reply_subject *ret_subject)
{
    const struct queue *queue = office->queue;
    memset(ret_subject, 0, sizeof(*ret_subject));
    if (refused->ticket != TICKET_NONE) {
        describe_label(queue, refused->ticket, ret_subject->ticket);
        copy(ret_subject->state, sizeof(ret_subject->state),
             ticket_state_name(queue_ticket(queue, refused->ticket)->state));
    }
    if (refused->counter != SITE_NONE) {
        copy(ret_subject->counter, sizeof(ret_subject->counter),
             queue_site(queue)->counters[refused->counter].id);
        if (refused->ticket == TICKET_NONE) {
            copy(ret_subject->state, sizeof(ret_subject->state),
                 counter_state_name(queue_counter(queue, refused->counter)->state));
        }
    }
}
