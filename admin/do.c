/* See do.h. Which fields each order has is one table; the server decides the rest. */
#include "admin/do.h"

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/ask.h"
#include "admin/do_times.h"
#include "admin/words.h"
#include "core/text.h"
#include "runtime/codec_reply.h"

#define EXIT_DONE 0

/* --from and --until. */
#define TIMES_COUNT 2

#define CONFIG "/etc/guichet/admin.conf"

static const char help[] =
    "usage: guichet do ORDER [--ticket A042] [--service ID] [--class ID]\n"
    "                  [--language fr|en] [--text TEXT] [--from TIME] [--until TIME]\n"
    "                  [--remark NUMBER] [--outcome OUTCOME] [--reason TEXT]\n"
    "                  [--to ID] [--fr TEXT] [--en TEXT] [--hall ID]\n"
    "                  [--tickets NUMBER] [--counter ID] [--other A043]\n"
    "                  [--quantity NUMBER] [--config ADMIN.conf] [--json]\n"
    "\n"
    "Asks the server for what reception and supervisors may order:\n"
    "  take           a ticket for somebody: --service, --class, --language\n"
    "  test           a ticket that never counts: --service, --class, --language\n"
    "  cancel         --ticket: the person gives it back\n"
    "  abandon        --ticket: the person is known to have left\n"
    "  find           --ticket: what became of it; changes nothing\n"
    "  readmit        --ticket: a no-show came after all\n"
    "  resume         --ticket: a parked one waits again\n"
    "  requalify      --ticket, and the --service or --class it should have had\n"
    "  open-service   --service, whatever its hours\n"
    "  close-service  --service: it gives no more tickets\n"
    "  close-day      the business day now\n"
    "  remark         --text, --from, --until: what the report says of that time;\n"
    "                 --service where it is of one service only\n"
    "  withdraw-remark  --remark, the number that 'remark' gave; it stays recorded\n"
    "  correct        --ticket, --outcome, --reason: how a visit of today really ended\n"
    "                 (served no-show abandoned cancelled void)\n"
    "  settle         --outcome abandoned or cancelled, --reason: everybody who waits;\n"
    "                 --service: for that service\n"
    "  move           --service, --to: who waits for one service waits for another\n"
    "  message        --fr, --en: what hall screens and kiosks say at once; --hall for\n"
    "                 one hall, --until TIME; without words there is none any more\n"
    "  set-quota      --service, --tickets: as many today; 0: without a limit\n"
    "  hours-today    --service, --until TIME: it is open until then today\n"
    "  exceptional    --until TIME: open services stay open until then; --service goes\n"
    "                 first everywhere; --fr, --en on every screen\n"
    "  end-exceptional  the day is as usual again\n"
    "  open-counter   --counter, as its agent would\n"
    "  close-counter  --counter; refused while a ticket is in front of it\n"
    "  hand-over      --counter, --to: who waits for one counter alone, or comes back\n"
    "                 to it, goes to the other\n"
    "  split          --ticket: a part of it becomes a ticket of its own, of its first\n"
    "                 service or of --service; --quantity, else 1 or all of that "
    "service\n"
    "  link           --ticket, --other: two of one person are never called together\n"
    "  unlink         --ticket: they are called as they come again\n"
    "  sweep          every suspect ticket that waits (many at once from one kiosk)\n"
    "  trust          --ticket: it is suspect no more\n"
    "  turned-away    --service, --reason closed, full or closing, --tickets: as many\n"
    "                 people came and got none; the report says so\n"
    "TIME is written as 2026-11-23T10:00:00+01:00, or as 10:00: today at the office.\n"
    "ADMIN.conf (" CONFIG ") holds the identity that\n"
    "'guichet devices add admin NAME' makes. --json writes the reply as it came.\n"
    "Exit status: 0 done, 1 refused or no answer, 2 wrong words or file.\n";

