/* Support of the broker's tests; see broker_support.h. */
#include "broker_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <mqtt_protocol.h>

#include "core/text.h"

#define WORDS_MAX 20

/* How long a client that is closed may still listen. */
#define LOOP_STEP_MS 20

extern char **environ;

static const char guichet[] = GUICHET_BINARY_DIR "/bin/guichet";
static const char private_broker[] = GUICHET_SOURCE_DIR "/broker-config/private-broker";

/* Reads both pipes until the program has closed them. */
static void outputs_read(int output_fd, int errors_fd, struct program_result *result)
{
    struct pollfd fds[2] = {{.fd = output_fd, .events = POLLIN},
                            {.fd = errors_fd, .events = POLLIN}};
    char *const texts[2] = {result->output, result->errors};
    size_t lengths[2] = {0, 0};
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        assert_true(poll(fds, 2, 6 * PATIENCE_MS) > 0);
        for (size_t i = 0; i < 2; i++) {
            if (fds[i].fd < 0 || fds[i].revents == 0) {
                continue;
            }
            ssize_t count =
                read(fds[i].fd, texts[i] + lengths[i], OUTPUT_BYTES - 1 - lengths[i]);
            assert_true(count >= 0);
            lengths[i] += (size_t)count;
            texts[i][lengths[i]] = '\0';
            if (count == 0) {
                fds[i].fd = -1; /* poll() leaves it alone from now on */
            }
        }
    }
}

struct program_result program_run(const char *const words[])
{
    struct program_result result = {.exit_status = -1};
    int output[2];
    int errors[2];
    assert_int_equal(pipe(output), 0);
    assert_int_equal(pipe(errors), 0);
    for (size_t i = 0; i < 2; i++) {
        assert_true(fcntl(output[i], F_SETFD, FD_CLOEXEC) >= 0);
        assert_true(fcntl(errors[i], F_SETFD, FD_CLOEXEC) >= 0);
    }
    posix_spawn_file_actions_t actions;
    assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
    assert_int_equal(
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, output[1], 1), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, errors[1], 2), 0);

    /* posix_spawn() takes words it promises not to change. */
    char copies[WORDS_MAX][PATH_MAX];
    char *arguments[WORDS_MAX + 1] = {NULL};
    for (size_t i = 0; words[i]; i++) {
        assert_true(i < WORDS_MAX);
        assert_true(text_copy(copies[i], sizeof copies[i], words[i]));
        arguments[i] = copies[i];
    }
    pid_t pid = 0;
    assert_int_equal(posix_spawn(&pid, words[0], &actions, NULL, arguments, environ), 0);
    (void)posix_spawn_file_actions_destroy(&actions); /* cannot fail here */
    (void)close(output[1]);                           /* the ends of the program */
    (void)close(errors[1]);
    outputs_read(output[0], errors[0], &result);
    (void)close(output[0]); /* only read */
    (void)close(errors[0]);
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (WIFEXITED(status)) {
        result.exit_status = WEXITSTATUS(status);
    }
    return result;
}

static struct program_result devices_run_words(const char *first, va_list args)
{
    const char *words[WORDS_MAX + 1] = {guichet, "devices", first};
    size_t count = 3;
    for (const char *word = va_arg(args, const char *); word;
         word = va_arg(args, const char *)) {
        assert_true(count < WORDS_MAX);
        words[count++] = word;
    }
    return program_run(words);
}

struct program_result devices(const char *first, ...)
{
    va_list args;
    va_start(args, first);
    struct program_result result = devices_run_words(first, args);
    va_end(args);
    return result;
}

void devices_must(const char *first, ...)
{
    va_list args;
    va_start(args, first);
    struct program_result result = devices_run_words(first, args);
    va_end(args);
    assert_string_equal(result.errors, "");
    assert_int_equal(result.exit_status, 0);
}

void folder_make(char ret_path[PATH_MAX])
{
    const char *parent = getenv("TMPDIR");
    path_join(ret_path, parent ? parent : "/tmp", "/guichet-broker-XXXXXX", "", "");
    assert_non_null(mkdtemp(ret_path));
}

