/* The head of the report and its order; see content.h. */
#include "report/content.h"

#include <string.h>

#include "report/charts.h"
#include "runtime/instant.h"

double content_goal_percent(const struct tally *tally)
{
    uint32_t decided = tally->answered + tally->lost;
    return decided == 0 ? -1.0 : (double)tally->target_percent_sum / (double)decided;
}

/* "15 min", or NULL where services have different standards. */
static const char *common_standard(const struct day_figures *figures,
                                   const struct words *words)
{
    const struct site *site = &figures->site;
    for (uint32_t i = 1; i < site->service_count; i++) {
        if (site->services[i].standard_wait_s != site->services[0].standard_wait_s) {
            return NULL;
        }
    }
    return words_seconds(words, site->services[0].standard_wait_s);
}

static struct card card_of_share(const struct day_figures *figures,
                                 const struct words *words)
{
    const struct tally *tally = &figures->statistics->visits;
    struct share share = tally_standard_share(tally, SHARE_F3);
    const char *standard = common_standard(figures, words);
    struct card card = {.label = words_of(words, tr("Served within the standard")),
                        .value = words_share(words, share),
                        .note = words_of(words, tr("Nobody's wait has ended yet")),
                        .is_wide = true,
                        .has_gauge = share.of > 0,
                        .gauge = share_percent(share) / 100.0,
                        .goal = content_goal_percent(tally) / 100.0};
    if (standard) {
        const struct catalogue_part part = {"time", standard};
        card.label = words_fill(words, tr("Served within {time}"), &part, NULL);
    }
    if (share.of > 0) {
        double goal = content_goal_percent(tally);
        card.tone = share_percent(share) >= goal ? TONE_GOOD : TONE_BAD;
        const struct catalogue_part counts = {
            "counts",
            arena_format(words->arena, "%s / %s", words_number(words, share.part),
                         words_number(words, share.of))};
        const struct catalogue_part target = {"goal", words_goal(words, goal)};
        card.note = words_fill(words,
                               card.tone == TONE_GOOD
                                   ? tr("{counts} — goal of {goal} reached (formula F3)")
                                   : tr("{counts} — goal of {goal} missed (formula F3)"),
                               &counts, &target);
    }
    return card;
}

/* A length of the waits; nobody's wait has none, which is not a wait of 0 s. */
static struct card card_of_wait(const struct tally *tally, const struct words *words,
                                const char *label, double length_ms, const char *note)
{
    bool is_known = tally->waits.count > 0;
    return (struct card){.label = words_of(words, label),
                         .value = is_known ? words_length(words, length_ms) : WORDS_NONE,
                         .note = words_of(words, note),
                         .goal = -1.0};
}

static void add_cards(struct document *document, struct day_figures *figures,
                      const struct words *words)
{
    struct tally *tally = &figures->statistics->visits;
    struct card *cards = arena_take(words->arena, 8 * sizeof(*cards));
    size_t count = 0;
    const struct catalogue_part offered = {"offered",
                                           words_number(words, tally->offered)};
    cards[count++] = card_of_share(figures, words);
    cards[count++] = (struct card){
        .label = words_of(words, tr("Served")),
        .value = words_number(words, tally->served),
        .note = words_fill(words, tr("of {offered} offered"), &offered, NULL),
        .goal = -1.0};
    const struct catalogue_part share = {
        "share", words_share(words, (struct share){tally->lost, tally->offered})};
    cards[count++] = (struct card){
        .label = words_of(words, tr("Not served")),
        .value = words_number(words, tally->lost),
        .note = words_fill(words, tr("{share} of the offered"), &share, NULL),
        .goal = -1.0};
    cards[count++] =
        card_of_wait(tally, words, tr("Mean wait"), samples_mean_ms(&tally->waits),
                     tr("of those who were served"));
    cards[count++] = card_of_wait(tally, words, tr("Median wait"),
                                  (double)samples_percentile_ms(&tally->waits, 50),
                                  tr("half waited at most this"));
    cards[count++] = card_of_wait(tally, words, tr("P90 wait"),
                                  (double)samples_percentile_ms(&tally->waits, 90),
                                  tr("9 of 10 waited at most this"));
    cards[count++] = card_of_wait(tally, words, tr("Longest wait"),
                                  (double)samples_maximum_ms(&tally->waits),
                                  tr("of those who were served"));
    struct block *block = document_add(document, BLOCK_CARDS);
    block->cards = cards;
    block->card_count = count;
}

