/* What a queue's printer itself says and does; see cups_queue.h.
 *
 * CUPS learns of an empty roll only while it prints, and keeps the reasons of a printer
 * that has been switched off: so a printer that speaks IPP is asked itself, at the
 * queue's device URI, and only other printers are believed through the queue. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <cups/cups.h>

#include "core/text.h"
#include "printing/cups_queue.h"

#define CONNECT_MS 2000
#define ANSWER_S   3.0
#define URI_BYTES  1024

static int give_up(http_t *http, void *data)
{
    (void)http;
    (void)data;
    return 0;
}

/* The attributes of the printer `uri`, NULL when it does not answer. */
static ipp_t *ask(http_t *http, const char *uri, const char *resource)
{
    static const char *const wanted[] = {"printer-state", "printer-state-reasons",
                                         "printer-is-accepting-jobs", "device-uri"};
    httpSetTimeout(http, ANSWER_S, give_up, NULL);
    ipp_t *request = ippNewRequest(IPP_OP_GET_PRINTER_ATTRIBUTES);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                 cupsUser());
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  (int)(sizeof(wanted) / sizeof(wanted[0])), NULL, wanted);
    ipp_t *answer = cupsDoRequest(http, request, resource);
    if (answer && ippGetStatusCode(answer) > IPP_STATUS_OK_CONFLICTING) {
        ippDelete(answer);
        return NULL;
    }
    return answer;
}

static ipp_t *ask_queue(const char *queue, struct text *why)
{
    http_t *http = httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC,
                                cupsEncryption(), 1, CONNECT_MS, NULL);
    if (!http) {
        text_add(why, "CUPS at '%s' does not answer", cupsServer());
        return NULL;
    }
    char uri[URI_BYTES];
    httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof(uri), "ipp", NULL, "localhost", 0,
                     "/printers/%s", queue);
    ipp_t *answer = ask(http, uri, "/");
    if (!answer) {
        text_add(why, "queue '%s' does not answer: %s", queue, cupsLastErrorString());
    }
    httpClose(http);
    return answer;
}

static bool speaks_ipp(const char *uri)
{
    return strncmp(uri, "ipp:", 4) == 0 || strncmp(uri, "ipps:", 5) == 0;
}

static ipp_t *ask_jobs(http_t *http, const char *uri, const char *resource,
                       const char *which)
{
    static const char *const wanted[] = {"job-id", "job-name", "job-state"};
    httpSetTimeout(http, ANSWER_S, give_up, NULL);
    ipp_t *request = ippNewRequest(IPP_OP_GET_JOBS);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                 cupsUser());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  (int)(sizeof(wanted) / sizeof(wanted[0])), NULL, wanted);
    return cupsDoRequest(http, request, resource);
}

/* Which of the printer's jobs are over. */
static ipp_t *ask_ended_jobs(http_t *http, const char *uri, const char *resource)
{
    return ask_jobs(http, uri, resource, "completed");
}

struct listed_job {
    int id;
    int state;
    const char *name; /* inside the answer */
};

/* Read the next job of an answer to Get-Jobs from attribute `at` on; false after the
 * last. */
static bool next_job(ipp_t *jobs, ipp_attribute_t **at, struct listed_job *ret_job)
{
    struct listed_job job = {0};
    while (*at) {
        const char *name = ippGetName(*at);
        if (!name && job.id != 0) {
            break; /* between two jobs */
        }
        if (name && strcmp(name, "job-id") == 0) {
            job.id = ippGetInteger(*at, 0);
        } else if (name && strcmp(name, "job-name") == 0) {
            job.name = ippGetString(*at, 0, NULL);
        } else if (name && strcmp(name, "job-state") == 0) {
            job.state = ippGetInteger(*at, 0);
        }
        *at = ippNextAttribute(jobs);
    }
    *ret_job = job;
    return job.id != 0;
}

/* Cancel our jobs that are not over. Returns what it was told of them. */
static ipp_t *cancel_ours(http_t *http, const char *uri, const char *resource)
{
    ipp_t *jobs = ask_jobs(http, uri, resource, "not-completed");
    ipp_attribute_t *at = ippFirstAttribute(jobs);
    struct listed_job job;
    while (next_job(jobs, &at, &job)) {
        if (job.name &&
            strncmp(job.name, CUPS_JOB_PREFIX, strlen(CUPS_JOB_PREFIX)) == 0) {
            ipp_t *request = ippNewRequest(IPP_OP_CANCEL_JOB);
            ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL,
                         uri);
            ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job.id);
            ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name",
                         NULL, cupsUser());
            /* A printer that refuses has ended it meanwhile, or cannot be helped. */
            ippDelete(cupsDoRequest(http, request, resource));
        }
    }
    return jobs;
}

