/* The tables of the programs' files; see program_config.h. */
#include "runtime/program_config.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/clock.h"
#include "runtime/instant.h"

/* What is read, and by whom. */
struct program_draft {
    struct program_config config;
    enum program program;
};

static_assert(sizeof(enum language) == sizeof(uint32_t) &&
                  sizeof(enum clock_mode) == sizeof(uint32_t),
              "config_choice stores an enum");

/* In the order of enum language. */
static const char *const language_choices[] = {"fr", "en", NULL};

/* In the order of enum clock_mode, without the clock of a replay. */
static const char *const clock_choices[] = {"real", "scaled", "stepped", NULL};

/* Kinds of identities that a program may have; the end is NULL. */
static const char *const program_kinds[][5] = {
    [PROGRAM_SERVER] = {"server"},
    [PROGRAM_KIOSK] = {"kiosk"},
    [PROGRAM_DISPLAY] = {"display"},
    [PROGRAM_COUNTER] = {"counter", "button", "reception", "supervisor"},
    [PROGRAM_ADMIN] = {"admin"},
};
static_assert(sizeof(program_kinds) / sizeof(program_kinds[0]) == PROGRAM_COUNT,
              "every program has its kinds");

/* An RFC 3339 time; empty is 0. */
static enum status parse_instant(const struct config_value *value, void *ret_field,
                                 struct error *err)
{
    int64_t at_ms = 0;
    if (value->text[0] != '\0' &&
        (instant_parse(value->text, &at_ms, NULL) != OK || at_ms <= 0)) {
        return error_set(err, ERR_INVALID,
                         "'%s' is not a time like 2026-11-23T08:15:00+01:00",
                         value->text);
    }
    memcpy(ret_field, &at_ms, sizeof(at_ms));
    return OK;
}

static const struct config_type instant_type = {"time like `2026-11-23T08:15:00+01:00`",
                                                parse_instant};

/* Takes the identity apart: "kiosk-hall1" is device hall1 of kind kiosk. */
static bool split_identity(struct broker_config *broker, const char *kind)
{
    size_t length = strlen(kind);
    if (strncmp(broker->identity, kind, length) != 0) {
        return false;
    }
    const char *rest = broker->identity + length;
    bool has_id = rest[0] == '-' && text_is_id(rest + 1, ID_LENGTH_MAX);
    bool needs_id = strcmp(kind, "server") != 0;
    if (needs_id ? !has_id : rest[0] != '\0') {
        return false;
    }
    (void)text_copy(broker->kind, sizeof(broker->kind), kind); /* kinds are short */
    (void)text_copy(broker->id, sizeof(broker->id), needs_id ? rest + 1 : "");
    return true;
}

static void finish_broker(const struct config_scope *scope, void *root, void *object)
{
    const struct program_draft *draft = root;
    struct broker_config *broker = &((struct program_config *)object)->broker;
    bool is_ours = false;
    for (size_t i = 0; i < 5 && program_kinds[draft->program][i] && !is_ours; i++) {
        is_ours = split_identity(broker, program_kinds[draft->program][i]);
    }
    if (!is_ours) {
        config_scope_add(scope, CONFIG_ERROR, "identity",
                         "'%s' is not an identity of this program, such as '%s'",
                         broker->identity,
                         draft->program == PROGRAM_SERVER    ? "server"
                         : draft->program == PROGRAM_KIOSK   ? "kiosk-hall1"
                         : draft->program == PROGRAM_DISPLAY ? "display-hall1"
                         : draft->program == PROGRAM_COUNTER ? "counter-3"
                                                             : "admin-office");
    }
    bool has_certificate = broker->certificate_file[0] != '\0';
    bool has_key = broker->key_file[0] != '\0';
    if (has_certificate != has_key) {
        config_scope_add(scope, CONFIG_ERROR, has_key ? "key_file" : "certificate_file",
                         "a certificate and its key go together");
    }
    if (has_certificate && broker->ca_file[0] == '\0') {
        config_scope_add(scope, CONFIG_ERROR, "ca_file",
                         "a certificate needs the site's authority");
    }
    if (!has_certificate && broker->secret_file[0] == '\0') {
        config_scope_add(scope, CONFIG_ERROR, "secret_file",
                         "neither a secret nor a certificate is given");
    }
}

