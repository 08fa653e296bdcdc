/* Which part of the picture differs from the one before.
 *
 * The picture is divided into cells. Every command is hashed into the cells it touches,
 * in order; a cell whose hash is another than last time is painted again. Commands may so
 * come, go and move without being matched to those of the picture before. */
#ifndef GUICHET_UI_DAMAGE_H
#define GUICHET_UI_DAMAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/draw.h"
#include "ui/geometry.h"

/* Side of a cell in pixels: a counter's light is about two cells wide. */
#define DAMAGE_CELL_PX 64

/* Most rectangles of one change; beyond, the whole picture counts as changed. */
#define DAMAGE_RECTS_MAX 64

struct damage;

/* NULL when memory is out; damage_destroy() accepts NULL. */
struct damage *damage_create(void);
void damage_destroy(struct damage *damage);

/* Forget the picture: the next one counts as changed everywhere. */
void damage_reset(struct damage *damage);

/* Compare `list` with the one before and remember it. Writes rectangles that do not
 * overlap and together hold every changed pixel to `ret_rects`; returns their number, 0
 * when the pictures are the same. A list of another size counts as changed everywhere. */
size_t damage_update(struct damage *damage, const struct draw_list *list,
                     struct rect ret_rects[DAMAGE_RECTS_MAX]);

#endif
