/* A chart as a list of plain shapes, so that the page and the print draw the same one.
 * Units are those of the page: 1 is about a pixel on the screen and 0.67 point on paper;
 * (0, 0) is the upper left corner. */
#ifndef GUICHET_REPORT_CHART_H
#define GUICHET_REPORT_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/arena.h"

/* Colours of the report, chosen to stay apart in grey: dark, middle, light. */
#define COLOR_INK     0x0B1F33
#define COLOR_MUTED   0x44566B
#define COLOR_LINE    0xC9D6E4
#define COLOR_PANEL   0xF2F6FC
#define COLOR_WHITE   0xFFFFFF
#define COLOR_DEEP    0x1B4F9C /* served in time, mean wait */
#define COLOR_AMBER   0xF0B23C /* served later */
#define COLOR_RED     0xB3261E /* not served, longest wait */
#define COLOR_GREEN   0x12723F /* a goal that is met */
#define COLOR_PENDING 0xB9C4D0 /* not decided yet */
#define COLOR_REMARK  0xE6EAEF /* behind the hours that somebody remarked on */

enum shape_kind { SHAPE_RECTANGLE, SHAPE_LINE, SHAPE_PATH, SHAPE_TEXT };

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct point {
    double x;
    double y;
};

struct shape {
    enum shape_kind kind;
    double x; /* rectangle: upper left; line: start; text: anchor on the baseline */
    double y;
    double width;  /* rectangle */
    double height; /* rectangle */
    double x2;     /* line: end */
    double y2;
    const struct point *points; /* path */
    size_t point_count;
    bool has_fill; /* rectangle */
    uint32_t fill_rgb;
    bool has_stroke;
    uint32_t stroke_rgb; /* also of text */
    double stroke_width;
    bool is_dashed;
    double radius; /* rectangle: of its corners */
    const char *text;
    double size; /* text: height of the font */
    bool is_bold;
    enum anchor anchor;
};

struct chart {
    double width;
    double height;
    const char *title;       /* what it shows, as a caption */
    const char *description; /* the same for people who do not see it */
    struct shape *shapes;
    size_t shape_count;
    size_t shape_capacity;
    struct arena *arena;
};

struct chart *chart_create(struct arena *arena, double width, double height);

/* Append a shape. */
void chart_add(struct chart *chart, const struct shape *shape);

void chart_rectangle(struct chart *chart, double x, double y, double width, double height,
                     uint32_t fill_rgb);
void chart_line(struct chart *chart, struct point from, struct point to,
                uint32_t stroke_rgb, double stroke_width);

struct chart_label {
    double x;
    double y;
    const char *text;
    double size;
    uint32_t rgb;
    enum anchor anchor;
    bool is_bold;
};
void chart_text(struct chart *chart, const struct chart_label *label);

#endif
