/* The thread that feeds the helper, watches its time and starts it again; see printer.h
 * and the lines in guichet_print.c.
 *
 * One helper at a time, one job at a time in its hands. A helper is given up when its
 * socket closes, when it writes what it should not, or when it is silent for longer than
 * a job and its cancelling can take. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "printing/printer_private.h"
#include "runtime/clock.h"

/* Beyond a job's time: connecting, cancelling, and asking what became of it. */
#define HELPER_SLACK_MS 12000

#define START_PAUSE_MS_MIN 200
#define START_PAUSE_MS_MAX 5000

/* How long a helper may take to cancel its job when we stop. */
#define STOP_MS 1500

extern char **environ;

static void set_helper_id(struct printer *printer, pid_t id)
{
    (void)pthread_mutex_lock(&printer->mutex); /* of the default kind: cannot fail */
    printer->helper_id = id;
    (void)pthread_mutex_unlock(&printer->mutex);
    printer->helper.id = id;
}

static void tell_condition(struct printer *printer, enum printer_health health,
                           enum paper_level paper, const char *reason)
{
    struct printer_news news = {.health = health, .paper = paper};
    (void)text_copy(news.reason, sizeof(news.reason), reason); /* cut: for the log only */
    const struct printer_news *last = &printer->last;
    if (printer->has_last && last->health == health && last->paper == paper &&
        strcmp(last->reason, news.reason) == 0) {
        return;
    }
    printer->last = news;
    printer->has_last = true;
    printer_tell(printer, &news);
}

/* A final state takes the job out of the helper's hands. */
static void tell_job(struct printer *printer, enum print_job_state state,
                     const char *reason)
{
    struct helper_process *helper = &printer->helper;
    struct printer_news news = {.state = state};
    (void)text_copy(news.id, sizeof(news.id), helper->job->id); /* same size */
    (void)text_copy(news.reason, sizeof(news.reason), reason); /* cut: for the log only */
    if (state >= PRINT_JOB_PRINTED) {
        free(helper->job->message);
        free(helper->job);
        helper->job = NULL;
    }
    printer_tell(printer, &news);
}

/* Start the program with `socket` as its input and output and nothing else of ours: our
 * descriptors are close-on-exec, its signals are those of a fresh program. */
static int spawn(const struct printer *printer, int socket, pid_t *ret_id)
{
    char path[HELPER_PATH_BYTES];
    char queue[sizeof(printer->queue)];
    char server[sizeof(printer->server)];
    char timeout[sizeof(printer->timeout_text)];
    char health[sizeof(printer->health_text)];
    memcpy(path, printer->helper_path, sizeof(path));
    memcpy(queue, printer->queue, sizeof(queue));
    memcpy(server, printer->server, sizeof(server));
    memcpy(timeout, printer->timeout_text, sizeof(timeout));
    memcpy(health, printer->health_text, sizeof(health));
    char *arguments[] = {path, queue, server, timeout, health, NULL};
    sigset_t none;
    sigset_t all;
    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    int failure = posix_spawnattr_init(&attributes);
    if (failure != 0) {
        return failure;
    }
    failure = posix_spawn_file_actions_init(&actions);
    if (failure == 0) {
        (void)posix_spawnattr_setsigmask(&attributes, &none);
        (void)posix_spawnattr_setsigdefault(&attributes, &all);
        (void)posix_spawnattr_setflags(&attributes,
                                       POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        failure = posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
        if (failure == 0) {
            failure = posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
        }
        if (failure == 0) {
            failure =
                posix_spawn(ret_id, path, &actions, &attributes, arguments, environ);
        }
        (void)posix_spawn_file_actions_destroy(&actions);
    }
    (void)posix_spawnattr_destroy(&attributes);
    return failure;
}

/* No helper can be had: say so, and fail what waits, for nobody will print it soon. */
static void fail_all(struct printer *printer, const char *why)
{
    struct helper_process *helper = &printer->helper;
    tell_condition(printer, PRINTER_OFFLINE, PAPER_UNKNOWN, why);
    for (;;) {
        (void)pthread_mutex_lock(&printer->mutex);
        helper->job = printer->jobs;
        printer->jobs = helper->job ? helper->job->next : NULL;
        (void)pthread_mutex_unlock(&printer->mutex);
        if (!helper->job) {
            return;
        }
        tell_job(printer, PRINT_JOB_FAILED, why);
    }
}

static void start_helper(struct printer *printer)
{
    struct helper_process *helper = &printer->helper;
    helper->start_at_ms = clock_machine_ms() + helper->pause_ms;
    helper->pause_ms = helper->pause_ms * 2 > START_PAUSE_MS_MAX ? START_PAUSE_MS_MAX
                                                                 : helper->pause_ms * 2;
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        fail_all(printer, strerror(errno));
        return;
    }
    pid_t id = 0;
    int failure = spawn(printer, ends[1], &id);
    (void)close(ends[1]);
    if (failure != 0) {
        (void)close(ends[0]);
        fail_all(printer, strerror(failure));
        return;
    }
    helper->socket = ends[0];
    helper->line_length = 0;
    set_helper_id(printer, id);
}

