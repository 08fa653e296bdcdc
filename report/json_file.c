/* See json_file.h. Figures that are not known are null, never 0. */
#include "report/json_file.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include <jansson.h>

#include "figures/matters.h"
#include "report/content.h"
#include "runtime/instant.h"

/* Adding fails only without memory; json_file_write() then finds the object incomplete,
 * because jansson gives back NULL and dumping fails. */
static void put(json_t *object, const char *name, json_t *value)
{
    (void)json_object_set_new(object, name, value);
}

static void put_count(json_t *object, const char *name, int64_t count)
{
    put(object, name, json_integer(count));
}

static void put_real(json_t *object, const char *name, bool is_known, double value)
{
    put(object, name, is_known ? json_real(value) : json_null());
}

static void put_share(json_t *object, const char *name, struct share share)
{
    put_real(object, name, share.of > 0, share_percent(share));
}

static void put_instant(json_t *object, const char *name, int64_t at_ms)
{
    char text[INSTANT_TEXT_BYTES];
    if (at_ms != 0) {
        instant_text(at_ms, text);
    }
    put(object, name, at_ms != 0 ? json_string(text) : json_null());
}

static json_t *lengths(struct samples *samples)
{
    json_t *object = json_object();
    bool is_known = samples->count > 0;
    put_count(object, "count", (int64_t)samples->count);
    put_real(object, "mean_s", is_known, samples_mean_ms(samples) / 1000.0);
    put_real(object, "median_s", is_known,
             (double)samples_percentile_ms(samples, 50) / 1000.0);
    put_real(object, "p90_s", is_known,
             (double)samples_percentile_ms(samples, 90) / 1000.0);
    put_real(object, "longest_s", is_known, (double)samples_maximum_ms(samples) / 1000.0);
    return object;
}

static json_t *quotes(const struct quoted_count *quoted)
{
    json_t *object = json_object();
    bool is_known = quoted->count > 0;
    double count = is_known ? (double)quoted->count : 1.0;
    put_count(object, "quoted", quoted->count);
    put_count(object, "position_only", quoted->not_given);
    put_real(object, "error_mean_s", is_known, quoted->error_sum_s / count);
    put_real(object, "error_absolute_s", is_known, quoted->absolute_sum_s / count);
    put_real(object, "error_quadratic_s", is_known, sqrt(quoted->square_sum_s2 / count));
    put_real(object, "within_p50_percent", is_known, 100.0 * quoted->within_p50 / count);
    put_real(object, "within_p80_percent", is_known, 100.0 * quoted->within_p80 / count);
    put_real(object, "within_p90_percent", is_known, 100.0 * quoted->within_p90 / count);
    return object;
}

static void put_tally(json_t *object, struct tally *tally, const struct within *within)
{
    put_count(object, "offered", tally->offered);
    put_count(object, "served", tally->served);
    put_count(object, "abandoned", tally->abandoned);
    put_count(object, "no_show", tally->no_show);
    put_count(object, "closed_at_night", tally->closed_at_night);
    put_count(object, "cancelled", tally->cancelled);
    put_count(object, "waiting", tally->waiting);
    put_count(object, "at_counter", tally->at_counter);
    put_count(object, "in_standard", tally->standard.answered_in_time);
    put_count(object, "lost_in_standard", tally->standard.lost_in_time);
    put_count(object, "answered", tally->answered);
    put_count(object, "lost", tally->lost);
    json_t *shares = json_object();
    for (enum share_formula i = SHARE_F1; i < SHARE_FORMULA_COUNT; i++) {
        put_share(shares, share_formula_name(i), tally_standard_share(tally, i));
    }
    put(object, "standard_percent", shares);
    json_t *times = json_array();
    for (uint32_t i = 0; i < within->count; i++) {
        json_t *entry = json_object();
        put_count(entry, "within_s", within->seconds[i]);
        for (enum share_formula j = SHARE_F1; j < SHARE_FORMULA_COUNT; j++) {
            put_share(entry, share_formula_name(j), tally_within_share(tally, i, j));
        }
        (void)json_array_append_new(times, entry);
    }
    put(object, "within_percent", times);
    put(object, "wait", lengths(&tally->waits));
    put(object, "walk", lengths(&tally->walks));
    put(object, "service_time", lengths(&tally->services));
    put(object, "quotes", quotes(&tally->quoted));
}

static json_t *list_services(struct day_figures *figures, struct tally *by_service)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < figures->site.service_count; i++) {
        const struct service *service = &figures->site.services[i];
        json_t *entry = json_object();
        put(entry, "service", json_string(service->id));
        put_count(entry, "standard_wait_s", service->standard_wait_s);
        put_count(entry, "standard_share_percent", service->standard_share_percent);
        put_tally(entry, &by_service[i], &figures->within);
        (void)json_array_append_new(list, entry);
    }
    return list;
}

