/* guichet-server: wires the office to the broker, the clocks and the loop. */
#ifndef GUICHET_SERVER_SERVER_H
#define GUICHET_SERVER_SERVER_H

#include <stddef.h>
#include <stdint.h>

#include "core/command.h"
#include "core/error.h"
#include "core/site.h"
#include "runtime/agents_config.h"
#include "runtime/loop.h"

struct server;

/* What a server is started with. Texts and the site are borrowed until server_create()
 * returns, the loop until server_destroy(). */
struct server_options {
    struct loop *loop;
    const struct site *site;     /* as site.conf says it now */
    const struct agents *agents; /* who may sign in; borrowed until server_destroy() */
    const char *journal_path;
    size_t reserve_bytes;
    const char *broker_host;
    uint16_t broker_port;
    const char *identity;
    const char *secret;
    enum clock_mode clock_mode;
    uint32_t clock_factor;
    int64_t clock_start_ms; /* scaled, stepped: office time at the first start */
};

/* Open the journal, replay it, put the site in force and begin to connect. Fails with a
 * sentence when the journal or the site cannot be used. */
enum status server_create(const struct server_options *options,
                          struct server **ret_server, struct error *err);

/* Disconnects and closes the journal. Accepts NULL. */
void server_destroy(struct server *server);

/* Put a newly read site in force. ERR_REFUSED with the list when it would orphan waiting
 * people or a serving counter: the old one stays. */
enum status server_configure(struct server *server, const struct site *site,
                             struct error *err);

/* The failure after which the program must end, or NULL while all is well. */
const struct error *server_failure(const struct server *server);

#endif
