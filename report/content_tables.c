/* The tables of the report: lengths, services, counters, channels, quarters. */
#include "report/content.h"

const char *content_channel(const struct words *words, enum channel channel)
{
    static const char *const names[CHANNEL_COUNT] = {
        [CHANNEL_WALK_IN] = tr("Walk-in"), [CHANNEL_APPOINTMENT] = tr("Appointment"),
        [CHANNEL_PHONE] = tr("Telephone"), [CHANNEL_EMAIL] = tr("E-mail"),
        [CHANNEL_LETTER] = tr("Letter"),   [CHANNEL_WEB] = tr("Web"),
    };
    return words_of(words, names[channel]);
}

/* Cells are filled from left to right. */
struct filling {
    const struct words *words;
    struct row *row;
    size_t next;
};

static struct filling fill(struct document *document, struct table *table,
                           const struct words *words)
{
    return (struct filling){.words = words, .row = table_row(document, table)};
}

static struct cell *put(struct filling *filling, const char *text)
{
    struct cell *cell = &filling->row->cells[filling->next];
    filling->next++;
    cell->text = text;
    return cell;
}

static void put_number(struct filling *filling, uint32_t number)
{
    put(filling, words_number(filling->words, number))->is_muted = number == 0;
}

static void put_length(struct filling *filling, bool is_known, double length_ms)
{
    put(filling, is_known ? words_length_short(filling->words, length_ms) : WORDS_NONE)
        ->is_muted = !is_known;
}

static void put_mean(struct filling *filling, const struct samples *samples)
{
    put_length(filling, samples->count > 0, samples_mean_ms(samples));
}

static void put_percentile(struct filling *filling, struct samples *samples,
                           uint32_t percent)
{
    put_length(filling, samples->count > 0,
               (double)samples_percentile_ms(samples, percent));
}

static void put_longest(struct filling *filling, const struct samples *samples)
{
    put_length(filling, samples->count > 0, (double)samples_maximum_ms(samples));
}

static void put_share(struct filling *filling, struct share share, double goal_percent)
{
    struct cell *cell = put(filling, words_share(filling->words, share));
    cell->has_bar = share.of > 0;
    cell->bar = share_percent(share) / 100.0;
    cell->goal = goal_percent / 100.0;
    cell->is_muted = share.of == 0;
}

/* Remove the columns from `first` to `last` that hold nothing but zeros: rare outcomes
 * take room only on days that have them. */
static void drop_empty(struct table *table, const struct words *words, size_t first,
                       size_t last)
{
    const char *zero = words_number(words, 0);
    for (size_t column = last + 1; column-- > first;) {
        bool is_empty = true;
        for (size_t i = 0; i < table->row_count; i++) {
            const char *text = table->rows[i].cells[column].text;
            is_empty = is_empty && text[0] == zero[0] && text[1] == '\0';
        }
        if (is_empty) {
            table_drop_column(table, column);
        }
    }
}

void content_add_lengths(struct document *document, struct day_figures *figures,
                         const struct words *words)
{
    struct tally *tally = &figures->statistics->visits;
    struct table *table =
        document_table(document, words_of(words, tr("Lengths in minutes and seconds")));
    table_column(table, "", true);
    table_column(table, words_of(words, tr("Measured")), false);
    table_column(table, words_of(words, tr("Mean")), false);
    table_column(table, words_of(words, tr("Median")), false);
    table_column(table, words_of(words, tr("P90")), false);
    table_column(table, words_of(words, tr("Longest")), false);
    const struct {
        const char *name;
        struct samples *samples;
    } lengths[] = {
        {tr("Wait: from the ticket to the call"), &tally->waits},
        {tr("Walk: from the call to the start"), &tally->walks},
        {tr("Service: from the start to the finish"), &tally->services},
    };
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        struct filling filling = fill(document, table, words);
        put(&filling, words_of(words, lengths[i].name));
        put_number(&filling, (uint32_t)lengths[i].samples->count);
        put_mean(&filling, lengths[i].samples);
        put_percentile(&filling, lengths[i].samples, 50);
        put_percentile(&filling, lengths[i].samples, 90);
        put_longest(&filling, lengths[i].samples);
    }
}

/* The columns that services and channels share. */
static void add_outcome_columns(struct table *table, const struct words *words)
{
    table_column(table, words_of(words, tr("Offered")), false);
    table_column(table, words_of(words, tr("Served")), false);
    table_column(table, words_of(words, tr("Abandoned")), false);
    table_column(table, words_of(words, tr("No-show")), false);
    table_column(table, words_of(words, tr("At night")), false);
    table_column(table, words_of(words, tr("Cancelled")), false);
    table_column(table, words_of(words, tr("Waiting")), false);
    table_column(table, words_of(words, tr("In standard")), false);
    table_column(table, words_of(words, tr("Mean")), false);
    table_column(table, words_of(words, tr("Median")), false);
    table_column(table, words_of(words, tr("P90")), false);
    table_column(table, words_of(words, tr("Longest")), false);
}