enum part {
    PART_TICKET,
    PART_SERVICE,
    PART_CLASS,
    PART_LANGUAGE,
    PART_TEXT,
    PART_FROM,
    PART_UNTIL,
    PART_REMARK,
    PART_OUTCOME,
    PART_REASON,
    PART_TO,
    PART_FR,
    PART_EN,
    PART_HALL,
    PART_TICKETS,
    PART_COUNTER,
    PART_OTHER,
    PART_QUANTITY,
    PART_COUNT
};

static const char *const part_names[] = {
    [PART_TICKET] = "--ticket",   [PART_SERVICE] = "--service",
    [PART_CLASS] = "--class",     [PART_LANGUAGE] = "--language",
    [PART_TEXT] = "--text",       [PART_FROM] = "--from",
    [PART_UNTIL] = "--until",     [PART_REMARK] = "--remark",
    [PART_OUTCOME] = "--outcome", [PART_REASON] = "--reason",
    [PART_TO] = "--to",           [PART_FR] = "--fr",
    [PART_EN] = "--en",           [PART_HALL] = "--hall",
    [PART_TICKETS] = "--tickets", [PART_COUNTER] = "--counter",
    [PART_OTHER] = "--other",     [PART_QUANTITY] = "--quantity",
};
static_assert(sizeof(part_names) / sizeof(part_names[0]) == PART_COUNT,
              "every part has its option");

#define HAS_TICKET   (1U << PART_TICKET)
#define HAS_SERVICE  (1U << PART_SERVICE)
#define HAS_CLASS    (1U << PART_CLASS)
#define HAS_LANGUAGE (1U << PART_LANGUAGE)
#define HAS_TEXT     (1U << PART_TEXT)
#define HAS_FROM     (1U << PART_FROM)
#define HAS_UNTIL    (1U << PART_UNTIL)
#define HAS_REMARK   (1U << PART_REMARK)
#define HAS_OUTCOME  (1U << PART_OUTCOME)
#define HAS_REASON   (1U << PART_REASON)
#define HAS_TO       (1U << PART_TO)
#define HAS_WORDS    (1U << PART_FR | 1U << PART_EN)
#define HAS_HALL     (1U << PART_HALL)
#define HAS_TICKETS  (1U << PART_TICKETS)
#define HAS_COUNTER  (1U << PART_COUNTER)
#define HAS_OTHER    (1U << PART_OTHER)
#define HAS_QUANTITY (1U << PART_QUANTITY)

static const struct order {
    const char *name;
    enum verb verb; /* VERB_COUNT: find, which changes nothing */
    unsigned needs; /* parts that must be given */
    unsigned may;   /* and those that may */
} orders[] = {
    {"take", VERB_TAKE, HAS_SERVICE, HAS_CLASS | HAS_LANGUAGE},
    {"test", VERB_TAKE, HAS_SERVICE, HAS_CLASS | HAS_LANGUAGE},
    {"turned-away", VERB_TURNED_AWAY, HAS_SERVICE | HAS_REASON | HAS_TICKETS, 0},
    {"sweep", VERB_SWEEP, 0, 0},
    {"trust", VERB_TRUST, HAS_TICKET, 0},
    {"cancel", VERB_CANCEL, HAS_TICKET, 0},
    {"abandon", VERB_ABANDON, HAS_TICKET, 0},
    {"readmit", VERB_READMIT, HAS_TICKET, 0},
    {"resume", VERB_RESUME, HAS_TICKET, 0},
    {"requalify", VERB_REQUALIFY, HAS_TICKET, HAS_SERVICE | HAS_CLASS},
    {"open-service", VERB_OPEN_SERVICE, HAS_SERVICE, 0},
    {"close-service", VERB_CLOSE_SERVICE, HAS_SERVICE, 0},
    {"close-day", VERB_CLOSE_DAY, 0, 0},
    {"remark", VERB_REMARK, HAS_TEXT | HAS_FROM | HAS_UNTIL, HAS_SERVICE},
    {"withdraw-remark", VERB_WITHDRAW_REMARK, HAS_REMARK, 0},
    {"correct", VERB_CORRECT, HAS_TICKET | HAS_OUTCOME | HAS_REASON, 0},
    {"settle", VERB_SETTLE, HAS_OUTCOME | HAS_REASON, HAS_SERVICE},
    {"move", VERB_MOVE, HAS_SERVICE | HAS_TO, 0},
    {"set-quota", VERB_SET_QUOTA, HAS_SERVICE | HAS_TICKETS, 0},
    {"hours-today", VERB_HOURS_TODAY, HAS_SERVICE | HAS_UNTIL, 0},
    {"open-counter", VERB_OPEN, HAS_COUNTER, 0},
    {"close-counter", VERB_CLOSE, HAS_COUNTER, 0},
    {"hand-over", VERB_HAND_OVER, HAS_COUNTER | HAS_TO, 0},
    {"exceptional", VERB_EXCEPTIONAL, HAS_UNTIL, HAS_SERVICE | HAS_WORDS},
    {"end-exceptional", VERB_EXCEPTIONAL, 0, 0},
    {"message", VERB_MESSAGE, 0, HAS_WORDS | HAS_HALL | HAS_UNTIL},
    {"split", VERB_SPLIT, HAS_TICKET, HAS_SERVICE | HAS_QUANTITY},
    {"link", VERB_LINK, HAS_TICKET | HAS_OTHER, 0},
    {"unlink", VERB_UNLINK, HAS_TICKET, 0},
    {"find", VERB_COUNT, HAS_TICKET, 0},
};

