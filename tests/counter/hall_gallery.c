/* Writes the window of a reception as PNG files into a folder, in every dialogue, size
 * and language, for people to look at. Not installed. Usage: hall_gallery FOLDER */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/text.h"
#include "counter/hall_scene.h"
#include "hall_fixture.h"
#include "ui/font.h"
#include "ui/painter.h"
#include "window_fixture.h"

struct gallery {
    struct painter *painter;
    struct catalogue *catalogue;
    struct draw_list *list;
    struct target_list targets;
    const char *folder;
};

static void show_hall(struct post *post)
{
    post->agent->reception.slip.health = PRINTER_OUT;
    post->agent->state.suspect_count = 12;
}

static void show_issue(struct post *post)
{
    (void)hall_press(post, HALL_ISSUE); /* opens a dialogue, as all here */
    hall_agent_type(post->agent, 'A');
    (void)hall_press(post, HALL_MORE);
    (void)hall_press(post, HALL_ANOTHER);
    hall_agent_type(post->agent, 'B');
}

static void show_lacks(struct post *post)
{
    (void)hall_press(post, HALL_ISSUE);
    hall_agent_type(post->agent, 'A');
    (void)hall_press(post, HALL_LACK);
}

static void show_find(struct post *post)
{
    (void)hall_press(post, HALL_FIND);
    hall_agent_type(post->agent, 'A');
    hall_agent_type(post->agent, '4');
}

static void show_new(struct post *post)
{
    reception_slip_init(&post->agent->reception.slip, true);
    post->agent->sent = VERB_TAKE;
    hall_answer(post, TICKET_WAITING);
    post->agent->ticket.wait = (struct wait_range){.is_given = true, 15, 25};
}

static void show_ticket(struct post *post)
{
    hall_answer(post, TICKET_NO_SHOW);
    post->agent->ticket.is_suspect = true;
    (void)text_copy(post->agent->ticket.linked, sizeof(post->agent->ticket.linked),
                    "B107"); /* short */
    (void)text_copy(post->agent->ticket.counter, sizeof(post->agent->ticket.counter),
                    "3"); /* short */
}

static void show_failed(struct post *post)
{
    show_new(post);
    post->agent->reception.slip.state = RECEPTION_SLIP_FAILED;
}

static void show_requalify(struct post *post)
{
    hall_answer(post, TICKET_WAITING);
    (void)hall_press(post, HALL_REQUALIFY);
}

static void show_contact(struct post *post)
{
    (void)hall_press(post, HALL_CONTACT);
    hall_agent_type(post->agent, 'A');
}

static void show_split(struct post *post)
{
    hall_answer(post, TICKET_WAITING);
    (void)hall_press(post, HALL_SPLIT);
}

static void show_link(struct post *post)
{
    hall_answer(post, TICKET_WAITING);
    (void)hall_press(post, HALL_LINK);
}

static const struct {
    const char *name;
    void (*show)(struct post *post);
} pages[] = {
    {"hall", show_hall},           {"issue", show_issue},
    {"find", show_find},           {"new", show_new},
    {"ticket", show_ticket},       {"failed", show_failed},
    {"requalify", show_requalify}, {"contact", show_contact},
    {"split", show_split},         {"link", show_link},
    {"lacks", show_lacks},
};

static const struct {
    int width_px;
    int height_px;
} sizes[] = {{1280, 800}, {1080, 1920}, {1024, 768}, {800, 480}};

static enum status write_picture(struct gallery *gallery, size_t page, size_t size,
                                 enum language language, struct error *err)
{
    void *state = NULL;
    (void)hall_begin_reception(&state); /* ends the program without memory */
    struct post *post = state;
    post->agent->language = language;
    pages[page].show(post);
    struct text_measure measure = painter_measure(gallery->painter);
    struct screen screen = {.list = gallery->list,
                            .targets = &gallery->targets,
                            .theme = theme_get(THEME_DAY),
                            .measure = &measure,
                            .width_px = sizes[size].width_px,
                            .height_px = sizes[size].height_px};
    hall_scene_draw(&screen, post->agent, gallery->catalogue, NOW_MS);
    (void)hall_end(&state); /* cannot fail */
    char path[512];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/%s-%d-%s.png", gallery->folder, pages[page].name,
             sizes[size].width_px, language == LANGUAGE_FR ? "fr" : "en");
    if (draw_list_check(gallery->list, err) != OK) {
        return error_wrap(err, "%s", path);
    }
    return painter_save(gallery->painter, gallery->list, path, err);
}

static int write_pictures(struct gallery *gallery)
{
    size_t size_count = sizeof(sizes) / sizeof(sizes[0]);
    size_t look_count = size_count * LANGUAGE_COUNT;
    int failed_count = 0;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]) * look_count; i++) {
        struct error err = {0};
        if (write_picture(gallery, i / look_count, i % size_count,
                          (enum language)(i % look_count / size_count), &err) != OK) {
            (void)fprintf(stderr, "%s\n", err.text); /* the exit code too */
            failed_count++;
        }
    }
    return failed_count;
}

int main(int argc, char **argv)
{
    struct gallery *gallery = calloc(1, sizeof(*gallery));
    struct error err = {0};
    int failed_count = 1;
    if (argc != 2 || !gallery) {
        (void)fprintf(stderr, "usage: hall_gallery FOLDER\n"); /* exit code tells */
    } else if (!(gallery->list = draw_list_create()) ||
               painter_create(FONT_DIRECTORY, &gallery->painter, &err) != OK) {
        (void)fprintf(stderr, "cannot begin: %s\n", err.text); /* as above */
    } else {
        gallery->catalogue = window_catalogue();
        gallery->folder = argv[1];
        failed_count = write_pictures(gallery);
    }
    if (gallery) {
        catalogue_destroy(gallery->catalogue);
        painter_destroy(gallery->painter);
        draw_list_destroy(gallery->list);
    }
    free(gallery);
    return failed_count == 0 ? 0 : 1;
}
