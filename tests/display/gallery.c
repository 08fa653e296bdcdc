/* Writes the hall screen's pictures as PNG files into a folder, in every size, language
 * and state, for people to look at. Not installed. Usage: display_gallery FOLDER */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "display/legibility.h"
#include "display/scene.h"
#include "sample_hall.h"
#include "ui/font.h"
#include "ui/painter.h"

#define NOW_MS 1000000

struct gallery {
    struct painter *painter;
    struct catalogue *catalogue;
    struct zone *zone;
    struct draw_list *list;
    struct target_list targets;
    struct site site;
    struct board_document board;
    struct hall_state hall;
    const char *folder;
};

static void show_live(struct gallery *gallery)
{
    (void)hall_set_board(&gallery->hall, &gallery->board, false, NOW_MS); /* newest */
}

static void prepare_usual(struct gallery *gallery)
{
    sample_calls(&gallery->board, 1200);
    show_live(gallery);
}

static void prepare_pulse(struct gallery *gallery)
{
    prepare_usual(gallery);
    gallery->hall.announced_call = gallery->board.seq;
    gallery->hall.announced_at_ms = NOW_MS - 700;
}

static void prepare_empty(struct gallery *gallery)
{
    show_live(gallery);
}

static void prepare_stale(struct gallery *gallery)
{
    sample_calls(&gallery->board, 1200);
    (void)hall_set_board(&gallery->hall, &gallery->board, false, NOW_MS - 20000);
}

static void prepare_retained(struct gallery *gallery)
{
    sample_calls(&gallery->board, 1200);
    (void)hall_set_board(&gallery->hall, &gallery->board, true, NOW_MS);
}

static void prepare_nothing(struct gallery *gallery)
{
    (void)gallery;
}

static void add_fresh(struct gallery *gallery, int count)
{
    sample_burst(&gallery->site, &gallery->board, count);
    show_live(gallery);
}

static void prepare_two(struct gallery *gallery)
{
    add_fresh(gallery, 2);
}

static void prepare_six(struct gallery *gallery)
{
    add_fresh(gallery, 6);
}

/* The office is open, but nobody works: no waits, no greens. */
static void prepare_seated(struct gallery *gallery)
{
    sample_calls(&gallery->board, 2000);
    gallery->board.calls[gallery->board.call_count - 1].is_seated = true;
    gallery->board.calls[gallery->board.call_count - 2].is_seated = true;
    show_live(gallery);
}

static void prepare_unstaffed(struct gallery *gallery)
{
    for (uint32_t i = 0; i < gallery->board.counter_count; i++) {
        gallery->board.counters[i].light = LIGHT_OFF;
        gallery->board.counters[i].state = COUNTER_CLOSED;
        gallery->board.counters[i].ticket[0] = '\0';
    }
    for (uint32_t i = 0; i < gallery->board.service_count; i++) {
        gallery->board.services[i].wait = (struct wait_range){0};
        gallery->board.services[i].waiting_count = i;
    }
    show_live(gallery);
}

/* Before the doors open, or after they close. */
static void prepare_night(struct gallery *gallery)
{
    prepare_unstaffed(gallery);
    gallery->board.day = 0;
    for (uint32_t i = 0; i < gallery->board.service_count; i++) {
        gallery->board.services[i].is_open = false;
        gallery->board.services[i].waiting_count = 0;
    }
    show_live(gallery);
}

static void prepare_twenty(struct gallery *gallery)
{
    add_fresh(gallery, 20);
}