static void finish_device(const struct config_scope *scope, void *root, void *object)
{
    (void)root;
    struct program_config *config = object;
    char *directory = config->device.state_directory;
    if (directory[0] == '\0') {
        struct text text;
        text_init(&text, directory, sizeof(config->device.state_directory));
        text_add(&text, "/var/lib/guichet/%s", config->broker.identity);
        if (config->broker.identity[0] == '\0') {
            config_scope_add(scope, CONFIG_ERROR, "state_directory",
                             "the key is missing: there is no identity to name it by");
        }
    }
}

static void finish_button(const struct config_scope *scope, void *root, void *object)
{
    (void)root;
    const struct program_config *config = object;
    if (strcmp(config->broker.kind, "button") != 0) {
        return;
    }
    if (config->button.device[0] == '\0') {
        config_scope_add(scope, CONFIG_ERROR, "device",
                         "the key is missing: a button is read from a device");
    }
    if (config->button.counter[0] == '\0') {
        config_scope_add(scope, CONFIG_ERROR, "counter",
                         "the key is missing: a button works for a counter");
    }
}

static void finish_clock(const struct config_scope *scope, void *root, void *object)
{
    (void)root;
    const struct server_config *server = &((struct program_config *)object)->server;
    if (server->clock_mode != CLOCK_SCALED && server->clock_factor != 1) {
        config_scope_add(scope, CONFIG_ERROR, "factor",
                         "only a scaled clock runs at another pace");
    }
    if (server->clock_mode == CLOCK_REAL && server->clock_start_ms != 0) {
        config_scope_add(scope, CONFIG_ERROR, "start",
                         "a real clock does not begin at another time");
    }
    if (server->clock_mode != CLOCK_REAL) {
        config_scope_add(scope, CONFIG_WARNING, "mode",
                         "office time is not real; reports of these days say so");
    }
}

static void *add_config(void *root, const char *id, struct error *err)
{
    (void)id;
    (void)err;
    return &((struct program_draft *)root)->config;
}

/* Sections, each written once and put together per program. */
#define SECTION_BROKER                                                                   \
    {                                                                                    \
        .name = "broker", .is_required = true,                                           \
        .help = "How to reach the broker: the lines that `guichet devices add` writes.", \
        .add = add_config, .finish = finish_broker                                       \
    }
#define SECTION_DEVICE                                                                   \
    {                                                                                    \
        .name = "device", .help = "The machine that the program runs on.",               \
        .add = add_config, .finish = finish_device                                       \
    }
#define SECTION_SCREEN                                                                   \
    {                                                                                    \
        .name = "screen", .help = "The screen that it draws on.", .add = add_config      \
    }

static const struct config_section server_sections[] = {
    SECTION_BROKER,
    {.name = "server", .help = "Files of the server.", .add = add_config},
    {.name = "clock",
     .help = "Office time. Any mode but real is for demonstrations and tests; it is "
             "recorded and stands on the reports.",
     .add = add_config,
     .finish = finish_clock},
};
static const struct config_section kiosk_sections[] = {
    SECTION_BROKER,
    SECTION_DEVICE,
    SECTION_SCREEN,
    {.name = "printer", .help = "The ticket printer.", .add = add_config},
    {.name = "kiosk", .help = "How the kiosk behaves.", .add = add_config},
};
static const struct config_section display_sections[] = {
    SECTION_BROKER,
    SECTION_DEVICE,
    SECTION_SCREEN,
    {.name = "sound", .help = "The chime of a call.", .add = add_config},
};
static const struct config_section counter_sections[] = {
    SECTION_BROKER,
    SECTION_DEVICE,
    SECTION_SCREEN,
    {.name = "printer",
     .help = "The ticket printer of a reception or a supervisor.",
     .add = add_config},
    {.name = "button",
     .help = "The hardware call button, for an identity of kind `button`.",
     .add = add_config,
     .finish = finish_button},
};
static const struct config_section admin_sections[] = {SECTION_BROKER};

/* Offset and size of a member of struct program_config. */
#define FIELD(member)                                                                    \
    offsetof(struct program_config, member),                                             \
        sizeof(((struct program_config *)NULL)->member)