void folder_remove(const char *path)
{
    const char *const words[] = {"/bin/rm", "-rf", "--", path, NULL};
    assert_int_equal(program_run(words).exit_status, 0);
}

void path_join(char ret_path[PATH_MAX], const char *a, const char *b, const char *c,
               const char *d)
{
    struct text text;
    text_init(&text, ret_path, PATH_MAX);
    text_add(&text, "%s%s%s%s", a, b, c, d);
    assert_false(text.is_cut);
}

void file_read(const char *path, char *ret_bytes, size_t capacity)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    size_t length = 0;
    ssize_t count = 0;
    do {
        count = read(fd, ret_bytes + length, capacity - length);
        assert_true(count >= 0);
        length += (size_t)count;
        assert_true(length < capacity);
    } while (count > 0);
    ret_bytes[length] = '\0';
    (void)close(fd); /* only read */
}

void file_append(const char *path, const char *line)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, line, strlen(line)), strlen(line));
    assert_int_equal(close(fd), 0);
}

/* The number behind "NAME=" in private-broker's output. */
static int number_of(const char *output, const char *name)
{
    const char *found = strstr(output, name);
    assert_non_null(found);
    return (int)strtol(found + strlen(name), NULL, 10);
}

void broker_start(struct test_broker *ret_broker)
{
    folder_make(ret_broker->dir);
    assert_int_equal(setenv("GUICHET", guichet, 1), 0);
    char owner[16]; /* a test that is ended by time never stops its broker */
    (void)snprintf(owner, sizeof(owner), "%ld", (long)getpid());
    assert_int_equal(setenv("BROKER_OWNER", owner, 1), 0);
    const char *const words[] = {private_broker, "start", ret_broker->dir, SITE, NULL};
    struct program_result result = program_run(words);
    assert_string_equal(result.errors, "");
    assert_int_equal(result.exit_status, 0);
    ret_broker->pid = (pid_t)number_of(result.output, "BROKER_PID=");
    ret_broker->server_port = number_of(result.output, "BROKER_SERVER_PORT=");
    ret_broker->loopback_port = number_of(result.output, "BROKER_LOOPBACK_PORT=");
    ret_broker->tls_port = number_of(result.output, "BROKER_TLS_PORT=");
    assert_int_equal(mosquitto_lib_init(), MOSQ_ERR_SUCCESS);
}

void broker_stop(struct test_broker *broker)
{
    const char *const words[] = {private_broker, "stop", broker->dir, NULL};
    struct program_result result = program_run(words);
    assert_string_equal(result.errors, "");
    assert_int_equal(result.exit_status, 0);
    folder_remove(broker->dir);
    assert_int_equal(mosquitto_lib_cleanup(), MOSQ_ERR_SUCCESS);
}

void broker_restart(const struct test_broker *broker)
{
    const char *const stop[] = {private_broker, "stop", broker->dir, NULL};
    const char *const start[] = {private_broker, "start", broker->dir, NULL};
    assert_int_equal(program_run(stop).exit_status, 0);
    assert_int_equal(program_run(start).exit_status, 0);
}

/* What the callbacks share: change a field under the lock and wake who waits. */
static struct client *client_lock(void *data)
{
    struct client *client = data;
    assert_int_equal(pthread_mutex_lock(&client->mutex), 0);
    return client;
}

static void client_unlock(struct client *client)
{
    assert_int_equal(pthread_cond_broadcast(&client->changed), 0);
    assert_int_equal(pthread_mutex_unlock(&client->mutex), 0);
}

static void on_connect(struct mosquitto *handle, void *data, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)handle;
    (void)flags;
    (void)properties;
    struct client *client = client_lock(data);
    client->connect_reason = reason;
    client_unlock(client);
}

