/* Keeps a device's command in flight on its own disk, so that a power cut between the
 * press and the answer loses nothing: stored before the first send, read back at the next
 * start, sent again with the same id.
 *
 * One folder belongs to one device and one running program. In it stands `command`:
 *
 *   guichet-outbox 1 <id> <bytes> <checksum>\n<payload>
 *
 * with a checksum of id and payload; written as `command.new`, made durable, renamed, and
 * the folder made durable. A file that is not what was written is moved aside as
 * `command.damaged-N` and never deleted.
 */
#ifndef GUICHET_RUNTIME_OUTBOX_H
#define GUICHET_RUNTIME_OUTBOX_H

#include <stddef.h>

#include "core/error.h"
#include "core/limits.h"
#include "runtime/identifier.h"

struct outbox;

struct outbox_command {
    char id[IDENTIFIER_TEXT_BYTES];
    char bytes[COMMAND_BYTES_MAX + 1]; /* with a NUL that is not counted */
    size_t length;
};

/* Take `folder`, which is made where only its last level is missing. The caller closes
 * the outbox. ERR_REFUSED when another program has it, ERR_IO when it cannot be used. */
enum status outbox_open(const char *folder, struct outbox **ret_outbox,
                        struct error *err);

/* Accepts NULL. */
void outbox_close(struct outbox *outbox);

/* Store the command instead of any other; durable on OK. `id` is a UUIDv7 in text,
 * `length` 1 to COMMAND_BYTES_MAX. ERR_FULL without room, ERR_IO when the disk fails; the
 * command must not be sent then. */
enum status outbox_store(struct outbox *outbox, const char *id, const char *bytes,
                         size_t length, struct error *err);

/* Read the stored command. ERR_NOT_FOUND when there is none; ERR_CORRUPT when the file is
 * damaged: `err` says where it was moved, and the outbox is empty then. */
enum status outbox_read(struct outbox *outbox, struct outbox_command *ret_command,
                        struct error *err);

/* Forget the stored command. It need not be durable: after a power cut it would be sent
 * again, and the server gives the stored answer. OK when there was none. */
enum status outbox_clear(struct outbox *outbox, struct error *err);

#endif
