/* The event loop over epoll, a heap of timers and one signalfd; see loop.h.
 *
 * All sources stand in one list in the order of their addition. A removed source is only
 * marked; the list is swept when no handler runs, so an event of the same batch that
 * still points to it finds the mark and is dropped. */
#include "runtime/loop.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "runtime/clock.h"
#include "runtime/log.h"

/* Descriptors handled per turn; the others are ready in the next one. */
#define EVENTS_PER_TURN 64

/* `heap_index` of a timer that is not set. */
#define NOT_SET SIZE_MAX

enum source_kind { SOURCE_FD, SOURCE_TIMER, SOURCE_HOOK, SOURCE_SIGNAL };

/* What all kinds share; the first member of each. */
struct source {
    enum source_kind kind;
    const char *name;
    struct source *next;
    bool is_dead;
};

struct loop_fd {
    struct source source;
    int fd;
    loop_fd_handler *handler;
    void *data;
};

struct loop_timer {
    struct source source;
    int64_t at_ms;
    uint64_t order; /* rises with every setting: the tie-break */
    size_t heap_index;
    bool is_due; /* taken off the heap in this turn, not run yet */
    struct loop_timer *next_due;
    loop_timer_handler *handler;
    void *data;
};

struct loop_hook {
    struct source source;
    bool is_requested;
    bool runs_now;
    loop_hook_handler *handler;
    void *data;
};

struct loop_signal {
    struct source source;
    int number;
    loop_signal_handler *handler;
    void *data;
};

struct loop {
    int epoll_fd;
    int signal_fd; /* -1 until the first signal is added */
    sigset_t signals;
    int64_t now_ms;
    bool is_stopped;
    bool is_dispatching;
    bool has_dead; /* the list must be swept */
    struct source *first;
    struct source **last_link;  /* where the next source is linked */
    struct loop_timer **timers; /* binary heap, earliest first */
    size_t timer_count;         /* timers that exist; the heap has room for all */
    size_t heap_count;
    uint64_t next_order;
    size_t request_count; /* hooks requested for the end of the turn */
};

enum status loop_create(struct loop **ret_loop, struct error *err)
{
    struct loop *loop = calloc(1, sizeof(*loop));
    if (!loop) {
        return error_set(err, ERR_IO, "cannot create the loop: out of memory");
    }
    loop->last_link = &loop->first;
    loop->signal_fd = -1;
    loop->now_ms = clock_machine_ms();
    (void)sigemptyset(&loop->signals); /* cannot fail with a valid pointer */
    loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (loop->epoll_fd < 0) {
        error_set(err, ERR_IO, "cannot create the loop: %s", strerror(errno));
        free(loop);
        return ERR_IO;
    }
    *ret_loop = loop;
    return OK;
}

/* Frees the sources that are marked. */
static void sweep(struct loop *loop)
{
    struct source **link = &loop->first;
    while (*link) {
        struct source *source = *link;
        if (source->is_dead) {
            *link = source->next;
            free(source);
        } else {
            link = &source->next;
        }
    }
    loop->last_link = link;
    loop->has_dead = false;
}

size_t loop_finish(struct loop *loop)
{
    if (!loop) {
        return 0;
    }
    assert(!loop->is_dispatching);
    static const char *const kinds[] = {[SOURCE_FD] = "descriptor",
                                        [SOURCE_TIMER] = "timer",
                                        [SOURCE_HOOK] = "hook",
                                        [SOURCE_SIGNAL] = "signal"};
    size_t leftover_count = 0;
    for (struct source *source = loop->first; source; source = source->next) {
        if (!source->is_dead) {
            log_warning("loop", "%s '%s' was never removed", kinds[source->kind],
                        source->name);
            leftover_count++;
            source->is_dead = true;
        }
    }
    sweep(loop);
    if (loop->signal_fd >= 0) {
        (void)close(loop->signal_fd); /* holds nothing that could be lost */
        (void)pthread_sigmask(SIG_UNBLOCK, &loop->signals,
                              NULL); /* arguments are valid */
    }
    (void)close(loop->epoll_fd);
    free(loop->timers);
    free(loop);
    return leftover_count;
}

/* Takes a zeroed source of `bytes` into the list; NULL with `err` without memory. */
static void *source_add(struct loop *loop, enum source_kind kind, const char *name,
                        size_t bytes, struct error *err)
{
    struct source *source = calloc(1, bytes);
    if (!source) {
        error_set(err, ERR_IO, "cannot add '%s' to the loop: out of memory", name);
        return NULL;
    }
    source->kind = kind;
    source->name = name;
    *loop->last_link = source;
    loop->last_link = &source->next;
    return source;
}

