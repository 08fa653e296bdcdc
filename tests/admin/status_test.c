/* `guichet status` against a real server and a real broker. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "../server/office_support.h"

static const char guichet[] = GUICHET_BINARY_DIR "/bin/guichet";

static const char site_text[] =
    "[site]\nid = prefecture\nname.fr = Préfecture\ntime_zone = Europe/Paris\n"
    "[hall main]\nname.fr = Accueil\n"
    "[service permis]\nletter = A\ncolor = #7a3b0a\nname.fr = Permis\n"
    "[counter 1]\nname.fr = Guichet 1\nhall = main\nservices = permis\n"
    "[kiosk hall1]\nhall = main\n";

static int setup(void **state)
{
    return office_begin_test(state, site_text);
}

static struct program_result ask(const struct test_office *office, const char *word)
{
    char config[PATH_MAX];
    path_join(config, office->broker.dir, "/devices/admin-ops.conf", "", "");
    return program_run(
        (const char *const[]){guichet, "status", "--config", config, word, NULL});
}

static void assert_says(const struct program_result *result, const char *words)
{
    if (!strstr(result->output, words)) {
        fail_msg("'%s' is not in:\n%s%s", words, result->output, result->errors);
    }
}

/* Publish what a device says of itself, and have the server see it. */
static void device_says(struct test_device *device, const char *status)
{
    char topic[160];
    (void)snprintf(topic, sizeof(topic), PREFIX "%s/status", device->kind_and_id);
    assert_int_equal(mosquitto_publish_v5(device->handle, NULL, topic,
                                          (int)strlen(status), status, 1, true, NULL),
                     MOSQ_ERR_SUCCESS);
    /* The same connection, so the server has the status before it answers this. */
    device_do(device, "take", "\"service\":\"permis\",\"language\":\"fr\"");
    device_must_be_told(device, "\"ok\":true");
}

static void the_office_and_its_devices_are_shown(void **state)
{
    static struct test_device kiosk;
    device_open(&kiosk, *state, "kiosk", "hall1");
    device_says(&kiosk, "{\"online\":true,\"birth\":1,\"version\":\"9.8.7\","
                        "\"printer\":\"jam\",\"paper\":\"low\"}");
    struct program_result result = ask(*state, NULL);
    assert_string_equal(result.errors, "");
    assert_int_equal(result.exit_status, 0);
    assert_says(&result, "server        0.");
    assert_says(&result, "epoch         1\n");
    assert_says(&result, "office clock  real\n");
    assert_says(&result, "tickets       1, 1 waiting\n");
    assert_says(&result, "open          0 counters, 1 service\n");
    assert_says(&result, "kiosk hall1  online  9.8.7    jam         low      ");
    device_says(&kiosk, "{\"online\":false}");
    result = ask(*state, NULL);
    assert_says(&result, "tickets       2, 2 waiting\n");
    assert_says(&result, "kiosk hall1  gone    9.8.7 ");
    device_close(&kiosk);
}

static void json_is_the_reply_of_the_protocol(void **state)
{
    struct program_result result = ask(*state, "--json");
    assert_int_equal(result.exit_status, 0);
    assert_int_equal(strncmp(result.output, "{\"id\":\"", 7), 0);
    assert_says(&result, "\"status\":{\"version\":\"");
    assert_string_equal(result.output + strlen(result.output) - 2, "}\n");
}

static void a_dead_server_is_told_from_a_dead_broker(void **state)
{
    struct test_office *office = *state;
    struct timespec before;
    struct timespec after;
    office_kill(office);
    (void)clock_gettime(CLOCK_MONOTONIC, &before); /* cannot fail for this clock */
    struct program_result result = ask(office, NULL);
    (void)clock_gettime(CLOCK_MONOTONIC, &after);
    assert_int_equal(result.exit_status, 1);
    assert_string_equal(result.output, "");
    assert_non_null(strstr(result.errors, "but the server of site 'prefecture' does not: "
                                          "no reply within 5 s\n"));
    assert_ptr_equal(strchr(result.errors, '\n'),
                     result.errors + strlen(result.errors) - 1);
    assert_in_range(after.tv_sec - before.tv_sec, 4, 7);

    char config[PATH_MAX];
    path_join(config, office->broker.dir, "/nobody.conf", "", "");
    FILE *file = fopen(config, "we");
    assert_non_null(file);
    /* Port 1 of loopback: nothing of a test listens there. */
    assert_true(fputs("[broker]\nsite = prefecture\nidentity = admin-ops\n"
                      "host = 127.0.0.1\nport = 1\n",
                      file) >= 0);
    assert_true(fprintf(file, "secret_file = %s/devices/admin-ops.secret\n",
                        office->broker.dir) > 0);
    assert_int_equal(fclose(file), 0);
    result =
        program_run((const char *const[]){guichet, "status", "--config", config, NULL});
    assert_int_equal(result.exit_status, 1);
    assert_non_null(strstr(result.errors, "cannot connect to"));
    assert_ptr_equal(strchr(result.errors, '\n'),
                     result.errors + strlen(result.errors) - 1);
    office_restart(office);
}

struct asked {
    const struct test_office *office;
    struct program_result result;
};

static void *ask_in_thread(void *data)
{
    struct asked *asked = data;
    asked->result = ask(asked->office, NULL);
    return NULL;
}

static void a_server_that_starts_meanwhile_answers(void **state)
{
    static struct asked asked;
    pthread_t thread;
    asked.office = *state;
    office_kill(*state);
    assert_int_equal(pthread_create(&thread, NULL, ask_in_thread, &asked), 0);
    /* Long enough for the first question to find nobody; in vain only where the machine
     * is very slow, and then the answer is right all the same. */
    struct timespec pause = {.tv_nsec = 300000000};
    (void)nanosleep(&pause, NULL);
    office_restart(*state);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(asked.result.exit_status, 0);
    assert_says(&asked.result, "epoch         2\n");
}

static void another_kind_of_identity_is_refused(void **state)
{
    const struct test_office *office = *state;
    char config[PATH_MAX];
    path_join(config, office->broker.dir, "/devices/kiosk-hall1.conf", "", "");
    struct program_result result =
        program_run((const char *const[]){guichet, "status", "--config", config, NULL});
    assert_int_equal(result.exit_status, 2);
    assert_non_null(strstr(result.errors, "identity"));
}

#define OFFICE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, office_end_test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(the_office_and_its_devices_are_shown),
        OFFICE_TEST(json_is_the_reply_of_the_protocol),
        OFFICE_TEST(a_dead_server_is_told_from_a_dead_broker),
        OFFICE_TEST(a_server_that_starts_meanwhile_answers),
        OFFICE_TEST(another_kind_of_identity_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
