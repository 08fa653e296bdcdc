/* The agent's window; see scene.h. */
#include "counter/scene.h"

#include <string.h>

#include "core/text.h"
#include "counter/contact_dialogue.h"
#include "counter/keypad.h"
#include "counter/matter_dialogue.h"
#include "counter/notice.h"
#include "counter/panel.h"
#include "counter/pause_dialogue.h"
#include "counter/sign_in_dialogue.h"
#include "counter/ticket_words.h"
#include "counter/transfer_dialogue.h"
#include "counter/walk_in_dialogue.h"
#include "runtime/phrase.h"
#include "ui/stack.h"
#include "ui/widget.h"

#define SENTENCE_LENGTH 256

/* What a function of this file draws with. */
struct brush {
    struct screen *screen;
    const struct agent *agent;
    const struct catalogue *catalogue;
    int64_t now_ms;
};

static const char *say(const struct brush *brush, const char *source)
{
    return catalogue_text(brush->catalogue, brush->agent->language, source);
}

static const struct counter_place *place_of(const struct agent *agent)
{
    bool is_known = agent->has_site && agent->counter != SITE_NONE;
    return is_known ? &agent->site.counters[agent->counter] : NULL;
}

/* The service with this id, or NULL while the site is not known. */
static const struct service *service_of(const struct agent *agent, const char *id)
{
    uint32_t service = agent->has_site ? site_find_service(&agent->site, id) : SITE_NONE;
    return service == SITE_NONE ? NULL : &agent->site.services[service];
}

/* ---- The bar at the top ---- */

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

/* The counter's light at the right end of the bar, as wide as its word. */
static void draw_light(const struct brush *brush, struct rect bar)
{
    enum counter_state state = brush->agent->state.state;
    struct light_sign sign = {.light = lights[state].shape,
                              .name = "",
                              .word = say(brush, lights[state].word),
                              .is_on_header = true};
    /* As widget_light() sets it: the shape, a gap and a word of two thirds its height. */
    int side_px = bar.height / 2;
    struct text_style style = {side_px * 2 / 3, TEXT_REGULAR};
    int word_px = text_width_px(brush->screen->measure, sign.word, style);
    struct rect rest = rect_inset_xy(bar, screen_px(brush->screen, 30), bar.height / 4);
    struct rect at = rect_cut_right(&rest, side_px * 3 / 2 + word_px);
    widget_light(brush->screen, at, &sign);
}

static void draw_header(const struct brush *brush, struct rect at)
{
    const struct agent *agent = brush->agent;
    const struct counter_place *place = place_of(agent);
    char services[SENTENCE_LENGTH];
    struct text text;
    text_init(&text, services, sizeof(services));
    for (uint32_t i = 0; place && i < agent->site.service_count; i++) {
        if ((agent_services(agent) >> i & 1U) != 0) {
            text_add(&text, "%s%s", text.length > 0 ? ", " : "",
                     agent->site.services[i].short_name.in[agent->language]);
        }
    }
    struct header header = {.title = place ? place->name.in[agent->language]
                                           : agent->counter_id,
                            .detail = services,
                            .clock = ""};
    widget_header(brush->screen, at, &header);
    if (agent->has_state) {
        draw_light(brush, at);
    }
}

/* ---- The ticket at the counter ---- */

