/* See report.h. */
#include "report/report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/text.h"
#include "report/content.h"
#include "report/csv.h"
#include "report/html.h"
#include "report/json_file.h"
#include "report/pdf.h"

#define PATH_BYTES 4096

/* Names of the files: those given, else those in the folder of --out, else empty. */
struct paths {
    char html[PATH_BYTES];
    char pdf[PATH_BYTES];
    char csv[PATH_BYTES];
    char json[PATH_BYTES];
};

static enum status set_path(char *to, const char *given, const char *folder,
                            const char *name, struct error *err)
{
    struct text path;
    text_init(&path, to, PATH_BYTES);
    if (given) {
        text_add_string(&path, given);
    } else if (folder) {
        text_add(&path, "%s/%s", folder, name);
    }
    return path.is_cut ? error_set(err, ERR_INVALID, "the name '%.200s…' is too long",
                                   given ? given : folder)
                       : OK;
}

static enum status set_paths(const struct report_options *options, struct paths *paths,
                             struct error *err)
{
    const char *folder = options->out_dir;
    if (folder && mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return error_set(err, ERR_IO, "cannot make the folder '%s': %s", folder,
                         strerror(errno));
    }
    enum status status = set_path(paths->html, options->html, folder, "report.html", err);
    if (status == OK) {
        status = set_path(paths->pdf, options->pdf, folder, "report.pdf", err);
    }
    if (status == OK) {
        status = set_path(paths->csv, options->csv, folder, "report", err);
    }
    if (status == OK) {
        status = set_path(paths->json, options->json, folder, "report.json", err);
    }
    return status;
}

static enum status write_html(const struct document *document, const char *path,
                              struct error *err)
{
    FILE *file = fopen(path, "we");
    if (!file) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
    }
    html_write(document, file);
    bool is_written = ferror(file) == 0;
    if (fclose(file) != 0 || !is_written) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
    }
    return OK;
}

/* Page and print, which share their words. */
static enum status write_document(struct day_figures *figures,
                                  const struct report_options *options,
                                  const struct paths *paths, struct error *err)
{
    static const char *const domains[] = {"report", "common"};
    char folder[PATH_BYTES];
    catalogue_folder(options->assets ? options->assets : "", folder, sizeof(folder));
    struct catalogue *catalogue = NULL;
    enum status status = catalogue_load(folder, domains, 2, &catalogue, err);
    if (status != OK) {
        return status;
    }
    struct words words = {.catalogue = catalogue,
                          .zone = figures->zone,
                          .language = options->language,
                          .arena = arena_create()};
    if (words.arena) {
        const struct document *document = content_create(figures, &words);
        if (paths->html[0] != '\0') {
            status = write_html(document, paths->html, err);
        }
        if (status == OK && paths->pdf[0] != '\0') {
            status = pdf_write(document, paths->pdf, err);
        }
    } else {
        status = error_set(err, ERR_LIMIT, "out of memory for the report");
    }
    arena_destroy(words.arena);
    catalogue_destroy(catalogue);
    return status;
}

enum status report_make(const struct report_options *options, struct error *err)
{
    struct paths paths;
    enum status status = set_paths(options, &paths, err);
    if (status != OK) {
        return status;
    }
    struct day_figures *figures = NULL;
    status = day_figures_gather(&options->gather, &figures, err);
    if (status != OK) {
        return error_wrap(err, "cannot report from '%s'", options->gather.journal);
    }
    if (paths.html[0] != '\0' || paths.pdf[0] != '\0') {
        status = write_document(figures, options, &paths, err);
    }
    if (status == OK && paths.csv[0] != '\0') {
        status = csv_write(figures, paths.csv, options->csv_separator, err);
    }
    if (status == OK && paths.json[0] != '\0') {
        status = json_file_write(figures, paths.json, err);
    }
    day_figures_destroy(figures);
    return status;
}
