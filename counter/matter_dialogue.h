/* The dialogue for what a service was about. Draws only. */
#ifndef GUICHET_COUNTER_MATTER_DIALOGUE_H
#define GUICHET_COUNTER_MATTER_DIALOGUE_H

#include <stdint.h>

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Over the whole screen. Keys: digits choose among the first ten products, letters among
 * precisions; Enter records, Escape goes back. */
void matter_dialogue_draw(struct screen *screen, const struct agent *agent,
                          const struct catalogue *catalogue, int64_t now_ms);

#endif