static void write_details(const struct brush *brush, struct text *text)
{
    const struct agent *agent = brush->agent;
    const struct counter_ticket *ticket = &agent->state.ticket;
    const struct service *service = service_of(agent, ticket->service);
    uint32_t class_index =
        agent->has_site ? site_find_class(&agent->site, ticket->class_id) : SITE_NONE;
    char waited[PHRASE_BYTES];
    char standard[PHRASE_BYTES];
    phrase_duration(brush->catalogue, agent->language, ticket->waited_s, waited);
    text_add_string(text, service ? service->name.in[agent->language] : ticket->service);
    ticket_words_asked(agent, brush->catalogue, text);
    text_add_string(text, ticket->language == LANGUAGE_FR ? "Français" : "English");
    if (class_index != SITE_NONE && class_index != 0) {
        text_add(text, " · %s",
                 agent->site.classes[class_index].name.in[agent->language]);
        if (agent->site.classes[class_index].is_seated) {
            text_add(text, "\n%s", say(brush, tr("Stays seated: go to the person")));
        }
    }
    text_add(text, "\n%s %s", say(brush, tr("Waited")), waited);
    if (service) {
        phrase_duration(brush->catalogue, agent->language, service->standard_wait_s,
                        standard);
        text_add(text, " (%s %s)", say(brush, tr("standard")), standard);
    }
    if (ticket->call_count > 1) {
        text_add(text, " · %s %u", say(brush, tr("calls:")), ticket->call_count);
    }
    ticket_words_lacks(agent, brush->catalogue, text);
    uint32_t topic =
        agent->has_site ? site_find_topic(&agent->site, ticket->topic) : SITE_NONE;
    if (topic != SITE_NONE) {
        text_add(text, "\n%s", agent->site.topics[topic].name.in[agent->language]);
    }
    if (agent->state.pauses_after) {
        bool has_reason = agent->state.reason[0] != '\0';
        text_add(text, "\n%s%s%s", say(brush, tr("Then pause")), has_reason ? " · " : "",
                 pause_reason_text(brush->agent, brush->catalogue));
    }
}

/* The stopwatch: since the start of service, else since the call. */
static void draw_stopwatch(const struct brush *brush, struct rect at)
{
    const struct agent *agent = brush->agent;
    const struct counter_ticket *ticket = &agent->state.ticket;
    bool is_serving = agent->state.state == COUNTER_SERVING;
    int64_t since_ms = is_serving ? ticket->started_at_ms : ticket->called_at_ms;
    int64_t passed_ms = agent_office_ms(agent, brush->now_ms) - since_ms;
    char passed[PHRASE_BYTES];
    phrase_stopwatch(passed_ms > 0 ? (uint32_t)(passed_ms / 1000) : 0, passed);
    struct stack stack = {
        .upper = passed,
        .lower = say(brush, is_serving ? tr("in service") : tr("since the call")),
        .upper_look = {.size_px = screen_px(brush->screen, 66),
                       .weight = TEXT_BOLD,
                       .colour = screen_colour(brush->screen, ROLE_TEXT),
                       .across = ALIGN_END,
                       .lines_max = 1},
        .lower_look = {.size_px = screen_px(brush->screen, 27),
                       .colour = screen_colour(brush->screen, ROLE_TEXT_MUTED),
                       .across = ALIGN_END}};
    stack_draw(brush->screen, at, &stack);
}

/* Reason and end of a pause: "Meeting · back in 8 min". */
static void write_pause(const struct brush *brush, struct text *text)
{
    const struct agent *agent = brush->agent;
    text_add_string(text, say(brush, tr("The counter is on pause")));
    bool has_reason = agent->state.reason[0] != '\0';
    if (has_reason || agent->state.back_at_ms != 0) {
        text_add(text, "\n%s", pause_reason_text(brush->agent, brush->catalogue));
    }
    if (agent->state.back_at_ms == 0) {
        return;
    }
    int64_t left_ms = agent->state.back_at_ms - agent_office_ms(agent, brush->now_ms);
    bool is_late = left_ms <= 0;
    char length[PHRASE_BYTES];
    char end[SENTENCE_LENGTH];
    phrase_duration(brush->catalogue, agent->language,
                    (uint32_t)((is_late ? -left_ms : left_ms) / 1000), length);
    const struct catalogue_part part = {"time", length};
    const char *pattern =
        say(brush, is_late ? tr("end announced {time} ago") : tr("back in {time}"));
    (void)catalogue_fill(pattern, &part, 1, end, sizeof(end)); /* short */
    text_add(text, "%s%s", has_reason ? " · " : "", end);
}

static void draw_nobody(const struct brush *brush, struct rect inside)
{
    const struct agent *agent = brush->agent;
    char sentence[3 * SENTENCE_LENGTH];
    struct text text;
    text_init(&text, sentence, sizeof(sentence));
    if (!agent->has_state) {
        text_add_string(&text, say(brush, tr("The counter's state is not known yet")));
    } else if (agent->state.state == COUNTER_CLOSED) {
        text_add_string(&text, say(brush, tr("The counter is closed")));
    } else if (agent->state.state == COUNTER_PAUSED) {
        write_pause(brush, &text);
    } else {
        text_add_string(&text, say(brush, tr("No ticket at the counter")));
    }
    struct text_look look = {.size_px = screen_px(brush->screen, 46),
                             .colour = screen_colour(brush->screen, ROLE_TEXT_MUTED),
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE};
    screen_text(brush->screen, inside, sentence, &look);
}

