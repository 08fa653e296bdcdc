/* See simulate_print.h. One table of figures makes the lines for people and the rows for
 * programs. */
#include "admin/simulate_print.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "core/text.h"

/* Columns on the screen, in characters. */
#define NAME_WIDTH 44

#define CELL_BYTES 64

/* A figure of a service or of all services. */
struct figure {
    const char *csv;
    const char *name; /* marked for translation */
    size_t offset;    /* of the day_mean in struct simulated_figures */
    double factor;    /* from the unit of the simulation to the one that is shown */
    int decimals;
    bool is_rare; /* left out for people where it never happened */
};

#define OF(member) offsetof(struct simulated_figures, member)

static const struct figure figures_of[] = {
    {"offered", tr("offered"), OF(offered), 1.0, 1, false},
    {"served", tr("served"), OF(served), 1.0, 1, false},
    {"abandoned", tr("abandoned"), OF(abandoned), 1.0, 1, false},
    {"no_show", tr("no-show"), OF(no_show), 1.0, 1, true},
    {"closed_at_night", tr("closed at night"), OF(closed_at_night), 1.0, 1, true},
    {"service_level_f1_percent", tr("service level F1 (A_T + L_T) / (A + L), %"),
     OF(share[SHARE_F1]), 100.0, 2, false},
    {"service_level_f2_percent", tr("service level F2 A_T / A, %"), OF(share[SHARE_F2]),
     100.0, 2, false},
    {"service_level_f3_percent", tr("service level F3 A_T / (A + L), %"),
     OF(share[SHARE_F3]), 100.0, 2, false},
    {"service_level_f4_percent", tr("service level F4 A_T / (A + L - L_T), %"),
     OF(share[SHARE_F4]), 100.0, 2, false},
    {"mean_wait_s", tr("mean wait, s"), OF(wait_s), 1.0, 1, false},
    {"p90_wait_s", tr("P90 wait, s"), OF(wait_p90_s), 1.0, 1, false},
    {"mean_waiting", tr("people waiting, mean"), OF(waiting), 1.0, 2, false},
    {"turned_away", tr("turned away"), OF(turned_away), 1.0, 1, true},
    {"turned_away_percent", tr("turned away, %"), OF(turned_away_share), 100.0, 2, true},
    {"abandoned_percent", tr("abandoned, %"), OF(abandoned_share), 100.0, 2, true},
    {"delayed_percent", tr("not called at once, %"), OF(delayed_share), 100.0, 2, false},
    {"mean_wait_of_all_s", tr("mean wait of all, s"), OF(wait_of_all_s), 1.0, 1, false},
    {"mean_stay_s", tr("mean stay, s"), OF(stay_s), 1.0, 1, false},
};

/* A figure of a service in a period. */
static const struct {
    const char *csv;
    const char *name;
    size_t offset;
} cells_of[] = {
    {"offered", tr("offered"), offsetof(struct simulated_cell, offered)},
    {"served", tr("served"), offsetof(struct simulated_cell, served)},
    {"in_target", tr("served within the target"),
     offsetof(struct simulated_cell, in_target)},
};

struct page {
    const struct catalogue *catalogue;
    enum language language;
    FILE *out;
};

static const char *say(const struct page *page, const char *source)
{
    return catalogue_text(page->catalogue, page->language, source);
}

static const struct day_mean *mean_at(const void *object, size_t offset)
{
    return (const void *)((const char *)object + offset);
}

/* Characters of a UTF-8 text. */
static int width_of(const char *text)
{
    int width = 0;
    for (const char *at = text; *at != '\0'; at++) {
        width += ((unsigned char)*at & 0xC0U) != 0x80U;
    }
    return width;
}

static void print_padded(const struct page *page, const char *text, int width)
{
    int missing = width - width_of(text);
    (void)fprintf(page->out, "  %s%*s", text, missing > 0 ? missing : 0, "");
}

/* A number in the language: a comma is the French point. */
static void number_text(const struct page *page, double number, int decimals,
                        char ret_text[CELL_BYTES])
{
    struct text text;
    text_init(&text, ret_text, CELL_BYTES);
    text_add(&text, "%.*f", decimals, number);
    char *point = strchr(ret_text, '.');
    if (point && page->language == LANGUAGE_FR) {
        *point = ',';
    }
}

