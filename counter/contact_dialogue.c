/* Choosing channel, service and delay; see contact_dialogue.h. */
#include "counter/contact_dialogue.h"

#include <stdbool.h>

#include "counter/contact.h"
#include "runtime/phrase.h"
#include "ui/widget.h"

/* Up to so many services are named; more show their letters alone. */
#define NAMED_MAX    12
#define NAMED_ROW    4
#define LETTERS_ROW  16
#define LETTERS_ROWS 4

struct sheet {
    struct screen *screen;
    const struct agent *agent;
    const struct catalogue *catalogue;
};

static const char *say(const struct sheet *sheet, const char *source)
{
    return catalogue_text(sheet->catalogue, sheet->agent->language, source);
}

static void draw_choice(const struct sheet *sheet, struct rect at, int id,
                        const char *label, bool is_chosen)
{
    struct button button = {.id = id,
                            .label = label,
                            .kind = is_chosen ? BUTTON_PRIMARY : BUTTON_PLAIN,
                            .label_px = screen_px(sheet->screen, 27)};
    widget_button(sheet->screen, at, &button);
}

/* A line of text at the top of `rest`, for what follows. */
static void draw_label(const struct sheet *sheet, struct rect *rest, const char *label)
{
    struct text_look look = {.size_px = screen_px(sheet->screen, 25),
                             .colour = screen_colour(sheet->screen, ROLE_TEXT_MUTED),
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    (void)screen_text(sheet->screen, rect_cut_top(rest, screen_px(sheet->screen, 40)),
                      label, &look); /* the height is known */
}

static void draw_channels(const struct sheet *sheet, struct rect at)
{
    static const char *const names[CONTACT_CHANNEL_COUNT] = {tr("Phone"), tr("E-mail"),
                                                             tr("Letter"), tr("Web")};
    struct grid grid = {CONTACT_CHANNEL_COUNT, 1, screen_px(sheet->screen, 10)};
    for (int i = 0; i < CONTACT_CHANNEL_COUNT; i++) {
        draw_choice(sheet, rect_grid_cell(at, grid, i), AGENT_CHANNEL + i,
                    say(sheet, names[i]), sheet->agent->contact.channel == (size_t)i);
    }
}

static void draw_services(const struct sheet *sheet, struct rect at)
{
    const struct site *site = &sheet->agent->site;
    bool is_named = site->service_count <= NAMED_MAX;
    int rows =
        is_named ? (int)(site->service_count + NAMED_ROW - 1) / NAMED_ROW : LETTERS_ROWS;
    struct grid grid = {is_named ? NAMED_ROW : LETTERS_ROW, rows,
                        screen_px(sheet->screen, 10)};
    for (uint32_t i = 0; i < site->service_count; i++) {
        const struct service *service = &site->services[i];
        draw_choice(sheet, rect_grid_cell(at, grid, (int)i), AGENT_LETTER + (int)i,
                    is_named ? service->short_name.in[sheet->agent->language]
                             : service->letter,
                    sheet->agent->contact.service == i);
    }
}

/* What a delay is called. `words` has PHRASE_BYTES and is used where none is fixed. */
static const char *delay_words(const struct sheet *sheet, size_t delay,
                               char words[PHRASE_BYTES])
{
    static const struct phrase_counted days = {
        tr_plural("{count}\u00a0day", "{count}\u00a0days")};
    const struct contact *contact = &sheet->agent->contact;
    bool is_phone = contact_channel(contact->channel) == CHANNEL_PHONE;
    if (delay == 0) {
        return say(sheet, tr("Not measured"));
    }
    uint32_t delay_s = contact_delay_s(contact->channel, delay);
    if (delay_s == 0) {
        return say(sheet, is_phone ? tr("At once") : tr("Today"));
    }
    if (is_phone) {
        phrase_duration(sheet->catalogue, sheet->agent->language, delay_s, words);
    } else {
        phrase_count(sheet->catalogue, sheet->agent->language, days, delay_s / 86400,
                     words);
    }
    return words;
}

static void draw_delays(const struct sheet *sheet, struct rect at)
{
    struct grid grid = {CONTACT_DELAY_COUNT / 2, 2, screen_px(sheet->screen, 10)};
    for (size_t i = 0; i < CONTACT_DELAY_COUNT; i++) {
        char words[PHRASE_BYTES];
        const char *label = delay_words(sheet, i, words);
        draw_choice(sheet, rect_grid_cell(at, grid, (int)i), AGENT_DELAY + (int)i, label,
                    sheet->agent->contact.delay == i);
    }
}

static void draw_ends(const struct sheet *sheet, struct rect at, bool can_record)
{
    const struct button buttons[] = {
        {.id = AGENT_RECORD,
         .label = say(sheet, tr("Record: handled")),
         .detail = say(sheet, tr("Enter")),
         .kind = BUTTON_ACTION,
         .shortcut = KEY_ENTER,
         .label_px = screen_px(sheet->screen, 30),
         .is_disabled = !can_record},
        {.id = AGENT_RECORD + 1,
         .label = say(sheet, tr("Record: given up")),
         .detail = say(sheet, tr("the person or we left it")),
         .kind = BUTTON_PLAIN,
         .label_px = screen_px(sheet->screen, 30),
         .is_disabled = !can_record},
        {.id = AGENT_DISMISS,
         .label = say(sheet, tr("Back")),
         .detail = say(sheet, tr("Esc")),
         .kind = BUTTON_QUIET,
         .shortcut = KEY_ESCAPE,
         .label_px = screen_px(sheet->screen, 30)},
    };
    struct grid grid = {3, 1, screen_px(sheet->screen, 16)};
    for (int i = 0; i < 3; i++) {
        widget_button(sheet->screen, rect_grid_cell(at, grid, i), &buttons[i]);
    }
}

void contact_dialogue_draw(struct screen *screen, const struct agent *agent,
                           const struct catalogue *catalogue, int64_t now_ms)
{
    const struct sheet sheet = {screen, agent, catalogue};
    target_list_clear(screen->targets);
    struct rect area = screen_area(screen);
    screen_fill(screen, area, 0, screen_colour(screen, ROLE_VEIL));
    int margin_px = screen_px(screen, 40);
    int width_px = screen_px(screen, 1100);
    int height_px = screen_px(screen, 960);
    width_px = width_px > area.width - margin_px ? area.width - margin_px : width_px;
    height_px = height_px > area.height - margin_px ? area.height - margin_px : height_px;
    struct rect inside =
        widget_card(screen, rect_centre(area, width_px, height_px), false);
    struct text_look title = {.size_px = screen_px(screen, 38),
                              .weight = TEXT_BOLD,
                              .colour = screen_colour(screen, ROLE_TEXT),
                              .down = ALIGN_MIDDLE};
    (void)screen_text(screen, rect_cut_top(&inside, screen_px(screen, 56)),
                      say(&sheet, tr("Record a contact of another channel")),
                      &title); /* the height is known */
    draw_ends(&sheet, rect_cut_bottom(&inside, screen_px(screen, 100)),
              agent_can(agent, AGENT_RECORD, now_ms));
    rect_cut_bottom(&inside, screen_px(screen, 14));
    int shared_px = inside.height - 3 * screen_px(screen, 40);
    draw_label(&sheet, &inside, say(&sheet, tr("Channel")));
    draw_channels(&sheet, rect_cut_top(&inside, shared_px * 18 / 100));
    draw_label(&sheet, &inside, say(&sheet, tr("Service")));
    draw_services(&sheet, rect_cut_top(&inside, shared_px * 44 / 100));
    bool is_phone = contact_channel(agent->contact.channel) == CHANNEL_PHONE;
    draw_label(&sheet, &inside,
               say(&sheet, is_phone ? tr("Wait before the answer")
                                    : tr("Received how long ago")));
    draw_delays(&sheet, inside);
}
