/* Turns a message on a command topic into an executed command and its reply. */
#ifndef GUICHET_SERVER_DISPATCH_H
#define GUICHET_SERVER_DISPATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "runtime/documents.h"
#include "server/describe.h"
#include "server/office.h"

/* Ticks of 2 s after which a press is from before an outage. */
#define STALE_AFTER_TICKS 5

/* A command as the broker handed it over; all pointers are borrowed for the call. */
struct incoming {
    enum sender sender;
    const char *id;       /* of the device, from the topic */
    const char *identity; /* "kiosk-hall1": the key of stored answers */
    const char *bytes;    /* the payload */
    size_t length;
    bool has_foreign_response_topic;
};

/* What was asked beside the queue's own commands; the caller does it. */
enum aside {
    ASIDE_NONE,
    ASIDE_STATUS,     /* encode the server's status into the reply */
    ASIDE_STEP_CLOCK, /* advance stepped office time by `seconds` */
    ASIDE_CLOSE_DAY,  /* close the business day, which takes more than one group */
};

struct dispatched {
    enum aside aside;
    uint32_t seconds;
    size_t reply_length; /* bytes written; 0 with ASIDE_… : the caller writes the reply */
};

/* Where a reply is composed and written. */
struct reply_space {
    struct reply_document *scratch;
    char *bytes;
    size_t capacity; /* at least PAYLOAD_BYTES_MAX */
};

/* Execute `incoming` at `moment` and write the reply into `space`. A refusal of any kind
 * is OK with a reply that says so. Other results spoil the group, see office_recover().
 * The reply must not be sent before office_commit(). */
enum status dispatch_command(struct office *office, const struct moment *moment,
                             const struct incoming *incoming,
                             const struct reply_space *space,
                             struct dispatched *ret_dispatched, struct error *err);

/* Write the reply that nothing was done and trying again is right. Returns its length. */
size_t dispatch_unavailable(const struct incoming *incoming, int64_t now_ms,
                            const struct reply_space *space);

#endif
