/* The verb `guichet check-config`; see check_config.h. The words are all read before the
 * first file, so that a wrong word is not lost behind pages of faults. */
#include "admin/check_config.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/program_config.h"
#include "runtime/site_config.h"

#define EXIT_IN_ORDER 0
#define EXIT_FAILED   1
#define EXIT_FAULTS   2

#define DIRECTORY "/etc/guichet"

static const char help[] =
    "usage: guichet check-config [--site SITE.conf]… [--program NAME --config FILE]…\n"
    "       guichet check-config [--directory DIR]\n"
    "       guichet check-config --print-config [NAME]\n"
    "\n"
    "Reads configuration files as the programs do and lists everything that is wrong "
    "with\n"
    "them, with file and line. NAME is server, kiosk, display, counter, button, "
    "reception,\nsupervisor or admin;\n"
    "for --print-config also site, which is meant where no NAME is given.\n"
    "Without files, those of DIR (" DIRECTORY ") are read whose names tell what they\n"
    "are: site.conf, server.conf, kiosk.conf, kiosk-hall1.conf …\n"
    "--print-config writes a template with every key, its meaning and its default.\n"
    "Exit status: 0 all in order (warnings allowed), 2 not.\n";

/* What a file can be. Window and button are one program. */
struct kind {
    const char *name;
    enum program program; /* PROGRAM_COUNT: none, it is the site */
};

static const struct kind kinds[] = {
    {"site", PROGRAM_COUNT},        {"server", PROGRAM_SERVER},
    {"kiosk", PROGRAM_KIOSK},       {"display", PROGRAM_DISPLAY},
    {"counter", PROGRAM_COUNTER},   {"button", PROGRAM_COUNTER},
    {"reception", PROGRAM_COUNTER}, {"supervisor", PROGRAM_COUNTER},
    {"admin", PROGRAM_ADMIN},
};

/* What the command line asks for. */
struct request_words {
    const char *directory;
    const struct kind *printed; /* NULL: nothing is to be printed */
    size_t file_count;
    struct {
        const struct kind *kind;
        const char *path;
    } * files; /* owned; as many as there are words */
};

/* The kind whose name is the first `length` bytes; NULL for another word. */
static const struct kind *kind_find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strlen(kinds[i].name) == length &&
            strncmp(kinds[i].name, name, length) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

/* ---- Files ---- */

static const char *plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

static void describe_site(const struct site *site, struct text *text)
{
    const struct {
        uint32_t count;
        const char *name;
    } parts[] = {
        {site->hall_count, "hall"},
        {site->service_count, "service"},
        {site->counter_count, "counter"},
        {site->kiosk_count, "kiosk"},
        {site->display_count, "display"},
        {site->button_count, "button"},
        {site->source_count, "source"},
        {site->reception_count, "reception"},
        {site->supervisor_count, "supervisor"},
    };
    text_add(text, "site '%s'", site->id);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i].count > 0) {
            text_add(text, ", %u %s%s", (unsigned)parts[i].count, parts[i].name,
                     plural(parts[i].count));
        }
    }
}

/* Read the file and say in `text` what it holds; what is wrong goes to `errors`. */
static enum status load(const struct kind *kind, const char *path, struct text *text,
                        struct config_errors *errors)
{
    if (kind->program == PROGRAM_COUNT) {
        struct site *site = calloc(1, sizeof(*site));
        if (!site) {
            struct config_place place = {.file = path};
            config_errors_add(errors, CONFIG_ERROR, &place, "out of memory");
            return ERR_LIMIT;
        }
        enum status status = site_config_load(path, site, errors);
        if (status == OK) {
            describe_site(site, text);
        }
        free(site);
        return status;
    }
    struct program_config config = {0};
    enum status status = program_config_load(kind->program, path, &config, errors);
    if (status == OK) {
        text_add(text, "'%s' of site '%s' at %s port %u", config.broker.identity,
                 config.broker.site, config.broker.host, (unsigned)config.broker.port);
    }
    return status;
}

/* True when the file is taken. */
static bool check_file(const struct kind *kind, const char *path)
{
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        (void)fprintf(stderr, "guichet check-config: out of memory for '%s'\n", path);
        return false;
    }
    char buffer[512];
    struct text text;
    text_init(&text, buffer, sizeof(buffer));
    bool is_taken = load(kind, path, &text, errors) == OK;
    uint32_t warnings = config_errors_warning_count(errors);
    uint32_t faults = config_errors_count(errors);
    config_errors_print(errors, stderr);
    config_errors_destroy(errors);
    if (!is_taken) {
        (void)fprintf(stderr, "%s: %u error%s: not in order\n", path, (unsigned)faults,
                      plural(faults)); /* nowhere left to complain */
    } else if (warnings > 0) {
        (void)printf("%s: %s: in order, with %u warning%s\n", path, buffer,
                     (unsigned)warnings, plural(warnings)); /* main's flush tells */
    } else {
        (void)printf("%s: %s: in order\n", path, buffer);
    }
    (void)fflush(stdout); /* keeps both streams in order; ferror() tells at the end */
    return is_taken;
}

