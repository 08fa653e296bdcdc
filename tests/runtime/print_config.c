/* Prints docs/configuration.md from the tables. The test `configuration_document`
 * compares; after a change of a table run: print_config > docs/configuration.md */
#include <stdio.h>

#include "runtime/program_config.h"
#include "runtime/site_config.h"

static const char head[] =
    "# Configuration\n"
    "\n"
    "One INI file per program in `/etc/guichet/`, and `site.conf` for the office. This "
    "page is\n"
    "made from the same tables as the programs' parsers; `--print-config` prints them as "
    "a\n"
    "file to fill in. `assets/sample-site/` has a whole office to start from.\n"
    "\n"
    "- Lines are `key = value` under a `[section]`; `#` or `;` at the start of a line "
    "begins a\n"
    "  comment, anywhere else it is text. Files are UTF-8.\n"
    "- An unknown section or key, a key given twice, and a value out of range are "
    "errors. All\n"
    "  errors are listed with file, line, section and key, and the program exits 2:\n"
    "  `site.conf:12: [service a] standard_minutes: '15m' is not a number`.\n"
    "- Warnings are listed and the file is taken: a letter that reads like a digit, a "
    "colour\n"
    "  on which white is hard to read, a service without a counter, French with one "
    "other\n"
    "  language only.\n"
    "- `guichet-kiosk`, `guichet-display` and `guichet-counter` start again with their "
    "file "
    "on SIGHUP\n"
    "  (the kiosk when nobody is there); a file with errors leaves the old one in force "
    "and "
    "says so.\n"
    "- `guichet-server` reads `site.conf` again on SIGHUP; a file with errors, or one "
    "that\n"
    "  would orphan waiting people, leaves the old one in force and says so.\n"
    "- What devices get of `site.conf` must fit one message of 64,000 bytes; a larger "
    "site is\n"
    "  refused.\n"
    "\n";

int main(void)
{
    (void)fputs(head, stdout); /* the comparison sees a short output */
    config_print(site_config_schema(), CONFIG_PRINT_MARKDOWN, stdout);
    for (int i = 0; i < PROGRAM_COUNT; i++) {
        (void)fputc('\n', stdout);
        config_print(program_config_schema((enum program)i), CONFIG_PRINT_MARKDOWN,
                     stdout);
    }
    return ferror(stdout) != 0;
}