static const struct config_key keys[] = {
    {"broker", "site", &config_id, FIELD(broker.site), 1, 0, NULL, NULL,
     "The site in topics."},
    {"broker", "identity", &config_id, FIELD(broker.identity), 1, 0, NULL, NULL,
     "Client id and user name: kind and id, such as `kiosk-hall1`; the server's is "
     "`server`."},
    {"broker", "host", &config_text, FIELD(broker.host), 1, 0, NULL, "127.0.0.1",
     "Name or address of the broker."},
    {"broker", "port", &config_number, FIELD(broker.port), 1, 65535, NULL, "1883",
     "Its port."},
    {"broker", "secret_file", &config_path, FIELD(broker.secret_file), 0, 0, NULL, "",
     "File with the secret, for a device without a certificate."},
    {"broker", "ca_file", &config_path, FIELD(broker.ca_file), 0, 0, NULL, "",
     "Certificate of the site's own authority; with it the connection is TLS."},
    {"broker", "certificate_file", &config_path, FIELD(broker.certificate_file), 0, 0,
     NULL, "", "The device's certificate."},
    {"broker", "key_file", &config_path, FIELD(broker.key_file), 0, 0, NULL, "",
     "The key of the certificate."},

    {"server", "site_file", &config_path, FIELD(server.site_file), 1, 0, NULL,
     "/etc/guichet/site.conf", "The site's configuration."},
    {"server", "agents_file", &config_path, FIELD(server.agents_file), 0, 0, NULL, "",
     "Who may sign in at counters, as `guichet agents` writes it; nobody where empty."},
    {"server", "journal", &config_path, FIELD(server.journal), 1, 0, NULL,
     "/var/lib/guichet/journal.db", "The record, an SQLite file."},
    {"server", "reserve_mib", &config_number, FIELD(server.reserve_mib), 0, 4096, NULL,
     "64", "Room kept on the journal's disk, so that a full disk does not stop the day."},
    {"clock", "mode", &config_choice, FIELD(server.clock_mode), 0, 0, clock_choices,
     "real", "How office time runs."},
    {"clock", "factor", &config_number, FIELD(server.clock_factor), 1, CLOCK_FACTOR_MAX,
     NULL, "1", "Office seconds per second of a scaled clock."},
    {"clock", "start", &instant_type, FIELD(server.clock_start_ms), 0, 0, NULL, "",
     "Office time at the first start of a scaled or stepped clock; now where empty."},

    {"device", "state_directory", &config_path, FIELD(device.state_directory), 0, 0, NULL,
     "", "Where the program keeps its state; `/var/lib/guichet/IDENTITY` where empty."},
    {"device", "assets_directory", &config_path, FIELD(device.assets_directory), 0, 0,
     NULL, "", "Fonts, sounds and translations; where they were installed where empty."},
    {"device", "language", &config_choice, FIELD(device.language), 0, 0, language_choices,
     "fr", "The language shown first."},
    {"screen", "full_screen", &config_yes_no, FIELD(screen.full_screen), 0, 0, NULL,
     "yes", "Whether the program takes the whole screen."},
    {"screen", "width_px", &config_number, FIELD(screen.width_px), 0, 16384, NULL, "0",
     "Width of the window; 0 is the program's own size."},
    {"screen", "height_px", &config_number, FIELD(screen.height_px), 0, 16384, NULL, "0",
     "Height of the window; 0 is the program's own size."},
    {"screen", "output", &config_number, FIELD(screen.output), 0, 15, NULL, "0",
     "Which of several screens, counted from 0."},
    {"screen", "width_mm", &config_number, FIELD(screen.width_mm), 0, 10000, NULL, "0",
     "Width of the visible picture; 0 is not known. With it sizes of text and buttons "
     "are "
     "checked."},
    {"screen", "distance_mm", &config_number, FIELD(screen.distance_mm), 0, 100000, NULL,
     "0", "From how far it is read; 0 is not known."},
    {"screen", "high_contrast", &config_yes_no, FIELD(screen.is_high_contrast), 0, 0,
     NULL, "no", "Whether it starts in the theme of high contrast."},
    {"sound", "on", &config_yes_no, FIELD(sound.is_on), 0, 0, NULL, "yes",
     "Whether calls are heard."},
    {"sound", "volume_percent", &config_number, FIELD(sound.volume_percent), 0, 100, NULL,
     "80", "How loud."},
    {"sound", "apart_ms", &config_number, FIELD(sound.apart_ms), 100, 10000, NULL, "1600",
     "Least time from one announcement to the next, also where nothing is heard; a chime "
     "is never cut short."},
    {"printer", "queue", &config_text, FIELD(printer.queue), 0, 0, NULL, "",
     "The queue of CUPS; without one tickets are shown and not printed."},
    {"printer", "server", &config_text, FIELD(printer.server), 0, 0, NULL, "",
     "Host and port, or socket, of CUPS; the machine's own where empty."},
    {"printer", "slip_width_mm", &config_number, FIELD(printer.slip_width_mm), 58, 112,
     NULL, "80", "Width of the paper."},
    {"kiosk", "idle_s", &config_number, FIELD(kiosk.idle_s), 60, 600, NULL, "60",
     "Back to the first page when nobody has touched it for this long."},
    {"kiosk", "same_person_s", &config_number, FIELD(kiosk.same_person_s), 0, 120, NULL,
     "10", "A ticket this soon after another one asks first: another ticket?"},
    {"button", "device", &config_path, FIELD(button.device), 0, 0, NULL, "",
     "The input device, such as `/dev/input/by-id/...-event-kbd`."},
    {"button", "counter", &config_id, FIELD(button.counter), 0, 0, NULL, "",
     "The counter that it works for, as in site.conf."},
};
#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))
#define SECTIONS(list)                                                                   \
    .sections = (list), .section_count = sizeof(list) / sizeof((list)[0]), .keys = keys, \
    .key_count = KEY_COUNT

