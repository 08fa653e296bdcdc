/* Sending the person on, in the agent's state; see agent_parts.h. */
#include <string.h>

#include "counter/agent_parts.h"

void agent_open_transfer(struct agent *agent)
{
    uint32_t service = site_find_service(&agent->site, agent->state.ticket.service);
    agent->transfer = (struct transfer){
        .own_service = service, .service = service, .to_counter = TRANSFER_ANY_COUNTER};
    agent_open_dialogue(agent, DIALOGUE_TRANSFER);
}

/* Choose the counter whose label is typed, if the person may be sent there. */
static bool choose_typed_counter(struct agent *agent)
{
    for (uint32_t i = 0; i < agent->site.counter_count; i++) {
        if (strcmp(agent->site.counters[i].label, agent->typed) == 0 &&
            transfer_may_go_to(&agent->transfer, &agent->site, i, agent->counter)) {
            agent->transfer.to_counter = i;
            return true;
        }
    }
    return false;
}

void agent_type_in_transfer(struct agent *agent, char key)
{
    struct transfer *transfer = &agent->transfer;
    const struct site *site = &agent->site;
    if (key >= 'A') {
        const char letter[2] = {key, '\0'};
        uint32_t i = 0;
        while (i < site->service_count && strcmp(site->services[i].letter, letter) != 0) {
            i++;
        }
        transfer_choose_service(transfer, site, i);
        return;
    }
    size_t length = strlen(agent->typed);
    if (key == '0' && length == 0) {
        transfer->to_counter = TRANSFER_ANY_COUNTER;
        return;
    }
    length = length < LABEL_LENGTH_MAX ? length : 0;
    agent->typed[length] = key;
    agent->typed[length + 1] = '\0';
    bool is_found = choose_typed_counter(agent);
    if (!is_found && length > 0) { /* the digit begins another label */
        agent->typed[0] = key;
        agent->typed[1] = '\0';
        (void)choose_typed_counter(agent); /* or none has it */
    }
}

bool agent_press_in_transfer(struct agent *agent, enum agent_action action,
                             int64_t now_ms, struct command_document *ret_command)
{
    struct transfer *transfer = &agent->transfer;
    if (action == AGENT_CONFIRM) {
        agent_start_command(agent, VERB_TRANSFER, ret_command);
        transfer_fill(transfer, &agent->site, agent_office_ms(agent, now_ms),
                      ret_command);
        agent->dialogue = DIALOGUE_NONE;
        return true;
    }
    if (action >= AGENT_TRANSFER_TO) {
        transfer->to_counter = (uint32_t)(action - AGENT_TRANSFER_TO);
    } else if (action >= AGENT_TRANSFER_WHEN) {
        transfer_choose_when(transfer, (size_t)(action - AGENT_TRANSFER_WHEN));
    } else if (action >= AGENT_PARK_REASON) {
        size_t reason = 1 + (size_t)(action - AGENT_PARK_REASON);
        transfer->reason = transfer->reason == reason ? 0 : reason;
    } else if (action == AGENT_TRANSFER_ANY) {
        transfer->to_counter = TRANSFER_ANY_COUNTER;
    } else if (action == AGENT_TRANSFER_BACK || action == AGENT_TRANSFER_ENDS) {
        transfer->comes_back = action == AGENT_TRANSFER_BACK;
    } else if (action >= AGENT_LETTER && action < AGENT_DIGIT) {
        transfer_choose_service(transfer, &agent->site,
                                (uint32_t)(action - AGENT_LETTER));
    }
    return false;
}
