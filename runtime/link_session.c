/* One session with the broker, whoever runs it; see link_session.h. */
#include "runtime/link_session.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <mqtt_protocol.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "runtime/clock.h"
#include "runtime/identifier.h"
#include "runtime/log.h"

/* Reason codes from here on are refusals (MQTT 5, 2.4). */
#define REASON_REFUSED 128

/* What the broker says with a reason code, or the library with an error. */
static const char *reason_text(int reason)
{
    return reason >= REASON_REFUSED ? mosquitto_reason_string(reason)
                                    : mosquitto_strerror(reason);
}

/* Keeps the first reason that a session ends for: later ones follow from it. */
static void set_why(struct link *link, const char *what, const char *cause)
{
    if (link->why[0] == '\0') {
        struct text text;
        text_init(&text, link->why, sizeof(link->why));
        text_add(&text, "%s '%s' port %u: %s", what, link->host, link->port, cause);
    }
}

/* ---- What happens, told to the owner ---- */

void link_handle(struct link *link, enum letter_kind kind, const struct message *message)
{
    const struct link_handlers *handlers = &link->handlers;
    if (kind == LETTER_MESSAGE) {
        handlers->on_message(handlers->data, message);
    } else if (kind == LETTER_CONNECTED) {
        handlers->on_connected(handlers->data);
    } else if (kind == LETTER_DISCONNECTED) {
        handlers->on_disconnected(handlers->data, message->payload);
    } else if (handlers->on_refused) {
        handlers->on_refused(handlers->data, message->payload);
    }
}

void link_tell(struct link *link, enum letter_kind kind, const struct message *message,
               enum delivery delivery)
{
    if (!link->mailbox) {
        link_handle(link, kind, message);
    } else if (!mailbox_put(link->mailbox, kind, message, delivery)) {
        link->must_drop = true;
        set_why(link, "dropped the connection to",
                "messages came faster than they were "
                "read");
    }
}

static void tell_refused(struct link *link, const char *verb, const char *topic,
                         int reason)
{
    char sentence[WHY_BYTES];
    struct text text;
    text_init(&text, sentence, sizeof(sentence));
    text_add(&text, "the broker refuses to %s '%s': %s (%d)", verb, topic,
             mosquitto_reason_string(reason), reason);
    log_warning("link", "%s", sentence);
    struct message note = {.topic = topic, .payload = sentence, .length = text.length};
    link_tell(link, LETTER_REFUSED, &note, DELIVERY_NEWEST);
}

/* ---- Callbacks of the library ---- */

static void subscribe_all(struct link *link)
{
    for (size_t i = 0; i < link->filter_count; i++) {
        int rc = mosquitto_subscribe(link->handle, NULL, link->filters[i].topic, 1);
        if (rc != MOSQ_ERR_SUCCESS) {
            link->must_drop = true;
            set_why(link, "cannot subscribe at", mosquitto_strerror(rc));
        }
    }
}

static void on_connect(struct mosquitto *handle, void *data, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)handle;
    (void)flags;
    (void)properties;
    struct link *link = data;
    if (reason != 0) {
        char cause[WHY_BYTES];
        struct text text;
        text_init(&text, cause, sizeof(cause));
        text_add(&text, "it refuses '%s': %s (%d)", link->identity,
                 mosquitto_reason_string(reason), reason);
        set_why(link, "cannot connect to", cause);
        return; /* the library ends the session */
    }
    subscribe_all(link);
    link->connected_ms = clock_machine_ms();
    link->last_why[0] = '\0';
    link->birth_count++;
    link->is_connected = true;
    log_info("link", "connected host=%s port=%u identity=%s", link->host, link->port,
             link->identity);
    struct message note = {.topic = ""};
    link_tell(link, LETTER_CONNECTED, &note, DELIVERY_NEWEST);
}

static void on_disconnect(struct mosquitto *handle, void *data, int reason,
                          const mosquitto_property *properties)
{
    (void)handle;
    (void)properties;
    struct link *link = data;
    const char *what =
        link->is_connected ? "lost the connection to" : "cannot connect to";
    set_why(link, what, reason == MOSQ_ERR_ERRNO ? strerror(errno) : reason_text(reason));
    link->is_connected = false;
}

