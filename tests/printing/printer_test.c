/* Printing through a real cupsd to a virtual IPP printer, with its faults; one private
 * CUPS for the whole program, started and stopped by printing/virtual-printer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "printing/printer.h"
#include "runtime/clock.h"

#define PRIVATE_CUPS GUICHET_SOURCE_DIR "/printing/virtual-printer/private-cups"
#define JOBS_MAX     16
#define PATH_BYTES   256

/* Longer than anything here takes, on a machine that is busy building. */
#define PATIENCE_MS 30000

extern char **environ;

struct seen_job {
    char id[PRINT_ID_BYTES];
    bool states[PRINT_JOB_STATE_COUNT];
    unsigned final_count;
    char reason[PRINT_REASON_BYTES];
};

struct fixture {
    char folder[PATH_BYTES];
    char server[PATH_BYTES];
    struct printer *printer;
    struct seen_job jobs[JOBS_MAX];
    size_t job_count;
    struct printer_condition condition;
    unsigned condition_count;
    unsigned printed_before; /* documents of earlier tests */
};

static void run_script(const char *const arguments[])
{
    char *argv[8];
    size_t count = 0;
    argv[count++] = strdup(PRIVATE_CUPS);
    for (size_t i = 0; arguments[i]; i++) {
        argv[count++] = strdup(arguments[i]);
    }
    argv[count] = NULL;
    pid_t id = 0;
    assert_int_equal(posix_spawn(&id, PRIVATE_CUPS, NULL, NULL, argv, environ), 0);
    int status = -1;
    assert_int_equal(waitpid(id, &status, 0), id);
    assert_int_equal(status, 0);
    while (count > 0) {
        free(argv[--count]);
    }
}

static void fault(struct fixture *f, const char *what)
{
    run_script((const char *const[]){"fault", f->folder, "ticket", what, NULL});
}

/* DIR/out/ticket/NUMBER.SUFFIX, counted from the beginning of this test. */
static void output_path(const struct fixture *f, unsigned number, const char *suffix,
                        char path[PATH_BYTES])
{
    struct text text;
    text_init(&text, path, PATH_BYTES);
    text_add(&text, "%s/out/ticket/%03u.%s", f->folder, f->printed_before + number,
             suffix);
}

static unsigned printed_count(const struct fixture *f)
{
    char path[PATH_BYTES];
    unsigned count = 0;
    output_path(f, 1, "pdf", path);
    while (access(path, R_OK) == 0) {
        count++;
        output_path(f, count + 1, "pdf", path);
    }
    return count;
}

/* What `command` says of document `number`. */
static void read_output(const struct fixture *f, const char *command, unsigned number,
                        const char *suffix, char *buffer, size_t bytes)
{
    char path[PATH_BYTES];
    char line[2 * PATH_BYTES];
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

/* Dispatch for `ms`, or until `number` jobs have their final report (0: never). */
static void dispatch(struct fixture *f, unsigned number, int64_t ms)
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

static void dispatch_until_health(struct fixture *f, enum printer_health health)
{
    const int64_t until_ms = clock_machine_ms() + PATIENCE_MS;
    while ((f->condition_count == 0 || f->condition.health != health) &&
           clock_machine_ms() < until_ms) {
        dispatch(f, 0, 50);
    }
    assert_string_equal(printer_health_name(f->condition.health),
                        printer_health_name(health));
}

static struct seen_job *print(struct fixture *f, const char *label)
{
    const struct slip slip = {.language = "fr",
                              .site = "Préfecture",
                              .service_letter = "A",
                              .service_name = "Permis de conduire",
                              .label = label,
                              .wait = "Attente : 15–25 min"};
    struct slip_page page = {0};
    struct error err = {0};
    assert_true(f->job_count < JOBS_MAX);
    struct seen_job *job = &f->jobs[f->job_count++];
    (void)text_copy(job->id, sizeof(job->id), label);
    assert_int_equal(slip_render_pdf(&slip, 80, &page, &err), OK);
    assert_int_equal(printer_print(f->printer, label, label, &page, &err), OK);
    slip_page_finish(&page);
    return job;
}

static void assert_number_printed(const struct fixture *f, unsigned number,
                                  const char *label)
{
    char text[4096];
    char line[32];
    struct text expected;
    read_output(f, "pdftotext", number, "pdf", text, sizeof(text));
    text_init(&expected, line, sizeof(line));
    text_add(&expected, "\n%s\n", label);
    assert_non_null(strstr(text, line));
}

static void finished_slip_is_reported_printed(void **state)
{
    struct fixture *f = *state;
    struct seen_job *job = print(f, "A042");
    dispatch(f, 1, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_SENT]);
    assert_true(job->states[PRINT_JOB_PRINTED]);
    assert_int_equal(printed_count(f), 1);
    assert_number_printed(f, 1, "A042");
}

