/* The dialogue in which an agent records a contact of another channel. */
#ifndef GUICHET_COUNTER_CONTACT_DIALOGUE_H
#define GUICHET_COUNTER_CONTACT_DIALOGUE_H

#include <stdint.h>

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Draw it over the screen; what lies behind can no longer be pressed. */
void contact_dialogue_draw(struct screen *screen, const struct agent *agent,
                           const struct catalogue *catalogue, int64_t now_ms);

#endif
