/* Calls of libcups; see cups_queue.h. Every call makes a connection of its own: a slip a
 * minute is not worth keeping one, and none is ever found half dead. */
#include "printing/cups_queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cups/cups.h>

#include "core/text.h"
#include "printing/cups_raster.h"
#include "printing/escpos.h"

#define CONNECT_MS 2000
#define ANSWER_S   3.0

/* Longest name of a medium: "custom_ticket_112x9999mm". */
#define MEDIA_BYTES 64

#define FORMAT_PWG "image/pwg-raster"

/* A document in the language that its printer takes. */
struct form {
    const char *format; /* MIME type */
    const char *name;   /* of the file, in CUPS's log */
    const unsigned char *bytes;
    size_t length;
    unsigned char *made; /* owned; NULL where the bytes are the document's own */
};

/* A silent server is not waited for any longer. */
static int give_up(http_t *http, void *data)
{
    (void)http;
    (void)data;
    return 0;
}

static http_t *connect_server(struct error *err)
{
    http_t *http = httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC,
                                cupsEncryption(), 1, CONNECT_MS, NULL);
    if (http) {
        httpSetTimeout(http, ANSWER_S, give_up, NULL);
    } else {
        error_set(err, ERR_UNAVAILABLE, "CUPS at '%s' does not answer: %s", cupsServer(),
                  cupsLastErrorString());
    }
    return http;
}

enum status cups_queue_clear(const char *queue, struct error *err)
{
    http_t *http = connect_server(err);
    if (!http) {
        return ERR_UNAVAILABLE;
    }
    cups_job_t *jobs = NULL;
    int job_count = cupsGetJobs2(http, &jobs, queue, 1, CUPS_WHICHJOBS_ACTIVE);
    enum status result = OK;
    if (job_count < 0 && cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND) {
        result = error_set(err, ERR_NOT_FOUND, "CUPS has no queue '%s'", queue);
    } else if (job_count < 0) {
        result = error_set(err, ERR_UNAVAILABLE, "queue '%s' does not tell its jobs: %s",
                           queue, cupsLastErrorString());
    }
    for (int i = 0; i < job_count && result == OK; i++) {
        if (strncmp(jobs[i].title, CUPS_JOB_PREFIX, strlen(CUPS_JOB_PREFIX)) == 0 &&
            cupsCancelJob2(http, queue, jobs[i].id, 0) > IPP_STATUS_OK_CONFLICTING &&
            cups_queue_state(jobs[i].id) != CUPS_JOB_ENDED) {
            result = error_set(err, ERR_UNAVAILABLE,
                               "job %d left in queue '%s' cannot be cancelled: %s",
                               jobs[i].id, queue, cupsLastErrorString());
        }
    }
    cupsFreeJobs(job_count, jobs);
    httpClose(http);
    return result;
}

/* A raw queue has neither a driver nor a filter: CUPS says it takes everything, and the
 * printer gets the bytes as they are. A printer that speaks IPP knows PDF or raster even
 * so; any other one in a ticket kiosk is a receipt printer. */
static bool is_receipt_printer(const cups_dest_t *dest)
{
    const char *model =
        cupsGetOption("printer-make-and-model", dest->num_options, dest->options);
    const char *uri = cupsGetOption("device-uri", dest->num_options, dest->options);
    return model && strstr(model, "Raw Printer") && uri && strncmp(uri, "ipp", 3) != 0;
}

/* The form of `document` for this queue. The caller frees `made`. */
static enum status choose_form(http_t *http, cups_dest_t *dest, cups_dinfo_t *info,
                               const struct cups_document *document,
                               struct form *ret_form, struct error *err)
{
    struct form form = {.format = CUPS_FORMAT_PDF,
                        .name = "slip.pdf",
                        .bytes = document->bytes,
                        .length = document->length};
    enum status result = OK;
    if (document->dots.rows && is_receipt_printer(dest)) {
        form.format = CUPS_FORMAT_RAW;
        form.name = "slip.escpos";
        result = escpos_write(&document->dots, document->width_mm, &form.made,
                              &form.length, err);
    } else if (!cupsCheckDestSupported(http, dest, info, "document-format",
                                       CUPS_FORMAT_PDF)) {
        if (!document->dots.rows ||
            !cupsCheckDestSupported(http, dest, info, "document-format", FORMAT_PWG)) {
            return error_set(err, ERR_REFUSED,
                             "queue '%s' takes neither PDF nor PWG raster", dest->name);
        }
        form.format = FORMAT_PWG;
        form.name = "slip.pwg";
        result = cups_raster_write(&document->dots, document->width_mm,
                                   document->height_mm, &form.made, &form.length, err);
    }
    if (result == OK) {
        form.bytes = form.made ? form.made : form.bytes;
        *ret_form = form;
    }
    return result;
}

