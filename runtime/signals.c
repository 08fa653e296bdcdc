/* Signals by a thread; see signals.h. */
#include "runtime/signals.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct signals {
    pthread_t thread;
    atomic_bool is_stopping;
    atomic_bool must_end;
    atomic_bool wants_screenshot;
    atomic_bool wants_reload;
    void (*wake)(void *data);
    void *data;
};

static sigset_t taken_signals(void)
{
    sigset_t set;
    int result = sigemptyset(&set);
    result += sigaddset(&set, SIGTERM);
    result += sigaddset(&set, SIGINT);
    result += sigaddset(&set, SIGHUP);
    result += sigaddset(&set, SIGUSR1);
    assert(result == 0); /* these signals exist */
    return set;
}

void signals_block(void)
{
    sigset_t set = taken_signals();
    int result = pthread_sigmask(SIG_BLOCK, &set, NULL);
    assert(result == 0); /* a valid set cannot fail */
}

static void *take_signals(void *data)
{
    struct signals *signals = data;
    sigset_t set = taken_signals();
    for (;;) {
        int number = 0;
        int failed = sigwait(&set, &number);
        assert(failed == 0); /* a valid set cannot fail */
        if (atomic_load(&signals->is_stopping)) {
            return NULL;
        }
        if (number == SIGUSR1) {
            atomic_store(&signals->wants_screenshot, true);
        } else if (number == SIGHUP) {
            atomic_store(&signals->wants_reload, true);
        } else {
            atomic_store(&signals->must_end, true);
        }
        signals->wake(signals->data);
    }
}

enum status signals_start(struct signals **ret_signals, struct error *err,
                          void (*wake)(void *data), void *data)
{
    struct signals *signals = calloc(1, sizeof(*signals));
    if (!signals) {
        return error_set(err, ERR_IO, "cannot take signals: out of memory");
    }
    signals->wake = wake;
    signals->data = data;
    int failed = pthread_create(&signals->thread, NULL, take_signals, signals);
    if (failed != 0) {
        free(signals);
        return error_set(err, ERR_IO, "cannot take signals: %s", strerror(failed));
    }
    *ret_signals = signals;
    return OK;
}

void signals_stop(struct signals *signals)
{
    if (!signals) {
        return;
    }
    atomic_store(&signals->is_stopping, true);
    int result = pthread_kill(signals->thread, SIGUSR1);
    result += pthread_join(signals->thread, NULL);
    assert(result == 0); /* the thread never ends by itself */
    free(signals);
}

bool signals_must_end(const struct signals *signals)
{
    return atomic_load(&signals->must_end);
}

bool signals_take_screenshot(struct signals *signals)
{
    return atomic_exchange(&signals->wants_screenshot, false);
}

bool signals_take_reload(struct signals *signals)
{
    return atomic_exchange(&signals->wants_reload, false);
}
