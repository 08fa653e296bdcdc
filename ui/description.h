/* The present picture of a window as a file of text, for tests, for the demonstration and
 * for programs that read a screen aloud (option --describe of the screens):
 *
 *   page services                                     lines of the program's own, or none
 *   target 32 45 380 990 190 enabled "Permis de conduire"     in reading order; disabled
 *   size 1080x1920
 *   rect … / text … / icon …        one line each, as draw_list_text() writes them */
#ifndef GUICHET_UI_DESCRIPTION_H
#define GUICHET_UI_DESCRIPTION_H

#include "core/error.h"
#include "core/text.h"
#include "ui/draw.h"
#include "ui/input.h"

/* What is described; borrowed. */
struct picture {
    const char *head; /* the program's own lines, each with its end of line; may be empty
                       */
    const struct draw_list *list;
    const struct target_list *targets;
};

/* Write the description of a picture into `text`. */
void description_write(const struct picture *picture, struct text *text);

struct description;

/* A description kept at `path`, which is copied. NULL when memory is out or the path too
 * long; description_destroy() accepts NULL and leaves the file. */
struct description *description_create(const char *path);
void description_destroy(struct description *description);

/* Replace the file in one step when the picture differs from the last one written.
 * ERR_IO when it cannot be written. */
enum status description_update(struct description *description,
                               const struct picture *picture, struct error *err);

#endif
