/* See reception_dialogue.h. */
#include "counter/reception_dialogue.h"

#include "core/text.h"
#include "counter/contact_dialogue.h"
#include "runtime/phrase.h"

#define SENTENCE_LENGTH 256

/* ---- New ticket ---- */

void reception_draw_wishes(const struct hall_brush *brush, struct rect *rest)
{
    const struct reception *reception = &brush->agent->reception;
    char label[SENTENCE_LENGTH];
    struct text text;
    text_init(&text, label, sizeof(label));
    for (uint32_t i = 0; i < reception->wish_count; i++) {
        const struct reception_wish *wish = &reception->wishes[i];
        text_add(&text, "%s\u00a0×\u00a0%u + ",
                 brush->agent->site.services[wish->service].letter,
                 (unsigned)wish->quantity);
    }
    text_add_string(&text, hall_say(brush, reception->wish_count > 0
                                               ? tr("a further service")
                                               : tr("Service (its letter)")));
    hall_sheet_label(brush, rest, label);
}

void reception_draw_documents(const struct hall_brush *brush, struct rect *rest)
{
    static const enum key keys[] = {KEY_F1, KEY_F2, KEY_F3, KEY_F4, KEY_F5};
    static const char *const hints[] = {"F1", "F2", "F3", "F4", "F5"};
    const struct hall_agent *agent = brush->agent;
    int count = 0;
    while (reception_document(agent, (uint32_t)count) != SITE_NONE) {
        count++;
    }
    struct grid grid = {3, (count + 2) / 3, screen_px(brush->screen, 10)};
    int height_px = screen_px(brush->screen, (grid.rows > 2 ? 50 : 76) * grid.rows);
    struct rect at = rect_cut_bottom(rest, height_px);
    for (int i = 0; i < count; i++) {
        uint32_t document = reception_document(agent, (uint32_t)i);
        bool is_missing = (agent->reception.lacks >> document & 1U) != 0;
        bool has_key = i < (int)(sizeof(keys) / sizeof(keys[0]));
        struct button button = {
            .id = HALL_LACK + i,
            .label = agent->site.documents[document].name.in[agent->language],
            .detail = is_missing ? hall_say(brush, tr("missing"))
                      : has_key  ? hints[i]
                                 : "",
            .kind = is_missing ? BUTTON_PRIMARY : BUTTON_PLAIN,
            .shortcut = has_key ? keys[i] : KEY_NONE,
            .label_px = screen_px(brush->screen, 26)};
        widget_button(brush->screen, rect_grid_cell(at, grid, i), &button);
    }
    struct rect label = rect_cut_bottom(rest, screen_px(brush->screen, SHEET_LABEL_PX));
    hall_sheet_label(brush, &label, hall_say(brush, tr("Which document is missing?")));
}

static void draw_step(const struct hall_brush *brush, struct rect at, struct button step)
{
    step.label_px = screen_px(brush->screen, 27);
    step.is_disabled =
        !hall_agent_can(brush->agent, (enum hall_action)step.id, brush->now_ms);
    widget_button(brush->screen, at, &step);
}

void reception_draw_test(const struct hall_brush *brush, struct rect at)
{
    bool is_test = brush->agent->reception.is_test;
    draw_step(brush, at,
              (struct button){.id = HALL_TEST,
                              .label = hall_say(brush, tr("Test")),
                              .detail = "F12",
                              .kind = is_test ? BUTTON_PRIMARY : BUTTON_PLAIN,
                              .shortcut = KEY_F12});
}

