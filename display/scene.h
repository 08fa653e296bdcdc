/* The hall screen as a picture: a pure function from what the screen knows, the language
 * and the time to a draw list.
 *
 * From top to bottom: header with site, hall and clock; a warning strip when the picture
 * is not live; the calls, newest first and largest; beside or below them the waits by
 * service; the lights of the counters; the notice of the office. A call of the last 10 s
 * is always there: when more of them are fresh than the rows hold, the rows become a
 * grid. Nothing scrolls, and no text is cut. */
#ifndef GUICHET_DISPLAY_SCENE_H
#define GUICHET_DISPLAY_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "display/hall.h"
#include "runtime/catalogue.h"
#include "runtime/zone.h"
#include "ui/screen.h"

enum scene_layout {
    SCENE_FULL,  /* calls, waits, lights */
    SCENE_LARGE, /* two rows of calls over the whole width, and lights: large halls */
    SCENE_LAYOUT_COUNT
};

struct scene {
    const struct hall_state *hall;
    const struct catalogue *catalogue; /* with the domains display and common */
    const struct zone *zone;           /* of the site; NULL: no times are shown */
    const char *display;               /* id of this screen */
    bool is_unassigned;                /* the site does not know this screen */
    enum language language;
    enum scene_layout layout;
    int64_t now_ms; /* machine time */
};

/* Text sizes of a picture, in pixels per em. */
struct scene_sizes {
    int newest_px;   /* of the newest call's number */
    int row_px;      /* of the other calls' numbers, with the usual number of rows */
    int smallest_px; /* of the smallest text */
};

/* Draw the picture into `screen`, whose list is begun and ended here. */
void scene_draw(struct screen *screen, const struct scene *scene,
                struct scene_sizes *ret_sizes);

#endif
