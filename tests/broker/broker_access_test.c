/* Who is let in, what a revoked device loses, and what one client can do to the others.
 * Every test has a broker of its own with two devices by secret and two by certificate.
 */
#include "broker_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"

#define REASON_NOT_AUTHORIZED 135

/* Files of one device's certificate and of the authority. */
struct proof {
    char ca[PATH_MAX];
    char certificate[PATH_MAX];
    char key[PATH_MAX];
};

static struct credentials proof_read(const struct test_broker *broker, const char *name,
                                     struct proof *proof)
{
    path_join(proof->ca, broker->dir, "/tls/ca.crt", "", "");
    path_join(proof->certificate, broker->dir, name, ".crt", "");
    path_join(proof->key, broker->dir, name, ".key", "");
    return (struct credentials){.entrance = ENTRANCE_TLS,
                                .ca = proof->ca,
                                .certificate = proof->certificate,
                                .key = proof->key};
}

/* Whether these credentials are let in; the connection is over afterwards. */
static bool is_let_in(const struct test_broker *broker,
                      const struct credentials *credentials)
{
    struct client client;
    bool is_in = client_open(&client, broker, credentials);
    client_close(&client);
    return is_in;
}

static void nobody_is_let_in_without_a_name(void **state)
{
    const struct test_broker *broker = *state;
    struct proof proof;
    for (int i = 0; i < ENTRANCE_COUNT; i++) {
        struct credentials credentials = {.entrance = (enum entrance)i};
        assert_false(is_let_in(broker, &credentials));
        credentials.client_id = "kiosk-hall1";
        assert_false(is_let_in(broker, &credentials));
    }
    struct credentials credentials = proof_read(broker, "/devices/display-hall1", &proof);
    credentials.certificate = NULL;
    credentials.key = NULL;
    assert_false(is_let_in(broker, &credentials));
}

static void a_wrong_secret_is_refused(void **state)
{
    const struct test_broker *broker = *state;
    char own[128];
    char other[128];
    secret_read(broker, "kiosk-hall1", own);
    secret_read(broker, "kiosk-hall2", other);
    struct credentials credentials = {.entrance = ENTRANCE_LOOPBACK,
                                      .name = "kiosk-hall1"};
    const char *const wrong[] = {other, "", "wrong"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        credentials.secret = wrong[i];
        assert_false(is_let_in(broker, &credentials));
    }
    credentials.secret = own;
    assert_true(is_let_in(broker, &credentials));
    credentials.name = "kiosk-hall9";
    assert_false(is_let_in(broker, &credentials));
    credentials.name = "display-hall1"; /* who has a certificate has no secret */
    assert_false(is_let_in(broker, &credentials));
}

static void the_hall_takes_only_certificates_of_the_site(void **state)
{
    const struct test_broker *broker = *state;
    struct test_broker other = {.tls_port = broker->tls_port};
    struct proof proof;
    struct proof foreign;
    char secret[128];

    struct credentials credentials = proof_read(broker, "/devices/display-hall1", &proof);
    assert_true(is_let_in(broker, &credentials));

    /* Another site has the same names from an authority of its own. */
    folder_make(other.dir);
    devices_must("init", "--site", SITE, "--listen", "127.0.0.1:8883", "--dir", other.dir,
                 "--broker-user", "root", NULL);
    devices_must("add", "display", "hall1", "--dir", other.dir, "--certificate", NULL);
    (void)proof_read(&other, "/devices/display-hall1", &foreign);
    credentials.certificate = foreign.certificate;
    credentials.key = foreign.key;
    assert_false(is_let_in(broker, &credentials));
    folder_remove(other.dir);

    /* The broker's own certificate is for servers. */
    credentials = proof_read(broker, "/tls/broker", &proof);
    assert_false(is_let_in(broker, &credentials));

    /* A secret alone is no certificate. */
    secret_read(broker, "kiosk-hall1", secret);
    credentials = proof_read(broker, "/devices/display-hall1", &proof);
    credentials.certificate = NULL;
    credentials.key = NULL;
    credentials.name = "kiosk-hall1";
    credentials.secret = secret;
    assert_false(is_let_in(broker, &credentials));
}

