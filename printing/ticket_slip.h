/* The slip of a ticket: what docs/protocol.md says of it, in the citizen's words. The
 * same wherever tickets are printed. */
#ifndef GUICHET_PRINTING_TICKET_SLIP_H
#define GUICHET_PRINTING_TICKET_SLIP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/site.h"
#include "printing/slip.h"
#include "runtime/catalogue.h"
#include "runtime/documents.h"
#include "runtime/zone.h"

/* Everything is borrowed for the rendering. */
struct ticket_slip {
    const struct reply_ticket *ticket; /* whose language is that of the slip */
    const struct site *site;
    const struct catalogue *catalogue; /* with domain "common" */
    const struct zone *zone;           /* NULL: the slip says no time */
    bool is_copy; /* marked as such; what was to be expected then is left out */
};

/* Render the slip on paper `width_mm` wide. Page and errors as slip_render_pdf(). */
enum status ticket_slip_render(const struct ticket_slip *source, uint32_t width_mm,
                               struct slip_page *ret_page, struct error *err);

#endif
