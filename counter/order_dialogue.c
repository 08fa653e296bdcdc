/* See order_dialogue.h. The parts of the order stand one below the other; below them what
 * the present part can be: its choices, or a keyboard for fingers. */
#include "counter/order_dialogue.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"
#include "counter/notice.h"
#include "runtime/phrase.h"
#include "runtime/zone.h"

#define SENTENCE_LENGTH 512

/* Heights of the rows, in design units: of a choice and of words. */
#define ROW_PX       58
#define ROW_WORDS_PX 84

/* Up to so many choices are named; more show their letters or numbers alone. */
#define NAMED_MAX 12

/* A row of the keyboard on the screen; the first has the digits. */
#define KEYS_A_ROW 11

static const struct {
    const char *title;
    const char *key_label;
    const char *key_hint;
    enum key key;
} kinds[] = {
    [ORDER_COUNTER] = {tr("Which counter?"), tr("Counters"), "F5", KEY_F5},
    [ORDER_LINE] = {tr("Everybody who waits"), tr("Waiting lines"), "F1", KEY_F1},
    [ORDER_TODAY] = {tr("For today only"), tr("Hours, quota"), "F7", KEY_F7},
    [ORDER_MESSAGE] = {tr("A message on the screens"), tr("Message"), "F8", KEY_F8},
    [ORDER_EXCEPTIONAL] = {tr("Exceptional mode"), tr("Exceptional mode"), "F9", KEY_F9},
    [ORDER_CORRECT] = {tr("How did the visit really end?"), tr("Correct"), "F10",
                       KEY_F10},
    [ORDER_REMARK] = {tr("A remark in the report"), tr("Remarks"), "F12", KEY_F12},
    [ORDER_CLOSE_DAY] = {tr("The day closes"), tr("Close the day"), tr("End"), KEY_END},
};
static_assert(sizeof(kinds) / sizeof(kinds[0]) == ORDER_KIND_COUNT,
              "every kind has its words");

/* The choice of the act, and the button that does it. */
static const struct {
    const char *choice;
    const char *button;
    const char *buttons; /* with {count}; NULL: nobody is counted */
} acts[] = {
    [ACT_OPEN] = {tr("Open"), tr("Open this counter"), NULL},
    [ACT_CLOSE] = {tr("Close"), tr("Close this counter"), NULL},
    [ACT_HAND_OVER] = {tr("Hand over"), tr("Hand its people over"), NULL},
    [ACT_ABANDON] = {tr("Have left"), tr_plural("End {count} ticket that waits",
                                                "End {count} tickets that wait")},
    [ACT_CANCEL] = {tr("Cancelled"), tr_plural("End {count} ticket that waits",
                                               "End {count} tickets that wait")},
    [ACT_MOVE] = {tr("Move"), tr_plural("Move {count} ticket that waits",
                                        "Move {count} tickets that wait")},
    [ACT_HOURS] = {tr("Open until"), tr("Set the hours of today"), NULL},
    [ACT_QUOTA] = {tr("Quota"), tr("Set the quota of today"), NULL},
    [ACT_SAY] = {tr("Show"), tr("Show the message"), NULL},
    [ACT_CLEAR] = {tr("Take away"), tr("Take the message away"), NULL},
    [ACT_BEGIN] = {tr("Begin"), tr("Begin exceptional mode"), NULL},
    [ACT_END] = {tr("End it"), tr("End exceptional mode"), NULL},
    [ACT_CORRECT] = {tr("Correct"), tr("Correct the outcome"), NULL},
    [ACT_REMARK] = {tr("Write"), tr("Write the remark"), NULL},
    [ACT_WITHDRAW] = {tr("Withdraw"), tr("Withdraw the remark"), NULL},
    [ACT_CLOSE_DAY] = {tr("Close the day"), tr("Close the day"), NULL},
};
static_assert(sizeof(acts) / sizeof(acts[0]) == ORDER_ACT_COUNT,
              "every act has its words");

