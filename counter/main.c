/* guichet-counter: the window of a post, which the identity names (counter, reception,
 * supervisor), and with --button the hardware call button. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "counter/call_button.h"
#include "counter/hall_post.h"
#include "counter/post.h"
#include "runtime/command_line.h"
#include "runtime/log.h"
#include "runtime/signals.h"

#define MODULE "main"

#define EXIT_CONFIG 2

/* What the command line says instead of the configuration. */
static bool apply(const struct command_line *line, struct program_config *config)
{
    if (line->has_size) {
        config->screen.width_px = (uint32_t)line->width_px;
        config->screen.height_px = (uint32_t)line->height_px;
        config->screen.full_screen = false;
    }
    if (line->has_language) {
        config->device.language = line->language;
    }
    if (line->device_path &&
        !text_copy(config->button.device, sizeof(config->button.device),
                   line->device_path)) {
        log_error(MODULE, "--device: the path is too long");
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct command_line line;
    static struct program_config config; /* too large for a stack, and main.c's own */
    signals_block();
    int result = command_line_read(PROGRAM_COUNTER, argc, argv, &line);
    if (result >= 0) {
        return result;
    }
    struct error err = {0};
    enum status status = OK;
    bool starts_again = true;
    if (!command_line_load(PROGRAM_COUNTER, &line, &config) || !apply(&line, &config)) {
        return EXIT_CONFIG;
    }
    while (status == OK && starts_again) {
        bool is_counter = strcmp(config.broker.kind, "counter") == 0;
        if (line.is_button) {
            status = call_button_run(&line, &config, &starts_again, &err);
        } else if (is_counter) {
            status = post_run(&line, &config, &starts_again, &err);
        } else {
            status = hall_post_run(&line, &config, &starts_again, &err);
        }
        if (status == OK && starts_again) {
            /* Spoiled since it was found sound, it leaves the old one in force. */
            (void)command_line_load(PROGRAM_COUNTER, &line, &config);
            (void)apply(&line, &config); /* as it could before */
        }
    }
    if (status != OK) {
        log_failure(MODULE, &err);
    }
    return status == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
