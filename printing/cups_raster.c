/* PWG raster by libcups; see cups_raster.h. */
#include "printing/cups_raster.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cups/cups.h>
#include <cups/pwg.h>
#include <cups/raster.h>

/* The file's four letters and its page header (PWG 5102.4, 4.2 and 4.3). */
#define HEAD_BYTES (4 + 1796)

struct raster_file {
    unsigned char *bytes;
    size_t length;
    size_t capacity;
};

/* libcups hands its bytes over here; -1 tells it that there is no room. */
static ssize_t keep(void *data, unsigned char *bytes, size_t length)
{
    struct raster_file *file = data;
    if (file->capacity - file->length < length) {
        return -1;
    }
    memcpy(file->bytes + file->length, bytes, length);
    file->length += length;
    return (ssize_t)length;
}

static bool write_header(cups_raster_t *raster, const struct slip_dots *dots,
                         uint32_t width_mm, uint32_t height_mm)
{
    cups_page_header2_t header;
    pwg_media_t *media = pwgMediaForSize((int)width_mm * 100, (int)height_mm * 100);
    if (!media || !cupsRasterInitPWGHeader(&header, media, "sgray_8", SLIP_DPI, SLIP_DPI,
                                           "one-sided", NULL)) {
        return false;
    }
    /* libcups rounds the page down to whole dots; ours decides. */
    header.cupsWidth = dots->width;
    header.cupsHeight = dots->height;
    header.cupsBytesPerLine = dots->width;
    header.CutMedia = CUPS_CUT_PAGE;
    header.NumCopies = 1;
    return cupsRasterWriteHeader2(raster, &header) != 0;
}

static bool write_rows(cups_raster_t *raster, const struct slip_dots *dots,
                       unsigned char *line)
{
    for (uint32_t y = 0; y < dots->height; y++) {
        const unsigned char *row = dots->rows + y * slip_row_bytes(dots->width);
        for (uint32_t x = 0; x < dots->width; x++) {
            line[x] = row[x / 8] & (0x80U >> (x % 8)) ? 0x00 : 0xFF;
        }
        if (cupsRasterWritePixels(raster, line, dots->width) != dots->width) {
            return false;
        }
    }
    return true;
}

enum status cups_raster_write(const struct slip_dots *dots, uint32_t width_mm,
                              uint32_t height_mm, unsigned char **ret_bytes,
                              size_t *ret_length, struct error *err)
{
    /* A row that does not compress at all has one more byte for each 128 pixels, and one
     * that tells how often it is repeated. */
    const size_t row_bytes = (size_t)dots->width + dots->width / 128 + 2;
    struct raster_file file = {.capacity = HEAD_BYTES + dots->height * row_bytes};
    file.bytes = malloc(file.capacity);
    unsigned char *line = malloc(dots->width);
    cups_raster_t *raster =
        file.bytes && line ? cupsRasterOpenIO(keep, &file, CUPS_RASTER_WRITE_PWG) : NULL;
    bool is_written = raster && write_header(raster, dots, width_mm, height_mm) &&
                      write_rows(raster, dots, line);
    if (raster) {
        cupsRasterClose(raster);
    }
    free(line);
    if (!is_written) {
        free(file.bytes);
        return error_set(err, ERR_IO, "cannot write the slip as PWG raster: %s",
                         raster ? cupsRasterErrorString() : "out of memory");
    }
    *ret_bytes = file.bytes;
    *ret_length = file.length;
    return OK;
}
