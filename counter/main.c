/* guichet-counter: the agent's window, and with --button the hardware call button. */
#include <stdbool.h>
#include <stdlib.h>

#include "core/text.h"
#include "counter/call_button.h"
#include "counter/post.h"
#include "runtime/command_line.h"
#include "runtime/log.h"

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
    int result = command_line_read(PROGRAM_COUNTER, argc, argv, &line);
    if (result >= 0) {
        return result;
    }
    if (!command_line_load(PROGRAM_COUNTER, &line, &config) || !apply(&line, &config)) {
        return EXIT_CONFIG;
    }
    struct error err = {0};
    struct post_options options = {.config = &config,
                                   .screenshot_path = line.screenshot_path,
                                   .describe_path = line.describe_path};
    enum status status =
        line.is_button ? call_button_run(&config, &err) : post_run(&options, &err);
    if (status != OK) {
        log_failure(MODULE, &err);
    }
    return status == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
