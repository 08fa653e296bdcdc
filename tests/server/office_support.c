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
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"

#define SERVER  GUICHET_BINARY_DIR "/bin/guichet-server"
#define DISPLAY GUICHET_BINARY_DIR "/bin/guichet-display"

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

/* What `guichet devices` wrote of the broker, for a file that goes on behind it. */
static void write_broker_lines(const struct test_office *office, const char *identity,
                               const char *to_path)
{
    char path[PATH_MAX];
    char config[4096];
    path_join(path, office->broker.dir, "/devices/", identity, ".conf");
    file_read(path, config, sizeof(config));
    write_file(to_path, config);
}

static void append_key(const char *path, const char *key, const char *value)
{
    char line[PATH_MAX + 64];
    struct text text;
    text_init(&text, line, sizeof(line));
    text_add(&text, "%s = %s\n", key, value);
    assert_false(text.is_cut);
    file_append(path, line);
}

static void write_config(const struct test_office *office)
{
    write_broker_lines(office, "server", office->config_path);
    file_append(office->config_path, "\n[server]\n");
    append_key(office->config_path, "site_file", office->site_path);
    append_key(office->config_path, "journal", office->journal_path);
    append_key(office->config_path, "reserve_mib", "4");
}

void office_use_stepped_clock(const struct test_office *office, const char *start)
{
    file_append(office->config_path, "\n[clock]\nmode = stepped\n");
    append_key(office->config_path, "start", start);
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

/* In the child: this program with the log as its standard error, which ends with the test
 * however that ends; never returns. */
static _Noreturn void run_program(const char *const words[], const char *log_path,
                                  long file_bytes_max)
{
    int log = open(log_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (log < 0 || dup2(log, STDERR_FILENO) < 0 ||
        prctl(PR_SET_PDEATHSIG, SIGTERM) != 0) {
        _exit(127);
    }
    if (file_bytes_max > 0) {
        struct rlimit limit = {(rlim_t)file_bytes_max, (rlim_t)file_bytes_max};
        if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR || setrlimit(RLIMIT_FSIZE, &limit) != 0) {
            _exit(127);
        }
    }
    (void)execl(words[0], words[0], "--config", words[1], "--log", words[2],
                (char *)NULL); /* returns only when it failed */
    _exit(127);
}

void office_restart(struct test_office *office)
{
    int starts = count_in_log(office, "started epoch");
    office->pid = fork();
    assert_true(office->pid >= 0);
    if (office->pid == 0) {
        const char *const words[] = {SERVER, office->config_path, "debug"};
        run_program(words, office->log_path, office->file_bytes_max);
    }
    office_wait_for_log(office, "started epoch", starts + 1);
}

void office_start_display(struct test_office *office)
{
    char config[PATH_MAX];
    char log[PATH_MAX];
    char state[PATH_MAX];
    path_join(config, office->broker.dir, "/display.conf", "", "");
    path_join(log, office->broker.dir, "/display.log", "", "");
    path_join(state, office->broker.dir, "/display", "", "");
    office_add_device(office, "display", "hall1", NULL);
    write_broker_lines(office, "display-hall1", config);
    file_append(config, "\n[device]\n");
    append_key(config, "state_directory", state);
    file_append(config, "\n[screen]\nfull_screen = no\nwidth_px = 640\n"
                        "height_px = 360\n\n[sound]\non = no\napart_ms = 100\n");
    office->display_pid = fork();
    assert_true(office->display_pid >= 0);
    if (office->display_pid == 0) {
        const char *const words[] = {DISPLAY, config, "info"};
        if (setenv("SDL_VIDEODRIVER", "dummy", 1) != 0) {
            _exit(127);
        }
        run_program(words, log, 0);
    }
}

void office_kill(struct test_office *office)
{
    int status;
    assert_int_equal(kill(office->pid, SIGKILL), 0);
    assert_int_equal(waitpid(office->pid, &status, 0), office->pid);
    office->pid = 0;
}

void office_hold(const struct test_office *office)
{
    int status;
    assert_int_equal(kill(office->pid, SIGSTOP), 0);
    assert_int_equal(waitpid(office->pid, &status, WUNTRACED), office->pid);
    assert_true(WIFSTOPPED(status));
}

void office_release(const struct test_office *office)
{
    assert_int_equal(kill(office->pid, SIGCONT), 0);
}

enum status office_reload(const struct test_office *office, const char *site_text,
                          struct error *err)
{
    static const char read[] = "site.conf read again";
    static const char refused[] = "the new configuration does not fit the day";
    int read_before = count_in_log(office, read);
    int refused_before = count_in_log(office, refused);
    write_file(office->site_path, site_text);
    assert_int_equal(kill(office->pid, SIGHUP), 0);
    int64_t until_ms = now_ms() + PATIENCE_MS;
    while (count_in_log(office, read) == read_before) {
        if (count_in_log(office, refused) > refused_before) {
            return error_set(err, ERR_REFUSED, "%s", refused);
        }
        if (now_ms() > until_ms) {
            fail_msg("nothing is said of the new site in %s", office->log_path);
        }
        pause_ms(2);
    }
    return OK;
}

void office_add_device(const struct test_office *office, const char *kind, const char *id,
                       const char *place)
{
    if (place) {
        devices_must("add", kind, id, "--counter", place, "--dir", office->broker.dir,
                     NULL);
    } else {
        devices_must("add", kind, id, "--dir", office->broker.dir, NULL);
    }
}

void office_prepare(struct test_office *office, const char *site_text)
{
    *office = (struct test_office){.file_bytes_max = office->file_bytes_max};
    broker_start(&office->broker);
    path_join(office->site_path, office->broker.dir, "/site.conf", "", "");
    path_join(office->config_path, office->broker.dir, "/office.conf", "", "");
    path_join(office->journal_path, office->broker.dir, "/journal.db", "", "");
    path_join(office->log_path, office->broker.dir, "/office.log", "", "");
    write_file(office->site_path, site_text);
    write_config(office);
}

void office_start(struct test_office *office, const char *site_text)
{
    static const char *const counters[] = {"1", "2", "3", "4"};
    office_prepare(office, site_text);
    office_add_device(office, "kiosk", "hall1", NULL);
    office_add_device(office, "kiosk", "stranger", NULL);
    office_add_device(office, "admin", "ops", NULL);
    for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
        office_add_device(office, "counter", counters[i], NULL);
    }
    office_add_device(office, "button", "b4", "4");
    office_restart(office);
}