/* Columns 3 to 7: outcomes that many days do not have; abandoned stays. */
#define RARE_FIRST 4
#define RARE_LAST  7

static void put_outcomes(struct filling *filling, struct tally *tally)
{
    put_number(filling, tally->offered);
    put_number(filling, tally->served);
    put_number(filling, tally->abandoned);
    put_number(filling, tally->no_show);
    put_number(filling, tally->closed_at_night);
    put_number(filling, tally->cancelled);
    put_number(filling, tally->waiting + tally->at_counter);
    put_share(filling, tally_standard_share(tally, SHARE_F3),
              content_goal_percent(tally));
    put_mean(filling, &tally->waits);
    put_percentile(filling, &tally->waits, 50);
    put_percentile(filling, &tally->waits, 90);
    put_longest(filling, &tally->waits);
}

static bool is_empty(const struct tally *tally)
{
    return tally->offered == 0 && tally->cancelled == 0;
}

/* One table of services: the first ones of visits, or the further ones. */
static void add_service_table(struct document *document, struct day_figures *figures,
                              const struct words *words, const char *title,
                              struct tally *by_service, struct tally *all)
{
    struct table *table = document_table(document, words_of(words, title));
    table_column(table, words_of(words, tr("Service")), true);
    add_outcome_columns(table, words);
    table_column(table, words_of(words, tr("Service, mean")), false);
    for (uint32_t i = 0; i < figures->site.service_count; i++) {
        const struct service *service = &figures->site.services[i];
        struct tally *tally = &by_service[i];
        if (by_service != figures->statistics->by_service && is_empty(tally)) {
            continue; /* few services are further ones */
        }
        struct filling filling = fill(document, table, words);
        struct cell *name = put(&filling, words_name(words, &service->name));
        name->has_chip = true;
        name->chip = service->letter;
        name->chip_rgb = service->color_rgb;
        put_outcomes(&filling, tally);
        put_mean(&filling, &tally->services);
    }
    struct filling filling = fill(document, table, words);
    filling.row->is_total = true;
    put(&filling, words_of(words, tr("All services")));
    put_outcomes(&filling, all);
    put_mean(&filling, &all->services);
    drop_empty(table, words, RARE_FIRST, RARE_LAST);
}

void content_add_services(struct document *document, struct day_figures *figures,
                          const struct words *words)
{
    struct statistics *statistics = figures->statistics;
    document_heading(document, "services", words_of(words, tr("By service")));
    add_service_table(document, figures, words,
                      tr("Waits in minutes and seconds; the mark in a bar is the goal of "
                         "the service"),
                      statistics->by_service, &statistics->visits);
    if (!is_empty(&statistics->further)) {
        add_service_table(document, figures, words,
                          tr("Further services of the same visits: people who were sent "
                             "on, came back or were parked; each waits from its request"),
                          statistics->further_by_service, &statistics->further);
    }
}

static void add_counter_columns(struct table *table, const struct words *words)
{
    table_column(table, words_of(words, tr("Counter")), true);
    table_column(table, words_of(words, tr("Served")), false);
    table_column(table, words_of(words, tr("No-show")), false);
    table_column(table, words_of(words, tr("Open")), false);
    table_column(table, words_of(words, tr("Paused")), false);
    table_column(table, words_of(words, tr("Occupied")), false);
    table_column(table, words_of(words, tr("In standard")), false);
    table_column(table, words_of(words, tr("Wait, mean")), false);
    table_column(table, words_of(words, tr("Walk, mean")), false);
    table_column(table, words_of(words, tr("Service, mean")), false);
    table_column(table, words_of(words, tr("Service, P90")), false);
}

static void put_counter(struct filling *filling, struct tally *tally,
                        const struct counter_time *time)
{
    put_number(filling, tally->served);
    put_number(filling, tally->no_show);
    put_length(filling, time->open_ms > 0, (double)time->open_ms);
    put_length(filling, time->paused_ms > 0, (double)time->paused_ms);
    const struct share occupied = {(uint32_t)(time->occupied_ms / 1000),
                                   (uint32_t)(time->open_ms / 1000)};
    put_share(filling, occupied, -100.0);
    put_share(filling, tally_standard_share(tally, SHARE_F3),
              content_goal_percent(tally));
    put_mean(filling, &tally->waits);
    put_mean(filling, &tally->walks);
    put_mean(filling, &tally->services);
    put_percentile(filling, &tally->services, 90);
}

