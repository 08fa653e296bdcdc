/* See reception_slip.h. */
#include "counter/reception_slip.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

void reception_slip_init(struct reception_slip *slip, bool has_printer)
{
    memset(slip, 0, sizeof(*slip));
    slip->has_printer = has_printer;
    slip->health = has_printer ? PRINTER_OFFLINE : PRINTER_NONE; /* until it says more */
    slip->paper = PAPER_UNKNOWN;
}

void reception_slip_order(struct reception_slip *slip, const struct reply_ticket *ticket,
                          bool is_copy)
{
    if (!slip->has_printer) {
        return;
    }
    slip->ticket = *ticket;
    slip->is_copy = is_copy;
    slip->must_print = true;
    slip->state = RECEPTION_SLIP_PRINTING;
}

bool reception_slip_take(struct reception_slip *slip, bool *ret_is_copy)
{
    if (!slip->must_print) {
        return false;
    }
    slip->must_print = false;
    slip->on_way_count++;
    *ret_is_copy = slip->is_copy;
    return true;
}

void reception_slip_ended(struct reception_slip *slip,
                          const struct reception_report *report)
{
    assert(report->print > PRINT_NONE && report->print < PRINT_STATE_COUNT);
    slip->on_way_count -= slip->on_way_count > 0 ? 1 : 0;
    bool is_newest = strcmp(slip->ticket.label, report->ticket) == 0 &&
                     slip->is_copy == report->is_copy && !slip->must_print;
    if (is_newest) {
        slip->state = report->print == PRINT_PRINTED ? RECEPTION_SLIP_PRINTED
                                                     : RECEPTION_SLIP_FAILED;
    }
    if (slip->report_count == RECEPTION_REPORTS_MAX) {
        /* The server was away for so long: the newest matter most. */
        memmove(slip->reports, slip->reports + 1,
                (RECEPTION_REPORTS_MAX - 1) * sizeof(slip->reports[0]));
        slip->report_count--;
    }
    slip->reports[slip->report_count] = *report;
    slip->report_count++;
}

bool reception_slip_next(struct reception_slip *slip,
                         struct command_document *ret_command)
{
    if (slip->report_count == 0) {
        return false;
    }
    const struct reception_report *report = &slip->reports[0];
    memset(ret_command, 0, sizeof(*ret_command));
    ret_command->action = ACTION_QUEUE;
    ret_command->verb = VERB_PRINTED;
    (void)text_copy(ret_command->ticket, sizeof(ret_command->ticket),
                    report->ticket); /* same size */
    ret_command->print = report->print;
    ret_command->is_copy = report->is_copy;
    slip->is_reporting = true;
    slip->report_count--;
    memmove(slip->reports, slip->reports + 1,
            slip->report_count * sizeof(slip->reports[0]));
    return true;
}

enum reception_slip_state reception_slip_of(const struct reception_slip *slip,
                                            const char *label)
{
    bool is_same = strcmp(slip->ticket.label, label) == 0;
    return is_same ? slip->state : RECEPTION_SLIP_NONE;
}

bool reception_slip_is_idle(const struct reception_slip *slip)
{
    return !slip->must_print && slip->on_way_count == 0 && slip->report_count == 0 &&
           !slip->is_reporting;
}
