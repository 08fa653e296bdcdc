/* See reception_printer.h. A job's id is "A042-7" or "A042-7-copy": label, order, kind.
 */
#include "counter/reception_printer.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "printing/printer.h"
#include "printing/ticket_slip.h"
#include "runtime/log.h"
#include "runtime/zone.h"

#define MODULE "counter"

struct reception_printer {
    struct reception_printer_options options;
    struct printer *printer; /* NULL: none, or it could not be started */
    struct zone *zone;       /* NULL: not known yet, or not on this machine */
    unsigned order_count;
};

static void handle_job(void *data, const struct print_report *report)
{
    static const enum print_state states[] = {[PRINT_JOB_PRINTED] = PRINT_PRINTED,
                                              [PRINT_JOB_FAILED] = PRINT_FAILED,
                                              [PRINT_JOB_UNKNOWN] = PRINT_UNKNOWN};
    struct reception_printer *printer = data;
    const char *end = strchr(report->id, '-');
    struct reception_report told = {.is_copy = end && strstr(end, "-copy") != NULL};
    struct text text;
    text_init(&text, told.ticket, sizeof(told.ticket));
    text_add(&text, "%.*s", end ? (int)(end - report->id) : 0, report->id);
    log_ticket(MODULE, told.ticket, "slip %s%s%s", print_job_state_name(report->state),
               report->reason[0] != '\0' ? ": " : "", report->reason);
    if (report->state < PRINT_JOB_PRINTED || report->state >= PRINT_JOB_STATE_COUNT) {
        return; /* on its way */
    }
    told.print = states[report->state];
    reception_slip_ended(printer->options.slip, &told);
}

static void handle_health(void *data, const struct printer_condition *condition)
{
    struct reception_printer *printer = data;
    printer->options.slip->health = condition->health;
    printer->options.slip->paper = condition->paper;
    log_notice(MODULE, "printer %s paper=%s%s%s", printer_health_name(condition->health),
               paper_level_name(condition->paper),
               condition->reason[0] != '\0' ? ": " : "", condition->reason);
}

struct reception_printer *
reception_printer_create(const struct reception_printer_options *options)
{
    struct reception_printer *printer = calloc(1, sizeof(*printer));
    const struct printer_config *config = options->config;
    if (!printer) {
        return NULL;
    }
    printer->options = *options;
    if (config->queue[0] == '\0') {
        return printer;
    }
    struct printer_options wanted = {.queue = config->queue,
                                     .server = config->server[0] != '\0' ? config->server
                                                                         : NULL,
                                     .wake = options->wake,
                                     .wake_data = options->wake_data};
    struct printer_handlers handlers = {
        .on_job = handle_job, .on_health = handle_health, .data = printer};
    struct error err = {0};
    if (printer_create(&wanted, &handlers, &printer->printer, &err) != OK) {
        log_error(MODULE, "tickets are not printed: %s", err.text);
    }
    return printer;
}

void reception_printer_destroy(struct reception_printer *printer)
{
    if (printer) {
        printer_destroy(printer->printer);
        zone_destroy(printer->zone);
    }
    free(printer);
}

void reception_printer_set_site(struct reception_printer *printer,
                                const struct site *site)
{
    struct error err = {0};
    zone_destroy(printer->zone);
    printer->zone = NULL;
    if (zone_load(site->time_zone, &printer->zone, &err) != OK) {
        log_error(MODULE, "slips say no time: %s", err.text);
    }
}

static enum status print(struct reception_printer *printer, const struct site *site,
                         bool is_copy, struct error *err)
{
    const struct reply_ticket *ticket = &printer->options.slip->ticket;
    const struct ticket_slip slip = {.ticket = ticket,
                                     .site = site,
                                     .catalogue = printer->options.catalogue,
                                     .zone = printer->zone,
                                     .is_copy = is_copy};
    if (!printer->printer) {
        return error_set(err, ERR_UNAVAILABLE, "the printer could not be started");
    }
    struct slip_page page = {0};
    if (ticket_slip_render(&slip, printer->options.config->slip_width_mm, &page, err) !=
        OK) {
        return err->status;
    }
    char id[PRINT_ID_BYTES];
    struct text text;
    text_init(&text, id, sizeof(id));
    printer->order_count++;
    text_add(&text, "%s-%u%s", ticket->label, printer->order_count,
             is_copy ? "-copy" : "");
    enum status status = printer_print(printer->printer, id, ticket->label, &page, err);
    slip_page_finish(&page);
    return status;
}

void reception_printer_step(struct reception_printer *printer, const struct site *site)
{
    struct reception_slip *slip = printer->options.slip;
    struct error err = {0};
    bool is_copy = false;
    if (!reception_slip_take(slip, &is_copy) ||
        print(printer, site, is_copy, &err) == OK) {
        return;
    }
    log_error(MODULE, "cannot print ticket '%s': %s", slip->ticket.label, err.text);
    struct reception_report report = {.print = PRINT_FAILED, .is_copy = is_copy};
    (void)text_copy(report.ticket, sizeof(report.ticket), slip->ticket.label); /* same */
    reception_slip_ended(slip, &report);
}

bool reception_printer_dispatch(struct reception_printer *printer)
{
    return printer->printer && printer_dispatch(printer->printer) > 0;
}