void content_add_counters(struct document *document, struct day_figures *figures,
                          const struct words *words)
{
    document_heading(document, "counters", words_of(words, tr("By counter")));
    struct table *table = document_table(
        document, words_of(words, tr("Visits stand at the counter that called them last; "
                                     "times in hours, minutes and seconds")));
    add_counter_columns(table, words);
    struct counter_time all = {0};
    for (uint32_t i = 0; i < figures->site.counter_count; i++) {
        const struct counter_time *time = &figures->statistics->times[i];
        struct tally *tally = &figures->statistics->by_counter[i];
        all.open_ms += time->open_ms;
        all.occupied_ms += time->occupied_ms;
        all.paused_ms += time->paused_ms;
        if (is_empty(tally) && time->open_ms + time->paused_ms == 0) {
            continue; /* it was closed all day */
        }
        struct filling filling = fill(document, table, words);
        put(&filling, words_name(words, &figures->site.counters[i].name));
        put_counter(&filling, tally, time);
    }
    struct filling filling = fill(document, table, words);
    filling.row->is_total = true;
    put(&filling, words_of(words, tr("All counters")));
    put_counter(&filling, &figures->statistics->called, &all);
    drop_empty(table, words, 2, 2);
}

void content_add_channels(struct document *document, struct day_figures *figures,
                          const struct words *words)
{
    struct statistics *statistics = figures->statistics;
    document_heading(document, "channels", words_of(words, tr("By channel")));
    struct table *table = document_table(
        document, words_of(words, tr("Tickets and requests in other channels; written "
                                     "requests have no standard in minutes")));
    table_column(table, words_of(words, tr("Channel")), true);
    add_outcome_columns(table, words);
    for (uint32_t i = 0; i < CHANNEL_COUNT; i++) {
        if (!is_empty(&statistics->by_channel[i])) {
            struct filling filling = fill(document, table, words);
            put(&filling, content_channel(words, (enum channel)i));
            put_outcomes(&filling, &statistics->by_channel[i]);
        }
    }
    struct filling filling = fill(document, table, words);
    filling.row->is_total = true;
    put(&filling, words_of(words, tr("All channels")));
    put_outcomes(&filling, &statistics->all);
    drop_empty(table, words, RARE_FIRST, RARE_LAST);
}

void content_add_intervals(struct document *document, struct day_figures *figures,
                           const struct words *words)
{
    const struct statistics *statistics = figures->statistics;
    if (statistics->interval_count == 0) {
        return;
    }
    bool has_further = !is_empty(&statistics->further);
    document_heading(document, "quarters", words_of(words, tr("By quarter of an hour")));
    struct table *table = document_table(
        document, words_of(words, tr("People stand in the quarter in which they arrived, "
                                     "further services in the one of their request, "
                                     "start included, end excluded; * provisional")));
    table_column(table, words_of(words, tr("Arrival")), true);
    table_column(table, words_of(words, tr("Offered")), false);
    table_column(table, words_of(words, tr("Served")), false);
    table_column(table, words_of(words, tr("Not served")), false);
    table_column(table, words_of(words, tr("Open counters")), false);
    table_column(table, words_of(words, tr("In standard")), false);
    table_column(table, words_of(words, tr("Wait, mean")), false);
    table_column(table, words_of(words, tr("Wait, P90")), false);
    table_column(table, words_of(words, tr("Wait, longest")), false);
    if (has_further) {
        table_column(table, words_of(words, tr("Further services")), false);
        table_column(table, words_of(words, tr("In standard")), false);
    }
    for (size_t i = 0; i < statistics->interval_count; i++) {
        struct interval *interval = &statistics->intervals[i];
        struct tally *tally = &interval->tally;
        struct filling filling = fill(document, table, words);
        put(&filling,
            arena_format(words->arena, "%s–%s%s%s", words_clock(words, interval->from_ms),
                         words_clock(words, interval->from_ms + INTERVAL_MS),
                         interval->is_provisional ? " *" : "",
                         content_remarks_of(figures, words, interval->from_ms,
                                            interval->from_ms + INTERVAL_MS)));
        put_number(&filling, tally->offered);
        put_number(&filling, tally->served);
        put_number(&filling, tally->lost);
        put(&filling, words_decimal(words, interval_counters(interval)));
        put_share(&filling, tally_standard_share(tally, SHARE_F3), -100.0);
        put_mean(&filling, &tally->waits);
        put_percentile(&filling, &tally->waits, 90);
        put_longest(&filling, &tally->waits);
        if (has_further) {
            put_number(&filling, interval->further.offered);
            put_share(&filling, tally_standard_share(&interval->further, SHARE_F3),
                      -100.0);
        }
    }
}