/* ---- A folder ---- */

static int is_configuration(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 5 &&
           strcmp(entry->d_name + length - 5, ".conf") == 0;
}

static bool check_named(const char *directory, const char *name, bool *ret_is_ours)
{
    char path[PATH_MAX];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/%s", directory, name);
    const struct kind *kind = kind_find(name, strcspn(name, "-."));
    *ret_is_ours = kind && !text.is_cut;
    if (!*ret_is_ours) {
        (void)printf("%s: not read: its name does not tell what it is\n", path);
        return true;
    }
    return check_file(kind, path);
}

static bool check_directory(const char *directory)
{
    struct dirent **entries = NULL;
    int count = scandir(directory, &entries, is_configuration, alphasort);
    if (count < 0) {
        (void)fprintf(stderr, "guichet check-config: cannot read '%s': %s\n", directory,
                      strerror(errno));
        return false;
    }
    bool is_in_order = true;
    bool has_any = false;
    for (int i = 0; i < count; i++) {
        bool is_ours = false;
        is_in_order = check_named(directory, entries[i]->d_name, &is_ours) && is_in_order;
        has_any = has_any || is_ours;
        free(entries[i]);
    }
    free(entries);
    if (!has_any) {
        (void)fprintf(stderr, "guichet check-config: there is no file to check in '%s'\n",
                      directory);
    }
    return is_in_order && has_any;
}

/* ---- Words ---- */

static bool wrong(const char *sentence, const char *subject)
{
    (void)fprintf(stderr,
                  "guichet check-config: %s '%s'; 'guichet check-config --help' says "
                  "more\n",
                  sentence, subject);
    return false;
}

static void add_file(struct request_words *words, const struct kind *kind,
                     const char *path)
{
    words->files[words->file_count].kind = kind;
    words->files[words->file_count].path = path;
    words->file_count++;
}

/* Take the option `name` with its value. `program` is what the last --program named,
 * until its --config has come. */
static bool take_option(struct request_words *words, const char *name, const char *value,
                        const struct kind **program)
{
    if (strcmp(name, "--site") == 0) {
        add_file(words, &kinds[0], value);
        return true;
    }
    if (strcmp(name, "--directory") == 0) {
        words->directory = value;
        return true;
    }
    if (strcmp(name, "--program") == 0) {
        if (*program) {
            return wrong("this must be followed by --config FILE:", (*program)->name);
        }
        *program = kind_find(value, strlen(value));
        return (*program && (*program)->program != PROGRAM_COUNT) ||
               wrong("there is no program", value);
    }
    if (strcmp(name, "--config") == 0) {
        if (!*program) {
            return wrong("--program NAME must stand before --config", value);
        }
        add_file(words, *program, value);
        *program = NULL;
        return true;
    }
    return wrong("there is no option", name);
}

static bool take_print(struct request_words *words, int argc, char **argv)
{
    if (argc > 3) {
        return wrong("nothing more can be asked for with", argv[1]);
    }
    const char *name = argc == 3 ? argv[2] : "site";
    words->printed = kind_find(name, strlen(name));
    return words->printed || wrong("there is no configuration", name);
}

static bool read_words(struct request_words *words, int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--print-config") == 0) {
        return take_print(words, argc, argv);
    }
    const struct kind *program = NULL;
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc) {
            return wrong("a value is missing behind, or there is no option", argv[i]);
        }
        if (!take_option(words, argv[i], argv[i + 1], &program)) {
            return false;
        }
    }
    if (program) {
        return wrong("this must be followed by --config FILE:", program->name);
    }
    if (words->directory && words->file_count > 0) {
        return wrong("files cannot be named together with", "--directory");
    }
    return true;
}

static bool answer(const struct request_words *words)
{
    if (words->printed) {
        enum program program = words->printed->program;
        config_print(program == PROGRAM_COUNT ? site_config_schema()
                                              : program_config_schema(program),
                     CONFIG_PRINT_INI, stdout);
        return true;
    }
    if (words->file_count == 0) {
        return check_directory(words->directory ? words->directory : DIRECTORY);
    }
    bool is_in_order = true;
    for (size_t i = 0; i < words->file_count; i++) {
        is_in_order =
            check_file(words->files[i].kind, words->files[i].path) && is_in_order;
    }
    return is_in_order;
}

int check_config_run(int argc, char **argv)
{
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        (void)fputs(help, stdout);
        return EXIT_IN_ORDER;
    }
    struct request_words words = {0};
    words.files = calloc((size_t)argc, sizeof(*words.files));
    if (!words.files) {
        (void)fputs("guichet check-config: out of memory\n", stderr);
        return EXIT_FAILED;
    }
    bool is_in_order = read_words(&words, argc, argv) && answer(&words);
    free(words.files);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fputs("guichet check-config: cannot write the result\n", stderr);
        return EXIT_FAILED;
    }
    return is_in_order ? EXIT_IN_ORDER : EXIT_FAULTS;
}
