/* Paints draw lists with real fonts, on any pixels: a window's or those of a picture
 * file. */
#ifndef GUICHET_UI_PAINTER_H
#define GUICHET_UI_PAINTER_H

#include "core/error.h"
#include "ui/canvas.h"
#include "ui/draw.h"
#include "ui/measure.h"

struct painter;

/* Open the fonts below `font_directory` (FONT_DIRECTORY of ui/font.h for Debian's). The
 * caller ends it with painter_destroy(), which accepts NULL. Fails as font_set_open(). */
enum status painter_create(const char *font_directory, struct painter **ret_painter,
                           struct error *err);
void painter_destroy(struct painter *painter);

/* Widths by this painter's fonts; valid as long as the painter. */
struct text_measure painter_measure(struct painter *painter);

/* Paint what of `list` lies inside `clip`. A text that cannot be drawn (memory is out) is
 * left out: the rest of a board is worth showing. */
void painter_paint(struct painter *painter, struct canvas *canvas, struct rect clip,
                   const struct draw_list *list);

/* Paint the whole list and write it to the PNG file `path`, without any window. */
enum status painter_save(struct painter *painter, const struct draw_list *list,
                         const char *path, struct error *err);

/* Write the canvas to the PNG file `path`. */
enum status canvas_save(const struct canvas *canvas, const char *path, struct error *err);

#endif
