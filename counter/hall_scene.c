/* The hall at a glance; see hall_scene.h. */
#include "counter/hall_scene.h"

#include "core/text.h"
#include "counter/hall_dialogue.h"
#include "counter/notice.h"
#include "counter/order_dialogue.h"
#include "runtime/phrase.h"
#include "ui/widget.h"

#define SENTENCE_LENGTH 256

/* Height of a row, in design units: at most and, in one or two columns, at least; halls
 * that are too large for that have more columns of low rows. */
#define ROW_MAX_PX 115
#define ROW_PX     92
#define ROW_LOW_PX 52

/* More counters than these leave less room to the services. */
#define MANY_COUNTERS 12

/* More than these show their label and state alone. */
#define MOST_COUNTERS 36

/* What a function of this file draws with. */
struct brush {
    struct screen *screen;
    const struct hall_agent *agent;
    const struct catalogue *catalogue;
    int64_t now_ms;
};

static const char *say(const struct brush *brush, const char *source)
{
    return catalogue_text(brush->catalogue, brush->agent->language, source);
}

static void draw_header(const struct brush *brush, struct rect at)
{
    const struct hall_agent *agent = brush->agent;
    uint32_t place = hall_agent_place(agent);
    uint32_t waiting = 0;
    for (uint32_t i = 0; i < agent->state.service_count; i++) {
        waiting += agent->state.services[i].waiting_count;
    }
    char people[PHRASE_BYTES];
    char count[PHRASE_BYTES + SENTENCE_LENGTH];
    phrase_people(brush->catalogue, agent->language, waiting, people);
    struct text text;
    text_init(&text, count, sizeof(count));
    text_add(&text, "%s %s", say(brush, tr("waiting:")), people);
    struct header header = {
        .title = agent->is_supervisor ? say(brush, tr("Supervision"))
                                      : say(brush, tr("Reception")),
        .detail = place == SITE_NONE ? agent->post_id
                                     : agent->site.halls[place].name.in[agent->language],
        .clock = agent->has_state ? count : ""};
    widget_header(brush->screen, at, &header);
}

/* ---- Services ---- */

static void draw_service(const struct brush *brush, struct rect at,
                         const struct hall_service *line)
{
    const struct hall_agent *agent = brush->agent;
    uint32_t index = site_find_service(&agent->site, line->id);
    if (index == SITE_NONE) {
        return; /* a service that the next config will bring */
    }
    const struct service *service = &agent->site.services[index];
    char people[PHRASE_BYTES];
    char detail[SENTENCE_LENGTH];
    char longest[PHRASE_BYTES] = "";
    phrase_people(brush->catalogue, agent->language, line->waiting_count, people);
    struct text text;
    text_init(&text, detail, sizeof(detail));
    text_add(&text, "%s%s%s", line->is_open ? "" : say(brush, tr("Closed")),
             line->is_open ? "" : " · ", people);
    for (uint32_t i = 0; i < line->first_count && i < 3; i++) {
        text_add(&text, "%s%s", i == 0 ? " · " : ", ", line->first[i].label);
    }
    if (line->waiting_count > 0) {
        phrase_duration(brush->catalogue, agent->language, line->longest_wait_s, longest);
    }
    char standard[PHRASE_BYTES];
    char unit[SENTENCE_LENGTH];
    phrase_duration(brush->catalogue, agent->language, service->standard_wait_s,
                    standard);
    text_init(&text, unit, sizeof(unit));
    text_add(&text, "/ %s", standard);
    struct badge badge = {.letter = service->letter,
                          .colour = colour_rgb(service->color_rgb),
                          .is_quiet = !line->is_open};
    struct row row = {.badge = &badge,
                      .name = service->short_name.in[agent->language],
                      .detail = detail,
                      .value = longest,
                      .unit = line->waiting_count > 0 ? unit : "",
                      .is_late = line->longest_wait_s > service->standard_wait_s,
                      .has_line_below = true};
    widget_row(brush->screen, at, &row);
}

/* ---- Counters ---- */

static const struct {
    enum light_shape shape;
    const char *word;
} lights[COUNTER_STATE_COUNT] = {
    [COUNTER_CLOSED] = {LIGHT_SHAPE_OFF, tr("Closed")},
    [COUNTER_FREE] = {LIGHT_SHAPE_FREE, tr("Free")},
    [COUNTER_CALLED] = {LIGHT_SHAPE_BUSY, tr("Called")},
    [COUNTER_SERVING] = {LIGHT_SHAPE_BUSY, tr("Serving")},
    [COUNTER_WRAPPING_UP] = {LIGHT_SHAPE_BUSY, tr("Wrapping up")},
    [COUNTER_PAUSED] = {LIGHT_SHAPE_PAUSED, tr("Pause")},
};