/* "− 2 +", in three cells. */
static void draw_counted(const struct hall_brush *brush, struct rect at)
{
    char number[16];
    struct text text;
    text_init(&text, number, sizeof(number));
    text_add(&text, "×\u00a0%u", (unsigned)brush->agent->reception.quantity);
    struct grid grid = {3, 1, screen_px(brush->screen, 10)};
    draw_step(brush, rect_grid_cell(at, grid, 0),
              (struct button){
                  .id = HALL_FEWER, .label = "−", .detail = "F6", .shortcut = KEY_F6});
    struct text_look look = {.size_px = screen_px(brush->screen, 34),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(brush->screen, ROLE_TEXT),
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    (void)screen_text(brush->screen, rect_grid_cell(at, grid, 1), number,
                      &look); /* the height is known */
    draw_step(brush, rect_grid_cell(at, grid, 2),
              (struct button){
                  .id = HALL_MORE, .label = "+", .detail = "F7", .shortcut = KEY_F7});
}

void reception_draw_quantity(const struct hall_brush *brush, struct rect at)
{
    struct rect another = rect_cut_right(&at, at.width * 2 / 5);
    rect_cut_left(&another, screen_px(brush->screen, 10));
    draw_counted(brush, at);
    draw_step(brush, another,
              (struct button){.id = HALL_ANOTHER,
                              .label = hall_say(brush, tr("Another service")),
                              .detail = "F8",
                              .shortcut = KEY_F8});
}

/* ---- Contact ---- */

static void draw_channels(const struct hall_brush *brush, struct rect at)
{
    struct grid grid = {CONTACT_CHANNEL_COUNT, 1, screen_px(brush->screen, 10)};
    for (int i = 0; i < CONTACT_CHANNEL_COUNT; i++) {
        hall_sheet_choice(brush, rect_grid_cell(at, grid, i), HALL_CHANNEL + i,
                          hall_say(brush, contact_channel_word((size_t)i)),
                          brush->agent->reception.contact.channel == (size_t)i);
    }
}

static void draw_delays(const struct hall_brush *brush, struct rect at)
{
    struct contact contact = brush->agent->reception.contact;
    size_t chosen = contact.delay;
    struct grid grid = {CONTACT_DELAY_COUNT / 2, 2, screen_px(brush->screen, 10)};
    for (size_t i = 0; i < CONTACT_DELAY_COUNT; i++) {
        char words[PHRASE_BYTES];
        contact.delay = i;
        hall_sheet_choice(brush, rect_grid_cell(at, grid, (int)i), HALL_DELAY + (int)i,
                          contact_delay_words(brush->catalogue, brush->agent->language,
                                              &contact, words),
                          chosen == i);
    }
}

static void draw_contact(const struct hall_brush *brush)
{
    struct rect rest = hall_sheet_begin(
        brush, hall_say(brush, tr("Record a contact of another channel")));
    const struct button buttons[] = {
        {.id = HALL_RECORD,
         .label = hall_say(brush, tr("Record: handled")),
         .detail = hall_say(brush, tr("Enter")),
         .kind = BUTTON_ACTION,
         .shortcut = KEY_ENTER},
        {.id = HALL_RECORD + 1,
         .label = hall_say(brush, tr("Record: given up")),
         .detail = hall_say(brush, tr("the person or we left it"))}};
    hall_sheet_ends(brush, &rest, buttons, 2);
    int shared_px = rest.height - 3 * screen_px(brush->screen, SHEET_LABEL_PX);
    bool is_phone =
        contact_channel(brush->agent->reception.contact.channel) == CHANNEL_PHONE;
    hall_sheet_label(brush, &rest, hall_say(brush, tr("Channel")));
    draw_channels(brush, rect_cut_top(&rest, shared_px * 18 / 100));
    hall_sheet_label(brush, &rest, hall_say(brush, tr("Service (its letter)")));
    hall_sheet_services(brush, rect_cut_top(&rest, shared_px * 44 / 100));
    hall_sheet_label(brush, &rest,
                     hall_say(brush, is_phone ? tr("Wait before the answer")
                                              : tr("Received how long ago")));
    draw_delays(brush, rest);
}

/* ---- Split and link ---- */

static const char *service_name(const struct hall_brush *brush, const char *id)
{
    const struct site *site = &brush->agent->site;
    uint32_t service = site_find_service(site, id);
    return service == SITE_NONE
               ? id
               : site->services[service].short_name.in[brush->agent->language];
}

static void draw_parts(const struct hall_brush *brush, struct rect at)
{
    const struct asked_services *asked = &brush->agent->ticket.asked;
    struct grid grid = {1, 1 + FURTHER_MAX, screen_px(brush->screen, 10)};
    for (uint32_t i = 0; i <= asked->further_count; i++) {
        char label[SENTENCE_LENGTH];
        struct text text;
        uint32_t quantity = i == 0 ? asked->quantity : asked->further[i - 1].quantity;
        text_init(&text, label, sizeof(label));
        text_add(&text, "%s\u00a0×\u00a0%u",
                 service_name(brush, i == 0 ? brush->agent->ticket.service
                                            : asked->further[i - 1].service),
                 (unsigned)(quantity > 1 ? quantity : 1));
        hall_sheet_choice(brush, rect_grid_cell(at, grid, (int)i), HALL_PART + (int)i,
                          label, brush->agent->reception.part == i);
    }
}

static void draw_split(const struct hall_brush *brush)
{
    struct rect rest =
        hall_sheet_begin(brush, hall_say(brush, tr("What becomes a ticket of its own?")));
    const struct button button = {.id = HALL_CONFIRM,
                                  .label = hall_say(brush, tr("Split the ticket")),
                                  .detail = hall_say(brush, tr("Enter")),
                                  .kind = BUTTON_ACTION,
                                  .shortcut = KEY_ENTER};
    hall_sheet_ends(brush, &rest, &button, 1);
    if (brush->agent->reception.part == 0) {
        draw_counted(brush, rect_cut_bottom(&rest, screen_px(brush->screen, 90)));
        struct rect label =
            rect_cut_bottom(&rest, screen_px(brush->screen, SHEET_LABEL_PX));
        hall_sheet_label(brush, &label, hall_say(brush, tr("How many requests")));
    }
    rect_cut_bottom(&rest, screen_px(brush->screen, 16));
    draw_parts(brush, rest);
}

static void draw_link(const struct hall_brush *brush)
{
    char title[SENTENCE_LENGTH];
    const struct catalogue_part part = {"ticket", brush->agent->ticket.label};
    (void)catalogue_fill(
        hall_say(brush, tr("Which ticket is of the same person as {ticket}?")), &part, 1,
        title, sizeof(title)); /* bounded */
    struct rect rest = hall_sheet_begin(brush, title);
    const struct button buttons[] = {{.id = HALL_CONFIRM,
                                      .label = hall_say(brush, tr("Link the tickets")),
                                      .detail = hall_say(brush, tr("Enter")),
                                      .kind = BUTTON_ACTION,
                                      .shortcut = KEY_ENTER},
                                     {.id = HALL_ERASE,
                                      .label = hall_say(brush, tr("Erase")),
                                      .shortcut = KEY_BACKSPACE}};
    hall_sheet_ends(brush, &rest, buttons, 2);
    hall_sheet_typed(brush, rect_cut_top(&rest, rest.height * 2 / 5));
    struct text_look look = {.size_px = screen_px(brush->screen, 30),
                             .colour = screen_colour(brush->screen, ROLE_TEXT),
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE};
    (void)screen_text(brush->screen, rest,
                      hall_say(brush, tr("While one of them is at a counter the other is "
                                         "not called; it keeps its place.")),
                      &look); /* the height is known */
}

void reception_dialogue_draw(const struct hall_brush *brush)
{
    if (brush->agent->dialogue == HALL_DIALOGUE_CONTACT) {
        draw_contact(brush);
    } else if (brush->agent->dialogue == HALL_DIALOGUE_SPLIT) {
        draw_split(brush);
    } else if (brush->agent->dialogue == HALL_DIALOGUE_LINK) {
        draw_link(brush);
    }
}