/* What a part is called, and what is said while it is missing. */
static const struct {
    const char *label;
    const char *hint;
} parts[] = {
    [PART_ACT] = {tr("Action"), ""},
    [PART_COUNTER] = {tr("Counter"), tr("Choose a counter: type its number.")},
    [PART_TO_COUNTER] = {tr("To counter"), tr("Choose another counter, which is open.")},
    [PART_SERVICE] = {tr("Service"), tr("Choose a service: type its letter.")},
    [PART_TO_SERVICE] = {tr("To service"),
                         tr("Choose another service: type its letter.")},
    [PART_TICKET] = {tr("Ticket"), tr("Type its letter and its number.")},
    [PART_OUTCOME] = {tr("It ended"), tr("Choose how it really ended.")},
    [PART_REMARK] = {tr("Remark"), tr("Choose the remark to withdraw.")},
    [PART_TEXT] = {tr("Remark"), tr("Write what the report must say.")},
    [PART_FROM] = {tr("From"), tr("Type a time of today, such as 10:00.")},
    [PART_UNTIL] = {tr("Until"), tr("Type a later time of today, such as 16:30.")},
    [PART_NUMBER] = {tr("Tickets today"), tr("Type how many tickets; 0 is no limit.")},
    [PART_FR] = {tr("In French"), tr("Write the message, in one language at least.")},
    [PART_EN] = {tr("In English"), ""},
    [PART_HALL] = {tr("Screens"), ""},
    [PART_REASON] = {tr("Reason"), tr("Write the reason: the record keeps it.")},
};
static_assert(sizeof(parts) / sizeof(parts[0]) == ORDER_PART_COUNT,
              "every part has its words");

/* ---- Words ---- */

static void write_button(const struct hall_brush *brush, enum order_act act,
                         char ret_label[PHRASE_BYTES])
{
    struct text text;
    if (acts[act].buttons) {
        const struct phrase_counted counted = {acts[act].button, acts[act].buttons};
        phrase_count(brush->catalogue, brush->agent->language, counted,
                     order_people(brush->agent), ret_label);
    } else {
        text_init(&text, ret_label, PHRASE_BYTES);
        text_add_string(&text, hall_say(brush, acts[act].button));
    }
}

static void write_time(const struct hall_brush *brush, int64_t at_ms, struct text *text)
{
    char minute[MINUTE_TEXT_BYTES] = "–";
    if (brush->agent->zone) {
        zone_minute_text(brush->agent->zone, at_ms, minute);
    }
    text_add_string(text, minute);
}

static void write_service(const struct hall_brush *brush, uint32_t index, bool is_named,
                          struct text *text)
{
    const struct service *service = &brush->agent->site.services[index];
    text_add_string(text, service->letter);
    if (is_named) {
        text_add(text, " · %s", service->short_name.in[brush->agent->language]);
    }
}

static void write_remark(const struct hall_brush *brush, const struct hall_remark *remark,
                         struct text *text)
{
    text_add(text, "%u · ", (unsigned)remark->number);
    write_time(brush, remark->from_ms, text);
    text_add_string(text, "–");
    write_time(brush, remark->until_ms, text);
    text_add(text, " · %s", remark->text);
}