/* State, since when, reason, who is parked: "Pause · 8 min · Meeting". Help that is asked
 * for leaves the rest out: the line is short, and a colleague must read it from afar. */
static void write_counter(const struct brush *brush, const struct hall_counter *counter,
                          struct text *text)
{
    const struct hall_agent *agent = brush->agent;
    char since[PHRASE_BYTES];
    if (agent->state.counter_count > MOST_COUNTERS) {
        text_add_string(text, counter->asks_help
                                  ? say(brush, tr("Help"))
                                  : say(brush, lights[counter->state].word));
        return;
    }
    text_add_string(text, say(brush, lights[counter->state].word));
    if (counter->asks_help) {
        text_add(text, " · %s", say(brush, tr("asks for help")));
        return;
    }
    if (counter->since_ms != 0) {
        int64_t passed_ms = agent->state.at_ms - counter->since_ms;
        phrase_duration(brush->catalogue, agent->language,
                        passed_ms > 0 ? (uint32_t)(passed_ms / 1000) : 0, since);
        text_add(text, " · %s", since);
    }
    if (counter->reason[0] != '\0') {
        text_add(text, " · %s", counter->reason);
    }
    if (agent->state.counter_count > MANY_COUNTERS) {
        return; /* the rest is told where one of them is chosen */
    }
    uint32_t profile = site_find_profile(&agent->site, counter->profile);
    if (profile != SITE_NONE) {
        text_add(text, " · %s", agent->site.profiles[profile].name.in[agent->language]);
    }
    if (counter->parked_count > 0) {
        text_add(text, " · %s %u", say(brush, tr("parked:")), counter->parked_count);
    }
    if (counter->reserved_count > 0) {
        text_add(text, " · %s %u", say(brush, tr("for it:")), counter->reserved_count);
    }
}

static void draw_counter(const struct brush *brush, struct rect at,
                         const struct hall_counter *counter)
{
    const struct hall_agent *agent = brush->agent;
    uint32_t index = site_find_counter(&agent->site, counter->id);
    if (index == SITE_NONE) {
        return; /* a counter that the next config will bring */
    }
    char detail[SENTENCE_LENGTH];
    char served[16];
    struct text text;
    text_init(&text, served, sizeof(served));
    text_add(&text, "%u", counter->served_count);
    text_init(&text, detail, sizeof(detail));
    write_counter(brush, counter, &text);
    struct rect light =
        rect_inset_xy(rect_cut_left(&at, at.height * 2 / 3), 0, at.height / 4);
    struct light_sign sign = {
        .light = lights[counter->state].shape, .name = "", .word = ""};
    widget_light(brush->screen, light, &sign);
    bool has_ticket = counter->ticket[0] != '\0';
    const struct counter_place *place = &agent->site.counters[index];
    bool is_named = agent->state.counter_count <= MOST_COUNTERS;
    struct row row = {.name = is_named ? place->name.in[agent->language] : place->label,
                      .detail = detail,
                      .value = has_ticket ? counter->ticket : "–",
                      .unit = "",
                      .is_strong = has_ticket,
                      .is_late = counter->asks_help,
                      .has_line_below = true,
                      .id = agent->is_supervisor ? HALL_PLACE + (int)index : TARGET_NONE};
    widget_row(brush->screen, at, &row);
}

/* The place of row `index` of `count`: in as many columns as they need. */
static struct rect row_at(const struct brush *brush, struct rect at, uint32_t count,
                          uint32_t index)
{
    int rows = at.height / screen_px(brush->screen, ROW_PX);
    if ((int)count > 2 * rows) {
        rows = at.height / screen_px(brush->screen, ROW_LOW_PX);
    }
    int fewest = at.height / screen_px(brush->screen, ROW_MAX_PX);
    if (rows > (int)count) {
        rows = (int)count > fewest ? (int)count : fewest;
    }
    rows = rows < 1 ? 1 : rows;
    int columns = ((int)count + rows - 1) / rows;
    columns = columns < 1 ? 1 : columns;
    int filled = ((int)count + columns - 1) / columns; /* no empty rows below */
    rows = filled > fewest ? filled : fewest;
    rows = rows < 1 ? 1 : rows;
    struct grid grid = {columns, rows, 0};
    struct rect cell = rect_grid_cell(at, grid, (int)index);
    if (columns > 1) {
        rect_cut_right(&cell, screen_px(brush->screen, 20));
    }
    return cell;
}

