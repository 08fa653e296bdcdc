/* A program's connection to the broker: MQTT 5 as docs/protocol.md asks (clean start,
 * QoS 1, client id = user name, TCP_NODELAY, a retained Will), which comes back by
 * itself.
 *
 * Two forms with the same functions and handlers:
 * - driven (a loop is given; server, tools): the socket is watched by the loop, handlers
 *   run inside it, publications leave at once. No thread.
 * - threaded (no loop; screens): the library works on a thread of its own and only copies
 *   messages into a mailbox; handlers run in link_dispatch(), which the program calls
 * when `wake` was called or link_descriptor() is readable.
 *
 * A connection that ends is made again after 0.2 to 5 s, at random within a bound that
 * doubles, for ever; so is a first one that fails. Every connection starts fresh: nothing
 * of an earlier one is sent again. Who publishes state does it anew in `on_connected`,
 * and commands are repeated by runtime/request. All subscriptions are made at every
 * connection, before `on_connected`. */
#ifndef GUICHET_RUNTIME_LINK_H
#define GUICHET_RUNTIME_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "runtime/loop.h"
#include "runtime/mailbox.h"

/* Subscriptions of one link. */
#define LINK_FILTERS_MAX 16

/* Longest topic in bytes: guichet/v1/<site>/<kind>/<id>/<leaf> with ids of 32. */
#define LINK_TOPIC_MAX 127

struct link;

struct link_handlers {
    /* The connection is there and every subscription sent: publish what is retained. */
    void (*on_connected)(void *data);
    /* It is gone, or could not be made; `why` is a sentence. Called once for each loss
     * and for each failed attempt whose reason differs from the last one's. */
    void (*on_disconnected)(void *data, const char *why);
    void (*on_message)(void *data, const struct message *message);
    /* The broker refused a publication or a subscription; the sentence names its topic:
     * "the broker refuses to publish on 'guichet/…': Not authorized (135)". NULL: it is
     * only logged. */
    void (*on_refused)(void *data, const char *sentence);
    void *data;
};

/* How to connect. Texts are copied. Fields left zero have the meaning given. */
struct link_options {
    const char *host;     /* name or address; "localhost" is 127.0.0.1 */
    uint16_t port;        /* 1 to 65535 */
    const char *identity; /* client id and user name */
    const char *secret;   /* NULL: none (a certificate says who we are) */
    const char *ca_file;  /* NULL: no TLS */
    const char *certificate_file;
    const char *key_file;
    const char *will_topic;    /* NULL: no Will */
    const char *will_payload;  /* retained when the connection ends, however it ends */
    uint16_t keepalive_s;      /* 0: 5; else 5 to 60 */
    size_t unacknowledged_max; /* publications on the way; 0: 256; at most 16384 */
    struct loop *loop;         /* NULL: threaded */
    void (*wake)(void *data);  /* threaded: called on the link's thread; may be NULL */
    void *wake_data;
};

/* One thing to publish. `payload` is JSON unless `content_type` says otherwise. */
struct publication {
    const char *topic;
    const char *payload;
    size_t length; /* at most PAYLOAD_BYTES_MAX */
    bool retain;
    const unsigned char *correlation; /* NULL: none */
    size_t correlation_length;
    const char *content_type; /* NULL: "application/json" */
};

/* Make a link that does not connect yet. The loop outlives it. ERR_INVALID for options
 * that cannot work (a missing host, port or identity, a certificate without its key),
 * ERR_IO without memory or descriptors. */
enum status link_create(const struct link_options *options,
                        const struct link_handlers *handlers, struct link **ret_link,
                        struct error *err);

/* Disconnect, with the Will published, and free. Accepts NULL. Not inside a handler. A
 * threaded link waits for its thread, at most as long as the system needs to look up a
 * name. */
void link_destroy(struct link *link);

/* Have messages that match `filter` delivered from every connection on; before
 * link_start(). ERR_LIMIT beyond LINK_FILTERS_MAX, ERR_INVALID for no filter. Filters
 * must not overlap: a message is delivered once for each. */
enum status link_subscribe(struct link *link, const char *filter, enum delivery delivery,
                           struct error *err);

/* Begin to connect. ERR_IO when no thread or timer can be had; a broker that is not
 * there is no error but `on_disconnected`. */
enum status link_start(struct link *link, struct error *err);

/* Threaded: run the handlers for all that has come; returns how many ran. Driven: 0. */
size_t link_dispatch(struct link *link);

/* Threaded: readable while link_dispatch() has something to do. Driven: -1. */
int link_descriptor(const struct link *link);

/* Publish with QoS 1. ERR_UNAVAILABLE without a connection (nothing is kept for later:
 * publish again in `on_connected`) or while the broker does not keep up with
 * `unacknowledged_max` publications; ERR_LIMIT for a payload or topic too long. OK means
 * handed to the broker's socket, no more. From the thread that owns the link. */
enum status link_publish(struct link *link, const struct publication *publication,
                         struct error *err);

bool link_is_connected(struct link *link);

/* Connections made since the creation: the `birth` of a status document. */
uint32_t link_birth_count(struct link *link);

/* The socket of the present connection, or -1; to look at, not to use. */
int link_socket(struct link *link);

#endif