static void prepare_names(struct gallery *gallery)
{
    struct site *site = &gallery->site;
    (void)text_copy(site->name.in[0], sizeof(site->name.in[0]),
                    "Préfecture des Pyrénées-Atlantiques — Maison des services publics");
    (void)text_copy(site->counters[2].name.in[0], sizeof(site->counters[2].name.in[0]),
                    "Bureau des étrangers, 2e étage, porte 214");
    (void)text_copy(site->services[0].name.in[0], sizeof(site->services[0].name.in[0]),
                    "Certificat d’immatriculation des véhicules et changement d’adresse");
    (void)text_copy(gallery->board.counters[6].reason,
                    sizeof(gallery->board.counters[6].reason),
                    "Réunion de service du bureau");
    (void)text_copy(
        site->notice.in[0], sizeof(site->notice.in[0]),
        "Les ressortissants étrangers munis d’une convocation sont reçus sans "
        "ticket au bureau 12, premier étage, de 9 h à 12 h.");
    hall_set_site(&gallery->hall, site);
    prepare_usual(gallery);
}

/* What a supervisor tells the hall, at its longest. */
static void prepare_told(struct gallery *gallery)
{
    static const char *const words[LANGUAGE_COUNT] = {
        "Le réseau de la préfecture est en panne jusqu’à 11 h. Les titres ne peuvent pas "
        "être remis. Les autres démarches sont traitées normalement. Merci.",
        "The network of the prefecture is down until 11 am. Documents cannot be handed "
        "over. All other matters are dealt with as usual. Thank you."};
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        struct site_detail *told = &gallery->board.message.words;
        (void)text_copy(told->in[i], sizeof(told->in[i]), words[i]); /* fits */
    }
    prepare_usual(gallery);
}

static void prepare_large(struct gallery *gallery, uint32_t services, uint32_t counters)
{
    sample_site_grow(&gallery->site, services, counters);
    hall_set_site(&gallery->hall, &gallery->site);
    sample_board(&gallery->site, &gallery->board);
    prepare_usual(gallery);
}

static void prepare_sixteen(struct gallery *gallery)
{
    prepare_large(gallery, 12, 24);
}

static void prepare_sixty(struct gallery *gallery)
{
    prepare_large(gallery, 25, 60);
}

static void prepare_largest(struct gallery *gallery)
{
    prepare_large(gallery, SERVICES_MAX, COUNTERS_MAX);
}

static const struct page {
    const char *name;
    void (*prepare)(struct gallery *gallery);
    enum theme_id theme;
    enum scene_layout layout;
} pages[] = {
    {"board", prepare_usual, THEME_HALL, SCENE_FULL},
    {"pulse", prepare_pulse, THEME_HALL, SCENE_FULL},
    {"empty", prepare_empty, THEME_HALL, SCENE_FULL},
    {"seated", prepare_seated, THEME_HALL, SCENE_FULL},
    {"unstaffed", prepare_unstaffed, THEME_HALL, SCENE_FULL},
    {"night", prepare_night, THEME_HALL, SCENE_FULL},
    {"stale", prepare_stale, THEME_HALL, SCENE_FULL},
    {"retained", prepare_retained, THEME_HALL, SCENE_FULL},
    {"nothing", prepare_nothing, THEME_HALL, SCENE_FULL},
    {"two", prepare_two, THEME_HALL, SCENE_FULL},
    {"six", prepare_six, THEME_HALL, SCENE_FULL},
    {"twenty", prepare_twenty, THEME_HALL, SCENE_FULL},
    {"names", prepare_names, THEME_HALL, SCENE_FULL},
    {"told", prepare_told, THEME_HALL, SCENE_FULL},
    {"sixteen", prepare_sixteen, THEME_HALL, SCENE_FULL},
    {"sixty", prepare_sixty, THEME_HALL, SCENE_FULL},
    {"largest", prepare_largest, THEME_HALL, SCENE_FULL},
    {"two-rows", prepare_usual, THEME_HALL, SCENE_LARGE},
    {"contrast", prepare_usual, THEME_CONTRAST, SCENE_FULL},
};

static const struct {
    int width_px;
    int height_px;
} sizes[] = {{1920, 1080}, {1080, 1920}, {1280, 800}, {800, 480}, {3840, 2160}};

