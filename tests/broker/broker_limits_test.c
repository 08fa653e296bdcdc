/* What one client can do to the others, and how fast the broker is. Every test has a
 * broker of its own with two devices by secret and two by certificate. */
#include "broker_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <mqtt_protocol.h>

/* More than a listener of the hall takes. */
#define SILENT_COUNT 260

/* The whole packet: fixed header (1 + 3), topic and its length, packet id, no properties.
 */
#define PACKET_MAX      65536
#define PACKET_OVERHEAD (4 + 2 + sizeof(PREFIX "config") - 1 + 2 + 1)

/* Debian's broker and library count the packet without its fixed header, or with a part
 * of it: what is this much too long is too long by any count. */
#define PACKET_MARGIN 8

static void a_packet_beyond_64_kib_is_refused(void **state)
{
    const struct test_broker *broker = *state;
    struct client server;
    struct client kiosk;
    char *payload = calloc(1, PACKET_MAX + PACKET_MARGIN);
    assert_non_null(payload);
    client_open_device(&kiosk, broker, "kiosk-hall1", ENTRANCE_LOOPBACK, NULL);
    client_subscribe(&kiosk, PREFIX "config");

    /* The largest packet is delivered whole. */
    memset(payload, 'x', PACKET_MAX - PACKET_OVERHEAD);
    client_open_device(&server, broker, "server", ENTRANCE_SERVER, NULL);
    assert_true(client_publish(&server, PREFIX "config", payload, false) >= 0);
    assert_true(client_wait(&kiosk, PREFIX "config", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));

    /* MQTT 5 tells a client the limit, and its library keeps to it. */
    memset(payload, 'x', PACKET_MAX - PACKET_OVERHEAD + PACKET_MARGIN);
    assert_int_equal(mosquitto_publish_v5(server.handle, NULL, PREFIX "config",
                                          (int)strlen(payload), payload, 1, false, NULL),
                     MOSQ_ERR_OVERSIZE_PACKET);
    client_close(&server);

    /* One who does not keep to it is put out. */
    char secret[128];
    secret_read(broker, "server", secret);
    const struct credentials older = {.entrance = ENTRANCE_SERVER,
                                      .name = "server",
                                      .secret = secret,
                                      .protocol = MQTT_PROTOCOL_V311};
    memset(payload, 'y', PACKET_MAX - PACKET_OVERHEAD + PACKET_MARGIN);
    assert_true(client_open(&server, broker, &older));
    assert_int_equal(client_publish(&server, PREFIX "config", payload, false), -1);
    assert_true(client_wait_end(&server));
    client_close(&server);
    assert_int_equal(
        client_count(&kiosk, PREFIX "config", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"), 0);
    assert_true(client_is_alive(&kiosk, PREFIX "kiosk/hall1/status"));
    client_close(&kiosk);
    free(payload);
}

/* Debian's broker forgets max_qos and max_connections when it reads its files again
 * (README.md): what they do is seen in one that was started just now. */
static void quality_2_is_not_spoken(void **state)
{
    const struct test_broker *broker = *state;
    struct client kiosk;
    broker_restart(broker);
    client_open_device(&kiosk, broker, "kiosk-hall1", ENTRANCE_LOOPBACK, NULL);
    assert_int_equal(mosquitto_publish_v5(kiosk.handle, NULL,
                                          PREFIX "kiosk/hall1/command", 1, "x", 2, false,
                                          NULL),
                     MOSQ_ERR_QOS_NOT_SUPPORTED);
    client_close(&kiosk);
}

/* Opens connections to `port` that never say a word. */
static void silence_open(int port, int fds[SILENT_COUNT])
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port)};
    assert_int_equal(inet_pton(AF_INET, "127.0.0.1", &address.sin_addr), 1);
    for (size_t i = 0; i < SILENT_COUNT; i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        assert_true(fds[i] >= 0);
        assert_int_equal(
            connect(fds[i], (const struct sockaddr *)&address, sizeof address), 0);
    }
}

static void silence_close(const int fds[SILENT_COUNT])
{
    for (size_t i = 0; i < SILENT_COUNT; i++) {
        (void)close(fds[i]); /* nothing was ever written */
    }
}