static json_t *list_counters(struct day_figures *figures)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < figures->site.counter_count; i++) {
        const struct counter_time *time = &figures->statistics->times[i];
        json_t *entry = json_object();
        put(entry, "counter", json_string(figures->site.counters[i].id));
        put_real(entry, "open_s", true, (double)time->open_ms / 1000.0);
        put_real(entry, "occupied_s", true, (double)time->occupied_ms / 1000.0);
        put_real(entry, "paused_s", true, (double)time->paused_ms / 1000.0);
        put_tally(entry, &figures->statistics->by_counter[i], &figures->within);
        (void)json_array_append_new(list, entry);
    }
    return list;
}

static json_t *list_channels(struct day_figures *figures)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < CHANNEL_COUNT; i++) {
        json_t *entry = json_object();
        put(entry, "channel", json_string(channel_name((enum channel)i)));
        put_tally(entry, &figures->statistics->by_channel[i], &figures->within);
        (void)json_array_append_new(list, entry);
    }
    return list;
}

static json_t *list_intervals(struct day_figures *figures)
{
    json_t *list = json_array();
    for (size_t i = 0; i < figures->statistics->interval_count; i++) {
        struct interval *interval = &figures->statistics->intervals[i];
        json_t *entry = json_object();
        put_instant(entry, "from", interval->from_ms);
        put_instant(entry, "to", interval->from_ms + INTERVAL_MS);
        put(entry, "provisional", json_boolean(interval->is_provisional));
        put_real(entry, "open_counters", true, interval_counters(interval));
        put_tally(entry, &interval->tally, &figures->within);
        json_t *further = json_object();
        put_tally(further, &interval->further, &figures->within);
        put(entry, "further_services", further);
        json_t *numbers = json_array();
        for (size_t j = 0; j < figures->remark_count; j++) {
            if (remark_is_of(&figures->remarks[j], interval->from_ms,
                             interval->from_ms + INTERVAL_MS)) {
                (void)json_array_append_new(numbers,
                                            json_integer(figures->remarks[j].remark));
            }
        }
        put(entry, "remarks", numbers);
        (void)json_array_append_new(list, entry);
    }
    return list;
}

static json_t *list_remarks(const struct day_figures *figures)
{
    json_t *list = json_array();
    for (size_t i = 0; i < figures->remark_count; i++) {
        const struct remark_record *remark = &figures->remarks[i];
        json_t *entry = json_object();
        put_count(entry, "remark", remark->remark);
        put_instant(entry, "from", remark->from_ms);
        put_instant(entry, "until", remark->until_ms);
        put(entry, "service",
            remark->service == SITE_NONE
                ? json_null()
                : json_string(figures->site.services[remark->service].id));
        put(entry, "text", json_string(remark->text));
        put_instant(entry, "withdrawn_at", remark->withdrawn_at_ms);
        (void)json_array_append_new(list, entry);
    }
    return list;
}

static json_t *list_corrections(const struct day_figures *figures)
{
    json_t *list = json_array();
    for (size_t i = 0; i < figures->correction_count; i++) {
        const struct correction_record *correction = &figures->corrections[i];
        json_t *entry = json_object();
        char label[LABEL_LENGTH_MAX + 1] = "";
        if (correction->ticket != TICKET_NONE) {
            ticket_label(&figures->site.services[correction->series], correction->number,
                         label);
        }
        put_instant(entry, "at", correction->at_ms);
        put(entry, "ticket", label[0] != '\0' ? json_string(label) : json_null());
        put(entry, "service",
            correction->service == SITE_NONE
                ? json_null()
                : json_string(figures->site.services[correction->service].id));
        put_count(entry, "tickets", correction->ticket_count);
        put(entry, "from", json_string(ticket_state_name(correction->from)));
        put(entry, "to", json_string(ticket_state_name(correction->to)));
        put(entry, "reason", json_string(correction->reason));
        (void)json_array_append_new(list, entry);
    }
    return list;
}

static void put_matter(json_t *entry, const struct matter_count *count)
{
    put_count(entry, "served", count->served);
    put_real(entry, "service_mean_s", count->measured > 0,
             (double)count->service_ms / 1000.0 /
                 (count->measured > 0 ? (double)count->measured : 1.0));
    put_count(entry, "complete", count->complete);
    put_count(entry, "incomplete", count->incomplete);
    put_count(entry, "document_missing", count->missing);
}

