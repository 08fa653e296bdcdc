/* Writes the kiosk's pages as PNG files into a folder, in every size and language, for
 * people to look at. Not installed. Usage: kiosk_gallery FOLDER */
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "kiosk/scene.h"
#include "sample_pages.h"
#include "ui/font.h"
#include "ui/painter.h"

struct gallery {
    const char *folder;
    struct painter *painter;
    struct text_measure measure;
    struct catalogue *catalogue;
    struct zone *zone;
    struct draw_list *list;
    struct target_list targets;
    struct visit visit;
};

static const struct {
    const char *name;
    int width_px;
    int height_px;
    bool is_high_contrast;
} looks[] = {
    {"1080x1920", 1080, 1920, false}, {"1920x1080", 1920, 1080, false},
    {"1280x800", 1280, 800, false},   {"800x480", 800, 480, false},
    {"3840x2160", 3840, 2160, false}, {"contrast", 1280, 800, true},
};

static enum status write_picture(struct gallery *gallery, const struct sample_page *page,
                                 size_t look, enum language language, struct error *err)
{
    sample_page_start(page, language, &gallery->visit);
    gallery->visit.is_high_contrast = looks[look].is_high_contrast;
    struct scene scene = {.width_px = looks[look].width_px,
                          .height_px = looks[look].height_px,
                          .measure = &gallery->measure,
                          .catalogue = gallery->catalogue,
                          .zone = gallery->zone};
    visit_set_page_size(&gallery->visit,
                        scene_services_per_page(&scene, &gallery->visit, page->at_ms));
    scene_draw(&scene, &gallery->visit, page->at_ms, gallery->list, &gallery->targets);
    char path[1024];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/%s-%s-%s.png", gallery->folder, page->name, looks[look].name,
             language == LANGUAGE_FR ? "fr" : "en");
    if (draw_list_check(gallery->list, err) != OK) {
        return error_wrap(err, "%s", path);
    }
    return painter_save(gallery->painter, gallery->list, path, err);
}

static enum status open_gallery(struct gallery *gallery, struct error *err)
{
    static const char *const domains[] = {"kiosk", "common"};
    char folder[1024];
    catalogue_folder("", folder, sizeof(folder));
    gallery->list = draw_list_create();
    if (!gallery->list) {
        return error_set(err, ERR_IO, "out of memory");
    }
    if (catalogue_load(folder, domains, 2, &gallery->catalogue, err) != OK ||
        zone_load("Europe/Paris", &gallery->zone, err) != OK ||
        painter_create(FONT_DIRECTORY, &gallery->painter, err) != OK) {
        return err->status;
    }
    gallery->measure = painter_measure(gallery->painter);
    return OK;
}

/* The page in every look and language; returns how many failed. */
static int write_page(struct gallery *gallery, const struct sample_page *page)
{
    size_t look_count = sizeof(looks) / sizeof(looks[0]);
    int failures = 0;
    for (size_t i = 0; i < look_count * LANGUAGE_COUNT; i++) {
        struct error err = {0};
        if (write_picture(gallery, page, i % look_count, (enum language)(i / look_count),
                          &err) != OK) {
            (void)fprintf(stderr, "%s\n", err.text); /* the exit tells */
            failures++;
        }
    }
    return failures;
}

int main(int argc, char **argv)
{
    static struct gallery gallery;
    struct error err = {0};
    size_t count = 0;
    const struct sample_page *pages = sample_pages(&count);
    if (argc != 2) {
        (void)fputs("usage: kiosk_gallery FOLDER\n", stderr); /* the exit tells */
        return EXIT_FAILURE;
    }
    gallery.folder = argv[1];
    int failures = 0;
    if (open_gallery(&gallery, &err) != OK) {
        (void)fprintf(stderr, "%s\n", err.text); /* the exit tells */
        failures++;
    }
    for (size_t i = 0; failures == 0 && i < count; i++) {
        failures = write_page(&gallery, &pages[i]);
    }
    painter_destroy(gallery.painter);
    draw_list_destroy(gallery.list);
    zone_destroy(gallery.zone);
    catalogue_destroy(gallery.catalogue);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
