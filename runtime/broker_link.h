/* Makes a device's link from the section [broker] of its configuration file. */
#ifndef GUICHET_RUNTIME_BROKER_LINK_H
#define GUICHET_RUNTIME_BROKER_LINK_H

#include "core/error.h"
#include "runtime/link.h"
#include "runtime/program_config.h"

/* As link_create(), with address, identity, secret or certificate and the Will (retained
 * on the device's own status topic) from `broker`. `form` brings what is left: the loop,
 * or wake and wake_data. ERR_IO or ERR_INVALID when the secret cannot be read. */
enum status broker_link_create(const struct broker_config *broker,
                               const struct link_options *form,
                               const struct link_handlers *handlers,
                               struct link **ret_link, struct error *err);

#endif
