/* The agent's window as a picture: a pure function from struct agent to a draw list with
 * targets. The ids of the targets are enum agent_action. */
#ifndef GUICHET_COUNTER_SCENE_H
#define GUICHET_COUNTER_SCENE_H

#include <stdint.h>

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Draw `agent` at machine time `now_ms` in its language. */
void scene_draw(struct screen *screen, const struct agent *agent,
                const struct catalogue *catalogue, int64_t now_ms);

#endif
