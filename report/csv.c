/* See csv.h. One table says each file's name and its writer; errors of a stream are
 * looked at once, when it is closed. */
#include "report/csv.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "figures/matters.h"
#include "runtime/zone.h"

struct csv {
    FILE *file;
    struct day_figures *figures;
    char separator;
    bool is_first; /* of the record */
};

static void begin_field(struct csv *csv)
{
    if (!csv->is_first) {
        (void)fputc(csv->separator, csv->file);
    }
    csv->is_first = false;
}

static void text(struct csv *csv, const char *value)
{
    begin_field(csv);
    const char special[] = {csv->separator, '"', '\r', '\n', '\0'};
    if (!strpbrk(value, special)) {
        (void)fputs(value, csv->file);
        return;
    }
    (void)fputc('"', csv->file);
    for (; *value != '\0'; value++) {
        if (*value == '"') {
            (void)fputc('"', csv->file);
        }
        (void)fputc(*value, csv->file);
    }
    (void)fputc('"', csv->file);
}

static void number(struct csv *csv, int64_t value)
{
    begin_field(csv);
    (void)fprintf(csv->file, "%" PRId64, value);
}

/* Three decimals where there is a value. */
static void real(struct csv *csv, bool is_known, double value)
{
    begin_field(csv);
    if (is_known) {
        (void)fprintf(csv->file, "%.3f", value);
    }
}

static void share(struct csv *csv, struct share value)
{
    begin_field(csv);
    if (value.of > 0) {
        (void)fprintf(csv->file, "%.4f", share_percent(value));
    }
}

/* "2026-11-23T09:14:05.000+01:00"; empty for 0. */
static void moment(struct csv *csv, int64_t at_ms)
{
    begin_field(csv);
    if (at_ms == 0) {
        return;
    }
    struct local_time local = zone_local(csv->figures->zone, at_ms);
    int32_t offset_min = local.offset_s / 60;
    int32_t magnitude = offset_min < 0 ? -offset_min : offset_min;
    (void)fprintf(csv->file, "%04u-%02u-%02uT%02u:%02u:%02u.%03u%c%02d:%02d",
                  (unsigned)(local.date / 10000), (unsigned)(local.date / 100 % 100),
                  (unsigned)(local.date % 100), (unsigned)(local.minute_of_day / 60),
                  (unsigned)(local.minute_of_day % 60), (unsigned)local.second,
                  (unsigned)local.millisecond, offset_min < 0 ? '-' : '+', magnitude / 60,
                  magnitude % 60);
}

static void end_record(struct csv *csv)
{
    (void)fputs("\r\n", csv->file);
    csv->is_first = true;
}

/* A header line from names separated by commas. */
static void header(struct csv *csv, const char *names)
{
    while (*names != '\0') {
        size_t length = strcspn(names, ",");
        begin_field(csv);
        (void)fprintf(csv->file, "%.*s", (int)length, names);
        names += length;
        names += *names != '\0' ? 1 : 0;
    }
}

#define TALLY_NAMES                                                                      \
    "offered,served,abandoned,no_show,closed_at_night,cancelled,waiting,at_counter,"     \
    "in_standard,decided,in_standard_percent,wait_mean_s,wait_median_s,wait_p90_s,"      \
    "wait_longest_s,walk_mean_s,service_mean_s"

static void mean(struct csv *csv, const struct samples *samples)
{
    real(csv, samples->count > 0, samples_mean_ms(samples) / 1000.0);
}

static void tally_fields(struct csv *csv, struct tally *tally)
{
    number(csv, tally->offered);
    number(csv, tally->served);
    number(csv, tally->abandoned);
    number(csv, tally->no_show);
    number(csv, tally->closed_at_night);
    number(csv, tally->cancelled);
    number(csv, tally->waiting);
    number(csv, tally->at_counter);
    struct share in_standard = tally_standard_share(tally, SHARE_F3);
    number(csv, in_standard.part);
    number(csv, in_standard.of);
    share(csv, in_standard);
    struct samples *waits = &tally->waits;
    bool is_known = waits->count > 0;
    mean(csv, waits);
    real(csv, is_known, (double)samples_percentile_ms(waits, 50) / 1000.0);
    real(csv, is_known, (double)samples_percentile_ms(waits, 90) / 1000.0);
    real(csv, is_known, (double)samples_maximum_ms(waits) / 1000.0);
    mean(csv, &tally->walks);
    mean(csv, &tally->services);
}

/* One figure a line: what changes from version to version is rows, not columns. */
static void figure(struct csv *csv, const char *name, bool is_known, double value)
{
    text(csv, name);
    real(csv, is_known, value);
    end_record(csv);
}