/* Ask a program to end, which must succeed. */
static void end_program(pid_t *running)
{
    int status;
    pid_t pid = *running;
    *running = 0;
    assert_int_equal(kill(pid, SIGTERM), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

void office_stop(struct test_office *office)
{
    if (office->display_pid > 0) {
        end_program(&office->display_pid);
    }
    if (office->pid > 0) {
        end_program(&office->pid);
    }
    broker_stop(&office->broker);
}

void office_abandon(struct test_office *office)
{
    pid_t *const pids[] = {&office->display_pid, &office->pid};
    for (size_t i = 0; i < sizeof(pids) / sizeof(pids[0]); i++) {
        if (*pids[i] > 0) {
            (void)kill(*pids[i], SIGKILL); /* it may have ended by itself */
            (void)waitpid(*pids[i], NULL, 0);
            *pids[i] = 0;
        }
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

/* What a device has to do with one message: its own reply, what it watches, or the state
 * of its counter. */
static char *place_of(struct test_device *device, const char *topic)
{
    char reply[160];
    (void)snprintf(reply, sizeof(reply), PREFIX "%s/reply", device->kind_and_id);
    if (strcmp(topic, reply) != 0) {
        return device->watch ? NULL : device->state;
    }
    memcpy(device->reply_before, device->reply, sizeof(device->reply));
    device->has_reply = true;
    device->reply_count++;
    return device->reply;
}

static void on_message(struct mosquitto *handle, void *context,
                       const struct mosquitto_message *message,
                       const mosquitto_property *properties)
{
    (void)handle;
    (void)properties;
    struct test_device *device = context;
    char *to = place_of(device, message->topic);
    if (!to) {
        device->watch->take(device->watch->context, message);
        return;
    }
    size_t length = (size_t)message->payloadlen;
    assert_true(length < REPLY_BYTES);
    memcpy(to, message->payload, length);
    to[length] = '\0';
    if (strstr(to, "\"version\":")) {
        device->version = integer_of(to, "version");
        device->epoch = integer_of(to, "epoch");
        device->tick = integer_of(to, "tick");
    }
}

static void on_publish(struct mosquitto *handle, void *context, int mid, int reason,
                       const mosquitto_property *properties)
{
    (void)handle;
    (void)mid;
    (void)reason;
    (void)properties;
    struct test_device *device = context;
    device->sending_count--;
}

static void on_connect(struct mosquitto *handle, void *context, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)flags;
    (void)properties;
    struct test_device *device = context;
    assert_int_equal(reason, 0);
    char reply[160];
    char state[160];
    char *topics[] = {reply, state};
    int count = 1;
    (void)snprintf(reply, sizeof(reply), PREFIX "%s/reply", device->kind_and_id);
    if (device->watch) {
        /* With the reply among it: what two filters fit would come twice. */
        (void)snprintf(reply, sizeof(reply), PREFIX "%s", device->watch->filter);
    } else if (strncmp(device->kind_and_id, "counter/", 8) == 0) {
        (void)snprintf(state, sizeof(state), PREFIX "%s/state", device->kind_and_id);
        count = 2;
    } else if (strncmp(device->kind_and_id, "button/", 7) == 0) {
        (void)snprintf(state, sizeof(state), PREFIX "counter/%s/state",
                       device->kind_and_id + 8); /* button b4 belongs to counter 4 */
        count = 2;
    }
    assert_int_equal(
        mosquitto_subscribe_multiple(handle, NULL, count, topics, 1, 0, NULL),
        MOSQ_ERR_SUCCESS);
}

static void on_subscribe(struct mosquitto *handle, void *context, int mid, int count,
                         const int *granted, const mosquitto_property *properties)
{
    (void)handle;
    (void)mid;
    (void)properties;
    struct test_device *device = context;
    for (int i = 0; i < count; i++) {
        assert_true(granted[i] <= 2);
    }
    device->is_ready = true;
}

void device_connect(struct test_device *device, const struct test_office *office,
                    const char *kind, const char *id, const struct device_watch *watch)
{
    char identity[64];
    char secret[128];
    memset(device, 0, sizeof(*device));
    device->watch = watch;
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
    mosquitto_publish_v5_callback_set(device->handle, on_publish);
    mosquitto_message_v5_callback_set(device->handle, on_message);
    assert_int_equal(
        mosquitto_connect(device->handle, "127.0.0.1", office->broker.loopback_port, 60),
        MOSQ_ERR_SUCCESS);
    int64_t until_ms = now_ms() + PATIENCE_MS;
    while (!device->is_ready) {
        assert_true(now_ms() < until_ms);
        device_listen(device, 20);
    }
}

void device_listen(struct test_device *device, int timeout_ms)
{
    assert_int_equal(mosquitto_loop(device->handle, timeout_ms, 1), MOSQ_ERR_SUCCESS);
}

void device_open(struct test_device *device, const struct test_office *office,
                 const char *kind, const char *id)
{
    device_connect(device, office, kind, id, NULL);
    bool has_state = strcmp(kind, "counter") == 0 || strcmp(kind, "button") == 0;
    int64_t until_ms = now_ms() + PATIENCE_MS;
    while (has_state && device->state[0] == '\0') {
        assert_true(now_ms() < until_ms);
        device_listen(device, 20);
    }
    /* A state that is on its way (at most 20 ms) replaces the one that was kept. */
    until_ms = now_ms() + (has_state ? 100 : 0);
    while (now_ms() < until_ms) {
        device_listen(device, 20);
    }
}

void device_close(struct test_device *device)
{
    (void)mosquitto_disconnect(device->handle); /* ended either way */
    mosquitto_destroy(device->handle);
}

void device_send_to(struct test_device *device, const char *payload,
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
    device->reply_count = 0;
    device->sending_count++;
    assert_int_equal(mosquitto_publish_v5(device->handle, NULL, topic,
                                          (int)strlen(payload), payload, 1, false,
                                          properties),
                     MOSQ_ERR_SUCCESS);
    mosquitto_property_free_all(&properties);
}

void device_send(struct test_device *device, const char *payload)
{
    device_send_to(device, payload, NULL);
}

bool device_wait_reply(struct test_device *device, int timeout_ms)
{
    int64_t until_ms = now_ms() + timeout_ms;
    while (!device->has_reply && now_ms() < until_ms) {
        device_listen(device, 10);
    }
    return device->has_reply;
}

void device_ask(struct test_device *device, const char *payload)
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

void device_start(struct test_device *device, const char *verb, const char *fields)
{
    char id[40];
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
    (void)snprintf(device->payload, sizeof(device->payload),
                   "{\"id\":\"%s\",\"verb\":\"%s\"%s%s%s}", id, verb, seen,
                   fields ? "," : "", fields ? fields : "");
    device_send(device, device->payload);
}

void device_start_twice(struct test_device *device, const char *verb, const char *fields)
{
    device_start(device, verb, fields);
    device_start(device, verb, fields);
}

void device_wait_sent(struct test_device *device)
{
    int64_t until_ms = now_ms() + PATIENCE_MS;
    while (device->sending_count > 0) {
        assert_true(now_ms() < until_ms);
        device_listen(device, 10);
    }
}

void device_wait_replies(struct test_device *device, int count)
{
    int64_t until_ms = now_ms() + PATIENCE_MS;
    while (device->reply_count < count) {
        assert_true(now_ms() < until_ms);
        device_listen(device, 10);
    }
}

void device_do(struct test_device *device, const char *verb, const char *fields)
{
    device_start(device, verb, fields);
    if (!device_wait_reply(device, PATIENCE_MS)) {
        fail_msg("no reply to '%s' of %s", verb, device->kind_and_id);
    }
}

bool device_was_told(const struct test_device *device, const char *words)
{
    return strstr(device->reply, words) != NULL;
}

void device_must_be_told(const struct test_device *device, const char *words)
{
    if (!device_was_told(device, words)) {
        fail_msg("%s was not told %s but %s", device->kind_and_id, words, device->reply);
    }
}

void device_value(const struct test_device *device, const char *key, char *ret_value,
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

int office_begin_test(void **state, const char *site_text)
{
    struct test_office *office = calloc(1, sizeof(*office));
    assert_non_null(office);
    office_start(office, site_text);
    *state = office;
    return 0;
}

int office_end_test(void **state)
{
    office_stop(*state);
    free(*state);
    return 0;
}
