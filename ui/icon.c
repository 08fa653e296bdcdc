/* Shapes of the icons; see icon.h.
 *
 * Coordinates are thousandths of the icon's side. Each part has a signed distance
 * (negative inside); a pixel's coverage is 0.5 minus the distance of its centre in
 * pixels, clamped. The parts of a layer are joined; a hole takes away what the parts
 * before it have covered. */
#include "ui/icon.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

enum part_kind {
    PART_END,
    PART_DISC,   /* x, y: centre; a: radius */
    PART_RING,   /* x, y: centre; a: radius of the middle of the line; b: line width */
    PART_STROKE, /* from x, y to a, b; line width `size`, round ends */
    PART_BOX,    /* x, y: top left; a, b: width and height; `size`: corner radius */
    PART_PEAK,   /* triangle standing on y + b with its tip at x, y; a: half base; `size`:
                  * corner radius */
    PART_ARC,    /* right part of a ring: x, y centre; a: radius; b: line width */
};

struct part {
    enum part_kind kind;
    enum icon_layer layer;
    bool is_hole;
    short x, y, a, b, size;
};

#define PARTS_MAX 9

#define BODY ICON_BODY, false
#define INK  ICON_INK, false
#define HOLE ICON_BODY, true

static const struct part icons[ICON_COUNT][PARTS_MAX] = {
    [ICON_FREE] = {{PART_DISC, BODY, 500, 500, 490, 0, 0},
                   {PART_STROKE, INK, 285, 525, 430, 670, 115},
                   {PART_STROKE, INK, 430, 670, 715, 345, 115}},
    [ICON_BUSY] = {{PART_BOX, BODY, 20, 20, 960, 960, 130},
                   {PART_BOX, INK, 210, 420, 580, 160, 20}},
    [ICON_OFF] = {{PART_RING, BODY, 500, 500, 445, 80, 0}},
    [ICON_PAUSED] = {{PART_RING, BODY, 500, 500, 445, 80, 0},
                     {PART_BOX, BODY, 345, 310, 110, 380, 30},
                     {PART_BOX, BODY, 545, 310, 110, 380, 30}},
    [ICON_ARROW] = {{PART_STROKE, BODY, 90, 500, 880, 500, 160},
                    {PART_STROKE, BODY, 565, 185, 885, 500, 160},
                    {PART_STROKE, BODY, 565, 815, 885, 500, 160}},
    [ICON_BACK] = {{PART_STROKE, BODY, 910, 500, 120, 500, 160},
                   {PART_STROKE, BODY, 435, 185, 115, 500, 160},
                   {PART_STROKE, BODY, 435, 815, 115, 500, 160}},
    [ICON_CHEVRON] = {{PART_STROKE, BODY, 370, 220, 650, 500, 120},
                      {PART_STROKE, BODY, 370, 780, 650, 500, 120}},
    [ICON_CHECK] = {{PART_STROKE, BODY, 130, 530, 390, 790, 140},
                    {PART_STROKE, BODY, 390, 790, 870, 230, 140}},
    [ICON_CROSS] = {{PART_STROKE, BODY, 200, 200, 800, 800, 140},
                    {PART_STROKE, BODY, 200, 800, 800, 200, 140}},
    [ICON_PAUSE] = {{PART_BOX, BODY, 230, 150, 190, 700, 50},
                    {PART_BOX, BODY, 580, 150, 190, 700, 50}},
    [ICON_WARNING] = {{PART_PEAK, BODY, 500, 40, 490, 880, 70},
                      {PART_STROKE, INK, 500, 360, 500, 590, 100},
                      {PART_DISC, INK, 500, 760, 64, 0, 0}},
    [ICON_INFO] = {{PART_DISC, BODY, 500, 500, 490, 0, 0},
                   {PART_STROKE, INK, 500, 470, 500, 735, 110},
                   {PART_DISC, INK, 500, 275, 70, 0, 0}},
    [ICON_CLOCK] = {{PART_RING, BODY, 500, 500, 435, 90, 0},
                    {PART_STROKE, BODY, 500, 500, 500, 250, 90},
                    {PART_STROKE, BODY, 500, 500, 670, 590, 90}},
    [ICON_PRINTER] = {{PART_BOX, BODY, 60, 330, 880, 400, 80},
                      {PART_BOX, HOLE, 200, 540, 600, 200, 20},
                      {PART_BOX, BODY, 230, 80, 540, 180, 30},
                      {PART_BOX, BODY, 265, 600, 470, 330, 30},
                      {PART_BOX, HOLE, 340, 680, 320, 55, 20},
                      {PART_BOX, HOLE, 340, 790, 220, 55, 20},
                      {PART_DISC, HOLE, 810, 435, 40, 0, 0}},
    [ICON_TICKET] = {{PART_BOX, BODY, 190, 50, 620, 900, 70},
                     {PART_DISC, HOLE, 190, 630, 75, 0, 0},
                     {PART_DISC, HOLE, 810, 630, 75, 0, 0},
                     {PART_BOX, HOLE, 300, 190, 400, 80, 30},
                     {PART_BOX, HOLE, 300, 350, 400, 80, 30},
                     {PART_BOX, HOLE, 300, 760, 400, 60, 30}},
    [ICON_PERSON] = {{PART_DISC, BODY, 500, 270, 190, 0, 0},
                     {PART_BOX, BODY, 170, 530, 660, 640, 300},
                     {PART_BOX, HOLE, 0, 930, 1000, 300, 0}},
    [ICON_PERSONS] = {{PART_DISC, BODY, 700, 300, 140, 0, 0},
                      {PART_BOX, BODY, 480, 500, 480, 640, 220},
                      {PART_DISC, HOLE, 350, 300, 215, 0, 0},
                      {PART_BOX, HOLE, 20, 455, 660, 760, 300},
                      {PART_DISC, BODY, 350, 300, 160, 0, 0},
                      {PART_BOX, BODY, 80, 520, 540, 640, 250},
                      {PART_BOX, HOLE, 0, 880, 1000, 400, 0}},
    [ICON_SPEAKER] = {{PART_BOX, BODY, 60, 360, 200, 280, 40},
                      {PART_STROKE, BODY, 200, 430, 430, 230, 90},
                      {PART_STROKE, BODY, 200, 570, 430, 770, 90},
                      {PART_BOX, BODY, 180, 400, 295, 200, 0},
                      {PART_STROKE, BODY, 430, 230, 430, 770, 90},
                      {PART_STROKE, BODY, 320, 340, 320, 660, 200},
                      {PART_ARC, BODY, 480, 500, 240, 85, 0},
                      {PART_ARC, BODY, 480, 500, 430, 85, 0}},
};

