/* A device's one command in flight, from the press to the answer. A pure machine: time
 * comes with every input, and what must be done comes out; storing, sending and showing
 * are the owner's.
 *
 *   idle ──begin──▶ storing ──stored──▶ sending ──reply──▶ answered ──dismiss──▶ idle
 *                      │                   │ │                (or a new begin)
 *                      │                   │ └──reply──▶ refused ──dismiss──▶ idle
 *                      └──store failed─────┼─────────────▲ ▲
 *                                        10 s ▶ unknown ──reply──▶ answered | refused
 *   idle ──resume (stored by a former run)──────▲
 *
 * The same bytes are sent when stored and connected, again after 0.25, 0.5, 1, 2 and 4 s,
 * and at every new connection: the server knows the id and does nothing twice. Without an
 * answer for 10 s the result is *unknown*: that is what the screen says, and the command
 * stays, is sent every 5 s while there is a connection, and is resolved by its reply at
 * last. A reply "unavailable" says that nothing was done and counts as none. */
#ifndef GUICHET_RUNTIME_REQUEST_H
#define GUICHET_RUNTIME_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/limits.h"
#include "runtime/identifier.h"

/* No answer for this long: the result is unknown. */
#define REQUEST_UNKNOWN_AFTER_MS 10000

/* What people should see while they wait: that it is being sent, that there is no link.
 */
#define REQUEST_SHOW_SENDING_MS 100
#define REQUEST_SHOW_NO_LINK_MS 1000

enum request_state {
    REQUEST_IDLE,     /* there is no command */
    REQUEST_STORING,  /* not durable yet, not sent */
    REQUEST_SENDING,  /* durable; sent, or waiting for a connection */
    REQUEST_UNKNOWN,  /* it may have happened or not */
    REQUEST_ANSWERED, /* the server did it */
    REQUEST_REFUSED,  /* the server refused it, or it could not be stored */
    REQUEST_STATE_COUNT
};

enum request_outcome { OUTCOME_DONE, OUTCOME_REFUSED, OUTCOME_UNAVAILABLE };

enum request_input_kind {
    REQUEST_ON_BEGIN,  /* id, bytes, length; only where request_may_begin() */
    REQUEST_ON_RESUME, /* the same, of a command that a former run stored; only when idle
                        */
    REQUEST_ON_STORED,
    REQUEST_ON_STORE_FAILED,
    REQUEST_ON_CONNECTED,
    REQUEST_ON_DISCONNECTED,
    REQUEST_ON_REPLY,   /* id, outcome */
    REQUEST_ON_TICK,    /* time has passed */
    REQUEST_ON_DISMISS, /* the owner has taken note of the answer */
    REQUEST_INPUT_COUNT
};

struct request_input {
    enum request_input_kind kind;
    int64_t now_ms;    /* machine time; never goes back */
    const char *id;    /* a UUIDv7 in text */
    const char *bytes; /* the command's payload, 1 to COMMAND_BYTES_MAX bytes */
    size_t length;
    enum request_outcome outcome;
};

/* What the owner does after a step, in this order. */
struct request_output {
    bool must_store; /* make it durable, then REQUEST_ON_STORED or REQUEST_ON_STORE_FAILED
                      */
    bool must_send;  /* publish request->bytes */
    bool must_clear; /* remove it from the outbox */
    bool has_changed; /* request->state is another one */
    int64_t
        wake_at_ms; /* REQUEST_ON_TICK at this machine time at the latest; INT64_MAX: none
                     */
};

struct request {
    enum request_state state;
    char id[IDENTIFIER_TEXT_BYTES];
    char bytes[COMMAND_BYTES_MAX + 1]; /* with a NUL that is not counted */
    size_t length;
    int64_t began_ms;
    bool is_connected;
    unsigned sent_count;     /* in this connection */
    int64_t next_send_at_ms; /* when connected */
};

/* Idle, not connected. */
void request_init(struct request *request);

/* Whether a new command may begin: none is in flight (an unknown one is). */
bool request_may_begin(const struct request *request);

/* Take one input. Inputs that do not belong to the present state (a reply with another
 * id, a second reply, a late tick) change nothing. */
struct request_output request_step(struct request *request,
                                   const struct request_input *input);

/* How long the command has been on its way; 0 when there is none. */
int64_t request_age_ms(const struct request *request, int64_t now_ms);

/* "idle", "storing", "sending", "unknown", "answered", "refused". */
const char *request_state_name(enum request_state state);

#endif