static void write_shares(struct csv *csv, const struct tally *tally)
{
    const struct within *within = &csv->figures->within;
    for (enum share_formula i = SHARE_F1; i < SHARE_FORMULA_COUNT; i++) {
        char name[64];
        struct share value = tally_standard_share(tally, i);
        (void)snprintf(name, sizeof(name), "in_standard_percent_%s",
                       share_formula_name(i));
        figure(csv, name, value.of > 0, share_percent(value));
        for (uint32_t j = 0; j < within->count; j++) {
            value = tally_within_share(tally, j, i);
            (void)snprintf(name, sizeof(name), "within_%us_percent_%s",
                           (unsigned)within->seconds[j], share_formula_name(i));
            figure(csv, name, value.of > 0, share_percent(value));
        }
    }
}

static void write_quoted(struct csv *csv, const struct quoted_count *quoted)
{
    bool is_known = quoted->count > 0;
    double count = is_known ? (double)quoted->count : 1.0;
    figure(csv, "quoted", true, quoted->count);
    figure(csv, "quoted_position_only", true, quoted->not_given);
    figure(csv, "quoted_error_mean_s", is_known, quoted->error_sum_s / count);
    figure(csv, "quoted_error_absolute_s", is_known, quoted->absolute_sum_s / count);
    figure(csv, "quoted_within_p50_percent", is_known,
           100.0 * quoted->within_p50 / count);
    figure(csv, "quoted_within_p80_percent", is_known,
           100.0 * quoted->within_p80 / count);
    figure(csv, "quoted_within_p90_percent", is_known,
           100.0 * quoted->within_p90 / count);
}

static void write_summary(struct csv *csv)
{
    struct tally *tally = &csv->figures->statistics->visits;
    struct samples *waits = &tally->waits;
    bool is_known = waits->count > 0;
    header(csv, "figure,value");
    end_record(csv);
    const struct {
        const char *name;
        uint32_t count;
    } counts[] = {
        {"offered", tally->offered},
        {"served", tally->served},
        {"abandoned", tally->abandoned},
        {"no_show", tally->no_show},
        {"cancelled", tally->cancelled},
        {"closed_at_night", tally->closed_at_night},
        {"waiting", tally->waiting},
        {"at_counter", tally->at_counter},
        {"contacts", csv->figures->statistics->contacts.offered},
        {"provisional", csv->figures->closed_at_ms == 0 ? 1 : 0},
    };
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        text(csv, counts[i].name);
        number(csv, counts[i].count);
        end_record(csv);
    }
    figure(csv, "wait_mean_s", is_known, samples_mean_ms(waits) / 1000.0);
    figure(csv, "wait_median_s", is_known,
           (double)samples_percentile_ms(waits, 50) / 1000.0);
    figure(csv, "wait_p90_s", is_known,
           (double)samples_percentile_ms(waits, 90) / 1000.0);
    figure(csv, "wait_longest_s", is_known, (double)samples_maximum_ms(waits) / 1000.0);
    figure(csv, "walk_mean_s", tally->walks.count > 0,
           samples_mean_ms(&tally->walks) / 1000.0);
    figure(csv, "service_mean_s", tally->services.count > 0,
           samples_mean_ms(&tally->services) / 1000.0);
    write_shares(csv, tally);
    write_quoted(csv, &tally->quoted);
}

static void write_channels(struct csv *csv)
{
    header(csv, "channel," TALLY_NAMES);
    end_record(csv);
    for (uint32_t i = 0; i < CHANNEL_COUNT; i++) {
        text(csv, channel_name((enum channel)i));
        tally_fields(csv, &csv->figures->statistics->by_channel[i]);
        end_record(csv);
    }
}

static void write_services(struct csv *csv)
{
    header(csv, "service,letter,standard_s,goal_percent," TALLY_NAMES);
    end_record(csv);
    for (uint32_t i = 0; i < csv->figures->site.service_count; i++) {
        const struct service *service = &csv->figures->site.services[i];
        text(csv, service->id);
        text(csv, service->letter);
        number(csv, service->standard_wait_s);
        number(csv, service->standard_share_percent);
        tally_fields(csv, &csv->figures->statistics->by_service[i]);
        end_record(csv);
    }
}

static void write_counters(struct csv *csv)
{
    header(csv, "counter,open_s,occupied_s,paused_s," TALLY_NAMES);
    end_record(csv);
    for (uint32_t i = 0; i < csv->figures->site.counter_count; i++) {
        const struct counter_time *time = &csv->figures->statistics->times[i];
        text(csv, csv->figures->site.counters[i].id);
        real(csv, true, (double)time->open_ms / 1000.0);
        real(csv, true, (double)time->occupied_ms / 1000.0);
        real(csv, true, (double)time->paused_ms / 1000.0);
        tally_fields(csv, &csv->figures->statistics->by_counter[i]);
        end_record(csv);
    }
}

