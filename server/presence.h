/* Remembers what devices say of themselves, for the administrator's `status`. */
#ifndef GUICHET_SERVER_PRESENCE_H
#define GUICHET_SERVER_PRESENCE_H

#include <stdint.h>

#include "core/site.h"
#include "runtime/documents.h"

/* A device that was silent for this long is gone. */
#define PRESENCE_GONE_AFTER_MS 6000

struct presence_entry {
    char kind[12];
    char id[ID_LENGTH_MAX + 1];
    struct status_document status;
    int64_t seen_at_ms; /* machine time */
};

struct presence {
    uint32_t count;
    struct presence_entry entries[STATUS_DEVICES_MAX];
};

/* Take a status message of device `kind` `id` that came at machine time `now_ms`. A
 * message that cannot be read, or a device too many, is left out. */
void presence_note(struct presence *presence, const char *kind, const char *id,
                   const char *bytes, size_t length, int64_t now_ms);

/* List every device that was seen, as of machine time `now_ms`. */
void presence_list(const struct presence *presence, int64_t now_ms,
                   struct server_status *ret_status);

#endif
