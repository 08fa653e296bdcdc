/* The window of a reception or a supervisor as a picture: a pure function from struct
 * hall_agent to a draw list with targets. The ids of the targets are enum hall_action. */
#ifndef GUICHET_COUNTER_HALL_SCENE_H
#define GUICHET_COUNTER_HALL_SCENE_H

#include <stdint.h>

#include "counter/hall_agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Draw `agent` at machine time `now_ms` in its language. */
void hall_scene_draw(struct screen *screen, const struct hall_agent *agent,
                     const struct catalogue *catalogue, int64_t now_ms);

#endif