static enum delivery delivery_of(const struct link *link, const char *topic)
{
    for (size_t i = 0; i < link->filter_count; i++) {
        bool matches = false;
        int rc = mosquitto_topic_matches_sub(link->filters[i].topic, topic, &matches);
        if (rc == MOSQ_ERR_SUCCESS && matches) {
            return link->filters[i].delivery;
        }
    }
    return DELIVERY_EACH;
}

static void on_message(struct mosquitto *handle, void *data,
                       const struct mosquitto_message *received,
                       const mosquitto_property *properties)
{
    (void)handle;
    struct link *link = data;
    char *response_topic = NULL;
    void *correlation = NULL;
    uint16_t correlation_length = 0;
    /* Both give NULL, and leave the result alone, when the property is absent. */
    (void)mosquitto_property_read_string(properties, MQTT_PROP_RESPONSE_TOPIC,
                                         &response_topic, false);
    (void)mosquitto_property_read_binary(properties, MQTT_PROP_CORRELATION_DATA,
                                         &correlation, &correlation_length, false);
    struct message message = {
        .topic = received->topic,
        .payload = received->payloadlen > 0 ? received->payload : "",
        .length = (size_t)received->payloadlen,
        .is_retained = received->retain,
        .correlation = correlation,
        .correlation_length = correlation_length,
        .response_topic = response_topic,
        .arrived_ms = clock_machine_ms(),
    };
    link_tell(link, LETTER_MESSAGE, &message, delivery_of(link, received->topic));
    free(response_topic);
    free(correlation);
}

static void on_publish(struct mosquitto *handle, void *data, int mid, int reason,
                       const mosquitto_property *properties)
{
    (void)handle;
    (void)mid;
    (void)properties;
    struct link *link = data;
    char *topic = link_take_topic(link);
    if (reason >= REASON_REFUSED) {
        tell_refused(link, "publish on", topic ? topic : "?", reason);
    }
    free(topic);
}

static void on_subscribe(struct mosquitto *handle, void *data, int mid, int count,
                         const int *granted, const mosquitto_property *properties)
{
    (void)handle;
    (void)mid;
    (void)properties;
    struct link *link = data;
    size_t index = link->subscribed_count++;
    if (count > 0 && granted[0] >= REASON_REFUSED && index < link->filter_count) {
        tell_refused(link, "subscribe to", link->filters[index].topic, granted[0]);
    }
}

/* ---- The session ---- */

/* Sets who we are. False when `why` says what is missing. */
static bool set_identity(struct link *link)
{
    int rc = mosquitto_username_pw_set(link->handle, link->identity, link->secret);
    if (rc == MOSQ_ERR_SUCCESS && link->ca_file) {
        const char *const files[] = {link->ca_file, link->certificate_file,
                                     link->key_file};
        for (size_t i = 0; i < 3; i++) {
            if (files[i] && access(files[i], R_OK) != 0) {
                char cause[WHY_BYTES];
                struct text text;
                text_init(&text, cause, sizeof(cause));
                text_add(&text, "cannot read '%s': %s", files[i], strerror(errno));
                set_why(link, "cannot connect to", cause);
                return false;
            }
        }
        rc = mosquitto_tls_set(link->handle, link->ca_file, NULL, link->certificate_file,
                               link->key_file, NULL);
        if (rc == MOSQ_ERR_SUCCESS) {
            rc = mosquitto_tls_opts_set(link->handle, 1, "tlsv1.3", NULL);
        }
    }
    if (rc != MOSQ_ERR_SUCCESS) {
        set_why(link, "cannot connect to", mosquitto_strerror(rc));
    }
    return rc == MOSQ_ERR_SUCCESS;
}

