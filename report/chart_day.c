/* The day by quarters of an hour: three panels over one axis of time. Bars are stacked
 * people who arrived; below stand the waits of those who arrived then, and the counters
 * that were open. */
#include "report/charts.h"

#include <math.h>

#define LEFT      46.0
#define RIGHT     18.0
#define FONT      11.5
#define BARS_TOP  34.0
#define BARS_H    130.0
#define WAITS_TOP 206.0
#define WAITS_H   120.0
#define OPEN_TOP  368.0
#define OPEN_H    44.0
#define HEIGHT    438.0

/* A short day leaves room at the right: bars never become walls. */
#define INTERVALS_SHOWN_MIN 12

struct plot {
    struct chart *chart;
    const struct day_figures *figures;
    const struct words *words;
    const struct interval *intervals;
    size_t count;
    double step; /* width of one interval */
};

/* One panel: values from 0 to `top_value` over its height. */
struct panel {
    double top;
    double height;
    double top_value;
};

static double x_of(const struct plot *plot, double index)
{
    return LEFT + index * plot->step;
}

static double y_of(const struct panel *panel, double value)
{
    return panel->top + panel->height * (1.0 - value / panel->top_value);
}

/* The smallest of 1, 2, 5, 10 … that divides `maximum` in at most `parts`. */
static double nice_step(double maximum, double parts)
{
    double step = 1.0;
    static const double factors[] = {2.0, 2.5, 2.0};
    for (size_t i = 0; step * parts < maximum; i++) {
        step *= factors[i % 3];
    }
    return step;
}

/* The same for seconds: steps that a clock has. */
static double nice_seconds(double maximum, double parts)
{
    static const double steps[] = {5,   10,  15,   30,   60,   120,  300,
                                   600, 900, 1800, 3600, 7200, 14400};
    size_t i = 0;
    while (i + 1 < sizeof(steps) / sizeof(steps[0]) && steps[i] * parts < maximum) {
        i++;
    }
    return steps[i];
}

static void label(const struct plot *plot, double x, double y, const char *text,
                  enum anchor anchor)
{
    chart_text(plot->chart, &(struct chart_label){.x = x,
                                                  .y = y,
                                                  .text = text,
                                                  .size = FONT,
                                                  .rgb = COLOR_MUTED,
                                                  .anchor = anchor});
}

static void panel_title(const struct plot *plot, const struct panel *panel,
                        const char *text)
{
    chart_text(plot->chart, &(struct chart_label){.x = 0.0,
                                                  .y = panel->top - 16.0,
                                                  .text = text,
                                                  .size = 13.0,
                                                  .rgb = COLOR_INK,
                                                  .is_bold = true});
}

/* Lines across and their values at the left. */
static void grid(const struct plot *plot, const struct panel *panel, double step,
                 const char *(*say)(const struct words *, double))
{
    int step_count = (int)(panel->top_value / step + 1e-9);
    for (int i = 0; i <= step_count; i++) {
        double value = i * step;
        double y = y_of(panel, value);
        chart_line(plot->chart, (struct point){LEFT, y},
                   (struct point){CHART_WIDTH - RIGHT, y},
                   value > 0.0 ? COLOR_LINE : COLOR_MUTED, value > 0.0 ? 0.7 : 1.0);
        label(plot, LEFT - 6.0, y + 4.0, say(plot->words, value), ANCHOR_END);
    }
}

static const char *say_number(const struct words *words, double value)
{
    return words_number(words, (int64_t)llround(value));
}

static const char *say_seconds(const struct words *words, double value)
{
    return value > 0.0 ? words_seconds(words, (uint32_t)llround(value)) : "0";
}

