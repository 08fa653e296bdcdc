/* A private CUPS with virtual printers for one test program, and the printer under test.
 */
#ifndef GUICHET_TESTS_PRINTING_PRINTER_FIXTURE_H
#define GUICHET_TESTS_PRINTING_PRINTER_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>

#include "printing/printer.h"

#define FIXTURE_JOBS_MAX   16
#define FIXTURE_PATH_BYTES 256

/* Longer than anything here takes, on a machine that is busy building. */
#define PATIENCE_MS 30000

/* How long a slip may take in these tests. */
#define FIXTURE_TIMEOUT_MS 3000

struct seen_job {
    char id[PRINT_ID_BYTES];
    bool states[PRINT_JOB_STATE_COUNT];
    unsigned final_count;
    char reason[PRINT_REASON_BYTES];
};

struct fixture {
    char folder[FIXTURE_PATH_BYTES];
    char server[FIXTURE_PATH_BYTES];
    char queue[32];
    char suffix[8]; /* of what the printer of `queue` leaves */
    struct printer *printer;
    struct seen_job jobs[FIXTURE_JOBS_MAX];
    size_t job_count;
    struct printer_condition condition;
    unsigned condition_count;
    unsigned printed_before; /* documents of earlier tests */
};

/* For cmocka: a CUPS with the printers `ticket` and `receipt` (raw), or with `bare`
 * alone, which takes PWG raster only. */
int fixture_start_cups(void **state);
int fixture_start_bare_cups(void **state);
int fixture_stop_cups(void **state);

/* For cmocka: a printer on the queue `ticket`, `receipt` or `bare`. */
int fixture_set_up(void **state);
int fixture_set_up_receipt(void **state);
int fixture_set_up_bare(void **state);
int fixture_tear_down(void **state);

/* Create the printer on `queue`. */
void start_printer(struct fixture *f, const char *queue);

/* Run a program of the PATH or by its path and see that it succeeds. */
void run_program(const char *const arguments[]);

/* private-cups fault, of the queue's printer or of CUPS. */
void fault(struct fixture *f, const char *what);
void fault_cups(struct fixture *f, const char *what);

/* Path of document `number`, counted from the beginning of this test. */
void output_path(const struct fixture *f, unsigned number, const char *suffix,
                 char path[FIXTURE_PATH_BYTES]);
unsigned printed_count(const struct fixture *f);

/* What `command` says of document `number`. */
void read_output(const struct fixture *f, const char *command, unsigned number,
                 const char *suffix, char *buffer, size_t bytes);

/* Dispatch for `ms`, or until `number` jobs have their final report (0: never). */
void dispatch(struct fixture *f, unsigned number, int64_t ms);
void dispatch_until_health(struct fixture *f, enum printer_health health);

/* The slip of all these tests with this number; the caller finishes it. */
struct slip_page make_page(const char *label);

/* Print it and remember its job. */
struct seen_job *print(struct fixture *f, const char *label);

void assert_number_printed(const struct fixture *f, unsigned number, const char *label);

#endif
