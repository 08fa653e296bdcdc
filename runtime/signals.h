/* Signals for a program whose loop waits in a window: a thread takes them and wakes the
 * loop, because nothing of a window may be touched in a signal handler. */
#ifndef GUICHET_RUNTIME_SIGNALS_H
#define GUICHET_RUNTIME_SIGNALS_H

#include <stdbool.h>

#include "core/error.h"

struct signals;

/* Block SIGTERM, SIGINT, SIGHUP and SIGUSR1 in this thread and those it starts: first of
 * all, so that none of them ends the program by itself. */
void signals_block(void);

/* Take the signals; `wake` is called with `data` on the thread after each. The caller
 * ends it with signals_stop(), which accepts NULL. ERR_IO when no thread can be had. */
enum status signals_start(struct signals **ret_signals, struct error *err,
                          void (*wake)(void *data), void *data);
void signals_stop(struct signals *signals);

/* Whether the program shall end. */
bool signals_must_end(const struct signals *signals);

/* Whether a picture was asked for (SIGUSR1) since the last call. */
bool signals_take_screenshot(struct signals *signals);

/* Whether the configuration shall be read again (SIGHUP), asked since the last call. */
bool signals_take_reload(struct signals *signals);

#endif
