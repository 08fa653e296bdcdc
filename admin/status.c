/* The verb `guichet status`; see status.h. */
#include "admin/status.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "admin/ask.h"
#include "admin/status_print.h"
#include "admin/words.h"
#include "runtime/codec_reply.h"

#define EXIT_DONE 0

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

static int parse_options(int argc, char **argv, struct options *ret_options)
{
    struct options options = {0};
    const struct word_option named[] = {{"--config", &options.config}};
    const struct word_flag flags[] = {{"--json", &options.is_json}};
    const struct words_schema schema = {.verb = "status",
                                        .options = named,
                                        .option_count = 1,
                                        .flags = flags,
                                        .flag_count = 1};
    int result = words_read(&schema, argc, argv);
    if (result != EXIT_DONE) {
        return result;
    }
    options.config = options.config ? options.config : CONFIG;
    *ret_options = options;
    return EXIT_DONE;
}

static enum status show(const struct server_reply *reply, void *context,
                        struct error *err)
{
    const struct options *options = context;
    struct server_status *document = server_status_create();
    if (!document) {
        return error_set(err, ERR_LIMIT, "out of memory");
    }
    enum status status = server_status_decode(reply->bytes, reply->length, document, err);
    if (status != OK) {
        (void)error_wrap(err, "the server's reply cannot be read");
    } else if (options->is_json) {
        (void)printf("%s\n", reply->bytes); /* the caller sees what became of it */
    } else {
        status_print(document, stdout);
    }
    server_status_destroy(document);
    return status;
}

int status_run(int argc, char **argv)
{
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        (void)fputs(help, stdout);
        return EXIT_DONE;
    }
    struct options options = {0};
    int usage = parse_options(argc, argv, &options);
    if (usage != EXIT_DONE) {
        return usage;
    }
    const struct server_question question = {.verb = "status",
                                             .config_path = options.config,
                                             .command = {.action = ACTION_STATUS},
                                             .show = show,
                                             .context = &options};
    return server_ask_and_show(&question);
}