/* A choice of a part; that of none or all is the last. */
static void write_choice(const struct hall_brush *brush, enum order_part part,
                         uint32_t choice, bool is_named, struct text *text)
{
    const struct hall_agent *agent = brush->agent;
    const struct site *site = &agent->site;
    if (part == PART_ACT) {
        uint32_t act = order_first_act(agent->order.kind) + choice;
        text_add_string(text, hall_say(brush, acts[act].choice));
    } else if (part == PART_COUNTER || part == PART_TO_COUNTER) {
        text_add_string(text, is_named ? site->counters[choice].name.in[agent->language]
                                       : site->counters[choice].label);
    } else if ((part == PART_SERVICE || part == PART_TO_SERVICE) &&
               choice < site->service_count) {
        write_service(brush, choice, is_named, text);
    } else if (part == PART_SERVICE) {
        bool is_first = agent->order.kind == ORDER_EXCEPTIONAL;
        text_add_string(text, is_first ? hall_say(brush, tr("None goes first"))
                                       : hall_say(brush, tr("All services")));
    } else if (part == PART_TICKET) {
        text_add(text, "%s · %s", agent->state.ended[choice].label,
                 notice_state(brush->catalogue, agent->language,
                              ticket_state_name(agent->state.ended[choice].outcome)));
    } else if (part == PART_OUTCOME) {
        text_add_string(text, notice_state(brush->catalogue, agent->language,
                                           ticket_state_name(order_outcome(choice))));
    } else if (part == PART_REMARK) {
        write_remark(brush, &agent->state.remarks[choice], text);
    } else {
        text_add_string(text, choice == ORDER_HALL_OWN
                                  ? hall_say(brush, tr("Of this hall"))
                                  : hall_say(brush, tr("Of all halls")));
    }
}

/* What the part is now; nothing where it is missing. */
static void write_value(const struct hall_brush *brush, enum order_part part,
                        struct text *text)
{
    const struct hall_agent *agent = brush->agent;
    if (order_is_typed(part)) {
        text_add_string(text, agent->order.typed[part]);
        return;
    }
    uint32_t count = order_choice_count(agent, part);
    for (uint32_t i = 0; i < count; i++) {
        if (order_is_chosen(agent, part, i)) {
            write_choice(brush, part, i, true, text);
            return;
        }
    }
}

/* Whose profile is at the counter, and who is bound to it. */
static void write_counter(const struct hall_brush *brush,
                          const struct hall_counter *counter, struct text *text)
{
    const struct hall_agent *agent = brush->agent;
    uint32_t profile = site_find_profile(&agent->site, counter->profile);
    if (profile != SITE_NONE) {
        text_add(text, "%s · ", agent->site.profiles[profile].name.in[agent->language]);
    }
    text_add(text, "%s · ",
             notice_state(brush->catalogue, agent->language,
                          counter_state_name(counter->state)));
    text_add(text, "%s %u · ", hall_say(brush, tr("parked:")), counter->parked_count);
    text_add(text, "%s %u", hall_say(brush, tr("for it:")), counter->reserved_count);
}

/* What is in force for the chosen service or on the whole day. */
static void write_present(const struct hall_brush *brush, struct text *text)
{
    const struct hall_agent *agent = brush->agent;
    uint32_t chosen = agent->order.chosen[PART_COUNTER];
    for (uint32_t i = 0; i < agent->state.counter_count &&
                         agent->order.kind == ORDER_COUNTER && chosen != SITE_NONE;
         i++) {
        if (strcmp(agent->state.counters[i].id, agent->site.counters[chosen].id) == 0) {
            write_counter(brush, &agent->state.counters[i], text);
        }
    }
    uint32_t service = agent->order.chosen[PART_SERVICE];
    const struct hall_service *line =
        service < agent->site.service_count ? hall_agent_service(agent, service) : NULL;
    if (agent->order.kind == ORDER_TODAY && line) {
        text_add(text, "%s ", hall_say(brush, tr("Now: open until")));
        if (line->until_ms != 0) {
            write_time(brush, line->until_ms, text);
        } else {
            text_add_string(text, "–");
        }
        text_add(text, " · %s %u", hall_say(brush, tr("given:")), line->given_count);
        if (line->quota != 0) {
            text_add(text, " / %u", line->quota);
        }
    } else if (agent->order.kind == ORDER_EXCEPTIONAL &&
               agent->state.exceptional.until_ms != 0) {
        text_add(text, "%s ", hall_say(brush, tr("In force until")));
        write_time(brush, agent->state.exceptional.until_ms, text);
    } else if (agent->order.kind == ORDER_CLOSE_DAY) {
        char people[PHRASE_BYTES];
        phrase_people(brush->catalogue, agent->language, order_people(agent), people);
        text_add(text, "%s %s", hall_say(brush, tr("Still waiting:")), people);
    }
}

