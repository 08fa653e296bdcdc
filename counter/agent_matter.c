/* What a service was about, in the agent's state; see agent_parts.h. */
#include "counter/agent_parts.h"

bool agent_can_note(const struct agent *agent, enum agent_action action)
{
    if (action >= AGENT_SITE_REASON) {
        return (uint32_t)(action - AGENT_SITE_REASON) < agent->site.reason_count;
    }
    if (!agent_has_visitor(agent)) {
        return false;
    }
    if (action == AGENT_MATTER) {
        return matter_is_offered(&agent->site, agent->state.ticket.service);
    }
    /* A press that asks for the topic goes on when there is one. */
    return action != AGENT_CONFIRM || agent->after_note == AGENT_NONE ||
           agent->matter.product != 0;
}

void agent_open_matter(struct agent *agent, enum agent_action then)
{
    matter_begin(&agent->matter, &agent->site, &agent->state.ticket);
    agent->after_note = then;
    agent_open_dialogue(agent, DIALOGUE_MATTER);
}

bool agent_asks_matter(const struct agent *agent, enum agent_action action,
                       int64_t now_ms)
{
    bool ends = action == AGENT_FINISH ||
                (action == AGENT_NEXT && agent_next(agent, now_ms) == NEXT_FINISHES);
    return ends && agent->dialogue == DIALOGUE_NONE && agent_has_visitor(agent) &&
           matter_is_needed(&agent->site, &agent->state.ticket);
}

void agent_type_in_matter(struct agent *agent, char key)
{
    struct matter_choice *choice = &agent->matter;
    const struct site *site = &agent->site;
    uint32_t topic = 0;
    if (key >= 'A') {
        topic = matter_precision(choice, site, (uint32_t)(key - 'A'));
    } else { /* 1 to 9, then 0 */
        topic = matter_product(choice, site, (uint32_t)(key - '0' + 9) % 10);
    }
    matter_choose_topic(choice, site, topic);
}

bool agent_press_in_matter(struct agent *agent, enum agent_action action,
                           struct command_document *ret_command)
{
    struct matter_choice *choice = &agent->matter;
    if (action == AGENT_CONFIRM) {
        agent_start_command(agent, VERB_NOTE, ret_command);
        matter_fill(choice, &agent->site, ret_command);
        agent->in_note = agent->after_note;
        agent->dialogue = DIALOGUE_NONE;
        return true;
    }
    if (action >= AGENT_COMPLETE && action < AGENT_SITE_REASON) {
        choice->completeness = (enum completeness)(action - AGENT_COMPLETE);
    } else if (action >= AGENT_DOCUMENT && action < AGENT_COMPLETE) {
        choice->document = (uint32_t)(action - AGENT_DOCUMENT);
    } else if (action >= AGENT_TOPIC && action < AGENT_DOCUMENT) {
        matter_choose_topic(choice, &agent->site, (uint32_t)(action - AGENT_TOPIC) + 1);
    }
    return false;
}

enum agent_action agent_take_wanted(struct agent *agent)
{
    enum agent_action wanted = agent->wanted;
    agent->wanted = AGENT_NONE;
    return wanted;
}
