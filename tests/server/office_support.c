/* A real server for tests; see office_support.h. */
#include "office_support.h"

#include <errno.h>
#include <fcntl.h>
#include <mqtt_protocol.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define SERVER GUICHET_BINARY_DIR "/bin/guichet-server"

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void pause_ms(long ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)nanosleep(&pause, NULL); /* waking early only looks again */
}

/* ---- The server ---- */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void write_config(const struct test_office *office)
{
    char path[PATH_MAX];
    char config[4096];
    path_join(path, office->broker.dir, "/devices/server.conf", "", "");
    file_read(path, config, sizeof(config));
    write_file(office->config_path, config);
    char line[PATH_MAX + 64];
    file_append(office->config_path, "\n[server]\n");
    (void)snprintf(line, sizeof(line), "site_file = %s\n", office->site_path);
    file_append(office->config_path, line);
    (void)snprintf(line, sizeof(line), "journal = %s\n", office->journal_path);
    file_append(office->config_path, line);
    file_append(office->config_path, "reserve_mib = 4\n");
}

static int count_in_log(const struct test_office *office, const char *words)
{
    FILE *file = fopen(office->log_path, "re");
    if (!file) {
        return 0;
    }
    int count = 0;
    char line[1024];
    while (fgets(line, sizeof(line), file)) {
        count += strstr(line, words) ? 1 : 0;
    }
    assert_int_equal(fclose(file), 0);
    return count;
}

void office_wait_for_log(const struct test_office *office, const char *words, int count)
{
    int64_t until_ms = now_ms() + PATIENCE_MS;
    while (count_in_log(office, words) < count) {
        if (now_ms() > until_ms) {
            char log[OUTPUT_BYTES];
            file_read(office->log_path, log, sizeof(log));
            fail_msg("'%s' is not in the log:\n%s", words, log);
        }
        pause_ms(5);
    }
}

void office_restart(struct test_office *office)
{
    int starts = count_in_log(office, "started epoch");
    office->pid = fork();
    assert_true(office->pid >= 0);
    if (office->pid == 0) {
        int log = open(office->log_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (log < 0 || dup2(log, STDERR_FILENO) < 0) {
            _exit(127);
        }
        if (office->file_bytes_max > 0) {
            struct rlimit limit = {(rlim_t)office->file_bytes_max,
                                   (rlim_t)office->file_bytes_max};
            if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR ||
                setrlimit(RLIMIT_FSIZE, &limit) != 0) {
                _exit(127);
            }
        }
        (void)execl(SERVER, SERVER, "--config", office->config_path, "--log", "debug",
                    (char *)NULL);
        _exit(127);
    }
    office_wait_for_log(office, "started epoch", starts + 1);
}

void office_kill(struct test_office *office)
{
    int status;
    assert_int_equal(kill(office->pid, SIGKILL), 0);
    assert_int_equal(waitpid(office->pid, &status, 0), office->pid);
    office->pid = 0;
}

void office_start(struct test_office *office, const char *site_text)
{
    static const char *const counters[] = {"1", "2", "3", "4"};
    *office = (struct test_office){.file_bytes_max = office->file_bytes_max};
    broker_start(&office->broker);
    path_join(office->site_path, office->broker.dir, "/site.conf", "", "");
    path_join(office->config_path, office->broker.dir, "/office.conf", "", "");
    path_join(office->journal_path, office->broker.dir, "/journal.db", "", "");
    path_join(office->log_path, office->broker.dir, "/office.log", "", "");
    write_file(office->site_path, site_text);
    devices_must("add", "kiosk", "hall1", "--dir", office->broker.dir, NULL);
    devices_must("add", "kiosk", "stranger", "--dir", office->broker.dir, NULL);
    devices_must("add", "admin", "ops", "--dir", office->broker.dir, NULL);
    for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
        devices_must("add", "counter", counters[i], "--dir", office->broker.dir, NULL);
    }
    devices_must("add", "button", "b4", "--counter", "4", "--dir", office->broker.dir,
                 NULL);
    write_config(office);
    office_restart(office);
}

