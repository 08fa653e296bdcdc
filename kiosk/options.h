/* The command line of guichet-kiosk. */
#ifndef GUICHET_KIOSK_OPTIONS_H
#define GUICHET_KIOSK_OPTIONS_H

#include <stdbool.h>

#include "core/site.h"

struct options {
    const char *config_path;
    bool has_size; /* a window of this size instead of what the configuration says */
    int width_px;
    int height_px;
    bool has_language;
    enum language language;
    const char *screenshot_path; /* NULL: none */
    const char *describe_path;   /* NULL: none */
};

/* Read the command line into `ret_options`, whose texts are borrowed from it. Returns the
 * exit status with which the program shall end now (help, --print-config, a mistake that
 * was told on stderr), or -1 to go on. */
int options_read(int argc, char **argv, struct options *ret_options);

#endif
