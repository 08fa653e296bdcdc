/* guichet-print: the process that talks to CUPS for a screen; started by
 * printing/printer, not by people.
 *
 * usage: guichet-print QUEUE SERVER TIMEOUT_MS HEALTH_EVERY_MS
 *
 * Standard input and output are one socket. It reads, one at a time,
 *     print ID WIDTH_MM HEIGHT_MM LENGTH DOTS ROWS TITLE
 * and LENGTH bytes of PDF, then ROWS rows of DOTS dots (struct slip_dots), and writes
 * lines job ID STATE REASON                            as in print_job_state_name()
 *     health HEALTH PAPER REASON                     as in runtime/documents.h
 *
 * The next print comes only after the last line of the one before, so input while a job
 * runs can only be the end of the program that started us: the job is cancelled then.
 *
 * No slip is sent before those that an earlier run has left in the queue are cancelled.
 * This is tried until CUPS is there, and again when CUPS has not confirmed the cancelling
 * of a job: CUPS keeps its jobs over a power cut and would print yesterday's tickets. */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "printing/cups_queue.h"
#include "printing/printer.h"
#include "runtime/clock.h"

/* A slip has some 20 kB; more than this is no slip. */
#define DOCUMENT_BYTES_MAX 4194304
#define DOTS_MAX           8192
#define LINE_BYTES         512

#define JOB_NAME_BYTES (sizeof(CUPS_JOB_PREFIX) + PRINT_ID_BYTES + PRINT_TITLE_BYTES)

/* How often CUPS is asked about a running job, and how long about a cancelled one. */
#define ASK_EVERY_MS   100
#define CANCEL_WAIT_MS 2000

struct helper {
    const char *queue;
    int64_t timeout_ms;
    int64_t health_every_ms;
    pthread_mutex_t mutex; /* of the output: lines are whole */
    pthread_mutex_t queue_mutex;
    bool is_queue_clear; /* under queue_mutex: nothing of an earlier job is left */
};

struct job {
    char id[PRINT_ID_BYTES];
    int number;                /* of CUPS; 0: not sent */
    char name[JOB_NAME_BYTES]; /* with title and id: one of its kind */
    struct cups_document document;
};

static void nap(int64_t ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    /* Waking early only means asking early. */
    (void)nanosleep(&time, NULL);
}

/* Write one line. Without a reader there is nothing left to do here. */
static void say(struct helper *helper, struct text *line)
{
    for (size_t i = 0; i < line->length; i++) {
        if ((unsigned char)line->bytes[i] < ' ') {
            line->bytes[i] = ' '; /* messages of CUPS may have several lines */
        }
    }
    if (line->is_cut) {
        line->bytes[--line->length] = '\0';
    }
    text_add(line, "\n");
    (void)pthread_mutex_lock(&helper->mutex); /* of the default kind: cannot fail */
    size_t sent = 0;
    while (sent < line->length) {
        ssize_t count = write(STDOUT_FILENO, line->bytes + sent, line->length - sent);
        if (count < 0 && errno != EINTR) {
            _exit(1);
        }
        sent += count > 0 ? (size_t)count : 0;
    }
    (void)pthread_mutex_unlock(&helper->mutex);
}

static void say_job(struct helper *helper, const struct job *job,
                    enum print_job_state state, const char *reason)
{
    char buffer[LINE_BYTES];
    struct text line;
    text_init(&line, buffer, sizeof(buffer));
    text_add(&line, "job %s %s %s", job->id, print_job_state_name(state), reason);
    say(helper, &line);
}

/* See to it that nothing of an earlier job is left in the queue. */
static enum status clear_queue(struct helper *helper, struct error *err)
{
    enum status result = OK;
    (void)pthread_mutex_lock(&helper->queue_mutex);
    if (!helper->is_queue_clear) {
        result = cups_queue_clear(helper->queue, err);
        if (result == OK) {
            result = cups_queue_clear_printer(helper->queue, err);
        }
        helper->is_queue_clear = result == OK;
    }
    (void)pthread_mutex_unlock(&helper->queue_mutex);
    return result;
}

static void mark_unclear(struct helper *helper)
{
    (void)pthread_mutex_lock(&helper->queue_mutex);
    helper->is_queue_clear = false;
    (void)pthread_mutex_unlock(&helper->queue_mutex);
}

/* A thread of its own: a printer that does not answer must not hold up a slip. */
static void *watch_health(void *data)
{
    struct helper *helper = data;
    for (;;) {
        char reason[PRINT_REASON_BYTES];
        struct condition condition =
            cups_queue_condition(helper->queue, reason, sizeof(reason));
        char buffer[LINE_BYTES];
        struct text line;
        text_init(&line, buffer, sizeof(buffer));
        text_add(&line, "health %s %s %s", printer_health_name(condition.health),
                 paper_level_name(condition.paper), reason);
        say(helper, &line);
        (void)clear_queue(helper, NULL); /* the line above says what is wrong */
        nap(helper->health_every_ms);
    }
    return NULL;
}

/* Whether the program that started us has closed its end. */
static bool is_left_alone(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, 0) > 0;
}

