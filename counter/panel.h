/* The side of the agent's window: who waits where, and how the day goes. */
#ifndef GUICHET_COUNTER_PANEL_H
#define GUICHET_COUNTER_PANEL_H

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Draw it into `at`. Lines that do not fit are summed up in the last one. */
void panel_draw(struct screen *screen, struct rect at, const struct agent *agent,
                const struct catalogue *catalogue);

#endif