static void draw_ticket(const struct brush *brush, struct rect at)
{
    struct screen *screen = brush->screen;
    const struct agent *agent = brush->agent;
    struct rect inside = widget_card(screen, at, !agent->state.has_ticket);
    if (!agent->state.has_ticket) {
        draw_nobody(brush, inside);
        return;
    }
    struct text_look number = {.size_px = screen_px(screen, 132),
                               .weight = TEXT_BOLD,
                               .colour = screen_colour(screen, ROLE_TEXT),
                               .down = ALIGN_MIDDLE,
                               .lines_max = 1};
    screen_text(screen, rect_cut_left(&inside, inside.width * 36 / 100),
                agent->state.ticket.label, &number);
    rect_cut_left(&inside, screen_px(screen, 24));
    draw_stopwatch(brush, rect_cut_right(&inside, inside.width * 34 / 100));
    rect_cut_right(&inside, screen_px(screen, 16));
    char details[2 * SENTENCE_LENGTH];
    struct text text;
    text_init(&text, details, sizeof(details));
    write_details(brush, &text);
    struct text_look look = {.size_px = screen_px(screen, 29),
                             .colour = screen_colour(screen, ROLE_TEXT),
                             .down = ALIGN_MIDDLE};
    screen_text(screen, inside, details, &look);
}

/* ---- The great button ---- */

static const char *const next_words[] = {
    [NEXT_NOTHING] = tr("Call the next"),
    [NEXT_OPENS] = tr("Open the counter"),
    [NEXT_CALLS] = tr("Call the next"),
    [NEXT_NO_SHOW] = tr("Absent: call the next"),
    [NEXT_FINISHES] = tr("Finish and call the next"),
};

/* Why somebody is next who is not so by the policy; NULL where the policy says it. */
static const char *rule_words(enum call_rule rule)
{
    static const struct {
        enum call_rule rule;
        const char *words;
    } rules[] = {
        {CALL_EMERGENCY, tr("emergency")},
        {CALL_GUARD, tr("overtaken often enough")},
        {CALL_RESERVED, tr("for this counter alone")},
        {CALL_FIRST, tr("always first")},
        {CALL_EXCEPTIONAL, tr("exceptional mode")},
    };
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        if (rules[i].rule == rule) {
            return rules[i].words;
        }
    }
    return NULL;
}

/* The same where a pause is wished for: nobody is called before it. */
static const char *next_word(const struct agent *agent, enum agent_next next)
{
    if (agent->state.pauses_after && next == NEXT_NO_SHOW) {
        return tr("Absent: then pause");
    }
    return agent->state.pauses_after && next == NEXT_FINISHES ? tr("Finish, then pause")
                                                              : next_words[next];
}

/* "by itself in 4 s": what the window is about to press. */
static void write_auto(const struct brush *brush, struct text *text)
{
    uint32_t left_s = 0;
    (void)agent_auto(brush->agent, brush->now_ms, &left_s); /* only when it is to be */
    if (left_s == 0) {
        return;
    }
    char count[16];
    char sentence[SENTENCE_LENGTH];
    struct text number;
    text_init(&number, count, sizeof(count));
    text_add(&number, "%u", left_s);
    const struct catalogue_part part = {"count", count};
    bool starts = brush->agent->state.state == COUNTER_CALLED;
    const char *pattern = say(brush, starts ? tr("start by itself in {count} s")
                                            : tr("by itself in {count} s"));
    (void)catalogue_fill(pattern, &part, 1, sentence, sizeof(sentence)); /* short */
    text_add(text, " · %s", sentence);
}

