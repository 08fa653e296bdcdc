/* See agents.h. The file is written whole and renamed, so that it is never half there; of
 * a code it holds the hash alone. */
#include "admin/agents.h"

#include <assert.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "admin/words.h"
#include "core/text.h"
#include "runtime/agents_config.h"

#define EXIT_DONE   0
#define EXIT_FAILED 1
#define EXIT_FAULTS 2

#define AGENTS_FILE "/etc/guichet/agents.conf"

/* Digits of a code that is made here. */
#define CODE_DIGITS 6

static const char help[] =
    "usage: guichet agents add NUMBER [--profile ID] [--ask] [--file AGENTS.conf]\n"
    "       guichet agents code NUMBER [--ask] [--file AGENTS.conf]\n"
    "       guichet agents remove NUMBER [--file AGENTS.conf]\n"
    "       guichet agents list [--file AGENTS.conf]\n"
    "\n"
    "Who may sign in at counters, where site.conf says 'sign_in = yes'. An agent is a\n"
    "number of 1 to 10 digits that the office gives; no name is kept. 'add' and 'code'\n"
    "make a code of six digits and print it this once; with --ask it is read from the\n"
    "standard input instead. The file (" AGENTS_FILE ") holds hashes alone;\n"
    "'agents_file' in server.conf names it, and SIGHUP makes the server read it again.\n"
    "Exit status: 0 done, 1 not done, 2 wrong words or file.\n";

struct options {
    const char *action;
    const char *number;
    const char *profile;
    const char *file;
    bool asks;
};

__attribute__((format(printf, 1, 2))) static int refuse(const char *format, ...)
{
    va_list words;
    va_start(words, format);
    (void)fputs("guichet agents: ", stderr); /* nowhere left to complain */
    (void)vfprintf(stderr, format, words);
    (void)fputc('\n', stderr);
    va_end(words);
    return EXIT_FAILED;
}

/* The agents of the file; none where it is not there yet. */
static bool load(const char *path, struct agents *ret_agents)
{
    memset(ret_agents, 0, sizeof(*ret_agents));
    if (access(path, F_OK) != 0) {
        return true;
    }
    struct config_errors *errors = config_errors_create();
    enum status status =
        errors ? agents_config_load(path, ret_agents, errors) : ERR_LIMIT;
    config_errors_print(errors, stderr);
    config_errors_destroy(errors);
    return status == OK;
}

static bool write_all(FILE *file, const struct agents *agents)
{
    (void)fputs("# Who may sign in at counters; 'guichet agents' writes this file.\n",
                file); /* looked at below */
    for (uint32_t i = 0; i < agents->count; i++) {
        const struct agent_entry *agent = &agents->entries[i];
        (void)fprintf(file, "\n[agent %s]\n", agent->id); /* as above */
        if (agent->profile[0] != '\0') {
            (void)fprintf(file, "profile = %s\n", agent->profile);
        }
        (void)fprintf(file, "code_hash = %s\n", agent->code_hash);
    }
    return fflush(file) == 0 && ferror(file) == 0 && fsync(fileno(file)) == 0;
}

/* Readable by the owner and the group, as secrets of devices are. */
static int store(const char *path, const struct agents *agents)
{
    char fresh[PATH_MAX];
    struct text text;
    text_init(&text, fresh, sizeof(fresh));
    text_add(&text, "%s.new", path);
    int fd =
        text.is_cut ? -1 : open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!file) {
        return refuse("cannot write '%s'", fresh);
    }
    bool is_written = write_all(file, agents);
    is_written = fclose(file) == 0 && is_written;
    if (!is_written || rename(fresh, path) != 0) {
        (void)unlink(fresh); /* the first failure is told */
        return refuse("cannot write '%s'", path);
    }
    return EXIT_DONE;
}

/* Six digits, each as likely as any: numbers above the last whole million are drawn
 * again. */
static bool make_code(char ret_code[SECRET_CODE_MAX + 1])
{
    const uint32_t limit = UINT32_MAX / 1000000U * 1000000U;
    uint32_t number = limit;
    while (number >= limit) {
        if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number)) {
            return false;
        }
    }
    (void)snprintf(ret_code, SECRET_CODE_MAX + 1, "%0*u", CODE_DIGITS,
                   (unsigned)(number % 1000000U)); /* fits */
    return true;
}

/* A line of digits from the standard input. */
static bool read_code(char ret_code[SECRET_CODE_MAX + 1])
{
    char line[SECRET_CODE_MAX + 3];
    if (!fgets(line, sizeof(line), stdin)) {
        return false;
    }
    line[strcspn(line, "\r\n")] = '\0';
    size_t length = strspn(line, "0123456789");
    return line[length] == '\0' && text_copy(ret_code, SECRET_CODE_MAX + 1, line);
}

