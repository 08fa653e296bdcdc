/* See replay_estimates.h. */
#include "admin/replay_estimates.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A field of CSV, in quotes where it must be. */
static void write_field(FILE *file, const char *text)
{
    if (!strpbrk(text, ",\"")) {
        (void)fputs(text, file); /* errors are looked at once, at the end */
        return;
    }
    (void)fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            (void)fputc('"', file);
        }
        (void)fputc(*text, file);
    }
    (void)fputc('"', file);
}

static void write_visit(FILE *file, const struct replay_visit *visit)
{
    const struct quote *quote = &visit->quote;
    write_field(file, visit->id);
    (void)fprintf(file, ",%" PRIu32 ",%" PRIu32 ",", quote->ahead, quote->open_counters);
    if (quote->is_given) {
        (void)fprintf(file, "%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",",
                      quote->mean_s, quote->p50_s, quote->p80_s, quote->p90_s);
    } else {
        (void)fputs(",,,,", file);
    }
    if (visit->at_ms[REPLAY_CALLED] != 0) {
        int64_t wait_ms = visit->at_ms[REPLAY_CALLED] - visit->at_ms[REPLAY_ARRIVED];
        (void)fprintf(file, "%" PRId64, wait_ms / 1000);
        if (wait_ms % 1000 != 0) {
            (void)fprintf(file, ".%03d", (int)(wait_ms % 1000));
        }
    }
    (void)fputs("\r\n", file);
}

enum status replay_estimates_write(const struct replay_log *log, const char *path,
                                   struct error *err)
{
    FILE *file = fopen(path, "wxe");
    if (!file) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
    }
    (void)fputs(REPLAY_ESTIMATES_COLUMNS "\r\n", file);
    for (size_t i = 0; i < log->visit_count; i++) {
        write_visit(file, &log->visits[i]);
    }
    bool is_written = ferror(file) == 0;
    if (fclose(file) != 0 || !is_written) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
    }
    return OK;
}
