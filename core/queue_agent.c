/* Agents at counters. The record knows an agent as the random token of one sign-in; who
 * it stands for is kept elsewhere and forgotten soon. A sign-in holds until the counter
 * closes, or until another agent signs in there: whoever relieves somebody has the same
 * counter with all that is there, the ticket in front of it, who is parked and who waits
 * for this counter alone. */
#include "core/queue_state.h"

#include <assert.h>

enum status queue_decide_sign_in(struct decision *decision)
{
    const struct command *command = decision->command;
    const struct queue *queue = decision->queue;
    assert(command->verb == VERB_SIGN_IN);
    if (command->agent == 0 || command->profile > queue->site.profile_count) {
        return error_set(decision->err, ERR_INVALID, "there is no such agent or profile");
    }
    decision_add(decision, EVENT_AGENT_SIGNED_IN)->sign_in =
        (struct event_sign_in){command->counter, command->agent, command->profile};
    if (queue->counters[command->counter].state == COUNTER_CLOSED) {
        decision_add(decision, EVENT_COUNTER_OPENED)->counter.counter = command->counter;
    }
    return OK;
}

enum status decision_check_agent(struct decision *decision)
{
    const struct queue *queue = decision->queue;
    const struct counter *counter = &queue->counters[decision->command->counter];
    return !queue->site.sign_in || counter->agent != 0
               ? OK
               : decision_refuse_counter(decision, REFUSAL_SIGN_IN_NEEDED,
                                         "opens for an agent who has signed in");
}

/* A press of the agent before can no longer be undone. */
void queue_apply_sign_in(struct queue *queue, const struct event *event)
{
    assert(event->kind == EVENT_AGENT_SIGNED_IN);
    struct counter *counter = &queue->counters[event->sign_in.counter];
    counter->agent = event->sign_in.agent;
    counter->profile = event->sign_in.profile;
    counter->version = event->seq;
    counter->last_press = (struct press){0};
}

enum status queue_check_sign_in(const struct queue *queue, const struct event *event,
                                struct error *err)
{
    const struct event_sign_in *body = &event->sign_in;
    assert(event->kind == EVENT_AGENT_SIGNED_IN);
    if (body->counter >= queue->site.counter_count || body->agent == 0 ||
        body->profile > queue->site.profile_count) {
        return error_set(err, ERR_CORRUPT, "there is no such counter, agent or profile");
    }
    return OK;
}
