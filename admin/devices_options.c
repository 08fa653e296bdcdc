/* The command line of `guichet devices`; see devices_options.h. */
#include "admin/devices_options.h"

#include <arpa/inet.h>
#include <limits.h>
#include <string.h>

#define DEFAULT_DIR "/etc/guichet/broker"

#define BIT(action) (1U << (unsigned)(action))
#define EVERY       (BIT(ACTION_INIT) | BIT(ACTION_ADD) | BIT(ACTION_REMOVE) | BIT(ACTION_LIST))
#define CHANGING    (BIT(ACTION_INIT) | BIT(ACTION_ADD) | BIT(ACTION_REMOVE))

/* What is written behind an option. */
enum option_form {
    FORM_NOTHING,
    FORM_TEXT,
    FORM_ID,
    FORM_PORT,
    FORM_PID,
    FORM_LISTEN,
    FORM_HOST,
    FORM_COUNT
};

static const struct option {
    const char *name;
    unsigned actions; /* bits of the actions it belongs to */
    enum option_form form;
    size_t offset; /* into struct devices_options */
} option_table[] = {
    {"--dir", EVERY, FORM_TEXT, offsetof(struct devices_options, dir)},
    {"--site", BIT(ACTION_INIT), FORM_ID, offsetof(struct devices_options, site)},
    {"--listen", BIT(ACTION_INIT), FORM_LISTEN, 0},
    {"--host", BIT(ACTION_INIT), FORM_HOST, offsetof(struct devices_options, host)},
    {"--server-port", BIT(ACTION_INIT), FORM_PORT,
     offsetof(struct devices_options, server_port)},
    {"--loopback-port", BIT(ACTION_INIT), FORM_PORT,
     offsetof(struct devices_options, loopback_port)},
    {"--broker-user", BIT(ACTION_INIT), FORM_TEXT,
     offsetof(struct devices_options, broker_user)},
    {"--pid-file", BIT(ACTION_INIT), FORM_TEXT,
     offsetof(struct devices_options, pid_file)},
    {"--counter", BIT(ACTION_ADD), FORM_ID, offsetof(struct devices_options, place)},
    {"--hall", BIT(ACTION_ADD), FORM_ID, offsetof(struct devices_options, place)},
    {"--certificate", BIT(ACTION_ADD), FORM_NOTHING,
     offsetof(struct devices_options, wants_certificate)},
    {"--broker-pid", CHANGING, FORM_PID, offsetof(struct devices_options, broker_pid)},
};

static const char *const action_names[ACTION_COUNT] = {
    [ACTION_INIT] = "init", [ACTION_ADD] = "add",     [ACTION_REMOVE] = "remove",
    [ACTION_LIST] = "list", [ACTION_HELP] = "--help",
};

const char devices_help[] =
    "usage: guichet devices init --site SITE [--listen ADDRESS:PORT [--host NAME]]\n"
    "                       [--server-port N] [--loopback-port N]\n"
    "                       [--broker-user ACCOUNT] [--pid-file PATH]\n"
    "       guichet devices add KIND ID [--hall HALL | --counter COUNTER] "
    "[--certificate]\n"
    "       guichet devices remove KIND ID\n"
    "       guichet devices list\n"
    "\n"
    "init    writes the broker's configuration and makes the server's identity; again, "
    "it\n"
    "        changes what is named and keeps the rest\n"
    "add     makes the identity KIND-ID and its secret or, with --certificate, its key "
    "and\n"
    "        certificate\n"
    "remove  takes every right away at once and ends the device's connection\n"
    "list    shows the identities\n"
    "\n"
    "KIND is one of kiosk, counter, reception, supervisor, display, button, lamp, "
    "source,\n"
    "admin, reader. A button and a lamp belong to a --counter; a kiosk, a display, a\n"
    "reception and a supervisor may belong to a --hall, and see every hall otherwise.\n"
    "\n"
    "  --dir DIR         the broker's folder (default " DEFAULT_DIR ")\n"
    "  --listen          the hall's listener: TLS with device certificates; "
    "[ADDRESS]:PORT\n"
    "                    for IPv6\n"
    "  --host NAME       the name by which devices reach that address\n"
    "  --server-port N   the server's own port on loopback (default 1884)\n"
    "  --loopback-port N the port of devices on this machine (default 1883)\n"
    "  --broker-user     the system account of the broker (default mosquitto)\n"
    "  --pid-file PATH   where the broker writes its process id (default\n"
    "                    DIR/run/mosquitto.pid)\n"
    "  --broker-pid PID  the broker to tell, where the file does not say\n";

