/* The list of a site's identities and of where its broker listens: DIR/registry.
 * Everything else in DIR that the broker reads is made from it. */
#ifndef GUICHET_ADMIN_DEVICES_REGISTRY_H
#define GUICHET_ADMIN_DEVICES_REGISTRY_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/limits.h"
#include "core/text.h"

/* Identities of one site: counters, each with a button and a lamp, and every other kind
 * at its own limit. "too many devices: at most 1024 per site" */
#define DEVICES_MAX 1024

/* Certificates revoked and not yet forgotten. "too many revoked certificates: …" */
#define REVOKED_MAX 4096

/* "<kind>-<id>" with the final NUL. */
#define IDENTITY_BYTES (16 + ID_LENGTH_MAX + 1)

/* Bytes of a password's hash in mosquitto's form, of a serial number in hexadecimal, of a
 * host name or address, and of a date, each with the final NUL. */
#define HASH_BYTES   160
#define SERIAL_BYTES 48
#define HOST_BYTES   254
#define DATE_BYTES   11

#define PORT_MAX 65535

enum device_kind {
    DEVICE_SERVER, /* the site's one server; its id is "server" */
    DEVICE_KIOSK,
    DEVICE_COUNTER,
    DEVICE_DISPLAY,
    DEVICE_BUTTON,
    DEVICE_LAMP,
    DEVICE_SOURCE,
    DEVICE_ADMIN,
    DEVICE_READER,
    DEVICE_RECEPTION,
    DEVICE_SUPERVISOR,
    DEVICE_KIND_COUNT
};

/* What the place of a kind of device means. */
enum device_place {
    PLACE_NONE,
    PLACE_HALL,    /* may be empty: every hall */
    PLACE_COUNTER, /* must be given */
    PLACE_COUNT
};

struct registered_device {
    enum device_kind kind;
    char id[ID_LENGTH_MAX + 1];
    char place[ID_LENGTH_MAX + 1]; /* hall or counter; may be empty */
    bool has_certificate;          /* else it proves itself by a password */
    char hash[HASH_BYTES];         /* of the password */
    char serial[SERIAL_BYTES];     /* of the certificate */
    char until[DATE_BYTES];        /* last day of the certificate, "2036-11-20" */
};

struct revoked_certificate {
    char identity[IDENTITY_BYTES];
    char serial[SERIAL_BYTES];
    char date[DATE_BYTES];
};

struct devices_registry {
    char site[ID_LENGTH_MAX + 1];
    char broker_user[ID_LENGTH_MAX + 1]; /* the system account the broker runs as */
    char pid_file[PATH_MAX];             /* where the broker writes its process id */
    char host[HOST_BYTES];    /* what the hall's devices connect to; "" for none */
    char address[HOST_BYTES]; /* the hall's listener; "" when there is none */
    int port;                 /* the hall's listener, 1 to 65535 */
    int server_port;          /* loopback, for the server */
    int loopback_port;        /* loopback, for devices on the same machine */
    size_t device_count;
    size_t revoked_count;
    struct registered_device devices[DEVICES_MAX];
    struct revoked_certificate revoked[REVOKED_MAX];
};

/* "kiosk", …; the reverse gives DEVICE_KIND_COUNT for another word and never the server,
 * which nobody adds. */
const char *device_kind_name(enum device_kind kind);
enum device_kind device_kind_find(const char *name);
enum device_place device_kind_place(enum device_kind kind);

/* Read a number from 1 to `max` in decimal digits and nothing else. */
bool device_number_parse(const char *word, int max, int *ret_number);

/* User name, client id and common name: "<kind>-<id>", or "server". */
void device_identity(const struct registered_device *device,
                     char ret_identity[IDENTITY_BYTES]);

/* The device of that kind and id, or NULL. */
struct registered_device *devices_registry_find(struct devices_registry *registry,
                                                enum device_kind kind, const char *id);

/* Append a device; the result points into the registry. NULL when it is full, and says
 * so. */
struct registered_device *devices_registry_add(struct devices_registry *registry,
                                               const struct registered_device *device,
                                               struct error *err);

/* Remove `device`, which points into the registry. A certificate goes to the revoked ones
 * with `date`; fails when there is no room for it, and then nothing has changed. */
enum status devices_registry_remove(struct devices_registry *registry,
                                    struct registered_device *device, const char *date,
                                    struct error *err);

/* Read a registry from its text; `path` is for the sentence only. Fails at the first line
 * that is not understood. */
enum status devices_registry_parse(struct devices_registry *ret_registry,
                                   const char *content, const char *path,
                                   struct error *err);

/* The registry as text, the reverse of parse. The text says itself when it was cut. */
void devices_registry_write(const struct devices_registry *registry, struct text *text);

#endif
