/* The running kiosk; private to kiosk/program*.c. */
#ifndef GUICHET_KIOSK_PROGRAM_PARTS_H
#define GUICHET_KIOSK_PROGRAM_PARTS_H

#include "kiosk/program.h"
#include "kiosk/scene.h"
#include "kiosk/visit.h"
#include "printing/printer.h"
#include "runtime/courier.h"
#include "runtime/link.h"
#include "runtime/signals.h"
#include "ui/description.h"
#include "ui/painter.h"
#include "ui/window.h"

struct program_kiosk {
    const struct command_line *options;
    const struct program_config *config;
    struct catalogue *catalogue;
    struct painter *painter;
    struct text_measure measure;
    struct window *window;
    struct signals *signals;
    struct link *link;
    struct courier *courier;
    struct description *description; /* NULL: not asked for */

    struct printer *printer; /* NULL: none, or it could not be started */
    enum printer_health printer_health;
    enum paper_level paper_level;
    bool must_print; /* the visit's ticket, once its page is on the screen */

    int64_t site_epoch; /* of the configuration in `visit.site` */
    bool is_unassigned; /* the site does not know this kiosk */
    struct zone *zone;  /* NULL: not known yet, or not on this machine */
    struct visit visit;
    struct board_document board; /* the ones that are being read */
    struct site site;
    struct reply_document reply;
    struct service_document service;

    struct input input;
    struct target_list targets; /* of the picture on the screen */
    struct draw_list *list;
    bool needs_drawing;
    bool wants_reload;     /* as soon as nobody is here */
    int64_t next_visit_ms; /* when time alone changes something */
    int64_t next_status_ms;
    bool has_complained; /* about the description, once in a row */
};

/* Make the link with its subscriptions and start it. */
enum status kiosk_connect(struct program_kiosk *kiosk, struct error *err);

/* Publish presence; without a connection it is left out and repeated later. */
void kiosk_publish_status(struct program_kiosk *kiosk);

/* Start the printer that the configuration names. One that cannot be started is logged:
 * its slips fail. */
void kiosk_open_printer(struct program_kiosk *kiosk);

/* Print the slip of the visit's ticket; what fails at once is told to the visit. */
void kiosk_print_ticket(struct program_kiosk *kiosk);

/* Do what a step of the visit asks for. */
void kiosk_follow(struct program_kiosk *kiosk, const struct visit_step *step);

#endif
