/* Gathers the commands that one turn of the loop brings and answers them together, after
 * one commit. */
#ifndef GUICHET_SERVER_INTAKE_H
#define GUICHET_SERVER_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/limits.h"
#include "runtime/mailbox.h"
#include "server/describe.h"
#include "server/dispatch.h"
#include "server/office.h"

/* Commands that one group may hold; more wait for the next. */
#define INTAKE_COMMANDS_MAX 256

/* Bytes of all replies of a group. */
#define INTAKE_REPLIES_BYTES ((size_t)16 * PAYLOAD_BYTES_MAX)

/* A reply that waits for the commit. */
struct intake_reply {
    char topic[128];
    size_t offset; /* into `replies` */
    size_t length;
    size_t correlation_length;
    unsigned char correlation[64];
    enum sender sender;
    char id[ID_LENGTH_MAX + 1]; /* of the device */
    size_t command_length;
    char command[COMMAND_BYTES_MAX]; /* to answer `unavailable` by its id */
};

struct intake {
    size_t count;
    size_t used_bytes;
    struct reply_document *scratch;
    struct intake_reply *pending; /* INTAKE_COMMANDS_MAX */
    char *replies;                /* INTAKE_REPLIES_BYTES */
};

/* ERR_LIMIT when there is no memory. */
enum status intake_init(struct intake *intake, struct error *err);
void intake_finish(struct intake *intake);

/* Whether the group must be closed before another command is taken. */
bool intake_is_full(const struct intake *intake, const struct office *office);

/* Take the message `message` on the command topic of device `kind`/`id` into the group.
 * `aside` is called for what is not the queue's: it writes the reply (intake->scratch is
 * filled up to id and time) into the buffer and returns its length. Failures spoil the
 * group, see office_recover(). A kind that has no commands is ignored. */
struct intake_aside {
    size_t (*answer)(void *context, const struct dispatched *dispatched,
                     struct reply_document *reply, char *buffer, size_t capacity);
    void *context;
};
enum status intake_take(struct intake *intake, struct office *office,
                        const struct moment *moment, const struct message *message,
                        const struct intake_aside *aside, struct error *err);

/* After a commit, or with is_lost after a failure that could be recovered: hand every
 * reply, or `unavailable` in its place, to `send`, and empty the group. */
void intake_answer(struct intake *intake, bool is_lost, int64_t now_ms,
                   void (*send)(void *context, const struct intake_reply *reply,
                                const char *payload),
                   void *context);

#endif