/* Give the agent a code; a made one is printed. */
static int give_code(const struct options *options, struct agent_entry *agent)
{
    char code[SECRET_CODE_MAX + 1];
    struct error err = {0};
    bool has_code = options->asks ? read_code(code) : make_code(code);
    if (!has_code) {
        return refuse("agent '%s': there is no code of digits", agent->id);
    }
    if (secret_code_hash(code, agent->code_hash, &err) != OK) {
        return refuse("%s", err.text);
    }
    if (!options->asks) {
        (void)printf("agent %s: code %s\n", agent->id, code); /* the caller sees it */
    }
    return EXIT_DONE;
}

static int add(const struct options *options, struct agents *agents)
{
    if (agents_find(agents, options->number)) {
        return refuse("agent '%s' is there already", options->number);
    }
    if (agents->count == AGENTS_MAX) {
        return refuse("agent '%s': there are as many agents as there may be",
                      options->number);
    }
    struct agent_entry *agent = &agents->entries[agents->count];
    const char *profile = options->profile ? options->profile : "";
    bool fits = text_copy(agent->id, sizeof(agent->id), options->number) &&
                text_copy(agent->profile, sizeof(agent->profile), profile);
    if (!fits || (profile[0] != '\0' && !text_is_id(profile, ID_LENGTH_MAX))) {
        return words_refuse("agents", "is not the id of a profile", profile);
    }
    agents->count++;
    return give_code(options, agent);
}

static int change(const struct options *options, struct agents *agents)
{
    if (strcmp(options->action, "add") == 0) {
        return add(options, agents);
    }
    const struct agent_entry *found = agents_find(agents, options->number);
    if (!found) {
        return refuse("there is no agent '%s'", options->number);
    }
    struct agent_entry *agent = &agents->entries[found - agents->entries];
    if (strcmp(options->action, "code") == 0) {
        return give_code(options, agent);
    }
    agents->count--;
    memmove(agent, agent + 1,
            (size_t)(&agents->entries[agents->count] - agent) * sizeof(*agent));
    return EXIT_DONE;
}

static void list(const struct agents *agents)
{
    for (uint32_t i = 0; i < agents->count; i++) {
        const struct agent_entry *agent = &agents->entries[i];
        (void)printf("%s\t%s\n", agent->id, /* the caller sees it */
                     agent->profile[0] == '\0' ? "-" : agent->profile);
    }
}

/* The action and its number; the words behind are options. */
static int read_options(int argc, char **argv, struct options *ret_options)
{
    static const char *const actions[] = {"add", "code", "remove", "list"};
    struct options options = {.file = NULL};
    bool is_known = false;
    for (size_t i = 0; argc > 1 && i < sizeof(actions) / sizeof(actions[0]); i++) {
        is_known = is_known || strcmp(argv[1], actions[i]) == 0;
    }
    if (!is_known) {
        return words_refuse("agents", "is not add, code, remove or list",
                            argc > 1 ? argv[1] : "");
    }
    options.action = argv[1];
    const struct word_option named[] = {{"--profile", &options.profile},
                                        {"--file", &options.file}};
    const struct word_flag flags[] = {{"--ask", &options.asks}};
    const struct words_schema schema = {.verb = "agents",
                                        .options = named,
                                        .option_count = 2,
                                        .flags = flags,
                                        .flag_count = 1,
                                        .plain = &options.number};
    int result = words_read(&schema, argc - 1, argv + 1);
    bool needs_number = strcmp(options.action, "list") != 0;
    if (result == EXIT_DONE && needs_number &&
        (!options.number || !agents_is_id(options.number))) {
        result = words_refuse("agents", "is not a number of 1 to 10 digits",
                              options.number ? options.number : "");
    }
    options.file = options.file ? options.file : AGENTS_FILE;
    *ret_options = options;
    return result;
}

int agents_run(int argc, char **argv)
{
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        (void)fputs(help, stdout);
        return EXIT_DONE;
    }
    struct options options = {0};
    int result = read_options(argc, argv, &options);
    if (result != EXIT_DONE) {
        return result;
    }
    assert(options.file);
    struct agents *agents = malloc(sizeof(*agents));
    if (!agents || !load(options.file, agents)) {
        free(agents);
        return EXIT_FAULTS;
    }
    if (strcmp(options.action, "list") == 0) {
        list(agents);
    } else {
        result = change(&options, agents);
        result = result == EXIT_DONE ? store(options.file, agents) : result;
    }
    free(agents);
    return result;
}