static void source_remove(struct loop *loop, struct source *source)
{
    assert(!source->is_dead);
    source->is_dead = true;
    loop->has_dead = true;
    if (!loop->is_dispatching) {
        sweep(loop);
    }
}

/* ---- Descriptors ---- */

static struct epoll_event epoll_interest(struct loop_fd *source, unsigned events)
{
    struct epoll_event interest = {.data = {.ptr = source}};
    if ((events & LOOP_READ) != 0) {
        interest.events |= EPOLLIN;
    }
    if ((events & LOOP_WRITE) != 0) {
        interest.events |= EPOLLOUT;
    }
    return interest;
}

enum status loop_add_fd(struct loop *loop, const struct loop_watched *watched,
                        struct loop_fd **ret_source, struct error *err)
{
    struct loop_fd *source =
        source_add(loop, SOURCE_FD, watched->name, sizeof(*source), err);
    if (!source) {
        return ERR_IO;
    }
    source->fd = watched->fd;
    source->handler = watched->handler;
    source->data = watched->data;
    struct epoll_event interest = epoll_interest(source, watched->events);
    if (epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, watched->fd, &interest) != 0) {
        error_set(err, ERR_IO, "cannot watch '%s': %s", watched->name, strerror(errno));
        source_remove(loop, &source->source);
        return ERR_IO;
    }
    *ret_source = source;
    return OK;
}

enum status loop_watch(struct loop *loop, struct loop_fd *source, unsigned events,
                       struct error *err)
{
    struct epoll_event interest = epoll_interest(source, events);
    if (epoll_ctl(loop->epoll_fd, EPOLL_CTL_MOD, source->fd, &interest) != 0) {
        return error_set(err, ERR_IO, "cannot watch '%s': %s", source->source.name,
                         strerror(errno));
    }
    return OK;
}

void loop_remove_fd(struct loop *loop, struct loop_fd *source)
{
    /* Fails only for a descriptor that a library closed before: the kernel has removed it
     * from the set then. */
    (void)epoll_ctl(loop->epoll_fd, EPOLL_CTL_DEL, source->fd, NULL);
    source_remove(loop, &source->source);
}

static void dispatch_fd(struct loop_fd *source, uint32_t happened)
{
    unsigned events = 0;
    if ((happened & EPOLLIN) != 0) {
        events |= LOOP_READ;
    }
    if ((happened & EPOLLOUT) != 0) {
        events |= LOOP_WRITE;
    }
    if ((happened & (EPOLLERR | EPOLLHUP)) != 0) {
        events |= LOOP_HANGUP;
    }
    if (!source->source.is_dead) {
        source->handler(source->data, events);
    }
}

/* ---- Timers ---- */

static bool is_before(const struct loop_timer *a, const struct loop_timer *b)
{
    return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->order < b->order;
}

static void heap_put(struct loop *loop, size_t index, struct loop_timer *timer)
{
    loop->timers[index] = timer;
    timer->heap_index = index;
}

/* Moves `timer`, which belongs at `index` or above or below it, to where it belongs. */
static void heap_settle(struct loop *loop, size_t index, struct loop_timer *timer)
{
    while (index > 0 && is_before(timer, loop->timers[(index - 1) / 2])) {
        heap_put(loop, index, loop->timers[(index - 1) / 2]);
        index = (index - 1) / 2;
    }
    for (size_t child = 2 * index + 1; child < loop->heap_count; child = 2 * index + 1) {
        if (child + 1 < loop->heap_count &&
            is_before(loop->timers[child + 1], loop->timers[child])) {
            child++;
        }
        if (!is_before(loop->timers[child], timer)) {
            break;
        }
        heap_put(loop, index, loop->timers[child]);
        index = child;
    }
    heap_put(loop, index, timer);
}

enum status loop_add_timer(struct loop *loop, const char *name,
                           struct loop_timer **ret_timer, struct error *err,
                           loop_timer_handler *handler, void *data)
{
    /* Room for every timer at once: setting one can then never fail. */
    size_t bytes = (loop->timer_count + 1) * sizeof(struct loop_timer *);
    struct loop_timer **timers = realloc(loop->timers, bytes);
    if (!timers) {
        return error_set(err, ERR_IO, "cannot add timer '%s': out of memory", name);
    }
    loop->timers = timers;
    struct loop_timer *timer = source_add(loop, SOURCE_TIMER, name, sizeof(*timer), err);
    if (!timer) {
        return ERR_IO;
    }
    loop->timer_count++;
    timer->heap_index = NOT_SET;
    timer->handler = handler;
    timer->data = data;
    *ret_timer = timer;
    return OK;
}