/* ADDRESS:PORT or [ADDRESS]:PORT with a numeric address of one network card: an office
 * knows where its devices are, and what listens everywhere also listens where nobody
 * thought of. */
static enum status listen_parse(const char *word, struct devices_options *options,
                                struct error *err)
{
    const char *colon = strrchr(word, ':');
    int port = 0;
    size_t length = colon ? (size_t)(colon - word) : 0;
    if (length >= 2 && word[0] == '[' && word[length - 1] == ']') {
        word++;
        length -= 2;
    }
    unsigned char binary[16];
    if (!colon || !device_number_parse(colon + 1, PORT_MAX, &port) || length == 0 ||
        length >= sizeof options->address) {
        return error_set(err, ERR_INVALID,
                         "'%s' is not an address and port like "
                         "192.0.2.10:8883",
                         word);
    }
    memcpy(options->address, word, length);
    options->address[length] = '\0';
    if (inet_pton(AF_INET, options->address, binary) != 1 &&
        inet_pton(AF_INET6, options->address, binary) != 1) {
        return error_set(err, ERR_INVALID, "'%s' is not a numeric address",
                         options->address);
    }
    if (strcmp(options->address, "0.0.0.0") == 0 || strcmp(options->address, "::") == 0) {
        return error_set(err, ERR_REFUSED,
                         "'%s' means every network: name the address of "
                         "this machine in the devices' network",
                         options->address);
    }
    options->port = port;
    return OK;
}

static bool is_host(const char *word)
{
    const char *allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    size_t length = strlen(word);
    return length > 0 && length < HOST_BYTES && strspn(word, allowed) == length;
}

static enum status value_parse(const struct option *option, const char *word,
                               struct devices_options *ret_options, struct error *err)
{
    void *field = (char *)ret_options + option->offset;
    int number = 0;
    if (option->form == FORM_LISTEN) {
        return listen_parse(word, ret_options, err);
    }
    if (option->form == FORM_PORT) {
        if (!device_number_parse(word, PORT_MAX, &number)) {
            return error_set(err, ERR_INVALID, "%s: '%s' is not a port from 1 to 65535",
                             option->name, word);
        }
        *(int *)field = number;
        return OK;
    }
    if (option->form == FORM_PID) {
        if (!device_number_parse(word, INT_MAX, &number)) {
            return error_set(err, ERR_INVALID, "%s: '%s' is not a process id",
                             option->name, word);
        }
        *(pid_t *)field = (pid_t)number;
        return OK;
    }
    if (option->form == FORM_ID && !text_is_id(word, ID_LENGTH_MAX)) {
        return error_set(err, ERR_INVALID,
                         "%s: '%s' is not an id of 1 to %d characters a-z, 0-9 and -",
                         option->name, word, ID_LENGTH_MAX);
    }
    if (option->form == FORM_HOST && !is_host(word)) {
        return error_set(err, ERR_INVALID, "%s: '%s' is not the name of a machine",
                         option->name, word);
    }
    if (word[0] == '\0' || !text_is_utf8(word, strlen(word))) {
        return error_set(err, ERR_INVALID, "%s: the value is not printable text",
                         option->name);
    }
    *(const char **)field = word;
    return OK;
}

static const struct option *option_find(const char *name)
{
    for (size_t i = 0; i < sizeof option_table / sizeof option_table[0]; i++) {
        if (strcmp(option_table[i].name, name) == 0) {
            return &option_table[i];
        }
    }
    return NULL;
}

/* Reads the option at argv[*index] and its value, and moves the index onto the last one.
 */
