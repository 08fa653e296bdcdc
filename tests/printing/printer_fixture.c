/* See printer_fixture.h. */
#include "printer_fixture.h"

#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/text.h"
#include "runtime/clock.h"

static const char private_cups[] =
    GUICHET_SOURCE_DIR "/printing/virtual-printer/private-cups";

extern char **environ;

void run_program(const char *const arguments[])
{
    char *argv[10];
    size_t count = 0;
    while (arguments[count]) {
        assert_true(count < 9);
        argv[count] = strdup(arguments[count]);
        count++;
    }
    argv[count] = NULL;
    pid_t id = 0;
    assert_int_equal(posix_spawnp(&id, argv[0], NULL, NULL, argv, environ), 0);
    int status = -1;
    assert_int_equal(waitpid(id, &status, 0), id);
    assert_int_equal(status, 0);
    while (count > 0) {
        free(argv[--count]);
    }
}

void fault(struct fixture *f, const char *what)
{
    run_program(
        (const char *const[]){private_cups, "fault", f->folder, f->queue, what, NULL});
}

void fault_cups(struct fixture *f, const char *what)
{
    run_program(
        (const char *const[]){private_cups, "fault", f->folder, "cups", what, NULL});
}

void output_path(const struct fixture *f, unsigned number, const char *suffix,
                 char path[FIXTURE_PATH_BYTES])
{
    struct text text;
    text_init(&text, path, FIXTURE_PATH_BYTES);
    text_add(&text, "%s/out/%s/%03u.%s", f->folder, f->queue, f->printed_before + number,
             suffix);
}

unsigned printed_count(const struct fixture *f)
{
    char path[FIXTURE_PATH_BYTES];
    unsigned count = 0;
    output_path(f, 1, f->suffix, path);
    while (access(path, R_OK) == 0) {
        count++;
        output_path(f, count + 1, f->suffix, path);
    }
    return count;
}

void read_output(const struct fixture *f, const char *command, unsigned number,
                 const char *suffix, char *buffer, size_t bytes)
{
    char path[FIXTURE_PATH_BYTES];
    char line[2 * FIXTURE_PATH_BYTES];
    struct text text;
    output_path(f, number, suffix, path);
    text_init(&text, line, sizeof(line));
    text_add(&text, "%s '%s'", command, path);
    text_add(&text, "%s", strcmp(command, "pdftotext") == 0 ? " -" : "");
    FILE *pipe = popen(line, "r"); /* NOLINT(cert-env33-c): our own words */
    assert_non_null(pipe);
    size_t length = fread(buffer, 1, bytes - 1, pipe);
    buffer[length] = '\0';
    assert_int_equal(pclose(pipe), 0);
}

static void on_job(void *data, const struct print_report *report)
{
    struct fixture *f = data;
    size_t index = 0;
    while (index < f->job_count && strcmp(f->jobs[index].id, report->id) != 0) {
        index++;
    }
    assert_true(index < f->job_count);
    struct seen_job *job = &f->jobs[index];
    job->states[report->state] = true;
    job->final_count += report->state >= PRINT_JOB_PRINTED;
    (void)text_copy(job->reason, sizeof(job->reason), report->reason);
}

static void on_health(void *data, const struct printer_condition *condition)
{
    struct fixture *f = data;
    f->condition = *condition;
    f->condition.reason = NULL; /* borrowed */
    f->condition_count++;
}

void dispatch(struct fixture *f, unsigned number, int64_t ms)
{
    const int64_t until_ms = clock_machine_ms() + ms;
    unsigned final_count = 0;
    while (clock_machine_ms() < until_ms && (number == 0 || final_count < number)) {
        struct pollfd watched = {.fd = printer_descriptor(f->printer), .events = POLLIN};
        (void)poll(&watched, 1, 50);
        (void)printer_dispatch(f->printer);
        final_count = 0;
        for (size_t i = 0; i < f->job_count; i++) {
            final_count += f->jobs[i].final_count;
        }
    }
    if (number > 0) {
        assert_int_equal(final_count, number);
    }
}