static float disc_distance(const struct part *part, float x, float y)
{
    return hypotf(x - (float)part->x, y - (float)part->y) - (float)part->a;
}

static float ring_distance(const struct part *part, float x, float y)
{
    return fabsf(disc_distance(part, x, y)) - (float)part->b / 2.0F;
}

static float stroke_distance(const struct part *part, float x, float y)
{
    float along_x = (float)(part->a - part->x);
    float along_y = (float)(part->b - part->y);
    float from_x = x - (float)part->x;
    float from_y = y - (float)part->y;
    float length = along_x * along_x + along_y * along_y;
    float t = (from_x * along_x + from_y * along_y) / length;
    t = t < 0.0F ? 0.0F : t > 1.0F ? 1.0F : t;
    return hypotf(from_x - t * along_x, from_y - t * along_y) - (float)part->size / 2.0F;
}

static float box_distance(const struct part *part, float x, float y)
{
    float half_width = (float)part->a / 2.0F;
    float half_height = (float)part->b / 2.0F;
    float radius = (float)part->size;
    float dx = fabsf(x - (float)part->x - half_width) - half_width + radius;
    float dy = fabsf(y - (float)part->y - half_height) - half_height + radius;
    float outside = hypotf(dx > 0.0F ? dx : 0.0F, dy > 0.0F ? dy : 0.0F);
    float inside = dx > dy ? dx : dy;
    return outside + (inside < 0.0F ? inside : 0.0F) - radius;
}