/* Hours below the last panel and fine lines through all of them. */
static void hours(const struct plot *plot)
{
    /* Intervals between two labels. */
    size_t every = plot->count > 60 ? 8 : plot->count > INTERVALS_SHOWN_MIN ? 4 : 1;
    for (size_t i = 0; i <= plot->count; i++) {
        int64_t at_ms = plot->intervals[0].from_ms + (int64_t)i * INTERVAL_MS;
        struct local_time local = zone_local(plot->figures->zone, at_ms);
        if (local.minute_of_day % (every * 15) != 0) {
            continue;
        }
        double x = x_of(plot, (double)i);
        chart_line(plot->chart, (struct point){x, OPEN_TOP + OPEN_H},
                   (struct point){x, OPEN_TOP + OPEN_H + 5.0}, COLOR_MUTED, 1.0);
        label(plot, x, OPEN_TOP + OPEN_H + 19.0, words_clock(plot->words, at_ms),
              ANCHOR_MIDDLE);
    }
}

/* A swatch and its name, from right to left; returns the x where the next one ends. */
static double legend(const struct plot *plot, const struct panel *panel, double right,
                     const struct shape *swatch, const char *text)
{
    double y = panel->top - 16.0;
    /* A character is at most a little over half as wide as the font is high. */
    double length = 0.0;
    for (const char *c = text; *c != '\0'; c++) {
        length += ((unsigned char)*c & 0xC0U) != 0x80U ? FONT * 0.55 : 0.0;
    }
    struct shape mark = *swatch;
    mark.x = right - length - 20.0;
    mark.y = mark.kind == SHAPE_LINE ? y - 4.0 : y - 9.5;
    mark.x2 = mark.x + 14.0;
    mark.y2 = mark.y;
    mark.width = 11.0;
    mark.height = 11.0;
    chart_add(plot->chart, &mark);
    label(plot, mark.x + 19.0, y, text, ANCHOR_START);
    return mark.x - 12.0;
}

static struct shape swatch_of(uint32_t fill_rgb, uint32_t stroke_rgb)
{
    return (struct shape){.kind = SHAPE_RECTANGLE,
                          .has_fill = true,
                          .fill_rgb = fill_rgb,
                          .has_stroke = true,
                          .stroke_rgb = stroke_rgb,
                          .stroke_width = 1.0};
}

static struct shape line_of(uint32_t stroke_rgb, double stroke_width, bool is_dashed)
{
    return (struct shape){.kind = SHAPE_LINE,
                          .has_stroke = true,
                          .stroke_rgb = stroke_rgb,
                          .stroke_width = stroke_width,
                          .is_dashed = is_dashed};
}

/* The groups of people in one bar, from below. */
static const struct {
    const char *name;
    uint32_t fill_rgb;
    uint32_t stroke_rgb;
} groups[] = {
    {tr("served in time"), COLOR_DEEP, COLOR_DEEP},
    {tr("served later"), COLOR_AMBER, COLOR_AMBER},
    {tr("not served"), COLOR_WHITE, COLOR_RED},
    {tr("not decided yet"), COLOR_PENDING, COLOR_PENDING},
};
#define GROUP_COUNT (sizeof(groups) / sizeof(groups[0]))

static void count_groups(const struct tally *tally, uint32_t counts[GROUP_COUNT])
{
    counts[0] = tally->standard.answered_in_time;
    counts[1] = tally->answered - tally->standard.answered_in_time;
    counts[2] = tally->lost;
    counts[3] = tally->offered - tally->answered - tally->lost;
}

