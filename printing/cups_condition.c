/* Asks a queue and its printer how they are; see cups_queue.h.
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

/* Which of its jobs are over. */
static ipp_t *ask_jobs(http_t *http, const char *uri, const char *resource)
{
    static const char *const wanted[] = {"job-name", "job-state"};
    httpSetTimeout(http, ANSWER_S, give_up, NULL);
    ipp_t *request = ippNewRequest(IPP_OP_GET_JOBS);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                 cupsUser());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL,
                 "completed");
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  (int)(sizeof(wanted) / sizeof(wanted[0])), NULL, wanted);
    return cupsDoRequest(http, request, resource);
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

/* The state of the newest job called `title` in the answer to Get-Jobs. */
static enum cups_job_state find_job(ipp_t *jobs, const char *title)
{
    const char *name = NULL;
    int state = 0;
    for (ipp_attribute_t *at = ippFirstAttribute(jobs); at; at = ippNextAttribute(jobs)) {
        const char *attribute = ippGetName(at);
        if (!attribute) { /* between two jobs */
            name = NULL;
            state = 0;
        } else if (strcmp(attribute, "job-name") == 0) {
            name = ippGetString(at, 0, NULL);
        } else if (strcmp(attribute, "job-state") == 0) {
            state = ippGetInteger(at, 0);
        }
        if (name && state != 0 && strcmp(name, title) == 0) {
            return state == (int)IPP_JSTATE_CANCELED || state == (int)IPP_JSTATE_ABORTED
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

enum cups_job_state cups_queue_printer_state(const char *queue, const char *title)
{
    char buffer[URI_BYTES];
    struct text why;
    text_init(&why, buffer, sizeof(buffer));
    enum cups_job_state state = CUPS_JOB_COMPLETED;
    ipp_t *answer = ask_queue(queue, &why);
    ipp_attribute_t *uri = ippFindAttribute(answer, "device-uri", IPP_TAG_URI);
    const char *address = uri ? ippGetString(uri, 0, NULL) : NULL;
    if (address && speaks_ipp(address)) {
        ipp_t *jobs = ask_printer(address, &why, ask_jobs);
        state = find_job(jobs, title);
        ippDelete(jobs);
    }
    ippDelete(answer);
    return state;
}
