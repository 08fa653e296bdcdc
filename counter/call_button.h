/* The hardware call button: a key on an input device and nothing else. No window, no SDL.
 */
#ifndef GUICHET_COUNTER_CALL_BUTTON_H
#define GUICHET_COUNTER_CALL_BUTTON_H

#include <stdbool.h>

#include "core/error.h"
#include "runtime/command_line.h"
#include "runtime/program_config.h"

/* Work until SIGTERM or SIGINT. `ret_starts_again`: whether to start again with the
 * configuration file as it is now (SIGHUP), which is sound. `config->button` names the
 * device and the counter. A device that vanishes (a plug pulled) is looked for again
 * every second. Fails with a sentence when it cannot start. */
enum status call_button_run(const struct command_line *line,
                            const struct program_config *config, bool *ret_starts_again,
                            struct error *err);

#endif
