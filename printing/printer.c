/* The caller's side of a printer; see printer.h. */
#include "printing/printer.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/text.h"
#include "printing/printer_private.h"

#define HEALTH_EVERY_MS_DEFAULT 5000
#define HEALTH_EVERY_MS_MIN     200
#define HEALTH_EVERY_MS_MAX     60000

/* Longest line before a document. */
#define HEAD_BYTES 256

static const char *const state_names[] = {"sent", "processing", "printed", "failed",
                                          "unknown"};
static_assert(sizeof(state_names) / sizeof(state_names[0]) == PRINT_JOB_STATE_COUNT,
              "a name for each state");

const char *print_job_state_name(enum print_job_state state)
{
    assert(state < PRINT_JOB_STATE_COUNT);
    return state_names[state];
}

static void ring(int fd)
{
    const uint64_t one = 1;
    /* Fails only when the bell has rung 2^64 times unheard. */
    ssize_t count = write(fd, &one, sizeof(one));
    (void)count;
}

void printer_tell(struct printer *printer, const struct printer_news *news)
{
    struct printer_news *copy = malloc(sizeof(*copy));
    if (!copy) {
        abort(); /* a promise of exactly one report cannot be kept any more */
    }
    *copy = *news;
    copy->next = NULL;
    (void)pthread_mutex_lock(&printer->mutex); /* of the default kind: cannot fail */
    struct printer_news **end = &printer->news;
    while (*end) {
        end = &(*end)->next;
    }
    *end = copy;
    if (news->id[0] != '\0' && news->state >= PRINT_JOB_PRINTED) {
        printer->job_count--;
    }
    (void)pthread_mutex_unlock(&printer->mutex);
    ring(printer->news_fd);
    if (printer->wake) {
        printer->wake(printer->wake_data);
    }
}

/* Copy the options, with defaults in place of zeros. */
static enum status take_options(struct printer *printer,
                                const struct printer_options *options, struct error *err)
{
    uint32_t timeout_ms =
        options->timeout_ms ? options->timeout_ms : PRINT_TIMEOUT_MS_DEFAULT;
    uint32_t health_ms =
        options->health_every_ms ? options->health_every_ms : HEALTH_EVERY_MS_DEFAULT;
    const char *server = options->server ? options->server : "";
    if (!options->queue || options->queue[0] == '\0' ||
        !text_copy(printer->queue, sizeof(printer->queue), options->queue)) {
        return error_set(err, ERR_INVALID, "the name of a print queue has 1 to %zu bytes",
                         sizeof(printer->queue) - 1);
    }
    if (!text_copy(printer->server, sizeof(printer->server), server)) {
        return error_set(err, ERR_INVALID, "the address of CUPS is too long");
    }
    if (timeout_ms < PRINT_TIMEOUT_MS_MIN || timeout_ms > PRINT_TIMEOUT_MS_MAX) {
        return error_set(err, ERR_INVALID, "a slip's time is %d to %d ms, not %u",
                         PRINT_TIMEOUT_MS_MIN, PRINT_TIMEOUT_MS_MAX, timeout_ms);
    }
    if (health_ms < HEALTH_EVERY_MS_MIN || health_ms > HEALTH_EVERY_MS_MAX) {
        return error_set(err, ERR_INVALID,
                         "a printer is asked every %d to %d ms, not every %u",
                         HEALTH_EVERY_MS_MIN, HEALTH_EVERY_MS_MAX, health_ms);
    }
    printer->timeout_ms = timeout_ms;
    struct text text;
    text_init(&text, printer->timeout_text, sizeof(printer->timeout_text));
    text_add(&text, "%u", timeout_ms);
    text_init(&text, printer->health_text, sizeof(printer->health_text));
    text_add(&text, "%u", health_ms);
    return OK;
}

static enum status find_helper(struct printer *printer, const char *asked,
                               struct error *err)
{
    const char *path = asked;
    if (!path) {
        path = access(GUICHET_INSTALLED_HELPER, X_OK) == 0 ? GUICHET_INSTALLED_HELPER
                                                           : GUICHET_BUILT_HELPER;
    }
    if (access(path, X_OK) != 0 ||
        !text_copy(printer->helper_path, sizeof(printer->helper_path), path)) {
        return error_set(err, ERR_NOT_FOUND, "cannot run the print helper '%s': %s", path,
                         strerror(errno));
    }
    return OK;
}

enum status printer_create(const struct printer_options *options,
                           const struct printer_handlers *handlers,
                           struct printer **ret_printer, struct error *err)
{
    struct error local = {0};
    struct error *say = err ? err : &local;
    struct printer *printer = calloc(1, sizeof(*printer));
    if (!printer) {
        return error_set(say, ERR_IO, "cannot watch a printer: out of memory");
    }
    printer->handlers = *handlers;
    printer->wake = options->wake;
    printer->wake_data = options->wake_data;
    printer->helper.socket = -1;
    printer->call_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    printer->news_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    (void)pthread_mutex_init(&printer->mutex, NULL); /* cannot fail on Linux */
    if (printer->call_fd < 0 || printer->news_fd < 0) {
        error_set(say, ERR_IO, "cannot watch a printer: %s", strerror(errno));
        goto fail;
    }
    if (take_options(printer, options, say) != OK ||
        find_helper(printer, options->helper, say) != OK) {
        goto fail;
    }
    int failure = pthread_create(&printer->thread, NULL, printer_run, printer);
    if (failure != 0) {
        error_set(say, ERR_IO, "cannot watch a printer: %s", strerror(failure));
        goto fail;
    }
    printer->has_thread = true;
    *ret_printer = printer;
    return OK;

fail:
    printer_destroy(printer); /* accepts a half-built printer */
    return say->status;
}

