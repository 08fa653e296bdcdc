/* Reading rows one by one; see replay_log.h. What concerns several rows is in
 * replay_check.c. */
#include "admin/replay_log.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum column {
    COLUMN_VISIT,
    COLUMN_SERVICE,
    COLUMN_PRIORITY,
    COLUMN_ARRIVED,
    COLUMN_CALLED,
    COLUMN_COUNTER,
    COLUMN_STARTED,
    COLUMN_FINISHED,
    COLUMN_LEFT,
    COLUMN_OUTCOME,
    COLUMN_COUNT
};
static_assert(COLUMN_COUNT <= CSV_FIELDS_MAX, "a record keeps every column");

static const struct {
    const char *name;
    enum column column;
} times[REPLAY_TIME_COUNT] = {
    [REPLAY_ARRIVED] = {"arrived", COLUMN_ARRIVED},
    [REPLAY_CALLED] = {"called", COLUMN_CALLED},
    [REPLAY_STARTED] = {"started", COLUMN_STARTED},
    [REPLAY_FINISHED] = {"finished", COLUMN_FINISHED},
    [REPLAY_LEFT] = {"left", COLUMN_LEFT},
};

#define TIME(time) (1U << (REPLAY_##time))

/* Which times an outcome needs and which it may have beside them. */
static const struct {
    uint32_t needed;
    uint32_t allowed;
} outcomes[TICKET_STATE_COUNT] = {
    [TICKET_WAITING] = {TIME(ARRIVED), 0},
    [TICKET_CALLED] = {TIME(ARRIVED) | TIME(CALLED), 0},
    [TICKET_SERVING] = {TIME(ARRIVED) | TIME(CALLED) | TIME(STARTED), 0},
    [TICKET_SERVED] = {TIME(ARRIVED) | TIME(CALLED) | TIME(FINISHED), TIME(STARTED)},
    [TICKET_NO_SHOW] = {TIME(ARRIVED) | TIME(CALLED) | TIME(LEFT), 0},
    [TICKET_CANCELLED] = {TIME(ARRIVED) | TIME(LEFT), TIME(CALLED)},
    [TICKET_ABANDONED] = {TIME(ARRIVED) | TIME(LEFT), 0},
    [TICKET_CLOSED_AT_NIGHT] = {TIME(ARRIVED), TIME(CALLED) | TIME(STARTED) | TIME(LEFT)},
    [TICKET_VOID] = {0, 0}, /* not an outcome of a log */
};

/* What one row is read with. */
struct row {
    const struct site *site;
    const struct zone *zone;
    const struct csv_record *record;
    const char *path;
    struct replay_faults *faults;
};

static bool fault(const struct row *row, const char *what, const char *text,
                  const char *why)
{
    replay_faults_add(row->faults, row->path, row->record->line, "%s '%s' %s", what, text,
                      why);
    return false;
}

static bool read_names(const struct row *row, struct replay_visit *visit)
{
    const char *const *fields = row->record->fields;
    visit->id = fields[COLUMN_VISIT];
    size_t length = strlen(visit->id);
    if (length == 0 || length > 64) {
        return fault(row, "visit", visit->id, "is not a name of 1 to 64 bytes");
    }
    visit->service = site_find_service(row->site, fields[COLUMN_SERVICE]);
    if (visit->service == SITE_NONE) {
        return fault(row, "service", fields[COLUMN_SERVICE], "is not in the site");
    }
    if (fields[COLUMN_PRIORITY][0] != '\0') {
        visit->class_index = site_find_class(row->site, fields[COLUMN_PRIORITY]);
    }
    if (visit->class_index == SITE_NONE) {
        return fault(row, "priority", fields[COLUMN_PRIORITY],
                     "is not a priority class of the site");
    }
    visit->counter = SITE_NONE;
    if (fields[COLUMN_COUNTER][0] != '\0') {
        visit->counter = site_find_counter(row->site, fields[COLUMN_COUNTER]);
        if (visit->counter == SITE_NONE) {
            return fault(row, "counter", fields[COLUMN_COUNTER], "is not in the site");
        }
    }
    visit->outcome = ticket_state_find(fields[COLUMN_OUTCOME]);
    if (visit->outcome == TICKET_STATE_COUNT || visit->outcome == TICKET_VOID) {
        return fault(row, "outcome", fields[COLUMN_OUTCOME],
                     "is not served, abandoned, no-show, cancelled, closed-at-night, "
                     "waiting, called or serving");
    }
    return true;
}