/* Below the parts: why the server refused, what is missing, or what is so now. */
static void draw_hint(const struct hall_brush *brush, struct rect at)
{
    const struct hall_agent *agent = brush->agent;
    char sentence[SENTENCE_LENGTH];
    struct text text;
    text_init(&text, sentence, sizeof(sentence));
    enum order_part lack = order_lack(agent);
    bool is_refused = agent->has_notice && agent->notice_code[0] != '\0';
    if (is_refused) {
        notice_text(brush->catalogue, agent->language, agent->notice_code,
                    &agent->notice_subject, &text);
    } else if (lack == PART_SERVICE && agent->order.kind == ORDER_LINE &&
               order_people(agent) == 0) {
        text_add_string(&text, hall_say(brush, tr("Nobody is waiting there.")));
    } else if (lack != ORDER_PART_COUNT) {
        text_add_string(&text, hall_say(brush, parts[lack].hint));
    }
    if (!is_refused) {
        text_add_string(&text, text.length > 0 ? "   " : "");
        write_present(brush, &text);
    }
    if (is_refused) {
        struct notice notice = {.kind = NOTICE_WARNING, .label = "", .text = sentence};
        widget_notice(brush->screen, at, &notice);
        return;
    }
    struct text_look look = {.size_px = screen_px(brush->screen, 25),
                             .colour = screen_colour(brush->screen, ROLE_TEXT_MUTED),
                             .down = ALIGN_MIDDLE};
    (void)screen_text(brush->screen, at, sentence, &look); /* the height is known */
}

/* ---- Parts ---- */

