/* A new ticket, a ticket that is looked for, a service to open or close; see
 * hall_dialogue.h. */
#include "counter/hall_dialogue.h"

#include "core/text.h"
#include "counter/hall_sheet.h"
#include "counter/notice.h"
#include "counter/order_dialogue.h"
#include "counter/reception_dialogue.h"
#include "runtime/asked_text.h"
#include "runtime/phrase.h"

#define SENTENCE_LENGTH 256

/* The priority classes, which keys 0 to 9 name. */
static void draw_classes(const struct hall_brush *brush, struct rect at)
{
    const struct site *site = &brush->agent->site;
    int row = site->class_count < 4 ? (int)site->class_count : 4;
    struct grid grid = {row, ((int)site->class_count + row - 1) / row,
                        screen_px(brush->screen, 10)};
    for (uint32_t i = 0; i < site->class_count; i++) {
        const char *name = i == 0 ? hall_say(brush, tr("No priority"))
                                  : site->classes[i].name.in[brush->agent->language];
        hall_sheet_choice(brush, rect_grid_cell(at, grid, (int)i), HALL_CLASS + (int)i,
                          name, brush->agent->class_index == i);
    }
}

/* Language of a new ticket, and how often its service is asked for. */
static void draw_new(const struct hall_brush *brush, struct rect at)
{
    struct rect left = rect_cut_left(&at, at.width * 2 / 5);
    rect_cut_left(&at, screen_px(brush->screen, 24));
    hall_sheet_label(brush, &left, hall_say(brush, tr("Language of the ticket")));
    struct grid grid = {LANGUAGE_COUNT + 1, 1, screen_px(brush->screen, 10)};
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        hall_sheet_choice(brush, rect_grid_cell(left, grid, i), HALL_SPOKEN + i,
                          i == LANGUAGE_FR ? "Français" : "English",
                          (int)brush->agent->spoken == i);
    }
    reception_draw_test(brush, rect_grid_cell(left, grid, LANGUAGE_COUNT));
    hall_sheet_label(brush, &at, hall_say(brush, tr("How many requests")));
    reception_draw_quantity(brush, at);
}

static void draw_issue(const struct hall_brush *brush)
{
    bool is_new = brush->agent->dialogue == HALL_DIALOGUE_ISSUE;
    struct rect rest = hall_sheet_begin(
        brush, is_new ? hall_say(brush, tr("A ticket for which service?"))
                      : hall_say(brush, tr("What should the ticket be?")));
    bool has_documents = is_new && reception_document(brush->agent, 0) != SITE_NONE;
    const struct button buttons[] = {
        {.id = HALL_CONFIRM,
         .label = is_new ? hall_say(brush, tr("Give the ticket"))
                         : hall_say(brush, tr("Change the ticket")),
         .detail = hall_say(brush, tr("Enter")),
         .kind = BUTTON_ACTION,
         .shortcut = KEY_ENTER},
        {.id = HALL_SEND_HOME,
         .label = hall_say(brush, tr("No ticket: documents missing")),
         .detail = "F9",
         .shortcut = KEY_F9}};
    hall_sheet_ends(brush, &rest, buttons, has_documents ? 2 : 1);
    if (is_new) {
        draw_new(brush, rect_cut_bottom(&rest, screen_px(brush->screen, 110)));
    }
    if (has_documents) {
        reception_draw_documents(brush, &rest);
    }
    reception_draw_wishes(brush, &rest);
    hall_sheet_services(brush, rect_cut_top(&rest, rest.height * 55 / 100));
    hall_sheet_label(brush, &rest, hall_say(brush, tr("Priority (0 to 9)")));
    draw_classes(brush, rest);
}

/* The tickets that ended last: who comes to a reception often had one of them. */
static void draw_recent(const struct hall_brush *brush, struct rect at)
{
    const struct hall_document *state = &brush->agent->state;
    struct grid grid = {2, HALL_RECENT_MAX / 2, screen_px(brush->screen, 10)};
    for (uint32_t i = 0; i < state->ended_count && i < HALL_RECENT_MAX; i++) {
        char label[SENTENCE_LENGTH];
        struct text text;
        text_init(&text, label, sizeof(label));
        text_add(&text, "%s · %s", state->ended[i].label,
                 notice_state(brush->catalogue, brush->agent->language,
                              ticket_state_name(state->ended[i].outcome)));
        hall_sheet_choice(brush, rect_grid_cell(at, grid, (int)i), HALL_RECENT + (int)i,
                          label, false);
    }
}