/* The largest distance to the three sides; corners are rounded by growing a smaller one.
 */
static float peak_distance(const struct part *part, float x, float y)
{
    float half_base = (float)part->a;
    float height = (float)part->b;
    float radius = (float)part->size;
    float side = hypotf(half_base, height);
    float across = fabsf(x - (float)part->x);
    float down = y - (float)part->y;
    float to_slope = (across * height - down * half_base) / side + radius;
    float to_base = down - height + radius;
    float inside = to_slope > to_base ? to_slope : to_base;
    if (inside <= 0.0F) {
        return inside - radius;
    }
    /* Outside the smaller triangle: the distance to its nearest corner or side. */
    float tip_y = radius * side / half_base;
    float base_y = height - radius;
    float base_x = (base_y - tip_y) * half_base / height;
    float t = (across * half_base + (down - tip_y) * height) /
              (half_base * half_base + height * height);
    float t_max = base_x / half_base;
    t = t < 0.0F ? 0.0F : t > t_max ? t_max : t;
    float slope_part = hypotf(across - t * half_base, down - tip_y - t * height);
    float foot_x = across < base_x ? across : base_x;
    float base_part = hypotf(across - foot_x, down - base_y);
    return (slope_part < base_part ? slope_part : base_part) - radius;
}

/* The part of a ring within 45 degrees of the right, ends cut straight. */
static float arc_distance(const struct part *part, float x, float y)
{
    float across = x - (float)part->x;
    float beyond = (fabsf(y - (float)part->y) - across) * 0.7071F;
    float ring = ring_distance(part, x, y);
    return ring > beyond ? ring : beyond;
}

static float part_distance(const struct part *part, float x, float y)
{
    static float (*const distances[])(const struct part *, float, float) = {
        [PART_DISC] = disc_distance,     [PART_RING] = ring_distance,
        [PART_STROKE] = stroke_distance, [PART_BOX] = box_distance,
        [PART_PEAK] = peak_distance,     [PART_ARC] = arc_distance,
    };
    assert(part->kind != PART_END);
    return distances[part->kind](part, x, y);
}

static float clamped(float value)
{
    return value < 0.0F ? 0.0F : value > 1.0F ? 1.0F : value;
}

/* How much of the pixel with its centre at (x, y) the layer covers; a pixel is `step`
 * wide. */
static float layer_cover(const struct part parts[PARTS_MAX], enum icon_layer layer,
                         float x, float y, float step)
{
    float cover = 0.0F;
    for (size_t i = 0; i < PARTS_MAX && parts[i].kind != PART_END; i++) {
        if (parts[i].layer != layer) {
            continue;
        }
        float own = clamped(0.5F - part_distance(&parts[i], x, y) / step);
        if (parts[i].is_hole) {
            cover = cover < 1.0F - own ? cover : 1.0F - own;
        } else {
            cover = cover > own ? cover : own;
        }
    }
    return cover;
}

void icon_paint(enum icon icon, enum icon_layer layer, int size_px, uint8_t *ret_cover)
{
    assert(icon < ICON_COUNT && size_px >= 1);
    float step = 1000.0F / (float)size_px;
    for (int row = 0; row < size_px; row++) {
        for (int column = 0; column < size_px; column++) {
            float x = ((float)column + 0.5F) * step;
            float y = ((float)row + 0.5F) * step;
            float cover = layer_cover(icons[icon], layer, x, y, step);
            ret_cover[(ptrdiff_t)row * size_px + column] =
                (uint8_t)(cover * 255.0F + 0.5F);
        }
    }
}
