/* The verb `guichet simulate`; see simulate.h. */
#include "admin/simulate.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/simulate_load.h"
#include "admin/simulate_print.h"
#include "admin/words.h"
#include "figures/simulation.h"
#include "runtime/catalogue.h"
#include "runtime/site_config.h"

#define EXIT_DONE   0
#define EXIT_FAILED 1

#define DAYS_DEFAULT 100
#define SEED_DEFAULT 1

#define FOLDER_BYTES 4096

static const char help[] =
    "usage: guichet simulate --site SITE.conf --load LOAD.conf [--days N] [--seed S]\n"
    "                        [--csv FILE] [--language fr|en]\n"
    "       guichet simulate --print-config\n"
    "\n"
    "Plays N days (100) of the site on the queue itself, with the people, service times\n"
    "and staff of LOAD.conf, and prints the figures of a day with their 95 % confidence\n"
    "intervals. The same seed (1) gives the same days. --language is fr (the default) "
    "or\n"
    "en. --csv writes the figures for programs. --print-config writes a load file with\n"
    "every key, its meaning and its default; docs/simulation.md explains it.\n";

struct options {
    const char *site;
    const char *load;
    const char *csv;
    const char *language_tag;
    const char *days_text;
    const char *seed_text;
    enum language language;
    uint32_t days;
    uint64_t seed;
};

static int read_values(struct options *options)
{
    int64_t number = DAYS_DEFAULT;
    if (options->days_text &&
        config_parse_number(options->days_text, 1, SIMULATION_DAYS_MAX, &number, NULL) !=
            OK) {
        return words_refuse(
            "simulate", "--days is not a number from 1 to 100000:", options->days_text);
    }
    options->days = (uint32_t)number;
    number = SEED_DEFAULT;
    if (options->seed_text &&
        config_parse_number(options->seed_text, 0, INT64_MAX, &number, NULL) != OK) {
        return words_refuse("simulate",
                            "--seed is not a number from 0 on:", options->seed_text);
    }
    options->seed = (uint64_t)number;
    options->language =
        options->language_tag ? language_find(options->language_tag) : LANGUAGE_FR;
    if (options->language == LANGUAGE_COUNT) {
        return words_refuse("simulate",
                            "--language is neither fr nor en:", options->language_tag);
    }
    return EXIT_DONE;
}

static int parse_options(int argc, char **argv, struct options *ret_options)
{
    struct options options = {0};
    const struct word_option named[] = {
        {"--site", &options.site},      {"--load", &options.load},
        {"--csv", &options.csv},        {"--language", &options.language_tag},
        {"--days", &options.days_text}, {"--seed", &options.seed_text},
    };
    const struct words_schema schema = {.verb = "simulate",
                                        .options = named,
                                        .option_count = sizeof(named) / sizeof(named[0])};
    int result = words_read(&schema, argc, argv);
    if (result != EXIT_DONE) {
        return result;
    }
    if (!options.site || !options.load) {
        return words_refuse("simulate",
                            "this must be given:", options.site ? "--load" : "--site");
    }
    *ret_options = options;
    return read_values(ret_options);
}

/* Both files, with everything wrong listed; false when they are refused. */
static bool read_files(const struct options *options, struct site *ret_site,
                       struct load *ret_load)
{
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        (void)fprintf(stderr, "guichet simulate: out of memory\n");
        return false;
    }
    enum status status = site_config_load(options->site, ret_site, errors);
    if (status == OK) {
        /* The site's warnings are for check-config; a refused one is told below. */
        config_errors_destroy(errors);
        errors = config_errors_create();
        status = errors ? simulate_load_read(options->load, ret_site, ret_load, errors)
                        : ERR_LIMIT;
    }
    if (errors) {
        config_errors_print(errors, stderr);
    }
    config_errors_destroy(errors);
    return status == OK;
}

static enum status write_csv(const struct simulate_figures *figures, const char *path,
                             struct error *err)
{
    FILE *file = fopen(path, "w");
    if (!file) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
    }
    simulate_write_csv(figures, file);
    bool is_written = ferror(file) == 0;
    if (fclose(file) != 0 || !is_written) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
    }
    return OK;
}

/* The words come first: a long simulation shall not end for want of them. */
static enum status simulate(const struct options *options, const struct site *site,
                            const struct load *load, struct error *err)
{
    static const char *const domains[] = {"admin"};
    char folder[FOLDER_BYTES];
    struct catalogue *catalogue = NULL;
    struct simulation *simulation = NULL;
    struct simulation_plan plan = {options->seed, options->days};
    catalogue_folder("", folder, sizeof(folder));
    enum status status = catalogue_load(folder, domains, 1, &catalogue, err);
    if (status == OK) {
        status = simulation_run(site, load, &plan, &simulation, err);
    }
    struct simulate_figures figures = {site, load, simulation, options->seed};
    if (status == OK && options->csv) {
        status = write_csv(&figures, options->csv, err);
    }
    if (status == OK) {
        simulate_print(&figures, catalogue, options->language, stdout);
    }
    if (status == OK && (fflush(stdout) != 0 || ferror(stdout))) {
        status = error_set(err, ERR_IO, "cannot write the figures: %s", strerror(errno));
    }
    free(simulation);
    catalogue_destroy(catalogue);
    return status;
}

int simulate_run(int argc, char **argv)
{
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        (void)fputs(help, stdout);
        return EXIT_DONE;
    }
    if (argc == 2 && strcmp(argv[1], "--print-config") == 0) {
        config_print(simulate_load_schema(), CONFIG_PRINT_INI, stdout);
        return fflush(stdout) == 0 ? EXIT_DONE : EXIT_FAILED;
    }
    struct options options = {0};
    int result = parse_options(argc, argv, &options);
    if (result != EXIT_DONE) {
        return result;
    }
    struct site *site = calloc(1, sizeof(*site));
    struct load *load = calloc(1, sizeof(*load));
    struct error err = {.status = ERR_LIMIT, .text = "out of memory"};
    enum status status = ERR_LIMIT;
    if (site && load) {
        if (!read_files(&options, site, load)) {
            result = EXIT_WRONG_WORDS;
            status = OK;
        } else {
            status = simulate(&options, site, load, &err);
        }
    }
    if (status != OK) {
        (void)fprintf(stderr, "guichet simulate: %s\n", err.text);
        result = EXIT_FAILED;
    }
    free(site);
    if (load) {
        load_finish(load);
    }
    free(load);
    return result;
}
