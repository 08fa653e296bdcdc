/* guichet-kiosk: the touch screen that gives tickets. See docs/architecture.md. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "kiosk/program.h"
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
    int result = command_line_read(PROGRAM_KIOSK, argc, argv, &line);
    if (result >= 0) {
        return result;
    }
    if (!command_line_load(PROGRAM_KIOSK, &line, &config)) {
        return EXIT_CONFIG;
    }
    bool starts_again = true;
    while (starts_again) {
        struct error err = {0};
        struct program_kiosk *kiosk = NULL;
        if (kiosk_create(&line, &config, &kiosk, &err) != OK) {
            log_failure(MODULE, &err);
            return EXIT_FAILURE;
        }
        starts_again = kiosk_run(kiosk);
        kiosk_destroy(kiosk);
        if (starts_again) {
            /* Spoiled since it was found sound, it leaves the old one in force. */
            (void)command_line_load(PROGRAM_KIOSK, &line, &config);
        }
    }
    return EXIT_SUCCESS;
}
