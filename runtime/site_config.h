/* Reads site.conf: halls, services, counters, priority classes and devices of one site.
 */
#ifndef GUICHET_RUNTIME_SITE_CONFIG_H
#define GUICHET_RUNTIME_SITE_CONFIG_H

#include <stddef.h>

#include "core/error.h"
#include "core/site.h"
#include "runtime/config.h"

/* The table of site.conf, for --print-config, the manual and the documentation. */
const struct config_schema *site_config_schema(void);

/* Read the site at `path`. OK: `ret_site` keeps every rule of site_check() and its
 * published part fits one payload (config_encode()); `errors` may hold warnings.
 * ERR_INVALID: `errors` lists everything wrong and `ret_site` is untouched. */
enum status site_config_load(const char *path, struct site *ret_site,
                             struct config_errors *errors);

/* The same for `length` bytes of text; `name` stands for the file in messages. */
enum status site_config_parse(const char *name, const char *bytes, size_t length,
                              struct site *ret_site, struct config_errors *errors);

#endif
