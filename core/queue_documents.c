/* Documents that the reception checked before the wait: which of them the person was
 * without, and whether a ticket was given all the same. */
#include "core/queue_state.h"

#include <assert.h>

/* Whether the site has all documents of the set and each belongs to the service. */
static bool fit_service(const struct site *site, uint64_t documents, uint32_t service)
{
    static_assert(DOCUMENTS_MAX < 64, "a set of documents is one number");
    assert(service < site->service_count);
    bool fit = documents >> site->document_count == 0;
    for (uint32_t i = 0; i < site->document_count && fit; i++) {
        bool is_in = (documents >> i & 1U) != 0;
        fit = !is_in || (site->documents[i].services >> service & 1U) != 0;
    }
    return fit;
}

enum status decision_add_documents(struct decision *decision, uint32_t ticket)
{
    const struct command *command = decision->command;
    const struct site *site = &decision->queue->site;
    if (!fit_service(site, command->documents, command->service)) {
        return decision_refuse_service(decision, REFUSAL_DOCUMENT_UNKNOWN,
                                       "does not ask for one of these documents");
    }
    decision_add(decision, EVENT_DOCUMENTS_LACKED)->lacked = (struct event_lacked){
        .service = command->service, .ticket = ticket, .documents = command->documents};
    return OK;
}

enum status queue_decide_send_home(struct decision *decision)
{
    assert(decision->command->verb == VERB_SEND_HOME);
    enum status status = decision_check_service(decision);
    if (status != OK) {
        return status;
    }
    if (decision->command->documents == 0) {
        return decision_invalid(decision, "who has all documents is not turned away");
    }
    return decision_add_documents(decision, TICKET_NONE);
}

enum status queue_check_documents(const struct queue *queue, const struct event *event,
                                  struct error *err)
{
    const struct event_lacked *body = &event->lacked;
    assert(event->kind == EVENT_DOCUMENTS_LACKED);
    if (body->service >= queue->site.service_count || body->documents == 0 ||
        !fit_service(&queue->site, body->documents, body->service)) {
        return error_set(err, ERR_CORRUPT, "the service asks for no such documents");
    }
    if (body->ticket > queue->ticket_count) {
        return error_set(err, ERR_CORRUPT, "there is no such ticket");
    }
    return OK;
}

/* Without a ticket nothing changes here: the record keeps who was turned away. */
void queue_apply_documents(struct queue *queue, const struct event *event)
{
    assert(event->kind == EVENT_DOCUMENTS_LACKED);
    if (event->lacked.ticket != TICKET_NONE) {
        queue_ticket_at(queue, event->lacked.ticket)->lacks = event->lacked.documents;
    }
}