/* End the helper, wait for it, and say what that means for its job. */
static void drop_helper(struct printer *printer, const char *why)
{
    struct helper_process *helper = &printer->helper;
    (void)kill(helper->id, SIGKILL); /* our own child, not yet waited for */
    (void)close(helper->socket);
    helper->socket = -1;
    while (waitpid(helper->id, NULL, 0) < 0 && errno == EINTR) {
    }
    set_helper_id(printer, 0);
    if (helper->pause_ms > START_PAUSE_MS_MIN) {
        /* It has not come to say how the printer is. */
        tell_condition(printer, PRINTER_OFFLINE, PAPER_UNKNOWN, why);
    }
    if (helper->job) {
        if (helper->sent == 0) {
            tell_job(printer, PRINT_JOB_FAILED, why); /* nobody has seen it */
        } else {
            tell_job(printer, PRINT_JOB_UNKNOWN, why);
        }
    }
}

static void take_job_line(struct printer *printer, const char *line)
{
    struct helper_process *helper = &printer->helper;
    char id[PRINT_ID_BYTES];
    char name[16];
    int reason_at = 0;
    /* Written by our own program from its own numbers. */
    if (sscanf(line, "job %63s %15s %n", id, name, &reason_at) != 2 || !helper->job ||
        strcmp(helper->job->id, id) != 0) {
        return;
    }
    for (int state = 0; state < PRINT_JOB_STATE_COUNT; state++) {
        if (strcmp(name, print_job_state_name((enum print_job_state)state)) == 0) {
            tell_job(printer, (enum print_job_state)state, line + reason_at);
            return;
        }
    }
}

static void take_line(struct printer *printer, const char *line)
{
    char health[24];
    char paper[16];
    int reason_at = 0;
    if (sscanf(line, "health %23s %15s %n", health, paper, &reason_at) == 2) {
        enum printer_health found = printer_health_find(health);
        enum paper_level level = paper_level_find(paper);
        if (found != PRINTER_HEALTH_COUNT && level != PAPER_LEVEL_COUNT) {
            printer->helper.pause_ms = START_PAUSE_MS_MIN; /* it works */
            tell_condition(printer, found, level, line + reason_at);
        }
    } else {
        take_job_line(printer, line);
    }
}

