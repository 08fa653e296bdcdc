/* A kiosk of the sample prefecture for tests, with a server that answers at once. */
#ifndef GUICHET_TESTS_KIOSK_FIXTURE_H
#define GUICHET_TESTS_KIOSK_FIXTURE_H

#include "kiosk/visit.h"

/* Machine time at which the kiosk starts. */
#define START_MS 1000000

/* Services of the sample site by index. */
enum { REGISTRATION, LICENCE, PERMIT, INFORMATION, IDENTITY };

/* The sample site as the server publishes it. */
const struct site *fixture_site(void);

/* A site of `service_count` services (at most 64) with long names. */
const struct site *fixture_large_site(uint32_t service_count);

/* Start `visit` with French first, idle after 60 s, a burst of 10 s; `site` is known, all
 * services but the last are open, and a live board came at START_MS. */
void fixture_start(struct visit *visit, const struct site *site, bool has_printer);

/* A live board at machine time `now_ms`, with office time going on from 10:42 Paris. */
void fixture_board(struct visit *visit, int64_t now_ms);

/* Live boards every second up to `to_ms`, with visit_time() whenever it is due. */
void fixture_run(struct visit *visit, int64_t from_ms, int64_t to_ms);

/* The reply to a command: a ticket with this label, a refusal with this code. */
void fixture_ticket_reply(const struct visit *visit, const char *label,
                          struct reply_document *ret_reply);
void fixture_refusal(const char *code, struct reply_document *ret_reply);

/* Touch the service, let the command out and answer it with ticket `label`, all at
 * `now_ms`. */
struct visit_step fixture_take(struct visit *visit, uint32_t service, const char *label,
                               int64_t now_ms);

#endif
