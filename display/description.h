/* The present picture as a file of text, for tests and for people without the screen:
 *
 *   size 1920x1080
 *   rect … / text … / icon …        one line each, as draw_list_text() writes them
 *   target 20 45,100 600x120 "Label"   what can be pressed, in reading order
 */
#ifndef GUICHET_DISPLAY_DESCRIPTION_H
#define GUICHET_DISPLAY_DESCRIPTION_H

#include "core/error.h"
#include "core/text.h"
#include "ui/draw.h"
#include "ui/input.h"

/* Write the description of a picture into `text`. */
void description_write(const struct draw_list *list, const struct target_list *targets,
                       struct text *text);

struct description;

/* A description kept at `path`, which is copied. NULL when memory is out;
 * description_destroy() accepts NULL and leaves the file. */
struct description *description_create(const char *path);
void description_destroy(struct description *description);

/* Replace the file in one step when the picture differs from the last one written. */
enum status description_update(struct description *description,
                               const struct draw_list *list,
                               const struct target_list *targets, struct error *err);

#endif
