/* The states of counters and services as payloads of their retained topics. */
#ifndef GUICHET_RUNTIME_CODEC_COUNTER_H
#define GUICHET_RUNTIME_CODEC_COUNTER_H

#include <stddef.h>

#include "core/error.h"
#include "runtime/documents.h"

/* The four functions keep the rules of board_encode() and board_decode(). */
enum status counter_encode(const struct counter_document *counter, char *buffer,
                           size_t capacity, size_t *ret_length, struct error *err);
enum status counter_decode(const char *bytes, size_t length,
                           struct counter_document *ret_counter, struct error *err);
enum status service_encode(const struct service_document *service, char *buffer,
                           size_t capacity, size_t *ret_length, struct error *err);
enum status service_decode(const char *bytes, size_t length,
                           struct service_document *ret_service, struct error *err);

#endif
