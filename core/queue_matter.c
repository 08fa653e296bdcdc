/* What the service at a counter is about, as the agent says: a topic in two levels, the
 * document that was missing, whether the person needs another contact. It is said while
 * the person is there, as often as it changes; the last word counts. */
#include "core/queue_state.h"

#include <assert.h>

static bool is_for(uint64_t services, uint32_t service)
{
    assert(service < SERVICES_MAX);
    return (services >> service & 1U) != 0;
}

/* Whether topic and document exist and belong to the service. */
static bool fits_service(const struct site *site, const struct matter *matter,
                         uint32_t service)
{
    if (matter->topic > site->topic_count || matter->document > site->document_count) {
        return false;
    }
    return (matter->topic == 0 ||
            is_for(site->topics[matter->topic - 1].services, service)) &&
           (matter->document == 0 ||
            is_for(site->documents[matter->document - 1].services, service));
}

enum status queue_decide_note(struct decision *decision)
{
    const struct command *command = decision->command;
    assert(command->verb == VERB_NOTE);
    enum status status =
        decision_check_present(decision, 1U << TICKET_CALLED | 1U << TICKET_SERVING);
    if (status != OK) {
        return status;
    }
    const struct queue *queue = decision->queue;
    uint32_t ordinal = queue->counters[command->counter].ticket;
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    if (command->matter.completeness >= COMPLETENESS_COUNT ||
        !fits_service(&queue->site, &command->matter, ticket->service)) {
        return decision_refuse_ticket(decision, REFUSAL_TOPIC_UNKNOWN, ordinal,
                                      "is for a service without that topic or document");
    }
    decision_add(decision, EVENT_MATTER_NOTED)->matter = (struct event_matter){
        .ticket = ordinal, .counter = command->counter, .matter = command->matter};
    return OK;
}

enum status decision_check_topic(struct decision *decision)
{
    const struct queue *queue = decision->queue;
    uint32_t ordinal = queue->counters[decision->command->counter].ticket;
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    if (queue->site.services[ticket->service].topic_rule == TOPICS_OFFERED ||
        ticket->matter.topic != 0) {
        return OK;
    }
    bool has_topics = false;
    for (uint32_t i = 0; i < queue->site.topic_count; i++) {
        has_topics |= is_for(queue->site.topics[i].services, ticket->service);
    }
    return has_topics ? decision_refuse_ticket(decision, REFUSAL_TOPIC_NEEDED, ordinal,
                                               "ends when its topic is said")
                      : OK;
}

/* The counter changes, too: what was pressed before is pressed on an older picture. */
void queue_apply_matter(struct queue *queue, const struct event *event)
{
    assert(event->kind == EVENT_MATTER_NOTED);
    queue_ticket_at(queue, event->matter.ticket)->matter = event->matter.matter;
    queue->counters[event->matter.counter].version = event->seq;
}

enum status queue_check_matter(const struct queue *queue, const struct event *event,
                               struct error *err)
{
    const struct event_matter *body = &event->matter;
    assert(event->kind == EVENT_MATTER_NOTED);
    if (body->counter >= queue->site.counter_count || body->ticket == TICKET_NONE ||
        queue->counters[body->counter].ticket != body->ticket) {
        return error_set(err, ERR_CORRUPT, "the ticket is not at that counter");
    }
    if (body->matter.completeness >= COMPLETENESS_COUNT ||
        !fits_service(&queue->site, &body->matter,
                      queue->tickets[body->ticket].service)) {
        return error_set(err, ERR_CORRUPT, "there is no such topic or document");
    }
    return OK;
}
