/* Commands as payloads: devices write them, the server reads them with every rule of
 * docs/protocol.md that does not need the state of the queue. */
#ifndef GUICHET_RUNTIME_CODEC_COMMAND_H
#define GUICHET_RUNTIME_CODEC_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "runtime/documents.h"

/* What is wrong with a command that cannot be given to the queue. */
enum command_fault {
    COMMAND_FAULT_NONE,
    COMMAND_FAULT_MALFORMED,        /* no JSON object with a valid id; ret id is empty */
    COMMAND_FAULT_VERB_UNKNOWN,     /* there is no such verb */
    COMMAND_FAULT_VERB_NOT_ALLOWED, /* not for this kind of device */
    COMMAND_FAULT_FIELD,            /* a field is missing or has no valid value */
    COMMAND_FAULT_COUNT
};

/* "malformed", "verb-unknown", … as in field `code` of a reply. */
const char *command_fault_code(enum command_fault fault);

/* Whether a device of this kind may send the command's verb. */
bool command_is_allowed(enum sender sender, enum action action, enum verb verb);

/* Write the fields that the command's verb has and, for SENDER_COUNTER and
 * SENDER_BUTTON, version, epoch and tick. Rules of board_encode(); COMMAND_BYTES_MAX
 * holds every command. */
enum status command_encode(const struct command_document *command, enum sender sender,
                           char *buffer, size_t capacity, size_t *ret_length,
                           struct error *err);

/* Read the command of a device of kind `sender` from `length` bytes. On failure
 * `*ret_fault` says which code the reply gets and `err` holds the sentence for people;
 * `ret_command->id` is the id where it could be read and empty otherwise, nothing else of
 * it is to be used. On success `*ret_fault` is COMMAND_FAULT_NONE. */
enum status command_decode(const char *bytes, size_t length, enum sender sender,
                           struct command_document *ret_command,
                           enum command_fault *ret_fault, struct error *err);

#endif
