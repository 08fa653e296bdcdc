/* Options of the windows; see command_line.h. */
#include "runtime/command_line.h"

#include <assert.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/log.h"

#define MODULE "main"

#define EXIT_USAGE  2
#define SIZE_PX_MAX 16384

static const struct {
    const char *name;
    const char *config_path;
    const char *purpose; /* with what only this program has */
} programs[PROGRAM_COUNT] = {
    [PROGRAM_KIOSK] = {"guichet-kiosk", "/etc/guichet/kiosk.conf",
                       "The touch screen where citizens take their tickets.\n"},
    [PROGRAM_DISPLAY] = {"guichet-display", "/etc/guichet/display.conf",
                         "A hall screen: who is called where, counter lights, waits.\n"},
    [PROGRAM_COUNTER] =
        {"guichet-counter", "/etc/guichet/counter.conf",
         "The agent's window, or the call button of a counter without one.\n"
         "  --button           read the call button; no window\n"
         "  --device PATH      of the button, instead of the configured one\n"},
};

static void print_usage(enum program program, FILE *out)
{
    (void)fprintf(
        out, /* nobody to tell */
        "usage: %s [--config FILE] [--language fr|en] [--size WxH]\n"
        "       [--screenshot FILE] [--describe FILE] [--log LEVEL] "
        "[--print-config]\n%s"
        "  --config FILE      instead of %s\n"
        "  --language TAG     fr or en, instead of the configured one\n"
        "  --size WxH         a window of this size instead of the whole screen\n"
        "  --screenshot FILE  write the picture as PNG at the end (and on SIGUSR1)\n"
        "  --describe FILE    write the picture as text whenever it changes\n"
        "  --log LEVEL        error, warning, notice, info or debug\n"
        "  --print-config     print a configuration file with all keys\n"
        "SIGTERM ends.\n",
        programs[program].name, programs[program].purpose, programs[program].config_path);
}

/* "1920x1080". */
static bool read_size(const char *text, struct command_line *line)
{
    char *end = NULL;
    intmax_t width_px = strtoimax(text, &end, 10);
    if (end == text || *end != 'x') {
        return false;
    }
    const char *second = end + 1;
    intmax_t height_px = strtoimax(second, &end, 10);
    if (end == second || *end != '\0' || width_px < 1 || width_px > SIZE_PX_MAX ||
        height_px < 1 || height_px > SIZE_PX_MAX) {
        return false;
    }
    line->has_size = true;
    line->width_px = (int)width_px;
    line->height_px = (int)height_px;
    return true;
}

static int complain(enum program program, const char *sentence, const char *value)
{
    (void)fprintf(stderr, "%s: '%s' %s\n", programs[program].name, value,
                  sentence); /* exit tells */
    return EXIT_USAGE;
}

/* Take an option whose value may be wrong; -1 to go on. */
static int take_value(enum program program, int option, const char *value,
                      struct command_line *line)
{
    if (option == 'g') {
        line->language = language_find(value);
        line->has_language = line->language != LANGUAGE_COUNT;
        return line->has_language ? -1
                                  : complain(program, "is not a language: fr, en", value);
    }
    if (option == 's') {
        return read_size(value, line)
                   ? -1
                   : complain(program, "is not a size like 1920x1080", value);
    }
    enum log_level level = log_level_find(value);
    if (level == LOG_LEVEL_COUNT) {
        return complain(program, "is not a level of the log", value);
    }
    log_start(level);
    return -1;
}

/* Take one option; -1 to go on. */
static int take_option(enum program program, int option, const char *value,
                       struct command_line *line)
{
    if (option == 'c') {
        line->config_path = value;
    } else if (option == 'p') {
        line->screenshot_path = value;
    } else if (option == 'd') {
        line->describe_path = value;
    } else if (option == 'i') {
        line->device_path = value;
    } else if (option == 'b') {
        line->is_button = true;
    } else if (option == 'P') {
        config_print(program_config_schema(program), CONFIG_PRINT_INI, stdout);
        return EXIT_SUCCESS;
    } else if (option == 'h') {
        print_usage(program, stdout);
        return EXIT_SUCCESS;
    } else if (option == '?') {
        print_usage(program, stderr); /* getopt has named the mistake */
        return EXIT_USAGE;
    } else {
        return take_value(program, option, value, line);
    }
    return -1;
}

int command_line_read(enum program program, int argc, char **argv,
                      struct command_line *ret_line)
{
    static const struct option known[] = {{"config", required_argument, NULL, 'c'},
                                          {"language", required_argument, NULL, 'g'},
                                          {"size", required_argument, NULL, 's'},
                                          {"screenshot", required_argument, NULL, 'p'},
                                          {"describe", required_argument, NULL, 'd'},
                                          {"log", required_argument, NULL, 'l'},
                                          {"print-config", no_argument, NULL, 'P'},
                                          {"help", no_argument, NULL, 'h'},
                                          {"button", no_argument, NULL, 'b'},
                                          {"device", required_argument, NULL, 'i'},
                                          {NULL, 0, NULL, 0}};
    assert(programs[program].name);
    *ret_line = (struct command_line){.config_path = programs[program].config_path};
    int option;
    int result = -1;
    while (result < 0 && (option = getopt_long(argc, argv, "c:h", known, NULL)) != -1) {
        bool is_foreign = program != PROGRAM_COUNTER && (option == 'b' || option == 'i');
        result = is_foreign ? complain(program, "is an option of guichet-counter",
                                       option == 'b' ? "--button" : "--device")
                            : take_option(program, option, optarg, ret_line);
    }
    if (result < 0 && optind < argc) {
        result = complain(program, "is one word too many", argv[optind]);
    }
    return result;
}

bool command_line_load(enum program program, const struct command_line *line,
                       struct program_config *ret_config)
{
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        return false;
    }
    enum status status =
        program_config_load(program, line->config_path, ret_config, errors);
    config_errors_print(errors, stderr);
    config_errors_destroy(errors);
    return status == OK;
}

bool command_line_may_reload(enum program program, const struct command_line *line)
{
    struct program_config *config = calloc(1, sizeof(*config));
    bool is_sound = config && command_line_load(program, line, config);
    free(config);
    if (is_sound) {
        log_notice(MODULE, "reads '%s' again", line->config_path);
    } else {
        log_error(MODULE, "'%s' cannot be taken: what was read before stays in force",
                  line->config_path);
    }
    return is_sound;
}