static const struct config_schema schemas[] = {
    [PROGRAM_SERVER] = {.title = "server.conf",
                        .help = "For guichet-server.",
                        SECTIONS(server_sections)},
    [PROGRAM_KIOSK] = {.title = "kiosk.conf",
                       .help = "For guichet-kiosk.",
                       SECTIONS(kiosk_sections)},
    [PROGRAM_DISPLAY] = {.title = "display.conf",
                         .help = "For guichet-display.",
                         SECTIONS(display_sections)},
    [PROGRAM_COUNTER] =
        {.title = "counter.conf",
         .help = "For guichet-counter: the window of a counter, a reception or a "
                 "supervisor, as the identity says, or the hardware button.",
         SECTIONS(counter_sections)},
    [PROGRAM_ADMIN] = {.title = "admin.conf",
                       .help = "For guichet, for its verbs that ask the server.",
                       SECTIONS(admin_sections)},
};
static_assert(sizeof(schemas) / sizeof(schemas[0]) == PROGRAM_COUNT,
              "every program has a file");

const struct config_schema *program_config_schema(enum program program)
{
    assert(program < PROGRAM_COUNT);
    return &schemas[program];
}

enum status program_config_load(enum program program, const char *path,
                                struct program_config *ret_config,
                                struct config_errors *errors)
{
    assert(path && ret_config && errors);
    struct program_draft draft = {.program = program};
    enum status status =
        config_load(program_config_schema(program), path, &draft, errors);
    if (status == OK) {
        *ret_config = draft.config;
    }
    return status;
}

enum status program_config_parse(enum program program, const char *name,
                                 const char *bytes, size_t length,
                                 struct program_config *ret_config,
                                 struct config_errors *errors)
{
    assert(name && bytes && ret_config && errors);
    struct program_draft draft = {.program = program};
    enum status status =
        config_parse(program_config_schema(program), name, bytes, length, &draft, errors);
    if (status == OK) {
        *ret_config = draft.config;
    }
    return status;
}

enum status program_config_read_secret(const char *path, char *ret_secret,
                                       size_t capacity, struct error *err)
{
    assert(path && ret_secret && capacity >= 2);
    char line[1024] = "";
    FILE *file = fopen(path, "re");
    if (!file) {
        return error_set(err, ERR_IO, "cannot open secret file '%s': %s", path,
                         strerror(errno));
    }
    bool is_read = fgets(line, sizeof(line), file) != NULL;
    (void)fclose(file); /* only read */
    size_t length = strcspn(line, "\r\n");
    line[length] = '\0';
    if (!is_read || length == 0) {
        return error_set(err, ERR_INVALID, "secret file '%s' is empty", path);
    }
    if (length >= capacity) {
        return error_set(err, ERR_INVALID, "the secret in '%s' is longer than %zu bytes",
                         path, capacity - 1);
    }
    memcpy(ret_secret, line, length + 1);
    return OK;
}