/* "1 3": the remarks on the interval. */
static void remark_numbers(struct csv *csv, int64_t from_ms)
{
    char bytes[4 * REMARKS_PER_DAY_MAX];
    struct text numbers;
    text_init(&numbers, bytes, sizeof(bytes));
    for (size_t i = 0; i < csv->figures->remark_count; i++) {
        const struct remark_record *remark = &csv->figures->remarks[i];
        if (remark_is_of(remark, from_ms, from_ms + INTERVAL_MS)) {
            text_add(&numbers, numbers.length > 0 ? " %u" : "%u",
                     (unsigned)remark->remark);
        }
    }
    text(csv, bytes);
}

static void write_remarks(struct csv *csv)
{
    header(csv, "remark,from,until,service,text,withdrawn_at");
    end_record(csv);
    for (size_t i = 0; i < csv->figures->remark_count; i++) {
        const struct remark_record *remark = &csv->figures->remarks[i];
        number(csv, remark->remark);
        moment(csv, remark->from_ms);
        moment(csv, remark->until_ms);
        text(csv, remark->service == SITE_NONE
                      ? ""
                      : csv->figures->site.services[remark->service].id);
        text(csv, remark->text);
        moment(csv, remark->withdrawn_at_ms);
        end_record(csv);
    }
}

static void write_exceptional(struct csv *csv)
{
    header(csv, "from,until,ended_at,service");
    end_record(csv);
    for (size_t i = 0; i < csv->figures->exceptional_count; i++) {
        const struct exceptional_record *record = &csv->figures->exceptional[i];
        moment(csv, record->begun_at_ms);
        moment(csv, record->until_ms);
        moment(csv, record->ended_at_ms);
        text(csv, record->service == SITE_NONE
                      ? ""
                      : csv->figures->site.services[record->service].id);
        end_record(csv);
    }
}

static void write_corrections(struct csv *csv)
{
    const struct site *site = &csv->figures->site;
    header(csv, "at,ticket,service,tickets,from,to,reason");
    end_record(csv);
    for (size_t i = 0; i < csv->figures->correction_count; i++) {
        const struct correction_record *correction = &csv->figures->corrections[i];
        char label[LABEL_LENGTH_MAX + 1] = "";
        if (correction->ticket != TICKET_NONE) {
            ticket_label(&site->services[correction->series], correction->number, label);
        }
        moment(csv, correction->at_ms);
        text(csv, label);
        text(csv, correction->service == SITE_NONE
                      ? ""
                      : site->services[correction->service].id);
        number(csv, correction->ticket_count);
        text(csv, ticket_state_name(correction->from));
        text(csv, ticket_state_name(correction->to));
        text(csv, correction->reason);
        end_record(csv);
    }
}

static void write_intervals(struct csv *csv)
{
    struct statistics *statistics = csv->figures->statistics;
    header(csv, "from,to,provisional,open_counters," TALLY_NAMES
                ",remarks,further_offered,further_in_standard,further_decided,"
                "further_wait_mean_s");
    end_record(csv);
    for (size_t i = 0; i < statistics->interval_count; i++) {
        struct interval *interval = &statistics->intervals[i];
        moment(csv, interval->from_ms);
        moment(csv, interval->from_ms + INTERVAL_MS);
        number(csv, interval->is_provisional ? 1 : 0);
        real(csv, true, interval_counters(interval));
        tally_fields(csv, &interval->tally);
        remark_numbers(csv, interval->from_ms);
        struct share further = tally_standard_share(&interval->further, SHARE_F3);
        number(csv, interval->further.offered);
        number(csv, further.part);
        number(csv, further.of);
        mean(csv, &interval->further.waits);
        end_record(csv);
    }
}

