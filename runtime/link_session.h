/* Inside of runtime/link: one link's state, and the functions its two forms share. Only
 * link*.c include it.
 *
 * A session is one handle of the library from one attempt to connect to its end. A new
 * one is made each time: the library would otherwise send again, after a reconnection,
 * what an earlier one left, and an old board would overwrite a new one. */
#ifndef GUICHET_RUNTIME_LINK_SESSION_H
#define GUICHET_RUNTIME_LINK_SESSION_H

#include <mosquitto.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "runtime/link.h"

/* A broker that has not let us in after this long is tried anew. */
#define CONNECT_WITHIN_MS 5000

/* Bounds of the pause before the next attempt; the upper one doubles from attempt to
 * attempt, and starts anew after a connection that lasted SETTLED_MS. */
#define PAUSE_MIN_MS   200
#define PAUSE_FIRST_MS 400
#define PAUSE_MAX_MS   5000
#define SETTLED_MS     5000

/* Bytes of a sentence that says why. */
#define WHY_BYTES 320

struct filter {
    char topic[LINK_TOPIC_MAX + 1];
    enum delivery delivery;
};

struct link {
    /* Never changes after link_start(). */
    char *host, *identity, *secret, *ca_file, *certificate_file, *key_file;
    char *will_topic, *will_payload;
    uint16_t port;
    uint16_t keepalive_s;
    bool has_thread; /* there is one to be joined */
    struct link_handlers handlers;
    struct filter filters[LINK_FILTERS_MAX];
    size_t filter_count;
    mosquitto_property *json_properties; /* of every publication without correlation */

    /* Shared by a threaded link's thread and its owner. `mutex` guards the handle and
     * `must_stop`: the owner holds it while it publishes, so callbacks of the library,
     * which run under locks of its own, never take it. `topics_mutex` guards the topics
     * alone, and nothing is called under it. A driven link takes neither. */
    pthread_mutex_t mutex;
    struct mosquitto *handle; /* NULL between sessions; made and destroyed by whoever
                                 runs the session */
    pthread_mutex_t topics_mutex;
    char **topics;     /* of publications that are not acknowledged: a ring of */
    size_t topics_max; /* this many, the oldest at `topic_first`; a broker acknowledges */
    size_t topic_first; /* in the order of publishing (MQTT 5, 4.6) */
    size_t topic_count;
    bool must_stop;
    atomic_bool is_connected;
    atomic_uint birth_count;

    /* Used only by whoever runs the session. */
    int64_t attempt_ms;   /* machine time of the session's start */
    int64_t connected_ms; /* machine time of the CONNACK */
    uint32_t failure_count;
    unsigned watched_events;  /* driven: what the socket is watched for */
    size_t subscribed_count;  /* SUBACKs of this session: they come in our order */
    char why[WHY_BYTES];      /* why this session ends; empty: not known yet */
    char last_why[WHY_BYTES]; /* the last reason that was told */
    bool must_drop;           /* a letter found no room, or the socket failed */

    /* Driven. */
    struct loop *loop;
    struct loop_timer *timer;
    struct loop_fd *source;

    /* Threaded. */
    struct mailbox *mailbox;
    pthread_t thread;
    pthread_cond_t stopped;
};

/* One of the two locks, where the link has a thread. */
void link_lock(const struct link *link, pthread_mutex_t *mutex);
void link_unlock(const struct link *link, pthread_mutex_t *mutex);

/* The topic of the oldest publication on the way, or NULL; the caller frees it. */
char *link_take_topic(struct link *link);

/* Make a handle and begin to connect. On failure there is no handle and `link->why` says
 * what failed. */
bool session_open(struct link *link);

/* Whether the session has ended or must be ended now: the socket is gone, the broker has
 * not answered in time, or the mailbox overflowed. */
bool session_is_over(struct link *link);

/* End the session: tell the owner why and give the pause in milliseconds before the next
 * attempt. Works for a session that could not be opened, too. */
int64_t session_close(struct link *link);

/* Free the handle and what belongs to the session. */
void session_drop(struct link *link);

/* Give to the handlers (driven) or to the mailbox (threaded). */
void link_tell(struct link *link, enum letter_kind kind, const struct message *message,
               enum delivery delivery);

/* Call the handler for one letter. */
void link_handle(struct link *link, enum letter_kind kind, const struct message *message);

/* The two forms. */
enum status driven_start(struct link *link, struct error *err);
void driven_stop(struct link *link);
void driven_watch(struct link *link);
enum status threaded_start(struct link *link, struct error *err);
void threaded_stop(struct link *link);

#endif
