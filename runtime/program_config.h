/* The configuration files of the programs, one file each: how it reaches the broker, and
 * what it needs on its machine. What a device shows comes from the server (topic config);
 * what the office is stands in site.conf. */
#ifndef GUICHET_RUNTIME_PROGRAM_CONFIG_H
#define GUICHET_RUNTIME_PROGRAM_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/command.h"
#include "core/error.h"
#include "core/limits.h"
#include "core/site.h"
#include "runtime/config.h"

/* Bytes with the final NUL of a path, of a host name or address, and of an identity
 * ("<kind>-<id>"). */
#define CONFIG_PATH_BYTES     512
#define CONFIG_HOST_BYTES     254
#define CONFIG_IDENTITY_BYTES (16 + ID_LENGTH_MAX + 1)

enum program {
    PROGRAM_SERVER,
    PROGRAM_KIOSK,
    PROGRAM_DISPLAY,
    PROGRAM_COUNTER, /* a post's window or the hardware button: the identity says which */
    PROGRAM_ADMIN,
    PROGRAM_COUNT
};

/* [broker]: the block that `guichet devices add` prints. */
struct broker_config {
    char site[ID_LENGTH_MAX + 1];
    char identity[CONFIG_IDENTITY_BYTES]; /* client id and user name: "kiosk-hall1" */
    char kind[16];                        /* of the identity: "kiosk" */
    char id[ID_LENGTH_MAX + 1]; /* of the identity: "hall1"; "" for the server */
    char host[CONFIG_HOST_BYTES];
    uint32_t port;                       /* 1 to 65535 */
    char secret_file[CONFIG_PATH_BYTES]; /* empty: a certificate says who we are */
    char ca_file[CONFIG_PATH_BYTES];     /* empty: no TLS */
    char certificate_file[CONFIG_PATH_BYTES];
    char key_file[CONFIG_PATH_BYTES];
};

/* [device] */
struct device_config {
    char state_directory[CONFIG_PATH_BYTES];
    char assets_directory[CONFIG_PATH_BYTES]; /* empty: where it was installed */
    enum language language;                   /* shown first */
};

/* [screen] */
struct screen_config {
    bool full_screen;
    uint32_t width_px; /* of the window; 0: the screen's or the program's own size */
    uint32_t height_px;
    uint32_t output;       /* which of several screens, from 0 */
    uint32_t width_mm;     /* of the visible picture; 0: not said */
    uint32_t distance_mm;  /* from which it is read; 0: not said */
    bool is_high_contrast; /* theme at the start */
};

/* [sound] */
struct sound_config {
    bool is_on;
    uint32_t volume_percent; /* 0 to 100 */
    uint32_t apart_ms;       /* from one announcement to the next, at least */
};

/* [printer] */
struct printer_config {
    char queue[128];                /* of CUPS; empty: there is no printer */
    char server[CONFIG_HOST_BYTES]; /* host[:port] or socket; empty: CUPS's own default */
    uint32_t slip_width_mm;         /* of the paper, 58 to 112 */
};

/* [kiosk] */
struct kiosk_config {
    uint32_t idle_s;        /* back to the first page after this long */
    uint32_t same_person_s; /* a ticket this soon after another asks first */
};

/* [button] */
struct button_config {
    char device[CONFIG_PATH_BYTES]; /* of input events */
    char counter[ID_LENGTH_MAX + 1];
};

/* [server] and [clock] */
struct server_config {
    char site_file[CONFIG_PATH_BYTES];
    char agents_file[CONFIG_PATH_BYTES]; /* empty: nobody signs in */
    char journal[CONFIG_PATH_BYTES];
    uint32_t reserve_mib;       /* room kept on the disk */
    enum clock_mode clock_mode; /* CLOCK_REAL, CLOCK_SCALED or CLOCK_STEPPED */
    uint32_t clock_factor;      /* 1 where the clock is not scaled */
    int64_t clock_start_ms;     /* scaled, stepped; 0: not given, begins now */
};

/* Everything that a program's file may say; a program has only its own sections. */
struct program_config {
    struct broker_config broker;
    struct device_config device;
    struct screen_config screen;
    struct sound_config sound;
    struct printer_config printer;
    struct kiosk_config kiosk;
    struct button_config button;
    struct server_config server;
};

/* The table of the program's file, for --print-config and the manual. */
const struct config_schema *program_config_schema(enum program program);

/* Read the file at `path`. Rules as config_load(); on failure `ret_config` is untouched.
 * The identity must be of a kind that the program can be. */
enum status program_config_load(enum program program, const char *path,
                                struct program_config *ret_config,
                                struct config_errors *errors);

/* The same for `length` bytes of text; `name` stands for the file in messages. */
enum status program_config_parse(enum program program, const char *name,
                                 const char *bytes, size_t length,
                                 struct program_config *ret_config,
                                 struct config_errors *errors);

/* Read a secret: the first line of the file, 1 to `capacity` - 1 bytes. ERR_IO when it
 * cannot be read, ERR_INVALID when it is empty or too long. */
enum status program_config_read_secret(const char *path, char *ret_secret,
                                       size_t capacity, struct error *err);

#endif