static void draw_hall(const struct brush *brush, struct rect services,
                      struct rect counters)
{
    const struct hall_document *state = &brush->agent->state;
    if (!brush->agent->has_site || !brush->agent->has_state) {
        return;
    }
    struct rect inside = widget_card(brush->screen, services, false);
    for (uint32_t i = 0; i < state->service_count; i++) {
        draw_service(brush, row_at(brush, inside, state->service_count, i),
                     &state->services[i]);
    }
    inside = widget_card(brush->screen, counters, false);
    for (uint32_t i = 0; i < state->counter_count; i++) {
        draw_counter(brush, row_at(brush, inside, state->counter_count, i),
                     &state->counters[i]);
    }
}

/* Beside many counters, of which a supervisor wants to know much, the services stand in
 * a narrow column. */
static int services_px(const struct hall_agent *agent, int width_px)
{
    if (!agent->is_supervisor) {
        return width_px / 2;
    }
    return agent->state.counter_count > MANY_COUNTERS ? width_px * 3 / 10
                                                      : width_px * 2 / 5;
}

/* ---- What can be done ---- */

/* Shown where there are any: who sees the burst sweeps it with one key. */
static void draw_sweep(const struct brush *brush, struct rect at)
{
    static const struct phrase_counted suspects = {
        tr_plural("Sweep {count} suspect ticket", "Sweep {count} suspect tickets")};
    char label[PHRASE_BYTES];
    phrase_count(brush->catalogue, brush->agent->language, suspects,
                 brush->agent->state.suspect_count, label);
    struct button button = {.id = HALL_SWEEP,
                            .label = label,
                            .detail = say(brush, tr("Del")),
                            .shortcut = KEY_DELETE,
                            .label_px = screen_px(brush->screen, 28),
                            .is_disabled =
                                !hall_agent_can(brush->agent, HALL_SWEEP, brush->now_ms)};
    widget_button(brush->screen, at, &button);
}

static void draw_verbs(const struct brush *brush, struct rect at)
{
    const struct hall_agent *agent = brush->agent;
    const struct button buttons[] = {
        {.id = HALL_ISSUE,
         .label = say(brush, tr("Give a ticket")),
         .detail = "F2",
         .kind = BUTTON_ACTION,
         .shortcut = KEY_F2},
        {.id = HALL_FIND,
         .label = say(brush, tr("Find a ticket")),
         .detail = "F3",
         .kind = BUTTON_PRIMARY,
         .shortcut = KEY_F3},
        {.id = HALL_CONTACT,
         .label = say(brush, tr("Contact by phone, mail…")),
         .detail = "F6",
         .shortcut = KEY_F6},
        {.id = HALL_LANGUAGE,
         .label = agent->language == LANGUAGE_FR ? "English" : "Français",
         .detail = "F11",
         .shortcut = KEY_F11},
        {.id = HALL_SERVICES,
         .label = say(brush, tr("Open or close a service")),
         .detail = "F4",
         .shortcut = KEY_F4},
    };
    if (agent->state.suspect_count > 0) {
        draw_sweep(brush, rect_cut_right(&at, at.width / 5));
        rect_cut_right(&at, screen_px(brush->screen, 16));
    }
    int count = agent->is_supervisor ? 5 : 4;
    struct grid grid = {count, 1, screen_px(brush->screen, 16)};
    for (int i = 0; i < count; i++) {
        struct button button = buttons[i];
        button.label_px = screen_px(brush->screen, i < 2 ? 36 : 28);
        button.is_disabled =
            !hall_agent_can(agent, (enum hall_action)button.id, brush->now_ms);
        widget_button(brush->screen, rect_grid_cell(at, grid, i), &button);
    }
}

