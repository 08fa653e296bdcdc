/* The server's answers as payloads. */
#ifndef GUICHET_RUNTIME_CODEC_REPLY_H
#define GUICHET_RUNTIME_CODEC_REPLY_H

#include <stddef.h>

#include "core/error.h"
#include "runtime/documents.h"

/* Rules of board_encode() and board_decode(). */
enum status reply_encode(const struct reply_document *reply, char *buffer,
                         size_t capacity, size_t *ret_length, struct error *err);
enum status reply_decode(const char *bytes, size_t length,
                         struct reply_document *ret_reply, struct error *err);

/* Read the field `status` of the reply to the verb `status`. ERR_NOT_FOUND when the reply
 * has none. */
enum status server_status_decode(const char *bytes, size_t length,
                                 struct server_status *ret_status, struct error *err);

#endif
