/* The command line; see options.h. */
#include "kiosk/options.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/log.h"
#include "runtime/program_config.h"

#define EXIT_USAGE  2
#define SIZE_PX_MAX 16384

static const char usage[] =
    "usage: guichet-kiosk [--config FILE] [--language fr|en] [--size WxH]\n"
    "                       [--screenshot FILE] [--describe FILE] [--log LEVEL]\n"
    "                       [--print-config]\n"
    "The touch screen where citizens take their tickets.\n"
    "  --config FILE      instead of /etc/guichet/kiosk.conf\n"
    "  --language TAG     fr or en, instead of the configured one\n"
    "  --size WxH         a window of this size instead of the whole screen\n"
    "  --screenshot FILE  write the picture as PNG on SIGUSR1 and at the end\n"
    "  --describe FILE    write the picture as text whenever it changes\n"
    "  --log LEVEL        error, warning, notice, info or debug\n"
    "  --print-config     print a configuration file with all keys\n"
    "SIGTERM ends.\n";

/* "1920x1080". */
static bool read_size(const char *text, struct options *options)
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
    options->has_size = true;
    options->width_px = (int)width_px;
    options->height_px = (int)height_px;
    return true;
}

static int complain(const char *sentence, const char *value)
{
    (void)fprintf(stderr, "guichet-kiosk: '%s' %s\n", value, sentence); /* exit tells */
    return EXIT_USAGE;
}

/* Take one option; -1 to go on. */
static int take_option(int option, const char *value, struct options *options)
{
    if (option == 'c') {
        options->config_path = value;
    } else if (option == 'g') {
        options->language = language_find(value);
        options->has_language = options->language != LANGUAGE_COUNT;
        return options->has_language ? -1 : complain("is not a language: fr, en", value);
    } else if (option == 's') {
        return read_size(value, options)
                   ? -1
                   : complain("is not a size like 1920x1080", value);
    } else if (option == 'p') {
        options->screenshot_path = value;
    } else if (option == 'd') {
        options->describe_path = value;
    } else if (option == 'l') {
        enum log_level level = log_level_find(value);
        if (level == LOG_LEVEL_COUNT) {
            return complain("is not a level of the log", value);
        }
        log_start(level);
    } else if (option == 'P') {
        config_print(program_config_schema(PROGRAM_KIOSK), CONFIG_PRINT_INI, stdout);
        return EXIT_SUCCESS;
    } else if (option == 'h') {
        (void)fputs(usage, stdout); /* nobody to tell */
        return EXIT_SUCCESS;
    } else {
        (void)fputs(usage, stderr); /* getopt has named the mistake */
        return EXIT_USAGE;
    }
    return -1;
}

int options_read(int argc, char **argv, struct options *ret_options)
{
    static const struct option known[] = {{"config", required_argument, NULL, 'c'},
                                          {"language", required_argument, NULL, 'g'},
                                          {"size", required_argument, NULL, 's'},
                                          {"screenshot", required_argument, NULL, 'p'},
                                          {"describe", required_argument, NULL, 'd'},
                                          {"log", required_argument, NULL, 'l'},
                                          {"print-config", no_argument, NULL, 'P'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    *ret_options = (struct options){.config_path = "/etc/guichet/kiosk.conf"};
    int option;
    int result = -1;
    while (result < 0 && (option = getopt_long(argc, argv, "c:h", known, NULL)) != -1) {
        result = take_option(option, optarg, ret_options);
    }
    if (result < 0 && optind < argc) {
        result = complain("is one word too many", argv[optind]);
    }
    return result;
}
