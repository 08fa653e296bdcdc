/* What reports read from the events around a business day: its sites, clocks and the
 * epoch; see journal.h. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "journal/journal_private.h"
#include "journal/moment.h"

/* Which events of a kind were in force at some time of a day: the last one before it
 * opened and those until it closed. The kind is spelled out, because SQLite uses the
 * partial index only then. */
#define IN_FORCE(kind)                                                                   \
    "SELECT seq, at, taken_at, kind, version, body FROM event"                           \
    " WHERE kind = '" kind "' AND seq <= ?2 AND seq >= coalesce("                        \
    "(SELECT max(seq) FROM event WHERE kind = '" kind "' AND seq < ?1), 0)"              \
    " ORDER BY seq DESC"

struct bounds {
    int64_t opened_seq;
    int64_t closed_seq; /* INT64_MAX: still open */
};

static enum status find_day(struct journal *journal, uint32_t date,
                            struct bounds *ret_bounds, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    const char *sql = "SELECT opened_seq, coalesce(closed_seq, 9223372036854775807)"
                      " FROM day WHERE date = ?";
    enum status status = database_prepare(journal->db, &sql, 1, &statement, err);
    const struct value values[] = {value_integer(date)};
    bool has_row = false;
    status = status == OK ? database_bind(statement, values, 1, err) : status;
    status = status == OK ? database_step(statement, &has_row, err) : status;
    if (status == OK && has_row) {
        ret_bounds->opened_seq = sqlite3_column_int64(statement, 0);
        ret_bounds->closed_seq = sqlite3_column_int64(statement, 1);
    } else if (status == OK) {
        char text[DATE_BYTES];
        date_format(date, text);
        status = error_set(err, ERR_NOT_FOUND, "there is no business day %s", text);
    }
    database_finish(&statement, 1);
    return status;
}

/* Told of each event in force, the newest first. */
typedef enum status on_frame(const struct event *event, void *context, struct error *err);

static enum status read_frames(struct journal *journal, const char *sql,
                               const struct bounds *bounds, on_frame *on_event,
                               void *context, struct error *err)
{
    const struct value values[] = {value_integer(bounds->opened_seq),
                                   value_integer(bounds->closed_seq)};
    sqlite3_stmt *statement = NULL;
    struct site *site_of_event = malloc(sizeof(*site_of_event));
    if (!site_of_event) {
        return error_set(err, ERR_IO, "out of memory");
    }
    enum status status = database_prepare(journal->db, &sql, 1, &statement, err);
    status = status == OK ? database_bind(statement, values, 2, err) : status;
    while (status == OK) {
        bool has_row = false;
        status = database_step(statement, &has_row, err);
        if (status != OK || !has_row) {
            break;
        }
        struct event_row row = {
            .seq = sqlite3_column_int64(statement, 0),
            .at_ms = sqlite3_column_int64(statement, 1),
            .taken_at_ms = sqlite3_column_int64(statement, 2),
            .kind = (const char *)sqlite3_column_text(statement, 3),
            .version = sqlite3_column_int64(statement, 4),
            .body = (const char *)sqlite3_column_text(statement, 5),
        };
        row.body_length = (size_t)sqlite3_column_bytes(statement, 5);
        struct event event = {.kind = EVENT_KIND_COUNT};
        status = row.kind && row.body
                     ? event_body_decode(&row, NULL, site_of_event, &event, err)
                     : error_set(err, ERR_CORRUPT, "event %" PRId64 " is empty", row.seq);
        status = status == OK ? on_event(&event, context, err) : status;
    }
    database_finish(&statement, 1);
    free(site_of_event);
    return status;
}

/* The site that a day's sites are merged into; the newest comes first. */
struct merged {
    struct site *site;
    bool has_site;
};

static enum status too_many(const char *things, struct error *err)
{
    return error_set(err, ERR_LIMIT, "the sites of that day had too many %s together",
                     things);
}

static enum status merge_services(struct site *site, const struct site *older,
                                  struct error *err)
{
    for (uint32_t i = 0; i < older->service_count; i++) {
        const struct service *service = &older->services[i];
        if (site_find_service(site, service->id) != SITE_NONE) {
            continue;
        }
        if (site->service_count == SERVICES_MAX) {
            return too_many("services", err);
        }
        site->services[site->service_count++] = *service;
    }
    return OK;
}

static enum status merge_classes(struct site *site, const struct site *older,
                                 struct error *err)
{
    for (uint32_t i = 0; i < older->class_count; i++) {
        const struct priority_class *class = &older->classes[i];
        if (site_find_class(site, class->id) != SITE_NONE) {
            continue;
        }
        if (site->class_count == CLASSES_MAX) {
            return too_many("priority classes", err);
        }
        site->classes[site->class_count++] = *class;
    }
    return OK;
}

/* Where a hall of the older site is; one that is gone counts as the first. */
static uint32_t hall_now(const struct site *site, const struct site *older, uint32_t hall)
{
    assert(hall < older->hall_count);
    uint32_t found = site_find_hall(site, older->halls[hall].id);
    return found == SITE_NONE ? 0 : found;
}

