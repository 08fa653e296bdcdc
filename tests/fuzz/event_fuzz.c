/* Rows of a journal: the first byte is the kind of the event, the rest its body. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "journal/event_body.h"
#include "runtime/site_config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The site that bodies name things of. */
static const char site_text[] =
    "[site]\nid = s\nname.fr = S\n[hall main]\nname.fr = H\n"
    "[service a]\nletter = A\nname.fr = A\n[service b]\nletter = B\nname.fr = B\n"
    "[class c]\nname.fr = C\nhead_start_minutes = 5\n[counter 1]\n[counter 2]\n[kiosk "
    "k]\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct site *site = calloc(2, sizeof(*site));
    struct config_errors *errors = config_errors_create();
    if (size < 1 || !site || !errors ||
        site_config_parse("s", site_text, sizeof(site_text) - 1, &site[0], errors) !=
            OK) {
        config_errors_destroy(errors);
        free(site);
        return 0;
    }
    enum event_kind kind = (enum event_kind)(data[0] % EVENT_KIND_COUNT);
    struct event_row row = {
        .seq = 7,
        .at_ms = INT64_C(1795426930000),
        .taken_at_ms = INT64_C(1795426930000),
        .kind = event_kind_name(kind),
        .version = event_kind_version(kind),
        .body = (const char *)data + 1,
        .body_length = size - 1,
    };
    struct event event;
    struct error err = {.status = OK};
    enum status status = event_body_decode(&row, &site[0], &site[1], &event, &err);
    if (status == OK ? event.kind != kind : err.text[0] == '\0') {
        abort();
    }
    config_errors_destroy(errors);
    free(site);
    return 0;
}
