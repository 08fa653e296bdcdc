/* The kiosk's one command on its way: made with an identifier, stored on disk before the
 * first send, repeated with the same bytes until the server has answered, and found again
 * after a restart. Joins runtime/request and runtime/outbox. */
#ifndef GUICHET_KIOSK_COURIER_H
#define GUICHET_KIOSK_COURIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "runtime/documents.h"

struct courier;

/* Sends the bytes, now or never: they come again. */
typedef void courier_send(void *data, const char *bytes, size_t length);

/* Open the store in `folder`. The caller ends it with courier_destroy(), which accepts
 * NULL. ERR_REFUSED when another program uses the folder, ERR_IO when it cannot be used.
 */
enum status courier_create(const char *folder, struct courier **ret_courier,
                           struct error *err, courier_send *send, void *data);
void courier_destroy(struct courier *courier);

/* Take up the command that a former run left without an answer, and write it and its age
 * in milliseconds by the wall clock `wall_ms` (Unix epoch). ERR_NOT_FOUND when there is
 * none; ERR_CORRUPT when what was stored cannot be read: it is set aside. Before
 * anything else. */
enum status courier_resume(struct courier *courier, struct command_document *ret_command,
                           int64_t *ret_age_ms, int64_t wall_ms, struct error *err);

/* Whether nothing is on its way. */
bool courier_is_free(const struct courier *courier);

/* Store and send `command`, whose `id` is made here; only when courier_is_free(). On
 * failure nothing was stored and nothing will be sent. */
enum status courier_begin(struct courier *courier, struct command_document *command,
                          int64_t wall_ms, struct error *err);

/* The connection came or went; a point in time of courier_wake_ms() was reached. */
void courier_connected(struct courier *courier, bool is_connected);
void courier_time(struct courier *courier, int64_t now_ms);

/* Machine time of the next repetition; INT64_MAX: none. */
int64_t courier_wake_ms(const struct courier *courier);

/* A reply came. True when it is the answer to what is on its way: the courier is free
 * then. "unavailable" is no answer: the command is repeated. */
bool courier_reply(struct courier *courier, const struct reply_document *reply);

#endif
