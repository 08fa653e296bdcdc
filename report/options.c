/* See options.h. One table says every option. */
#include "report/options.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "runtime/instant.h"

const char report_help[] =
    "usage: guichet-report --journal FILE [--day YYYY-MM-DD]\n"
    "                      [--out DIR] [--html FILE] [--pdf FILE] [--csv PREFIX]\n"
    "                      [--json FILE] [--language fr|en] [--live]\n"
    "                      [--within SECONDS,…] [--csv-separator comma|semicolon]\n"
    "\n"
    "Reports the waits and the service level of one business day from the journal, "
    "which\n"
    "is only read. Without --day: the last business day.\n"
    "\n"
    "  --out DIR    report.html, report.pdf, report-*.csv and report.json in DIR\n"
    "  --csv PREFIX PREFIX-summary.csv, -channels, -services, -counters, -intervals and\n"
    "               -visits\n"
    "  --language   fr (the default) or en\n"
    "  --live       a day that is still open, as provisional\n"
    "  --within     shares within these seconds beside the standards (default\n"
    "               300,600,1200); at most 8\n"
    "  --csv-separator\n"
    "               comma (RFC 4180, the default) or semicolon (French spreadsheets)\n"
    "  --assets DIR where the translations are, when not as installed\n";

/* What is written behind an option. */
enum form { FORM_TEXT, FORM_FLAG, FORM_DATE, FORM_LANGUAGE, FORM_WITHIN, FORM_SEPARATOR };

static const struct option {
    const char *name;
    enum form form;
    size_t offset; /* into struct report_options */
} option_table[] = {
    {"--journal", FORM_TEXT, offsetof(struct report_options, gather.journal)},
    {"--day", FORM_DATE, offsetof(struct report_options, gather.date)},
    {"--out", FORM_TEXT, offsetof(struct report_options, out_dir)},
    {"--html", FORM_TEXT, offsetof(struct report_options, html)},
    {"--pdf", FORM_TEXT, offsetof(struct report_options, pdf)},
    {"--csv", FORM_TEXT, offsetof(struct report_options, csv)},
    {"--json", FORM_TEXT, offsetof(struct report_options, json)},
    {"--assets", FORM_TEXT, offsetof(struct report_options, assets)},
    {"--language", FORM_LANGUAGE, offsetof(struct report_options, language)},
    {"--within", FORM_WITHIN, offsetof(struct report_options, gather.within)},
    {"--csv-separator", FORM_SEPARATOR, offsetof(struct report_options, csv_separator)},
    {"--live", FORM_FLAG, offsetof(struct report_options, gather.is_live)},
    {"--help", FORM_FLAG, offsetof(struct report_options, wants_help)},
    {"-h", FORM_FLAG, offsetof(struct report_options, wants_help)},
    {"--version", FORM_FLAG, offsetof(struct report_options, wants_version)},
};

/* "2026-11-23" as 20261123; "last" as 0. */
static enum status parse_date(const char *text, uint32_t *ret_date, struct error *err)
{
    if (strcmp(text, "last") == 0) {
        *ret_date = 0;
        return OK;
    }
    uint32_t date = 0;
    bool is_form = strlen(text) == 10;
    for (size_t i = 0; i < 10 && is_form; i++) {
        if (i == 4 || i == 7) {
            is_form = text[i] == '-';
        } else {
            is_form = text[i] >= '0' && text[i] <= '9';
            date = date * 10 + (uint32_t)(text[i] - '0');
        }
    }
    if (!is_form || !date_is_valid(date)) {
        return error_set(err, ERR_INVALID, "--day: '%s' is not a date like 2026-11-23",
                         text);
    }
    *ret_date = date;
    return OK;
}

/* "20,60,120". */
static enum status parse_within(const char *text, struct within *ret_within,
                                struct error *err)
{
    struct within within = {0};
    const char *rest = text;
    bool goes_on = true;
    while (goes_on) {
        uint32_t seconds = 0;
        size_t length = strspn(rest, "0123456789");
        if (length < 1 || length > 5 || within.count == WITHIN_MAX) {
            break;
        }
        for (size_t i = 0; i < length; i++) {
            seconds = seconds * 10 + (uint32_t)(rest[i] - '0');
        }
        within.seconds[within.count] = seconds;
        within.count++;
        rest += length;
        goes_on = *rest == ',';
        rest += goes_on ? 1 : 0;
    }
    if (goes_on || *rest != '\0') {
        return error_set(
            err, ERR_INVALID,
            "--within: '%s' is not 1 to %d numbers of seconds like 20,60,120", text,
            WITHIN_MAX);
    }
    *ret_within = within;
    return OK;
}

static enum status parse_value(const struct option *option, const char *text, void *field,
                               struct error *err)
{
    enum language language = LANGUAGE_COUNT;
    switch (option->form) {
    case FORM_TEXT:
        memcpy(field, &text, sizeof(text));
        return OK;
    case FORM_DATE:
        return parse_date(text, field, err);
    case FORM_WITHIN:
        return parse_within(text, field, err);
    case FORM_LANGUAGE:
        language = language_find(text);
        if (language == LANGUAGE_COUNT) {
            return error_set(err, ERR_INVALID, "--language: '%s' is not fr or en", text);
        }
        memcpy(field, &language, sizeof(language));
        return OK;
    case FORM_SEPARATOR:
        if (strcmp(text, "comma") != 0 && strcmp(text, "semicolon") != 0) {
            return error_set(err, ERR_INVALID,
                             "--csv-separator: '%s' is not comma or semicolon", text);
        }
        *(char *)field = text[0] == 'c' ? ',' : ';';
        return OK;
    case FORM_FLAG:
        break;
    }
    *(bool *)field = true;
    return OK;
}

static const struct option *find_option(const char *name)
{
    for (size_t i = 0; i < sizeof(option_table) / sizeof(option_table[0]); i++) {
        if (strcmp(option_table[i].name, name) == 0) {
            return &option_table[i];
        }
    }
    return NULL;
}

enum status report_options_parse(int argc, char **argv,
                                 struct report_options *ret_options, struct error *err)
{
    struct report_options options = {
        .language = LANGUAGE_FR,
        .csv_separator = ',',
        .gather.within = {.count = 3, .seconds = {300, 600, 1200}},
    };
    for (int i = 1; i < argc; i++) {
        const struct option *option = find_option(argv[i]);
        if (!option) {
            return error_set(err, ERR_INVALID, "there is no option '%s'", argv[i]);
        }
        if (option->form != FORM_FLAG && i + 1 == argc) {
            return error_set(err, ERR_INVALID, "a value is missing behind '%s'", argv[i]);
        }
        const char *text = option->form != FORM_FLAG ? argv[++i] : "";
        enum status status =
            parse_value(option, text, (char *)&options + option->offset, err);
        if (status != OK) {
            return status;
        }
    }
    bool only_says = options.wants_help || options.wants_version;
    bool wants_output =
        options.out_dir || options.html || options.pdf || options.csv || options.json;
    if (!only_says && !options.gather.journal) {
        return error_set(err, ERR_INVALID, "--journal FILE must be given");
    }
    if (!only_says && !wants_output) {
        return error_set(err, ERR_INVALID,
                         "one of --out, --html, --pdf, --csv and --json must be given");
    }
    *ret_options = options;
    return OK;
}
