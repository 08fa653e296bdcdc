/* Rectangles; see geometry.h. */
#include "ui/geometry.h"

#include <assert.h>

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

bool rect_is_empty(struct rect rect)
{
    return rect.width <= 0 || rect.height <= 0;
}

bool rect_contains(struct rect rect, int x, int y)
{
    return x >= rect.x && x < rect.x + rect.width && y >= rect.y &&
           y < rect.y + rect.height;
}

bool rect_covers(struct rect outer, struct rect inner)
{
    return !rect_is_empty(inner) && inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

struct rect rect_intersect(struct rect a, struct rect b)
{
    int left = larger(a.x, b.x);
    int top = larger(a.y, b.y);
    int right = smaller(a.x + a.width, b.x + b.width);
    int bottom = smaller(a.y + a.height, b.y + b.height);
    if (right <= left || bottom <= top) {
        return (struct rect){0};
    }
    return (struct rect){left, top, right - left, bottom - top};
}

struct rect rect_inset(struct rect rect, int px)
{
    return rect_inset_xy(rect, px, px);
}

struct rect rect_inset_xy(struct rect rect, int x_px, int y_px)
{
    rect.x += x_px;
    rect.y += y_px;
    rect.width = larger(0, rect.width - 2 * x_px);
    rect.height = larger(0, rect.height - 2 * y_px);
    return rect;
}

struct rect rect_centre(struct rect outer, int width, int height)
{
    return (struct rect){outer.x + (outer.width - width) / 2,
                         outer.y + (outer.height - height) / 2, width, height};
}

struct rect rect_cut_top(struct rect *rect, int px)
{
    struct rect strip = *rect;
    strip.height = larger(0, smaller(px, rect->height));
    rect->y += strip.height;
    rect->height -= strip.height;
    return strip;
}

struct rect rect_cut_bottom(struct rect *rect, int px)
{
    struct rect strip = *rect;
    strip.height = larger(0, smaller(px, rect->height));
    rect->height -= strip.height;
    strip.y = rect->y + rect->height;
    return strip;
}

struct rect rect_cut_left(struct rect *rect, int px)
{
    struct rect strip = *rect;
    strip.width = larger(0, smaller(px, rect->width));
    rect->x += strip.width;
    rect->width -= strip.width;
    return strip;
}

struct rect rect_cut_right(struct rect *rect, int px)
{
    struct rect strip = *rect;
    strip.width = larger(0, smaller(px, rect->width));
    rect->width -= strip.width;
    strip.x = rect->x + rect->width;
    return strip;
}

/* Where part `index` of `count` begins when `length` is divided with `gap` between parts.
 */
static int part_start(int length, int gap, int count, int index)
{
    return (length + gap) * index / count;
}

struct rect rect_grid_cell(struct rect area, struct grid grid, int index)
{
    assert(grid.columns >= 1 && grid.rows >= 1 && grid.gap_px >= 0);
    assert(index >= 0 && index < grid.columns * grid.rows);
    int column = index % grid.columns;
    int row = index / grid.columns;
    int left = part_start(area.width, grid.gap_px, grid.columns, column);
    int right = part_start(area.width, grid.gap_px, grid.columns, column + 1);
    int top = part_start(area.height, grid.gap_px, grid.rows, row);
    int bottom = part_start(area.height, grid.gap_px, grid.rows, row + 1);
    return (struct rect){area.x + left, area.y + top,
                         larger(0, right - left - grid.gap_px),
                         larger(0, bottom - top - grid.gap_px)};
}
