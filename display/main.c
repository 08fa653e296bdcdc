/* guichet-display: a hall screen. See docs/architecture.md. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "display/program.h"
#include "runtime/command_line.h"
#include "runtime/log.h"
#include "runtime/program_config.h"
#include "runtime/signals.h"

#define MODULE "main"

#define EXIT_CONFIG 2

int main(int argc, char **argv)
{
    struct command_line line;
    static struct program_config config; /* too large for a stack, and main.c's own */
    signals_block();
    int result = command_line_read(PROGRAM_DISPLAY, argc, argv, &line);
    if (result >= 0) {
        return result;
    }
    if (!command_line_load(PROGRAM_DISPLAY, &line, &config)) {
        return EXIT_CONFIG;
    }
    bool starts_again = true;
    while (starts_again) {
        struct error err = {0};
        struct program_display *display = NULL;
        if (display_create(&line, &config, &display, &err) != OK) {
            log_failure(MODULE, &err);
            return EXIT_FAILURE;
        }
        starts_again = display_run(display);
        display_destroy(display);
        if (starts_again) {
            /* Spoiled since it was found sound, it leaves the old one in force. */
            (void)command_line_load(PROGRAM_DISPLAY, &line, &config);
        }
    }
    return EXIT_SUCCESS;
}
