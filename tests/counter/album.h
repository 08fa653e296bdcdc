/* Pictures of windows for people to look at: every page of a gallery in every size and
 * language, as PNG files in a folder. */
#ifndef GUICHET_TESTS_COUNTER_ALBUM_H
#define GUICHET_TESTS_COUNTER_ALBUM_H

#include <stddef.h>

#include "runtime/catalogue.h"
#include "ui/screen.h"

struct album_size {
    int width_px;
    int height_px;
};

struct album {
    const char *program; /* for the line of usage */
    const struct album_size *sizes;
    size_t size_count;
    size_t page_count;
    const char *(*name)(size_t page);
    /* Draw the page in the language onto the screen. */
    void (*draw)(size_t page, enum language language, const struct catalogue *catalogue,
                 struct screen *screen);
};

/* The whole program: `argv` names the folder. A file is FOLDER/PAGE-WIDTH-LANGUAGE.png.
 * Returns the exit code: 0 where every picture was drawn, is sound and was written. */
int album_write(const struct album *album, int argc, char **argv);

#endif
