/* For system tests of the server: a real guichet-server with a real broker, and devices
 * that send one command and wait for its reply. Whatever a test needs and does not get
 * ends it. */
#ifndef GUICHET_TESTS_OFFICE_SUPPORT_H
#define GUICHET_TESTS_OFFICE_SUPPORT_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "../broker/broker_support.h"

#define REPLY_BYTES 16384

struct test_office {
    struct test_broker broker;
    char site_path[PATH_MAX];
    char config_path[PATH_MAX];
    char journal_path[PATH_MAX];
    char log_path[PATH_MAX];
    pid_t pid;
    long file_bytes_max; /* what the server may write into one file; 0: no limit */
};

/* Start a broker and a server with the site written in `site_text`, and make the
 * identities "kiosk-hall1", "counter-1" to "counter-4", "button-b4" (of counter 4),
 * "admin-ops". */
void office_start(struct test_office *office, const char *site_text);
void office_stop(struct test_office *office);

/* Kill the server without a word and wait for its end; start it again and wait until it
 * answers. */
void office_kill(struct test_office *office);
void office_restart(struct test_office *office);

/* Wait until the server's log holds `words` `count` times. */
void office_wait_for_log(const struct test_office *office, const char *words, int count);

struct device {
    struct mosquitto *handle;
    char kind_and_id[64]; /* "counter/3" */
    bool has_reply;
    char reply[REPLY_BYTES];
    char state[REPLY_BYTES]; /* newest counter/<id>/state */
    int64_t version;
    int64_t epoch;
    int64_t tick;
};

/* Connect as `kind`-`id` and wait for the subscriptions (a counter's first state, too).
 */
void device_open(struct device *device, const struct test_office *office,
                 const char *kind, const char *id);
void device_close(struct device *device);

/* Send the bytes as they are; device_send_to() asks for a reply on `response_topic`. */
void device_send(struct device *device, const char *payload);
void device_send_to(struct device *device, const char *payload,
                    const char *response_topic);

/* Wait for a reply; false when none comes within `timeout_ms`. */
bool device_wait_reply(struct device *device, int timeout_ms);

/* Send and wait. The reply is in device->reply. */
void device_ask(struct device *device, const char *payload);

/* Ask a verb with a fresh id; `fields` are further JSON members
 * ("\"service\":\"permis\""), or NULL. A counter's or button's command carries the
 * version, epoch and tick it has seen. */
void device_do(struct device *device, const char *verb, const char *fields);

/* The same, sent without waiting. */
void device_start(struct device *device, const char *verb, const char *fields);

/* Whether the last reply holds this text. */
bool device_was_told(const struct device *device, const char *words);

/* End the test with the reply unless it holds this text. */
void device_must_be_told(const struct device *device, const char *words);

/* Copy the string value of the first `"key":"…"` of the last reply; empty when there is
 * none. */
void device_value(const struct device *device, const char *key, char *ret_value,
                  size_t capacity);

#endif
