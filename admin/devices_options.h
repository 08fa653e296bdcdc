/* The command line of `guichet devices`. */
#ifndef GUICHET_ADMIN_DEVICES_OPTIONS_H
#define GUICHET_ADMIN_DEVICES_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "admin/devices_registry.h"
#include "core/error.h"

enum devices_action {
    ACTION_INIT,
    ACTION_ADD,
    ACTION_REMOVE,
    ACTION_LIST,
    ACTION_HELP,
    ACTION_COUNT
};

/* What was asked. Texts point into argv; NULL or 0 where nothing was said. */
struct devices_options {
    enum devices_action action;
    const char *dir; /* never NULL */
    const char *site;
    const char *host;
    const char *broker_user;
    const char *pid_file;
    char address[HOST_BYTES]; /* of --listen, without brackets; "" for none */
    int port;                 /* of --listen */
    int server_port;
    int loopback_port;
    pid_t broker_pid;
    enum device_kind kind; /* add, remove */
    const char *id;        /* add, remove */
    const char *place;     /* --counter or --hall */
    bool wants_certificate;
};

/* Read the command line; argv[0] is "devices". On failure `err` says what makes no sense.
 */
enum status devices_options_parse(int argc, char **argv,
                                  struct devices_options *ret_options, struct error *err);

/* The help text. */
extern const char devices_help[];

#endif