static void paper_size_and_cut_arrive_at_the_printer(void **state)
{
    struct fixture *f = *state;
    print(f, "A043");
    dispatch(f, 1, PATIENCE_MS);
    char text[4096];
    read_output(f, "cat", 1, "txt", text, sizeof(text));
    assert_non_null(strstr(text, "IPP_FINISHINGS=trim"));
    assert_non_null(strstr(text, "IPP_MEDIA"));
    read_output(f, "pdfinfo", 1, "pdf", text, sizeof(text));
    double width_pt = 0;
    double height_pt = 0;
    const char *size = strstr(text, "Page size:");
    assert_non_null(size);
    assert_int_equal(sscanf(size, "Page size: %lf x %lf", &width_pt, &height_pt), 2);
    assert_true(width_pt > 225.0 && width_pt < 228.0); /* 80 mm */
    assert_true(height_pt > 130.0 && height_pt < 300.0 && height_pt != 340.157);
}

static void slips_are_printed_in_the_order_given(void **state)
{
    struct fixture *f = *state;
    print(f, "A044");
    print(f, "B007");
    dispatch(f, 2, PATIENCE_MS);
    assert_int_equal(printed_count(f), 2);
    assert_number_printed(f, 1, "A044");
    assert_number_printed(f, 2, "B007");
}

static void jam_is_reported_failed_and_the_next_slip_prints(void **state)
{
    struct fixture *f = *state;
    fault(f, "jam");
    /* More than one, for CUPS now and then calls such a job completed. */
    static const char *const labels[] = {"A101", "A102", "A103", "A104"};
    for (unsigned i = 0; i < 4; i++) {
        struct seen_job *jammed = print(f, labels[i]);
        dispatch(f, i + 1, PATIENCE_MS);
        assert_true(jammed->states[PRINT_JOB_FAILED]);
    }
    assert_int_equal(printed_count(f), 0);
    fault(f, "unjam");
    struct seen_job *job = print(f, "A046");
    dispatch(f, 5, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_PRINTED]);
    assert_number_printed(f, 1, "A046");
}

static void slip_for_a_printer_that_is_off_is_never_printed(void **state)
{
    struct fixture *f = *state;
    fault(f, "off");
    dispatch_until_health(f, PRINTER_OFFLINE);
    int64_t before_ms = clock_machine_ms();
    struct seen_job *job = print(f, "A047");
    dispatch(f, 1, PATIENCE_MS);
    int64_t took_ms = clock_machine_ms() - before_ms;
    assert_true(job->states[PRINT_JOB_FAILED]);
    assert_true(took_ms < 3000 + 6000); /* its time, and the cancelling */
    fault(f, "on");
    dispatch_until_health(f, PRINTER_OK);
    job = print(f, "A048");
    dispatch(f, 2, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_PRINTED]);
    assert_int_equal(printed_count(f), 1);
    assert_number_printed(f, 1, "A048");
}

static void empty_roll_is_seen_while_nothing_prints(void **state)
{
    struct fixture *f = *state;
    dispatch_until_health(f, PRINTER_OK);
    assert_int_equal(f->condition.paper, PAPER_OK);
    fault(f, "paper-low");
    dispatch_until_health(f, PRINTER_LOW);
    assert_int_equal(f->condition.paper, PAPER_LOW);
    fault(f, "paper-out");
    dispatch_until_health(f, PRINTER_OUT);
    assert_int_equal(f->condition.paper, PAPER_OUT);
    fault(f, "refill");
    dispatch_until_health(f, PRINTER_OK);
}

static void slip_without_paper_fails_and_does_not_come_later(void **state)
{
    struct fixture *f = *state;
    fault(f, "paper-out");
    struct seen_job *job = print(f, "A049");
    dispatch(f, 1, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_FAILED]);
    fault(f, "refill");
    dispatch_until_health(f, PRINTER_OK);
    job = print(f, "A050");
    dispatch(f, 2, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_PRINTED]);
    assert_int_equal(printed_count(f), 1);
    assert_number_printed(f, 1, "A050");
}

static void job_of_a_killed_helper_is_unknown_and_the_next_prints(void **state)
{
    struct fixture *f = *state;
    fault(f, "paper-out"); /* so that the job is still running */
    struct seen_job *job = print(f, "A051");
    const int64_t until_ms = clock_machine_ms() + PATIENCE_MS;
    while (!job->states[PRINT_JOB_SENT] && clock_machine_ms() < until_ms) {
        dispatch(f, 0, 20);
    }
    assert_true(job->states[PRINT_JOB_SENT]);
    int helper = printer_helper_id(f->printer);
    assert_true(helper > 0);
    assert_int_equal(kill(helper, SIGKILL), 0);
    dispatch(f, 1, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_UNKNOWN]);
    /* The helper that comes after it takes the leftover job out of the queue. */
    f->condition_count = 0;
    dispatch_until_health(f, PRINTER_OUT);
    dispatch(f, 0, 1000);
    assert_int_not_equal(printer_helper_id(f->printer), helper);
    fault(f, "refill");
    job = print(f, "A052");
    dispatch(f, 2, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_PRINTED]);
    assert_int_equal(printed_count(f), 1);
    assert_number_printed(f, 1, "A052");
}