static void on_disconnect(struct mosquitto *handle, void *data, int reason,
                          const mosquitto_property *properties)
{
    (void)handle;
    (void)properties;
    struct client *client = client_lock(data);
    client->is_ended = true;
    client->ended_reason = reason;
    client_unlock(client);
}

static void on_publish(struct mosquitto *handle, void *data, int mid, int reason,
                       const mosquitto_property *properties)
{
    (void)handle;
    (void)properties;
    struct client *client = client_lock(data);
    client->published_mid = mid;
    client->published_reason = reason;
    client_unlock(client);
}

static void on_subscribe(struct mosquitto *handle, void *data, int mid, int count,
                         const int *granted, const mosquitto_property *properties)
{
    (void)handle;
    (void)mid;
    (void)count;
    (void)granted; /* the broker grants every filter and delivers what is permitted */
    (void)properties;
    struct client *client = client_lock(data);
    client->subscribed_count++;
    client_unlock(client);
}

static void on_unsubscribe(struct mosquitto *handle, void *data, int mid,
                           const mosquitto_property *properties)
{
    on_subscribe(handle, data, mid, 0, NULL, properties);
}

static void on_message(struct mosquitto *handle, void *data,
                       const struct mosquitto_message *message,
                       const mosquitto_property *properties)
{
    (void)handle;
    (void)properties;
    struct client *client = client_lock(data);
    if (client->message_count < MESSAGES_MAX) {
        struct message *kept = &client->messages[client->message_count++];
        const char *payload = message->payloadlen > 0 ? message->payload : "";
        (void)text_copy(kept->topic, sizeof kept->topic, message->topic);
        struct text text;
        text_init(&text, kept->payload, sizeof kept->payload);
        text_add(&text, "%.*s", message->payloadlen, payload); /* a long one is cut */
        kept->is_retained = message->retain;
    }
    client_unlock(client);
}

/* Waits for the next change; false when PATIENCE_MS have passed since `start`. The lock
 * is held before and after. */
static bool client_sleep(struct client *client, const struct timespec *start)
{
    struct timespec end = *start;
    end.tv_sec += PATIENCE_MS / 1000;
    return pthread_cond_timedwait(&client->changed, &client->mutex, &end) == 0;
}

/* The client's own thread, without the library's reconnecting: a connection that ends
 * stays ended for as long as a test looks at it. */
static void *client_run(void *data)
{
    struct client *client = data;
    int result = MOSQ_ERR_SUCCESS;
    bool is_closing = false;
    while (result == MOSQ_ERR_SUCCESS && !is_closing) {
        result = mosquitto_loop(client->handle, LOOP_STEP_MS, 1);
        (void)client_lock(client);
        is_closing = client->is_closing;
        client_unlock(client);
    }
    (void)client_lock(client);
    if (!client->is_ended) {
        client->is_ended = true;
        client->ended_reason = result;
    }
    client_unlock(client);
    return NULL;
}

static struct timespec now(void)
{
    struct timespec time;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &time), 0);
    return time;
}

static void client_prepare(struct client *client, const struct credentials *credentials)
{
    *client = (struct client){.connect_reason = -1};
    pthread_condattr_t attributes;
    assert_int_equal(pthread_condattr_init(&attributes), 0);
    assert_int_equal(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC), 0);
    assert_int_equal(pthread_cond_init(&client->changed, &attributes), 0);
    assert_int_equal(pthread_mutex_init(&client->mutex, NULL), 0);
    (void)pthread_condattr_destroy(&attributes); /* cannot fail here */

    const char *client_id =
        credentials->client_id ? credentials->client_id : "anything-but-empty";
    client->handle = mosquitto_new(client_id, true, client);
    assert_non_null(client->handle);
    int protocol = credentials->protocol ? credentials->protocol : MQTT_PROTOCOL_V5;
    assert_int_equal(
        mosquitto_int_option(client->handle, MOSQ_OPT_PROTOCOL_VERSION, protocol), 0);
    assert_int_equal(mosquitto_int_option(client->handle, MOSQ_OPT_TCP_NODELAY, 1), 0);
    assert_int_equal(mosquitto_int_option(client->handle, MOSQ_OPT_RECEIVE_MAXIMUM, 100),
                     0);
    assert_int_equal(mosquitto_threaded_set(client->handle, true), 0);
    if (credentials->name) {
        assert_int_equal(mosquitto_username_pw_set(client->handle, credentials->name,
                                                   credentials->secret),
                         0);
    }
    if (credentials->will_topic) {
        assert_int_equal(mosquitto_will_set_v5(client->handle, credentials->will_topic, 4,
                                               "will", 1, false, NULL),
                         0);
    }
    mosquitto_connect_v5_callback_set(client->handle, on_connect);
    mosquitto_disconnect_v5_callback_set(client->handle, on_disconnect);
    mosquitto_publish_v5_callback_set(client->handle, on_publish);
    mosquitto_subscribe_v5_callback_set(client->handle, on_subscribe);
    mosquitto_unsubscribe_v5_callback_set(client->handle, on_unsubscribe);
    mosquitto_message_v5_callback_set(client->handle, on_message);
}