/* Whoever reads the figures must know that they are not of an ordinary day. */
static void add_notices(struct document *document, const struct day_figures *figures,
                        const struct words *words)
{
    static const char *const clocks[CLOCK_MODE_COUNT] = {
        [CLOCK_SCALED] = tr("Accelerated time: office time ran faster than real time on "
                            "this day. It is a demonstration or a test."),
        [CLOCK_STEPPED] =
            tr("Stepped time: office time was moved by hand on this day. It "
               "is a demonstration or a test."),
        [CLOCK_REPLAY] =
            tr("Replayed day: these visits come from a recorded log, with its "
               "own times."),
    };
    for (uint32_t i = 0; i < CLOCK_MODE_COUNT; i++) {
        if (figures->clocks[i] && clocks[i]) {
            document_text(document, BLOCK_NOTICE, words_of(words, clocks[i]));
        }
    }
    if (figures->closed_at_ms == 0) {
        const struct catalogue_part part = {"time",
                                            words_clock(words, figures->until_ms)};
        document_text(
            document, BLOCK_NOTICE,
            words_fill(words,
                       tr("Provisional: the business day is still open; figures as of "
                          "{time}."),
                       &part, NULL));
    }
}

static void add_day(struct document *document, struct day_figures *figures,
                    const struct words *words)
{
    const struct chart *outcomes = chart_of_outcomes(figures, words);
    const struct chart *day = chart_of_day(figures, words);
    if (!outcomes || !day) {
        document_text(document, BLOCK_TEXT,
                      words_of(words, tr("Nobody took a ticket on this day.")));
        return;
    }
    document_chart(document, outcomes);
    document_heading(document, "day", words_of(words, tr("Through the day")));
    document_chart(document, day);
    document_heading(document, "lengths", words_of(words, tr("Wait, walk and service")));
    content_add_lengths(document, figures, words);
}

static const char *state_of(const struct day_figures *figures, const struct words *words)
{
    const struct catalogue_part from = {"from",
                                        words_clock(words, figures->opened_at_ms)};
    const struct catalogue_part to = {"to", words_clock(words, figures->until_ms)};
    return words_fill(words,
                      figures->closed_at_ms != 0
                          ? tr("Closed business day, {from} to {to}")
                          : tr("Open business day, {from} to {to} so far"),
                      &from, &to);
}

struct document *content_create(struct day_figures *figures, const struct words *words)
{
    struct document *document = arena_take(words->arena, sizeof(*document));
    document->arena = words->arena;
    document->language = language_tag(words->language);
    document->title = words_of(words, tr("Service report"));
    document->site = words_name(words, &figures->site.name);
    document->date = words_date(words, figures->date);
    document->state = state_of(figures, words);
    document->until_ms = figures->until_ms;
    document->page = words_of(words, tr("Page {page} of {pages}"));
    document->footer = arena_format(
        words->arena, "%s · %s · %s", document->site, document->date,
        words_of(words, tr("made by Guichet from the journal of the office")));
    add_notices(document, figures, words);
    content_add_exceptional(document, figures, words);
    content_add_beside(document, figures, words);
    add_cards(document, figures, words);
    add_day(document, figures, words);
    content_add_remarks(document, figures, words);
    content_add_services(document, figures, words);
    content_add_topics(document, figures, words);
    content_add_counters(document, figures, words);
    content_add_channels(document, figures, words);
    content_add_quotes(document, figures, words);
    content_add_formulas(document, figures, words);
    content_add_intervals(document, figures, words);
    content_add_turned(document, figures, words);
    content_add_corrections(document, figures, words);
    content_add_definitions(document, words);
    return document;
}
