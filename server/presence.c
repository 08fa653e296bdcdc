/* Presence of devices; see presence.h. */
#include "server/presence.h"

#include <string.h>

#include "core/text.h"
#include "runtime/codec_presence.h"

static struct presence_entry *find_or_add(struct presence *presence, const char *kind,
                                          const char *id)
{
    for (uint32_t i = 0; i < presence->count; i++) {
        struct presence_entry *entry = &presence->entries[i];
        if (strcmp(entry->kind, kind) == 0 && strcmp(entry->id, id) == 0) {
            return entry;
        }
    }
    if (presence->count == STATUS_DEVICES_MAX) {
        return NULL;
    }
    struct presence_entry *entry = &presence->entries[presence->count];
    bool fits = text_copy(entry->kind, sizeof(entry->kind), kind) &&
                text_copy(entry->id, sizeof(entry->id), id);
    if (!fits) {
        return NULL;
    }
    presence->count++;
    return entry;
}

void presence_note(struct presence *presence, const char *kind, const char *id,
                   const char *bytes, size_t length, int64_t now_ms)
{
    struct status_document status;
    struct error err;
    if (status_decode(bytes, length, &status, &err) != OK) {
        return;
    }
    struct presence_entry *entry = find_or_add(presence, kind, id);
    if (!entry) {
        return;
    }
    if (status.is_online) {
        entry->status = status;
    } else {
        entry->status.is_online = false; /* what it last said of itself stays */
    }
    entry->seen_at_ms = now_ms;
}

void presence_list(const struct presence *presence, int64_t now_ms,
                   struct server_status *ret_status)
{
    ret_status->device_count = presence->count;
    for (uint32_t i = 0; i < presence->count; i++) {
        const struct presence_entry *entry = &presence->entries[i];
        struct device_presence *device = &ret_status->devices[i];
        memset(device, 0, sizeof(*device));
        /* The same sizes on both sides. */
        (void)text_copy(device->kind, sizeof(device->kind), entry->kind);
        (void)text_copy(device->id, sizeof(device->id), entry->id);
        (void)text_copy(device->version, sizeof(device->version), entry->status.version);
        device->age_ms = now_ms - entry->seen_at_ms;
        device->is_online =
            entry->status.is_online && device->age_ms <= PRESENCE_GONE_AFTER_MS;
        if (entry->status.has_printer) {
            (void)text_copy(device->printer, sizeof(device->printer),
                            printer_health_name(entry->status.printer));
            (void)text_copy(device->paper, sizeof(device->paper),
                            paper_level_name(entry->status.paper));
        }
    }
}
