/* See link_fixture.h. */
#include "link_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "runtime/clock.h"

void link_says(struct seen *from, const char *topic, const char *payload, bool retain)
{
    struct publication publication = {
        .topic = topic, .payload = payload, .length = strlen(payload), .retain = retain};
    struct error err = {0};
    assert_int_equal(link_publish(from->link, &publication, &err), OK);
}

static void on_connected(void *data)
{
    struct seen *seen = data;
    seen->connected_count++;
}

static void on_disconnected(void *data, const char *why)
{
    struct seen *seen = data;
    seen->disconnected_count++;
    (void)text_copy(seen->why, sizeof(seen->why), why);
}

static void on_refused(void *data, const char *sentence)
{
    struct seen *seen = data;
    seen->refused_count++;
    (void)text_copy(seen->refused, sizeof(seen->refused), sentence);
}

static void on_message(void *data, const struct message *message)
{
    struct seen *seen = data;
    seen->message_count++;
    (void)text_copy(seen->topic, sizeof(seen->topic), message->topic);
    (void)text_copy(seen->payload, sizeof(seen->payload), message->payload);
    (void)text_copy(seen->response_topic, sizeof(seen->response_topic),
                    message->response_topic ? message->response_topic : "");
    assert_true(message->correlation_length <= sizeof(seen->correlation));
    if (message->correlation) {
        memcpy(seen->correlation, message->correlation, message->correlation_length);
    }
    seen->correlation_length = message->correlation_length;
    seen->length = message->length;
    seen->is_retained = message->is_retained;
    if (seen->echoes) {
        struct publication reply = {.topic = REPLY,
                                    .payload = message->payload,
                                    .length = message->length,
                                    .correlation = message->correlation,
                                    .correlation_length = message->correlation_length};
        assert_int_equal(link_publish(seen->link, &reply, NULL), OK);
    }
}

struct link_handlers link_handlers_of(struct seen *seen)
{
    return (struct link_handlers){.on_connected = on_connected,
                                  .on_disconnected = on_disconnected,
                                  .on_message = on_message,
                                  .on_refused = on_refused,
                                  .data = seen};
}

/* One turn of everything. */
void link_turn(struct fixture *fixture, int64_t wait_ms)
{
    assert_int_equal(loop_turn(fixture->loop, wait_ms, NULL), OK);
    if (fixture->kiosk.link) {
        (void)link_dispatch(fixture->kiosk.link);
    }
}

/* Turns until `*count` has reached `least`. */
void link_wait(struct fixture *fixture, const unsigned *count, unsigned least)
{
    int64_t end_ms = clock_machine_ms() + PATIENCE_MS;
    while (*count < least) {
        assert_true(clock_machine_ms() < end_ms);
        link_turn(fixture, 5);
    }
}

/* Turns for a while in which nothing is expected. */
void link_idle(struct fixture *fixture, int64_t for_ms)
{
    int64_t end_ms = clock_machine_ms() + for_ms;
    while (clock_machine_ms() < end_ms) {
        link_turn(fixture, 5);
    }
}

void link_secret(const struct test_broker *broker, const char *identity,
                 char ret_secret[128])
{
    char path[PATH_MAX];
    path_join(path, broker->dir, "/devices/", identity, ".secret");
    file_read(path, ret_secret, 128);
    ret_secret[strcspn(ret_secret, "\n")] = '\0';
}

struct link_options server_options(struct fixture *fixture, char secret[128])
{
    link_secret(&fixture->broker, "server", secret);
    return (struct link_options){.host = "localhost",
                                 .port = (uint16_t)fixture->broker.server_port,
                                 .identity = "server",
                                 .secret = secret,
                                 .loop = fixture->loop};
}

struct link_options kiosk_options(struct fixture *fixture, char secret[128])
{
    link_secret(&fixture->broker, "kiosk-hall1", secret);
    return (struct link_options){.host = "127.0.0.1",
                                 .port = (uint16_t)fixture->broker.loopback_port,
                                 .identity = "kiosk-hall1",
                                 .secret = secret,
                                 .will_topic = STATUS,
                                 .will_payload = OFFLINE};
}

/* Makes a link and begins to connect; the filters end with NULL. */
void open_link(struct seen *seen, const struct link_options *options,
               const char *const filters[])
{
    struct link_handlers handlers = link_handlers_of(seen);
    struct error err = {0};
    if (link_create(options, &handlers, &seen->link, &err) != OK) {
        fail_msg("%s", err.text);
    }
    for (size_t i = 0; filters[i]; i++) {
        bool is_board = strcmp(filters[i], BOARD) == 0;
        assert_int_equal(link_subscribe(seen->link, filters[i],
                                        is_board ? DELIVERY_NEWEST : DELIVERY_EACH, &err),
                         OK);
    }
    assert_int_equal(link_start(seen->link, &err), OK);
}

const char *const server_filters[] = {PREFIX "+/+/command", PREFIX "+/+/status", NULL};
const char *const kiosk_filters[] = {REPLY, BOARD, NULL};

void open_server(struct fixture *fixture)
{
    char secret[128];
    struct link_options options = server_options(fixture, secret);
    open_link(&fixture->server, &options, server_filters);
    link_wait(fixture, &fixture->server.connected_count, 1);
}

void open_kiosk(struct fixture *fixture)
{
    char secret[128];
    struct link_options options = kiosk_options(fixture, secret);
    open_link(&fixture->kiosk, &options, kiosk_filters);
    link_wait(fixture, &fixture->kiosk.connected_count, 1);
}

int link_setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    assert_non_null(fixture);
    broker_start(&fixture->broker);
    devices_must("add", "kiosk", "hall1", "--dir", fixture->broker.dir, NULL);
    devices_must("add", "display", "hall1", "--dir", fixture->broker.dir, "--certificate",
                 NULL);
    assert_int_equal(loop_create(&fixture->loop, NULL), OK);
    *state = fixture;
    return 0;
}

int link_teardown(void **state)
{
    struct fixture *fixture = *state;
    link_destroy(fixture->kiosk.link);
    link_destroy(fixture->server.link);
    assert_int_equal(loop_finish(fixture->loop), 0);
    broker_stop(&fixture->broker);
    free(fixture);
    return 0;
}
