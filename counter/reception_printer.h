/* The printer of a reception: puts the slips on paper that struct reception_slip asks
 * for, and tells it what became of them. Through room printing/, as at the kiosk. */
#ifndef GUICHET_COUNTER_RECEPTION_PRINTER_H
#define GUICHET_COUNTER_RECEPTION_PRINTER_H

#include <stdbool.h>

#include "core/error.h"
#include "core/site.h"
#include "counter/reception_slip.h"
#include "runtime/catalogue.h"
#include "runtime/program_config.h"

/* All is borrowed for the life of the printer. */
struct reception_printer_options {
    const struct printer_config *config; /* an empty queue: there is none */
    const struct catalogue *catalogue;
    struct reception_slip *slip; /* initialised; told of the printer and of its slips */
    void (*wake)(void *data);    /* on another thread, when there is work to dispatch */
    void *wake_data;
};

struct reception_printer;

/* Start the printer that the configuration names. One that cannot be started is logged:
 * its slips fail. NULL without memory. */
struct reception_printer *
reception_printer_create(const struct reception_printer_options *options);

/* Accepts NULL. Takes at most two seconds. */
void reception_printer_destroy(struct reception_printer *printer);

/* Follow the site: its time zone, for the time on slips. */
void reception_printer_set_site(struct reception_printer *printer,
                                const struct site *site);

/* Print what the slip asks for, if it does: `site` is what the window knows. */
void reception_printer_step(struct reception_printer *printer, const struct site *site);

/* Take over what the printer has to tell; never blocks. Returns whether it was anything.
 */
bool reception_printer_dispatch(struct reception_printer *printer);

#endif
