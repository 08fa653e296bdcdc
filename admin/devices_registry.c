/* The list of identities; see devices_registry.h.
 *
 * One thing a line, `key value`:
 *
 *     site prefecture
 *     broker-user mosquitto
 *     pid-file /etc/guichet/broker/run/mosquitto.pid
 *     server-port 1884
 *     loopback-port 1883
 *     listen 8883 192.0.2.10
 *     host broker.prefecture.example
 *     device kiosk hall1 password=$7$101$… place=accueil
 *     device display hall1 certificate=5A0C… until=2036-11-20
 *     revoked 77B1… display-hall2 2026-11-23
 */
#include "admin/devices_registry.h"

#include <assert.h>
#include <string.h>

/* Longest line: a password's hash, a path and the words around them. */
#define LINE_BYTES (PATH_MAX + 64)

/* Words of a line, the key among them. */
#define WORDS_MAX 8

static const struct {
    const char *name;
    enum device_place place;
} kinds[DEVICE_KIND_COUNT] = {
    [DEVICE_SERVER] = {"server", PLACE_NONE},
    [DEVICE_KIOSK] = {"kiosk", PLACE_HALL},
    [DEVICE_COUNTER] = {"counter", PLACE_NONE},
    [DEVICE_DISPLAY] = {"display", PLACE_HALL},
    [DEVICE_BUTTON] = {"button", PLACE_COUNTER},
    [DEVICE_LAMP] = {"lamp", PLACE_COUNTER},
    [DEVICE_SOURCE] = {"source", PLACE_NONE},
    [DEVICE_ADMIN] = {"admin", PLACE_NONE},
    [DEVICE_READER] = {"reader", PLACE_NONE},
    [DEVICE_RECEPTION] = {"reception", PLACE_HALL},
    [DEVICE_SUPERVISOR] = {"supervisor", PLACE_HALL},
};

/* One line taken apart: the words point into it. */
struct line {
    char *words[WORDS_MAX];
    size_t count;
};

const char *device_kind_name(enum device_kind kind)
{
    assert(kind < DEVICE_KIND_COUNT);
    return kinds[kind].name;
}

enum device_kind device_kind_find(const char *name)
{
    for (int i = DEVICE_SERVER + 1; i < DEVICE_KIND_COUNT; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return (enum device_kind)i;
        }
    }
    return DEVICE_KIND_COUNT;
}

enum device_place device_kind_place(enum device_kind kind)
{
    assert(kind < DEVICE_KIND_COUNT);
    return kinds[kind].place;
}

bool device_number_parse(const char *word, int max, int *ret_number)
{
    int number = 0;
    for (const char *digit = word; *digit != '\0'; digit++) {
        if (*digit < '0' || *digit > '9' || number > (max - (*digit - '0')) / 10) {
            return false;
        }
        number = number * 10 + (*digit - '0');
    }
    if (number == 0) {
        return false;
    }
    *ret_number = number;
    return true;
}

void device_identity(const struct registered_device *device,
                     char ret_identity[IDENTITY_BYTES])
{
    struct text text;
    text_init(&text, ret_identity, IDENTITY_BYTES);
    if (device->kind == DEVICE_SERVER) {
        text_add_string(&text, "server");
    } else {
        text_add(&text, "%s-%s", device_kind_name(device->kind), device->id);
    }
    assert(!text.is_cut);
}

struct registered_device *devices_registry_find(struct devices_registry *registry,
                                                enum device_kind kind, const char *id)
{
    for (size_t i = 0; i < registry->device_count; i++) {
        struct registered_device *device = &registry->devices[i];
        if (device->kind == kind && strcmp(device->id, id) == 0) {
            return device;
        }
    }
    return NULL;
}

struct registered_device *devices_registry_add(struct devices_registry *registry,
                                               const struct registered_device *device,
                                               struct error *err)
{
    assert(!devices_registry_find(registry, device->kind, device->id));
    if (registry->device_count == DEVICES_MAX) {
        (void)error_set(err, ERR_LIMIT, "too many devices: at most %d per site",
                        DEVICES_MAX); /* the result says it by NULL */
        return NULL;
    }
    struct registered_device *added = &registry->devices[registry->device_count++];
    *added = *device;
    return added;
}

