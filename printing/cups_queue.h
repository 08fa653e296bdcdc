/* The calls of libcups that guichet-print makes; all of them block, for a few seconds at
 * most. Not for other programs. */
#ifndef GUICHET_PRINTING_CUPS_QUEUE_H
#define GUICHET_PRINTING_CUPS_QUEUE_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "printing/condition.h"
#include "printing/slip.h"

/* Every job of ours is called this and more, so that those left behind can be told from
 * other people's. */
#define CUPS_JOB_PREFIX "guichet "

/* What is handed to CUPS. Borrowed. */
struct cups_document {
    const char *title;          /* begins with CUPS_JOB_PREFIX */
    const unsigned char *bytes; /* a PDF */
    size_t length;
    struct slip_dots dots; /* the same for printers without PDF; rows may be NULL */
    uint32_t width_mm;
    uint32_t height_mm;
    uint32_t cancel_after_s; /* CUPS itself gives the job up after this */
};

/* States of a job that make a difference to us. */
enum cups_job_state {
    CUPS_JOB_WAITING,
    CUPS_JOB_PROCESSING,
    CUPS_JOB_COMPLETED,
    CUPS_JOB_ENDED, /* cancelled or aborted */
    CUPS_JOB_LOST   /* CUPS does not answer or does not know it */
};

/* Cancel the jobs in `queue` that an earlier run of Guichet on this account has left: the
 * people who wanted them are gone. A queue and its printer therefore serve one kiosk. OK
 * when none is left; ERR_NOT_FOUND for a queue that is not there, ERR_UNAVAILABLE for a
 * CUPS that does not answer. */
enum status cups_queue_clear(const char *queue, struct error *err);

/* The same inside a printer that speaks IPP: it keeps what it has got when CUPS ends.
 * Other printers are left alone. ERR_UNAVAILABLE for a printer that does not answer. */
enum status cups_queue_clear_printer(const char *queue, struct error *err);

/* Send `document` to `queue` on paper of its own size, cut when the printer can: as PDF
 * where the queue takes it, else as PWG raster; to a raw queue, which has no driver, as
 * ESC/POS. The number that CUPS gave the job goes to `ret_job`. When it fails nothing is
 * left in the queue: ERR_NOT_FOUND for a queue that is not there, ERR_UNAVAILABLE for a
 * CUPS that is not there, ERR_REFUSED for a job that CUPS does not take, ERR_IO for one
 * that broke on the way. */
enum status cups_queue_send(const char *queue, const struct cups_document *document,
                            int *ret_job, struct error *err);

/* What became of job `job`. */
enum cups_job_state cups_queue_state(int job);

/* What the printer itself says of the job called `title`, which CUPS calls completed:
 * CUPS 2.4 does so now and then for one that the printer gave up within its first
 * moments. A printer that does not speak IPP or does not know the job leaves it
 * CUPS_JOB_COMPLETED; CUPS_JOB_ENDED when it was aborted or cancelled. */
enum cups_job_state cups_queue_printer_state(const char *queue, const char *title);

/* Take job `job` out of the queue, as far as that still goes. */
void cups_queue_cancel(int job);

/* Ask `queue`, and its printer where that speaks IPP, how they are. `reason` gets what
 * they said, at most `reason_bytes`. */
struct condition cups_queue_condition(const char *queue, char *reason,
                                      size_t reason_bytes);

#endif