static void the_hall_speaks_nothing_older_than_tls_1_3(void **state)
{
    const struct test_broker *broker = *state;
    struct proof proof;
    char address[32];
    struct text text;
    text_init(&text, address, sizeof address);
    text_add(&text, "127.0.0.1:%d", broker->tls_port);
    (void)proof_read(broker, "/devices/display-hall1", &proof);
    /* libmosquitto knows lowest versions only; s_client keeps to the one it is told. */
    const char *words[] = {"/usr/bin/openssl",
                           "s_client",
                           "-tls1_3",
                           "-brief",
                           "-connect",
                           address,
                           "-CAfile",
                           proof.ca,
                           "-cert",
                           proof.certificate,
                           "-key",
                           proof.key,
                           "-verify_return_error",
                           NULL};
    assert_int_equal(program_run(words).exit_status, 0);
    words[2] = "-tls1_2";
    assert_int_not_equal(program_run(words).exit_status, 0);

    struct credentials credentials;
    credentials = (struct credentials){.entrance = ENTRANCE_TLS, .name = "kiosk-hall1"};
    assert_false(is_let_in(broker, &credentials)); /* without TLS */
}

static void a_device_checks_the_broker_by_the_site_authority(void **state)
{
    const struct test_broker *broker = *state;
    struct test_broker other = {0};
    struct proof proof;
    struct proof foreign;
    char port[16];
    struct text text;
    text_init(&text, port, sizeof port);
    text_add(&text, "%d", broker->tls_port);
    folder_make(other.dir);
    devices_must("init", "--site", SITE, "--dir", other.dir, "--broker-user", "root",
                 NULL);
    (void)proof_read(broker, "/devices/display-hall1", &proof);
    (void)proof_read(&other, "/devices/none", &foreign);
    const char *topic = PREFIX "display/hall1/shown";
    const char *words[] = {"/usr/bin/mosquitto_pub",
                           "-V",
                           "5",
                           "-i",
                           "display-hall1",
                           "-h",
                           "127.0.0.1",
                           "-p",
                           port,
                           "-t",
                           topic,
                           "-n",
                           "--cafile",
                           proof.ca,
                           "--cert",
                           proof.certificate,
                           "--key",
                           proof.key,
                           NULL};
    assert_int_equal(program_run(words).exit_status, 0);
    words[13] = foreign.ca;
    assert_int_not_equal(program_run(words).exit_status, 0);
    /* The certificate names the address: another name for the same broker is not trusted.
     */
    words[13] = proof.ca;
    words[6] = "localhost";
    assert_int_not_equal(program_run(words).exit_status, 0);
    folder_remove(other.dir);
}

static void the_name_of_a_certificate_stands_whatever_the_client_says(void **state)
{
    const struct test_broker *broker = *state;
    struct proof proof;
    struct client client;
    char secret[128];
    secret_read(broker, "server", secret);
    struct credentials credentials = proof_read(broker, "/devices/display-hall1", &proof);
    credentials.client_id = "server";
    credentials.name = "server";
    credentials.secret = secret;
    assert_true(client_open(&client, broker, &credentials));
    assert_int_equal(client_publish(&client, PREFIX "config", "x", false),
                     REASON_NOT_AUTHORIZED);
    assert_int_not_equal(
        client_publish(&client, PREFIX "display/hall1/shown", "x", false),
        REASON_NOT_AUTHORIZED);
    client_close(&client);
}

static void nobody_takes_the_place_of_another(void **state)
{
    const struct test_broker *broker = *state;
    struct client kiosk;
    struct client display;
    struct client intruder;
    struct proof proof;
    char secret[128];
    client_open_device(&kiosk, broker, "kiosk-hall1", ENTRANCE_LOOPBACK, NULL);
    client_open_device(&display, broker, "display-hall1", ENTRANCE_TLS, NULL);

    secret_read(broker, "kiosk-hall2", secret);
    struct credentials credentials = {.entrance = ENTRANCE_LOOPBACK,
                                      .client_id = "kiosk-hall1",
                                      .name = "kiosk-hall2",
                                      .secret = secret};
    assert_true(client_open(&intruder, broker, &credentials));
    assert_int_equal(client_publish(&intruder, PREFIX "kiosk/hall1/command", "x", false),
                     REASON_NOT_AUTHORIZED);
    assert_true(client_is_alive(&kiosk, PREFIX "kiosk/hall1/status"));
    client_close(&intruder);

    credentials = proof_read(broker, "/devices/display-hall2", &proof);
    credentials.client_id = "display-hall1";
    assert_true(client_open(&intruder, broker, &credentials));
    assert_int_equal(client_publish(&intruder, PREFIX "display/hall1/shown", "x", false),
                     REASON_NOT_AUTHORIZED);
    assert_true(client_is_alive(&display, PREFIX "display/hall1/status"));
    client_close(&intruder);

    /* The same identity twice: the later connection holds, the earlier one ends. */
    client_open_device(&intruder, broker, "kiosk-hall1", ENTRANCE_LOOPBACK, NULL);
    assert_true(client_wait_end(&kiosk));
    client_close(&intruder);
    client_close(&kiosk);
    client_close(&display);
}