/* Sets what every connection asks for. */
static bool set_manners(struct link *link)
{
    int rc =
        mosquitto_int_option(link->handle, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
    if (rc == MOSQ_ERR_SUCCESS) {
        rc = mosquitto_int_option(link->handle, MOSQ_OPT_TCP_NODELAY, 1);
    }
    if (rc == MOSQ_ERR_SUCCESS && link->mailbox) {
        rc = mosquitto_threaded_set(link->handle, true);
    }
    if (rc == MOSQ_ERR_SUCCESS && link->will_topic) {
        mosquitto_property *properties = NULL;
        rc = mosquitto_property_copy_all(&properties, link->json_properties);
        if (rc == MOSQ_ERR_SUCCESS) {
            rc = mosquitto_will_set_v5(link->handle, link->will_topic,
                                       (int)strlen(link->will_payload),
                                       link->will_payload, 1, true, properties);
        }
        if (rc != MOSQ_ERR_SUCCESS) {
            mosquitto_property_free_all(&properties); /* else the handle has it */
        }
    }
    if (rc != MOSQ_ERR_SUCCESS) {
        set_why(link, "cannot connect to", mosquitto_strerror(rc));
        return false;
    }
    mosquitto_connect_v5_callback_set(link->handle, on_connect);
    mosquitto_disconnect_v5_callback_set(link->handle, on_disconnect);
    mosquitto_message_v5_callback_set(link->handle, on_message);
    mosquitto_publish_v5_callback_set(link->handle, on_publish);
    mosquitto_subscribe_v5_callback_set(link->handle, on_subscribe);
    return true;
}

bool session_open(struct link *link)
{
    link->why[0] = '\0';
    link->must_drop = false;
    link->attempt_ms = clock_machine_ms();
    link->connected_ms = 0;
    link->subscribed_count = 0;
    struct mosquitto *handle = mosquitto_new(link->identity, true, link);
    if (!handle) {
        set_why(link, "cannot connect to", strerror(errno));
        return false;
    }
    link_lock(link, &link->mutex);
    link->handle = handle;
    link_unlock(link, &link->mutex);
    if (!set_manners(link) || !set_identity(link)) {
        session_drop(link);
        return false;
    }
    const char *host = strcmp(link->host, "localhost") == 0 ? "127.0.0.1" : link->host;
    int rc = mosquitto_connect_async(handle, host, link->port, link->keepalive_s);
    if (rc != MOSQ_ERR_SUCCESS) {
        set_why(link, "cannot connect to",
                rc == MOSQ_ERR_ERRNO ? strerror(errno) : mosquitto_strerror(rc));
        session_drop(link);
        return false;
    }
    /* The library leaves the socket to child processes, which would keep the connection,
     * and the Will back, when we are gone. */
    if (fcntl(mosquitto_socket(handle), F_SETFD, FD_CLOEXEC) < 0) {
        set_why(link, "cannot connect to", strerror(errno));
        session_drop(link);
        return false;
    }
    return true;
}

bool session_is_over(struct link *link)
{
    if (link->must_drop || mosquitto_socket(link->handle) < 0) {
        return true;
    }
    if (link->connected_ms == 0 &&
        clock_machine_ms() - link->attempt_ms >= CONNECT_WITHIN_MS) {
        set_why(link, "cannot connect to", "no answer");
        return true;
    }
    return false;
}

void session_drop(struct link *link)
{
    link_lock(link, &link->mutex);
    struct mosquitto *handle = link->handle;
    link->handle = NULL;
    link->is_connected = false;
    link_unlock(link, &link->mutex);
    mosquitto_destroy(handle);
    for (char *topic = link_take_topic(link); topic; topic = link_take_topic(link)) {
        free(topic);
    }
}

/* A number from `low` to `high`. Without randomness the middle: every device that cannot
 * ask its kernel is not a herd. */
static int64_t random_between(int64_t low, int64_t high)
{
    uint8_t bytes[2];
    if (random_bytes(bytes, sizeof(bytes), NULL) != OK) {
        return (low + high) / 2;
    }
    int64_t random = (int64_t)bytes[0] << 8 | bytes[1];
    return low + random % (high - low + 1);
}

int64_t session_close(struct link *link)
{
    bool was_connected = link->connected_ms != 0;
    if (was_connected && clock_machine_ms() - link->connected_ms >= SETTLED_MS) {
        link->failure_count = 0;
    }
    session_drop(link);
    set_why(link, "lost the connection to", "it was closed");
    if (was_connected || strcmp(link->why, link->last_why) != 0) {
        log_warning("link", "%s", link->why);
        struct message note = {
            .topic = "", .payload = link->why, .length = strlen(link->why)};
        (void)text_copy(link->last_why, sizeof(link->last_why),
                        link->why); /* of the same size */
        link_tell(link, LETTER_DISCONNECTED, &note, DELIVERY_NEWEST);
    }
    int64_t high_ms = PAUSE_FIRST_MS;
    for (uint32_t i = 0; i < link->failure_count && high_ms < PAUSE_MAX_MS; i++) {
        high_ms *= 2;
    }
    link->failure_count++;
    return random_between(PAUSE_MIN_MS, high_ms < PAUSE_MAX_MS ? high_ms : PAUSE_MAX_MS);
}