static void draw_find(const struct hall_brush *brush)
{
    struct rect rest = hall_sheet_begin(brush, hall_say(brush, tr("Which ticket?")));
    const struct button buttons[] = {{.id = HALL_CONFIRM,
                                      .label = hall_say(brush, tr("Find this ticket")),
                                      .detail = hall_say(brush, tr("Enter")),
                                      .kind = BUTTON_ACTION,
                                      .shortcut = KEY_ENTER},
                                     {.id = HALL_ERASE,
                                      .label = hall_say(brush, tr("Erase")),
                                      .shortcut = KEY_BACKSPACE}};
    hall_sheet_ends(brush, &rest, buttons, 2);
    hall_sheet_typed(brush, rect_cut_top(&rest, rest.height * 2 / 5));
    hall_sheet_label(brush, &rest,
                     brush->agent->state.ended_count > 0
                         ? hall_say(brush, tr("Ended last:"))
                         : hall_say(brush, tr("Type its letter and its number.")));
    draw_recent(brush, rest);
}

/* What became of the slip; where none is printed the number must be handed over by word
 * or by hand. */
static void write_slip(const struct hall_brush *brush, struct text *text)
{
    const struct hall_agent *agent = brush->agent;
    enum reception_slip_state state =
        reception_slip_of(&agent->reception.slip, agent->ticket.label);
    const char *words = "";
    if (state == RECEPTION_SLIP_PRINTING) {
        words = tr("The ticket is being printed…");
    } else if (state == RECEPTION_SLIP_PRINTED) {
        words = tr("The ticket is printed.");
    } else if (state == RECEPTION_SLIP_FAILED) {
        words = tr("The ticket is not printed: note the number for the person.");
    } else if (agent->is_new) {
        words = tr("No printer here: note the number for the person.");
    }
    if (words[0] != '\0') {
        text_add(text, "\n%s", hall_say(brush, words));
    }
}

/* What is known of the ticket, a line each. */
static void write_ticket(const struct hall_brush *brush, struct text *text)
{
    const struct hall_agent *agent = brush->agent;
    const struct reply_ticket *ticket = &agent->ticket;
    uint32_t class_index = site_find_class(&agent->site, ticket->class_id);
    char words[PHRASE_BYTES];
    char asked[ASKED_TEXT_BYTES];
    asked_text(&agent->site, ticket, agent->language, asked);
    text_add(text, "%s · %s", asked[0] == '\0' ? ticket->service : asked,
             ticket->language == LANGUAGE_FR ? "Français" : "English");
    if (class_index != SITE_NONE && class_index != 0) {
        text_add(text, " · %s",
                 agent->site.classes[class_index].name.in[agent->language]);
    }
    phrase_duration(brush->catalogue, agent->language, ticket->waited_s, words);
    text_add(text, "\n%s %s", hall_say(brush, tr("Waited")), words);
    if (ticket->state == TICKET_WAITING) {
        phrase_people(brush->catalogue, agent->language, ticket->ahead, words);
        text_add(text, " · %s %s", hall_say(brush, tr("ahead:")), words);
    }
    if (agent->is_new && ticket->wait.is_given) {
        phrase_wait(brush->catalogue, agent->language, &ticket->wait, words);
        text_add(text, " · %s %s", hall_say(brush, tr("estimated wait:")), words);
    }
    uint32_t counter = site_find_counter(&agent->site, ticket->counter);
    if (counter != SITE_NONE) {
        text_add(text, "\n%s", agent->site.counters[counter].name.in[agent->language]);
    }
    if (ticket->is_test || ticket->is_suspect) {
        text_add(text, "\n%s",
                 hall_say(brush, ticket->is_test
                                     ? tr("A test: it counts nowhere.")
                                     : tr("Of a burst at a kiosk: perhaps nobody's.")));
    }
    if (ticket->linked[0] != '\0') {
        text_add(text, "\n%s %s", hall_say(brush, tr("Same person as")), ticket->linked);
    }
    write_slip(brush, text);
}

/* What can be done with the ticket. */
static void draw_verbs(const struct hall_brush *brush, struct rect at)
{
    bool is_linked = brush->agent->ticket.linked[0] != '\0';
    const struct {
        enum hall_action action;
        enum key key;
        const char *hint;
        const char *label;
    } offers[] = {{HALL_CANCEL, KEY_F5, "F5", tr("Cancel ticket")},
                  {HALL_ABANDON, KEY_F6, "F6", tr("Has left")},
                  {HALL_REQUALIFY, KEY_F7, "F7", tr("Change…")},
                  {HALL_RESUME, KEY_F8, "F8", tr("Is back")},
                  {HALL_READMIT, KEY_F9, "F9", tr("Readmit")},
                  {HALL_REPRINT, KEY_F10, "F10", tr("Print a copy")},
                  {HALL_SPLIT, KEY_F2, "F2", tr("Split…")},
                  {HALL_LINK, KEY_F3, "F3", is_linked ? tr("Unlink") : tr("Link…")}};
    struct grid grid = {4, 2, screen_px(brush->screen, 14)};
    for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++) {
        struct button button = {.id = (int)offers[i].action,
                                .label = hall_say(brush, offers[i].label),
                                .detail = offers[i].hint,
                                .shortcut = offers[i].key,
                                .label_px = screen_px(brush->screen, 27),
                                .is_disabled = !hall_agent_can(
                                    brush->agent, offers[i].action, brush->now_ms)};
        widget_button(brush->screen, rect_grid_cell(at, grid, (int)i), &button);
    }
}