static void write_visit(struct csv *csv, const struct visit_record *visit)
{
    const struct site *site = &csv->figures->site;
    const struct quote *quote = &visit->quote;
    char label[LABEL_LENGTH_MAX + 1];
    ticket_label(&site->services[visit->series], visit->number, label);
    text(csv, label);
    text(csv, site->services[visit->service].id);
    text(csv, visit->class_index < site->class_count
                  ? site->classes[visit->class_index].id
                  : "");
    text(csv, channel_name(visit->channel));
    text(csv,
         visit->counter < site->counter_count ? site->counters[visit->counter].id : "");
    text(csv, ticket_state_name(visit->state));
    moment(csv, visit->taken_at_ms);
    moment(csv, visit->called_at_ms);
    moment(csv, visit->started_at_ms);
    moment(csv, visit->ended_at_ms);
    number(csv, visit->start_is_imputed ? 1 : 0);
    number(csv, visit->call_count);
    real(csv, visit->called_at_ms != 0,
         (double)(visit->called_at_ms - visit->taken_at_ms) / 1000.0);
    number(csv, quote->ahead);
    number(csv, quote->open_counters);
    const uint32_t quoted[] = {quote->mean_s, quote->p50_s, quote->p80_s, quote->p90_s};
    for (size_t i = 0; i < sizeof(quoted) / sizeof(quoted[0]); i++) {
        if (quote->is_given) {
            number(csv, quoted[i]);
        } else {
            text(csv, "");
        }
    }
    number(csv, visit->leg);
    const struct matter *matter = &visit->matter;
    text(csv, matter->topic > 0 ? site->topics[matter->topic - 1].id : "");
    text(csv, matter->document > 0 ? site->documents[matter->document - 1].id : "");
    text(csv, matter->completeness == COMPLETE_NOT_SAID
                  ? ""
                  : completeness_name(matter->completeness));
    number(csv, visit->quantity);
    const char *kind = visit->is_test ? "test" : "suspect";
    text(csv, visit->is_beside ? kind : "");
    end_record(csv);
}

static void write_visits(struct csv *csv)
{
    header(csv, "ticket,service,class,channel,counter,outcome,taken_at,called_at,"
                "started_at,ended_at,start_imputed,calls,wait_s,ahead,open_counters,"
                "quoted_mean_s,quoted_p50_s,quoted_p80_s,quoted_p90_s,leg,"
                "topic,missing,complete,quantity,not_counted");
    end_record(csv);
    for (size_t i = 0; i < csv->figures->visit_count; i++) {
        write_visit(csv, &csv->figures->visits[i]);
    }
}

static void write_topic(struct csv *csv, const char *id, const char *under,
                        const struct matter_count *count)
{
    text(csv, id);
    text(csv, under);
    number(csv, count->served);
    real(csv, count->measured > 0,
         (double)count->service_ms / 1000.0 /
             (count->measured > 0 ? (double)count->measured : 1.0));
    number(csv, count->complete);
    number(csv, count->incomplete);
    number(csv, count->missing);
    end_record(csv);
}

/* A product holds its precisions; what has no topic stands last. */
static void write_topics(struct csv *csv)
{
    const struct site *site = &csv->figures->site;
    struct matters matters;
    matters_count(site, csv->figures->visits, csv->figures->counted_count, &matters);
    header(csv, "topic,under,served,service_mean_s,complete,incomplete,document_missing");
    end_record(csv);
    for (uint32_t i = 0; i < site->topic_count; i++) {
        uint32_t under = site->topics[i].under;
        write_topic(csv, site->topics[i].id, under > 0 ? site->topics[under - 1].id : "",
                    &matters.by_topic[i]);
    }
    if (matters_are_asked(site)) {
        write_topic(csv, "", "", &matters.unsaid);
    }
}

static void write_documents(struct csv *csv)
{
    const struct site *site = &csv->figures->site;
    struct matters matters;
    struct lacking lacking;
    matters_count(site, csv->figures->visits, csv->figures->counted_count, &matters);
    lacking_count(csv->figures->lacked, csv->figures->lacked_count, &lacking);
    header(csv, "document,missing,sent_home,let_in_without");
    end_record(csv);
    for (uint32_t i = 0; i < site->document_count; i++) {
        text(csv, site->documents[i].id);
        number(csv, matters.by_document[i]);
        number(csv, lacking.sent_home_by[i]);
        number(csv, lacking.let_in_by[i]);
        end_record(csv);
    }
}

enum status csv_write(struct day_figures *figures, const char *prefix, char separator,
                      struct error *err)
{
    static const struct {
        const char *name;
        void (*write)(struct csv *csv);
    } files[] = {
        {"summary", write_summary},         {"channels", write_channels},
        {"services", write_services},       {"counters", write_counters},
        {"intervals", write_intervals},     {"visits", write_visits},
        {"topics", write_topics},           {"remarks", write_remarks},
        {"corrections", write_corrections}, {"exceptional", write_exceptional},
        {"documents", write_documents},
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char path[4096];
        struct text name;
        text_init(&name, path, sizeof(path));
        text_add(&name, "%s-%s.csv", prefix, files[i].name);
        FILE *file = name.is_cut ? NULL : fopen(path, "we");
        if (!file) {
            return error_set(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
        }
        struct csv csv = {
            .file = file, .figures = figures, .separator = separator, .is_first = true};
        files[i].write(&csv);
        bool is_written = ferror(file) == 0;
        if (fclose(file) != 0 || !is_written) {
            return error_set(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
        }
    }
    return OK;
}
