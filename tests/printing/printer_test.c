/* What becomes of a slip: printing through a real cupsd to a virtual IPP printer, with
 * its faults. */
#include "printer_fixture.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "runtime/clock.h"

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
    assert_true(took_ms < FIXTURE_TIMEOUT_MS + 6000); /* its time, and the cancelling */
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

/* A job that somebody else put into the queue, or an earlier run of ours. */
static void leave_job(const struct fixture *f, const char *name)
{
    char path[FIXTURE_PATH_BYTES];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/left.pdf", f->folder);
    FILE *file = fopen(path, "wbe");
    assert_non_null(file);
    struct slip_page page = make_page("Z999");
    assert_int_equal(fwrite(page.bytes, 1, page.length, file), page.length);
    assert_int_equal(fclose(file), 0);
    slip_page_finish(&page);
    run_program((const char *const[]){"lp", "-s", "-h", f->server, "-d", f->queue, "-t",
                                      name, path, NULL});
}

static void slips_of_an_earlier_run_are_cancelled_and_others_are_not(void **state)
{
    struct fixture *f = *state;
    printer_destroy(f->printer);
    fault(f, "paper-out");
    leave_job(f, "guichet Z999 of-yesterday");
    leave_job(f, "a letter");
    leave_job(f, "guichet Z998 of-yesterday");
    start_printer(f, "ticket");
    dispatch_until_health(f, PRINTER_OUT);
    dispatch(f, 0, 1000);
    fault(f, "refill");
    int64_t until_ms = clock_machine_ms() + PATIENCE_MS;
    while (printed_count(f) == 0 && clock_machine_ms() < until_ms) {
        dispatch(f, 0, 50);
    }
    dispatch(f, 0, 2000); /* CUPS takes its time to let the next job go */
    struct seen_job *job = print(f, "A053");
    dispatch(f, 1, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_PRINTED]);
    assert_int_equal(printed_count(f), 2);
    assert_number_printed(f, 1, "Z999"); /* the letter, which has the same page */
    assert_number_printed(f, 2, "A053");
    char text[4096];
    read_output(f, "cat", 1, "txt", text, sizeof(text));
    assert_non_null(strstr(text, "IPP_JOB_NAME=a letter"));
}

static void slip_that_cups_kept_while_it_was_away_is_never_printed(void **state)
{
    struct fixture *f = *state;
    fault(f, "paper-out");
    struct seen_job *job = print(f, "A054");
    const int64_t until_ms = clock_machine_ms() + PATIENCE_MS;
    while (!job->states[PRINT_JOB_SENT] && clock_machine_ms() < until_ms) {
        dispatch(f, 0, 20);
    }
    fault_cups(f, "off");
    dispatch(f, 1, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_UNKNOWN]);
    fault_cups(f, "on");
    f->condition_count = 0;
    dispatch_until_health(f, PRINTER_OUT);
    dispatch(f, 0, 1000);
    fault(f, "refill");
    job = print(f, "A055");
    dispatch(f, 2, PATIENCE_MS);
    assert_true(job->states[PRINT_JOB_PRINTED]);
    assert_int_equal(printed_count(f), 1);
    assert_number_printed(f, 1, "A055");
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

static int tear_down(void **state)
{
    int result = fixture_tear_down(state);
    fault(*state, "unjam"); /* when a test has failed half-way */
    return result;
}

int main(void)
{
#define PRINTER_TEST(name)                                                               \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, tear_down)
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
        PRINTER_TEST(slips_of_an_earlier_run_are_cancelled_and_others_are_not),
        PRINTER_TEST(slip_that_cups_kept_while_it_was_away_is_never_printed),
        PRINTER_TEST(queue_that_is_not_there_is_told_in_one_sentence),
    };
    return cmocka_run_group_tests(tests, fixture_start_cups, fixture_stop_cups);
}
