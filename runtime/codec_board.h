/* Boards as payloads of topic board/<hall>. */
#ifndef GUICHET_RUNTIME_CODEC_BOARD_H
#define GUICHET_RUNTIME_CODEC_BOARD_H

#include <stddef.h>

#include "core/error.h"
#include "runtime/documents.h"

/* Write `board` as JSON into `buffer` of `capacity` bytes (PAYLOAD_BYTES_MAX holds the
 * largest) and its length to `*ret_length`; the text is not terminated. ERR_LIMIT when it
 * does not fit: `*ret_length` is untouched then. Allocates nothing. */
enum status board_encode(const struct board_document *board, char *buffer,
                         size_t capacity, size_t *ret_length, struct error *err);

/* Read a board from `length` bytes. On failure `err` names the field and `ret_board` is
 * untouched. Unknown fields are ignored; lists longer than the limits are refused. */
enum status board_decode(const char *bytes, size_t length,
                         struct board_document *ret_board, struct error *err);

#endif
