/* Prints slips through CUPS without ever making a screen wait.
 *
 * The calls of libcups block on the network, so they are made by a process of their own,
 * `guichet-print`; a thread here feeds it, watches its time and starts it again when it
 * dies. It is a program and not a mere fork because the screens have threads, after which
 * a forked copy may not even allocate memory.
 *
 * A job is printed at most once: it is sent one time, and is cancelled at CUPS when it
 * is not on paper in time, for a slip that comes out minutes later is worse than none.
 * When the helper dies under a job nobody can say what became of it: it is reported as
 * unknown, and not sent again. A helper that starts first cancels what earlier ones have
 * left in the queue, so a queue and its printer serve one device. */
#ifndef GUICHET_PRINTING_PRINTER_H
#define GUICHET_PRINTING_PRINTER_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "printing/slip.h"
#include "runtime/documents.h"

/* Bytes of a job's id and title with the final NUL; ids are [A-Za-z0-9-]. */
#define PRINT_ID_BYTES    64
#define PRINT_TITLE_BYTES 64

/* Bytes with the final NUL of the reason in a report. */
#define PRINT_REASON_BYTES 256

/* Jobs that wait or are printed at one time. People wait for each slip, so more than a
 * few means that something is wrong. */
#define PRINT_JOBS_MAX 8

/* How long a slip may take before it is cancelled, in ms. */
#define PRINT_TIMEOUT_MS_DEFAULT 8000
#define PRINT_TIMEOUT_MS_MIN     1000
#define PRINT_TIMEOUT_MS_MAX     60000

/* The way of a job; the last three are final. */
enum print_job_state {
    PRINT_JOB_SENT,       /* CUPS has the whole document */
    PRINT_JOB_PROCESSING, /* the printer works on it */
    PRINT_JOB_PRINTED,
    PRINT_JOB_FAILED,  /* it is not on paper and will not be */
    PRINT_JOB_UNKNOWN, /* nobody can say */
    PRINT_JOB_STATE_COUNT
};

struct print_report {
    const char *id; /* of the job, as given */
    enum print_job_state state;
    const char *reason; /* a sentence for the log; empty unless failed or unknown */
};

struct printer_condition {
    enum printer_health health;
    enum paper_level paper;
    const char *reason; /* what the printer or CUPS said; empty when all is well */
};

/* Called inside printer_dispatch() only. What they are given is borrowed. */
struct printer_handlers {
    void (*on_job)(void *data, const struct print_report *report);
    /* The printer's condition differs from the last one told; the first is told when it
     * is known. */
    void (*on_health)(void *data, const struct printer_condition *condition);
    void *data;
};

/* Texts are copied. Fields left zero have the meaning given. */
struct printer_options {
    const char *queue;        /* of CUPS */
    const char *server;       /* socket path or host:port; NULL: CUPS's own default */
    const char *helper;       /* path of guichet-print; NULL: installed, else built */
    uint32_t timeout_ms;      /* 0: PRINT_TIMEOUT_MS_DEFAULT */
    uint32_t health_every_ms; /* 0: 5000; else 200 to 60000 */
    void (*wake)(void *data); /* called on the printer's thread when there is something to
                                 dispatch; may be NULL */
    void *wake_data;
};

struct printer;

/* Start the helper and its thread. CUPS need not be there: what is wrong is told through
 * `on_health`. ERR_INVALID for an option out of range, ERR_NOT_FOUND when there is no
 * helper program, ERR_IO without memory, descriptors or threads. */
enum status printer_create(const struct printer_options *options,
                           const struct printer_handlers *handlers,
                           struct printer **ret_printer, struct error *err);

/* Stop the helper, which cancels a job that is not yet on paper, and free. Takes at most
 * two seconds. Jobs without a final report get none. Accepts NULL. Not inside a handler.
 */
void printer_destroy(struct printer *printer);

/* Readable while printer_dispatch() has something to do. */
int printer_descriptor(const struct printer *printer);

/* Run the handlers for all that has come; never blocks. Returns how many ran. */
size_t printer_dispatch(struct printer *printer);

/* Print `page`, from slip_render_pdf(), as job `id` (unique for this printer) with
 * `title` in CUPS's list: the ticket's label. Both are copied. Jobs are printed in the
 * order given; each gets exactly one final report, and its time begins when its turn
 * comes. ERR_LIMIT beyond PRINT_JOBS_MAX, ERR_INVALID for an id, title or page that
 * cannot be, ERR_IO without memory. */
enum status printer_print(struct printer *printer, const char *id, const char *title,
                          const struct slip_page *page, struct error *err);

/* Process id of the helper, 0 while there is none; for tests and support. */
int printer_helper_id(struct printer *printer);

/* "sent", "processing", "printed", "failed", "unknown". */
const char *print_job_state_name(enum print_job_state state);

#endif
