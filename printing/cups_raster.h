/* Writes a page as PWG raster, for printers that take no PDF where CUPS has no filters
 * that could convert it. Not for other programs than guichet-print. */
#ifndef GUICHET_PRINTING_CUPS_RASTER_H
#define GUICHET_PRINTING_CUPS_RASTER_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "printing/slip.h"

/* The dots of a page of `width_mm` by `height_mm` as a PWG raster file (PWG 5102.4) in 8
 * bits of grey, which every printer that takes PWG raster must know (PWG 5100.14).
 * `ret_bytes` is the caller's, who frees it. ERR_IO without memory or when libcups cannot
 * write it. */
enum status cups_raster_write(const struct slip_dots *dots, uint32_t width_mm,
                              uint32_t height_mm, unsigned char **ret_bytes,
                              size_t *ret_length, struct error *err);

#endif