void office_stop(struct test_office *office)
{
    if (office->pid > 0) {
        int status;
        assert_int_equal(kill(office->pid, SIGTERM), 0);
        assert_int_equal(waitpid(office->pid, &status, 0), office->pid);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    broker_stop(&office->broker);
}

/* ---- Devices ---- */

static int64_t integer_of(const char *payload, const char *key)
{
    char pattern[48];
    (void)snprintf(pattern, sizeof(pattern), "\"%s\":", key);
    const char *at = strstr(payload, pattern);
    return at ? strtoll(at + strlen(pattern), NULL, 10) : -1;
}

static void on_message(struct mosquitto *handle, void *context,
                       const struct mosquitto_message *message,
                       const mosquitto_property *properties)
{
    (void)handle;
    (void)properties;
    struct device *device = context;
    bool is_state = strstr(message->topic, "/state") != NULL;
    char *to = is_state ? device->state : device->reply;
    size_t length = (size_t)message->payloadlen;
    assert_true(length < REPLY_BYTES);
    memcpy(to, message->payload, length);
    to[length] = '\0';
    device->has_reply |= !is_state;
    if (strstr(to, "\"version\":")) {
        device->version = integer_of(to, "version");
        device->epoch = integer_of(to, "epoch");
        device->tick = integer_of(to, "tick");
    }
}

static void on_connect(struct mosquitto *handle, void *context, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)flags;
    (void)properties;
    struct device *device = context;
    assert_int_equal(reason, 0);
    char reply[160];
    char state[160];
    char *topics[] = {reply, state};
    (void)snprintf(reply, sizeof(reply), PREFIX "%s/reply", device->kind_and_id);
    (void)snprintf(state, sizeof(state), PREFIX "%s/state", device->kind_and_id);
    bool has_state = strncmp(device->kind_and_id, "counter/", 8) == 0;
    if (strncmp(device->kind_and_id, "button/", 7) == 0) {
        (void)snprintf(state, sizeof(state), PREFIX "counter/%s/state",
                       device->kind_and_id + 8); /* button b4 belongs to counter 4 */
        has_state = true;
    }
    assert_int_equal(
        mosquitto_subscribe_multiple(handle, NULL, has_state ? 2 : 1, topics, 1, 0, NULL),
        MOSQ_ERR_SUCCESS);
}

static void on_subscribe(struct mosquitto *handle, void *context, int mid, int count,
                         const int *granted, const mosquitto_property *properties)
{
    (void)handle;
    (void)mid;
    (void)properties;
    struct device *device = context;
    for (int i = 0; i < count; i++) {
        assert_true(granted[i] <= 2);
    }
    device->has_reply = count == 1; /* nothing else will come: ready */
}

void device_open(struct device *device, const struct test_office *office,
                 const char *kind, const char *id)
{
    char identity[64];
    char secret[128];
    memset(device, 0, sizeof(*device));
    (void)snprintf(identity, sizeof(identity), "%s-%s", kind, id);
    (void)snprintf(device->kind_and_id, sizeof(device->kind_and_id), "%s/%s", kind, id);
    secret_read(&office->broker, identity, secret);
    device->handle = mosquitto_new(identity, true, device);
    assert_non_null(device->handle);
    (void)mosquitto_int_option(device->handle, MOSQ_OPT_PROTOCOL_VERSION, 5);
    (void)mosquitto_int_option(device->handle, MOSQ_OPT_TCP_NODELAY, 1);
    assert_int_equal(mosquitto_username_pw_set(device->handle, identity, secret),
                     MOSQ_ERR_SUCCESS);
    mosquitto_connect_v5_callback_set(device->handle, on_connect);
    mosquitto_subscribe_v5_callback_set(device->handle, on_subscribe);
    mosquitto_message_v5_callback_set(device->handle, on_message);
    assert_int_equal(
        mosquitto_connect(device->handle, "127.0.0.1", office->broker.loopback_port, 60),
        MOSQ_ERR_SUCCESS);
    int64_t until_ms = now_ms() + PATIENCE_MS;
    while (!device->has_reply && device->state[0] == '\0') {
        assert_true(now_ms() < until_ms);
        assert_int_equal(mosquitto_loop(device->handle, 20, 1), MOSQ_ERR_SUCCESS);
    }
    /* A state that is on its way (at most 20 ms) replaces the one that was kept. */
    until_ms = now_ms() + (device->state[0] != '\0' ? 100 : 0);
    while (now_ms() < until_ms) {
        assert_int_equal(mosquitto_loop(device->handle, 20, 1), MOSQ_ERR_SUCCESS);
    }
    device->has_reply = false;
}

