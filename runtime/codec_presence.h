/* What devices say of themselves (status, shown), and committed events, as payloads. */
#ifndef GUICHET_RUNTIME_CODEC_PRESENCE_H
#define GUICHET_RUNTIME_CODEC_PRESENCE_H

#include <stddef.h>

#include "core/error.h"
#include "runtime/documents.h"

/* Rules of board_encode() and board_decode(). A status with `is_online` false is the
 * Will:
 * {"online": false}. */
enum status status_encode(const struct status_document *status, char *buffer,
                          size_t capacity, size_t *ret_length, struct error *err);
enum status status_decode(const char *bytes, size_t length,
                          struct status_document *ret_status, struct error *err);
enum status shown_encode(const struct shown_document *shown, char *buffer,
                         size_t capacity, size_t *ret_length, struct error *err);
enum status shown_decode(const char *bytes, size_t length,
                         struct shown_document *ret_shown, struct error *err);
enum status event_encode(const struct event_document *event, char *buffer,
                         size_t capacity, size_t *ret_length, struct error *err);

#endif
