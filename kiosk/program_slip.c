/* The kiosk and its printer: the slip of a ticket, and what became of it. */
#include <string.h>

#include "core/text.h"
#include "kiosk/program_parts.h"
#include "printing/ticket_slip.h"
#include "runtime/log.h"

#define MODULE "kiosk"

/* Render the slip of the ticket and hand it to the printer. */
static enum status print(struct program_kiosk *kiosk, struct error *err)
{
    const struct reply_ticket *ticket = &kiosk->visit.ticket;
    const struct ticket_slip slip = {.ticket = ticket,
                                     .site = &kiosk->visit.site,
                                     .catalogue = kiosk->catalogue,
                                     .zone = kiosk->zone};
    if (!kiosk->printer) {
        return error_set(err, ERR_UNAVAILABLE, "the printer could not be started");
    }
    struct slip_page page = {0};
    if (ticket_slip_render(&slip, kiosk->config->printer.slip_width_mm, &page, err) !=
        OK) {
        return err->status;
    }
    char id[PRINT_ID_BYTES];
    struct text text;
    text_init(&text, id, sizeof(id));
    /* The label comes back in the report; the command's id makes the job's unique. */
    text_add(&text, "%s-%s", ticket->label, kiosk->reply.id);
    enum status status = printer_print(kiosk->printer, id, ticket->label, &page, err);
    slip_page_finish(&page);
    return status;
}

void kiosk_print_ticket(struct program_kiosk *kiosk)
{
    struct error err = {0};
    if (print(kiosk, &err) == OK) {
        return;
    }
    log_error(MODULE, "cannot print ticket '%s': %s", kiosk->visit.ticket.label,
              err.text);
    struct visit_step step =
        visit_printed(&kiosk->visit, kiosk->visit.ticket.label, PRINT_FAILED);
    kiosk_follow(kiosk, &step);
}

static void handle_job(void *data, const struct print_report *report)
{
    struct program_kiosk *kiosk = data;
    char label[LABEL_LENGTH_MAX + 1];
    const char *end = strchr(report->id, '-');
    struct text text;
    text_init(&text, label, sizeof(label));
    text_add(&text, "%.*s", end ? (int)(end - report->id) : 0, report->id);
    log_ticket(MODULE, label, "slip %s%s%s", print_job_state_name(report->state),
               report->reason[0] != '\0' ? ": " : "", report->reason);
    static const enum print_state states[] = {[PRINT_JOB_PRINTED] = PRINT_PRINTED,
                                              [PRINT_JOB_FAILED] = PRINT_FAILED,
                                              [PRINT_JOB_UNKNOWN] = PRINT_UNKNOWN};
    if (report->state < PRINT_JOB_PRINTED || report->state >= PRINT_JOB_STATE_COUNT) {
        return; /* on its way */
    }
    struct visit_step step = visit_printed(&kiosk->visit, label, states[report->state]);
    kiosk_follow(kiosk, &step);
}

static void handle_health(void *data, const struct printer_condition *condition)
{
    struct program_kiosk *kiosk = data;
    kiosk->printer_health = condition->health;
    kiosk->paper_level = condition->paper;
    log_notice(MODULE, "printer %s paper=%s%s%s", printer_health_name(condition->health),
               paper_level_name(condition->paper),
               condition->reason[0] != '\0' ? ": " : "", condition->reason);
    kiosk_publish_status(kiosk);
}

static void wake(void *data)
{
    window_wake(data);
}

void kiosk_open_printer(struct program_kiosk *kiosk)
{
    const struct printer_config *config = &kiosk->config->printer;
    kiosk->printer_health = PRINTER_NONE;
    kiosk->paper_level = PAPER_UNKNOWN;
    if (config->queue[0] == '\0') {
        return;
    }
    kiosk->printer_health = PRINTER_OFFLINE; /* until it says more */
    struct printer_options options = {.queue = config->queue,
                                      .server = config->server[0] != '\0' ? config->server
                                                                          : NULL,
                                      .wake = wake,
                                      .wake_data = kiosk->window};
    struct printer_handlers handlers = {
        .on_job = handle_job, .on_health = handle_health, .data = kiosk};
    struct error err = {0};
    if (printer_create(&options, &handlers, &kiosk->printer, &err) != OK) {
        log_error(MODULE, "tickets are not printed: %s", err.text);
    }
}
