/* The icons as shapes: each is a table of discs, strokes, boxes and triangles in two
 * layers, body and ink, so that it is sharp at every size and needs no file. */
#ifndef GUICHET_UI_ICON_H
#define GUICHET_UI_ICON_H

#include <stdint.h>

#include "ui/draw.h"

enum icon_layer { ICON_BODY, ICON_INK, ICON_LAYER_COUNT };

/* Paint how much of each pixel the layer of `icon` covers into `ret_cover`, `size_px`
 * rows of `size_px` bytes; what was there is overwritten. */
void icon_paint(enum icon icon, enum icon_layer layer, int size_px, uint8_t *ret_cover);

#endif
