/* What the dialogues of all windows are drawn with, whoever's they are. Draws only. */
#ifndef GUICHET_COUNTER_SHEET_PARTS_H
#define GUICHET_COUNTER_SHEET_PARTS_H

#include <stdbool.h>

#include "ui/screen.h"
#include "ui/widget.h"

/* The frame over the screen, with its title; what lies behind can no longer be pressed.
 * Returns the place below the title. */
struct rect sheet_frame(struct screen *screen, const char *title);

/* A line of text at the top of `rest`, which is cut: for what follows. */
void sheet_line(struct screen *screen, struct rect *rest, const char *line);
#define SHEET_LABEL_PX 42 /* its height in design units */

/* One of several that can be chosen. */
void sheet_option(struct screen *screen, struct rect at, int id, const char *label,
                  bool is_chosen);

#endif
