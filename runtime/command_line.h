/* The command line of the programs with a window: kiosk, hall screen, counter. */
#ifndef GUICHET_RUNTIME_COMMAND_LINE_H
#define GUICHET_RUNTIME_COMMAND_LINE_H

#include <stdbool.h>

#include "core/site.h"
#include "runtime/program_config.h"

/* What was given. Texts are borrowed from the command line. */
struct command_line {
    const char *config_path;
    bool has_size; /* a window of this size instead of what the configuration says */
    int width_px;
    int height_px;
    bool has_language;
    enum language language;
    const char *screenshot_path; /* NULL: none */
    const char *describe_path;   /* NULL: none */
    bool is_button;              /* counter: the call button instead of the window */
    const char *device_path;     /* counter: of the button; NULL: as configured */
};

/* Read the command line of `program` into `ret_line`. Returns the exit status with which
 * it shall end now (help, --print-config, a mistake that was told on stderr), or -1 to go
 * on. */
int command_line_read(enum program program, int argc, char **argv,
                      struct command_line *ret_line);

/* Read the program's configuration file. Everything wrong is listed on stderr; false
 * then, and `ret_config` is as it was. */
bool command_line_load(enum program program, const struct command_line *line,
                       struct program_config *ret_config);

/* Whether the file can be read now, before a running program gives up the one that it has
 * in force. Everything wrong is listed, and that the old one stays is logged. */
bool command_line_may_reload(enum program program, const struct command_line *line);

#endif