static void draw_bars(const struct plot *plot)
{
    uint32_t maximum = 1;
    bool has_pending = false;
    for (size_t i = 0; i < plot->count; i++) {
        const struct tally *tally = &plot->intervals[i].tally;
        maximum = tally->offered > maximum ? tally->offered : maximum;
        has_pending = has_pending || tally->offered > tally->answered + tally->lost;
    }
    double step = nice_step(maximum, 5.0);
    struct panel panel = {BARS_TOP, BARS_H, step * ceil(maximum / step)};
    panel_title(plot, &panel, words_of(plot->words, tr("Arrivals")));
    double right = CHART_WIDTH;
    for (size_t j = has_pending ? GROUP_COUNT : GROUP_COUNT - 1; j > 0; j--) {
        struct shape swatch = swatch_of(groups[j - 1].fill_rgb, groups[j - 1].stroke_rgb);
        right = legend(plot, &panel, right, &swatch,
                       words_of(plot->words, groups[j - 1].name));
    }
    grid(plot, &panel, step, say_number);
    for (size_t i = 0; i < plot->count; i++) {
        uint32_t counts[GROUP_COUNT];
        count_groups(&plot->intervals[i].tally, counts);
        double value = 0.0;
        for (size_t j = 0; j < GROUP_COUNT; j++) {
            if (counts[j] == 0) {
                continue;
            }
            struct shape bar = swatch_of(groups[j].fill_rgb, groups[j].stroke_rgb);
            bar.x = x_of(plot, (double)i) + plot->step * 0.12;
            bar.width = plot->step * 0.76;
            bar.y = y_of(&panel, value + counts[j]);
            bar.height = y_of(&panel, value) - bar.y;
            bar.stroke_width = 0.8;
            chart_add(plot->chart, &bar);
            value += counts[j];
        }
    }
}

/* The T that all services share, or 0. */
static uint32_t common_standard_s(const struct site *site)
{
    uint32_t standard_s = site->services[0].standard_wait_s;
    for (uint32_t i = 1; i < site->service_count; i++) {
        if (site->services[i].standard_wait_s != standard_s) {
            return 0;
        }
    }
    return standard_s;
}

/* A line through the middle of the intervals that have a wait; it breaks where nobody
 * was served. A stretch has at most two points for each of its intervals. */
static void draw_waits_line(const struct plot *plot, const struct panel *panel,
                            double (*value_of)(const struct samples *),
                            const struct shape *style)
{
    struct point *points =
        arena_take(plot->chart->arena, 2 * plot->count * sizeof(*points));
    size_t count = 0;
    for (size_t i = 0; i <= plot->count; i++) {
        bool has_wait = i < plot->count && plot->intervals[i].tally.waits.count > 0;
        if (has_wait) {
            double seconds = value_of(&plot->intervals[i].tally.waits) / 1000.0;
            points[count].x = x_of(plot, (double)i + 0.5);
            points[count].y = y_of(panel, seconds);
            count++;
            continue;
        }
        if (count == 1) {
            points[1] = points[0]; /* a single quarter: a short stroke */
            points[0].x -= plot->step * 0.3;
            points[1].x += plot->step * 0.3;
            count = 2;
        }
        if (count > 1) {
            struct shape path = *style;
            path.kind = SHAPE_PATH;
            path.points = points;
            path.point_count = count;
            chart_add(plot->chart, &path);
            points += count;
        }
        count = 0;
    }
}

static double maximum_of(const struct samples *samples)
{
    return (double)samples_maximum_ms(samples);
}

static void draw_waits(const struct plot *plot)
{
    double maximum_s = 1.0;
    for (size_t i = 0; i < plot->count; i++) {
        double seconds = maximum_of(&plot->intervals[i].tally.waits) / 1000.0;
        maximum_s = seconds > maximum_s ? seconds : maximum_s;
    }
    uint32_t standard_s = common_standard_s(&plot->figures->site);
    maximum_s =
        standard_s > maximum_s && standard_s < 4 * maximum_s ? standard_s : maximum_s;
    double step = nice_seconds(maximum_s, 5.0);
    struct panel panel = {WAITS_TOP, WAITS_H, step * ceil(maximum_s / step)};
    const struct shape longest = line_of(COLOR_RED, 1.2, false);
    const struct shape mean = line_of(COLOR_DEEP, 2.6, false);
    const struct shape standard = line_of(COLOR_INK, 1.2, true);
    panel_title(plot, &panel, words_of(plot->words, tr("Wait by time of arrival")));
    double right = CHART_WIDTH;
    bool has_standard = standard_s > 0 && standard_s <= panel.top_value;
    if (has_standard) {
        right =
            legend(plot, &panel, right, &standard, words_of(plot->words, tr("standard")));
    }
    right = legend(plot, &panel, right, &longest, words_of(plot->words, tr("longest")));
    (void)legend(plot, &panel, right, &mean, words_of(plot->words, tr("mean")));
    grid(plot, &panel, step, say_seconds);
    if (has_standard) {
        struct shape line = standard;
        line.x = LEFT;
        line.x2 = CHART_WIDTH - RIGHT;
        line.y = line.y2 = y_of(&panel, standard_s);
        chart_add(plot->chart, &line);
    }
    draw_waits_line(plot, &panel, maximum_of, &longest);
    draw_waits_line(plot, &panel, samples_mean_ms, &mean);
}

