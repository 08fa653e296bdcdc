/* The verb `guichet replay`; see replay.h. Both files are written beside their names and
 * renamed when everything has succeeded. */
#include "admin/replay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "admin/replay_estimates.h"
#include "admin/replay_log.h"
#include "admin/replay_play.h"
#include "admin/words.h"
#include "core/text.h"
#include "runtime/site_config.h"

#define EXIT_DONE   0
#define EXIT_FAILED 1

/* yyyymmdd as year, month and day. */
#define DATE_PARTS(date)                                                                 \
    (unsigned)((date) / 10000), (unsigned)((date) / 100 % 100), (unsigned)((date) % 100)

static const char help[] =
    "usage: guichet replay LOG.csv --site SITE.conf --journal OUT\n"
    "                      [--counters COUNTERS.csv] [--estimates EST.csv]\n"
    "\n"
    "Plays the recorded visits of LOG.csv through the queue, with the log's own times,\n"
    "into a new journal OUT. LOG.csv has one row a visit:\n"
    "  " REPLAY_LOG_COLUMNS "\n"
    "COUNTERS.csv says when counters were open; without it a counter is open while it\n"
    "serves:\n"
    "  " REPLAY_COUNTERS_COLUMNS "\n"
    "EST.csv gets what each visit would have been quoted on arrival, and its wait.\n"
    "Rows that are impossible are listed with their lines; nothing is written then.\n"
    "docs/replay.md describes the files.\n";

struct options {
    const char *log;
    const char *site;
    const char *journal;
    const char *counters;
    const char *estimates;
};

/* A name beside the wanted one, until the file is complete. */
struct target {
    const char *path;
    char part[4096];
};

static int parse_options(int argc, char **argv, struct options *ret_options)
{
    struct options options = {0};
    const struct word_option named[] = {
        {"--site", &options.site},
        {"--journal", &options.journal},
        {"--counters", &options.counters},
        {"--estimates", &options.estimates},
    };
    const struct words_schema schema = {.verb = "replay",
                                        .options = named,
                                        .option_count = sizeof(named) / sizeof(named[0]),
                                        .plain = &options.log};
    int result = words_read(&schema, argc, argv);
    if (result != EXIT_DONE) {
        return result;
    }
    if (!options.log || !options.site || !options.journal) {
        return words_refuse("replay", "this must be given:",
                            !options.log    ? "LOG.csv"
                            : !options.site ? "--site"
                                            : "--journal");
    }
    *ret_options = options;
    return EXIT_DONE;
}

/* Choose the name beside; refuse a file that exists: a journal is never overwritten. */
static enum status target_init(struct target *target, const char *path, struct error *err)
{
    target->path = path;
    if (!path) {
        return OK;
    }
    struct text part;
    text_init(&part, target->part, sizeof(target->part));
    text_add(&part, "%s.part-%ld", path, (long)getpid());
    if (part.is_cut) {
        return error_set(err, ERR_INVALID, "the name '%.200s…' is too long", path);
    }
    if (access(path, F_OK) == 0) {
        return error_set(err, ERR_INVALID, "'%s' exists already", path);
    }
    return OK;
}

static void target_remove(const struct target *target)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]) && target->path; i++) {
        char name[sizeof(target->part) + 8];
        struct text text;
        text_init(&text, name, sizeof(name));
        text_add(&text, "%s%s", target->part, suffixes[i]);
        (void)unlink(name); /* most were never made */
    }
}

static enum status target_keep(const struct target *target, struct error *err)
{
    if (target->path && rename(target->part, target->path) != 0) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", target->path,
                         strerror(errno));
    }
    return OK;
}

static enum status load_site(const char *path, struct site *ret_site, struct error *err)
{
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        return error_set(err, ERR_LIMIT, "out of memory for '%s'", path);
    }
    enum status status = site_config_load(path, ret_site, errors);
    config_errors_print(errors, stderr);
    if (status != OK) {
        status = error_set(err, ERR_INVALID, "'%s' is refused", path);
    }
    config_errors_destroy(errors);
    return status;
}

static enum status write_all(struct replay_log *log, const struct site *site,
                             const struct options *options, struct replay_faults *faults,
                             struct error *err)
{
    struct target journal = {0};
    struct target estimates = {0};
    struct replay_summary summary;
    enum status status = target_init(&journal, options->journal, err);
    if (status == OK) {
        status = target_init(&estimates, options->estimates, err);
    }
    if (status != OK) {
        return status;
    }
    status = replay_play(log, site, journal.part, faults, &summary, err);
    if (status == OK && estimates.path) {
        status = replay_estimates_write(log, estimates.part, err);
    }
    if (status == OK) {
        status = target_keep(&estimates, err);
    }
    if (status == OK) {
        status = target_keep(&journal, err);
    }
    if (status != OK) {
        target_remove(&journal);
        target_remove(&estimates);
        return status;
    }
    (void)printf("%s: %zu visits, %zu business days from %04u-%02u-%02u to "
                 "%04u-%02u-%02u, %lld events\n",
                 options->journal, log->visit_count, summary.day_count,
                 DATE_PARTS(summary.first_date), DATE_PARTS(summary.last_date),
                 (long long)summary.event_count);
    return OK;
}

static enum status replay(const struct options *options, const struct site *site,
                          struct replay_faults *faults, struct error *err)
{
    struct replay_log log;
    enum status status =
        replay_log_read(&log, options->log, options->counters, site, faults, err);
    if (status == OK) {
        replay_log_check(&log, site, faults);
        status = faults->count > 0 ? error_set(err, ERR_REFUSED, "nothing was written")
                                   : write_all(&log, site, options, faults, err);
    }
    replay_log_finish(&log);
    return status;
}

int replay_run(int argc, char **argv)
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
    struct site *site = calloc(1, sizeof(*site));
    struct error err = {.status = ERR_LIMIT, .text = "out of memory"};
    struct replay_faults faults = {0};
    enum status status = site ? load_site(options.site, site, &err) : ERR_LIMIT;
    if (status == OK) {
        status = replay(&options, site, &faults, &err);
    }
    size_t fault_count = faults.count;
    replay_faults_print(&faults, stderr);
    replay_faults_finish(&faults);
    free(site);
    if (fault_count > 0) {
        (void)fprintf(stderr,
                      "guichet replay: %zu rows are refused; nothing was written\n",
                      fault_count);
        return EXIT_WRONG_WORDS;
    }
    if (status != OK) {
        (void)fprintf(stderr, "guichet replay: %s\n", err.text);
        return status == ERR_INVALID || status == ERR_REFUSED ? EXIT_WRONG_WORDS
                                                              : EXIT_FAILED;
    }
    return EXIT_DONE;
}