static void print_mean(const struct page *page, const struct day_mean *mean,
                       double factor, int decimals)
{
    struct interval_95 interval = day_mean_interval(mean);
    char number[CELL_BYTES] = "—";
    if (interval.is_defined) {
        number_text(page, factor * interval.mean, decimals, number);
    }
    int width = width_of(number);
    (void)fprintf(page->out, "%*s%s", width < 12 ? 12 - width : 0, "", number);
    if (interval.has_interval) {
        char low[CELL_BYTES];
        char high[CELL_BYTES];
        number_text(page, factor * (interval.mean - interval.half_width), decimals, low);
        number_text(page, factor * (interval.mean + interval.half_width), decimals, high);
        (void)fprintf(page->out, "   %s %s %s", low, say(page, tr("to")), high);
    }
    (void)fputc('\n', page->out);
}

static void print_line(const struct page *page, const char *name,
                       const struct day_mean *mean, double factor, int decimals)
{
    print_padded(page, name, NAME_WIDTH);
    print_mean(page, mean, factor, decimals);
}

static void print_figures(const struct page *page,
                          const struct simulated_figures *figures)
{
    for (size_t i = 0; i < sizeof(figures_of) / sizeof(figures_of[0]); i++) {
        const struct figure *figure = &figures_of[i];
        const struct day_mean *mean = mean_at(figures, figure->offset);
        if (!figure->is_rare || mean->part > 0.0) {
            print_line(page, say(page, figure->name), mean, figure->factor,
                       figure->decimals);
        }
    }
}

static void print_services(const struct simulate_figures *figures,
                           const struct page *page)
{
    const struct load *load = figures->load;
    for (uint32_t i = 0; i < load->service_count; i++) {
        const struct load_service *entry = &load->services[i];
        const struct service *service = &figures->site->services[entry->service];
        (void)fprintf(page->out, "\n%s  %s  (%s, T = %u s)\n", service->letter,
                      service->name.in[page->language], entry->id,
                      (unsigned)entry->target_s);
        print_figures(page, &figures->simulation->services[i]);
    }
}

/* Where priority classes come at all. */
static bool has_class(const struct simulate_figures *figures, uint32_t class)
{
    for (uint32_t i = 0; i<figures->load->service_count &&class> 0; i++) {
        if (figures->load->services[i].class_percent[class] > 0.0) {
            return true;
        }
    }
    return false;
}

static bool has_classes(const struct simulate_figures *figures)
{
    for (uint32_t i = 1; i < figures->site->class_count; i++) {
        if (has_class(figures, i)) {
            return true;
        }
    }
    return false;
}

static void print_classes(const struct simulate_figures *figures, const struct page *page)
{
    for (uint32_t i = 0; i < figures->site->class_count && has_classes(figures); i++) {
        const struct priority_class *class = &figures->site->classes[i];
        if (i == 0 || has_class(figures, i)) {
            const char *name = i == 0 ? say(page, tr("without priority"))
                                      : class->name.in[page->language];
            (void)fprintf(page->out, "\n%s  (%s)\n", name, class->id);
            print_figures(page, &figures->simulation->classes[i]);
        }
    }
}

static void print_cells(const struct simulate_figures *figures, const struct page *page)
{
    const struct load *load = figures->load;
    const size_t last = sizeof(cells_of) / sizeof(cells_of[0]) - 1;
    (void)fprintf(page->out, "\n%s\n", say(page, cells_of[last].name));
    for (uint32_t i = 0; i < load->service_count; i++) {
        for (uint32_t j = 0; j < load->period_count; j++) {
            if (load->periods[j].is_left_out) {
                continue;
            }
            char name[2 * ID_LENGTH_MAX + 8];
            struct text text;
            text_init(&text, name, sizeof(name));
            text_add(&text, "%s, %s", load->services[i].id, load->periods[j].id);
            const struct simulated_cell *cell = &figures->simulation->cells[i][j];
            print_line(page, name, mean_at(cell, cells_of[last].offset), 1.0, 1);
        }
    }
}

static void print_groups(const struct simulate_figures *figures, const struct page *page)
{
    const struct load *load = figures->load;
    (void)fprintf(page->out, "\n%s\n", say(page, tr("occupancy, %")));
    for (uint32_t i = 0; i < load->group_count; i++) {
        print_line(page, load->groups[i].id, &figures->simulation->groups[i].occupancy,
                   100.0, 2);
    }
    (void)fprintf(page->out, "\n%s\n", say(page, tr("counters open, hours a day")));
    for (uint32_t i = 0; i < load->group_count; i++) {
        print_line(page, load->groups[i].id, &figures->simulation->groups[i].open_h, 1.0,
                   2);
    }
}