static void a_removed_device_with_a_secret_is_out_at_once(void **state)
{
    const struct test_broker *broker = *state;
    struct client revoked;
    struct client other;
    char secret[128];
    secret_read(broker, "kiosk-hall1", secret);
    client_open_device(&revoked, broker, "kiosk-hall1", ENTRANCE_LOOPBACK, NULL);
    client_open_device(&other, broker, "kiosk-hall2", ENTRANCE_LOOPBACK, NULL);
    devices_must("remove", "kiosk", "hall1", "--dir", broker->dir, NULL);
    assert_true(client_wait_end(&revoked));
    const struct credentials credentials = {
        .entrance = ENTRANCE_LOOPBACK, .name = "kiosk-hall1", .secret = secret};
    assert_false(is_let_in(broker, &credentials));
    assert_true(client_is_alive(&other, PREFIX "kiosk/hall2/status"));
    client_close(&revoked);
    client_close(&other);

    devices_must("add", "kiosk", "hall1", "--dir", broker->dir, NULL);
    assert_false(is_let_in(broker, &credentials));
    client_open_device(&revoked, broker, "kiosk-hall1", ENTRANCE_LOOPBACK, NULL);
    client_close(&revoked);
}

static void a_removed_device_with_a_certificate_is_out_at_once(void **state)
{
    const struct test_broker *broker = *state;
    struct client revoked;
    struct client other;
    struct client server;
    char stolen[PATH_MAX];
    folder_make(stolen);
    const char *const words[] = {"/bin/cp", "-r", broker->dir, stolen, NULL};
    assert_int_equal(program_run(words).exit_status, 0);

    client_open_device(&server, broker, "server", ENTRANCE_SERVER, NULL);
    client_open_device(&revoked, broker, "display-hall1", ENTRANCE_TLS, NULL);
    client_open_device(&other, broker, "display-hall2", ENTRANCE_TLS, NULL);
    client_subscribe(&revoked, PREFIX "#");
    devices_must("remove", "display", "hall1", "--dir", broker->dir, NULL);
    assert_true(client_wait_end(&revoked));
    assert_true(client_publish(&server, PREFIX "config", "after", true) >= 0);
    assert_int_equal(client_count(&revoked, PREFIX "config", "after"), 0);
    client_close(&revoked);

    /* A new machine gets the name; the stolen one's certificate still opens nothing. */
    devices_must("add", "display", "hall1", "--dir", broker->dir, "--certificate", NULL);
    struct proof proof;
    struct test_broker thief = *broker;
    path_join(thief.dir, stolen, strrchr(broker->dir, '/'), "", "");
    struct credentials credentials = proof_read(&thief, "/devices/display-hall1", &proof);
    assert_false(is_let_in(broker, &credentials));
    client_open_device(&revoked, broker, "display-hall1", ENTRANCE_TLS, NULL);
    client_close(&revoked);
    assert_true(client_is_alive(&other, PREFIX "display/hall2/status"));
    client_close(&other);
    client_close(&server);
    folder_remove(stolen);
}

static void a_broker_without_a_pid_file_can_be_named(void **state)
{
    const struct test_broker *broker = *state;
    struct client kiosk;
    char pid[16];
    char path[PATH_MAX];
    struct text text;
    text_init(&text, pid, sizeof pid);
    text_add(&text, "%ld", (long)broker->pid);
    path_join(path, broker->dir, "/run/mosquitto.pid", "", "");
    assert_int_equal(unlink(path), 0);
    devices_must("add", "kiosk", "hall3", "--dir", broker->dir, NULL);
    assert_false(
        client_try_device(&kiosk, broker, "kiosk-hall3", ENTRANCE_LOOPBACK, NULL));
    client_close(&kiosk);
    devices_must("add", "kiosk", "hall3", "--dir", broker->dir, "--broker-pid", pid,
                 NULL);
    client_open_device(&kiosk, broker, "kiosk-hall3", ENTRANCE_LOOPBACK, NULL);
    client_close(&kiosk);
    text_add_string(&text, "\n");
    int fd =
        open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600); /* for private-broker stop */
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pid, strlen(pid)), strlen(pid));
    assert_int_equal(close(fd), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, broker_setup, broker_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_is_let_in_without_a_name),
        TEST(a_wrong_secret_is_refused),
        TEST(the_hall_takes_only_certificates_of_the_site),
        TEST(the_hall_speaks_nothing_older_than_tls_1_3),
        TEST(a_device_checks_the_broker_by_the_site_authority),
        TEST(the_name_of_a_certificate_stands_whatever_the_client_says),
        TEST(nobody_takes_the_place_of_another),
        TEST(a_removed_device_with_a_secret_is_out_at_once),
        TEST(a_removed_device_with_a_certificate_is_out_at_once),
        TEST(a_broker_without_a_pid_file_can_be_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
