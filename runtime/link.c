/* The public side of a link; see link.h. */
#include "runtime/link.h"

#include <assert.h>
#include <mqtt_protocol.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/limits.h"
#include "core/text.h"
#include "runtime/link_session.h"

#define KEEPALIVE_DEFAULT_S 5
#define KEEPALIVE_MAX_S     60
#define TOPICS_DEFAULT      256
#define TOPICS_MAX          16384

/* Letters that a screen may leave unread: every topic of the largest site once, and
 * bytes for the largest board of every hall beside it. */
#define MAILBOX_LETTERS 512
#define MAILBOX_BYTES   ((size_t)4 << 20)

void link_lock(const struct link *link, pthread_mutex_t *mutex)
{
    if (!link->loop) {
        int result = pthread_mutex_lock(mutex);
        assert(result == 0);
    }
}

void link_unlock(const struct link *link, pthread_mutex_t *mutex)
{
    if (!link->loop) {
        int result = pthread_mutex_unlock(mutex);
        assert(result == 0);
    }
}

/* Notes that `topic` goes on its way; false when too many are. The ring has it then. */
static bool put_topic(struct link *link, char *topic)
{
    link_lock(link, &link->topics_mutex);
    bool fits = link->topic_count < link->topics_max;
    if (fits) {
        link->topics[(link->topic_first + link->topic_count) % link->topics_max] = topic;
        link->topic_count++;
    }
    link_unlock(link, &link->topics_mutex);
    return fits;
}

/* Takes the newest topic back: it did not go. */
static void take_back_topic(struct link *link)
{
    link_lock(link, &link->topics_mutex);
    link->topic_count--;
    link_unlock(link, &link->topics_mutex);
}

char *link_take_topic(struct link *link)
{
    char *topic = NULL;
    link_lock(link, &link->topics_mutex);
    if (link->topic_count > 0) {
        topic = link->topics[link->topic_first];
        link->topic_first = (link->topic_first + 1) % link->topics_max;
        link->topic_count--;
    }
    link_unlock(link, &link->topics_mutex);
    return topic;
}

static enum status check_options(const struct link_options *options, struct error *err)
{
    if (!options->host || options->host[0] == '\0' || options->port == 0) {
        return error_set(err, ERR_INVALID, "the broker's host and port are not given");
    }
    if (!options->identity || options->identity[0] == '\0') {
        return error_set(err, ERR_INVALID, "the identity for the broker is not given");
    }
    if (!options->certificate_file != !options->key_file) {
        return error_set(err, ERR_INVALID,
                         "a certificate for the broker needs its key, and a key its "
                         "certificate");
    }
    if (options->certificate_file && !options->ca_file) {
        return error_set(err, ERR_INVALID,
                         "a certificate for the broker needs the file of the site's CA");
    }
    if (!options->will_topic != !options->will_payload) {
        return error_set(err, ERR_INVALID, "a Will needs its topic and its payload");
    }
    if (options->keepalive_s != 0 && (options->keepalive_s < KEEPALIVE_DEFAULT_S ||
                                      options->keepalive_s > KEEPALIVE_MAX_S)) {
        return error_set(err, ERR_INVALID, "keepalive is %d to %d s, not '%u'",
                         KEEPALIVE_DEFAULT_S, KEEPALIVE_MAX_S, options->keepalive_s);
    }
    if (options->unacknowledged_max > TOPICS_MAX) {
        return error_set(err, ERR_INVALID,
                         "at most %d publications may be on the way, not '%zu'",
                         TOPICS_MAX, options->unacknowledged_max);
    }
    return OK;
}

/* Copies a text that may be missing; false without memory. */
static bool keep(char **to, const char *from)
{
    *to = from ? strdup(from) : NULL;
    return !from || *to;
}