void device_close(struct device *device)
{
    (void)mosquitto_disconnect(device->handle); /* ended either way */
    mosquitto_destroy(device->handle);
}

void device_send_to(struct device *device, const char *payload,
                    const char *response_topic)
{
    char topic[160];
    mosquitto_property *properties = NULL;
    (void)snprintf(topic, sizeof(topic), PREFIX "%s/command", device->kind_and_id);
    if (response_topic) {
        assert_int_equal(mosquitto_property_add_string(
                             &properties, MQTT_PROP_RESPONSE_TOPIC, response_topic),
                         MOSQ_ERR_SUCCESS);
    }
    device->has_reply = false;
    assert_int_equal(mosquitto_publish_v5(device->handle, NULL, topic,
                                          (int)strlen(payload), payload, 1, false,
                                          properties),
                     MOSQ_ERR_SUCCESS);
    mosquitto_property_free_all(&properties);
}

void device_send(struct device *device, const char *payload)
{
    device_send_to(device, payload, NULL);
}

bool device_wait_reply(struct device *device, int timeout_ms)
{
    int64_t until_ms = now_ms() + timeout_ms;
    while (!device->has_reply && now_ms() < until_ms) {
        assert_int_equal(mosquitto_loop(device->handle, 10, 1), MOSQ_ERR_SUCCESS);
    }
    return device->has_reply;
}

void device_ask(struct device *device, const char *payload)
{
    device_send(device, payload);
    if (!device_wait_reply(device, PATIENCE_MS)) {
        fail_msg("no reply to %s", payload);
    }
}

/* An id that no other command of the run has. */
static void fresh_id(char ret_id[40])
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now); /* cannot fail for this clock */
    uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    unsigned char noise[9];
    int random = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    assert_true(random >= 0);
    assert_int_equal(read(random, noise, sizeof(noise)), sizeof(noise));
    (void)close(random); /* was only read */
    (void)snprintf(ret_id, 40, "%08x-%04x-7%01x%02x-8%01x%02x-%02x%02x%02x%02x%02x00",
                   (unsigned)(ms >> 16), (unsigned)(ms & 0xFFFF), noise[0] & 15U,
                   noise[1], noise[2] & 15U, noise[3], noise[4], noise[5], noise[6],
                   noise[7], noise[8]);
}

void device_start(struct device *device, const char *verb, const char *fields)
{
    char id[40];
    char payload[1024];
    char seen[128] = "";
    fresh_id(id);
    bool has_version = strncmp(device->kind_and_id, "counter/", 8) == 0 ||
                       strncmp(device->kind_and_id, "button/", 7) == 0;
    if (has_version) {
        (void)snprintf(seen, sizeof(seen),
                       ",\"version\":%lld,\"epoch\":%lld,\"tick\":%lld",
                       (long long)device->version, (long long)device->epoch,
                       (long long)device->tick);
    }
    (void)snprintf(payload, sizeof(payload), "{\"id\":\"%s\",\"verb\":\"%s\"%s%s%s}", id,
                   verb, seen, fields ? "," : "", fields ? fields : "");
    device_send(device, payload);
}

void device_do(struct device *device, const char *verb, const char *fields)
{
    device_start(device, verb, fields);
    if (!device_wait_reply(device, PATIENCE_MS)) {
        fail_msg("no reply to '%s' of %s", verb, device->kind_and_id);
    }
}

bool device_was_told(const struct device *device, const char *words)
{
    return strstr(device->reply, words) != NULL;
}

void device_must_be_told(const struct device *device, const char *words)
{
    if (!device_was_told(device, words)) {
        fail_msg("%s was not told %s but %s", device->kind_and_id, words, device->reply);
    }
}

void device_value(const struct device *device, const char *key, char *ret_value,
                  size_t capacity)
{
    char pattern[48];
    ret_value[0] = '\0';
    (void)snprintf(pattern, sizeof(pattern), "\"%s\":\"", key);
    const char *at = strstr(device->reply, pattern);
    if (!at) {
        return;
    }
    at += strlen(pattern);
    size_t length = strcspn(at, "\"");
    assert_true(length < capacity);
    memcpy(ret_value, at, length);
    ret_value[length] = '\0';
}