static void full_printer_refuses_and_each_job_ends_once(void **state)
{
    struct fixture *f = *state;
    char label[8];
    struct text text;
    for (unsigned i = 0; i < PRINT_JOBS_MAX; i++) {
        text_init(&text, label, sizeof(label));
        text_add(&text, "C%03u", i + 1);
        print(f, label);
    }
    unsigned char byte = 0;
    const struct slip_page page = {
        .bytes = &byte, .length = 1, .width_mm = 80, .height_mm = 80};
    struct error err = {0};
    assert_int_equal(printer_print(f->printer, "C009", "C009", &page, &err), ERR_LIMIT);
    assert_int_equal(printer_print(f->printer, "C 9", "C009", &page, &err), ERR_INVALID);
    dispatch(f, PRINT_JOBS_MAX, (int64_t)2 * PATIENCE_MS);
    dispatch(f, 0, 300);
    for (size_t i = 0; i < f->job_count; i++) {
        assert_int_equal(f->jobs[i].final_count, 1);
    }
    assert_int_equal(printed_count(f), PRINT_JOBS_MAX);
}

static void start_printer(struct fixture *f, const char *queue)
{
    const struct printer_options options = {.queue = queue,
                                            .server = f->server,
                                            .helper =
                                                GUICHET_BINARY_DIR "/bin/guichet-print",
                                            .timeout_ms = 3000,
                                            .health_every_ms = 200};
    const struct printer_handlers handlers = {
        .on_job = on_job, .on_health = on_health, .data = f};
    struct error err = {0};
    assert_int_equal(printer_create(&options, &handlers, &f->printer, &err), OK);
}

static void queue_that_is_not_there_is_told_in_one_sentence(void **state)
{
    struct fixture *f = *state;
    printer_destroy(f->printer);
    f->condition_count = 0;
    start_printer(f, "nowhere");
    dispatch_until_health(f, PRINTER_OFFLINE);
    struct seen_job *job = print(f, "A060");
    dispatch(f, 1, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_FAILED]);
    assert_string_equal(job->reason, "CUPS has no queue 'nowhere'");
}

static int set_up(void **state)
{
    struct fixture *f = *state;
    struct fixture old = *f;
    *f = (struct fixture){0};
    memcpy(f->folder, old.folder, sizeof(f->folder));
    memcpy(f->server, old.server, sizeof(f->server));
    f->printed_before = printed_count(f);
    start_printer(f, "ticket");
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    printer_destroy(f->printer);
    f->printer = NULL;
    fault(f, "unjam"); /* when a test has failed half-way */
    return 0;
}

static int start_cups(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    assert_non_null(f);
    assert_true(text_copy(f->folder, sizeof(f->folder), "/tmp/guichet-print-XXXXXX"));
    assert_non_null(mkdtemp(f->folder));
    run_script((const char *const[]){"start", f->folder, "ticket", NULL});
    struct text text;
    text_init(&text, f->server, sizeof(f->server));
    text_add(&text, "%s/cups/run/cups.sock", f->folder);
    *state = f;
    return 0;
}

static int stop_cups(void **state)
{
    struct fixture *f = *state;
    run_script((const char *const[]){"stop", f->folder, NULL});
    char folder[PATH_BYTES];
    char remove[] = "rm";
    char option[] = "-rf";
    (void)text_copy(folder, sizeof(folder), f->folder); /* same size */
    char *argv[] = {remove, option, folder, NULL};
    pid_t id = 0;
    assert_int_equal(posix_spawnp(&id, remove, NULL, NULL, argv, environ), 0);
    (void)waitpid(id, NULL, 0);
    free(f);
    return 0;
}

int main(void)
{
#define PRINTER_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        PRINTER_TEST(finished_slip_is_reported_printed),
        PRINTER_TEST(paper_size_and_cut_arrive_at_the_printer),
        PRINTER_TEST(slips_are_printed_in_the_order_given),
        PRINTER_TEST(jam_is_reported_failed_and_the_next_slip_prints),
        PRINTER_TEST(slip_for_a_printer_that_is_off_is_never_printed),
        PRINTER_TEST(empty_roll_is_seen_while_nothing_prints),
        PRINTER_TEST(slip_without_paper_fails_and_does_not_come_later),
        PRINTER_TEST(job_of_a_killed_helper_is_unknown_and_the_next_prints),
        PRINTER_TEST(full_printer_refuses_and_each_job_ends_once),
        PRINTER_TEST(queue_that_is_not_there_is_told_in_one_sentence),
    };
    return cmocka_run_group_tests(tests, start_cups, stop_cups);
}
