/* Makes what the broker reads from the registry and the templates of broker-config/. */
#ifndef GUICHET_ADMIN_DEVICES_GENERATE_H
#define GUICHET_ADMIN_DEVICES_GENERATE_H

#include "admin/devices_registry.h"
#include "core/error.h"
#include "core/text.h"

/* Where a device with a certificate keeps its files, on its own machine. */
#define DEVICE_DIR "/etc/guichet"

/* mosquitto.conf for the broker whose files are in `folder` (absolute path). */
void devices_generate_conf(const struct devices_registry *registry, const char *folder,
                           struct text *text);

/* The rights: one block per device. Fails when the template has no section for a kind. */
enum status devices_generate_acl(const struct devices_registry *registry,
                                 struct text *text, struct error *err);

/* The names and hashes of those who prove themselves by a password. */
void devices_generate_passwords(const struct devices_registry *registry,
                                struct text *text);

/* What a program needs to reach the broker, as a section [broker] of its configuration.
 * A secret stays where it is, in `folder`; a certificate is for another machine, where it
 * lies in DEVICE_DIR. */
void devices_generate_link(const struct devices_registry *registry,
                           const struct registered_device *device, const char *folder,
                           struct text *text);

#endif
