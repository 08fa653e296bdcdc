/* The verb `guichet status`; see status.h. */
#include "admin/status.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/ask.h"
#include "admin/status_print.h"
#include "runtime/codec_reply.h"
#include "runtime/log.h"

#define EXIT_DONE    0
#define EXIT_FAILED  1
#define EXIT_REFUSED 2

#define CONFIG "/etc/guichet/admin.conf"

static const char help[] =
    "usage: guichet status [--config ADMIN.conf] [--json]\n"
    "\n"
    "Asks the server how the office and its devices are. ADMIN.conf (" CONFIG ")\n"
    "holds the identity that 'guichet devices add admin NAME' makes. --json writes the\n"
    "server's reply as it came (docs/protocol.md).\n"
    "Exit status: 0 answered, 1 broker or server do not answer, 2 wrong words or file.\n";

struct options {
    const char *config;
    bool is_json;
};

static int usage_error(const char *sentence, const char *subject)
{
    (void)fprintf(stderr, "guichet status: %s '%s'; 'guichet status --help' says more\n",
                  sentence, subject);
    return EXIT_REFUSED;
}

static int parse_options(int argc, char **argv, struct options *ret_options)
{
    struct options options = {.config = CONFIG};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            options.is_json = true;
        } else if (strcmp(argv[i], "--config") != 0) {
            return usage_error("there is no option", argv[i]);
        } else if (i + 1 == argc) {
            return usage_error("a value is missing behind", argv[i]);
        } else {
            options.config = argv[++i];
        }
    }
    *ret_options = options;
    return EXIT_DONE;
}

static enum status show(const struct server_reply *reply, bool is_json, struct error *err)
{
    struct server_status *status = server_status_create();
    if (!status) {
        return error_set(err, ERR_LIMIT, "out of memory");
    }
    if (server_status_decode(reply->bytes, reply->length, status, err) != OK) {
        (void)error_wrap(err, "the server's reply cannot be read");
    } else if (is_json) {
        (void)printf("%s\n", reply->bytes); /* fflush() below tells */
    } else {
        status_print(status, stdout);
    }
    server_status_destroy(status);
    if (err->status == OK && (fflush(stdout) != 0 || ferror(stdout))) {
        return error_set(err, ERR_IO, "cannot write the answer");
    }
    return err->status;
}

int status_run(int argc, char **argv)
{
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        (void)fputs(help, stdout);
        return EXIT_DONE;
    }
    struct options options;
    struct program_config config = {0};
    int usage = parse_options(argc, argv, &options);
    if (usage != EXIT_DONE) {
        return usage;
    }
    if (!ask_load_config(options.config, &config)) {
        return EXIT_REFUSED;
    }
    log_start(LOG_LEVEL_ERROR); /* one sentence is enough */
    const struct command_document question = {.action = ACTION_STATUS};
    struct server_reply *reply = calloc(1, sizeof(*reply));
    struct error err = {0};
    if (!reply) {
        (void)error_set(&err, ERR_LIMIT, "out of memory");
    } else if (server_ask(&config.broker, &question, reply, &err) == OK) {
        (void)show(reply, options.is_json, &err); /* err says it */
    }
    free(reply);
    if (err.status != OK) {
        (void)fprintf(stderr, "guichet status: %s\n", err.text);
        return EXIT_FAILED;
    }
    return EXIT_DONE;
}