static bool read_times(const struct row *row, struct replay_visit *visit)
{
    for (uint32_t i = 0; i < REPLAY_TIME_COUNT; i++) {
        const char *text = row->record->fields[times[i].column];
        visit->texts[i] = text;
        if (text[0] == '\0') {
            continue;
        }
        struct error err;
        if (replay_time_parse(row->zone, text, &visit->at_ms[i], &err) != OK) {
            return fault(row, times[i].name, text, err.text);
        }
        if (visit->at_ms[i] <= 0) {
            return fault(row, times[i].name, text, "is before 1970");
        }
    }
    if (visit->outcome == TICKET_SERVED &&
        visit->at_ms[REPLAY_LEFT] == visit->at_ms[REPLAY_FINISHED]) {
        visit->at_ms[REPLAY_LEFT] = 0; /* says the same twice */
    }
    return true;
}

/* Whether the row has the times that its outcome needs, and no others. */
static bool check_presence(const struct row *row, const struct replay_visit *visit)
{
    const char *outcome = ticket_state_name(visit->outcome);
    for (uint32_t i = 0; i < REPLAY_TIME_COUNT; i++) {
        bool is_there = visit->at_ms[i] != 0;
        bool is_needed = (outcomes[visit->outcome].needed >> i & 1U) != 0;
        bool is_allowed = (outcomes[visit->outcome].allowed >> i & 1U) != 0;
        if (is_needed && !is_there) {
            replay_faults_add(row->faults, row->path, row->record->line,
                              "%s is empty, but the outcome is '%s'", times[i].name,
                              outcome);
            return false;
        }
        if (is_there && !is_needed && !is_allowed) {
            replay_faults_add(row->faults, row->path, row->record->line,
                              "%s is '%s', but the outcome is '%s'", times[i].name,
                              visit->texts[i], outcome);
            return false;
        }
    }
    bool is_called = visit->at_ms[REPLAY_CALLED] != 0;
    if (visit->at_ms[REPLAY_STARTED] != 0 && !is_called) {
        return fault(row, "started", visit->texts[REPLAY_STARTED],
                     "stands there without called");
    }
    if (is_called && visit->counter == SITE_NONE) {
        return fault(row, "called", visit->texts[REPLAY_CALLED],
                     "stands there without a counter");
    }
    if (!is_called && visit->counter != SITE_NONE) {
        return fault(row, "counter", row->record->fields[COLUMN_COUNTER],
                     "stands there without called");
    }
    return true;
}

static bool check_order(const struct row *row, const struct replay_visit *visit)
{
    uint32_t before = REPLAY_ARRIVED;
    for (uint32_t i = REPLAY_CALLED; i < REPLAY_TIME_COUNT; i++) {
        if (visit->at_ms[i] == 0) {
            continue;
        }
        if (visit->at_ms[i] < visit->at_ms[before]) {
            replay_faults_add(row->faults, row->path, row->record->line,
                              "%s '%s' is before %s '%s'", times[i].name, visit->texts[i],
                              times[before].name, visit->texts[before]);
            return false;
        }
        before = i;
    }
    return true;
}

static void read_visit(const struct row *row, struct replay_visit *visit)
{
    *visit = (struct replay_visit){.line = row->record->line, .counter = SITE_NONE};
    if (row->record->field_count == 0) {
        return; /* a fault already */
    }
    visit->is_valid = read_names(row, visit) && read_times(row, visit) &&
                      check_presence(row, visit) && check_order(row, visit);
    if (visit->is_valid) {
        visit->date = zone_business_date(row->zone, visit->at_ms[REPLAY_ARRIVED],
                                         row->site->day_change_minutes);
    }
}

/* The services of a stretch: ids separated by ';' or spaces; empty: as in the site. */
static bool read_services(const struct row *row, struct replay_span *span)
{
    const char *rest = row->record->fields[1];
    while (*rest != '\0') {
        size_t length = strcspn(rest, "; ");
        char id[ID_LENGTH_MAX + 1] = {0};
        if (length > 0) {
            uint32_t service = SITE_NONE;
            if (length <= ID_LENGTH_MAX) {
                memcpy(id, rest, length);
                service = site_find_service(row->site, id);
            }
            if (service == SITE_NONE) {
                return fault(row, "services", row->record->fields[1],
                             "names a service that is not in the site");
            }
            span->services |= UINT64_C(1) << service;
        }
        rest += length;
        rest += *rest != '\0' ? 1 : 0;
    }
    return true;
}