bool client_open(struct client *client, const struct test_broker *broker,
                 const struct credentials *credentials)
{
    const int ports[ENTRANCE_COUNT] = {
        [ENTRANCE_SERVER] = broker->server_port,
        [ENTRANCE_LOOPBACK] = broker->loopback_port,
        [ENTRANCE_TLS] = broker->tls_port,
    };
    client_prepare(client, credentials);
    if (credentials->ca) {
        assert_int_equal(mosquitto_tls_set(client->handle, credentials->ca, NULL,
                                           credentials->certificate, credentials->key,
                                           NULL),
                         MOSQ_ERR_SUCCESS);
    }
    struct timespec start = now();
    if (mosquitto_connect(client->handle, "127.0.0.1", ports[credentials->entrance],
                          10) != MOSQ_ERR_SUCCESS) {
        return false;
    }
    assert_int_equal(pthread_create(&client->thread, NULL, client_run, client), 0);
    client->has_thread = true;
    (void)client_lock(client);
    while (client->connect_reason < 0 && !client->is_ended &&
           client_sleep(client, &start)) {
    }
    bool is_in = client->connect_reason == 0;
    client_unlock(client);
    return is_in;
}

void client_close(struct client *client)
{
    (void)mosquitto_disconnect(client->handle); /* it may have ended long ago */
    (void)client_lock(client);
    client->is_closing = true;
    client_unlock(client);
    if (client->has_thread) {
        assert_int_equal(pthread_join(client->thread, NULL), 0);
    }
    mosquitto_destroy(client->handle);
    (void)pthread_cond_destroy(&client->changed); /* nobody waits any more */
    (void)pthread_mutex_destroy(&client->mutex);
}

void client_drop(struct client *client)
{
    (void)shutdown(mosquitto_socket(client->handle), SHUT_RDWR); /* it may be closed */
    assert_true(client_wait_end(client));
    client_close(client);
}

int client_publish(struct client *client, const char *topic, const char *payload,
                   bool retain)
{
    int mid = 0;
    struct timespec start = now();
    int result = mosquitto_publish_v5(client->handle, &mid, topic, (int)strlen(payload),
                                      payload, 1, retain, NULL);
    if (result != MOSQ_ERR_SUCCESS) {
        return -1;
    }
    (void)client_lock(client);
    while (client->published_mid != mid && !client->is_ended &&
           client_sleep(client, &start)) {
    }
    int reason = client->published_mid == mid ? client->published_reason : -1;
    client_unlock(client);
    return reason;
}

static void subscription_change(struct client *client, const char *filter, bool is_new)
{
    struct timespec start = now();
    (void)client_lock(client);
    int before = client->subscribed_count;
    client_unlock(client);
    int result = is_new ? mosquitto_subscribe_v5(client->handle, NULL, filter, 1, 0, NULL)
                        : mosquitto_unsubscribe_v5(client->handle, NULL, filter, NULL);
    assert_int_equal(result, MOSQ_ERR_SUCCESS);
    (void)client_lock(client);
    while (client->subscribed_count == before && client_sleep(client, &start)) {
    }
    bool is_done = client->subscribed_count > before;
    client_unlock(client);
    assert_true(is_done);
}