static enum status option_parse(int argc, char **argv, int *index,
                                struct devices_options *options_read, struct error *err)
{
    const char *name = argv[*index];
    const struct option *option = option_find(name);
    if (!option) {
        return error_set(err, ERR_INVALID, "there is no option '%s'", name);
    }
    if (!(option->actions & BIT(options_read->action))) {
        return error_set(err, ERR_INVALID, "option '%s' does not belong to '%s'", name,
                         action_names[options_read->action]);
    }
    if (option->form == FORM_NOTHING) {
        *(bool *)((char *)options_read + option->offset) = true;
        return OK;
    }
    if (*index + 1 >= argc) {
        return error_set(err, ERR_INVALID, "option '%s' needs a value", name);
    }
    (*index)++;
    /* The two names of a place are one field: which one it is must fit the kind. */
    bool is_counter = strcmp(name, "--counter") == 0;
    bool is_hall = strcmp(name, "--hall") == 0;
    enum device_place place = options_read->kind < DEVICE_KIND_COUNT
                                  ? device_kind_place(options_read->kind)
                                  : PLACE_NONE;
    if ((is_counter && place != PLACE_COUNTER) || (is_hall && place != PLACE_HALL)) {
        return error_set(err, ERR_INVALID, "a %s has no %s",
                         device_kind_name(options_read->kind), name + 2);
    }
    return value_parse(option, argv[*index], options_read, err);
}

/* KIND ID behind `add` and `remove`. */
static enum status device_parse(int argc, char **argv,
                                struct devices_options *options_read, struct error *err)
{
    const char *action = action_names[options_read->action];
    if (argc < 4 || argv[2][0] == '-' || argv[3][0] == '-') {
        return error_set(err, ERR_INVALID,
                         "'%s' needs a kind and an id, like 'kiosk hall1'", action);
    }
    options_read->kind = device_kind_find(argv[2]);
    if (options_read->kind == DEVICE_KIND_COUNT) {
        return error_set(err, ERR_INVALID,
                         "'%s' is not a kind of device: kiosk, counter, display, button, "
                         "lamp, source, admin, reader, reception or supervisor",
                         argv[2]);
    }
    if (!text_is_id(argv[3], ID_LENGTH_MAX)) {
        return error_set(err, ERR_INVALID,
                         "'%s' is not an id of 1 to %d characters a-z, 0-9 and -",
                         argv[3], ID_LENGTH_MAX);
    }
    options_read->id = argv[3];
    return OK;
}

static enum status whole_check(const struct devices_options *options_read,
                               struct error *err)
{
    if (options_read->action == ACTION_INIT && !options_read->site) {
        return error_set(err, ERR_INVALID, "'init' needs --site");
    }
    if (options_read->action == ACTION_ADD && !options_read->place &&
        device_kind_place(options_read->kind) == PLACE_COUNTER) {
        return error_set(err, ERR_INVALID, "a %s needs --counter",
                         device_kind_name(options_read->kind));
    }
    return OK;
}

enum status devices_options_parse(int argc, char **argv,
                                  struct devices_options *ret_options, struct error *err)
{
    struct devices_options read = {
        .action = ACTION_COUNT, .dir = DEFAULT_DIR, .kind = DEVICE_KIND_COUNT};
    if (argc < 2) {
        return error_set(err, ERR_INVALID,
                         "say 'init', 'add', 'remove' or 'list'; --help "
                         "says more");
    }
    for (int i = 0; i < ACTION_COUNT; i++) {
        if (strcmp(argv[1], action_names[i]) == 0) {
            read.action = (enum devices_action)i;
        }
    }
    if (read.action == ACTION_COUNT) {
        return error_set(err, ERR_INVALID,
                         "'%s' is not 'init', 'add', 'remove' or 'list'", argv[1]);
    }
    int first = 2;
    if (read.action == ACTION_ADD || read.action == ACTION_REMOVE) {
        enum status status = device_parse(argc, argv, &read, err);
        if (status != OK) {
            return status;
        }
        first = 4;
    }
    for (int i = first; i < argc && read.action != ACTION_HELP; i++) {
        enum status status = option_parse(argc, argv, &i, &read, err);
        if (status != OK) {
            return status;
        }
    }
    enum status status = whole_check(&read, err);
    if (status == OK) {
        *ret_options = read;
    }
    return status;
}
