/* For system tests of the server: a real guichet-server with a real broker, a real hall
 * screen where one is wanted, and devices that send one command and wait for its reply.
 * Whatever a test needs and does not get ends it. */
#ifndef GUICHET_TESTS_OFFICE_SUPPORT_H
#define GUICHET_TESTS_OFFICE_SUPPORT_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "../broker/broker_support.h"
#include "core/error.h"

#define REPLY_BYTES 16384

struct test_office {
    struct test_broker broker;
    char site_path[PATH_MAX];
    char config_path[PATH_MAX];
    char journal_path[PATH_MAX];
    char log_path[PATH_MAX];
    pid_t pid;           /* of the server; 0: none runs */
    pid_t display_pid;   /* of the hall screen; 0: none runs */
    long file_bytes_max; /* what the server may write into one file; 0: no limit */
};

/* Start a broker and a server with the site written in `site_text`, and make the
 * identities "kiosk-hall1", "counter-1" to "counter-4", "button-b4" (of counter 4),
 * "admin-ops". */
void office_start(struct test_office *office, const char *site_text);

/* The same in parts, for an office of another kind: a broker, with the site's file and
 * the server's written; then identities (`place`: the counter of a button, or NULL);
 * then office_restart() starts the server. */
void office_prepare(struct test_office *office, const char *site_text);
void office_add_device(const struct test_office *office, const char *kind, const char *id,
                       const char *place);

/* Office time is stepped, and `start` (RFC 3339) is what it is at the first start. */
void office_use_stepped_clock(const struct test_office *office, const char *start);

/* Start guichet-display as "display-hall1", without a screen or sound of its own. */
void office_start_display(struct test_office *office);

/* End the programs, which must end well, and the broker. */
void office_stop(struct test_office *office);

/* Both for cmocka, where the test's state is an office of its own. */
int office_begin_test(void **state, const char *site_text);
int office_end_test(void **state);

/* The same where a test has failed: whatever runs is killed. */
void office_abandon(struct test_office *office);

/* Write the site's file anew and let the server read it. ERR_REFUSED with its sentence
 * when it keeps the old one. */
enum status office_reload(const struct test_office *office, const char *site_text,
                          struct error *err);

/* Let the server do nothing until it is released: what is sent meanwhile is sent before
 * any of it is answered. */
void office_hold(const struct test_office *office);
void office_release(const struct test_office *office);

/* Kill the server without a word and wait for its end; start it again and wait until it
 * answers. */
void office_kill(struct test_office *office);
void office_restart(struct test_office *office);

/* Wait until the server's log holds `words` `count` times. */
void office_wait_for_log(const struct test_office *office, const char *words, int count);

/* What a device reads beyond its own replies, which the filter must take in, too. */
struct device_watch {
    const char *filter; /* behind PREFIX: "#" */
    void (*take)(void *context, const struct mosquitto_message *message);
    void *context;
};

struct test_device {
    struct mosquitto *handle;
    const struct device_watch *watch; /* borrowed, or NULL */
    char kind_and_id[64];             /* "counter/3" */
    bool is_ready;                    /* the broker has taken the subscriptions */
    int sending_count;                /* commands that the broker has not acknowledged */
    bool has_reply;
    char payload[1024]; /* what device_start() sent */
    char reply[REPLY_BYTES];
    char reply_before[REPLY_BYTES]; /* where two came to device_start_twice() */
    int reply_count;                /* since the last device_send() */
    char state[REPLY_BYTES];        /* newest counter/<id>/state */
    int64_t version;
    int64_t epoch;
    int64_t tick;
};

/* Connect as `kind`-`id` and wait for the subscriptions (a counter's first state, too).
 */
void device_open(struct test_device *device, const struct test_office *office,
                 const char *kind, const char *id);
void device_close(struct test_device *device);

/* The same without waiting for a state; `watch` may be NULL. */
void device_connect(struct test_device *device, const struct test_office *office,
                    const char *kind, const char *id, const struct device_watch *watch);

/* Take what comes within `timeout_ms`; returns as soon as something came. */
void device_listen(struct test_device *device, int timeout_ms);

/* Send the bytes as they are; device_send_to() asks for a reply on `response_topic`. */
void device_send(struct test_device *device, const char *payload);
void device_send_to(struct test_device *device, const char *payload,
                    const char *response_topic);

/* Wait for a reply; false when none comes within `timeout_ms`. */
bool device_wait_reply(struct test_device *device, int timeout_ms);

/* Send and wait. The reply is in device->reply. */
void device_ask(struct test_device *device, const char *payload);

/* Ask a verb with a fresh id; `fields` are further JSON members
 * ("\"service\":\"permis\""), or NULL. A counter's or button's command carries the
 * version, epoch and tick it has seen. */
void device_do(struct test_device *device, const char *verb, const char *fields);

/* The same, sent without waiting; twice with two ids. */
void device_start(struct test_device *device, const char *verb, const char *fields);
void device_start_twice(struct test_device *device, const char *verb, const char *fields);

/* Wait until the broker has all that was sent. */
void device_wait_sent(struct test_device *device);

/* Wait for this many replies to what was sent last. */
void device_wait_replies(struct test_device *device, int count);

/* Whether the last reply holds this text. */
bool device_was_told(const struct test_device *device, const char *words);

/* End the test with the reply unless it holds this text. */
void device_must_be_told(const struct test_device *device, const char *words);

/* Copy the string value of the first `"key":"…"` of the last reply; empty when there is
 * none. */
void device_value(const struct test_device *device, const char *key, char *ret_value,
                  size_t capacity);

#endif
