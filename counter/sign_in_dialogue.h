/* The dialogue in which an agent signs in. Draws only; a code is shown as dots. */
#ifndef GUICHET_COUNTER_SIGN_IN_DIALOGUE_H
#define GUICHET_COUNTER_SIGN_IN_DIALOGUE_H

#include <stdint.h>

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Over the whole screen. Keys: digits, Backspace, Enter, Escape. */
void sign_in_dialogue_draw(struct screen *screen, const struct agent *agent,
                           const struct catalogue *catalogue, int64_t now_ms);

#endif
