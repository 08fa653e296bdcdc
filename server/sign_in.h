/* Agents who sign in: number and code are looked up here, the queue gets a random token.
 */
#ifndef GUICHET_SERVER_SIGN_IN_H
#define GUICHET_SERVER_SIGN_IN_H

#include "core/error.h"
#include "core/queue.h"
#include "runtime/documents.h"
#include "server/describe.h"
#include "server/office.h"

/* Wrong codes in a row at one counter after which it waits, and how long. */
#define SIGN_IN_TRIES     5
#define SIGN_IN_LOCKED_MS 30000

/* Sign the agent of `document` in at `counter` (index). OK also where that agent is there
 * already: nothing changes then. ERR_REFUSED: `ret_refused` and `err` say why; an unknown
 * number and a wrong code are the same refusal. Comparing a code takes some 30 ms. */
enum status sign_in_execute(struct office *office, const struct moment *moment,
                            uint32_t counter, const struct command_document *document,
                            struct refused *ret_refused, struct error *err);

#endif
