/* What becomes of the slips of a reception, without a printer: which one is to be printed
 * now, what the printer said of it, and what the server is still to be told. Pure. */
#ifndef GUICHET_COUNTER_RECEPTION_SLIP_H
#define GUICHET_COUNTER_RECEPTION_SLIP_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/documents.h"

/* Results that wait to be told. Slips are ordered by hand, one at a time. */
#define RECEPTION_REPORTS_MAX 16

/* A ticket given by a run that ended is printed if it is not older than this. */
#define RECEPTION_SLIP_RESUME_MS 120000

enum reception_slip_state {
    RECEPTION_SLIP_NONE, /* nothing was printed of this ticket in this dialogue */
    RECEPTION_SLIP_PRINTING,
    RECEPTION_SLIP_PRINTED,
    RECEPTION_SLIP_FAILED, /* or nobody can say */
};

struct reception_report {
    char ticket[LABEL_LENGTH_MAX + 1];
    enum print_state print;
    bool is_copy;
};

struct reception_slip {
    bool has_printer; /* the configuration names one */
    enum printer_health health;
    enum paper_level paper;
    bool must_print; /* `ticket`, once its number is on the screen */
    bool is_copy;
    struct reply_ticket ticket; /* of the newest slip */
    enum reception_slip_state state;
    uint32_t on_way_count; /* slips that have no final result yet */
    bool is_reporting;     /* the command in flight tells the server of a slip */
    uint32_t report_count;
    struct reception_report reports[RECEPTION_REPORTS_MAX]; /* oldest first */
};

/* Without a printer nothing is ever printed, and orders are ignored. */
void reception_slip_init(struct reception_slip *slip, bool has_printer);

/* The ticket's number is to be put on paper; a copy is marked as such. */
void reception_slip_order(struct reception_slip *slip, const struct reply_ticket *ticket,
                          bool is_copy);

/* Take what is to be printed now: false when there is nothing. `ret_is_copy` and the
 * slip's `ticket` say what. reception_slip_ended() must follow some day. */
bool reception_slip_take(struct reception_slip *slip, bool *ret_is_copy);

/* The final result of a slip of the ticket with this label. */
void reception_slip_ended(struct reception_slip *slip,
                          const struct reception_report *report);

/* The next command for the server, all but its id, when it is to be told something. Call
 * it only while no command is in flight; the reply to it is none of the agent's. */
bool reception_slip_next(struct reception_slip *slip,
                         struct command_document *ret_command);

/* What is known of the slip of this ticket. */
enum reception_slip_state reception_slip_of(const struct reception_slip *slip,
                                            const char *label);

/* Nothing is printed, and the server knows everything. */
bool reception_slip_is_idle(const struct reception_slip *slip);

#endif
