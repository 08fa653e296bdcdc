/* The running broker; see devices_broker.h. */
#include "admin/devices_broker.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "admin/devices_registry.h"
#include "core/text.h"

#define ENTER_TRIES      100
#define ENTER_STEP_MS    50
#define KEEPALIVE_S      10
#define ANSWER_WITHIN_S  1
#define CONNECT_BYTES    192
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
    int pid = 0;
    return small_file_read(pid_file, line) && device_number_parse(line, INT_MAX, &pid) &&
                   devices_broker_is(pid)
               ? pid
               : 0;
}

enum status devices_broker_reload(pid_t pid, struct error *err)
{
    if (kill(pid, SIGHUP) != 0) {
        return error_set(err, ERR_IO, "cannot signal the broker, process %ld: %s",
                         (long)pid, strerror(errno));
    }
    return OK;
}

static bool send_all(int fd, const unsigned char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) {
            return false;
        }
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
    return true;
}

/* Append a string as MQTT writes it: length in two bytes, then its bytes, no NUL. */
static size_t string_put(unsigned char *to, const char *string)
{
    size_t length = strlen(string);
    to[0] = (unsigned char)(length >> 8);
    to[1] = (unsigned char)(length & 0xFFU);
    memcpy(to + 2, string, length); /* NOLINT(bugprone-not-null-terminated-result) */
    return 2 + length;
}

/* CONNECT of MQTT 5 (3.1 of its specification): clean start, user name and password, no
 * properties. The longest identity and secret leave it under 128 bytes, so that its
 * length takes one byte. */
static size_t connect_put(unsigned char packet[CONNECT_BYTES], const char *identity,
                          const char *secret)
{
    static const unsigned char head[] = {0, 4,    'M', 'Q',         'T', 'T',
                                         5, 0xC2, 0,   KEEPALIVE_S, 0};
    size_t length = 2;
    memcpy(packet + length, head, sizeof head);
    length += sizeof head;
    length +=
        string_put(packet + length, "x"); /* the broker takes the user name instead */
    length += string_put(packet + length, identity);
    length += string_put(packet + length, secret);
    assert(length - 2 <= 127);
    packet[0] = 0x10;
    packet[1] = (unsigned char)(length - 2);
    return length;
}

/* One try on a connected socket: say who, read whether CONNACK (0x20, length, flags,
 * reason) gives reason 0, take leave. */
static bool enter_on(int fd, const char *identity, const char *secret)
{
    static const unsigned char leave[] = {0xE0, 0};
    unsigned char packet[CONNECT_BYTES];
    unsigned char answer[4];
    size_t length = connect_put(packet, identity, secret);
    size_t got = 0;
    if (!send_all(fd, packet, length)) {
        return false;
    }
    while (got < sizeof answer) {
        ssize_t count = recv(fd, answer + got, sizeof answer - got, 0);
        if (count == 0 || (count < 0 && errno != EINTR)) {
            return false;
        }
        got += count > 0 ? (size_t)count : 0;
    }
    bool is_in = answer[0] == 0x20 && answer[3] == 0;
    return is_in && send_all(fd, leave, sizeof leave);
}

static bool enter_once(int port, const char *identity, const char *secret)
{
    const struct timeval patience = {.tv_sec = ANSWER_WITHIN_S};
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return false;
    }
    bool is_in =
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0 &&
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0 &&
        connect(fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
        enter_on(fd, identity, secret);
    (void)close(fd); /* the broker has said all it has to say */
    return is_in;
}

enum status devices_broker_enter(int port, const char *identity, const char *secret,
                                 struct error *err)
{
    const struct timespec step = {.tv_nsec = ENTER_STEP_MS * 1000000L};
    for (int i = 0; i < ENTER_TRIES; i++) {
        if (enter_once(port, identity, secret)) {
            return OK;
        }
        (void)nanosleep(&step, NULL); /* a short sleep only tries again sooner */
    }
    return error_set(err, ERR_UNAVAILABLE,
                     "the broker on port %d does not take what it was told to read: look "
                     "at its log, then restart it",
                     port);
}
