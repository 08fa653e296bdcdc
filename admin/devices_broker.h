/* Tells the running broker about new files, and ends the connection of a revoked device.
 */
#ifndef GUICHET_ADMIN_DEVICES_BROKER_H
#define GUICHET_ADMIN_DEVICES_BROKER_H

#include <sys/types.h>

#include "core/error.h"

/* The process id in `pid_file`, or 0 when no broker runs: no file, or a process that is
 * not mosquitto any more. */
pid_t devices_broker_find(const char *pid_file);

/* Whether `pid` is a running mosquitto: a signal to another program would end it. */
int devices_broker_is(pid_t pid);

/* Make the broker read names, rights and revoked certificates again (SIGHUP). */
enum status devices_broker_reload(pid_t pid, struct error *err);

/* Connect to the loopback listener on `port` as `identity` with `secret` and leave again:
 * what the broker reads is in force once this succeeds, and a device that was connected
 * by that name is connected no more, because the broker knows one connection per name.
 * Tries for up to 5 s: the broker looks at its signals ten times a second. */
enum status devices_broker_enter(int port, const char *identity, const char *secret,
                                 struct error *err);

#endif
