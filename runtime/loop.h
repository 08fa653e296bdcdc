/* The one event loop of a program: descriptors, timers, signals and work put off to the
 * end of a turn. It sleeps in epoll_wait() and nowhere else; handlers do one thing and
 * return.
 *
 * A turn is: wait; descriptors that are ready (signals among them); timers that are due,
 * by deadline and, where equal, in the order in which they were set; hooks that were
 * requested, in the order in which they were added. A server drains its socket in
 * handlers, requests a hook, and commits the group there.
 *
 * Sources belong to the loop and are removed by their pointer, which is then dead for
 * the caller. Removing any source inside any handler is allowed, its own included: it
 * does not run any more and its memory is freed after the turn. */
#ifndef GUICHET_RUNTIME_LOOP_H
#define GUICHET_RUNTIME_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

struct loop;
struct loop_fd;
struct loop_timer;
struct loop_hook;
struct loop_signal;

/* What a descriptor is watched for and what happened to it, as bits. */
enum {
    LOOP_READ = 1,
    LOOP_WRITE = 2,
    LOOP_HANGUP = 4, /* the other end closed or failed; always watched */
};

typedef void loop_fd_handler(void *data, unsigned events);
typedef void loop_timer_handler(void *data, int64_t now_ms);
typedef void loop_hook_handler(void *data);
typedef void loop_signal_handler(void *data, int signal_number);

/* Make an empty loop that the caller destroys. ERR_IO without descriptors or memory. */
enum status loop_create(struct loop **ret_loop, struct error *err);

/* Free the loop. Sources that somebody forgot to remove are named on the log and freed;
 * returns how many they were. Accepts NULL. Not inside a handler. */
size_t loop_finish(struct loop *loop);

/* Run turns until loop_stop(). ERR_IO when the kernel refuses to wait. */
enum status loop_run(struct loop *loop, struct error *err);

/* End loop_run() after the present turn, or at once when it is not running yet. */
void loop_stop(struct loop *loop);

/* Run one turn that waits at most `wait_ms` (0: not at all; -1: until something happens).
 */
enum status loop_turn(struct loop *loop, int64_t wait_ms, struct error *err);

/* Machine time (clock_machine_ms()) at which the present turn woke up. */
int64_t loop_now_ms(const struct loop *loop);

/* Milliseconds until a timer is due or a hook wants to run (then 0); -1 for never. For a
 * program whose outer loop is another library's. */
int64_t loop_wait_ms(const struct loop *loop);

/* The descriptor that is readable when a descriptor of the loop is ready; the loop's own.
 */
int loop_descriptor(const struct loop *loop);

/* A descriptor and who handles it. */
struct loop_watched {
    int fd;
    unsigned events;  /* LOOP_READ, LOOP_WRITE, or both; 0: only LOOP_HANGUP */
    const char *name; /* a literal; what loop_finish() calls it */
    loop_fd_handler *handler;
    void *data;
};

/* Watch a descriptor. It stays the caller's: remove the source first, then close it.
 * ERR_IO for what cannot be watched (a regular file, a closed descriptor). */
enum status loop_add_fd(struct loop *loop, const struct loop_watched *watched,
                        struct loop_fd **ret_source, struct error *err);

/* Change what the source is watched for. */
enum status loop_watch(struct loop *loop, struct loop_fd *source, unsigned events,
                       struct error *err);
void loop_remove_fd(struct loop *loop, struct loop_fd *source);

/* A timer that is not set. It fires once for each loop_set_timer(). */
enum status loop_add_timer(struct loop *loop, const char *name,
                           struct loop_timer **ret_timer, struct error *err,
                           loop_timer_handler *handler, void *data);

/* Let the timer fire at machine time `at_ms`, or in the next turn when that is past. A
 * timer already set is set anew. A timer set inside a handler fires in a later turn. */
void loop_set_timer(struct loop *loop, struct loop_timer *timer, int64_t at_ms);
void loop_stop_timer(struct loop *loop, struct loop_timer *timer);
void loop_remove_timer(struct loop *loop, struct loop_timer *timer);

/* Work for the end of a turn. It runs once for all loop_request_hook() of the turn; a
 * request inside a hook is for the next turn, which then does not wait. */
enum status loop_add_hook(struct loop *loop, const char *name,
                          struct loop_hook **ret_hook, struct error *err,
                          loop_hook_handler *handler, void *data);
void loop_request_hook(struct loop *loop, struct loop_hook *hook);
void loop_remove_hook(struct loop *loop, struct loop_hook *hook);

/* Have `signal_number` handled by the loop instead of interrupting the program. Add
 * signals before any thread is started: threads inherit that it is blocked. */
enum status loop_add_signal(struct loop *loop, int signal_number,
                            struct loop_signal **ret_signal, struct error *err,
                            loop_signal_handler *handler, void *data);
void loop_remove_signal(struct loop *loop, struct loop_signal *source);

#endif