static void draw_next(const struct brush *brush, struct rect at)
{
    const struct agent *agent = brush->agent;
    enum agent_next next = agent_next(agent, brush->now_ms);
    char hint[SENTENCE_LENGTH];
    struct text text;
    text_init(&text, hint, sizeof(hint));
    text_add_string(&text, say(brush, tr("Space or button")));
    if (next == NEXT_OPENS || agent->state.pauses_after) {
        /* Nobody is called. */
    } else if (agent->state.has_next) {
        char waited[PHRASE_BYTES];
        phrase_duration(brush->catalogue, agent->language, agent->state.next.waited_s,
                        waited);
        text_add(&text, " — %s, %s %s", agent->state.next.label,
                 say(brush, tr("waiting for")), waited);
        const char *why = rule_words(agent->state.next.rule);
        if (why) {
            text_add(&text, " · %s", say(brush, why));
        }
    } else if (agent->has_state) {
        text_add(&text, " — %s", say(brush, tr("nobody is waiting")));
    }
    write_auto(brush, &text);
    struct button button = {.id = AGENT_NEXT,
                            .label = say(brush, next_word(agent, next)),
                            .detail = hint,
                            .kind = BUTTON_ACTION,
                            .shortcut = KEY_SPACE,
                            .label_px = screen_px(brush->screen, 62),
                            .detail_px = screen_px(brush->screen, 29),
                            .is_disabled = !agent_can(agent, AGENT_NEXT, brush->now_ms)};
    widget_button(brush->screen, at, &button);
}

/* ---- The verbs ---- */

static const struct {
    enum agent_action action;
    enum key key;
    const char *hint;
    const char *label;
} verb_buttons[] = {
    {AGENT_RECALL, KEY_F2, "F2", tr("Recall")},
    {AGENT_NO_SHOW, KEY_F3, "F3", tr("Absent")},
    {AGENT_FINISH, KEY_F4, "F4", tr("Finish")},
    {AGENT_START, KEY_F5, "F5", tr("Start")},
    {AGENT_UNDO, KEY_F10, "F10", tr("Undo")},
    {AGENT_OPEN_CLOSE, KEY_F6, "F6", tr("Open")},
    {AGENT_CHOOSE, KEY_F7, "F7", tr("Choose…")},
    {AGENT_CANCEL, KEY_F8, "F8", tr("Cancel ticket…")},
    {AGENT_PAUSE, KEY_F9, "F9", tr("Pause…")},
    {AGENT_CONTACT, KEY_F12, "F12", tr("Contact…")},
    {AGENT_READMIT, KEY_F1, "F1", tr("Came back…")},
    {AGENT_TRANSFER, KEY_NONE, "T", tr("Send on…")},
    {AGENT_RESUME, KEY_NONE, "R", tr("Parked…")},
    {AGENT_MATTER, KEY_NONE, "M", tr("Topic…")},
    {AGENT_WALK_IN, KEY_NONE, "W", tr("No ticket…")},
    {AGENT_SIGN_IN, KEY_NONE, "S", tr("Sign in…")},
    {AGENT_HELP, KEY_HOME, tr("Home key"), tr("Ask for help")},
    {AGENT_LANGUAGE, KEY_F11, "F11", ""},
};
#define VERB_BUTTON_COUNT  ((int)(sizeof(verb_buttons) / sizeof(verb_buttons[0])))
#define VERB_BUTTONS_A_ROW 5

static void draw_verb(const struct brush *brush, struct rect at, int index)
{
    const struct agent *agent = brush->agent;
    enum agent_action action = verb_buttons[index].action;
    const char *label = say(brush, verb_buttons[index].label);
    char hint[32];
    struct text text;
    text_init(&text, hint, sizeof(hint));
    text_add_string(&text, say(brush, verb_buttons[index].hint));
    enum counter_state state = agent->state.state;
    if (action == AGENT_OPEN_CLOSE && state != COUNTER_CLOSED &&
        state != COUNTER_PAUSED) {
        label = say(brush, tr("Close"));
    } else if (action == AGENT_LANGUAGE) {
        label = agent->language == LANGUAGE_FR ? "English" : "Français";
    } else if (action == AGENT_SIGN_IN && state != COUNTER_CLOSED) {
        label = say(brush, tr("Take over…"));
    } else if (action == AGENT_HELP && agent->state.asks_help) {
        label = say(brush, tr("No more help"));
    } else if (action == AGENT_PAUSE && agent->state.pauses_after) {
        label = say(brush, tr("No pause"));
    } else if (action == AGENT_PAUSE && agent->state.has_ticket) {
        label = say(brush, tr("Then pause…"));
    } else if (action == AGENT_UNDO && agent_undo_s(agent, brush->now_ms) > 0) {
        text_add(&text, " · %u s", agent_undo_s(agent, brush->now_ms));
    }
    struct button button = {.id = (int)action,
                            .label = label,
                            .detail = hint,
                            .shortcut = verb_buttons[index].key,
                            .label_px = screen_px(brush->screen, 25),
                            .detail_px = screen_px(brush->screen, 23),
                            .is_disabled = !agent_can(agent, action, brush->now_ms)};
    widget_button(brush->screen, at, &button);
}

