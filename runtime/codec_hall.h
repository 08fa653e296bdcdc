/* The state of a hall as payload of its retained topic. */
#ifndef GUICHET_RUNTIME_CODEC_HALL_H
#define GUICHET_RUNTIME_CODEC_HALL_H

#include <stddef.h>

#include "core/error.h"
#include "runtime/hall_document.h"

/* Both keep the rules of board_encode() and board_decode(). */
enum status hall_encode(const struct hall_document *hall, char *buffer, size_t capacity,
                        size_t *ret_length, struct error *err);
enum status hall_decode(const char *bytes, size_t length, struct hall_document *ret_hall,
                        struct error *err);

#endif
