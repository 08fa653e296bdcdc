/* Asks the server of a site for its status, as an administrator's device at the broker.
 */
#ifndef GUICHET_ADMIN_STATUS_ASK_H
#define GUICHET_ADMIN_STATUS_ASK_H

#include <stddef.h>

#include "core/error.h"
#include "core/limits.h"
#include "runtime/program_config.h"

/* The reply as it came (docs/protocol.md, "Replies"); it is `ok`. */
struct status_reply {
    size_t length;
    char bytes[PAYLOAD_BYTES_MAX + 1]; /* with a NUL that is not counted */
};

/* Connect as `broker` says, send the verb `status` and wait for its reply, 5 s in all. A
 * broker that cannot be reached at once ends the wait. ERR_UNAVAILABLE with a sentence
 * that says who does not answer; ERR_REFUSED with the server's or the broker's own
 * sentence; ERR_IO or ERR_INVALID for a secret that cannot be read. */
enum status status_ask(const struct broker_config *broker, struct status_reply *ret_reply,
                       struct error *err);

#endif
