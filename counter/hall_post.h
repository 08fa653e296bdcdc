/* The window of a reception or a supervisor with its link. */
#ifndef GUICHET_COUNTER_HALL_POST_H
#define GUICHET_COUNTER_HALL_POST_H

#include <stdbool.h>

#include "core/error.h"
#include "runtime/command_line.h"
#include "runtime/program_config.h"

/* Open the window and work until it is closed or a signal ends it; signals must be
 * blocked already. `line` says where pictures and descriptions go. `ret_starts_again`:
 * whether to start again with the configuration file as it is now (SIGHUP), which is
 * sound. Fails with a sentence when it cannot start. */
enum status hall_post_run(const struct command_line *line,
                          const struct program_config *config, bool *ret_starts_again,
                          struct error *err);

#endif
