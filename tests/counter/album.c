/* See album.h. */
#include "album.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "ui/font.h"
#include "ui/painter.h"
#include "window_fixture.h"

struct easel {
    struct painter *painter;
    struct catalogue *catalogue;
    struct draw_list *list;
    struct target_list targets;
    const char *folder;
};

static enum status write_picture(const struct album *album, struct easel *easel,
                                 size_t page, const struct album_size *size,
                                 enum language language, struct error *err)
{
    struct text_measure measure = painter_measure(easel->painter);
    struct screen screen = {.list = easel->list,
                            .targets = &easel->targets,
                            .theme = theme_get(THEME_DAY),
                            .measure = &measure,
                            .width_px = size->width_px,
                            .height_px = size->height_px};
    album->draw(page, language, easel->catalogue, &screen);
    char bytes[PATH_MAX];
    struct text path;
    text_init(&path, bytes, sizeof(bytes));
    text_add(&path, "%s/%s-%d-%s.png", easel->folder, album->name(page), size->width_px,
             language_tag(language));
    if (draw_list_check(easel->list, err) != OK) {
        return error_wrap(err, "%s", bytes);
    }
    return painter_save(easel->painter, easel->list, bytes, err);
}

static int write_pictures(const struct album *album, struct easel *easel)
{
    size_t look_count = album->size_count * LANGUAGE_COUNT;
    int failed_count = 0;
    for (size_t i = 0; i < album->page_count * look_count; i++) {
        struct error err = {0};
        if (write_picture(
                album, easel, i / look_count, &album->sizes[i % album->size_count],
                (enum language)(i % look_count / album->size_count), &err) != OK) {
            (void)fprintf(stderr, "%s\n", err.text); /* the exit code too */
            failed_count++;
        }
    }
    return failed_count;
}

int album_write(const struct album *album, int argc, char **argv)
{
    struct easel *easel = calloc(1, sizeof(*easel));
    struct error err = {0};
    int failed_count = 1;
    if (argc != 2 || !easel) {
        (void)fprintf(stderr, "usage: %s FOLDER\n", album->program); /* as above */
    } else if (!(easel->list = draw_list_create()) ||
               painter_create(FONT_DIRECTORY, &easel->painter, &err) != OK) {
        (void)fprintf(stderr, "cannot begin: %s\n", err.text); /* as above */
    } else {
        easel->catalogue = window_catalogue();
        easel->folder = argv[1];
        failed_count = write_pictures(album, easel);
    }
    if (easel) {
        catalogue_destroy(easel->catalogue);
        painter_destroy(easel->painter);
        draw_list_destroy(easel->list);
    }
    free(easel);
    return failed_count == 0 ? 0 : 1;
}