/* What `question` gets from the printer at `uri`; NULL when it does not answer. */
static ipp_t *ask_printer(const char *uri, struct text *why,
                          ipp_t *(*question)(http_t *, const char *, const char *))
{
    char scheme[32];
    char user[128];
    char host[256];
    char resource[256];
    int port = 0;
    if (httpSeparateURI(HTTP_URI_CODING_ALL, uri, scheme, sizeof(scheme), user,
                        sizeof(user), host, sizeof(host), &port, resource,
                        sizeof(resource)) < HTTP_URI_STATUS_OK) {
        text_add(why, "the printer's address is not one");
        return NULL;
    }
    http_encryption_t encryption = strcmp(scheme, "ipps") == 0
                                       ? HTTP_ENCRYPTION_ALWAYS
                                       : HTTP_ENCRYPTION_IF_REQUESTED;
    http_t *http =
        httpConnect2(host, port, NULL, AF_UNSPEC, encryption, 1, CONNECT_MS, NULL);
    ipp_t *answer = http ? question(http, uri, resource) : NULL;
    if (!answer) {
        text_add(why, "the printer at '%s:%d' does not answer", host, port);
    }
    httpClose(http);
    return answer;
}

/* The reasons stay inside `answer`. */
static void add_reasons(ipp_t *answer, struct condition_seen *seen, struct text *why)
{
    ipp_attribute_t *reasons =
        ippFindAttribute(answer, "printer-state-reasons", IPP_TAG_KEYWORD);
    for (int i = 0; i < ippGetCount(reasons); i++) {
        const char *reason = ippGetString(reasons, i, NULL);
        if (reason && seen->reason_count < CONDITION_REASONS_MAX) {
            seen->reasons[seen->reason_count++] = reason;
            if (strcmp(reason, "none") != 0) {
                text_add(why, "%s%s", why->length > 0 ? ", " : "", reason);
            }
        }
    }
}

/* The state of the job called `title` in the answer to Get-Jobs. */
static enum cups_job_state find_job(ipp_t *jobs, const char *title)
{
    ipp_attribute_t *at = ippFirstAttribute(jobs);
    struct listed_job job;
    while (next_job(jobs, &at, &job)) {
        if (job.name && strcmp(job.name, title) == 0) {
            return job.state == (int)IPP_JSTATE_CANCELED ||
                           job.state == (int)IPP_JSTATE_ABORTED
                       ? CUPS_JOB_ENDED
                       : CUPS_JOB_COMPLETED;
        }
    }
    return CUPS_JOB_COMPLETED;
}

static bool is_paused(ipp_t *queue)
{
    ipp_attribute_t *state = ippFindAttribute(queue, "printer-state", IPP_TAG_ENUM);
    ipp_attribute_t *accepting =
        ippFindAttribute(queue, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    return (state && ippGetInteger(state, 0) == (int)IPP_PSTATE_STOPPED) ||
           (accepting && !ippGetBoolean(accepting, 0));
}

struct condition cups_queue_condition(const char *queue, char *reason,
                                      size_t reason_bytes)
{
    struct text why;
    text_init(&why, reason, reason_bytes);
    struct condition_seen seen = {.is_reached = false};
    ipp_t *printer = NULL;
    ipp_t *answer = ask_queue(queue, &why);
    if (answer) {
        ipp_attribute_t *uri = ippFindAttribute(answer, "device-uri", IPP_TAG_URI);
        const char *address = uri ? ippGetString(uri, 0, NULL) : NULL;
        seen.is_paused = is_paused(answer);
        if (seen.is_paused) {
            text_add(&why, "the queue is paused");
        }
        if (address && speaks_ipp(address)) {
            printer = ask_printer(address, &why, ask);
            seen.is_reached = printer != NULL;
            seen.tells_paper = true;
        } else {
            seen.is_reached = true;
        }
        if (seen.is_reached) {
            add_reasons(printer ? printer : answer, &seen, &why);
        }
    }
    struct condition condition = condition_find(&seen);
    ippDelete(printer);
    ippDelete(answer);
    return condition;
}

/* What `question` gets from the printer behind `queue`. `ret_asked` tells whether there
 * is one that speaks IPP. */
static ipp_t *ask_behind(const char *queue, struct text *why, bool *ret_asked,
                         ipp_t *(*question)(http_t *, const char *, const char *))
{
    ipp_t *answer = ask_queue(queue, why);
    ipp_attribute_t *uri = ippFindAttribute(answer, "device-uri", IPP_TAG_URI);
    const char *address = uri ? ippGetString(uri, 0, NULL) : NULL;
    ipp_t *result = NULL;
    *ret_asked = address && speaks_ipp(address);
    if (*ret_asked) {
        result = ask_printer(address, why, question);
    }
    ippDelete(answer);
    return result;
}

enum cups_job_state cups_queue_printer_state(const char *queue, const char *title)
{
    char buffer[URI_BYTES];
    struct text why;
    bool is_asked = false;
    text_init(&why, buffer, sizeof(buffer));
    ipp_t *jobs = ask_behind(queue, &why, &is_asked, ask_ended_jobs);
    enum cups_job_state state = find_job(jobs, title);
    ippDelete(jobs);
    return state;
}

enum status cups_queue_clear_printer(const char *queue, struct error *err)
{
    char buffer[URI_BYTES];
    struct text why;
    bool is_asked = false;
    text_init(&why, buffer, sizeof(buffer));
    ipp_t *jobs = ask_behind(queue, &why, &is_asked, cancel_ours);
    bool is_told = jobs != NULL;
    ippDelete(jobs);
    return is_asked && !is_told ? error_set(err, ERR_UNAVAILABLE, "%s", buffer) : OK;
}
