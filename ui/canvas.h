/* Pixels in memory and the few ways to paint them: filled and outlined round rectangles,
 * and masks (texts and icons) in one colour. Edges are anti-aliased; blending is done on
 * the stored sRGB values, as SDL does. */
#ifndef GUICHET_UI_CANVAS_H
#define GUICHET_UI_CANVAS_H

#include <stdint.h>

#include "ui/draw.h"
#include "ui/geometry.h"

/* 32-bit pixels, 0x00RRGGBB in the machine's byte order. Does not own them. */
struct canvas {
    uint32_t *pixels;
    int width_px;
    int height_px;
    int pitch_px; /* pixels from one row to the next */
};

/* How much of each pixel is covered, 0 to 255, row by row. Does not own the bytes. */
struct mask {
    uint8_t *cover;
    int width_px;
    int height_px;
    int pitch;
};

/* All functions leave pixels outside `clip` (and outside the canvas) as they are. */
void canvas_rect(struct canvas *canvas, struct rect clip, const struct draw_rect *rect);
void canvas_mask(struct canvas *canvas, struct rect clip, const struct mask *mask, int x,
                 int y, struct colour colour);

#endif
