/* ESC/POS; see escpos.h.
 *
 *   1B 40                          ESC @: forget what the last job has set
 *   1D 76 30 00 xL xH yL yH rows   GS v 0: y rows of x bytes, 1 is black; repeated
 *   1D 56 42 00                    GS V 66: feed to the knife and cut
 *
 * The picture goes in bands, because small printers keep one band at a time. */
#include "printing/escpos.h"

#include <stdlib.h>
#include <string.h>

#define DOTS_PER_MM 8 /* 203 dpi, near enough for whole millimetres */
#define BAND_ROWS   256
#define BAND_HEAD   8

static const unsigned char reset[] = {0x1B, 0x40};
static const unsigned char cut[] = {0x1D, 0x56, 0x42, 0x00};

/* Copy `width` dots of `row`, from dot `from` on, to the whole bytes at `to`. */
static void copy_dots(unsigned char *to, const unsigned char *row, uint32_t from,
                      uint32_t width)
{
    for (uint32_t x = 0; x < width; x++) {
        const uint32_t at = from + x;
        if (row[at / 8] & (0x80U >> (at % 8))) {
            to[x / 8] |= (unsigned char)(0x80U >> (x % 8));
        }
    }
}

enum status escpos_write(const struct slip_dots *dots, uint32_t width_mm,
                         unsigned char **ret_bytes, size_t *ret_length, struct error *err)
{
    uint32_t width = (width_mm - 2 * slip_margin_mm(width_mm)) * DOTS_PER_MM;
    width = width < dots->width ? width : dots->width;
    const uint32_t from = (dots->width - width) / 2;
    const size_t row_bytes = slip_row_bytes(width);
    const size_t band_count = ((size_t)dots->height + BAND_ROWS - 1) / BAND_ROWS;
    const size_t length =
        sizeof(reset) + band_count * BAND_HEAD + dots->height * row_bytes + sizeof(cut);
    unsigned char *bytes = calloc(1, length);
    if (!bytes) {
        return error_set(err, ERR_IO,
                         "cannot write a slip for the printer: out of memory");
    }
    unsigned char *at = bytes;
    memcpy(at, reset, sizeof(reset));
    at += sizeof(reset);
    for (uint32_t top = 0; top < dots->height; top += BAND_ROWS) {
        const uint32_t left = dots->height - top;
        const uint32_t count = left < BAND_ROWS ? left : BAND_ROWS;
        const unsigned char head[BAND_HEAD] = {0x1D,
                                               0x76,
                                               0x30,
                                               0x00,
                                               (unsigned char)(row_bytes & 0xFFU),
                                               (unsigned char)(row_bytes >> 8),
                                               (unsigned char)(count & 0xFFU),
                                               (unsigned char)(count >> 8)};
        memcpy(at, head, sizeof(head));
        at += sizeof(head);
        for (uint32_t y = top; y < top + count; y++) {
            copy_dots(at, dots->rows + y * slip_row_bytes(dots->width), from, width);
            at += row_bytes;
        }
    }
    memcpy(at, cut, sizeof(cut));
    *ret_bytes = bytes;
    *ret_length = length;
    return OK;
}
