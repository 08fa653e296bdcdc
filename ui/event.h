/* Translates SDL's events into those of ui/input.h. The only header that names SDL; for
 * the window and its tests. */
#ifndef GUICHET_UI_EVENT_H
#define GUICHET_UI_EVENT_H

#include <stdbool.h>

#include <SDL_events.h>

#include "ui/input.h"

/* Fill the kind, pointer, place and key of `*ret_event` (not its time) from `event`, for
 * a window of `width_px` × `height_px`. False when the event means nothing here; it is
 * then untouched. */
bool event_read(const SDL_Event *event, int width_px, int height_px,
                struct input_event *ret_event);

#endif