static void draw_part(const struct hall_brush *brush, struct rect at,
                      enum order_part part)
{
    const struct hall_agent *agent = brush->agent;
    struct screen *screen = brush->screen;
    bool is_here = agent->order.at == part;
    struct rect label = rect_cut_left(&at, at.width / 4);
    struct text_look look = {.size_px = screen_px(screen, 27),
                             .weight = is_here ? TEXT_BOLD : TEXT_REGULAR,
                             .colour = screen_colour(screen, ROLE_TEXT),
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    bool goes_first = part == PART_SERVICE && agent->order.kind == ORDER_EXCEPTIONAL;
    (void)screen_text(screen, label,
                      goes_first ? hall_say(brush, tr("Goes first"))
                                 : hall_say(brush, parts[part].label),
                      &look); /* the height is known */
    char value[SENTENCE_LENGTH];
    struct text text;
    text_init(&text, value, sizeof(value));
    write_value(brush, part, &text);
    bool is_empty = text.length == 0;
    text_add_string(&text, is_here && order_is_typed(part) ? "|" : "");
    if (is_empty && !is_here) {
        text_add_string(&text, "–");
    }
    struct rect box = rect_inset_xy(at, 0, screen_px(screen, 4));
    const struct target target = {
        .id = HALL_ORDER_PART + (int)part, .at = box, .is_enabled = !agent->is_in_flight};
    target_list_add(screen->targets, &target, value);
    screen_fill(screen, box, screen_px(screen, 10),
                screen_colour(screen, is_here ? ROLE_FOCUS : ROLE_OUTLINE));
    int border_px = screen_px(screen, is_here ? 4 : 2);
    struct rect inside = rect_inset(box, border_px);
    screen_fill(screen, inside, screen_px(screen, 8),
                screen_colour(screen, ROLE_SURFACE));
    look.weight = TEXT_REGULAR;
    look.lines_max = 0;
    (void)screen_text(screen, rect_inset_xy(inside, screen_px(screen, 14), 0), value,
                      &look); /* the height is known */
}

static int row_px(enum order_part part)
{
    bool has_words = part == PART_FR || part == PART_EN;
    return has_words ? ROW_WORDS_PX : ROW_PX;
}

static void draw_parts(const struct hall_brush *brush, struct rect *rest)
{
    for (uint32_t i = 0; i < ORDER_PART_COUNT; i++) {
        enum order_part part = (enum order_part)i;
        if (order_has(brush->agent, part)) {
            draw_part(brush, rect_cut_top(rest, screen_px(brush->screen, row_px(part))),
                      part);
        }
    }
}

/* ---- What the present part can be ---- */

static int columns_of(enum order_part part, uint32_t count, bool is_named)
{
    if (part == PART_REMARK) {
        return 1;
    }
    if (part == PART_TICKET) {
        return 4;
    }
    if (!is_named) {
        return 16;
    }
    if (part == PART_SERVICE || part == PART_TO_SERVICE) {
        return 3;
    }
    return count <= 5 ? (int)count : 4;
}

static void draw_choices(const struct hall_brush *brush, struct rect at)
{
    enum order_part part = brush->agent->order.at;
    uint32_t count = order_choice_count(brush->agent, part);
    count = count < HALL_CHOICES_MAX ? count : HALL_CHOICES_MAX;
    bool is_named = count <= NAMED_MAX;
    int columns = columns_of(part, count, is_named);
    int rows = ((int)count + columns - 1) / columns;
    int height_px = rows * screen_px(brush->screen, is_named ? 76 : 60);
    at.height = height_px < at.height ? height_px : at.height;
    struct grid grid = {columns, rows, screen_px(brush->screen, 8)};
    for (uint32_t i = 0; i < count; i++) {
        char label[SENTENCE_LENGTH];
        struct text text;
        text_init(&text, label, sizeof(label));
        bool is_one = (part == PART_SERVICE || part == PART_TO_SERVICE) &&
                      i == brush->agent->site.service_count;
        write_choice(brush, part, i, is_named || is_one, &text);
        hall_sheet_choice(brush, rect_grid_cell(at, grid, (int)i), HALL_CHOICE + (int)i,
                          label, order_is_chosen(brush->agent, part, i));
    }
}

/* The keys of one keyboard row, from `first`. */
static void draw_key_row(const struct hall_brush *brush, struct rect at, uint32_t first)
{
    struct grid grid = {KEYS_A_ROW, 1, screen_px(brush->screen, 6)};
    for (uint32_t i = 0; i < KEYS_A_ROW; i++) {
        hall_sheet_choice(brush, rect_grid_cell(at, grid, (int)i),
                          HALL_CHARACTER + (int)(first + i),
                          hall_agent_character(first + i), false);
    }
}

static void draw_keyboard(const struct hall_brush *brush, struct rect at)
{
    struct screen *screen = brush->screen;
    enum order_part part = brush->agent->order.at;
    bool has_letters = part != PART_FROM && part != PART_UNTIL && part != PART_NUMBER;
    int rows = has_letters ? 5 : 2;
    int row_height_px = at.height / rows;
    int most_px = screen_px(screen, 70);
    row_height_px = row_height_px < most_px ? row_height_px : most_px;
    for (int i = 0; i + 1 < rows; i++) {
        struct rect row = rect_cut_top(&at, row_height_px);
        rect_cut_bottom(&row, screen_px(screen, 6));
        draw_key_row(brush, row, (uint32_t)i * KEYS_A_ROW);
    }
    struct rect row = rect_cut_top(&at, row_height_px);
    rect_cut_bottom(&row, screen_px(screen, 6));
    struct grid grid = {2, 1, screen_px(screen, 6)};
    if (has_letters && part != PART_TICKET) {
        hall_sheet_choice(brush, rect_grid_cell(row, grid, 0),
                          HALL_CHARACTER + 4 * KEYS_A_ROW, hall_say(brush, tr("Space")),
                          false);
    }
    hall_sheet_choice(brush, rect_grid_cell(row, grid, 1), HALL_ERASE,
                      hall_say(brush, tr("Erase")), false);
}

static void draw_editor(const struct hall_brush *brush, struct rect at)
{
    enum order_part part = brush->agent->order.at;
    if (!order_has(brush->agent, part)) {
        return;
    }
    if (!order_is_typed(part)) {
        draw_choices(brush, at);
        return;
    }
    if (part == PART_TICKET) {
        draw_choices(brush, rect_cut_top(&at, at.height * 2 / 5));
        rect_cut_top(&at, screen_px(brush->screen, 8));
    }
    draw_keyboard(brush, at);
}

/* The order in one sentence, to be read before it is confirmed. */
static void draw_question(const struct hall_brush *brush, struct rect at)
{
    char sentence[SENTENCE_LENGTH];
    char label[PHRASE_BYTES];
    struct text text;
    write_button(brush, brush->agent->order.act, label);
    text_init(&text, sentence, sizeof(sentence));
    const struct catalogue_part asked[] = {{"order", label}};
    char question[SENTENCE_LENGTH];
    (void)catalogue_fill(hall_say(brush, tr("{order}? Confirm once more.")), asked, 1,
                         question, sizeof(question)); /* bounded words */
    text_add_string(&text, question);
    struct text_look look = {.size_px = screen_px(brush->screen, 40),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(brush->screen, ROLE_TEXT_LATE),
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE};
    (void)screen_text(brush->screen, at, sentence, &look); /* the height is known */
}

void order_dialogue_draw(const struct hall_brush *brush)
{
    const struct order *order = &brush->agent->order;
    char label[PHRASE_BYTES];
    struct rect rest = hall_sheet_begin(brush, hall_say(brush, kinds[order->kind].title));
    write_button(brush, order->act, label);
    const struct button button = {.id = HALL_CONFIRM,
                                  .label = label,
                                  .detail = hall_say(brush, tr("Enter")),
                                  .kind = BUTTON_ACTION,
                                  .shortcut = KEY_ENTER};
    hall_sheet_ends(brush, &rest, &button, 1);
    draw_parts(brush, &rest);
    draw_hint(brush, rect_cut_top(&rest, screen_px(brush->screen, 52)));
    rect_cut_top(&rest, screen_px(brush->screen, 8));
    if (order->is_asked) {
        draw_question(brush, rest);
    } else {
        draw_editor(brush, rest);
    }
}

bool order_dialogue_write_in_force(const struct hall_brush *brush, struct text *text)
{
    const struct hall_agent *agent = brush->agent;
    size_t before = text->length;
    if (agent->state.exceptional.until_ms != 0) {
        text_add(text, "%s %s ", hall_say(brush, tr("Exceptional mode")),
                 hall_say(brush, tr("until")));
        write_time(brush, agent->state.exceptional.until_ms, text);
    }
    const char *words = agent->state.message.words.in[agent->language];
    if (words[0] != '\0') {
        text_add(text, "%s%s %s", text->length > before ? " · " : "",
                 hall_say(brush, tr("On the screens:")), words);
    }
    return text->length > before;
}

void order_dialogue_draw_keys(const struct hall_brush *brush, struct rect at)
{
    bool is_wide = at.width > 10 * at.height;
    struct grid grid = {is_wide ? ORDER_KIND_COUNT : ORDER_KIND_COUNT / 2,
                        is_wide ? 1 : 2, screen_px(brush->screen, 12)};
    for (int i = 0; i < ORDER_KIND_COUNT; i++) {
        bool is_word = kinds[i].key == KEY_END;
        const struct button button = {
            .id = HALL_ORDER + i,
            .label = hall_say(brush, kinds[i].key_label),
            .detail = is_word ? hall_say(brush, kinds[i].key_hint) : kinds[i].key_hint,
            .shortcut = kinds[i].key,
            .label_px = screen_px(brush->screen, 25),
            .is_disabled = !hall_agent_can(
                brush->agent, (enum hall_action)(HALL_ORDER + i), brush->now_ms)};
        widget_button(brush->screen, rect_grid_cell(at, grid, i), &button);
    }
}
