/* guichet-display as a whole: configuration, link, window, sound and the loop between
 * them. */
#ifndef GUICHET_DISPLAY_PROGRAM_H
#define GUICHET_DISPLAY_PROGRAM_H

#include "core/error.h"
#include "runtime/command_line.h"
#include "runtime/program_config.h"

struct program_display;

/* Open everything the screen needs; signals must be blocked already. A missing sound is
 * logged and no failure: the picture goes on. The caller ends it with
 * display_destroy(), which accepts NULL. `options` and `config` outlive it. */
enum status display_create(const struct command_line *options,
                           const struct program_config *config,
                           struct program_display **ret_display, struct error *err);
void display_destroy(struct program_display *display);

/* Show, sound and report until a signal or the closing of the window. True when it shall
 * start again with its configuration file as it is now (SIGHUP), which is sound. */
bool display_run(struct program_display *display);

#endif