static void free_jobs(struct print_job *job)
{
    while (job) {
        struct print_job *next = job->next;
        free(job->message);
        free(job);
        job = next;
    }
}

void printer_destroy(struct printer *printer)
{
    if (!printer) {
        return;
    }
    if (printer->has_thread) {
        (void)pthread_mutex_lock(&printer->mutex);
        printer->is_stopping = true;
        (void)pthread_mutex_unlock(&printer->mutex);
        ring(printer->call_fd);
        (void)pthread_join(printer->thread, NULL); /* ours, and joined once */
    }
    free_jobs(printer->jobs);
    while (printer->news) {
        struct printer_news *next = printer->news->next;
        free(printer->news);
        printer->news = next;
    }
    if (printer->call_fd >= 0) {
        (void)close(printer->call_fd);
    }
    if (printer->news_fd >= 0) {
        (void)close(printer->news_fd);
    }
    (void)pthread_mutex_destroy(&printer->mutex);
    free(printer);
}

int printer_descriptor(const struct printer *printer)
{
    return printer->news_fd;
}

static void hand_out(const struct printer *printer, const struct printer_news *news)
{
    const struct printer_handlers *handlers = &printer->handlers;
    if (news->id[0] != '\0') {
        const struct print_report report = {
            .id = news->id, .state = news->state, .reason = news->reason};
        handlers->on_job(handlers->data, &report);
    } else {
        const struct printer_condition condition = {
            .health = news->health, .paper = news->paper, .reason = news->reason};
        handlers->on_health(handlers->data, &condition);
    }
}

size_t printer_dispatch(struct printer *printer)
{
    uint64_t rings = 0;
    /* An empty bell (EAGAIN) is no failure: the list below says what there is. */
    ssize_t length = read(printer->news_fd, &rings, sizeof(rings));
    (void)length;
    (void)pthread_mutex_lock(&printer->mutex);
    struct printer_news *news = printer->news;
    printer->news = NULL;
    (void)pthread_mutex_unlock(&printer->mutex);
    size_t count = 0;
    while (news) {
        struct printer_news *next = news->next;
        hand_out(printer, news);
        free(news);
        news = next;
        count++;
    }
    return count;
}

static bool is_job_id(const char *id)
{
    size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789-");
    return length > 0 && length < PRINT_ID_BYTES && id[length] == '\0';
}

/* The job with its message, NULL when memory is out. */
static struct print_job *make_job(const char *id, const char *title,
                                  const struct slip_page *page)
{
    char head[HEAD_BYTES];
    struct text text;
    text_init(&text, head, sizeof(head));
    const struct slip_dots dots = page->dots.rows ? page->dots : (struct slip_dots){0};
    const size_t dots_length = dots.height * slip_row_bytes(dots.width);
    text_add(&text, "print %s %u %u %zu %u %u %s\n", id, page->width_mm, page->height_mm,
             page->length, dots.width, dots.height, title);
    struct print_job *job = calloc(1, sizeof(*job));
    if (!job) {
        return NULL;
    }
    (void)text_copy(job->id, sizeof(job->id), id); /* its length was checked */
    job->length = text.length + page->length + dots_length;
    job->message = malloc(job->length);
    if (!job->message) {
        free(job);
        return NULL;
    }
    memcpy(job->message, head, text.length);
    memcpy(job->message + text.length, page->bytes, page->length);
    if (dots_length > 0) {
        memcpy(job->message + text.length + page->length, dots.rows, dots_length);
    }
    return job;
}

enum status printer_print(struct printer *printer, const char *id, const char *title,
                          const struct slip_page *page, struct error *err)
{
    size_t title_length = strlen(title);
    if (!is_job_id(id) || title_length == 0 || title_length >= PRINT_TITLE_BYTES ||
        !text_is_utf8(title, title_length) || page->length == 0 || page->width_mm == 0 ||
        page->height_mm == 0) {
        return error_set(err, ERR_INVALID,
                         "cannot print '%s': its id, title or page cannot be", title);
    }
    struct print_job *job = make_job(id, title, page);
    if (!job) {
        return error_set(err, ERR_IO, "cannot print '%s': out of memory", title);
    }
    (void)pthread_mutex_lock(&printer->mutex);
    bool has_room = printer->job_count < PRINT_JOBS_MAX;
    if (has_room) {
        struct print_job **end = &printer->jobs;
        while (*end) {
            end = &(*end)->next;
        }
        *end = job;
        printer->job_count++;
    }
    (void)pthread_mutex_unlock(&printer->mutex);
    if (!has_room) {
        free_jobs(job);
        return error_set(err, ERR_LIMIT, "cannot print '%s': %d slips wait already",
                         title, PRINT_JOBS_MAX);
    }
    ring(printer->call_fd);
    return OK;
}

int printer_helper_id(struct printer *printer)
{
    (void)pthread_mutex_lock(&printer->mutex);
    int id = (int)printer->helper_id;
    (void)pthread_mutex_unlock(&printer->mutex);
    return id;
}
