/* What a screen is drawn with: the draw list, the targets, colours, widths and units.
 * Screens and widgets are functions that take a struct screen and read nothing else. */
#ifndef GUICHET_UI_SCREEN_H
#define GUICHET_UI_SCREEN_H

#include <stdbool.h>

#include "ui/draw.h"
#include "ui/input.h"
#include "ui/layout.h"
#include "ui/measure.h"
#include "ui/theme.h"

struct screen {
    struct draw_list *list;
    struct target_list *targets;
    const struct theme *theme;
    const struct text_measure *measure;
    const struct input *input; /* what is pressed and in focus; NULL: nothing */
    int width_px;
    int height_px;
};

/* How a line or paragraph looks; sizes in pixels, see screen_px(). */
struct text_look {
    int size_px;
    int floor_px; /* smallest wished size; 0: three quarters of size_px */
    enum text_weight weight;
    struct colour colour;
    enum align across;
    enum align down;
    int lines_max; /* 0: as many as fit */
};

/* What a text may take, in pixels. */
struct text_extent {
    int width_px;
    int height_px; /* 0: any */
};

/* Begin the picture: empties list and targets and covers all with the theme's background.
 */
void screen_begin(struct screen *screen);

/* End the picture: the list is checked (draw_list_end()). */
void screen_end(struct screen *screen);

/* The whole picture. */
struct rect screen_area(const struct screen *screen);

/* `thousandths` of the shorter side in pixels, at least 1 for a positive number. Every
 * size of a screen comes from here, so that it looks the same from 720p to 4K. */
int screen_px(const struct screen *screen, int thousandths);

struct colour screen_colour(const struct screen *screen, enum role role);

/* Set `string` into `box`: wrapped, made smaller down to the floor, never cut. Returns
 * the height it takes, in pixels. */
int screen_text(struct screen *screen, struct rect box, const char *string,
                const struct text_look *look);

/* Set `string` as screen_text() would in a box of `width_px` × `height_px` (0: any
 * height), without drawing it: its size, lines, width and height. */
struct text_block screen_fit(const struct screen *screen, struct text_extent extent,
                             const char *string, const struct text_look *look);

/* Draw a block that screen_fit() set from the same `string`, with its size. */
void screen_block(struct screen *screen, struct rect box, const struct text_block *block,
                  const char *string, const struct text_look *look);

/* One line at a given place, e.g. several sizes on one baseline; not wrapped, not shrunk.
 * `x_px` is its left end (ALIGN_START), middle or right end. Returns its width. */
int screen_line(struct screen *screen, int x_px, int baseline_px, const char *string,
                const struct text_look *look);

/* A filled rectangle with round corners, without outline. */
void screen_fill(struct screen *screen, struct rect at, int radius_px,
                 struct colour colour);

#endif