void dispatch_until_health(struct fixture *f, enum printer_health health)
{
    const int64_t until_ms = clock_machine_ms() + PATIENCE_MS;
    while ((f->condition_count == 0 || f->condition.health != health) &&
           clock_machine_ms() < until_ms) {
        dispatch(f, 0, 50);
    }
    assert_string_equal(printer_health_name(f->condition.health),
                        printer_health_name(health));
}

struct slip_page make_page(const char *label)
{
    const struct slip slip = {.language = "fr",
                              .site = "Préfecture",
                              .service_letter = "A",
                              .service_name = "Permis de conduire",
                              .label = label,
                              .wait = "Attente : 15–25 min"};
    struct slip_page page = {0};
    struct error err = {0};
    assert_int_equal(slip_render_pdf(&slip, 80, &page, &err), OK);
    return page;
}

struct seen_job *print(struct fixture *f, const char *label)
{
    struct slip_page page = make_page(label);
    struct error err = {0};
    assert_true(f->job_count < FIXTURE_JOBS_MAX);
    struct seen_job *job = &f->jobs[f->job_count++];
    (void)text_copy(job->id, sizeof(job->id), label);
    assert_int_equal(printer_print(f->printer, label, label, &page, &err), OK);
    slip_page_finish(&page);
    return job;
}

void assert_number_printed(const struct fixture *f, unsigned number, const char *label)
{
    char text[4096];
    char line[32];
    struct text expected;
    read_output(f, "pdftotext", number, "pdf", text, sizeof(text));
    text_init(&expected, line, sizeof(line));
    text_add(&expected, "\n%s\n", label);
    assert_non_null(strstr(text, line));
}

void start_printer(struct fixture *f, const char *queue)
{
    const struct printer_options options = {.queue = queue,
                                            .server = f->server,
                                            .helper =
                                                GUICHET_BINARY_DIR "/bin/guichet-print",
                                            .timeout_ms = FIXTURE_TIMEOUT_MS,
                                            .health_every_ms = 200};
    const struct printer_handlers handlers = {
        .on_job = on_job, .on_health = on_health, .data = f};
    struct error err = {0};
    assert_int_equal(printer_create(&options, &handlers, &f->printer, &err), OK);
}

static int set_up(struct fixture *f, const char *queue, const char *suffix)
{
    struct fixture old = *f;
    *f = (struct fixture){0};
    memcpy(f->folder, old.folder, sizeof(f->folder));
    memcpy(f->server, old.server, sizeof(f->server));
    (void)text_copy(f->queue, sizeof(f->queue), queue);    /* literals that fit */
    (void)text_copy(f->suffix, sizeof(f->suffix), suffix); /* the same */
    f->printed_before = printed_count(f);
    start_printer(f, queue);
    return 0;
}

int fixture_set_up(void **state)
{
    return set_up(*state, "ticket", "pdf");
}

int fixture_set_up_receipt(void **state)
{
    return set_up(*state, "receipt", "bin");
}

int fixture_set_up_bare(void **state)
{
    return set_up(*state, "bare", "pwg");
}

int fixture_tear_down(void **state)
{
    struct fixture *f = *state;
    printer_destroy(f->printer);
    f->printer = NULL;
    return 0;
}

/* One or two printers; a folder, for the state, that only we know. */
static int start_cups(void **state, const char *first, const char *second)
{
    struct fixture *f = calloc(1, sizeof(*f));
    assert_non_null(f);
    assert_true(text_copy(f->folder, sizeof(f->folder), "/tmp/guichet-print-XXXXXX"));
    assert_non_null(mkdtemp(f->folder));
    run_program(
        (const char *const[]){private_cups, "start", f->folder, first, second, NULL});
    struct text text;
    text_init(&text, f->server, sizeof(f->server));
    text_add(&text, "%s/cups/run/cups.sock", f->folder);
    *state = f;
    return 0;
}

int fixture_start_cups(void **state)
{
    return start_cups(state, "ticket", "receipt=raw");
}

int fixture_start_bare_cups(void **state)
{
    return start_cups(state, "bare=raster", NULL);
}

int fixture_stop_cups(void **state)
{
    struct fixture *f = *state;
    run_program((const char *const[]){private_cups, "stop", f->folder, NULL});
    run_program((const char *const[]){"rm", "-rf", f->folder, NULL});
    free(f);
    return 0;
}
