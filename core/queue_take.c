/* Taking a ticket: who may have one, and its number. */
#include "core/queue_state.h"

#include <assert.h>
#include <string.h>

/* The number after the highest given today. */
static uint32_t number_due(const struct queue *queue, uint32_t service)
{
    const struct series *series = &queue->series[service];
    return series->last_number == 0 ? queue->site.services[service].first_number
                                    : series->last_number + 1;
}

uint32_t queue_next_number(const struct queue *queue, uint32_t service)
{
    assert(service < queue->site.service_count);
    const struct series *series = &queue->series[service];
    uint32_t number = number_due(queue, service);
    /* Never one that somebody has who was kept overnight. */
    while (number <= TICKET_NUMBER_MAX &&
           queue->numbers[series->row][number] != TICKET_NONE) {
        number++;
    }
    return number;
}

void queue_note_number(struct queue *queue, uint32_t service, uint32_t number)
{
    struct series *series = &queue->series[service];
    uint32_t due = number_due(queue, service);
    if (number > series->last_number) {
        /* No quota counts the numbers that were passed over. */
        series->beside_count += number > due ? number - due : 0;
        series->last_number = number;
    }
}

static uint32_t at_most(uint32_t value, uint32_t maximum)
{
    return value > maximum ? maximum : value;
}

static enum status check_take(struct decision *decision)
{
    const struct queue *queue = decision->queue;
    const struct command *command = decision->command;
    enum status status = decision_check_service(decision);
    if (status != OK) {
        return status;
    }
    if (!queue->series[command->service].is_open && !command->is_test) {
        return decision_refuse_service(decision, REFUSAL_SERVICE_CLOSED, "is closed");
    }
    if (command->class_index >= queue->site.class_count) {
        return decision_refuse(decision, REFUSAL_CLASS_UNKNOWN,
                               "there is no such priority class");
    }
    const struct priority_class *class = &queue->site.classes[command->class_index];
    if (command->kiosk != SITE_NONE && command->class_index > 0 && !class->at_kiosk) {
        decision->refused.refusal = REFUSAL_CLASS_UNKNOWN;
        return error_set(decision->err, ERR_REFUSED,
                         "priority class '%s' is not given at a kiosk", class->id);
    }
    if (command->kiosk != SITE_NONE && command->kiosk >= queue->site.kiosk_count) {
        return decision_invalid(decision, "there is no such kiosk");
    }
    if (command->language >= LANGUAGE_COUNT || command->channel >= CHANNEL_COUNT) {
        return decision_invalid(decision, "there is no such language or channel");
    }
    if (queue->ticket_count >= TICKETS_PER_DAY_MAX) {
        return decision_refuse(decision, REFUSAL_TICKET_LIMIT,
                               "no more tickets today: the limit of the day is reached");
    }
    return OK;
}

/* The tickets that the service may give today, and the time that is left for them. */
static enum status check_opening(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct quote *quote = &command->quote;
    const struct service *service = &decision->queue->site.services[command->service];
    if (command->is_test) {
        return OK; /* before the doors, too: it takes nobody's place */
    }
    if (queue_service_is_full(decision->queue, command->service)) {
        return decision_refuse_service(decision, REFUSAL_QUOTA_REACHED,
                                       "has given all its tickets of today");
    }
    bool is_too_late =
        quote->is_given && command->closes_at_ms != 0 &&
        decision->now_ms + (int64_t)quote->mean_s * 1000 > command->closes_at_ms;
    if (is_too_late && service->last_ticket == LAST_TICKET_STOP &&
        command->kiosk != SITE_NONE) {
        return decision_refuse_service(decision, REFUSAL_CLOSING_SOON,
                                       "closes before the people who wait are served");
    }
    return OK;
}

/* Many tickets from one kiosk at once are perhaps wanted by nobody: whoever stands there
 * says that they are. */
static enum status check_burst(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct site *site = &decision->queue->site;
    if (command->is_confirmed ||
        !queue_is_burst(decision->queue, command->kiosk, decision->now_ms)) {
        return OK;
    }
    decision->refused.refusal = REFUSAL_BURST;
    return error_set(decision->err, ERR_REFUSED,
                     "kiosk '%s' has given %u tickets within %u s: confirm this one",
                     site->kiosks[command->kiosk].id, (unsigned)site->burst_tickets,
                     (unsigned)site->burst_seconds);
}

/* The services that the visit goes to afterwards. */
static enum status check_further(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct queue *queue = decision->queue;
    if (command->further_count > FURTHER_MAX || command->quantity > QUANTITY_MAX) {
        return decision_invalid(decision,
                                "a visit has too many services, or one too often");
    }
    for (uint32_t i = 0; i < command->further_count; i++) {
        const struct further_service *further = &command->further[i];
        if (further->service >= queue->site.service_count) {
            return decision_refuse(decision, REFUSAL_SERVICE_UNKNOWN,
                                   "there is no such service after it");
        }
        if (further->counter != SITE_NONE || further->quantity > QUANTITY_MAX) {
            return decision_invalid(decision,
                                    "a visit has too many services, or one too often");
        }
        if (!queue->series[further->service].is_open) {
            decision->refused.refusal = REFUSAL_SERVICE_CLOSED;
            return error_set(decision->err, ERR_REFUSED, "service '%s' is closed",
                             queue->site.services[further->service].id);
        }
    }
    return OK;
}

enum status queue_decide_take(struct decision *decision)
{
    assert(decision->count == 0);
    const struct command *command = decision->command;
    enum status status = check_take(decision);
    if (status != OK) {
        return status;
    }
    status = check_opening(decision);
    if (status != OK) {
        return status;
    }
    status = check_further(decision);
    if (status == OK) {
        status = check_burst(decision);
    }
    if (status != OK) {
        return status;
    }
    uint32_t number = queue_next_number(decision->queue, command->service);
    if (number > TICKET_NUMBER_MAX) {
        return decision_refuse_service(decision, REFUSAL_NUMBER_LIMIT,
                                       "has no number left today");
    }
    struct event *event = decision_add(decision, EVENT_TICKET_TAKEN);
    event->taken = (struct event_taken){.ticket = decision->queue->ticket_count + 1,
                                        .service = command->service,
                                        .number = number,
                                        .class_index = command->class_index,
                                        .kiosk = command->kiosk,
                                        .language = command->language,
                                        .channel = command->channel,
                                        .quote = command->quote,
                                        .quantity = command->quantity,
                                        .further_count = command->further_count,
                                        .is_test = command->is_test};
    event->taken.is_suspect =
        queue_is_burst(decision->queue, command->kiosk, decision->now_ms);
    memcpy(event->taken.further, command->further, sizeof(command->further));
    struct quote *quote = &event->taken.quote;
    quote->mean_s = at_most(quote->mean_s, QUOTE_S_MAX);
    quote->p50_s = at_most(quote->p50_s, QUOTE_S_MAX);
    quote->p80_s = at_most(quote->p80_s, QUOTE_S_MAX);
    quote->p90_s = at_most(quote->p90_s, QUOTE_S_MAX);
    return command->documents == 0
               ? OK
               : decision_add_documents(decision, event->taken.ticket);
}
