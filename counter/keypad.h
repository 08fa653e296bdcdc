/* The dialogue in which an agent names a ticket, to call or to cancel it. */
#ifndef GUICHET_COUNTER_KEYPAD_H
#define GUICHET_COUNTER_KEYPAD_H

#include <stdint.h>

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Draw it over the screen; what lies behind can no longer be pressed. */
void keypad_draw(struct screen *screen, const struct agent *agent,
                 const struct catalogue *catalogue, int64_t now_ms);

#endif