static void draw_verbs(const struct brush *brush, struct rect at)
{
    struct grid grid = {VERB_BUTTONS_A_ROW,
                        (VERB_BUTTON_COUNT + VERB_BUTTONS_A_ROW - 1) / VERB_BUTTONS_A_ROW,
                        screen_px(brush->screen, 14)};
    for (int i = 0; i < VERB_BUTTON_COUNT; i++) {
        draw_verb(brush, rect_grid_cell(at, grid, i), i);
    }
}

/* ---- Notices and dialogues ---- */

/* Who needs a colleague: this counter, and the others by name. */
static void write_help(const struct brush *brush, struct text *text)
{
    const struct agent *agent = brush->agent;
    if (agent->state.asks_help) {
        text_add_string(text, say(brush, tr("You have asked for help.")));
    }
    char names[SENTENCE_LENGTH];
    struct text list;
    text_init(&list, names, sizeof(names));
    for (uint32_t i = 0; i < agent->state.help_count; i++) {
        const char *id = agent->state.help_at[i];
        uint32_t place =
            agent->has_site ? site_find_counter(&agent->site, id) : SITE_NONE;
        text_add(&list, "%s%s", i > 0 ? ", " : "",
                 place == SITE_NONE
                     ? id
                     : agent->site.counters[place].name.in[agent->language]);
    }
    if (agent->state.help_count > 0) {
        text_add(text, "%s%s %s", text->length > 0 ? " " : "",
                 say(brush, tr("Help is asked for at:")), names);
    }
}

/* The strip below: what is wrong, or what is being done. Empty most of the time. */
static void draw_notice(const struct brush *brush, struct rect at)
{
    const struct agent *agent = brush->agent;
    char sentence[2 * SENTENCE_LENGTH];
    struct text text;
    text_init(&text, sentence, sizeof(sentence));
    enum notice_kind kind = NOTICE_WARNING;
    if (agent_is_stale(agent, brush->now_ms)) {
        text_add_string(&text,
                        say(brush, tr("No connection to the server: nothing can be "
                                      "pressed until it is back.")));
    } else if (agent->sending == SENDING_UNKNOWN) {
        text_add_string(&text,
                        say(brush, tr("No answer yet: whether the last press was done "
                                      "will be known when the server answers.")));
    } else if (agent->has_notice) {
        notice_text(brush->catalogue, agent->language, agent->notice_code,
                    &agent->notice_subject, &text);
    } else if (agent->has_recorded) {
        kind = NOTICE_INFO;
        text_add_string(&text, say(brush, tr("The contact is recorded.")));
    } else if (agent->has_site && agent->counter == SITE_NONE) {
        notice_text(brush->catalogue, agent->language, "sender-unknown",
                    &agent->notice_subject, &text);
    } else if (agent->sending == SENDING_NOW) {
        kind = NOTICE_INFO;
        text_add_string(&text, say(brush, tr("One moment…")));
    } else if (agent->state.asks_help || agent->state.help_count > 0) {
        kind = NOTICE_INFO;
        write_help(brush, &text);
    } else {
        return;
    }
    struct notice notice = {.kind = kind, .label = "", .text = sentence};
    widget_notice(brush->screen, at, &notice);
}

/* "Last counter open for Licence: 4 people waiting.", or nothing. */
static void write_last(const struct brush *brush, struct text *text)
{
    const struct agent *agent = brush->agent;
    uint32_t line = agent_last_line(agent);
    if (line == agent->state.queue_count) {
        return;
    }
    const struct counter_queue *queue = &agent->state.queues[line];
    const struct service *service = service_of(agent, queue->service);
    char people[PHRASE_BYTES];
    char sentence[SENTENCE_LENGTH];
    phrase_people(brush->catalogue, agent->language, queue->waiting_count, people);
    const struct catalogue_part parts[] = {
        {"service", service ? service->short_name.in[agent->language] : queue->service},
        {"people", people}};
    const char *pattern =
        say(brush, tr("Last counter open for {service}: {people} waiting."));
    (void)catalogue_fill(pattern, parts, 2, sentence, sizeof(sentence)); /* cut is told */
    text_add_string(text, sentence);
}

