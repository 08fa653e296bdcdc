/* Signing in, in the agent's state; see agent_parts.h. */
#include <string.h>

#include "core/text.h"
#include "counter/agent_parts.h"

uint64_t agent_services(const struct agent *agent)
{
    if (!agent->has_site || agent->counter == SITE_NONE) {
        return 0;
    }
    uint32_t profile = site_find_profile(&agent->site, agent->state.profile);
    return profile != SITE_NONE ? agent->site.profiles[profile].services
                                : agent->site.counters[agent->counter].services;
}

bool agent_can_sign_in(const struct agent *agent, enum agent_action action)
{
    if (action == AGENT_CONFIRM) {
        return agent->types_code ? strlen(agent->code) >= SECRET_CODE_MIN
                                 : agent->number[0] != '\0';
    }
    return agent->has_site && (agent->site.sign_in || agent->site.profile_count > 0);
}

bool agent_asks_sign_in(const struct agent *agent, enum agent_action action)
{
    bool opens = action == AGENT_NEXT || action == AGENT_OPEN_CLOSE;
    return opens && agent->dialogue == DIALOGUE_NONE && agent->has_site &&
           agent->site.sign_in && !agent->state.has_agent &&
           agent->state.state == COUNTER_CLOSED;
}

void agent_open_sign_in(struct agent *agent)
{
    agent_open_dialogue(agent, DIALOGUE_SIGN_IN);
    agent->types_code = false;
    agent->number[0] = '\0';
    agent->code[0] = '\0';
}

void agent_type_in_sign_in(struct agent *agent, char key)
{
    char *field = agent->types_code ? agent->code : agent->number;
    size_t length_max = agent->types_code ? SECRET_CODE_MAX : AGENT_DIGITS_MAX;
    size_t length = strlen(field);
    if (length < length_max) {
        field[length] = key;
        field[length + 1] = '\0';
    }
}

/* Erasing an empty code goes back to the number. */
static void erase(struct agent *agent)
{
    char *field = agent->types_code ? agent->code : agent->number;
    size_t length = strlen(field);
    if (length > 0) {
        field[length - 1] = '\0';
    } else {
        agent->types_code = false;
    }
}

bool agent_press_in_sign_in(struct agent *agent, enum agent_action action,
                            struct command_document *ret_command)
{
    if (action >= AGENT_DIGIT && action < AGENT_DIGIT + 10) {
        agent_type_in_sign_in(agent, (char)('0' + (int)(action - AGENT_DIGIT)));
    } else if (action == AGENT_ERASE) {
        erase(agent);
    } else if (action == AGENT_CONFIRM && !agent->types_code) {
        agent->types_code = true;
    } else if (action == AGENT_CONFIRM) {
        agent_start_command(agent, VERB_SIGN_IN, ret_command);
        (void)text_copy(ret_command->agent, sizeof(ret_command->agent),
                        agent->number); /* same size */
        (void)text_copy(ret_command->code, sizeof(ret_command->code),
                        agent->code); /* same size */
        memset(agent->code, 0, sizeof(agent->code));
        agent->dialogue = DIALOGUE_NONE;
        return true;
    }
    return false;
}
