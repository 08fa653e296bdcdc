/* What the window does by itself, in the agent's state; see agent.h. */
#include "counter/agent_parts.h"

enum agent_action agent_auto(const struct agent *agent, int64_t now_ms,
                             uint32_t *ret_left_s)
{
    const struct counter_document *state = &agent->state;
    enum agent_action action = AGENT_NONE;
    uint32_t after_s = 0;
    if (ret_left_s) {
        *ret_left_s = 0;
    }
    if (!agent->has_site || agent->dialogue != DIALOGUE_NONE) {
        return AGENT_NONE;
    }
    if (state->state == COUNTER_CALLED) {
        action = AGENT_START;
        after_s = agent->site.auto_start_s;
    } else if (state->has_next &&
               (state->state == COUNTER_FREE || state->state == COUNTER_WRAPPING_UP)) {
        action = AGENT_NEXT;
        after_s = agent->site.auto_call_s;
    }
    if (after_s == 0 || !agent_can(agent, action, now_ms)) {
        return AGENT_NONE;
    }
    int64_t left_ms = agent->ready_at_ms + (int64_t)after_s * 1000 - now_ms;
    if (left_ms > 0 && ret_left_s) {
        *ret_left_s = (uint32_t)((left_ms + 999) / 1000);
    }
    return left_ms > 0 ? AGENT_NONE : action;
}
