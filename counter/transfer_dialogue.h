/* The dialogue for sending the person at the counter on. Draws only. */
#ifndef GUICHET_COUNTER_TRANSFER_DIALOGUE_H
#define GUICHET_COUNTER_TRANSFER_DIALOGUE_H

#include <stdint.h>

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Over the whole screen. Keys: letters name a service, digits a counter by its label, 0
 * any; Enter sends, Escape goes back. */
void transfer_dialogue_draw(struct screen *screen, const struct agent *agent,
                            const struct catalogue *catalogue, int64_t now_ms);

#endif
