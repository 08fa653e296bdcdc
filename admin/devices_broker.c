/* The running broker; see devices_broker.h. */
#include "admin/devices_broker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mosquitto.h>
#include <mqtt_protocol.h>

#include "core/text.h"

#define ENTER_TRIES      100
#define ENTER_STEP_MS    50
#define KEEPALIVE_S      10
#define SMALL_FILE_BYTES 64

/* Reads a file of one short line; false when it is not there or longer. */
static bool small_file_read(const char *path, char ret_line[SMALL_FILE_BYTES])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t count = read(fd, ret_line, SMALL_FILE_BYTES - 1);
    (void)close(fd); /* only read */
    if (count < 0 || count == SMALL_FILE_BYTES - 1) {
        return false;
    }
    ret_line[count] = '\0';
    ret_line[strcspn(ret_line, "\n")] = '\0';
    return true;
}

int devices_broker_is(pid_t pid)
{
    char path[SMALL_FILE_BYTES];
    char name[SMALL_FILE_BYTES];
    struct text text;
    text_init(&text, path, sizeof path);
    text_add(&text, "/proc/%ld/comm", (long)pid);
    return pid > 1 && small_file_read(path, name) && strcmp(name, "mosquitto") == 0;
}

pid_t devices_broker_find(const char *pid_file)
{
    char line[SMALL_FILE_BYTES];
    if (!small_file_read(pid_file, line)) {
        return 0;
    }
    char *end = NULL;
    errno = 0;
    long pid = strtol(line, &end, 10);
    bool is_number = errno == 0 && end != line && *end == '\0';
    return is_number && devices_broker_is((pid_t)pid) ? (pid_t)pid : 0;
}

enum status devices_broker_reload(pid_t pid, struct error *err)
{
    if (kill(pid, SIGHUP) != 0) {
        return error_set(err, ERR_IO, "cannot signal the broker, process %ld: %s",
                         (long)pid, strerror(errno));
    }
    return OK;
}

/* What the broker said to CONNECT; -1 while it has said nothing. */
static void on_connect(struct mosquitto *client, void *data, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)client;
    (void)flags;
    (void)properties;
    *(int *)data = reason;
}

/* One try: connect, wait for the broker's word, leave. */
static bool enter_once(struct mosquitto *client, int port, int *reason)
{
    *reason = -1;
    if (mosquitto_connect(client, "127.0.0.1", port, KEEPALIVE_S) != MOSQ_ERR_SUCCESS) {
        return false;
    }
    for (int i = 0; i < ENTER_TRIES && *reason < 0; i++) {
        if (mosquitto_loop(client, ENTER_STEP_MS, 1) != MOSQ_ERR_SUCCESS) {
            break;
        }
    }
    bool is_in = *reason == 0;
    (void)mosquitto_disconnect(client); /* the connection is over either way */
    return is_in;
}

enum status devices_broker_enter(int port, const char *identity, const char *secret,
                                 struct error *err)
{
    const struct timespec step = {.tv_nsec = ENTER_STEP_MS * 1000000L};
    int reason = -1;
    bool is_done = false;
    (void)mosquitto_lib_init(); /* always succeeds on this platform */
    struct mosquitto *client = mosquitto_new(identity, true, &reason);
    if (client &&
        mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5) ==
            MOSQ_ERR_SUCCESS &&
        mosquitto_username_pw_set(client, identity, secret) == MOSQ_ERR_SUCCESS) {
        mosquitto_connect_v5_callback_set(client, on_connect);
        for (int i = 0; i < ENTER_TRIES && !is_done; i++) {
            is_done = enter_once(client, port, &reason);
            if (!is_done) {
                (void)nanosleep(&step, NULL); /* a short sleep only tries again sooner */
            }
        }
    }
    mosquitto_destroy(client);
    (void)mosquitto_lib_cleanup(); /* always succeeds on this platform */
    return is_done ? OK
                   : error_set(err, ERR_UNAVAILABLE,
                               "the broker on port %d does not take what it was "
                               "told to read: look at its log, then restart it",
                               port);
}