/* One picture; its name is the page, the size and the language. */
static enum status write_picture(struct gallery *gallery, const struct page *page,
                                 size_t size, enum language language, struct error *err)
{
    struct text_measure measure = painter_measure(gallery->painter);
    struct screen screen = {.list = gallery->list,
                            .targets = &gallery->targets,
                            .theme = theme_get(page->theme),
                            .measure = &measure,
                            .width_px = sizes[size].width_px,
                            .height_px = sizes[size].height_px};
    struct scene scene = {.hall = &gallery->hall,
                          .catalogue = gallery->catalogue,
                          .zone = gallery->zone,
                          .display = "hall1",
                          .language = language,
                          .layout = page->layout,
                          .now_ms = NOW_MS};
    struct scene_sizes drawn;
    hall_init(&gallery->hall, 0, 1600);
    sample_site(&gallery->site);
    sample_board(&gallery->site, &gallery->board);
    hall_set_site(&gallery->hall, &gallery->site);
    page->prepare(gallery);
    scene_draw(&screen, &scene, &drawn);
    struct legibility legibility = legibility_of(&drawn, sizes[size].height_px, 685);
    char bytes[512];
    struct text path;
    text_init(&path, bytes, sizeof(bytes));
    text_add(&path, "%s/%s-%dx%d-%s.png", gallery->folder, page->name,
             sizes[size].width_px, sizes[size].height_px,
             language == LANGUAGE_FR ? "fr" : "en");
    (void)printf(
        "%s: 685 mm high: 3 %% rule %d mm, rows %d mm, all %d mm, smallest %d px, "
        "%zu commands\n",
        bytes, legibility.number_mm, legibility.rows_mm, legibility.text_mm,
        drawn.smallest_px, gallery->list->command_count);
    if (draw_list_check(gallery->list, err) != OK) {
        (void)error_wrap(err, "%s", bytes); /* told by the caller */
    }
    enum status status = err->status;
    return painter_save(gallery->painter, gallery->list, bytes, err) == OK ? status
                                                                           : err->status;
}

static int write_pictures(struct gallery *gallery)
{
    size_t size_count = sizeof(sizes) / sizeof(sizes[0]);
    size_t look_count = size_count * LANGUAGE_COUNT;
    int failed_count = 0;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]) * look_count; i++) {
        struct error err = {0};
        bool is_tiny = sizes[i % size_count].width_px < 1000;
        if (is_tiny && pages[i / look_count].prepare == prepare_largest) {
            continue; /* 64 services and 128 counters do not go onto such a screen */
        }
        if (write_picture(gallery, &pages[i / look_count], i % size_count,
                          (enum language)(i % look_count / size_count), &err) != OK) {
            (void)fprintf(stderr, "%s\n", err.text); /* the exit code tells it too */
            failed_count++;
        }
    }
    return failed_count;
}

int main(int argc, char **argv)
{
    static const char *const domains[] = {"display", "common"};
    struct gallery *gallery = calloc(1, sizeof(*gallery));
    struct error err = {0};
    int failed_count = 1;
    char folder[512];
    catalogue_folder("", folder, sizeof(folder));
    if (argc != 2 || !gallery) {
        (void)fprintf(stderr, "usage: display_gallery FOLDER\n"); /* exit code tells */
    } else if (!(gallery->list = draw_list_create()) ||
               painter_create(FONT_DIRECTORY, &gallery->painter, &err) != OK ||
               catalogue_load(folder, domains, 2, &gallery->catalogue, &err) != OK ||
               zone_load("Europe/Paris", &gallery->zone, &err) != OK) {
        (void)fprintf(stderr, "cannot begin: %s\n", err.text); /* as above */
    } else {
        gallery->folder = argv[1];
        failed_count = write_pictures(gallery);
    }
    if (gallery) {
        zone_destroy(gallery->zone);
        catalogue_destroy(gallery->catalogue);
        painter_destroy(gallery->painter);
        draw_list_destroy(gallery->list);
    }
    free(gallery);
    return failed_count == 0 ? 0 : 1;
}
