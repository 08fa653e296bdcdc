/* Asks the server of a site for something, as an administrator's device at the broker. */
#ifndef GUICHET_ADMIN_ASK_H
#define GUICHET_ADMIN_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/limits.h"
#include "runtime/documents.h"
#include "runtime/program_config.h"

/* The reply as it came (docs/protocol.md, "Replies"); it is `ok`. */
struct server_reply {
    size_t length;
    char bytes[PAYLOAD_BYTES_MAX + 1]; /* with a NUL that is not counted */
};

/* Read an administrator's configuration. Everything wrong is listed on stderr; false
 * then. */
bool ask_load_config(const char *path, struct program_config *ret_config);

/* Connect as `broker` says, send `command` (all but its id) and wait for its reply, 5 s
 * in all; it is sent again with the same id until then, and done once. A broker that
 * cannot be reached at once ends the wait. ERR_UNAVAILABLE with a sentence that says who
 * does not answer; ERR_REFUSED with the server's or the broker's own sentence; ERR_IO or
 * ERR_INVALID for a secret that cannot be read. */
enum status server_ask(const struct broker_config *broker,
                       const struct command_document *command,
                       struct server_reply *ret_reply, struct error *err);

#endif
