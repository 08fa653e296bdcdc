/* Writes the sample screens as PNG files into a folder, in every theme and several sizes,
 * for people to look at. Not installed. Usage: ui_gallery FOLDER */
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "sample_screens.h"
#include "ui/font.h"
#include "ui/painter.h"

struct gallery {
    struct painter *painter;
    struct draw_list *list;
    struct target_list *targets;
    const char *folder;
};

static void draw_counter(struct screen *screen)
{
    sample_counter(screen, false);
}

static void draw_dialogue(struct screen *screen)
{
    sample_counter(screen, true);
}

static void draw_kiosk(struct screen *screen)
{
    sample_kiosk(screen, false);
}

static void draw_kiosk_dialogue(struct screen *screen)
{
    sample_kiosk(screen, true);
}

static void draw_board(struct screen *screen)
{
    sample_board(screen, 4);
}

static const struct {
    const char *name;
    enum theme_id theme;
    int width_px;
    int height_px;
    void (*draw)(struct screen *screen);
} pictures[] = {
    {"board", THEME_HALL, 1920, 1080, draw_board},
    {"board-720", THEME_HALL, 1280, 720, draw_board},
    {"board-contrast", THEME_CONTRAST, 1920, 1080, draw_board},
    {"kiosk", THEME_DAY, 1080, 1920, draw_kiosk},
    {"kiosk-wide", THEME_DAY, 1920, 1080, draw_kiosk},
    {"kiosk-contrast", THEME_CONTRAST, 1080, 1920, draw_kiosk},
    {"counter", THEME_DAY, 1280, 800, draw_counter},
    {"counter-contrast", THEME_CONTRAST, 1280, 800, draw_counter},
    {"dialogue", THEME_DAY, 1280, 800, draw_dialogue},
    {"kiosk-dialogue", THEME_DAY, 1080, 1920, draw_kiosk_dialogue},
    {"board-4k", THEME_HALL, 3840, 2160, draw_board},
    {"widgets-day", THEME_DAY, 1920, 1080, sample_widgets},
    {"widgets-hall", THEME_HALL, 1920, 1080, sample_widgets},
    {"widgets-contrast", THEME_CONTRAST, 1920, 1080, sample_widgets},
};

static enum status write_picture(struct gallery *gallery, size_t index, struct error *err)
{
    struct text_measure measure = painter_measure(gallery->painter);
    struct input input = {.focused = 42, .shows_focus = true, .pressed = 41};
    struct screen screen = {gallery->list,
                            gallery->targets,
                            theme_get(pictures[index].theme),
                            &measure,
                            &input,
                            pictures[index].width_px,
                            pictures[index].height_px};
    pictures[index].draw(&screen);
    if (draw_list_check(gallery->list, err) != OK) {
        return error_wrap(err, "%s", pictures[index].name);
    }
    char bytes[512];
    struct text path;
    text_init(&path, bytes, sizeof(bytes));
    text_add(&path, "%s/%s.png", gallery->folder, pictures[index].name);
    return painter_save(gallery->painter, gallery->list, bytes, err);
}

/* Write all pictures; returns how many failed, each with its sentence on stderr. */
static int write_pictures(struct gallery *gallery)
{
    int failed_count = 0;
    for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
        struct error err = {0};
        if (write_picture(gallery, i, &err) != OK) {
            (void)fprintf(stderr, "%s\n", err.text); /* the exit code tells it too */
            failed_count++;
        }
    }
    return failed_count;
}

int main(int argc, char **argv)
{
    struct error err = {0};
    struct gallery gallery = {.list = draw_list_create(),
                              .targets = calloc(1, sizeof(struct target_list))};
    int failed_count = 1;
    if (argc != 2) {
        (void)fprintf(stderr,
                      "usage: ui_gallery FOLDER\n"); /* the exit code tells it too */
    } else if (!gallery.list || !gallery.targets ||
               painter_create(FONT_DIRECTORY, &gallery.painter, &err) != OK) {
        (void)fprintf(stderr, "cannot begin: %s\n", err.text); /* as above */
    } else {
        gallery.folder = argv[1];
        failed_count = write_pictures(&gallery);
    }
    painter_destroy(gallery.painter);
    free(gallery.targets);
    draw_list_destroy(gallery.list);
    return failed_count == 0 ? 0 : 1;
}
