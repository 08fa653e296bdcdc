/* `guichet devices init`: sets a broker's folder up, or changes its settings. */
#ifndef GUICHET_ADMIN_DEVICES_INIT_H
#define GUICHET_ADMIN_DEVICES_INIT_H

#include "admin/devices_store.h"
#include "core/error.h"

/* Make authority, server identity, rights and mosquitto.conf in the run's folder, from
 * its options over what was there before. */
enum status devices_init_run(struct devices_run *run, struct error *err);

#endif
