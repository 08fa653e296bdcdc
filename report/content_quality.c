/* How honest the figures are: quoted waits against actual ones, the service level by
 * every formula, and what each word means. */
#include "report/content.h"

#include <math.h>

#include "report/charts.h"

static void add_quote_row(struct document *document, struct table *table,
                          const struct words *words, const char *name,
                          const struct quoted_count *quoted)
{
    struct cell *cells = table_row(document, table)->cells;
    bool is_known = quoted->count > 0;
    double count = is_known ? (double)quoted->count : 1.0;
    size_t next = 0;
    cells[next++].text = name;
    cells[next++].text = words_number(words, quoted->count);
    cells[next++].text = words_number(words, quoted->not_given);
    const double lengths_s[] = {quoted->error_sum_s / count,
                                quoted->absolute_sum_s / count,
                                sqrt(quoted->square_sum_s2 / count)};
    for (size_t i = 0; i < 3; i++) {
        cells[next++].text =
            is_known ? words_length_short(words, lengths_s[i] * 1000.0) : WORDS_NONE;
    }
    const struct {
        uint32_t within;
        double goal;
    } levels[] = {
        {quoted->within_p50, 0.5}, {quoted->within_p80, 0.8}, {quoted->within_p90, 0.9}};
    for (size_t i = 0; i < 3; i++) {
        struct share share = {levels[i].within, quoted->count};
        struct cell *cell = &cells[next++];
        cell->text = words_share(words, share);
        cell->has_bar = is_known;
        cell->bar = share_percent(share) / 100.0;
        cell->goal = levels[i].goal;
    }
}

void content_add_quotes(struct document *document, struct day_figures *figures,
                        const struct words *words)
{
    const struct statistics *statistics = figures->statistics;
    const struct quoted_count *all = &statistics->visits.quoted;
    if (all->count + all->not_given == 0) {
        return;
    }
    document_heading(document, "quotes", words_of(words, tr("Quoted and actual wait")));
    document_text(
        document, BLOCK_TEXT,
        words_of(words,
                 tr("Every ticket keeps the wait that was quoted when it was taken. "
                    "A limit is honest when the actual wait stays within it as often "
                    "as the limit promises.")));
    const struct chart *chart = chart_of_quotes(figures, words);
    if (chart) {
        document_chart(document, chart);
    }
    struct table *table = document_table(
        document,
        words_of(words, tr("Error is quoted mean less actual wait, in minutes and "
                           "seconds; limits: share of waits within them")));
    table_column(table, words_of(words, tr("Service")), true);
    table_column(table, words_of(words, tr("Quoted")), false);
    table_column(table, words_of(words, tr("Position only")), false);
    table_column(table, words_of(words, tr("Error, mean")), false);
    table_column(table, words_of(words, tr("Error, absolute")), false);
    table_column(table, words_of(words, tr("Error, quadratic")), false);
    table_column(table, words_of(words, tr("Within P50")), false);
    table_column(table, words_of(words, tr("Within P80")), false);
    table_column(table, words_of(words, tr("Within P90")), false);
    for (uint32_t i = 0; i < figures->site.service_count; i++) {
        const struct service *service = &figures->site.services[i];
        add_quote_row(document, table, words, words_name(words, &service->name),
                      &statistics->by_service[i].quoted);
        struct cell *name = &table->rows[table->row_count - 1].cells[0];
        name->has_chip = true;
        name->chip = service->letter;
        name->chip_rgb = service->color_rgb;
    }
    add_quote_row(document, table, words, words_of(words, tr("All services")), all);
    table->rows[table->row_count - 1].is_total = true;
}

