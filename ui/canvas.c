/* Painting on pixels; see canvas.h.
 *
 * A round rectangle is painted row by row. Only pixels near a round corner need their
 * coverage computed (distance of the pixel's centre to the arc, one pixel of ramp); all
 * others are whole runs of one colour. */
#include "ui/canvas.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static uint32_t packed(struct colour colour)
{
    return (uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | colour.blue;
}

/* Two channels at a time in the even bytes; `part` is 0 to 256. */
static uint32_t blended(uint32_t under, uint32_t over, uint32_t part)
{
    uint32_t red_blue = under & 0xFF00FFU;
    uint32_t green = under & 0x00FF00U;
    red_blue += (((over & 0xFF00FFU) - red_blue) * part) >> 8;
    green += (((over & 0x00FF00U) - green) * part) >> 8;
    return (red_blue & 0xFF00FFU) | (green & 0x00FF00U);
}

/* 0..255 as a part of 256, so that 255 covers. */
static uint32_t part_of(unsigned alpha)
{
    return alpha + (alpha >> 7);
}

static void paint_run(uint32_t *pixels, int count, struct colour colour)
{
    uint32_t value = packed(colour);
    if (colour.alpha == 255) {
        for (int i = 0; i < count; i++) {
            pixels[i] = value;
        }
    } else if (colour.alpha > 0) {
        uint32_t part = part_of(colour.alpha);
        for (int i = 0; i < count; i++) {
            pixels[i] = blended(pixels[i], value, part);
        }
    }
}

static void paint_pixel(uint32_t *pixel, struct colour colour, float cover)
{
    unsigned alpha = (unsigned)((float)colour.alpha * cover + 0.5F);
    *pixel = blended(*pixel, packed(colour), part_of(alpha));
}

struct shape {
    int width;
    int height;
    int radius;
    unsigned corners;
};

static float clamped(float value)
{
    return value < 0.0F ? 0.0F : value > 1.0F ? 1.0F : value;
}

/* How much of pixel (x, y) the shape covers, 0 to 1. */
static float shape_cover(const struct shape *shape, int x, int y)
{
    if (x < 0 || y < 0 || x >= shape->width || y >= shape->height) {
        return 0.0F;
    }
    bool is_left = 2 * x < shape->width;
    bool is_top = 2 * y < shape->height;
    unsigned corner = is_top ? (is_left ? CORNER_TOP_LEFT : CORNER_TOP_RIGHT)
                             : (is_left ? CORNER_BOTTOM_LEFT : CORNER_BOTTOM_RIGHT);
    float from_side = (float)(is_left ? x : shape->width - 1 - x) + 0.5F;
    float from_edge = (float)(is_top ? y : shape->height - 1 - y) + 0.5F;
    float radius = (float)shape->radius;
    if (!(shape->corners & corner) || from_side >= radius || from_edge >= radius) {
        return 1.0F;
    }
    float dx = radius - from_side;
    float dy = radius - from_edge;
    return clamped(radius + 0.5F - sqrtf(dx * dx + dy * dy));
}

struct outline {
    struct shape outer;
    struct shape inner; /* without the outline */
    int stroke;
    struct colour fill_colour;
    struct colour stroke_colour;
};

static void paint_edge_pixel(uint32_t *pixel, const struct outline *outline, int x, int y)
{
    float outer = shape_cover(&outline->outer, x, y);
    float inner = shape_cover(&outline->inner, x - outline->stroke, y - outline->stroke);
    /* The fill reaches under the inner half of the outline's ramp, so that no ground
     * shines through between the two. */
    if (outline->stroke == 0) {
        paint_pixel(pixel, outline->fill_colour, inner);
        return;
    }
    paint_pixel(pixel, outline->fill_colour,
                outer > inner && inner > 0.0F ? 1.0F : inner);
    paint_pixel(pixel, outline->stroke_colour,
                outer - inner > 0.0F ? outer - inner : 0.0F);
}

/* Paint row `y` of the outline from `left` to `right` (both relative to the shape). */
static void paint_row(uint32_t *row, const struct outline *outline, int y, int left,
                      int right)
{
    int width = outline->outer.width;
    int radius = outline->outer.radius;
    bool is_corner_row = y < radius || y >= outline->outer.height - radius;
    int margin = is_corner_row && radius > outline->stroke ? radius : outline->stroke;
    int run_start = margin < left ? left : margin;
    int run_end = width - margin > right ? right : width - margin;
    for (int x = left; x < right && x < run_start; x++) {
        paint_edge_pixel(row + x, outline, x, y);
    }
    if (run_end > run_start) {
        bool is_stroke =
            y < outline->stroke || y >= outline->outer.height - outline->stroke;
        paint_run(row + run_start, run_end - run_start,
                  is_stroke ? outline->stroke_colour : outline->fill_colour);
    }
    for (int x = run_end > run_start ? run_end : run_start; x < right; x++) {
        paint_edge_pixel(row + x, outline, x, y);
    }
}

void canvas_rect(struct canvas *canvas, struct rect clip, const struct draw_rect *rect)
{
    struct rect whole = {0, 0, canvas->width_px, canvas->height_px};
    struct rect seen = rect_intersect(rect_intersect(rect->at, clip), whole);
    int shorter = rect->at.width < rect->at.height ? rect->at.width : rect->at.height;
    int radius = rect->radius_px < shorter / 2 ? rect->radius_px : shorter / 2;
    int stroke = rect->stroke_px < shorter / 2 ? rect->stroke_px : shorter / 2;
    unsigned corners = rect->corners ? rect->corners : CORNERS_ALL;
    struct outline outline = {
        .outer = {rect->at.width, rect->at.height, radius, corners},
        .inner = {rect->at.width - 2 * stroke, rect->at.height - 2 * stroke,
                  radius > stroke ? radius - stroke : 0, corners},
        .stroke = stroke,
        .fill_colour = rect->fill,
        .stroke_colour = rect->stroke,
    };
    int left = seen.x - rect->at.x;
    for (int y = seen.y; y < seen.y + seen.height; y++) {
        /* The row's pixel 0 is the shape's left edge, which may lie left of the canvas:
         * only offsets from `left` on are formed. */
        uint32_t *from = canvas->pixels + (ptrdiff_t)y * canvas->pitch_px + seen.x;
        paint_row(from - left, &outline, y - rect->at.y, left, left + seen.width);
    }
}

static void mask_row(uint32_t *pixels, const uint8_t *cover, int count,
                     struct colour colour)
{
    uint32_t value = packed(colour);
    uint32_t alpha = part_of(colour.alpha);
    int i = 0;
    while (i < count) {
        uint64_t eight;
        if (count - i >= 8) {
            memcpy(&eight, cover + i, sizeof(eight));
            if (eight == 0) {
                i += 8; /* most of a text's box is empty */
                continue;
            }
        }
        uint32_t part = (part_of(cover[i]) * alpha) >> 8;
        if (part == 256) {
            pixels[i] = value;
        } else if (part > 0) {
            pixels[i] = blended(pixels[i], value, part);
        }
        i++;
    }
}

void canvas_mask(struct canvas *canvas, struct rect clip, const struct mask *mask, int x,
                 int y, struct colour colour)
{
    struct rect whole = {0, 0, canvas->width_px, canvas->height_px};
    struct rect at = {x, y, mask->width_px, mask->height_px};
    struct rect seen = rect_intersect(rect_intersect(at, clip), whole);
    for (int row = seen.y; row < seen.y + seen.height; row++) {
        const uint8_t *cover = mask->cover + (ptrdiff_t)(row - y) * mask->pitch;
        mask_row(canvas->pixels + (ptrdiff_t)row * canvas->pitch_px + seen.x,
                 cover + (seen.x - x), seen.width, colour);
    }
}
