/* Reads the load of a simulation: who comes, how long services last, who is on duty. */
#ifndef GUICHET_ADMIN_SIMULATE_LOAD_H
#define GUICHET_ADMIN_SIMULATE_LOAD_H

#include "core/site.h"
#include "figures/load.h"
#include "runtime/config.h"

/* The table of the file, for --print-config. */
const struct config_schema *simulate_load_schema(void);

/* Read the load at `path` for `site`. ERR_INVALID: `errors` lists everything wrong and
 * `ret_load` is not to be used; otherwise it keeps every rule of figures/load.h and the
 * caller ends it with load_finish(). */
enum status simulate_load_read(const char *path, const struct site *site,
                               struct load *ret_load, struct config_errors *errors);

#endif
