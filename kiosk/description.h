/* The present picture as a file of text, for tests and for people without the screen:
 *
 *   page services
 *   screen 1080x1920
 *   target 32 45 380 990 190 enabled "Permis de conduire"    in reading order
 *   rect … / text … / icon …        one line each, as draw_list_text() writes them
 */
#ifndef GUICHET_KIOSK_DESCRIPTION_H
#define GUICHET_KIOSK_DESCRIPTION_H

#include "core/error.h"
#include "core/text.h"
#include "ui/draw.h"
#include "ui/input.h"

/* What is described; borrowed. */
struct picture {
    const char *page; /* its name */
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