static enum status merge_counters(struct site *site, const struct site *older,
                                  struct error *err)
{
    for (uint32_t i = 0; i < older->counter_count; i++) {
        const struct counter_place *counter = &older->counters[i];
        if (site_find_counter(site, counter->id) != SITE_NONE) {
            continue;
        }
        if (site->counter_count == COUNTERS_MAX) {
            return too_many("counters", err);
        }
        struct counter_place *added = &site->counters[site->counter_count++];
        *added = *counter;
        added->hall = hall_now(site, older, counter->hall);
        added->services = 0;
        for (uint32_t bit = 0; bit < older->service_count; bit++) {
            if ((counter->services >> bit & 1U) != 0) {
                added->services |= UINT64_C(1)
                                   << site_find_service(site, older->services[bit].id);
            }
        }
    }
    return OK;
}

static enum status merge_kiosks(struct site *site, const struct site *older,
                                struct error *err)
{
    for (uint32_t i = 0; i < older->kiosk_count; i++) {
        const struct device *kiosk = &older->kiosks[i];
        if (site_find_device(site->kiosks, site->kiosk_count, kiosk->id) != SITE_NONE) {
            continue;
        }
        if (site->kiosk_count == DEVICES_PER_KIND_MAX) {
            return too_many("kiosks", err);
        }
        struct device *added = &site->kiosks[site->kiosk_count++];
        *added = *kiosk;
        added->place = hall_now(site, older, kiosk->place);
    }
    return OK;
}

static enum status merge_site(const struct event *event, void *context, struct error *err)
{
    struct merged *merged = context;
    assert(event->kind == EVENT_SITE_CONFIGURED && event->site && merged->site);
    if (!merged->has_site) {
        *merged->site = *event->site;
        merged->has_site = true;
        return OK;
    }
    enum status status = merge_services(merged->site, event->site, err);
    status = status == OK ? merge_classes(merged->site, event->site, err) : status;
    status = status == OK ? merge_counters(merged->site, event->site, err) : status;
    return status == OK ? merge_kiosks(merged->site, event->site, err) : status;
}

static enum status read_site(struct journal *journal, uint32_t date,
                             struct merged *merged, struct error *err)
{
    /* The last site alone is that of a day that opens at the end of time. */
    struct bounds bounds = {.opened_seq = INT64_MAX, .closed_seq = INT64_MAX};
    enum status status = date == 0 ? OK : find_day(journal, date, &bounds, err);
    return status == OK ? read_frames(journal, IN_FORCE("site-configured"), &bounds,
                                      merge_site, merged, err)
                        : status;
}

enum status journal_read_site(struct journal *journal, uint32_t date,
                              struct site *ret_site, struct error *err)
{
    struct merged merged = {.site = malloc(sizeof(*merged.site))};
    if (!merged.site) {
        return error_set(err, ERR_IO, "cannot read the site: out of memory");
    }
    enum status status = read_site(journal, date, &merged, err);
    if (status == OK && !merged.has_site) {
        status = error_set(err, ERR_NOT_FOUND, "no site was ever configured");
    }
    if (status == OK) {
        *ret_site = *merged.site;
    } else {
        (void)error_wrap(err, "cannot read the site from journal '%s'", journal->path);
    }
    free(merged.site);
    return status;
}

struct clocks {
    bool used[CLOCK_MODE_COUNT];
    int64_t opened_seq;
    bool knows_opening; /* a clock was set before the day opened */
};

static enum status note_clock(const struct event *event, void *context, struct error *err)
{
    (void)err;
    struct clocks *clocks = context;
    assert(event->kind == EVENT_CLOCK_SET && event->clock.mode < CLOCK_MODE_COUNT);
    clocks->used[event->clock.mode] = true;
    clocks->knows_opening = clocks->knows_opening || event->seq < clocks->opened_seq;
    return OK;
}

enum status journal_read_clock_modes(struct journal *journal, uint32_t date,
                                     bool ret_used[CLOCK_MODE_COUNT], struct error *err)
{
    struct bounds bounds = {0};
    enum status status = find_day(journal, date, &bounds, err);
    if (status != OK) {
        return error_wrap(err, "cannot read the clocks from journal '%s'", journal->path);
    }
    struct clocks clocks = {.opened_seq = bounds.opened_seq};
    status =
        read_frames(journal, IN_FORCE("clock-set"), &bounds, note_clock, &clocks, err);
    if (status != OK) {
        return error_wrap(err, "cannot read the clocks from journal '%s'", journal->path);
    }
    if (!clocks.knows_opening) {
        clocks.used[CLOCK_REAL] = true; /* What a queue starts with. */
    }
    memcpy(ret_used, clocks.used, sizeof(clocks.used));
    return OK;
}

enum status journal_read_epoch(struct journal *journal, int64_t *ret_epoch,
                               struct error *err)
{
    enum status status =
        database_integer(journal->db,
                         "SELECT max(json_extract(body, '$.epoch')) FROM event"
                         " WHERE kind = 'epoch-started'",
                         ret_epoch, err);
    return status == OK ? OK
                        : error_wrap(err, "cannot read the epoch from journal '%s'",
                                     journal->path);
}