/* Read what has come. False when the helper is gone. */
static bool read_helper(struct printer *printer)
{
    struct helper_process *helper = &printer->helper;
    ssize_t count = recv(helper->socket, helper->line + helper->line_length,
                         sizeof(helper->line) - 1 - helper->line_length, MSG_DONTWAIT);
    if (count < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    helper->line_length += (size_t)count;
    helper->line[helper->line_length] = '\0';
    char *end = strchr(helper->line, '\n');
    while (end) {
        *end = '\0';
        take_line(printer, helper->line);
        helper->line_length -= (size_t)(end + 1 - helper->line);
        memmove(helper->line, end + 1, helper->line_length + 1);
        end = strchr(helper->line, '\n');
    }
    return count > 0 && helper->line_length < sizeof(helper->line) - 1;
}

/* Send more of the job. False when the helper is gone. */
static bool feed_helper(struct helper_process *helper)
{
    ssize_t count = send(helper->socket, helper->job->message + helper->sent,
                         helper->job->length - helper->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    helper->sent += (size_t)count;
    return true;
}

/* Give a free helper the next job. Returns whether the printer is to go on. */
static bool next_job(struct printer *printer)
{
    struct helper_process *helper = &printer->helper;
    (void)pthread_mutex_lock(&printer->mutex);
    bool goes_on = !printer->is_stopping;
    if (goes_on && helper->socket >= 0 && !helper->job && printer->jobs) {
        helper->job = printer->jobs;
        printer->jobs = printer->jobs->next;
        helper->job->next = NULL;
        helper->sent = 0;
        helper->kill_at_ms = clock_machine_ms() + printer->timeout_ms + HELPER_SLACK_MS;
    }
    (void)pthread_mutex_unlock(&printer->mutex);
    return goes_on;
}

static int poll_timeout(const struct helper_process *helper, int64_t now_ms)
{
    int64_t until_ms = now_ms + 60000;
    if (helper->socket < 0) {
        until_ms = helper->start_at_ms;
    } else if (helper->job) {
        until_ms = helper->kill_at_ms;
    }
    return until_ms > now_ms ? (int)(until_ms - now_ms) : 0;
}

/* Wait for something to happen and do what follows from it. */
static void step(struct printer *printer)
{
    struct helper_process *helper = &printer->helper;
    bool is_feeding = helper->job && helper->sent < helper->job->length;
    struct pollfd watched[2] = {
        {.fd = printer->call_fd, .events = POLLIN},
        {.fd = helper->socket, .events = is_feeding ? POLLIN | POLLOUT : POLLIN}};
    if (poll(watched, 2, poll_timeout(helper, clock_machine_ms())) < 0) {
        return; /* interrupted: the next turn asks again */
    }
    uint64_t rings = 0;
    /* An empty bell is no failure. */
    ssize_t length = read(printer->call_fd, &rings, sizeof(rings));
    (void)length;
    if (helper->socket < 0) {
        return;
    }
    bool is_alive = true;
    if (is_feeding && watched[1].revents & POLLOUT) {
        is_alive = feed_helper(helper);
    }
    if (is_alive && watched[1].revents & (POLLIN | POLLHUP | POLLERR)) {
        is_alive = read_helper(printer);
    }
    if (!is_alive) {
        drop_helper(printer, "the print helper ended");
    } else if (helper->job && clock_machine_ms() >= helper->kill_at_ms) {
        drop_helper(printer, "the print helper did not answer");
    }
}

/* Close the helper's input, by which it cancels its job and ends; then insist. */
static void stop_helper(struct printer *printer)
{
    struct helper_process *helper = &printer->helper;
    if (helper->socket >= 0) {
        (void)shutdown(helper->socket, SHUT_WR);
        const struct timespec nap = {.tv_nsec = 10000000};
        const int64_t until_ms = clock_machine_ms() + STOP_MS;
        pid_t ended = 0;
        while (ended == 0 && clock_machine_ms() < until_ms) {
            ended = waitpid(helper->id, NULL, WNOHANG);
            (void)nanosleep(&nap, NULL); /* waking early only means asking early */
        }
        if (ended == 0) {
            (void)kill(helper->id, SIGKILL);
            (void)waitpid(helper->id, NULL, 0);
        }
        (void)close(helper->socket);
        set_helper_id(printer, 0);
    }
    if (helper->job) {
        free(helper->job->message);
        free(helper->job);
    }
}

void *printer_run(void *data)
{
    struct printer *printer = data;
    printer->helper.pause_ms = START_PAUSE_MS_MIN;
    while (next_job(printer)) {
        if (printer->helper.socket < 0 &&
            clock_machine_ms() >= printer->helper.start_at_ms) {
            start_helper(printer);
        } else {
            step(printer);
        }
    }
    stop_helper(printer);
    return NULL;
}