static bool keep_options(struct link *link, const struct link_options *options)
{
    link->port = options->port;
    link->keepalive_s =
        options->keepalive_s != 0 ? options->keepalive_s : KEEPALIVE_DEFAULT_S;
    link->loop = options->loop;
    link->topics_max =
        options->unacknowledged_max != 0 ? options->unacknowledged_max : TOPICS_DEFAULT;
    link->topics = calloc(link->topics_max, sizeof(*link->topics));
    return keep(&link->host, options->host) && keep(&link->identity, options->identity) &&
           keep(&link->secret, options->secret) &&
           keep(&link->ca_file, options->ca_file) &&
           keep(&link->certificate_file, options->certificate_file) &&
           keep(&link->key_file, options->key_file) &&
           keep(&link->will_topic, options->will_topic) &&
           keep(&link->will_payload, options->will_payload) && link->topics;
}

/* The properties of a publication; false without memory. */
static bool make_properties(mosquitto_property **ret_properties, const char *content_type)
{
    return mosquitto_property_add_byte(ret_properties, MQTT_PROP_PAYLOAD_FORMAT_INDICATOR,
                                       1) == MOSQ_ERR_SUCCESS &&
           mosquitto_property_add_string(ret_properties, MQTT_PROP_CONTENT_TYPE,
                                         content_type) == MOSQ_ERR_SUCCESS;
}

/* The mutexes, and a condition that waits by a clock nobody sets. */
static bool make_locks(struct link *link)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0) {
        return false;
    }
    bool is_made = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                   pthread_cond_init(&link->stopped, &attributes) == 0;
    (void)pthread_condattr_destroy(&attributes); /* holds nothing */
    return is_made && pthread_mutex_init(&link->mutex, NULL) == 0 &&
           pthread_mutex_init(&link->topics_mutex, NULL) == 0;
}

enum status link_create(const struct link_options *options,
                        const struct link_handlers *handlers, struct link **ret_link,
                        struct error *err)
{
    assert(handlers->on_connected && handlers->on_disconnected && handlers->on_message);
    enum status status = check_options(options, err);
    if (status != OK) {
        return status;
    }
    struct link *link = calloc(1, sizeof(*link));
    if (!link || !make_locks(link)) {
        free(link);
        return error_set(err, ERR_IO, "cannot create the link: out of memory");
    }
    link->handlers = *handlers;
    if (mosquitto_lib_init() != MOSQ_ERR_SUCCESS || !keep_options(link, options) ||
        !make_properties(&link->json_properties, "application/json")) {
        link_destroy(link);
        return error_set(err, ERR_IO, "cannot create the link: out of memory");
    }
    if (!link->loop) {
        status = mailbox_create(MAILBOX_LETTERS, MAILBOX_BYTES, &link->mailbox, err,
                                options->wake, options->wake_data);
        if (status != OK) {
            link_destroy(link);
            return status;
        }
    }
    *ret_link = link;
    return OK;
}

void link_destroy(struct link *link)
{
    if (!link) {
        return;
    }
    if (link->loop) {
        driven_stop(link);
    } else {
        threaded_stop(link);
    }
    mailbox_destroy(link->mailbox);
    mosquitto_property_free_all(&link->json_properties);
    free(link->host);
    free(link->identity);
    free(link->secret);
    free(link->ca_file);
    free(link->certificate_file);
    free(link->key_file);
    free(link->will_topic);
    free(link->will_payload);
    free(link->topics);                         /* its topics went with the session */
    (void)pthread_cond_destroy(&link->stopped); /* nobody waits any more */
    (void)pthread_mutex_destroy(&link->mutex);
    (void)pthread_mutex_destroy(&link->topics_mutex);
    free(link);
    (void)mosquitto_lib_cleanup(); /* always succeeds */
}

enum status link_subscribe(struct link *link, const char *filter, enum delivery delivery,
                           struct error *err)
{
    if (link->filter_count == LINK_FILTERS_MAX) {
        return error_set(err, ERR_LIMIT, "too many subscriptions: at most %d",
                         LINK_FILTERS_MAX);
    }
    struct filter *slot = &link->filters[link->filter_count];
    if (mosquitto_sub_topic_check(filter) != MOSQ_ERR_SUCCESS ||
        !text_copy(slot->topic, sizeof(slot->topic), filter)) {
        return error_set(err, ERR_INVALID, "'%.80s' is not a topic filter", filter);
    }
    slot->delivery = delivery;
    link->filter_count++;
    return OK;
}

enum status link_start(struct link *link, struct error *err)
{
    return link->loop ? driven_start(link, err) : threaded_start(link, err);
}

