/* Rectangles of whole pixels and the cuts from which every screen is laid out. */
#ifndef GUICHET_UI_GEOMETRY_H
#define GUICHET_UI_GEOMETRY_H

#include <stdbool.h>

/* Half-open: covers x <= px < x + width and y <= py < y + height. */
struct rect {
    int x;
    int y;
    int width;
    int height;
};

/* Whether no pixel is inside. */
bool rect_is_empty(struct rect rect);

/* Whether the pixel (x, y) is inside. */
bool rect_contains(struct rect rect, int x, int y);

/* Whether `inner` lies wholly inside `outer`. An empty `inner` does not. */
bool rect_covers(struct rect outer, struct rect inner);

/* What both have in common; empty (all zero) when that is nothing. */
struct rect rect_intersect(struct rect a, struct rect b);

/* `rect` with `px` taken from each of its four sides (grown when `px` is negative); never
 * below zero size. */
struct rect rect_inset(struct rect rect, int px);

/* `rect` with `x_px` taken from left and right and `y_px` from top and bottom. */
struct rect rect_inset_xy(struct rect rect, int x_px, int y_px);

/* The rectangle of `width` × `height` in the middle of `outer`. */
struct rect rect_centre(struct rect outer, int width, int height);

/* Cut a strip of `px` from one side of `*rect` and return it. The strip is at most what
 * is left, so cutting too much gives an empty rest and never a negative one. */
struct rect rect_cut_top(struct rect *rect, int px);
struct rect rect_cut_bottom(struct rect *rect, int px);
struct rect rect_cut_left(struct rect *rect, int px);
struct rect rect_cut_right(struct rect *rect, int px);

struct grid {
    int columns; /* >= 1 */
    int rows;    /* >= 1 */
    int gap_px;  /* between neighbours, >= 0 */
};

/* Cell number `index` (from 0, row by row) of `area` divided by `grid`. Left-over pixels
 * are spread, so that the last cell ends exactly at the edge of `area`. */
struct rect rect_grid_cell(struct rect area, struct grid grid, int index);

#endif
