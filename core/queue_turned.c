/* People who came and got no ticket: what a kiosk counted. The queue does not change. */
#include "core/queue_state.h"

#include <assert.h>

#include "core/names.h"

static const char *const reason_names[] = {
    [TURNED_CLOSED] = "closed",
    [TURNED_FULL] = "full",
    [TURNED_CLOSING] = "closing",
};
static_assert(sizeof(reason_names) / sizeof(reason_names[0]) == TURNED_REASON_COUNT,
              "every reason has a name");

const char *turned_reason_name(enum turned_reason reason)
{
    assert(reason < TURNED_REASON_COUNT);
    return reason_names[reason];
}

enum turned_reason turned_reason_find(const char *name)
{
    return (enum turned_reason)names_find(reason_names, TURNED_REASON_COUNT, name);
}

enum status queue_decide_turned_away(struct decision *decision)
{
    const struct command *command = decision->command;
    assert(command->verb == VERB_TURNED_AWAY);
    enum status status = decision_check_service(decision);
    if (status != OK) {
        return status;
    }
    if (command->turned >= TURNED_REASON_COUNT || command->number == 0 ||
        command->number > TURNED_AWAY_MAX) {
        return error_set(decision->err, ERR_INVALID,
                         "1 to %d people are turned away, for a reason that there is",
                         TURNED_AWAY_MAX);
    }
    decision_add(decision, EVENT_TURNED_AWAY)->turned = (struct event_turned){
        .service = command->service, .reason = command->turned, .count = command->number};
    return OK;
}

enum status queue_check_turned_away(const struct queue *queue, const struct event *event,
                                    struct error *err)
{
    const struct event_turned *body = &event->turned;
    bool fits = body->service < queue->site.service_count &&
                body->reason < TURNED_REASON_COUNT && body->count >= 1 &&
                body->count <= TURNED_AWAY_MAX;
    return fits
               ? OK
               : error_set(err, ERR_CORRUPT, "there is no such service, reason or count");
}

/* Kept by the journal. */
void queue_apply_turned_away(struct queue *queue, const struct event *event)
{
    assert(event->turned.service < queue->site.service_count);
    (void)queue; /* asserted */
    (void)event;
}
