/* The command line of guichet-report. */
#ifndef GUICHET_REPORT_OPTIONS_H
#define GUICHET_REPORT_OPTIONS_H

#include <stdbool.h>

#include "core/error.h"
#include "core/site.h"
#include "report/gather.h"

struct report_options {
    struct gather_options gather;
    enum language language;
    const char *out_dir; /* NULL: not wanted; so are the next four */
    const char *html;
    const char *pdf;
    const char *csv;
    const char *json;
    const char *assets;
    char csv_separator;
    bool wants_help;
    bool wants_version;
};

extern const char report_help[];

/* ERR_INVALID with a sentence that names the option. */
enum status report_options_parse(int argc, char **argv,
                                 struct report_options *ret_options, struct error *err);

#endif