static void draw_open(const struct plot *plot)
{
    double maximum = 1.0;
    for (size_t i = 0; i < plot->count; i++) {
        maximum = fmax(maximum, interval_counters(&plot->intervals[i]));
    }
    double step = nice_step(maximum, 3.0);
    struct panel panel = {OPEN_TOP, OPEN_H, step * ceil(maximum / step)};
    panel_title(plot, &panel, words_of(plot->words, tr("Open counters")));
    for (size_t i = 0; i < plot->count; i++) {
        double y = y_of(&panel, interval_counters(&plot->intervals[i]));
        chart_rectangle(plot->chart, x_of(plot, (double)i), y, plot->step,
                        panel.top + panel.height - y, 0x8FA3B8);
    }
    grid(plot, &panel, step, say_number);
}

/* A remark lies behind all panels, from its beginning to its end, with its number above.
 * Its part outside of the chart is left out. */
static void draw_remark(const struct plot *plot, const struct remark_record *remark)
{
    int64_t first_ms = plot->intervals[0].from_ms;
    int64_t last_ms = first_ms + (int64_t)plot->count * INTERVAL_MS;
    if (!remark_is_of(remark, first_ms, last_ms)) {
        return;
    }
    int64_t from_ms = remark->from_ms > first_ms ? remark->from_ms : first_ms;
    int64_t to_ms = remark->until_ms < last_ms ? remark->until_ms : last_ms;
    double left = x_of(plot, (double)(from_ms - first_ms) / (double)INTERVAL_MS);
    double right = x_of(plot, (double)(to_ms - first_ms) / (double)INTERVAL_MS);
    chart_rectangle(plot->chart, left, BARS_TOP, right - left,
                    OPEN_TOP + OPEN_H - BARS_TOP, COLOR_REMARK);
    label(plot, left + 2.0, BARS_TOP - 3.0,
          arena_format(plot->chart->arena, "[%u]", (unsigned)remark->remark),
          ANCHOR_START);
}

const struct chart *chart_of_day(const struct day_figures *figures,
                                 const struct words *words)
{
    const struct statistics *statistics = figures->statistics;
    if (statistics->interval_count == 0) {
        return NULL;
    }
    struct chart *chart = chart_create(words->arena, CHART_WIDTH, HEIGHT);
    const struct plot plot = {
        .chart = chart,
        .figures = figures,
        .words = words,
        .intervals = statistics->intervals,
        .count = statistics->interval_count,
        .step = (CHART_WIDTH - LEFT - RIGHT) /
                fmax((double)statistics->interval_count, INTERVALS_SHOWN_MIN),
    };
    chart->title = words_of(words, tr("The day by quarters of an hour"));
    chart->description =
        words_of(words, tr("Arrivals by what became of them, mean and longest wait, and "
                           "open counters; the table of quarters has the same figures."));
    for (size_t i = 0; i < figures->remark_count; i++) {
        draw_remark(&plot, &figures->remarks[i]);
    }
    draw_bars(&plot);
    draw_waits(&plot);
    draw_open(&plot);
    hours(&plot);
    return chart;
}
