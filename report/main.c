/* guichet-report: wait and service-level reports from the journal. */
#include <stdio.h>

#include "report/options.h"
#include "report/report.h"

#define EXIT_FAILED 1
#define EXIT_USAGE  2

int main(int argc, char **argv)
{
    struct report_options options;
    struct error err;
    if (report_options_parse(argc, argv, &options, &err) != OK) {
        (void)fprintf(stderr, "guichet-report: %s; '--help' says more\n", err.text);
        return EXIT_USAGE;
    }
    if (options.wants_help) {
        (void)fputs(report_help, stdout);
        return 0;
    }
    if (options.wants_version) {
        (void)puts("guichet-report " GUICHET_VERSION);
        return 0;
    }
    if (report_make(&options, &err) != OK) {
        (void)fprintf(stderr, "guichet-report: %s\n", err.text);
        return EXIT_FAILED;
    }
    return 0;
}
