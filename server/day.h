/* The server's own commands: its clock, its site, its business day. Private to server/.
 */
#ifndef GUICHET_SERVER_DAY_H
#define GUICHET_SERVER_DAY_H

#include "core/command.h"
#include "core/error.h"
#include "server/server.h"

/* Bring server->moment up to now; returns office time. */
int64_t day_look_at_clocks(struct server *server);

/* Execute a command of the server's own in a transaction of its own and publish its
 * events. No group may be open. ERR_REFUSED, or after a recovered failure ERR_FULL or
 * ERR_UNAVAILABLE: nothing was done. Any other failure ends the program. */
enum status day_execute(struct server *server, const struct command *command,
                        struct error *err);

/* Do what the local time asks for: days and services. A full disk is logged and tried
 * again at the next tick. */
enum status day_follow_schedule(struct server *server, struct error *err);

/* Start office time and journal its mode. */
enum status day_start_clock(struct server *server, const struct server_options *options,
                            struct error *err);

#endif