enum status devices_registry_remove(struct devices_registry *registry,
                                    struct registered_device *device, const char *date,
                                    struct error *err)
{
    assert(device >= registry->devices);
    assert(device < registry->devices + registry->device_count);
    if (device->has_certificate) {
        if (registry->revoked_count == REVOKED_MAX) {
            return error_set(err, ERR_LIMIT,
                             "too many revoked certificates: at most %d per site",
                             REVOKED_MAX);
        }
        struct revoked_certificate *revoked =
            &registry->revoked[registry->revoked_count++];
        device_identity(device, revoked->identity);
        (void)text_copy(revoked->serial, sizeof revoked->serial, device->serial);
        (void)text_copy(revoked->date, sizeof revoked->date,
                        date); /* bounded by its form */
    }
    size_t after = registry->device_count - 1 - (size_t)(device - registry->devices);
    memmove(device, device + 1, after * sizeof *device);
    registry->device_count--;
    return OK;
}

/* Cut `bytes` into words at single spaces, the last one taking whatever is left. */
static void line_split(struct line *line, char *bytes)
{
    line->count = 0;
    while (line->count < WORDS_MAX && *bytes != '\0') {
        line->words[line->count++] = bytes;
        bytes += strcspn(bytes, " ");
        if (*bytes == ' ') {
            *bytes++ = '\0';
        }
    }
}

/* One `name=value` of a device's line. */
static bool field_parse(struct registered_device *device, const char *word)
{
    const struct {
        const char *name;
        char *to;
        size_t capacity;
        bool is_certificate;
    } fields[] = {
        {"password=", device->hash, sizeof device->hash, false},
        {"certificate=", device->serial, sizeof device->serial, true},
        {"until=", device->until, sizeof device->until, true},
        {"place=", device->place, sizeof device->place, device->has_certificate},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        size_t length = strlen(fields[i].name);
        if (strncmp(word, fields[i].name, length) == 0) {
            device->has_certificate = fields[i].is_certificate;
            return word[length] != '\0' &&
                   text_copy(fields[i].to, fields[i].capacity, word + length);
        }
    }
    return false;
}

static bool device_parse(struct devices_registry *registry, const struct line *line)
{
    struct registered_device device = {0};
    if (line->count < 4 || !text_is_id(line->words[2], ID_LENGTH_MAX)) {
        return false;
    }
    bool is_server = strcmp(line->words[1], "server") == 0;
    device.kind = is_server ? DEVICE_SERVER : device_kind_find(line->words[1]);
    (void)text_copy(device.id, sizeof device.id, line->words[2]); /* an id fits */
    for (size_t i = 3; i < line->count; i++) {
        if (!field_parse(&device, line->words[i])) {
            return false;
        }
    }
    bool has_proof =
        device.has_certificate ? device.serial[0] != '\0' : device.hash[0] != '\0';
    bool place_fits = device.place[0] == '\0' || text_is_id(device.place, ID_LENGTH_MAX);
    return device.kind != DEVICE_KIND_COUNT && has_proof && place_fits &&
           !devices_registry_find(registry, device.kind, device.id) &&
           devices_registry_add(registry, &device, NULL);
}

static bool revoked_parse(struct devices_registry *registry, const struct line *line)
{
    if (line->count != 4 || registry->revoked_count == REVOKED_MAX) {
        return false;
    }
    struct revoked_certificate *revoked = &registry->revoked[registry->revoked_count++];
    return text_copy(revoked->serial, sizeof revoked->serial, line->words[1]) &&
           text_copy(revoked->identity, sizeof revoked->identity, line->words[2]) &&
           text_copy(revoked->date, sizeof revoked->date, line->words[3]);
}

static bool listen_parse(struct devices_registry *registry, const struct line *line)
{
    return line->count == 3 &&
           device_number_parse(line->words[1], PORT_MAX, &registry->port) &&
           text_copy(registry->address, sizeof registry->address, line->words[2]);
}