static void draw_ticket(const struct hall_brush *brush)
{
    const struct hall_agent *agent = brush->agent;
    char title[SENTENCE_LENGTH];
    char details[ASKED_TEXT_BYTES + 4 * SENTENCE_LENGTH];
    struct text text;
    text_init(&text, title, sizeof(title));
    text_add(&text, "%s · %s",
             agent->is_new ? hall_say(brush, tr("New ticket"))
                           : hall_say(brush, tr("Ticket")),
             notice_state(brush->catalogue, agent->language,
                          ticket_state_name(agent->ticket.state)));
    struct rect rest = hall_sheet_begin(brush, title);
    const struct button trust = {.id = HALL_TRUST,
                                 .label = hall_say(brush, tr("Somebody came with it")),
                                 .detail = "F1",
                                 .kind = BUTTON_ACTION,
                                 .shortcut = KEY_F1};
    hall_sheet_ends(brush, &rest, &trust, agent->ticket.is_suspect ? 1 : 0);
    draw_verbs(brush, rect_cut_bottom(&rest, screen_px(brush->screen, 200)));
    struct text_look number = {.size_px = screen_px(brush->screen, 150),
                               .weight = TEXT_BOLD,
                               .colour = screen_colour(brush->screen, ROLE_TEXT),
                               .across = ALIGN_MIDDLE,
                               .down = ALIGN_MIDDLE,
                               .lines_max = 1};
    (void)screen_text(brush->screen, rect_cut_top(&rest, rest.height / 2),
                      agent->ticket.label, &number); /* the height is known */
    text_init(&text, details, sizeof(details));
    write_ticket(brush, &text);
    struct text_look look = {.size_px = screen_px(brush->screen, 31),
                             .colour = screen_colour(brush->screen, ROLE_TEXT),
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE};
    (void)screen_text(brush->screen, rest, details, &look); /* the height is known */
}

static void draw_service(const struct hall_brush *brush)
{
    const struct hall_agent *agent = brush->agent;
    struct rect rest =
        hall_sheet_begin(brush, hall_say(brush, tr("Open or close which service?")));
    const struct hall_service *chosen = agent->service < agent->site.service_count
                                            ? hall_agent_service(agent, agent->service)
                                            : NULL;
    char sentence[SENTENCE_LENGTH] = "";
    if (chosen) {
        char people[PHRASE_BYTES];
        phrase_people(brush->catalogue, agent->language, chosen->waiting_count, people);
        const struct catalogue_part parts[] = {
            {"service", agent->site.services[agent->service].name.in[agent->language]},
            {"people", people}};
        const char *pattern =
            chosen->is_open
                ? hall_say(brush,
                           tr("{service} is open; waiting: {people}. They keep their "
                              "place when it closes."))
                : hall_say(brush, tr("{service} is closed; waiting: {people}."));
        (void)catalogue_fill(pattern, parts, 2, sentence,
                             sizeof(sentence)); /* bounded names */
    }
    const struct button button = {.id = HALL_CONFIRM,
                                  .label = chosen && chosen->is_open
                                               ? hall_say(brush, tr("Close this service"))
                                               : hall_say(brush, tr("Open this service")),
                                  .detail = hall_say(brush, tr("Enter")),
                                  .kind = BUTTON_ACTION,
                                  .shortcut = KEY_ENTER};
    hall_sheet_ends(brush, &rest, &button, 1);
    struct text_look look = {.size_px = screen_px(brush->screen, 30),
                             .colour = screen_colour(brush->screen, ROLE_TEXT),
                             .down = ALIGN_MIDDLE};
    (void)screen_text(brush->screen,
                      rect_cut_bottom(&rest, screen_px(brush->screen, 120)), sentence,
                      &look); /* the height is known */
    hall_sheet_services(brush, rest);
}

void hall_dialogue_draw(struct screen *screen, const struct hall_agent *agent,
                        const struct catalogue *catalogue, int64_t now_ms)
{
    struct hall_brush brush = {
        .screen = screen, .agent = agent, .catalogue = catalogue, .now_ms = now_ms};
    if (agent->dialogue == HALL_DIALOGUE_ISSUE ||
        agent->dialogue == HALL_DIALOGUE_REQUALIFY) {
        draw_issue(&brush);
    } else if (agent->dialogue == HALL_DIALOGUE_FIND) {
        draw_find(&brush);
    } else if (agent->dialogue == HALL_DIALOGUE_TICKET) {
        draw_ticket(&brush);
    } else if (agent->dialogue == HALL_DIALOGUE_SERVICE) {
        draw_service(&brush);
    } else if (agent->dialogue == HALL_DIALOGUE_ORDER) {
        order_dialogue_draw(&brush);
    } else {
        reception_dialogue_draw(&brush);
    }
}
