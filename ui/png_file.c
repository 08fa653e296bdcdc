/* Writing a canvas as a PNG file; see painter.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "ui/painter.h"

/* Red, green, blue bytes of every pixel, as libpng wants them; NULL when memory is out.
 */
static uint8_t *rgb_bytes(const struct canvas *canvas)
{
    size_t width = (size_t)canvas->width_px;
    size_t height = (size_t)canvas->height_px;
    uint8_t *bytes = malloc(width * height * 3);
    if (!bytes) {
        return NULL;
    }
    uint8_t *to = bytes;
    for (size_t y = 0; y < height; y++) {
        const uint32_t *row = canvas->pixels + y * (size_t)canvas->pitch_px;
        for (size_t x = 0; x < width; x++) {
            *to++ = (uint8_t)(row[x] >> 16);
            *to++ = (uint8_t)(row[x] >> 8);
            *to++ = (uint8_t)row[x];
        }
    }
    return bytes;
}

enum status canvas_save(const struct canvas *canvas, const char *path, struct error *err)
{
    uint8_t *bytes = rgb_bytes(canvas);
    if (!bytes) {
        return error_set(err, ERR_LIMIT, "cannot write picture '%s': out of memory",
                         path);
    }
    /* "e": the descriptor is closed in child processes. */
    FILE *file = fopen(path, "wbe");
    if (!file) {
        free(bytes);
        return error_set(err, ERR_IO, "cannot write picture '%s': %s", path,
                         strerror(errno));
    }
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)canvas->width_px,
                       .height = (png_uint_32)canvas->height_px,
                       .format = PNG_FORMAT_RGB};
    int is_written = png_image_write_to_stdio(&image, file, 0, bytes, 0, NULL);
    free(bytes);
    bool is_closed = fclose(file) == 0;
    if (!is_written || !is_closed) {
        return error_set(err, ERR_IO, "cannot write picture '%s': %s", path,
                         is_written ? strerror(errno) : image.message);
    }
    return OK;
}
