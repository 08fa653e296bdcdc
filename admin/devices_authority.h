/* The site's own certificate authority: keys and certificates of the broker and of
 * devices, and the list of those revoked. Everything is P-256 and starts in 2020, so that
 * a device without a clock battery can connect. */
#ifndef GUICHET_ADMIN_DEVICES_AUTHORITY_H
#define GUICHET_ADMIN_DEVICES_AUTHORITY_H

#include "admin/devices_files.h"
#include "admin/devices_registry.h"
#include "core/error.h"

/* Make authority/ca.key and tls/ca.crt in the folder unless they are there. The
 * certificate holds for 20 years. */
enum status devices_authority_create(const struct devices_folder *folder,
                                     const char *site, struct error *err);

/* Make tls/broker.key and tls/broker.crt for a broker that is reached as `address` and,
 * where not empty, as `host`. It serves TLS and nothing else: it cannot be used as a
 * device. Holds for 10 years. */
enum status devices_authority_issue_broker(const struct devices_folder *folder,
                                           const char *address, const char *host,
                                           struct error *err);

/* Make devices/<identity>.key and .crt, good for connecting as a client and nothing else;
 * stores serial number and last day in `device`. Holds for 10 years, the life of the
 * machine; revocation, not expiry, is what ends it early. */
enum status devices_authority_issue(const struct devices_folder *folder,
                                    struct registered_device *device, struct error *err);

/* Today in UTC, "2026-11-23": the date of a revocation. */
enum status devices_authority_today(char ret_date[DATE_BYTES], struct error *err);

/* Write tls/revoked.pem, the list of revoked certificates, good for ever: a list that
 * runs out would lock the whole hall out. */
enum status devices_authority_write_revoked(const struct devices_folder *folder,
                                            const struct devices_registry *registry,
                                            struct error *err);

#endif
