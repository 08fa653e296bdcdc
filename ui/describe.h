/* Writes what a window shows as text into a file, for tests, for the demonstration and
 * for programs that read a screen aloud: which page, what can be pressed where, and every
 * text. */
#ifndef GUICHET_UI_DESCRIBE_H
#define GUICHET_UI_DESCRIBE_H

#include "core/error.h"
#include "ui/draw.h"
#include "ui/input.h"

/* Replace the file `path` at once by
 *
 *     <head>                                    lines of the program's own: page, state
 *     target ID X Y WIDTH HEIGHT enabled "label"   (or disabled), one a target
 *     <the draw list as draw_list_text() writes it>
 *
 * ERR_IO when it cannot be written. */
enum status describe_write(const char *path, const char *head,
                           const struct draw_list *list,
                           const struct target_list *targets, struct error *err);

#endif