static void draw_close(const struct brush *brush)
{
    char sentence[SENTENCE_LENGTH];
    struct text text;
    text_init(&text, sentence, sizeof(sentence));
    write_last(brush, &text);
    text_add(&text, "\n%s", say(brush, tr("Nobody else would call them.")));
    const struct button buttons[] = {{.id = AGENT_CONFIRM,
                                      .label = say(brush, tr("Close all the same")),
                                      .detail = say(brush, tr("Enter")),
                                      .shortcut = KEY_ENTER,
                                      .kind = BUTTON_PLAIN},
                                     {.id = AGENT_DISMISS,
                                      .label = say(brush, tr("Back")),
                                      .detail = say(brush, tr("Esc")),
                                      .kind = BUTTON_PRIMARY,
                                      .shortcut = KEY_ESCAPE}};
    struct dialogue dialogue = {.title = say(brush, tr("Close the last counter?")),
                                .text = sentence,
                                .icon = ICON_WARNING,
                                .buttons = buttons,
                                .button_count = 2};
    widget_dialogue(brush->screen, &dialogue);
}

static void draw_pause(const struct brush *brush)
{
    char sentence[SENTENCE_LENGTH];
    struct text text;
    text_init(&text, sentence, sizeof(sentence));
    write_last(brush, &text);
    pause_dialogue_draw(brush->screen, brush->agent, brush->catalogue, sentence);
}

void scene_draw(struct screen *screen, const struct agent *agent,
                const struct catalogue *catalogue, int64_t now_ms)
{
    struct brush brush = {
        .screen = screen, .agent = agent, .catalogue = catalogue, .now_ms = now_ms};
    screen_begin(screen);
    struct rect rest = screen_area(screen);
    bool is_tall = rest.height > rest.width;
    int gap_px = screen_px(screen, 22);
    draw_header(&brush, rect_cut_top(&rest, screen_px(screen, 95)));
    struct rect side = is_tall ? rect_cut_bottom(&rest, rest.height * 45 / 100)
                               : rect_cut_right(&rest, rest.width * 5 / 16);
    panel_draw(screen, side, agent, catalogue);
    rest = rect_inset(rest, screen_px(screen, 30));
    int height_px = rest.height - 3 * gap_px;
    draw_ticket(&brush, rect_cut_top(&rest, height_px * 31 / 100));
    rect_cut_top(&rest, gap_px);
    draw_next(&brush, rect_cut_top(&rest, height_px * 25 / 100));
    rect_cut_top(&rest, gap_px);
    draw_verbs(&brush, rect_cut_top(&rest, height_px * 35 / 100));
    rect_cut_top(&rest, gap_px);
    draw_notice(&brush, rest);
    if (agent->dialogue == DIALOGUE_PAUSE) {
        draw_pause(&brush);
    } else if (agent->dialogue == DIALOGUE_CLOSE) {
        draw_close(&brush);
    } else if (agent->dialogue == DIALOGUE_WALK_IN) {
        walk_in_dialogue_draw(screen, agent, catalogue, now_ms);
    } else if (agent->dialogue == DIALOGUE_CHOICE_REASON) {
        choice_reason_dialogue_draw(screen, agent, catalogue);
    } else if (agent->dialogue == DIALOGUE_SIGN_IN) {
        sign_in_dialogue_draw(screen, agent, catalogue, now_ms);
    } else if (agent->dialogue == DIALOGUE_MATTER) {
        matter_dialogue_draw(screen, agent, catalogue, now_ms);
    } else if (agent->dialogue == DIALOGUE_TRANSFER) {
        transfer_dialogue_draw(screen, agent, catalogue, now_ms);
    } else if (agent->dialogue == DIALOGUE_CONTACT) {
        contact_dialogue_draw(screen, agent, catalogue, now_ms);
    } else if (agent->dialogue != DIALOGUE_NONE) {
        keypad_draw(screen, agent, catalogue, now_ms);
    }
    screen_end(screen);
}
