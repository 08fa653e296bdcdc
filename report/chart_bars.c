/* Charts of single bars: outcomes, and how often quotes were kept. */
#include "report/charts.h"

#include "core/text.h"

#define FONT 12.0

struct part {
    const char *name;
    uint32_t count;
    uint32_t fill_rgb;
    uint32_t stroke_rgb;
    uint32_t text_rgb;
};
#define PART_COUNT 7

static void list_parts(const struct tally *tally, struct part parts[PART_COUNT])
{
    uint32_t serving = tally->answered - tally->served; /* 0 unless the day runs */
    const struct part all[PART_COUNT] = {
        {tr("Served in time"), tally->standard.answered_in_time, COLOR_DEEP, COLOR_DEEP,
         COLOR_WHITE},
        {tr("Served later"), tally->answered - tally->standard.answered_in_time,
         COLOR_AMBER, COLOR_AMBER, COLOR_INK},
        {tr("Abandoned"), tally->abandoned, COLOR_WHITE, COLOR_RED, COLOR_RED},
        {tr("No-show"), tally->no_show, 0xF6D5D2, COLOR_RED, COLOR_RED},
        {tr("Closed at night"), tally->closed_at_night, COLOR_RED, COLOR_RED,
         COLOR_WHITE},
        {tr("Called"), tally->at_counter - serving, COLOR_PENDING, COLOR_PENDING,
         COLOR_INK},
        {tr("Still waiting"), tally->waiting, COLOR_PENDING, COLOR_MUTED, COLOR_INK},
    };
    for (size_t i = 0; i < PART_COUNT; i++) {
        parts[i] = all[i];
    }
}

static void draw_part(struct chart *chart, const struct words *words,
                      const struct part *part, double x, double width)
{
    chart_add(chart, &(struct shape){.kind = SHAPE_RECTANGLE,
                                     .x = x + 0.75,
                                     .y = 1.0,
                                     .width = width > 2.5 ? width - 1.5 : 1.0,
                                     .height = 34.0,
                                     .has_fill = true,
                                     .fill_rgb = part->fill_rgb,
                                     .has_stroke = true,
                                     .stroke_rgb = part->stroke_rgb,
                                     .stroke_width = 1.5});
    const char *number = words_number(words, part->count);
    if (width > 44.0) {
        chart_text(chart, &(struct chart_label){.x = x + width / 2.0,
                                                .y = 23.5,
                                                .text = number,
                                                .size = 14.0,
                                                .rgb = part->text_rgb,
                                                .anchor = ANCHOR_MIDDLE,
                                                .is_bold = true});
    }
}

/* Names with counts and shares in columns below the bar. */
static void draw_legend(struct chart *chart, const struct words *words,
                        const struct part *part, size_t index, uint32_t offered)
{
    double x = (double)(index % 3) * (CHART_WIDTH / 3.0);
    size_t line = index / 3;
    double y = 60.0 + (double)line * 22.0;
    chart_add(chart, &(struct shape){.kind = SHAPE_RECTANGLE,
                                     .x = x + 1.0,
                                     .y = y - 11.0,
                                     .width = 12.0,
                                     .height = 12.0,
                                     .has_fill = true,
                                     .fill_rgb = part->fill_rgb,
                                     .has_stroke = true,
                                     .stroke_rgb = part->stroke_rgb,
                                     .stroke_width = 1.5});
    const char *text =
        arena_format(words->arena, "%s\xC2\xA0: %s (%s)", words_of(words, part->name),
                     words_number(words, part->count),
                     words_share(words, (struct share){part->count, offered}));
    if (words->language == LANGUAGE_EN) {
        text = arena_format(words->arena, "%s: %s (%s)", words_of(words, part->name),
                            words_number(words, part->count),
                            words_share(words, (struct share){part->count, offered}));
    }
    chart_text(chart,
               &(struct chart_label){
                   .x = x + 20.0, .y = y, .text = text, .size = FONT, .rgb = COLOR_INK});
}

const struct chart *chart_of_outcomes(const struct day_figures *figures,
                                      const struct words *words)
{
    const struct tally *tally = &figures->statistics->visits;
    if (tally->offered == 0) {
        return NULL;
    }
    struct part parts[PART_COUNT];
    list_parts(tally, parts);
    size_t shown = 0;
    for (size_t i = 0; i < PART_COUNT; i++) {
        shown += parts[i].count > 0 ? 1U : 0U;
    }
    size_t lines = (shown + 2) / 3;
    double height = 50.0 + 22.0 * (double)lines;
    struct chart *chart = chart_create(words->arena, CHART_WIDTH, height);
    chart->title = words_of(words, tr("What became of everybody who came"));
    struct text description;
    char bytes[512];
    text_init(&description, bytes, sizeof(bytes));
    double x = 0.0;
    size_t index = 0;
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (parts[i].count == 0) {
            continue;
        }
        double width = CHART_WIDTH * (double)parts[i].count / (double)tally->offered;
        draw_part(chart, words, &parts[i], x, width);
        draw_legend(chart, words, &parts[i], index, tally->offered);
        text_add(&description, "%s%s: %u", index > 0 ? ", " : "",
                 words_of(words, parts[i].name), (unsigned)parts[i].count);
        x += width;
        index++;
    }
    chart->description = arena_text(words->arena, bytes);
    return chart;
}

const struct chart *chart_of_quotes(const struct day_figures *figures,
                                    const struct words *words)
{
    const struct quoted_count *quoted = &figures->statistics->visits.quoted;
    if (quoted->count == 0) {
        return NULL;
    }
    const struct {
        uint32_t promised;
        uint32_t within;
    } rows[] = {
        {50, quoted->within_p50}, {80, quoted->within_p80}, {90, quoted->within_p90}};
    const double left = 250.0;
    const double width = CHART_WIDTH - left - 130.0;
    struct chart *chart = chart_create(words->arena, CHART_WIDTH, 112.0);
    chart->title = words_of(words, tr("How often the quoted wait was kept"));
    chart->description = words_of(
        words, tr("Bars: share of actual waits at or below the quoted limit. Marks: the "
                  "share that the limit promises."));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        double y = 8.0 + (double)i * 34.0;
        struct share share = {rows[i].within, quoted->count};
        double goal_x = left + width * rows[i].promised / 100.0;
        const char *promised = words_goal(words, rows[i].promised);
        const struct catalogue_part limit = {
            "limit", arena_format(words->arena, "P%u", (unsigned)rows[i].promised)};
        const struct catalogue_part part = {"share", promised};
        chart_text(chart, &(struct chart_label){
                              .x = left - 10.0,
                              .y = y + 15.0,
                              .text = words_fill(words, tr("{limit}, promises {share}"),
                                                 &limit, &part),
                              .size = FONT,
                              .rgb = COLOR_INK,
                              .anchor = ANCHOR_END});
        chart_rectangle(chart, left, y, width, 22.0, 0xE4EAF2);
        chart_rectangle(chart, left, y, width * share_percent(share) / 100.0, 22.0,
                        COLOR_DEEP);
        chart_line(chart, (struct point){goal_x, y - 4.0},
                   (struct point){goal_x, y + 26.0}, COLOR_WHITE, 5.0);
        chart_line(chart, (struct point){goal_x, y - 4.0},
                   (struct point){goal_x, y + 26.0}, COLOR_INK, 2.4);
        chart_text(chart, &(struct chart_label){.x = left + width + 12.0,
                                                .y = y + 16.0,
                                                .text = words_share(words, share),
                                                .size = 15.0,
                                                .rgb = COLOR_INK,
                                                .is_bold = true});
    }
    return chart;
}
