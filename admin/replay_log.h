/* The files of a replay as they are meant: visits, stretches of open counters, and
 * everything that is impossible in them. docs/replay.md describes the columns. */
#ifndef GUICHET_ADMIN_REPLAY_LOG_H
#define GUICHET_ADMIN_REPLAY_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "admin/replay_csv.h"
#include "core/error.h"
#include "core/site.h"
#include "core/ticket.h"
#include "runtime/zone.h"

#define REPLAY_LOG_COLUMNS                                                               \
    "visit,service,priority,arrived,called,counter,started,finished,left,outcome"
#define REPLAY_COUNTERS_COLUMNS "counter,services,opened,closed"

/* Times of a visit, in the order in which they happen. */
enum replay_time {
    REPLAY_ARRIVED,
    REPLAY_CALLED,
    REPLAY_STARTED,
    REPLAY_FINISHED,
    REPLAY_LEFT,
    REPLAY_TIME_COUNT
};

struct replay_visit {
    uint32_t line;
    const char *id; /* points into the file */
    uint32_t service;
    uint32_t class_index;
    uint32_t counter; /* SITE_NONE: never called */
    enum ticket_state outcome;
    uint32_t date;                        /* business day of the arrival */
    int64_t at_ms[REPLAY_TIME_COUNT];     /* 0: empty */
    const char *texts[REPLAY_TIME_COUNT]; /* as written, for messages */
    bool is_valid;                        /* nothing is wrong with its row */
    uint32_t ticket;                      /* ordinal, once taken */
    struct quote quote;                   /* once taken */
};

/* A stretch [opened, closed) in which a counter was open. */
struct replay_span {
    uint32_t line;
    uint32_t counter;
    uint64_t services; /* bit set; 0: as site.conf says */
    uint32_t date;     /* business day of the opening */
    int64_t opened_ms;
    int64_t closed_ms; /* 0: to the end of the business day */
    const char *closed_text;
    bool is_valid;
};

struct replay_log {
    const char *path; /* borrowed */
    struct csv_file file;
    struct replay_visit *visits; /* in the order of the file */
    size_t visit_count;
    const char *counters_path; /* NULL: counters are open while they serve */
    struct csv_file counters_file;
    struct replay_span *spans;
    size_t span_count;
};

/* Read and check both files against the site; `counters_path` may be NULL. What is wrong
 * goes to `faults`, one sentence a row; only unreadable files and lack of memory fail.
 * The caller frees with replay_log_finish(), also after a failure. */
enum status replay_log_read(struct replay_log *log, const char *path,
                            const char *counters_path, const struct site *site,
                            struct replay_faults *faults, struct error *err);

void replay_log_finish(struct replay_log *log);

/* The moment after which nothing of a visit or stretch is recorded. */
int64_t replay_visit_last_ms(const struct replay_visit *visit);

/* Check rules between rows: a counter serves one visit at a time and is open, days do not
 * overlap, visit ids differ. Rows with a fault of their own are left out. */
void replay_log_check(struct replay_log *log, const struct site *site,
                      struct replay_faults *faults);

/* A date and time, "2026-11-23T09:14:05", with an optional fraction of a second and an
 * optional 'Z' or offset; without one it is the local time of the zone. ERR_INVALID says
 * why not: no such text, skipped or repeated by a change of clocks. */
enum status replay_time_parse(const struct zone *zone, const char *text, int64_t *ret_ms,
                              struct error *err);

#endif
