/* Somebody without a ticket, and a given ticket out of turn, in the agent's state; see
 * agent_parts.h. */
#include <assert.h>
#include <string.h>

#include "core/text.h"
#include "counter/agent_parts.h"
#include "runtime/catalogue.h"

static const char *const choice_reasons[] = {
    tr("Emergency"), tr("Back with what was missing"), tr("A mistake to put right"),
    tr("Agreed with the hall")};
static_assert(sizeof(choice_reasons) / sizeof(choice_reasons[0]) ==
                  AGENT_CHOICE_REASON_COUNT,
              "every offered reason has a text");

const char *agent_choice_reason(size_t index)
{
    assert(index < AGENT_CHOICE_REASON_COUNT);
    return choice_reasons[index];
}

bool agent_can_walk_in(const struct agent *agent, enum agent_action action)
{
    if (action >= AGENT_CHOICE_REASON) {
        return agent->dialogue == DIALOGUE_CHOICE_REASON;
    }
    bool is_free =
        agent->state.state == COUNTER_FREE || agent->state.state == COUNTER_WRAPPING_UP;
    uint64_t services = agent_services(agent);
    return is_free && services != 0 &&
           (action != AGENT_CONFIRM || (services >> agent->walk_in_service & 1U) != 0);
}

static bool send(struct agent *agent, struct command_document *ret_command)
{
    agent_start_command(agent, VERB_WALK_IN, ret_command);
    bool fits = text_copy(ret_command->service, sizeof(ret_command->service),
                          agent->site.services[agent->walk_in_service].id) &&
                text_copy(ret_command->class_id, sizeof(ret_command->class_id), "none");
    assert(fits); /* ids of one length */
    (void)fits;   /* asserted */
    ret_command->language = agent->language;
    agent->dialogue = DIALOGUE_NONE;
    return true;
}

bool agent_press_walk_in(struct agent *agent, struct command_document *ret_command)
{
    uint64_t services = agent_services(agent);
    uint32_t first = 0;
    while ((services >> first & 1U) == 0) {
        first++;
    }
    agent->walk_in_service = first;
    if (services >> first == 1) {
        return send(agent, ret_command); /* there is nothing to choose */
    }
    agent_open_dialogue(agent, DIALOGUE_WALK_IN);
    return false;
}

void agent_type_in_walk_in(struct agent *agent, char key)
{
    const char letter[2] = {key, '\0'};
    for (uint32_t i = 0; i < agent->site.service_count; i++) {
        if (strcmp(agent->site.services[i].letter, letter) == 0 &&
            (agent_services(agent) >> i & 1U) != 0) {
            agent->walk_in_service = i;
        }
    }
}

bool agent_press_in_walk_in(struct agent *agent, enum agent_action action,
                            struct command_document *ret_command)
{
    if (action == AGENT_CONFIRM) {
        return send(agent, ret_command);
    }
    if (action >= AGENT_LETTER && action < AGENT_DIGIT) {
        agent->walk_in_service = (uint32_t)(action - AGENT_LETTER);
    }
    return false;
}

bool agent_press_choice_reason(struct agent *agent, enum agent_action action,
                               struct command_document *ret_command)
{
    if (action < AGENT_CHOICE_REASON) {
        return false;
    }
    agent_start_command(agent, VERB_CALL, ret_command);
    (void)text_copy(ret_command->ticket, sizeof(ret_command->ticket),
                    agent->typed); /* same size */
    (void)text_copy(ret_command->reason, sizeof(ret_command->reason),
                    choice_reasons[action - AGENT_CHOICE_REASON]); /* short */
    agent->dialogue = DIALOGUE_NONE;
    return true;
}