size_t link_dispatch(struct link *link)
{
    size_t count = 0;
    /* Letters that come while the handlers run wait for the next call: a flood does not
     * keep the screen from drawing. */
    while (link->mailbox && count < MAILBOX_LETTERS) {
        struct letter *letter = mailbox_take(link->mailbox);
        if (!letter) {
            break;
        }
        link_handle(link, letter->kind, &letter->message);
        letter_destroy(letter);
        count++;
    }
    return count;
}

int link_descriptor(const struct link *link)
{
    return link->mailbox ? mailbox_descriptor(link->mailbox) : -1;
}

static enum status check_publication(const struct publication *publication,
                                     struct error *err)
{
    if (publication->length > PAYLOAD_BYTES_MAX) {
        return error_set(err, ERR_LIMIT,
                         "%zu bytes are too long to publish on '%s': at most %d",
                         publication->length, publication->topic, PAYLOAD_BYTES_MAX);
    }
    if (strlen(publication->topic) > LINK_TOPIC_MAX ||
        mosquitto_pub_topic_check(publication->topic) != MOSQ_ERR_SUCCESS) {
        return error_set(err, ERR_INVALID, "'%.80s' is not a topic to publish on",
                         publication->topic);
    }
    return OK;
}

/* Gives the library the publication; the lock is held. */
static int publish_locked(struct link *link, const struct publication *publication)
{
    bool is_plain = !publication->correlation && !publication->content_type;
    mosquitto_property *own = NULL;
    int rc = MOSQ_ERR_SUCCESS;
    if (!is_plain) {
        const char *content_type =
            publication->content_type ? publication->content_type : "application/json";
        rc = make_properties(&own, content_type) ? MOSQ_ERR_SUCCESS : MOSQ_ERR_NOMEM;
        if (rc == MOSQ_ERR_SUCCESS && publication->correlation) {
            rc = mosquitto_property_add_binary(&own, MQTT_PROP_CORRELATION_DATA,
                                               publication->correlation,
                                               (uint16_t)publication->correlation_length);
        }
    }
    if (rc == MOSQ_ERR_SUCCESS) {
        rc = mosquitto_publish_v5(link->handle, NULL, publication->topic,
                                  (int)publication->length, publication->payload, 1,
                                  publication->retain,
                                  is_plain ? link->json_properties : own);
    }
    mosquitto_property_free_all(&own); /* the library has copied it */
    return rc;
}

enum status link_publish(struct link *link, const struct publication *publication,
                         struct error *err)
{
    assert(publication->correlation_length <= UINT16_MAX);
    enum status status = check_publication(publication, err);
    if (status != OK) {
        return status;
    }
    char *topic = strdup(publication->topic);
    if (!topic) {
        return error_set(err, ERR_IO, "cannot publish on '%s': out of memory",
                         publication->topic);
    }
    int rc = MOSQ_ERR_NO_CONN;
    bool is_full = false;
    link_lock(link, &link->mutex);
    if (link->is_connected) {
        is_full = !put_topic(link, topic);
        if (!is_full) {
            rc = publish_locked(link, publication);
        }
        if (!is_full && rc != MOSQ_ERR_SUCCESS) {
            take_back_topic(link);
        }
    }
    link_unlock(link, &link->mutex);
    if (rc == MOSQ_ERR_SUCCESS) {
        if (link->loop) {
            driven_watch(link);
        }
        return OK;
    }
    free(topic);
    const char *cause = is_full                  ? "the broker does not keep up"
                        : rc == MOSQ_ERR_NO_CONN ? "not connected to the broker"
                                                 : mosquitto_strerror(rc);
    return error_set(err, ERR_UNAVAILABLE, "cannot publish on '%s': %s",
                     publication->topic, cause);
}

bool link_is_connected(struct link *link)
{
    return link->is_connected;
}

uint32_t link_birth_count(struct link *link)
{
    return link->birth_count;
}

int link_socket(struct link *link)
{
    link_lock(link, &link->mutex);
    int fd = link->handle ? mosquitto_socket(link->handle) : -1;
    link_unlock(link, &link->mutex);
    return fd;
}
