/* The parts of the dialogues of a reception and a supervisor: a frame, rows of choices
 * with a label above each, and what can be done with them at the end. Draws only. */
#ifndef GUICHET_COUNTER_HALL_SHEET_H
#define GUICHET_COUNTER_HALL_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "counter/hall_agent.h"
#include "counter/sheet_parts.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"
#include "ui/widget.h"

/* What everything is drawn with. */
struct hall_brush {
    struct screen *screen;
    const struct hall_agent *agent;
    const struct catalogue *catalogue;
    int64_t now_ms;
};

/* The text in the agent's language. */
const char *hall_say(const struct hall_brush *brush, const char *source);

/* The frame over the screen; what lies behind can no longer be pressed. Returns the place
 * below the title. */
struct rect hall_sheet_begin(const struct hall_brush *brush, const char *title);

/* What can be done, in a row at the bottom of `rest`, which is cut. The way back is added
 * as the last of them; what means nothing now is drawn so. */
void hall_sheet_ends(const struct hall_brush *brush, struct rect *rest,
                     const struct button buttons[], size_t count);

/* A line of text at the top of `rest`, which is cut: for what follows. */
void hall_sheet_label(const struct hall_brush *brush, struct rect *rest,
                      const char *label);

void hall_sheet_choice(const struct hall_brush *brush, struct rect at, int id,
                       const char *label, bool is_chosen);

/* All services: letter and name where they are few, else by letter; ids from
 * HALL_SERVICE. */
void hall_sheet_services(const struct hall_brush *brush, struct rect at);

/* What was typed, large; a dash where it is nothing yet. */
void hall_sheet_typed(const struct hall_brush *brush, struct rect at);

#endif
