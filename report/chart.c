/* See chart.h. */
#include "report/chart.h"

#include <string.h>

struct chart *chart_create(struct arena *arena, double width, double height)
{
    struct chart *chart = arena_take(arena, sizeof(*chart));
    chart->arena = arena;
    chart->width = width;
    chart->height = height;
    chart->title = "";
    chart->description = "";
    return chart;
}

void chart_add(struct chart *chart, const struct shape *shape)
{
    if (chart->shape_count == chart->shape_capacity) {
        size_t capacity = chart->shape_capacity > 0 ? 2 * chart->shape_capacity : 64;
        struct shape *shapes = arena_take(chart->arena, capacity * sizeof(*shapes));
        if (chart->shape_count > 0) {
            memcpy(shapes, chart->shapes, chart->shape_count * sizeof(*shapes));
        }
        chart->shapes = shapes;
        chart->shape_capacity = capacity;
    }
    chart->shapes[chart->shape_count] = *shape;
    chart->shape_count++;
}

void chart_rectangle(struct chart *chart, double x, double y, double width, double height,
                     uint32_t fill_rgb)
{
    chart_add(chart, &(struct shape){.kind = SHAPE_RECTANGLE,
                                     .x = x,
                                     .y = y,
                                     .width = width,
                                     .height = height,
                                     .has_fill = true,
                                     .fill_rgb = fill_rgb});
}

void chart_line(struct chart *chart, struct point from, struct point to,
                uint32_t stroke_rgb, double stroke_width)
{
    chart_add(chart, &(struct shape){.kind = SHAPE_LINE,
                                     .x = from.x,
                                     .y = from.y,
                                     .x2 = to.x,
                                     .y2 = to.y,
                                     .has_stroke = true,
                                     .stroke_rgb = stroke_rgb,
                                     .stroke_width = stroke_width});
}

void chart_text(struct chart *chart, const struct chart_label *label)
{
    chart_add(chart, &(struct shape){.kind = SHAPE_TEXT,
                                     .x = label->x,
                                     .y = label->y,
                                     .text = label->text,
                                     .size = label->size,
                                     .stroke_rgb = label->rgb,
                                     .anchor = label->anchor,
                                     .is_bold = label->is_bold});
}
