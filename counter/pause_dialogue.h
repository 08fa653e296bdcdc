/* The dialogue for a pause: why, and back in how long. Draws only. */
#ifndef GUICHET_COUNTER_PAUSE_DIALOGUE_H
#define GUICHET_COUNTER_PAUSE_DIALOGUE_H

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Over the whole screen. `warning` stands above where it is not empty: whom this counter
 * leaves alone. A reason begins the pause. */
void pause_dialogue_draw(struct screen *screen, const struct agent *agent,
                         const struct catalogue *catalogue, const char *warning);

/* The reason of a pause in the agent's language: it is journalled in the site's first. */
const char *pause_reason_text(const struct agent *agent,
                              const struct catalogue *catalogue);

#endif
