/* See do.h. Which fields each order has is one table; the server decides the rest. */
#include "admin/do.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "admin/ask.h"
#include "core/text.h"
#include "runtime/codec_reply.h"

#define EXIT_DONE    0
#define EXIT_REFUSED 2

#define CONFIG "/etc/guichet/admin.conf"

static const char help[] =
    "usage: guichet do ORDER [--ticket A042] [--service ID] [--class ID]\n"
    "                  [--language fr|en] [--config ADMIN.conf] [--json]\n"
    "\n"
    "Asks the server for what reception and supervisors may order:\n"
    "  take           a ticket for somebody: --service, --class, --language\n"
    "  cancel         --ticket: the person gives it back\n"
    "  abandon        --ticket: the person is known to have left\n"
    "  readmit        --ticket: a no-show came after all\n"
    "  resume         --ticket: a parked one waits again\n"
    "  requalify      --ticket, and the --service or --class it should have had\n"
    "  open-service   --service, whatever its hours\n"
    "  close-service  --service: it gives no more tickets\n"
    "  close-day      the business day now\n"
    "ADMIN.conf (" CONFIG ") holds the identity that\n"
    "'guichet devices add admin NAME' makes. --json writes the reply as it came.\n"
    "Exit status: 0 done, 1 refused or no answer, 2 wrong words or file.\n";

enum part {
    HAS_TICKET = 1,
    HAS_SERVICE = 2,
    HAS_CLASS = 4,
    HAS_LANGUAGE = 8,
};

static const struct order {
    const char *name;
    enum verb verb;
    unsigned needs; /* parts that must be given */
    unsigned may;   /* and those that may */
} orders[] = {
    {"take", VERB_TAKE, HAS_SERVICE, HAS_CLASS | HAS_LANGUAGE},
    {"cancel", VERB_CANCEL, HAS_TICKET, 0},
    {"abandon", VERB_ABANDON, HAS_TICKET, 0},
    {"readmit", VERB_READMIT, HAS_TICKET, 0},
    {"resume", VERB_RESUME, HAS_TICKET, 0},
    {"requalify", VERB_REQUALIFY, HAS_TICKET, HAS_SERVICE | HAS_CLASS},
    {"open-service", VERB_OPEN_SERVICE, HAS_SERVICE, 0},
    {"close-service", VERB_CLOSE_SERVICE, HAS_SERVICE, 0},
    {"close-day", VERB_CLOSE_DAY, 0, 0},
};

struct options {
    const char *config;
    const struct order *order;
    bool is_json;
    unsigned given;
    struct command_document command;
};

static int usage_error(const char *sentence, const char *subject)
{
    (void)fprintf(stderr, "guichet do: %s '%s'; 'guichet do --help' says more\n",
                  sentence, subject);
    return EXIT_REFUSED;
}

/* One option with its value. */
static int take_option(struct options *options, const char *name, const char *value)
{
    struct command_document *command = &options->command;
    bool fits = true;
    if (strcmp(name, "--config") == 0) {
        options->config = value;
    } else if (strcmp(name, "--ticket") == 0) {
        fits = text_copy(command->ticket, sizeof(command->ticket), value);
        options->given |= HAS_TICKET;
    } else if (strcmp(name, "--service") == 0) {
        fits = text_copy(command->service, sizeof(command->service), value);
        options->given |= HAS_SERVICE;
    } else if (strcmp(name, "--class") == 0) {
        fits = text_copy(command->class_id, sizeof(command->class_id), value);
        options->given |= HAS_CLASS;
    } else if (strcmp(name, "--language") == 0) {
        command->language = language_find(value);
        fits = command->language != LANGUAGE_COUNT;
        options->given |= HAS_LANGUAGE;
    } else {
        return usage_error("there is no option", name);
    }
    return fits ? EXIT_DONE : usage_error("this is none:", value);
}

static const struct order *find_order(const char *name)
{
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        if (strcmp(orders[i].name, name) == 0) {
            return &orders[i];
        }
    }
    return NULL;
}

static int check_parts(const struct options *options)
{
    static const struct {
        unsigned part;
        const char *name;
    } parts[] = {{HAS_TICKET, "--ticket"},
                 {HAS_SERVICE, "--service"},
                 {HAS_CLASS, "--class"},
                 {HAS_LANGUAGE, "--language"}};
    const struct order *order = options->order;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        bool is_given = (options->given & parts[i].part) != 0;
        if (!is_given && (order->needs & parts[i].part) != 0) {
            return usage_error("this order lacks", parts[i].name);
        }
        if (is_given && ((order->needs | order->may) & parts[i].part) == 0) {
            return usage_error("this order has no", parts[i].name);
        }
    }
    bool changes_nothing = order->verb == VERB_REQUALIFY &&
                           (options->given & (HAS_SERVICE | HAS_CLASS)) == 0;
    return changes_nothing ? usage_error("this order lacks", "--service or --class")
                           : EXIT_DONE;
}

static int parse_options(int argc, char **argv, struct options *ret_options)
{
    *ret_options = (struct options){.config = CONFIG};
    if (argc < 2) {
        return usage_error("what is to be done", "");
    }
    ret_options->order = find_order(argv[1]);
    if (!ret_options->order) {
        return usage_error("there is no order", argv[1]);
    }
    ret_options->command.action = ACTION_QUEUE;
    ret_options->command.verb = ret_options->order->verb;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            ret_options->is_json = true;
            continue;
        }
        if (i + 1 == argc) {
            return usage_error("a value is missing behind", argv[i]);
        }
        int result = take_option(ret_options, argv[i], argv[i + 1]);
        if (result != EXIT_DONE) {
            return result;
        }
        i++;
    }
    return check_parts(ret_options);
}

/* "A042 waiting permis", or "done" where the reply names no ticket. */
static enum status show(const struct server_reply *reply, void *context,
                        struct error *err)
{
    const struct options *options = context;
    struct reply_document *document = reply_document_create();
    if (!document) {
        return error_set(err, ERR_LIMIT, "out of memory");
    }
    enum status status = reply_decode(reply->bytes, reply->length, document, err);
    if (status == OK && options->is_json) {
        (void)printf("%s\n", reply->bytes); /* the caller sees what became of it */
    } else if (status == OK && document->has_ticket) {
        (void)printf("%s %s %s\n", document->ticket.label,
                     ticket_state_name(document->ticket.state),
                     document->ticket.service); /* as above */
    } else if (status == OK) {
        (void)puts("done"); /* as above */
    }
    reply_document_destroy(document);
    return status;
}

int do_run(int argc, char **argv)
{
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        (void)fputs(help, stdout);
        return EXIT_DONE;
    }
    struct options options;
    int usage = parse_options(argc, argv, &options);
    if (usage != EXIT_DONE) {
        return usage;
    }
    const struct server_question question = {.verb = "do",
                                             .config_path = options.config,
                                             .command = options.command,
                                             .show = show,
                                             .context = &options};
    return server_ask_and_show(&question);
}
