/* The hardware call button: a key on an input device and nothing else. No window, no SDL.
 */
#ifndef GUICHET_COUNTER_CALL_BUTTON_H
#define GUICHET_COUNTER_CALL_BUTTON_H

#include "core/error.h"
#include "runtime/program_config.h"

/* Work until SIGTERM. `config->button` names the device and the counter. A device that
 * vanishes (a plug pulled) is looked for again every second. Fails with a sentence when
 * it cannot start. */
enum status call_button_run(const struct program_config *config, struct error *err);

#endif