static int document_options(http_t *http, cups_dest_t *dest, cups_dinfo_t *info,
                            const struct cups_document *document, cups_option_t **options)
{
    char buffer[MEDIA_BYTES];
    struct text text;
    /* The whole name is needed: CUPS drops custom_80x96mm without a word and prints on
     * its default length. */
    text_init(&text, buffer, sizeof(buffer));
    text_add(&text, "custom_ticket_%ux%umm", document->width_mm, document->height_mm);
    int count = cupsAddOption(CUPS_MEDIA, buffer, 0, options);
    count = cupsAddOption("print-scaling", "none", count, options);
    if (cupsCheckDestSupported(http, dest, info, CUPS_FINISHINGS, CUPS_FINISHINGS_TRIM)) {
        count = cupsAddOption(CUPS_FINISHINGS, CUPS_FINISHINGS_TRIM, count, options);
    }
    /* Should this process die, CUPS gives the job up by itself. */
    return cupsAddIntegerOption("job-cancel-after", (int)document->cancel_after_s, count,
                                options);
}

/* The document of the created job `job`. */
static enum status send_document(http_t *http, cups_dest_t *dest, cups_dinfo_t *info,
                                 int job, const struct form *form, struct error *err)
{
    const char *bytes = (const char *)form->bytes;
    if (cupsStartDestDocument(http, dest, info, job, form->name, form->format, 0, NULL,
                              1) != HTTP_STATUS_CONTINUE ||
        cupsWriteRequestData(http, bytes, form->length) != HTTP_STATUS_CONTINUE ||
        cupsFinishDestDocument(http, dest, info) > IPP_STATUS_OK_CONFLICTING) {
        return error_set(err, ERR_IO, "cannot send the slip to CUPS: %s",
                         cupsLastErrorString());
    }
    return OK;
}

static enum status send_to(http_t *http, cups_dest_t *dest,
                           const struct cups_document *document, int *ret_job,
                           struct error *err)
{
    cups_dinfo_t *info = cupsCopyDestInfo(http, dest);
    if (!info) {
        return error_set(err, ERR_UNAVAILABLE, "queue '%s' does not say what it can: %s",
                         dest->name, cupsLastErrorString());
    }
    struct form form = {0};
    enum status result = choose_form(http, dest, info, document, &form, err);
    if (result != OK) {
        cupsFreeDestInfo(info);
        return result;
    }
    cups_option_t *options = NULL;
    int option_count = document_options(http, dest, info, document, &options);
    int job = 0;
    ipp_status_t created =
        cupsCreateDestJob(http, dest, info, &job, document->title, option_count, options);
    if (created > IPP_STATUS_OK_CONFLICTING || job <= 0) {
        result = error_set(err, ERR_REFUSED, "queue '%s' does not take the slip: %s",
                           dest->name, cupsLastErrorString());
    } else {
        result = send_document(http, dest, info, job, &form, err);
    }
    if (result == OK) {
        *ret_job = job;
    } else if (job > 0) {
        cups_queue_cancel(job);
    }
    free(form.made);
    cupsFreeOptions(option_count, options);
    cupsFreeDestInfo(info);
    return result;
}

enum status cups_queue_send(const char *queue, const struct cups_document *document,
                            int *ret_job, struct error *err)
{
    http_t *http = connect_server(err);
    if (!http) {
        return ERR_UNAVAILABLE;
    }
    enum status result = OK;
    cups_dest_t *dest = cupsGetNamedDest(http, queue, NULL);
    if (dest) {
        result = send_to(http, dest, document, ret_job, err);
        cupsFreeDests(1, dest);
    } else {
        result = error_set(err, ERR_NOT_FOUND, "CUPS has no queue '%s'", queue);
    }
    httpClose(http);
    return result;
}

enum cups_job_state cups_queue_state(int job)
{
    http_t *http = connect_server(NULL);
    if (!http) {
        return CUPS_JOB_LOST;
    }
    char uri[MEDIA_BYTES];
    struct text text;
    text_init(&text, uri, sizeof(uri));
    text_add(&text, "ipp://localhost/jobs/%d", job);
    ipp_t *request = ippNewRequest(IPP_OP_GET_JOB_ATTRIBUTES);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "job-uri", NULL, uri);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                 cupsUser());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 NULL, "job-state");
    ipp_t *answer = cupsDoRequest(http, request, "/jobs/");
    ipp_attribute_t *attribute = ippFindAttribute(answer, "job-state", IPP_TAG_ENUM);
    enum cups_job_state state = CUPS_JOB_LOST;
    if (attribute) {
        int value = ippGetInteger(attribute, 0);
        state = CUPS_JOB_WAITING;
        if (value == (int)IPP_JSTATE_PROCESSING) {
            state = CUPS_JOB_PROCESSING;
        } else if (value == (int)IPP_JSTATE_COMPLETED) {
            state = CUPS_JOB_COMPLETED;
        } else if (value == (int)IPP_JSTATE_CANCELED ||
                   value == (int)IPP_JSTATE_ABORTED) {
            state = CUPS_JOB_ENDED;
        }
    }
    ippDelete(answer);
    httpClose(http);
    return state;
}

void cups_queue_cancel(int job)
{
    http_t *http = connect_server(NULL);
    if (http) {
        /* What became of it is asked with cups_queue_state(). */
        (void)cupsCancelJob2(http, NULL, job, 0);
        httpClose(http);
    }
}