/* What agents said; a product holds its precisions. The last entry is without a topic. */
static void put_matters(json_t *root, struct day_figures *figures)
{
    struct matters matters;
    const struct site *site = &figures->site;
    struct lacking lacking;
    matters_count(site, figures->visits, figures->counted_count, &matters);
    lacking_count(figures->lacked, figures->lacked_count, &lacking);
    json_t *topics = json_array();
    for (uint32_t i = 0; i <= site->topic_count && matters_are_asked(site); i++) {
        bool is_said = i < site->topic_count;
        json_t *entry = json_object();
        put(entry, "topic", is_said ? json_string(site->topics[i].id) : json_null());
        put(entry, "under",
            is_said && site->topics[i].under != 0
                ? json_string(site->topics[site->topics[i].under - 1].id)
                : json_null());
        put_matter(entry, is_said ? &matters.by_topic[i] : &matters.unsaid);
        (void)json_array_append_new(topics, entry);
    }
    put(root, "topics", topics);
    json_t *documents = json_array();
    for (uint32_t i = 0; i < site->document_count; i++) {
        json_t *entry = json_object();
        put(entry, "document", json_string(site->documents[i].id));
        put_count(entry, "missing", matters.by_document[i]);
        put_count(entry, "sent_home", lacking.sent_home_by[i]);
        put_count(entry, "let_in_without", lacking.let_in_by[i]);
        (void)json_array_append_new(documents, entry);
    }
    put(root, "documents", documents);
    put_count(root, "people_sent_home", lacking.sent_home);
    put_count(root, "people_let_in_without", lacking.let_in);
}

static json_t *list_turned(const struct day_figures *figures)
{
    json_t *list = json_array();
    for (size_t i = 0; i < figures->turned_count; i++) {
        const struct turned_record *record = &figures->turned[i];
        json_t *entry = json_object();
        put(entry, "service", json_string(figures->site.services[record->service].id));
        put_instant(entry, "from", record->from_ms);
        put(entry, "reason", json_string(turned_reason_name(record->reason)));
        put_count(entry, "people", record->count);
        (void)json_array_append_new(list, entry);
    }
    return list;
}

static json_t *not_counted(const struct day_figures *figures)
{
    struct beside_counts counts = count_beside(figures);
    json_t *object = json_object();
    put(object, "tests", json_integer(counts.tests));
    put(object, "suspect", json_integer(counts.suspect));
    put(object, "swept", json_integer(counts.swept));
    put(object, "kept", json_integer(counts.kept));
    return object;
}

static json_t *list_exceptional(const struct day_figures *figures)
{
    json_t *list = json_array();
    for (size_t i = 0; i < figures->exceptional_count; i++) {
        const struct exceptional_record *record = &figures->exceptional[i];
        json_t *entry = json_object();
        put_instant(entry, "begun_at", record->begun_at_ms);
        put_instant(entry, "until", record->until_ms);
        put_instant(entry, "ended_at", record->ended_at_ms);
        put(entry, "service",
            record->service == SITE_NONE
                ? json_null()
                : json_string(figures->site.services[record->service].id));
        (void)json_array_append_new(list, entry);
    }
    return list;
}

static json_t *document_of(struct day_figures *figures)
{
    json_t *root = json_object();
    char date[16];
    (void)snprintf(
        date, sizeof(date), "%04u-%02u-%02u", (unsigned)(figures->date / 10000),
        (unsigned)(figures->date / 100 % 100), (unsigned)(figures->date % 100));
    put(root, "site", json_string(figures->site.id));
    put(root, "day", json_string(date));
    put_instant(root, "opened_at", figures->opened_at_ms);
    put_instant(root, "closed_at", figures->closed_at_ms);
    put_instant(root, "until", figures->until_ms);
    put(root, "provisional", json_boolean(figures->closed_at_ms == 0));
    put(root, "formula", json_string(share_formula_name(SHARE_F3)));
    json_t *clocks = json_array();
    for (uint32_t i = 0; i < CLOCK_MODE_COUNT; i++) {
        if (figures->clocks[i]) {
            (void)json_array_append_new(clocks,
                                        json_string(clock_mode_name((enum clock_mode)i)));
        }
    }
    put(root, "clocks", clocks);
    json_t *visits = json_object();
    put_tally(visits, &figures->statistics->visits, &figures->within);
    put(root, "visits", visits);
    json_t *contacts = json_object();
    put_tally(contacts, &figures->statistics->contacts, &figures->within);
    put(root, "contacts", contacts);
    struct statistics *statistics = figures->statistics;
    put(root, "services", list_services(figures, statistics->by_service));
    put(root, "further_services", list_services(figures, statistics->further_by_service));
    put_matters(root, figures);
    put(root, "counters", list_counters(figures));
    put(root, "channels", list_channels(figures));
    put(root, "intervals", list_intervals(figures));
    put(root, "remarks", list_remarks(figures));
    put(root, "exceptional", list_exceptional(figures));
    put(root, "corrections", list_corrections(figures));
    put(root, "not_counted", not_counted(figures));
    put(root, "turned_away", list_turned(figures));
    return root;
}

enum status json_file_write(struct day_figures *figures, const char *path,
                            struct error *err)
{
    json_t *root = document_of(figures);
    int result = json_dump_file(root, path, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    json_decref(root);
    return result == 0 ? OK : error_set(err, ERR_IO, "cannot write '%s'", path);
}
