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

static void prepare_six(struct gallery *gallery)
{
    add_fresh(gallery, 6);
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

static void prepare_largest(struct gallery *gallery)
{
    prepare_large(gallery, SERVICES_MAX, COUNTERS_MAX);
}

struct picture {
    const char *name;
    int width_px;
    int height_px;
    enum language language;
    enum theme_id theme;
    enum scene_layout layout;
    void (*prepare)(struct gallery *gallery);
};

#define HALL(name, width, height, language, prepare)                                     \
    {                                                                                    \
        (name), (width), (height), (language), THEME_HALL, SCENE_FULL, (prepare)         \
    }

static const struct picture pictures[] = {
    HALL("board-fr", 1920, 1080, LANGUAGE_FR, prepare_usual),
    HALL("board-en", 1920, 1080, LANGUAGE_EN, prepare_usual),
    HALL("portrait-fr", 1080, 1920, LANGUAGE_FR, prepare_usual),
    HALL("portrait-en", 1080, 1920, LANGUAGE_EN, prepare_usual),
    HALL("800-fr", 1280, 800, LANGUAGE_FR, prepare_usual),
    HALL("800-en", 1280, 800, LANGUAGE_EN, prepare_usual),
    HALL("720-fr", 1280, 720, LANGUAGE_FR, prepare_usual),
    HALL("4k-en", 3840, 2160, LANGUAGE_EN, prepare_usual),
    HALL("pulse", 1920, 1080, LANGUAGE_FR, prepare_pulse),
    HALL("empty", 1920, 1080, LANGUAGE_FR, prepare_empty),
    HALL("stale", 1920, 1080, LANGUAGE_FR, prepare_stale),
    HALL("stale-portrait", 1080, 1920, LANGUAGE_EN, prepare_stale),
    HALL("retained", 1920, 1080, LANGUAGE_FR, prepare_retained),
    HALL("nothing", 1920, 1080, LANGUAGE_FR, prepare_nothing),
    HALL("six", 1920, 1080, LANGUAGE_FR, prepare_six),
    HALL("six-portrait", 1080, 1920, LANGUAGE_FR, prepare_six),
    HALL("twenty", 1920, 1080, LANGUAGE_FR, prepare_twenty),
    HALL("names", 1920, 1080, LANGUAGE_FR, prepare_names),
    HALL("names-720", 1280, 720, LANGUAGE_FR, prepare_names),
    HALL("names-portrait", 1080, 1920, LANGUAGE_FR, prepare_names),
    HALL("sixteen", 1920, 1080, LANGUAGE_FR, prepare_sixteen),
    HALL("sixteen-portrait", 1080, 1920, LANGUAGE_FR, prepare_sixteen),
    HALL("largest", 1920, 1080, LANGUAGE_FR, prepare_largest),
    HALL("largest-portrait", 1080, 1920, LANGUAGE_FR, prepare_largest),
    {"two-rows", 1920, 1080, LANGUAGE_FR, THEME_HALL, SCENE_LARGE, prepare_usual},
    {"contrast", 1920, 1080, LANGUAGE_FR, THEME_CONTRAST, SCENE_FULL, prepare_usual},
};

static enum status write_picture(struct gallery *gallery, const struct picture *picture,
                                 struct error *err)
{
    struct text_measure measure = painter_measure(gallery->painter);
    struct screen screen = {.list = gallery->list,
                            .targets = &gallery->targets,
                            .theme = theme_get(picture->theme),
                            .measure = &measure,
                            .width_px = picture->width_px,
                            .height_px = picture->height_px};
    struct scene scene = {.hall = &gallery->hall,
                          .catalogue = gallery->catalogue,
                          .zone = gallery->zone,
                          .display = "hall1",
                          .language = picture->language,
                          .layout = picture->layout,
                          .now_ms = NOW_MS};
    struct scene_sizes sizes;
    hall_init(&gallery->hall, 0);
    sample_site(&gallery->site);
    sample_board(&gallery->site, &gallery->board);
    hall_set_site(&gallery->hall, &gallery->site);
    picture->prepare(gallery);
    scene_draw(&screen, &scene, &sizes);
    struct legibility legibility = legibility_of(&sizes, picture->height_px, 685);
    (void)printf(
        "%-16s 685 mm high: 3 %% rule %d mm, rows %d mm, all %d mm, smallest %d px, "
        "%zu commands\n",
        picture->name, legibility.number_mm, legibility.rows_mm, legibility.text_mm,
        sizes.smallest_px, gallery->list->command_count);
    if (draw_list_check(gallery->list, err) != OK) {
        (void)error_wrap(err, "%s", picture->name); /* told by the caller */
    }
    char bytes[512];
    struct text path;
    text_init(&path, bytes, sizeof(bytes));
    text_add(&path, "%s/%s.png", gallery->folder, picture->name);
    enum status status = err->status;
    return painter_save(gallery->painter, gallery->list, bytes, err) == OK ? status
                                                                           : err->status;
}

static int write_pictures(struct gallery *gallery)
{
    int failed_count = 0;
    for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
        struct error err = {0};
        if (write_picture(gallery, &pictures[i], &err) != OK) {
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
