/* guichet-counter: the agent's window, and with --button the hardware call button. */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "counter/call_button.h"
#include "counter/post.h"
#include "runtime/log.h"
#include "runtime/program_config.h"

#define MODULE "main"

static const char usage[] =
    "usage: guichet-counter [--config FILE] [--size WxH] [--language fr|en]\n"
    "                       [--screenshot FILE] [--describe FILE]\n"
    "       guichet-counter --button [--config FILE] [--device PATH]\n"
    "       guichet-counter --print-config\n"
    "The agent's window, or the call button of a counter without a screen. Default "
    "file:\n"
    "/etc/guichet/counter.conf.\n";

struct command_line {
    const char *config_path;
    const char *size;
    const char *language;
    const char *device;
    const char *screenshot_path;
    const char *describe_path;
    bool is_button;
};

/* Returns an exit status, or -1 to go on. */
static int read_command_line(int argc, char **argv, struct command_line *line)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"size", required_argument, NULL, 's'},
                                            {"language", required_argument, NULL, 'l'},
                                            {"screenshot", required_argument, NULL, 'o'},
                                            {"describe", required_argument, NULL, 'd'},
                                            {"button", no_argument, NULL, 'b'},
                                            {"device", required_argument, NULL, 'i'},
                                            {"print-config", no_argument, NULL, 'p'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    const char **texts[128] = {
        ['c'] = &line->config_path,     ['s'] = &line->size,
        ['l'] = &line->language,        ['i'] = &line->device,
        ['o'] = &line->screenshot_path, ['d'] = &line->describe_path};
    int option;
    while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
        if (option == 'b') {
            line->is_button = true;
        } else if (option == 'p') {
            config_print(program_config_schema(PROGRAM_COUNTER), CONFIG_PRINT_INI,
                         stdout);
            return 0;
        } else if (option > 0 && option < 128 && texts[option]) {
            *texts[option] = optarg;
        } else {
            (void)fputs(usage,
                        option == 'h' ? stdout : stderr); /* nothing to do about it */
            return option == 'h' ? 0 : 2;
        }
    }
    return optind == argc ? -1 : 2;
}

/* "1280x800" into the configuration. */
static bool set_size(const char *size, struct screen_config *screen)
{
    char width[8];
    const char *cross = strchr(size, 'x');
    if (!cross || (size_t)(cross - size) >= sizeof(width)) {
        return false;
    }
    memcpy(width, size, (size_t)(cross - size));
    width[cross - size] = '\0';
    int64_t width_px = 0;
    int64_t height_px = 0;
    if (config_parse_number(width, 320, 16384, &width_px, NULL) != OK ||
        config_parse_number(cross + 1, 240, 16384, &height_px, NULL) != OK) {
        return false;
    }
    screen->width_px = (uint32_t)width_px;
    screen->height_px = (uint32_t)height_px;
    screen->full_screen = false;
    return true;
}

/* The configuration file, and what the command line says instead. */
static bool load(const struct command_line *line, struct program_config *config)
{
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        return false;
    }
    enum status status =
        program_config_load(PROGRAM_COUNTER, line->config_path, config, errors);
    config_errors_print(errors, stderr);
    config_errors_destroy(errors);
    if (status != OK) {
        return false;
    }
    if (line->size && !set_size(line->size, &config->screen)) {
        log_error(MODULE, "--size: '%s' is not a size like 1280x800", line->size);
        return false;
    }
    if (line->language) {
        config->device.language = language_find(line->language);
        if (config->device.language == LANGUAGE_COUNT) {
            log_error(MODULE, "--language: '%s' is not fr or en", line->language);
            return false;
        }
    }
    if (line->device &&
        !text_copy(config->button.device, sizeof(config->button.device), line->device)) {
        log_error(MODULE, "--device: the path is too long");
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct command_line line = {.config_path = "/etc/guichet/counter.conf"};
    int result = read_command_line(argc, argv, &line);
    if (result >= 0) {
        return result;
    }
    struct program_config *config = calloc(1, sizeof(*config));
    if (!config || !load(&line, config)) {
        free(config);
        return 2;
    }
    struct error err = {0};
    struct post_options options = {.config = config,
                                   .screenshot_path = line.screenshot_path,
                                   .describe_path = line.describe_path};
    enum status status =
        line.is_button ? call_button_run(config, &err) : post_run(&options, &err);
    if (status != OK) {
        log_failure(MODULE, &err);
    }
    free(config);
    return status == OK ? 0 : 1;
}
