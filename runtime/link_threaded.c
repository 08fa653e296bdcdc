/* The form of a link that works on a thread of its own, for programs whose loop belongs
 * to a screen. The thread may wait for the network and for names; it only copies messages
 * into the mailbox. We run the library's loop ourselves, because mosquitto_loop_start()
 * gives up for ever on errors that pass (a name that cannot be looked up, TLS), does not
 * retry a first connection, and counts its pauses in whole seconds without chance. */
#include <assert.h>
#include <mqtt_protocol.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "runtime/clock.h"
#include "runtime/link_session.h"

/* How long the library waits in one go. A publication or the end wakes it through its own
 * pipe; only a connection that is not there yet is looked at more often. */
#define WAIT_MS            1000
#define WAIT_CONNECTING_MS 100

/* At the end: how long the last packets may take to leave. */
#define FAREWELL_MS 1000

static bool must_stop(struct link *link)
{
    link_lock(link, &link->mutex);
    bool result = link->must_stop;
    link_unlock(link, &link->mutex);
    return result;
}

/* Runs the session to its end. */
static void run_session(struct link *link)
{
    int64_t farewell_ms = 0; /* machine time when we give up on the last packets */
    while (!session_is_over(link)) {
        int wait_ms = link->connected_ms != 0 ? WAIT_MS : WAIT_CONNECTING_MS;
        if (must_stop(link)) {
            int64_t now_ms = clock_machine_ms();
            farewell_ms = farewell_ms != 0 ? farewell_ms : now_ms + FAREWELL_MS;
            wait_ms = WAIT_CONNECTING_MS;
            if (now_ms >= farewell_ms || link->connected_ms == 0) {
                return;
            }
        }
        if (mosquitto_loop(link->handle, wait_ms, 1) != MOSQ_ERR_SUCCESS) {
            return; /* on_disconnect() has said why */
        }
    }
}

/* Sleeps, unless the end comes. */
static void pause_for(struct link *link, int64_t pause_ms)
{
    struct timespec until;
    int result = clock_gettime(CLOCK_MONOTONIC, &until);
    assert(result == 0);
    int64_t ns = until.tv_nsec + pause_ms % 1000 * 1000000;
    until.tv_sec += (time_t)(pause_ms / 1000 + ns / 1000000000);
    until.tv_nsec = (long)(ns % 1000000000);
    link_lock(link, &link->mutex);
    while (!link->must_stop && result == 0) {
        result = pthread_cond_timedwait(&link->stopped, &link->mutex, &until);
    }
    link_unlock(link, &link->mutex);
}

static void *run(void *data)
{
    struct link *link = data;
    while (!must_stop(link)) {
        if (session_open(link)) {
            run_session(link);
        }
        if (must_stop(link)) {
            session_drop(link); /* accepts a session that never opened */
            break;
        }
        pause_for(link, session_close(link));
    }
    return NULL;
}

enum status threaded_start(struct link *link, struct error *err)
{
    /* Signals belong to the program's own thread. */
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all); /* cannot fail with a valid pointer */
    (void)pthread_sigmask(SIG_SETMASK, &all, &before); /* arguments are valid */
    int result = pthread_create(&link->thread, NULL, run, link);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (result != 0) {
        return error_set(err, ERR_IO, "cannot start the link's thread: %s",
                         strerror(result));
    }
    link->has_thread = true;
    return OK;
}

void threaded_stop(struct link *link)
{
    if (!link->has_thread) {
        return;
    }
    link_lock(link, &link->mutex);
    link->must_stop = true;
    if (link->handle) {
        /* Wakes the thread. Without a connection there is nobody to say farewell to. */
        (void)mosquitto_disconnect_v5(link->handle, MQTT_RC_DISCONNECT_WITH_WILL_MSG,
                                      NULL);
    }
    link_unlock(link, &link->mutex);
    (void)pthread_cond_signal(&link->stopped); /* cannot fail */
    int result = pthread_join(link->thread, NULL);
    assert(result == 0);
    link->has_thread = false;
}
