/* The form of a link whose socket is watched by the program's own loop
 * (docs/decisions/0004-server-drives-its-mqtt-socket.md). */
#include <mqtt_protocol.h>
#include <poll.h>
#include <sys/ioctl.h>

#include "runtime/clock.h"
#include "runtime/link_session.h"

/* Packets read in one turn, so that the rest of the program has its turns, too; they
 * share one commit. */
#define PACKETS_PER_TURN 256

/* How often the library looks after its keepalive. */
#define CARE_MS 1000

/* At the end: how long the last packets may take to leave. */
#define FAREWELL_MS 250

static void handle_socket(void *data, unsigned events);

static void unwatch(struct link *link)
{
    if (link->source) {
        loop_remove_fd(link->loop, link->source);
        link->source = NULL;
    }
}

/* Watches the socket of the session for what the library wants now. */
void driven_watch(struct link *link)
{
    unsigned events = LOOP_READ;
    if (mosquitto_want_write(link->handle)) {
        events |= LOOP_WRITE;
    }
    enum status status = OK;
    if (!link->source) {
        struct loop_watched watched = {.fd = mosquitto_socket(link->handle),
                                       .events = events,
                                       .name = "link",
                                       .handler = handle_socket,
                                       .data = link};
        status = loop_add_fd(link->loop, &watched, &link->source, NULL);
    } else if (events != link->watched_events) {
        status = loop_watch(link->loop, link->source, events, NULL);
    }
    /* A socket that cannot be watched ends the session at the timer's next look. */
    link->must_drop = link->must_drop || status != OK;
    link->watched_events = events;
}

/* After anything that may have ended the session. */
static void settle(struct link *link)
{
    if (session_is_over(link)) {
        unwatch(link);
        int64_t pause_ms = session_close(link);
        loop_set_timer(link->loop, link->timer, clock_machine_ms() + pause_ms);
    } else {
        driven_watch(link);
    }
}

/* Whether bytes wait in the socket. */
static bool has_input(int fd)
{
    int count = 0;
    return fd >= 0 && ioctl(fd, FIONREAD, &count) == 0 && count > 0;
}

static void handle_socket(void *data, unsigned events)
{
    struct link *link = data;
    int rc = MOSQ_ERR_SUCCESS;
    if ((events & (LOOP_READ | LOOP_HANGUP)) != 0) {
        int count = 0;
        do {
            rc = mosquitto_loop_read(link->handle, 1);
        } while (rc == MOSQ_ERR_SUCCESS && ++count < PACKETS_PER_TURN &&
                 has_input(mosquitto_socket(link->handle)));
    }
    if (rc == MOSQ_ERR_SUCCESS && mosquitto_socket(link->handle) >= 0 &&
        mosquitto_want_write(link->handle)) {
        rc = mosquitto_loop_write(link->handle, 1);
    }
    /* A failure has closed the socket, which settle() finds. */
    link->must_drop = link->must_drop || rc != MOSQ_ERR_SUCCESS;
    settle(link);
}

static void handle_timer(void *data, int64_t now_ms)
{
    struct link *link = data;
    loop_set_timer(link->loop, link->timer, now_ms + CARE_MS);
    if (!link->handle && !session_open(link)) {
        int64_t pause_ms = session_close(link);
        loop_set_timer(link->loop, link->timer, now_ms + pause_ms);
        return;
    }
    int rc = mosquitto_loop_misc(link->handle);
    link->must_drop = link->must_drop || rc != MOSQ_ERR_SUCCESS;
    settle(link);
}

enum status driven_start(struct link *link, struct error *err)
{
    enum status status =
        loop_add_timer(link->loop, "link", &link->timer, err, handle_timer, link);
    if (status == OK) {
        loop_set_timer(link->loop, link->timer, clock_machine_ms());
    }
    return status;
}

void driven_stop(struct link *link)
{
    unwatch(link);
    if (link->timer) {
        loop_remove_timer(link->loop, link->timer);
    }
    if (!link->handle) {
        return;
    }
    /* It may have no connection; then there is nobody to say farewell to. */
    (void)mosquitto_disconnect_v5(link->handle, MQTT_RC_DISCONNECT_WITH_WILL_MSG, NULL);
    int64_t end_ms = clock_machine_ms() + FAREWELL_MS;
    while (mosquitto_socket(link->handle) >= 0 && mosquitto_want_write(link->handle) &&
           clock_machine_ms() < end_ms) {
        struct pollfd socket = {.fd = mosquitto_socket(link->handle), .events = POLLOUT};
        if (poll(&socket, 1, FAREWELL_MS) != 1 ||
            mosquitto_loop_write(link->handle, 1) != MOSQ_ERR_SUCCESS) {
            break;
        }
    }
    session_drop(link);
}