static bool read_span_times(const struct row *row, struct replay_span *span)
{
    const char *opened = row->record->fields[2];
    const char *closed = row->record->fields[3];
    struct error err;
    span->closed_text = closed;
    if (replay_time_parse(row->zone, opened, &span->opened_ms, &err) != OK) {
        return fault(row, "opened", opened, err.text);
    }
    if (closed[0] != '\0' &&
        replay_time_parse(row->zone, closed, &span->closed_ms, &err) != OK) {
        return fault(row, "closed", closed, err.text);
    }
    if (span->opened_ms <= 0) {
        return fault(row, "opened", opened, "is before 1970");
    }
    if (closed[0] != '\0' && span->closed_ms <= span->opened_ms) {
        replay_faults_add(row->faults, row->path, row->record->line,
                          "closed '%s' is not after opened '%s'", closed, opened);
        return false;
    }
    return true;
}

static void read_span(const struct row *row, struct replay_span *span)
{
    *span = (struct replay_span){.line = row->record->line};
    if (row->record->field_count == 0) {
        return;
    }
    span->counter = site_find_counter(row->site, row->record->fields[0]);
    if (span->counter == SITE_NONE) {
        (void)fault(row, "counter", row->record->fields[0], "is not in the site");
        return;
    }
    span->is_valid = read_services(row, span) && read_span_times(row, span);
    if (span->is_valid) {
        span->date =
            zone_business_date(row->zone, span->opened_ms, row->site->day_change_minutes);
    }
}

static enum status read_visits(struct replay_log *log, struct row *row, struct error *err)
{
    enum status status = csv_read(log->path, &log->file, row->faults, err);
    if (status != OK ||
        !csv_check_columns(&log->file, log->path, REPLAY_LOG_COLUMNS, row->faults)) {
        return status;
    }
    size_t count = log->file.record_count - 1;
    log->visits = calloc(count > 0 ? count : 1, sizeof(*log->visits));
    if (!log->visits) {
        return error_set(err, ERR_LIMIT, "out of memory for %zu visits", count);
    }
    log->visit_count = count;
    row->path = log->path;
    for (size_t i = 0; i < count; i++) {
        row->record = &log->file.records[i + 1];
        read_visit(row, &log->visits[i]);
    }
    if (count == 0) {
        replay_faults_add(row->faults, log->path, 0, "has no visit");
    }
    return OK;
}

static enum status read_spans(struct replay_log *log, struct row *row, struct error *err)
{
    if (!log->counters_path) {
        return OK;
    }
    enum status status =
        csv_read(log->counters_path, &log->counters_file, row->faults, err);
    if (status != OK || !csv_check_columns(&log->counters_file, log->counters_path,
                                           REPLAY_COUNTERS_COLUMNS, row->faults)) {
        return status;
    }
    size_t count = log->counters_file.record_count - 1;
    log->spans = calloc(count > 0 ? count : 1, sizeof(*log->spans));
    if (!log->spans) {
        return error_set(err, ERR_LIMIT, "out of memory for %zu stretches", count);
    }
    log->span_count = count;
    row->path = log->counters_path;
    for (size_t i = 0; i < count; i++) {
        row->record = &log->counters_file.records[i + 1];
        read_span(row, &log->spans[i]);
    }
    return OK;
}

enum status replay_log_read(struct replay_log *log, const char *path,
                            const char *counters_path, const struct site *site,
                            struct replay_faults *faults, struct error *err)
{
    *log = (struct replay_log){.path = path, .counters_path = counters_path};
    struct zone *zone = NULL;
    enum status status = zone_load(site->time_zone, &zone, err);
    if (status != OK) {
        return status;
    }
    struct row row = {.site = site, .zone = zone, .faults = faults};
    status = read_visits(log, &row, err);
    if (status == OK) {
        status = read_spans(log, &row, err);
    }
    zone_destroy(zone);
    return status;
}

void replay_log_finish(struct replay_log *log)
{
    csv_finish(&log->file);
    csv_finish(&log->counters_file);
    free(log->visits);
    free(log->spans);
    *log = (struct replay_log){0};
}

int64_t replay_visit_last_ms(const struct replay_visit *visit)
{
    int64_t last_ms = 0;
    for (uint32_t i = 0; i < REPLAY_TIME_COUNT; i++) {
        last_ms = visit->at_ms[i] > last_ms ? visit->at_ms[i] : last_ms;
    }
    return last_ms;
}