static bool line_parse(struct devices_registry *registry, char *bytes)
{
    if (strncmp(bytes, "pid-file ", 9) == 0) { /* a path may hold spaces */
        return text_copy(registry->pid_file, sizeof registry->pid_file, bytes + 9);
    }
    struct line line;
    line_split(&line, bytes);
    if (line.count < 2) {
        return false;
    }
    const char *key = line.words[0];
    const char *value = line.words[1];
    if (strcmp(key, "device") == 0) {
        return device_parse(registry, &line);
    }
    if (strcmp(key, "revoked") == 0) {
        return revoked_parse(registry, &line);
    }
    if (strcmp(key, "listen") == 0) {
        return listen_parse(registry, &line);
    }
    if (strcmp(key, "server-port") == 0) {
        return device_number_parse(value, PORT_MAX, &registry->server_port);
    }
    if (strcmp(key, "loopback-port") == 0) {
        return device_number_parse(value, PORT_MAX, &registry->loopback_port);
    }
    if (strcmp(key, "site") == 0) {
        return text_is_id(value, ID_LENGTH_MAX) &&
               text_copy(registry->site, sizeof registry->site, value);
    }
    if (strcmp(key, "broker-user") == 0) {
        return text_copy(registry->broker_user, sizeof registry->broker_user, value);
    }
    if (strcmp(key, "host") == 0) {
        return text_copy(registry->host, sizeof registry->host, value);
    }
    return false;
}

enum status devices_registry_parse(struct devices_registry *ret_registry,
                                   const char *content, const char *path,
                                   struct error *err)
{
    *ret_registry = (struct devices_registry){0};
    size_t number = 0;
    while (*content != '\0') {
        number++;
        char line[LINE_BYTES];
        size_t length = strcspn(content, "\n");
        if (length >= sizeof line) {
            return error_set(err, ERR_CORRUPT, "%s:%zu: the line is too long", path,
                             number);
        }
        memcpy(line, content, length);
        line[length] = '\0';
        content += length;
        content += *content == '\n';
        if (length > 0 && line[0] != '#' && !line_parse(ret_registry, line)) {
            return error_set(err, ERR_CORRUPT, "%s:%zu: the line is not understood", path,
                             number);
        }
    }
    if (ret_registry->site[0] == '\0' || ret_registry->broker_user[0] == '\0' ||
        ret_registry->pid_file[0] == '\0' || ret_registry->server_port == 0 ||
        ret_registry->loopback_port == 0) {
        return error_set(err, ERR_CORRUPT, "%s: the file is not complete", path);
    }
    return OK;
}

void devices_registry_write(const struct devices_registry *registry, struct text *text)
{
    text_add_string(text,
                    "# Written by 'guichet devices', which makes the broker's files "
                    "from it. Not for editing.\n");
    text_add(text, "site %s\nbroker-user %s\npid-file %s\nserver-port %d\n",
             registry->site, registry->broker_user, registry->pid_file,
             registry->server_port);
    text_add(text, "loopback-port %d\n", registry->loopback_port);
    if (registry->address[0] != '\0') {
        text_add(text, "listen %d %s\n", registry->port, registry->address);
    }
    if (registry->host[0] != '\0') {
        text_add(text, "host %s\n", registry->host);
    }
    for (size_t i = 0; i < registry->device_count; i++) {
        const struct registered_device *device = &registry->devices[i];
        text_add(text, "device %s %s", device_kind_name(device->kind), device->id);
        if (device->has_certificate) {
            text_add(text, " certificate=%s until=%s", device->serial, device->until);
        } else {
            text_add(text, " password=%s", device->hash);
        }
        if (device->place[0] != '\0') {
            text_add(text, " place=%s", device->place);
        }
        text_add_string(text, "\n");
    }
    for (size_t i = 0; i < registry->revoked_count; i++) {
        const struct revoked_certificate *revoked = &registry->revoked[i];
        text_add(text, "revoked %s %s %s\n", revoked->serial, revoked->identity,
                 revoked->date);
    }
}
