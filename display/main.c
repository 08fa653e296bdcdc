/* guichet-display: a hall screen. See docs/architecture.md. */
#include <stdio.h>
#include <stdlib.h>

#include "display/options.h"
#include "display/program.h"
#include "runtime/log.h"
#include "runtime/program_config.h"
#include "runtime/signals.h"

#define MODULE "main"

#define EXIT_CONFIG 2

static bool load_config(const char *path, struct program_config *ret_config)
{
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        return false;
    }
    enum status status = program_config_load(PROGRAM_DISPLAY, path, ret_config, errors);
    config_errors_print(errors, stderr);
    config_errors_destroy(errors);
    return status == OK;
}

int main(int argc, char **argv)
{
    struct options options;
    static struct program_config config; /* too large for a stack, and main.c's own */
    signals_block();
    int result = options_read(argc, argv, &options);
    if (result >= 0) {
        return result;
    }
    if (!load_config(options.config_path, &config)) {
        return EXIT_CONFIG;
    }
    struct error err = {0};
    struct program_display *display = NULL;
    if (display_create(&options, &config, &display, &err) != OK) {
        log_failure(MODULE, &err);
        return EXIT_FAILURE;
    }
    display_run(display);
    display_destroy(display);
    return EXIT_SUCCESS;
}