void client_subscribe(struct client *client, const char *filter)
{
    subscription_change(client, filter, true);
}

void client_unsubscribe(struct client *client, const char *filter)
{
    subscription_change(client, filter, false);
}

/* The same with the lock held. */
static size_t messages_count(const struct client *client, const char *topic,
                             const char *payload)
{
    size_t count = 0;
    for (size_t i = 0; i < client->message_count; i++) {
        const struct message *message = &client->messages[i];
        bool is_topic = !topic || strcmp(message->topic, topic) == 0;
        count += is_topic && strcmp(message->payload, payload) == 0;
    }
    return count;
}

size_t client_count(struct client *client, const char *topic, const char *payload)
{
    (void)client_lock(client);
    size_t count = messages_count(client, topic, payload);
    client_unlock(client);
    return count;
}

bool client_wait(struct client *client, const char *topic, const char *payload)
{
    struct timespec start = now();
    (void)client_lock(client);
    while (messages_count(client, topic, payload) == 0 && client_sleep(client, &start)) {
    }
    bool has_come = messages_count(client, topic, payload) > 0;
    client_unlock(client);
    return has_come;
}

bool client_wait_end(struct client *client)
{
    struct timespec start = now();
    (void)client_lock(client);
    while (!client->is_ended && client_sleep(client, &start)) {
    }
    bool is_ended = client->is_ended;
    client_unlock(client);
    return is_ended;
}

void client_forget(struct client *client)
{
    (void)client_lock(client);
    client->message_count = 0;
    client_unlock(client);
}

void secret_read(const struct test_broker *broker, const char *identity,
                 char ret_secret[128])
{
    char path[PATH_MAX];
    path_join(path, broker->dir, "/devices/", identity, ".secret");
    file_read(path, ret_secret, 128);
    ret_secret[strcspn(ret_secret, "\n")] = '\0';
}

bool client_try_device(struct client *client, const struct test_broker *broker,
                       const char *identity, enum entrance entrance,
                       const char *will_topic)
{
    char secret[128] = "";
    char file[3][PATH_MAX];
    struct credentials credentials = {
        .entrance = entrance, .client_id = identity, .will_topic = will_topic};
    if (entrance == ENTRANCE_TLS) {
        path_join(file[0], broker->dir, "/tls/ca.crt", "", "");
        path_join(file[1], broker->dir, "/devices/", identity, ".crt");
        path_join(file[2], broker->dir, "/devices/", identity, ".key");
        credentials.ca = file[0];
        credentials.certificate = file[1];
        credentials.key = file[2];
    } else {
        secret_read(broker, identity, secret);
        credentials.name = identity;
        credentials.secret = secret;
    }
    return client_open(client, broker, &credentials);
}

void client_open_device(struct client *client, const struct test_broker *broker,
                        const char *identity, enum entrance entrance,
                        const char *will_topic)
{
    assert_true(client_try_device(client, broker, identity, entrance, will_topic));
}

int broker_setup(void **state)
{
    struct test_broker *broker = calloc(1, sizeof *broker);
    assert_non_null(broker);
    broker_start(broker);
    devices_must("add", "kiosk", "hall1", "--dir", broker->dir, NULL);
    devices_must("add", "kiosk", "hall2", "--dir", broker->dir, NULL);
    devices_must("add", "display", "hall1", "--dir", broker->dir, "--certificate", NULL);
    devices_must("add", "display", "hall2", "--dir", broker->dir, "--certificate", NULL);
    *state = broker;
    return 0;
}

int broker_teardown(void **state)
{
    broker_stop(*state);
    free(*state);
    return 0;
}

bool client_is_alive(struct client *client, const char *own_topic)
{
    return client_publish(client, own_topic, "alive", false) >= 0;
}