static void a_hall_full_of_silent_connections_does_not_lock_the_server_out(void **state)
{
    const struct test_broker *broker = *state;
    const int ports[] = {broker->tls_port, broker->loopback_port};
    const char *const devices_out[] = {"display-hall1", "kiosk-hall1"};
    const enum entrance entrances[] = {ENTRANCE_TLS, ENTRANCE_LOOPBACK};
    int fds[2][SILENT_COUNT];
    struct client client;
    broker_restart(broker);
    for (size_t i = 0; i < 2; i++) {
        silence_open(ports[i], fds[i]);
        /* It is full: otherwise this test shows nothing. */
        assert_false(
            client_try_device(&client, broker, devices_out[i], entrances[i], NULL));
        client_close(&client);
    }
    client_open_device(&client, broker, "server", ENTRANCE_SERVER, NULL);
    assert_true(client_publish(&client, PREFIX "config", "x", false) >= 0);
    client_close(&client);
    silence_close(fds[0]);
    silence_close(fds[1]);

    /* The hall is open again once they are gone. */
    for (int tries = 0; tries < 100; tries++) {
        bool is_in =
            client_try_device(&client, broker, "display-hall1", ENTRANCE_TLS, NULL);
        client_close(&client);
        if (is_in) {
            return;
        }
    }
    fail_msg("the hall stays locked");
}

/* Milliseconds between two moments. */
static double elapsed_ms(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) * 1e3 +
           (double)(to->tv_nsec - from->tv_nsec) / 1e6;
}

static int compare_doubles(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return (*x > *y) - (*x < *y);
}

/* Nagle's algorithm and delayed acknowledgements together cost 40 ms and more a message,
 * far from both what is measured with and without them, so that a slow machine decides
 * nothing. */
static void a_press_of_a_button_waits_for_no_tcp_timer(void **state)
{
    const struct test_broker *broker = *state;
    struct client server;
    struct client kiosk;
    double took_ms[41];
    client_open_device(&server, broker, "server", ENTRANCE_SERVER, NULL);
    client_open_device(&kiosk, broker, "kiosk-hall1", ENTRANCE_LOOPBACK, NULL);
    client_subscribe(&server, PREFIX "+/+/command");
    client_subscribe(&kiosk, PREFIX "kiosk/hall1/reply");
    for (size_t i = 0; i < 41; i++) {
        struct timespec start;
        struct timespec end;
        assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &start), 0);
        assert_true(client_publish(&kiosk, PREFIX "kiosk/hall1/command", "x", false) >=
                    0);
        assert_true(client_wait(&server, NULL, "x"));
        assert_true(client_publish(&server, PREFIX "kiosk/hall1/reply", "y", false) >= 0);
        assert_true(client_wait(&kiosk, NULL, "y"));
        assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &end), 0);
        took_ms[i] = elapsed_ms(&start, &end);
        client_forget(&server);
        client_forget(&kiosk);
    }
    qsort(took_ms, 41, sizeof took_ms[0], compare_doubles);
    print_message("command and reply: median %.2f ms, longest %.2f ms\n", took_ms[20],
                  took_ms[40]);
    assert_true(took_ms[20] < 10.0);
    client_close(&server);
    client_close(&kiosk);
}

static void the_broker_keeps_nothing_on_disk(void **state)
{
    const struct test_broker *broker = *state;
    struct client server;
    struct client kiosk;
    client_open_device(&server, broker, "server", ENTRANCE_SERVER, NULL);
    assert_true(client_publish(&server, PREFIX "config", "kept", true) >= 0);
    client_open_device(&kiosk, broker, "kiosk-hall1", ENTRANCE_LOOPBACK, NULL);
    client_subscribe(&kiosk, PREFIX "config");
    assert_true(client_wait(&kiosk, PREFIX "config", "kept"));
    client_close(&kiosk);
    client_close(&server);

    broker_restart(broker);
    client_open_device(&server, broker, "server", ENTRANCE_SERVER, NULL);
    client_open_device(&kiosk, broker, "kiosk-hall1", ENTRANCE_LOOPBACK, NULL);
    client_subscribe(&kiosk, PREFIX "config");
    assert_true(client_publish(&server, PREFIX "config", "live", false) >= 0);
    assert_true(client_wait(&kiosk, PREFIX "config", "live"));
    assert_int_equal(client_count(&kiosk, PREFIX "config", "kept"), 0);
    client_close(&kiosk);
    client_close(&server);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, broker_setup, broker_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_packet_beyond_64_kib_is_refused),
        TEST(quality_2_is_not_spoken),
        TEST(a_hall_full_of_silent_connections_does_not_lock_the_server_out),
        TEST(a_press_of_a_button_waits_for_no_tcp_timer),
        TEST(the_broker_keeps_nothing_on_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