struct options {
    const char *config;
    const char *order_name;
    const char *parts[PART_COUNT]; /* as given; NULL: not */
    const struct order *order;
    bool is_json;
    struct command_document command;
};

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
    const struct order *order = options->order;
    unsigned given = 0;
    for (size_t i = 0; i < PART_COUNT; i++) {
        unsigned part = 1U << i;
        given |= options->parts[i] ? part : 0;
        if (!options->parts[i] && (order->needs & part) != 0) {
            return words_refuse("do", "this order lacks", part_names[i]);
        }
        if (options->parts[i] && ((order->needs | order->may) & part) == 0) {
            return words_refuse("do", "this order has no", part_names[i]);
        }
    }
    bool changes_nothing =
        order->verb == VERB_REQUALIFY && (given & (HAS_SERVICE | HAS_CLASS)) == 0;
    return changes_nothing
               ? words_refuse("do", "this order lacks", "--service or --class")
               : EXIT_DONE;
}

static int fill_outcome(struct options *options)
{
    const char *outcome = options->parts[PART_OUTCOME];
    if (outcome) {
        options->command.outcome = ticket_state_find(outcome);
    }
    return options->command.outcome == TICKET_STATE_COUNT
               ? words_refuse("do", "this is none:", outcome)
               : EXIT_DONE;
}

/* The times of an order, and where they go. */
static void list_times(struct options *options, struct do_time ret_times[TIMES_COUNT])
{
    ret_times[0] = (struct do_time){.given = options->parts[PART_FROM],
                                    .at_ms = &options->command.from_ms};
    ret_times[1] = (struct do_time){.given = options->parts[PART_UNTIL],
                                    .at_ms = &options->command.until_ms};
}

/* A whole number of digits alone; 0 where none was given. */
static int fill_number(const char *given, uint32_t *ret_number)
{
    char *end = NULL;
    errno = 0;
    unsigned long number = given ? strtoul(given, &end, 10) : 0;
    bool is_number = !given || (given[0] >= '0' && given[0] <= '9' && *end == '\0' &&
                                errno == 0 && number <= UINT32_MAX);
    if (!is_number) {
        return words_refuse("do", "this is no number:", given);
    }
    *ret_number = (uint32_t)number;
    return EXIT_DONE;
}

