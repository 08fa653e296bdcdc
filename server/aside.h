/* Answers the administrator's verbs that are not the queue's. Private to server/. */
#ifndef GUICHET_SERVER_ASIDE_H
#define GUICHET_SERVER_ASIDE_H

#include <stddef.h>

#include "runtime/documents.h"
#include "server/dispatch.h"

/* Do what `dispatched` asks of `context` (a struct server) and write the reply; see
 * struct intake_aside. */
size_t aside_answer(void *context, const struct dispatched *dispatched,
                    struct reply_document *reply, char *buffer, size_t capacity);

#endif
