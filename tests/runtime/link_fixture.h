/* A broker of its own, the server's link driven by the test's loop, and the kiosk's
 * threaded one, with what their handlers were told. */
#ifndef GUICHET_TESTS_RUNTIME_LINK_FIXTURE_H
#define GUICHET_TESTS_RUNTIME_LINK_FIXTURE_H

#define message observed_message /* of a test's client; ours is the runtime's */
#include "broker_support.h"
#undef message

#include "runtime/link.h"
#include "runtime/loop.h"

#define COMMAND PREFIX "kiosk/hall1/command"
#define REPLY   PREFIX "kiosk/hall1/reply"
#define STATUS  PREFIX "kiosk/hall1/status"
#define BOARD   PREFIX "board/main"
#define OFFLINE "{\"online\":false}"

#define SEEN_MAX 1024

/* What the handlers of one link were told. */
struct seen {
    struct link *link;
    unsigned connected_count;
    unsigned disconnected_count;
    unsigned refused_count;
    unsigned message_count;
    char why[512];
    char refused[512];
    char topic[128];
    char payload[64];
    char response_topic[128];
    unsigned char correlation[64];
    size_t correlation_length;
    size_t length;
    bool is_retained;
    bool echoes; /* answers each command with its correlation */
};

struct fixture {
    struct test_broker broker;
    struct loop *loop;
    struct seen server;
    struct seen kiosk;
};

/* What each of the two hears; the end is NULL. */
extern const char *const server_filters[];
extern const char *const kiosk_filters[];

/* For cmocka: a broker with a server, a kiosk and a display with a certificate. */
int link_setup(void **state);
int link_teardown(void **state);

/* The secret of an identity, and the options of the two links with it in `secret`. */
void link_secret(const struct test_broker *broker, const char *identity,
                 char ret_secret[128]);
struct link_options server_options(struct fixture *fixture, char secret[128]);
struct link_options kiosk_options(struct fixture *fixture, char secret[128]);

/* Handlers that note in `seen` what they are told. */
struct link_handlers link_handlers_of(struct seen *seen);

/* Make a link and begin to connect; the filters end with NULL. The other two wait until
 * they are connected. */
void open_link(struct seen *seen, const struct link_options *options,
               const char *const filters[]);
void open_server(struct fixture *fixture);
void open_kiosk(struct fixture *fixture);

void link_says(struct seen *from, const char *topic, const char *payload, bool retain);

/* One turn of everything; turns until `*count` has reached `least`; turns for a while in
 * which nothing is expected. */
void link_turn(struct fixture *fixture, int64_t wait_ms);
void link_wait(struct fixture *fixture, const unsigned *count, unsigned least);
void link_idle(struct fixture *fixture, int64_t for_ms);

#endif