void content_add_formulas(struct document *document, struct day_figures *figures,
                          const struct words *words)
{
    static const char *const meanings[SHARE_FORMULA_COUNT] = {
        [SHARE_F1] = tr("served or gone within T ÷ offered"),
        [SHARE_F2] = tr("served within T ÷ served"),
        [SHARE_F3] = tr("served within T ÷ offered (the share of this report)"),
        [SHARE_F4] = tr("served within T ÷ offered without those gone within T"),
    };
    const struct tally *tally = &figures->statistics->visits;
    const struct within *within = &figures->within;
    document_heading(document, "formulas",
                     words_of(words, tr("The service level by other formulas")));
    struct table *table = document_table(
        document,
        words_of(words, tr("The same day by the formulas in use; compare figures "
                           "of one formula only")));
    table_column(table, words_of(words, tr("Formula")), true);
    table_column(table, words_of(words, tr("Within the standard")), false);
    for (uint32_t i = 0; i < within->count; i++) {
        const struct catalogue_part part = {"time",
                                            words_seconds(words, within->seconds[i])};
        table_column(table, words_fill(words, tr("Within {time}"), &part, NULL), false);
    }
    for (enum share_formula i = SHARE_F1; i < SHARE_FORMULA_COUNT; i++) {
        struct row *row = table_row(document, table);
        struct cell *cells = row->cells;
        row->is_total = i == SHARE_F3;
        cells[0].text = arena_format(words->arena, "%s — %s", share_formula_name(i),
                                     words_of(words, meanings[i]));
        cells[1].text = words_share(words, tally_standard_share(tally, i));
        for (uint32_t j = 0; j < within->count; j++) {
            cells[2 + j].text = words_share(words, tally_within_share(tally, j, i));
        }
    }
}

void content_add_definitions(struct document *document, const struct words *words)
{
    static const struct term terms[] = {
        {tr("Offered"), tr("Everybody who took a ticket, except cancelled and void "
                           "tickets. People who are "
                           "still waiting are offered, but do not count in the service "
                           "level until their "
                           "wait has ended.")},
        {tr("Served"), tr("The agent finished the service.")},
        {tr("Abandoned"), tr("The person was seen or known to leave before the call.")},
        {tr("No-show"),
         tr("Nobody came when the ticket was called. The moment of leaving is not known: "
            "the wait up to the call counts.")},
        {tr("Closed at night"),
         tr("The ticket was still open when the business day closed. It is never counted "
            "as served.")},
        {tr("Cancelled"),
         tr("The ticket was withdrawn at the wish of the person or because it was taken "
            "by "
            "mistake. It is counted apart and is not among the offered.")},
        {tr("Void"), tr("Test tickets and replaced numbers. They are counted nowhere.")},
        {tr("Wait"), tr("From taking the ticket to the call that stands, of people who "
                        "were served or "
                        "are being served.")},
        {tr("Walk"),
         tr("From the call to the start of the service, where the agent pressed "
            "start.")},
        {tr("Service time"),
         tr("From the start to the finish, where both were pressed.")},
        {tr("Standard"),
         tr("The declared promise of a service: X % of the people are called within T.")},
        {tr("In standard"),
         tr("Formula F3: people served with a wait of at most T, divided by all offered "
            "people whose wait has ended (served, abandoned, no-show, closed at night). "
            "The "
            "goal of a sum is the mean of the goals, weighted by people.")},
        {tr("Median, P90"), tr("Percentiles by nearest rank: the smallest measured value "
                               "with at least 50 % or "
                               "90 % of the values at or below it.")},
        {tr("Sums"), tr("Figures of groups are computed from counts and measured values, "
                        "never from the "
                        "figures of smaller groups.")},
        {tr("Open, occupied"),
         tr("A counter is open when it is free, has called, serves or wraps up; it is "
            "occupied when it is open and not free. A pause is neither.")},
        {tr("Quarter of an hour"), tr("[10:00, 10:15) holds who arrived at 10:00:00 or "
                                      "later and before 10:15:00. A "
                                      "quarter is provisional until it has ended and "
                                      "nobody of it is waiting or being "
                                      "served.")},
        {tr("Quoted wait"),
         tr("What was estimated when the ticket was taken: one service for each person "
            "ahead and one more, at the pace of the open counters (Erlang distribution). "
            "P50, P80 and P90 are its quantiles. Without an open counter only the "
            "position is told.")},
    };
    size_t count = sizeof(terms) / sizeof(terms[0]);
    struct term *said = arena_take(words->arena, sizeof(terms));
    for (size_t i = 0; i < count; i++) {
        said[i].name = words_of(words, terms[i].name);
        said[i].meaning = words_of(words, terms[i].meaning);
    }
    document_heading(document, "definitions", words_of(words, tr("Definitions")));
    struct block *block = document_add(document, BLOCK_TERMS);
    block->terms = said;
    block->term_count = count;
}
