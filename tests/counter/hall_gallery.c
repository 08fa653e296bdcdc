/* Writes the window of a reception as PNG files into a folder, in every dialogue, size
 * and language, for people to look at. Not installed. Usage: hall_gallery FOLDER */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "album.h"
#include "counter/hall_scene.h"
#include "hall_fixture.h"

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

static const struct album_size sizes[] = {
    {1280, 800}, {1080, 1920}, {1024, 768}, {800, 480}};

static const char *page_name(size_t page)
{
    return pages[page].name;
}

static void draw_page(size_t page, enum language language,
                      const struct catalogue *catalogue, struct screen *screen)
{
    void *state = NULL;
    (void)hall_begin_reception(&state); /* ends the program without memory */
    struct post *post = state;
    post->agent->language = language;
    pages[page].show(post);
    hall_scene_draw(screen, post->agent, catalogue, NOW_MS);
    (void)hall_end(&state); /* cannot fail */
}

int main(int argc, char **argv)
{
    const struct album album = {.program = "hall_gallery",
                                .sizes = sizes,
                                .size_count = sizeof(sizes) / sizeof(sizes[0]),
                                .page_count = sizeof(pages) / sizeof(pages[0]),
                                .name = page_name,
                                .draw = draw_page};
    return album_write(&album, argc, argv);
}