/* What is wrong with the printer of this post; false: nothing, or there is none. */
static bool write_printer(const struct brush *brush, struct text *text)
{
    static const char *const words[PRINTER_HEALTH_COUNT] = {
        [PRINTER_OK] = "",
        [PRINTER_LOW] = tr("The printer has little paper left."),
        [PRINTER_OUT] = tr("The printer has no paper: tickets are not printed."),
        [PRINTER_JAM] = tr("Paper is stuck in the printer: tickets are not printed."),
        [PRINTER_COVER_OPEN] = tr("The printer is open: tickets are not printed."),
        [PRINTER_OFFLINE] = tr("The printer does not answer: tickets are not printed."),
        [PRINTER_PAUSED] = tr("The printer is paused: tickets are not printed."),
        [PRINTER_NONE] = "",
    };
    enum printer_health health = brush->agent->reception.slip.health;
    if (health >= PRINTER_HEALTH_COUNT || words[health][0] == '\0') {
        return false;
    }
    text_add_string(text, say(brush, words[health]));
    return true;
}

/* The strip below: what is wrong, or what was done. Empty most of the time. */
static void draw_notice(const struct brush *brush, struct rect at)
{
    const struct hall_agent *agent = brush->agent;
    char sentence[2 * SENTENCE_LENGTH];
    struct text text;
    text_init(&text, sentence, sizeof(sentence));
    enum notice_kind kind = NOTICE_WARNING;
    if (agent->has_site && hall_agent_place(agent) == SITE_NONE) {
        text_add_string(
            &text,
            say(brush, tr("This post does not belong to the office's configuration.")));
    } else if (hall_agent_is_stale(agent, brush->now_ms)) {
        text_add_string(&text,
                        say(brush, tr("No connection to the server: nothing can be "
                                      "pressed until it is back.")));
    } else if (agent->is_unanswered) {
        text_add_string(&text,
                        say(brush, tr("No answer yet: whether the last press was done "
                                      "will be known when the server answers.")));
    } else if (agent->has_notice && agent->notice_code[0] != '\0') {
        notice_text(brush->catalogue, agent->language, agent->notice_code,
                    &agent->notice_subject, &text);
    } else if (agent->has_notice) {
        kind = NOTICE_INFO;
        text_add_string(
            &text, agent->sent == VERB_CONTACT
                       ? say(brush, tr("The contact is recorded."))
                   : agent->sent == VERB_SEND_HOME
                       ? say(brush, tr("Recorded: the person went without a ticket."))
                       : say(brush, tr("Done.")));
    } else if (!write_printer(brush, &text)) {
        const struct hall_brush day = {brush->screen, agent, brush->catalogue,
                                       brush->now_ms};
        kind = NOTICE_INFO;
        if (!agent->is_supervisor || !order_dialogue_write_in_force(&day, &text)) {
            return;
        }
    }
    struct notice notice = {.kind = kind, .label = "", .text = sentence};
    widget_notice(brush->screen, at, &notice);
}

void hall_scene_draw(struct screen *screen, const struct hall_agent *agent,
                     const struct catalogue *catalogue, int64_t now_ms)
{
    struct brush brush = {
        .screen = screen, .agent = agent, .catalogue = catalogue, .now_ms = now_ms};
    screen_begin(screen);
    struct rect rest = screen_area(screen);
    bool is_tall = rest.height > rest.width;
    int gap_px = screen_px(screen, 20);
    draw_header(&brush, rect_cut_top(&rest, screen_px(screen, 95)));
    draw_notice(&brush, rect_cut_bottom(&rest, screen_px(screen, 76)));
    rest = rect_inset(rest, gap_px);
    draw_verbs(&brush, rect_cut_bottom(&rest, screen_px(screen, 120)));
    if (agent->is_supervisor) {
        rect_cut_bottom(&rest, gap_px);
        const struct hall_brush orders = {screen, agent, catalogue, now_ms};
        order_dialogue_draw_keys(
            &orders, rect_cut_bottom(&rest, screen_px(screen, is_tall ? 180 : 84)));
    }
    rect_cut_bottom(&rest, gap_px);
    struct rect services =
        is_tall ? rect_cut_top(&rest, (rest.height - gap_px) * 2 / 5)
                : rect_cut_left(&rest, services_px(agent, rest.width - gap_px));
    if (is_tall) {
        rect_cut_top(&rest, gap_px);
    } else {
        rect_cut_left(&rest, gap_px);
    }
    draw_hall(&brush, services, rest);
    if (agent->dialogue != HALL_DIALOGUE_NONE) {
        hall_dialogue_draw(screen, agent, catalogue, now_ms);
    }
    screen_end(screen);
}
