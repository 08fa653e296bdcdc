/* The dialogues of the window of a reception or a supervisor. Draws only. */
#ifndef GUICHET_COUNTER_HALL_DIALOGUE_H
#define GUICHET_COUNTER_HALL_DIALOGUE_H

#include <stdint.h>

#include "counter/hall_agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Draw the open dialogue over the screen; what lies behind can no longer be pressed. */
void hall_dialogue_draw(struct screen *screen, const struct hall_agent *agent,
                        const struct catalogue *catalogue, int64_t now_ms);

#endif
