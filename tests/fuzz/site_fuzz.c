/* site.conf and the programs' files. A site that is taken keeps the rules of
 * site_check(); a file that is refused says why. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "runtime/program_config.h"
#include "runtime/site_config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    struct site *site = calloc(1, sizeof(*site));
    struct config_errors *errors = config_errors_create();
    if (site && errors) {
        enum status status = site_config_parse("site.conf", bytes, size, site, errors);
        if ((status == OK) != (config_errors_count(errors) == 0) ||
            (status == OK && site_check(site, NULL) != OK)) {
            abort();
        }
    }
    for (int i = 0; i < PROGRAM_COUNT && errors; i++) {
        struct program_config config;
        (void)program_config_parse((enum program)i, "x.conf", bytes, size, &config,
                                   errors);
    }
    config_errors_destroy(errors);
    free(site);
    return 0;
}