void loop_stop_timer(struct loop *loop, struct loop_timer *timer)
{
    assert(!timer->source.is_dead);
    timer->is_due = false;
    if (timer->heap_index == NOT_SET) {
        return;
    }
    size_t hole = timer->heap_index;
    timer->heap_index = NOT_SET;
    struct loop_timer *last = loop->timers[--loop->heap_count];
    if (last != timer) {
        heap_settle(loop, hole, last);
    }
}

void loop_set_timer(struct loop *loop, struct loop_timer *timer, int64_t at_ms)
{
    loop_stop_timer(loop, timer);
    timer->at_ms = at_ms;
    timer->order = loop->next_order++;
    heap_settle(loop, loop->heap_count++, timer);
}

void loop_remove_timer(struct loop *loop, struct loop_timer *timer)
{
    loop_stop_timer(loop, timer);
    loop->timer_count--;
    source_remove(loop, &timer->source);
}

/* Runs the timers that are due now. They are all taken off the heap first, so one that a
 * handler sets to a past time waits for the next turn instead of holding up this one. */
static void dispatch_timers(struct loop *loop)
{
    struct loop_timer *first = NULL;
    struct loop_timer **link = &first;
    while (loop->heap_count > 0 && loop->timers[0]->at_ms <= loop->now_ms) {
        struct loop_timer *timer = loop->timers[0];
        loop_stop_timer(loop, timer);
        timer->is_due = true;
        timer->next_due = NULL;
        *link = timer;
        link = &timer->next_due;
    }
    for (struct loop_timer *timer = first; timer; timer = timer->next_due) {
        if (timer->is_due) {
            timer->is_due = false;
            timer->handler(timer->data, loop->now_ms);
        }
    }
}

/* ---- Hooks ---- */

enum status loop_add_hook(struct loop *loop, const char *name,
                          struct loop_hook **ret_hook, struct error *err,
                          loop_hook_handler *handler, void *data)
{
    struct loop_hook *hook = source_add(loop, SOURCE_HOOK, name, sizeof(*hook), err);
    if (!hook) {
        return ERR_IO;
    }
    hook->handler = handler;
    hook->data = data;
    *ret_hook = hook;
    return OK;
}

void loop_request_hook(struct loop *loop, struct loop_hook *hook)
{
    assert(!hook->source.is_dead);
    if (!hook->is_requested) {
        hook->is_requested = true;
        loop->request_count++;
    }
}

void loop_remove_hook(struct loop *loop, struct loop_hook *hook)
{
    if (hook->is_requested) {
        loop->request_count--;
    }
    source_remove(loop, &hook->source);
}

/* Runs the hooks requested until now; what they request is for the next turn. */
static void dispatch_hooks(struct loop *loop)
{
    if (loop->request_count == 0) {
        return;
    }
    for (struct source *source = loop->first; source; source = source->next) {
        if (source->kind == SOURCE_HOOK && !source->is_dead) {
            struct loop_hook *hook = (struct loop_hook *)source;
            hook->runs_now = hook->is_requested;
            hook->is_requested = false;
        }
    }
    loop->request_count = 0;
    for (struct source *source = loop->first; source; source = source->next) {
        if (source->kind != SOURCE_HOOK || source->is_dead) {
            continue;
        }
        struct loop_hook *hook = (struct loop_hook *)source;
        if (hook->runs_now) {
            hook->runs_now = false;
            hook->handler(hook->data);
        }
    }
}

/* ---- Signals ---- */

/* Reads the signals that came and runs their sources. The signalfd stands in epoll
 * without a source of its own: `data.ptr` is NULL. */
static void dispatch_signals(struct loop *loop)
{
    struct signalfd_siginfo info;
    while (read(loop->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
        for (struct source *source = loop->first; source; source = source->next) {
            struct loop_signal *waiting = (struct loop_signal *)source;
            if (source->kind == SOURCE_SIGNAL && !source->is_dead &&
                waiting->number == (int)info.ssi_signo) {
                waiting->handler(waiting->data, waiting->number);
            }
        }
    }
}

/* Makes or changes the signalfd to `loop->signals`. */
static enum status signals_apply(struct loop *loop, struct error *err)
{
    bool is_new = loop->signal_fd < 0;
    int fd = signalfd(loop->signal_fd, &loop->signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0) {
        return error_set(err, ERR_IO, "cannot receive signals: %s", strerror(errno));
    }
    loop->signal_fd = fd;
    struct epoll_event interest = {.events = EPOLLIN, .data = {.ptr = NULL}};
    if (is_new && epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, fd, &interest) != 0) {
        return error_set(err, ERR_IO, "cannot watch signals: %s", strerror(errno));
    }
    return OK;
}