void simulate_print(const struct simulate_figures *figures,
                    const struct catalogue *catalogue, enum language language, FILE *out)
{
    struct page page = {catalogue, language, out};
    char days[24];
    char seed[24];
    struct text text;
    text_init(&text, days, sizeof(days));
    text_add(&text, "%u", (unsigned)figures->simulation->day_count);
    text_init(&text, seed, sizeof(seed));
    text_add(&text, "%llu", (unsigned long long)figures->seed);
    const struct catalogue_part parts[] = {{"days", days}, {"seed", seed}};
    char line[400];
    (void)catalogue_fill(say(&page, tr("Simulated days: {days}, seed {seed}. Mean of a "
                                       "day and 95 % confidence interval (Student).")),
                         parts, 2, line, sizeof(line));
    (void)fprintf(out, "%s  %s\n%s\n", figures->site->name.in[language],
                  figures->site->id, line);
    (void)fprintf(
        out, "%s\n\n",
        say(&page,
            tr("A served, L lost, A_T and L_T those of them within the target T.")));
    (void)fprintf(out, "%s\n", say(&page, tr("All services")));
    print_figures(&page, &figures->simulation->all);
    print_line(&page, say(&page, tr("until nobody is left, min")),
               &figures->simulation->overtime_min, 1.0, 1);
    print_groups(figures, &page);
    print_cells(figures, &page);
    print_services(figures, &page);
    print_classes(figures, &page);
}

/* ---- CSV ---- */

/* What a row is about; ids need no quotes. */
struct row {
    const char *figure;
    const char *service;
    const char *period;
    const char *group;
    const char *class;
};

static void write_row(FILE *out, const struct row *row, const struct day_mean *mean,
                      double factor)
{
    struct interval_95 interval = day_mean_interval(mean);
    if (!interval.is_defined) {
        return;
    }
    (void)fprintf(out, "%s,%s,%s,%s,%.6g", row->figure, row->service, row->period,
                  row->group, factor * interval.mean);
    if (interval.has_interval) {
        (void)fprintf(out, ",%.6g,%.6g", factor * (interval.mean - interval.half_width),
                      factor * (interval.mean + interval.half_width));
    } else {
        (void)fputs(",,", out);
    }
    (void)fprintf(out, ",%s\r\n", row->class);
}

/* `about` has everything but the figure. */
static void write_figures(FILE *out, const struct row *about,
                          const struct simulated_figures *figures)
{
    for (size_t i = 0; i < sizeof(figures_of) / sizeof(figures_of[0]); i++) {
        struct row row = *about;
        row.figure = figures_of[i].csv;
        write_row(out, &row, mean_at(figures, figures_of[i].offset),
                  figures_of[i].factor);
    }
}

static void write_cells(FILE *out, const struct simulate_figures *figures,
                        uint32_t service)
{
    const struct load *load = figures->load;
    for (uint32_t i = 0; i < load->period_count; i++) {
        if (load->periods[i].is_left_out) {
            continue;
        }
        const struct simulated_cell *cell = &figures->simulation->cells[service][i];
        for (size_t j = 0; j < sizeof(cells_of) / sizeof(cells_of[0]); j++) {
            struct row row = {cells_of[j].csv, load->services[service].id,
                              load->periods[i].id, "", ""};
            write_row(out, &row, mean_at(cell, cells_of[j].offset), 1.0);
        }
    }
}

void simulate_write_csv(const struct simulate_figures *figures, FILE *out)
{
    const struct load *load = figures->load;
    const struct simulation *simulation = figures->simulation;
    (void)fputs("figure,service,period,group,mean,low,high,class\r\n", out);
    const struct row all = {"", "", "", "", ""};
    write_figures(out, &all, &simulation->all);
    struct row row = all;
    row.figure = "overtime_min";
    write_row(out, &row, &simulation->overtime_min, 1.0);
    for (uint32_t i = 0; i < load->service_count; i++) {
        row = all;
        row.service = load->services[i].id;
        write_figures(out, &row, &simulation->services[i]);
        write_cells(out, figures, i);
    }
    for (uint32_t i = 0; i < load->group_count; i++) {
        const struct simulated_group_figures *group = &simulation->groups[i];
        row = all;
        row.group = load->groups[i].id;
        row.figure = "occupancy_percent";
        write_row(out, &row, &group->occupancy, 100.0);
        row.figure = "open_h";
        write_row(out, &row, &group->open_h, 1.0);
        row.figure = "busy_h";
        write_row(out, &row, &group->busy_h, 1.0);
    }
    for (uint32_t i = 0; i < figures->site->class_count && has_classes(figures); i++) {
        row = all;
        row.class = figures->site->classes[i].id;
        if (i == 0 || has_class(figures, i)) {
            write_figures(out, &row, &simulation->classes[i]);
        }
    }
}
