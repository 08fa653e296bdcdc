/* The broker's files from the registry; see devices_generate.h. */
#include "admin/devices_generate.h"

#include <string.h>

#include "broker-config/templates.h"

/* One word of a template, "@name@", and what stands for it. */
struct replacement {
    const char *name;
    const char *value;
};

/* Append `length` bytes of a template, each "@name@" replaced. A name that is not in the
 * table stays as it is. */
static void expand(struct text *text, const char *from, size_t length,
                   const struct replacement *table, size_t count)
{
    const char *end = from + length;
    while (from < end) {
        const struct replacement *found = NULL;
        for (size_t i = 0; i < count && !found; i++) {
            if (strncmp(from, table[i].name, strlen(table[i].name)) == 0) {
                found = &table[i];
            }
        }
        if (found) {
            text_add_string(text, found->value);
            from += strlen(found->name);
        } else {
            size_t plain = 1 + strcspn(from + 1, "@");
            if (plain > (size_t)(end - from)) {
                plain = (size_t)(end - from);
            }
            text_add(text, "%.*s", (int)plain, from);
            from += plain;
        }
    }
}

void devices_generate_conf(const struct devices_registry *registry, const char *folder,
                           struct text *text)
{
    char numbers[3][12];
    const int ports[3] = {registry->server_port, registry->loopback_port, registry->port};
    for (size_t i = 0; i < 3; i++) {
        struct text number;
        text_init(&number, numbers[i], sizeof numbers[i]);
        text_add(&number, "%d", ports[i]);
    }
    const struct replacement table[] = {
        {"@site@", registry->site},
        {"@dir@", folder},
        {"@user@", registry->broker_user},
        {"@pid_file@", registry->pid_file},
        {"@server_port@", numbers[0]},
        {"@loopback_port@", numbers[1]},
        {"@port@", numbers[2]},
        {"@address@", registry->address},
    };
    const size_t count = sizeof table / sizeof table[0];
    expand(text, template_mosquitto_conf, strlen(template_mosquitto_conf), table, count);
    if (registry->address[0] != '\0') {
        expand(text, template_listener_tls, strlen(template_listener_tls), table, count);
    }
}

/* The lines of section "[kind]" of the template of rights, without the blank line and the
 * next section behind them. NULL when there is no such section. */
static const char *section_find(const char *kind, size_t *ret_length)
{
    const char *line = template_acl;
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        const char *next = line + length + (line[length] == '\n');
        if (length == strlen(kind) + 2 && line[0] == '[' && line[length - 1] == ']' &&
            strncmp(line + 1, kind, length - 2) == 0) {
            const char *end = next;
            while (*end != '\0' && *end != '\n' && *end != '[') {
                end += strcspn(end, "\n");
                end += *end == '\n';
            }
            *ret_length = (size_t)(end - next);
            return next;
        }
        line = next;
    }
    return NULL;
}

enum status devices_generate_acl(const struct devices_registry *registry,
                                 struct text *text, struct error *err)
{
    text_add_string(text, "# Written by 'guichet devices': one block per device.\n");
    for (size_t i = 0; i < registry->device_count; i++) {
        const struct registered_device *device = &registry->devices[i];
        const char *kind = device_kind_name(device->kind);
        size_t length = 0;
        const char *section = section_find(kind, &length);
        if (!section) {
            return error_set(err, ERR_NOT_FOUND, "no rights are written for kind '%s'",
                             kind);
        }
        char identity[IDENTITY_BYTES];
        device_identity(device, identity);
        const struct replacement table[] = {
            {"@site@", registry->site},
            {"@id@", device->id},
            {"@counter@", device->place},
            {"@hall@", device->place[0] != '\0' ? device->place : "+"},
        };
        text_add(text, "\nuser %s\n", identity);
        expand(text, section, length, table, sizeof table / sizeof table[0]);
    }
    return OK;
}

void devices_generate_passwords(const struct devices_registry *registry,
                                struct text *text)
{
    for (size_t i = 0; i < registry->device_count; i++) {
        const struct registered_device *device = &registry->devices[i];
        if (!device->has_certificate) {
            char identity[IDENTITY_BYTES];
            device_identity(device, identity);
            text_add(text, "%s:%s\n", identity, device->hash);
        }
    }
}

void devices_generate_link(const struct devices_registry *registry,
                           const struct registered_device *device, const char *folder,
                           struct text *text)
{
    char identity[IDENTITY_BYTES];
    device_identity(device, identity);
    text_add(text, "[broker]\nsite = %s\nidentity = %s\n", registry->site, identity);
    if (device->has_certificate) {
        const char *host = registry->host[0] != '\0' ? registry->host : registry->address;
        text_add(text, "host = %s\nport = %d\n", host, registry->port);
        text_add(text, "ca_file = " DEVICE_DIR "/ca.crt\n");
        text_add(text, "certificate_file = " DEVICE_DIR "/%s.crt\n", identity);
        text_add(text, "key_file = " DEVICE_DIR "/%s.key\n", identity);
    } else {
        text_add(text, "host = 127.0.0.1\nport = %d\n",
                 device->kind == DEVICE_SERVER ? registry->server_port
                                               : registry->loopback_port);
        text_add(text, "secret_file = %s/devices/%s.secret\n", folder, identity);
    }
}