/* Put the parts into the command; those that were not given stay empty. */
static int fill_command(struct options *options)
{
    struct command_document *command = &options->command;
    command->verb = options->order->verb;
    command->is_on = (options->order->needs & HAS_UNTIL) != 0; /* of exceptional mode */
    command->is_test = strcmp(options->order->name, "test") == 0;
    command->action = command->verb == VERB_COUNT ? ACTION_FIND : ACTION_QUEUE;
    const struct {
        enum part part;
        char *text;
        size_t bytes;
    } fields[] = {{PART_TICKET, command->ticket, sizeof(command->ticket)},
                  {PART_SERVICE, command->service, sizeof(command->service)},
                  {PART_OTHER, command->other_ticket, sizeof(command->other_ticket)},
                  {PART_CLASS, command->class_id, sizeof(command->class_id)},
                  {PART_TEXT, command->reason, sizeof(command->reason)},
                  {PART_REASON, command->reason, sizeof(command->reason)},
                  {PART_TO, command->to_service, sizeof(command->to_service)},
                  {PART_TO, command->to_counter, sizeof(command->to_counter)},
                  {PART_COUNTER, command->counter, sizeof(command->counter)},
                  {PART_FR, command->words.in[LANGUAGE_FR], DETAIL_LENGTH_MAX + 1},
                  {PART_EN, command->words.in[LANGUAGE_EN], DETAIL_LENGTH_MAX + 1},
                  {PART_HALL, command->hall, sizeof(command->hall)}};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        const char *given = options->parts[fields[i].part];
        if (given && !text_copy(fields[i].text, fields[i].bytes, given)) {
            return words_refuse("do", "this is none:", given);
        }
    }
    int result = fill_outcome(options);
    if (result == EXIT_DONE) {
        result = fill_number(options->parts[PART_REMARK] ? options->parts[PART_REMARK]
                                                         : options->parts[PART_TICKETS],
                             &command->number);
    }
    if (result == EXIT_DONE) {
        result = fill_number(options->parts[PART_QUANTITY], &command->asked.quantity);
    }
    if (result != EXIT_DONE) {
        return result;
    }
    if (command->verb == VERB_TURNED_AWAY) {
        command->turned = turned_reason_find(command->reason);
        if (command->turned == TURNED_REASON_COUNT) {
            return words_refuse("do", "this is no reason:", command->reason);
        }
    }
    const char *language = options->parts[PART_LANGUAGE];
    command->language = language ? language_find(language) : LANGUAGE_FR;
    return command->language == LANGUAGE_COUNT
               ? words_refuse("do", "this is none:", language)
               : EXIT_DONE;
}

static int parse_options(int argc, char **argv, struct options *ret_options)
{
    struct options options = {0};
    struct word_option named[PART_COUNT + 1] = {
        [PART_COUNT] = {"--config", &options.config}};
    for (size_t i = 0; i < PART_COUNT; i++) {
        named[i] = (struct word_option){part_names[i], &options.parts[i]};
    }
    const struct word_flag flags[] = {{"--json", &options.is_json}};
    const struct words_schema schema = {.verb = "do",
                                        .options = named,
                                        .option_count = PART_COUNT + 1,
                                        .flags = flags,
                                        .flag_count = 1,
                                        .plain = &options.order_name};
    int result = words_read(&schema, argc, argv);
    if (result != EXIT_DONE) {
        return result;
    }
    const char *name = options.order_name ? options.order_name : "";
    options.order = find_order(name);
    options.config = options.config ? options.config : CONFIG;
    if (!options.order) {
        return words_refuse("do", "there is no order", name);
    }
    result = check_parts(&options);
    if (result == EXIT_DONE) {
        result = fill_command(&options);
    }
    *ret_options = options;
    return result;
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
    } else if (status == OK && document->remark != 0) {
        (void)printf("remark %u\n", (unsigned)document->remark); /* as above */
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
    struct options options = {0};
    int usage = parse_options(argc, argv, &options);
    if (usage != EXIT_DONE) {
        return usage;
    }
    struct do_time times[TIMES_COUNT];
    list_times(&options, times);
    int asked = do_times_read(times, TIMES_COUNT);
    if (asked == EXIT_DONE) {
        asked = do_times_of_today(options.config, times, TIMES_COUNT);
    }
    if (asked != EXIT_DONE) {
        return asked;
    }
    const struct server_question question = {.verb = "do",
                                             .config_path = options.config,
                                             .command = options.command,
                                             .show = show,
                                             .context = &options};
    return server_ask_and_show(&question);
}
