/* The dialogues for somebody without a ticket and for the reason of a given call. Draw
 * only. */
#ifndef GUICHET_COUNTER_WALK_IN_DIALOGUE_H
#define GUICHET_COUNTER_WALK_IN_DIALOGUE_H

#include <stdint.h>

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"

/* Over the whole screen. Keys: the letter of a service; Enter serves, Escape goes back.
 */
void walk_in_dialogue_draw(struct screen *screen, const struct agent *agent,
                           const struct catalogue *catalogue, int64_t now_ms);

void choice_reason_dialogue_draw(struct screen *screen, const struct agent *agent,
                                 const struct catalogue *catalogue);

#endif