enum status loop_add_signal(struct loop *loop, int signal_number,
                            struct loop_signal **ret_signal, struct error *err,
                            loop_signal_handler *handler, void *data)
{
    sigset_t one;
    (void)sigemptyset(&one); /* cannot fail with a valid pointer */
    if (sigaddset(&one, signal_number) != 0 ||
        sigaddset(&loop->signals, signal_number) != 0) {
        return error_set(err, ERR_INVALID, "there is no signal %d", signal_number);
    }
    struct loop_signal *source =
        source_add(loop, SOURCE_SIGNAL, "signal", sizeof(*source), err);
    if (!source) {
        return ERR_IO;
    }
    source->number = signal_number;
    source->handler = handler;
    source->data = data;
    (void)pthread_sigmask(SIG_BLOCK, &one, NULL); /* fails only for a bad first word */
    if (signals_apply(loop, err) != OK) {
        loop_remove_signal(loop, source);
        return ERR_IO;
    }
    *ret_signal = source;
    return OK;
}

void loop_remove_signal(struct loop *loop, struct loop_signal *source)
{
    int number = source->number;
    source_remove(loop, &source->source);
    for (struct source *other = loop->first; other; other = other->next) {
        if (other->kind == SOURCE_SIGNAL && !other->is_dead &&
            ((struct loop_signal *)other)->number == number) {
            return; /* somebody else still waits for it */
        }
    }
    sigset_t one;
    (void)sigemptyset(&one);
    (void)sigaddset(&one, number); /* was valid when it was added */
    (void)sigdelset(&loop->signals, number);
    if (loop->signal_fd >= 0) {
        /* Narrowing the mask of an open signalfd cannot fail. */
        (void)signalfd(loop->signal_fd, &loop->signals, SFD_CLOEXEC | SFD_NONBLOCK);
    }
    (void)pthread_sigmask(SIG_UNBLOCK, &one, NULL);
}

/* ---- Turns ---- */

int64_t loop_now_ms(const struct loop *loop)
{
    return loop->now_ms;
}

int loop_descriptor(const struct loop *loop)
{
    return loop->epoll_fd;
}

int64_t loop_wait_ms(const struct loop *loop)
{
    if (loop->request_count > 0) {
        return 0;
    }
    if (loop->heap_count == 0) {
        return -1;
    }
    int64_t wait_ms = loop->timers[0]->at_ms - clock_machine_ms();
    return wait_ms > 0 ? wait_ms : 0;
}

enum status loop_turn(struct loop *loop, int64_t wait_ms, struct error *err)
{
    assert(!loop->is_dispatching);
    int64_t own_ms = loop_wait_ms(loop);
    if (own_ms >= 0 && (wait_ms < 0 || own_ms < wait_ms)) {
        wait_ms = own_ms;
    }
    int timeout_ms = wait_ms < 0 ? -1 : wait_ms > INT_MAX ? INT_MAX : (int)wait_ms;
    struct epoll_event events[EVENTS_PER_TURN];
    int count = epoll_wait(loop->epoll_fd, events, EVENTS_PER_TURN, timeout_ms);
    if (count < 0 && errno != EINTR) {
        return error_set(err, ERR_IO, "cannot wait for events: %s", strerror(errno));
    }
    loop->now_ms = clock_machine_ms();
    loop->is_dispatching = true;
    for (int i = 0; i < count; i++) {
        if (events[i].data.ptr) {
            dispatch_fd(events[i].data.ptr, events[i].events);
        } else {
            dispatch_signals(loop);
        }
    }
    dispatch_timers(loop);
    dispatch_hooks(loop);
    loop->is_dispatching = false;
    if (loop->has_dead) {
        sweep(loop);
    }
    return OK;
}

enum status loop_run(struct loop *loop, struct error *err)
{
    while (!loop->is_stopped) {
        enum status status = loop_turn(loop, -1, err);
        if (status != OK) {
            return status;
        }
    }
    loop->is_stopped = false; /* it may be run again */
    return OK;
}

void loop_stop(struct loop *loop)
{
    loop->is_stopped = true;
}