/* Take the job back and say what became of it. */
static void give_up_job(struct helper *helper, const struct job *job, const char *reason)
{
    cups_queue_cancel(job->number);
    const int64_t until_ms = clock_machine_ms() + CANCEL_WAIT_MS;
    enum cups_job_state state = cups_queue_state(job->number);
    while ((state == CUPS_JOB_WAITING || state == CUPS_JOB_PROCESSING) &&
           clock_machine_ms() < until_ms) {
        nap(ASK_EVERY_MS);
        state = cups_queue_state(job->number);
    }
    if (state == CUPS_JOB_COMPLETED) {
        say_job(helper, job, PRINT_JOB_PRINTED, "");
    } else if (state == CUPS_JOB_ENDED) {
        say_job(helper, job, PRINT_JOB_FAILED, reason);
    } else {
        mark_unclear(helper);
        say_job(helper, job, PRINT_JOB_UNKNOWN, "CUPS does not confirm the cancelling");
    }
}

/* Follow a job that CUPS has to its end. */
static void follow_job(struct helper *helper, const struct job *job, int64_t until_ms)
{
    bool is_processing = false;
    for (;;) {
        enum cups_job_state state = cups_queue_state(job->number);
        if (state == CUPS_JOB_COMPLETED) {
            state = cups_queue_printer_state(helper->queue, job->name);
        }
        if (state == CUPS_JOB_COMPLETED) {
            say_job(helper, job, PRINT_JOB_PRINTED, "");
            return;
        }
        if (state == CUPS_JOB_ENDED) {
            say_job(helper, job, PRINT_JOB_FAILED, "the printer gave the slip up");
            return;
        }
        if (state == CUPS_JOB_PROCESSING && !is_processing) {
            is_processing = true;
            say_job(helper, job, PRINT_JOB_PROCESSING, "");
        }
        if (is_left_alone()) {
            cups_queue_cancel(job->number);
            _exit(0);
        }
        if (clock_machine_ms() >= until_ms) {
            give_up_job(helper, job, "not printed in time and cancelled");
            return;
        }
        nap(ASK_EVERY_MS);
    }
}

static void print_job(struct helper *helper, struct job *job)
{
    const int64_t until_ms = clock_machine_ms() + helper->timeout_ms;
    job->document.cancel_after_s = (uint32_t)(helper->timeout_ms / 1000) + 2;
    struct error err = {0};
    if (clear_queue(helper, &err) != OK ||
        cups_queue_send(helper->queue, &job->document, &job->number, &err) != OK) {
        mark_unclear(helper); /* it may have gone wrong after CUPS had made the job */
        say_job(helper, job, PRINT_JOB_FAILED, err.text);
        return;
    }
    say_job(helper, job, PRINT_JOB_SENT, "");
    follow_job(helper, job, until_ms);
}

/* Read the document named in `line` and print it. False when the input is broken. */
static bool take_print(struct helper *helper, const char *line)
{
    struct job job = {.number = 0};
    struct slip_dots *dots = &job.document.dots;
    unsigned long length = 0;
    int title_at = 0;
    static_assert(PRINT_ID_BYTES == 64, "the width of %63s below");
    /* The line comes from our own program; a number out of range is refused below. */
    if (sscanf(line, "print %63s %u %u %lu %u %u %n", // NOLINT(cert-err34-c)
               job.id, &job.document.width_mm, &job.document.height_mm, &length,
               &dots->width, &dots->height, &title_at) != 6 ||
        title_at == 0 || length == 0 || length > DOCUMENT_BYTES_MAX ||
        dots->width > DOTS_MAX || dots->height > DOTS_MAX) {
        return false;
    }
    const size_t dots_length = dots->height * slip_row_bytes(dots->width);
    unsigned char *bytes = malloc(length + dots_length);
    if (!bytes) {
        return false;
    }
    bool is_whole = fread(bytes, 1, length + dots_length, stdin) == length + dots_length;
    if (is_whole) {
        struct text name;
        text_init(&name, job.name, sizeof(job.name));
        text_add(&name, CUPS_JOB_PREFIX "%s %s", line + title_at, job.id);
        job.document.title = job.name;
        job.document.bytes = bytes;
        job.document.length = length;
        dots->rows = dots_length > 0 ? bytes + length : NULL;
        print_job(helper, &job);
    }
    free(bytes);
    return is_whole;
}

static int serve(struct helper *helper)
{
    char line[LINE_BYTES];
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (!take_print(helper, line)) {
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        /* Results of these lines are dropped: there is nobody else to tell. */
        (void)fprintf(stderr,
                      "guichet-print: started by Guichet's screens, not by people\n");
        return 2;
    }
    struct helper helper = {.queue = argv[1],
                            .timeout_ms = (int64_t)strtoul(argv[3], NULL, 10),
                            .health_every_ms = (int64_t)strtoul(argv[4], NULL, 10),
                            .mutex = PTHREAD_MUTEX_INITIALIZER,
                            .queue_mutex = PTHREAD_MUTEX_INITIALIZER};
    /* In the environment, for libcups keeps cupsSetServer() for one thread only. */
    if (argv[2][0] != '\0' && setenv("CUPS_SERVER", argv[2], 1) != 0) {
        (void)fprintf(stderr, "guichet-print: cannot name the server: %s\n",
                      strerror(errno));
        return 1;
    }
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    pthread_t thread;
    if (sigaction(SIGPIPE, &ignore, NULL) != 0 ||
        setvbuf(stdin, NULL, _IONBF, 0) != 0 || /* what poll() sees is all there is */
        pthread_create(&thread, NULL, watch_health, &helper) != 0) {
        (void)fprintf(stderr, "guichet-print: cannot start: %s\n", strerror(errno));
        return 1;
    }
    int result = serve(&helper);
    /* Not exit(): the other thread is inside libcups, whose memory must stay. */
    _exit(result);
}
