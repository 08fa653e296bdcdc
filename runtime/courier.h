/* Brings a device's commands to the server and its replies back: the request machine with
 * its link, its outbox and its identifiers. One command is in flight at a time; it is on
 * the disk before it leaves, and sent again until it is answered, also after a restart.
 */
#ifndef GUICHET_RUNTIME_COURIER_H
#define GUICHET_RUNTIME_COURIER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "runtime/documents.h"
#include "runtime/link.h"
#include "runtime/mailbox.h"
#include "runtime/request.h"

struct courier;

struct courier_options {
    const char *site;
    enum sender sender;
    const char *id;     /* of the device */
    const char *folder; /* of its own: no other program may use it */
};

/* Make the courier of device `sender`/`id` of `site`, which keeps its command in
 * `folder`. A command that a former run left there is resumed; one that cannot be read is
 * set aside and logged. ERR_REFUSED when another program uses the folder, ERR_IO when it
 * cannot be used. The caller destroys it before the link. */
enum status courier_create(const struct courier_options *options, int64_t now_ms,
                           struct courier **ret_courier, struct error *err);

/* Accepts NULL. */
void courier_destroy(struct courier *courier);

/* Subscribe to the device's reply topic: before link_start(). */
enum status courier_subscribe(const struct courier *courier, struct link *link,
                              struct error *err);

/* The command on its way, as it was stored, and its age in milliseconds by the wall clock
 * `wall_ms` (Unix epoch; negative when the clock was set back): for a program that starts
 * again and finds one. False when there is none or its bytes are no command of this
 * device. */
bool courier_find(const struct courier *courier, int64_t wall_ms,
                  struct command_document *ret_command, int64_t *ret_age_ms);

/* Tell whether the link is there; `link` is where commands leave. */
void courier_set_link(struct courier *courier, struct link *link, bool is_connected,
                      int64_t now_ms);

/* Whether a command may begin: none is in flight whose result could still come soon. */
bool courier_may_begin(const struct courier *courier);

/* Begin `command`: its id is made here (from the wall clock), the rest is the caller's. A
 * sign-in holds a code and is the one command that is not put on the disk: a program that
 * starts again asks for it again.
 * ERR_REFUSED when another is in flight; ERR_IO or ERR_FULL when it cannot be stored: it
 * is then not sent. */
enum status courier_begin(struct courier *courier, struct command_document *command,
                          int64_t now_ms, struct error *err);

/* Take a message if it is on the reply topic. Returns true when it answers the command in
 * flight; `ret_reply` is the reply then. */
bool courier_take(struct courier *courier, const struct message *message, int64_t now_ms,
                  struct reply_document *ret_reply);

/* Time has passed: send again what must be. */
void courier_tick(struct courier *courier, int64_t now_ms);

/* Machine time at which courier_tick() is due; INT64_MAX: never. */
int64_t courier_wake_ms(const struct courier *courier);

/* The request as it stands: for what screens show. */
const struct request *courier_request(const struct courier *courier);

#endif
