/* Says a page to a receipt printer without a driver, in ESC/POS: the language of Epson's
 * printers and of most others for 58 and 80 mm rolls. Without libcups, so that every byte
 * can be tried without a printer. */
#ifndef GUICHET_PRINTING_ESCPOS_H
#define GUICHET_PRINTING_ESCPOS_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "printing/slip.h"

/* Write the dots of a page on paper `width_mm` wide, and the cut. The margins are left
 * out, for the printer's head does not cover them: an 80 mm page gives 576 dots a row.
 * `ret_bytes` is the caller's, who frees it. ERR_IO without memory. */
enum status escpos_write(const struct slip_dots *dots, uint32_t width_mm,
                         unsigned char **ret_bytes, size_t *ret_length,
                         struct error *err);

#endif
