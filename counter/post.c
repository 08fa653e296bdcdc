/* The loop of the agent's window; see post.h.
 *
 * The window waits for a person, for the link's thread (window_wake) and for the next
 * moment at which something changes by itself: the running clock, a notice that goes, a
 * state that becomes stale, a command that is sent again. Nothing is polled. */
#include "counter/post.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "counter/agent.h"
#include "counter/scene.h"
#include "runtime/broker_link.h"
#include "runtime/clock.h"
#include "runtime/codec_board.h"
#include "runtime/codec_config.h"
#include "runtime/codec_counter.h"
#include "runtime/codec_presence.h"
#include "runtime/courier.h"
#include "runtime/link.h"
#include "runtime/log.h"
#include "runtime/signals.h"
#include "ui/description.h"
#include "ui/font.h"
#include "ui/painter.h"
#include "ui/window.h"

#define MODULE "counter"

/* How often the device says that it is there. */
#define STATUS_EVERY_MS 2000

struct post {
    const struct command_line *line;
    const struct program_config *config;
    struct signals *signals;
    struct painter *painter;
    struct window *window;
    struct link *link;
    struct courier *courier;
    struct catalogue *catalogue;
    struct agent *agent;
    struct draw_list *list;
    struct description *description; /* NULL: not asked for */
    struct target_list *targets;
    struct board_document *board;
    struct reply_document *reply;
    struct site *site;
    struct input input;
    struct text_measure measure;
    const struct theme *theme;
    int64_t status_at_ms;
    bool must_draw;
    bool must_end;
    bool wants_reload; /* as soon as no dialogue is open */
    bool starts_again;
    char status_topic[LINK_TOPIC_MAX + 1];
    char state_topic[LINK_TOPIC_MAX + 1];
};

/* ---- The link's handlers: they run in link_dispatch(), on the window's thread ---- */

static void publish_status(struct post *post, int64_t now_ms)
{
    struct status_document status = {.is_online = true,
                                     .birth = link_birth_count(post->link)};
    (void)text_copy(status.version, sizeof(status.version), GUICHET_VERSION); /* fits */
    char payload[256];
    struct publication publication = {
        .topic = post->status_topic, .payload = payload, .retain = true};
    struct error err = {0};
    enum status encoded =
        status_encode(&status, payload, sizeof(payload), &publication.length, &err);
    assert(encoded == OK);
    (void)encoded; /* asserted */
    if (link_publish(post->link, &publication, &err) != OK) {
        log_debug(MODULE, "status not sent: %s", err.text);
    }
    post->status_at_ms = now_ms;
}

static void handle_connected(void *data)
{
    struct post *post = data;
    int64_t now_ms = clock_machine_ms();
    publish_status(post, now_ms);
    courier_set_link(post->courier, post->link, true, now_ms);
}

static void handle_disconnected(void *data, const char *why)
{
    struct post *post = data;
    log_warning(MODULE, "no broker: %s", why);
    courier_set_link(post->courier, post->link, false, clock_machine_ms());
}

static void take_state(struct post *post, const struct message *message)
{
    struct counter_document *state = &post->reply->counter;
    struct error err = {0};
    if (counter_decode(message->payload, message->length, state, &err) != OK) {
        log_failure(MODULE, &err);
        return;
    }
    agent_set_state(post->agent, state, message->is_retained, message->arrived_ms);
}

static void take_config(struct post *post, const struct message *message)
{
    struct error err = {0};
    if (config_decode(message->payload, message->length, NULL, post->site, &err) != OK) {
        log_failure(MODULE, &err);
        return;
    }
    agent_set_site(post->agent, post->site);
}

/* Of a board only the pace of office time is wanted. */
static void take_board(struct post *post, const struct message *message)
{
    struct error err = {0};
    if (board_decode(message->payload, message->length, post->board, &err) == OK) {
        agent_set_pace(post->agent, post->board->clock, post->board->factor);
    }
}

static void press(struct post *post, enum agent_action action, int64_t now_ms);

static void take_reply(struct post *post, int64_t now_ms)
{
    agent_set_reply(post->agent, post->reply, now_ms);
    enum agent_action wanted = agent_take_wanted(post->agent);
    if (wanted != AGENT_NONE) {
        press(post, wanted, now_ms);
    }
}

static void handle_message(void *data, const struct message *message)
{
    struct post *post = data;
    post->must_draw = true;
    if (strcmp(message->topic, post->state_topic) == 0) {
        take_state(post, message);
    } else if (strstr(message->topic, "/board/")) {
        take_board(post, message);
    } else if (courier_take(post->courier, message, message->arrived_ms, post->reply)) {
        take_reply(post, message->arrived_ms);
    } else {
        size_t length = strlen(message->topic);
        size_t leaf = strlen("/config");
        if (length > leaf && strcmp(message->topic + length - leaf, "/config") == 0) {
            take_config(post, message);
        }
    }
}

/* ---- Pictures ---- */

static void show_sending(struct post *post, int64_t now_ms)
{
    const struct request *request = courier_request(post->courier);
    enum agent_sending sending = SENDING_NOTHING;
    if (request->state == REQUEST_UNKNOWN) {
        sending = SENDING_UNKNOWN;
    } else if (request_age_ms(request, now_ms) >= REQUEST_SHOW_SENDING_MS) {
        sending = SENDING_NOW;
    }
    agent_set_sending(post->agent, !courier_may_begin(post->courier), sending);
}

static void describe(struct post *post)
{
    static const char *const dialogues[] = {"",        "pause",   "choose", "cancel",
                                            "contact", "readmit", "close",  "transfer",
                                            "resume",  "matter",  "sign-in"};
    char head[128];
    struct text text;
    text_init(&text, head, sizeof(head));
    const struct counter_document *state = &post->agent->state;
    text_add(&text, "page counter\nstate %s\nticket %s\ndialogue %s\n",
             counter_state_name(state->state),
             state->has_ticket ? state->ticket.label : "-",
             dialogues[post->agent->dialogue]);
    const struct picture picture = {head, post->list, post->targets};
    struct error err = {0};
    if (description_update(post->description, &picture, &err) != OK) {
        log_failure(MODULE, &err);
    }
}

static void draw(struct post *post, int64_t now_ms)
{
    show_sending(post, now_ms);
    struct screen screen = {.list = post->list,
                            .targets = post->targets,
                            .theme = post->theme,
                            .measure = &post->measure,
                            .input = &post->input,
                            .width_px = window_width_px(post->window),
                            .height_px = window_height_px(post->window)};
    scene_draw(&screen, post->agent, post->catalogue, now_ms);
    (void)window_show(post->window, post->list); /* the same picture again is no news */
    if (post->description) {
        describe(post);
    }
    post->must_draw = false;
}

/* ---- Presses ---- */

static void press(struct post *post, enum agent_action action, int64_t now_ms)
{
    struct command_document command;
    struct error err = {0};
    show_sending(post, now_ms);
    if (agent_press(post->agent, action, now_ms, &command)) {
        /* A reason is shown to everybody in the hall: in the site's first language. */
        const char *reason =
            command.reason[0] == '\0'
                ? ""
                : catalogue_text(post->catalogue, LANGUAGE_FR, command.reason);
        (void)text_copy(command.reason, sizeof(command.reason), reason); /* short */
        if (courier_begin(post->courier, &command, now_ms, &err) != OK) {
            log_failure(MODULE, &err);
        }
    }
    post->must_draw = true;
}

static void handle_input(struct post *post, const struct input_event *event)
{
    if (event->kind == INPUT_CLOSE) {
        post->must_end = true;
        return;
    }
    if (event->kind == INPUT_RESIZED) {
        post->must_draw = true;
        return;
    }
    bool is_typed = event->kind == INPUT_KEY && event->key == KEY_CHARACTER &&
                    post->agent->dialogue != DIALOGUE_NONE && !event->is_repeat;
    if (is_typed) {
        agent_type(post->agent, event->code);
        post->input.has_activated = false; /* what follows is no bounce of what was */
        post->must_draw = true;
        return;
    }
    bool is_letter =
        event->kind == INPUT_KEY && event->key == KEY_CHARACTER && !event->is_repeat;
    enum agent_action action = is_letter ? agent_of_letter(event->code) : AGENT_NONE;
    if (action != AGENT_NONE) {
        press(post, action, clock_machine_ms());
        return;
    }
    struct input_outcome outcome = input_feed(&post->input, post->targets, event);
    post->must_draw |= outcome.is_changed;
    if (outcome.activated != TARGET_NONE) {
        press(post, (enum agent_action)outcome.activated, clock_machine_ms());
        /* Twice the same digit is two digits, however quickly. */
        post->input.has_activated = outcome.activated < AGENT_ERASE;
    }
}

/* ---- Time ---- */

/* The next moment at which something is to be done without anybody's doing. */
static int64_t next_wake_ms(const struct post *post, int64_t now_ms)
{
    int64_t shown_ms = INT64_MAX;
    int64_t age_ms = request_age_ms(courier_request(post->courier), now_ms);
    if (!courier_may_begin(post->courier) && age_ms < REQUEST_SHOW_SENDING_MS) {
        shown_ms = now_ms + REQUEST_SHOW_SENDING_MS - age_ms;
    }
    int64_t times_ms[] = {post->status_at_ms + STATUS_EVERY_MS,
                          courier_wake_ms(post->courier),
                          agent_wake_ms(post->agent, now_ms), shown_ms};
    int64_t wake_ms = INT64_MAX;
    for (size_t i = 0; i < sizeof(times_ms) / sizeof(times_ms[0]); i++) {
        wake_ms = times_ms[i] < wake_ms ? times_ms[i] : wake_ms;
    }
    return wake_ms;
}

static void handle_time(struct post *post, int64_t now_ms)
{
    if (now_ms >= courier_wake_ms(post->courier)) {
        courier_tick(post->courier, now_ms);
    }
    if (now_ms - post->status_at_ms >= STATUS_EVERY_MS) {
        publish_status(post, now_ms);
    }
    (void)agent_step(post->agent, now_ms); /* everything is drawn anew anyway */
    enum agent_action action = agent_auto(post->agent, now_ms, NULL);
    if (action != AGENT_NONE) {
        press(post, action, now_ms);
    }
    post->must_draw = true;
}

static void save_screenshot(struct post *post)
{
    struct error err = {0};
    if (post->line->screenshot_path &&
        window_save(post->window, post->line->screenshot_path, &err) != OK) {
        log_failure(MODULE, &err);
    }
}

/* A configuration that changes waits until no dialogue is open. */
static void follow_signals(struct post *post)
{
    if (signals_take_screenshot(post->signals)) {
        save_screenshot(post);
    }
    post->wants_reload = signals_take_reload(post->signals) || post->wants_reload;
    if (post->wants_reload && post->agent->dialogue == DIALOGUE_NONE) {
        post->wants_reload = false;
        post->starts_again = command_line_may_reload(PROGRAM_COUNTER, post->line);
        post->must_end = post->starts_again || post->must_end;
    }
}

static void run(struct post *post)
{
    while (!post->must_end && !signals_must_end(post->signals)) {
        int64_t now_ms = clock_machine_ms();
        if (post->must_draw) {
            draw(post, now_ms);
        }
        int64_t wait_ms = next_wake_ms(post, now_ms) - now_ms;
        struct input_event event;
        window_wait(post->window, wait_ms > 0 ? (int)wait_ms : 0, &event);
        if (event.kind == INPUT_NONE) {
            handle_time(post, clock_machine_ms());
        } else if (event.kind == INPUT_WAKE) {
            (void)link_dispatch(post->link); /* how many does not matter */
        } else {
            handle_input(post, &event);
        }
        follow_signals(post);
    }
}

/* ---- Life ---- */

static void wake(void *data)
{
    struct post *post = data;
    window_wake(post->window);
}

static void write_topic(const struct post *post, const char *leaf,
                        char ret_topic[LINK_TOPIC_MAX + 1])
{
    const struct broker_config *broker = &post->config->broker;
    struct text text;
    text_init(&text, ret_topic, LINK_TOPIC_MAX + 1);
    text_add(&text, "guichet/v1/%s/counter/%s/%s", broker->site, broker->id, leaf);
    assert(!text.is_cut); /* ids are bounded */
}

static enum status start_link(struct post *post, struct error *err)
{
    const struct broker_config *broker = &post->config->broker;
    struct link_options options = {.wake = wake, .wake_data = post};
    struct link_handlers handlers = {.on_connected = handle_connected,
                                     .on_disconnected = handle_disconnected,
                                     .on_message = handle_message,
                                     .data = post};
    char config_topic[LINK_TOPIC_MAX + 1];
    char board_topic[LINK_TOPIC_MAX + 1];
    struct text text;
    text_init(&text, config_topic, sizeof(config_topic));
    text_add(&text, "guichet/v1/%s/config", broker->site);
    text_init(&text, board_topic, sizeof(board_topic));
    text_add(&text, "guichet/v1/%s/board/+", broker->site);
    if (broker_link_create(broker, &options, &handlers, &post->link, err) != OK ||
        link_subscribe(post->link, config_topic, DELIVERY_NEWEST, err) != OK ||
        link_subscribe(post->link, board_topic, DELIVERY_NEWEST, err) != OK ||
        link_subscribe(post->link, post->state_topic, DELIVERY_NEWEST, err) != OK ||
        courier_subscribe(post->courier, post->link, err) != OK) {
        return err->status;
    }
    return link_start(post->link, err);
}

static enum status start_courier(struct post *post, struct error *err)
{
    const struct program_config *config = post->config;
    struct courier_options options = {.site = config->broker.site,
                                      .sender = SENDER_COUNTER,
                                      .id = config->broker.id,
                                      .folder = config->device.state_directory};
    return courier_create(&options, clock_machine_ms(), &post->courier, err);
}

static enum status start_window(struct post *post, struct error *err)
{
    const struct screen_config *config = &post->config->screen;
    if (painter_create(FONT_DIRECTORY, &post->painter, err) != OK) {
        return err->status;
    }
    post->measure = painter_measure(post->painter);
    post->theme = theme_get(config->is_high_contrast ? THEME_CONTRAST : THEME_DAY);
    struct window_options options = {
        .title = "Guichet",
        .width_px = config->width_px > 0 ? (int)config->width_px : 1280,
        .height_px = config->height_px > 0 ? (int)config->height_px : 800,
        .is_fullscreen = config->full_screen,
        .display_index = (int)config->output};
    if (window_create(&options, post->painter, &post->window, err) != OK) {
        return err->status;
    }
    return signals_start(&post->signals, err, wake, post);
}

/* Memory and texts. */
static enum status prepare(struct post *post, struct error *err)
{
    const struct program_config *config = post->config;
    static const char *const domains[] = {"counter", "common"};
    char folder[CONFIG_PATH_BYTES];
    post->agent = calloc(1, sizeof(*post->agent));
    post->site = calloc(1, sizeof(*post->site));
    post->targets = calloc(1, sizeof(*post->targets));
    post->list = draw_list_create();
    if (post->line->describe_path) {
        post->description = description_create(post->line->describe_path);
    }
    post->board = board_document_create();
    post->reply = reply_document_create();
    if (!post->agent || !post->site || !post->targets || !post->list || !post->board ||
        !post->reply || (post->line->describe_path && !post->description)) {
        return error_set(err, ERR_LIMIT, "cannot start: out of memory");
    }
    agent_init(post->agent, config->broker.id, config->device.language);
    write_topic(post, "status", post->status_topic);
    write_topic(post, "state", post->state_topic);
    catalogue_folder(config->device.assets_directory, folder, sizeof(folder));
    return catalogue_load(folder, domains, 2, &post->catalogue, err);
}

static void finish(struct post *post)
{
    link_destroy(post->link);
    signals_stop(post->signals);
    courier_destroy(post->courier);
    window_destroy(post->window);
    painter_destroy(post->painter);
    catalogue_destroy(post->catalogue);
    reply_document_destroy(post->reply);
    board_document_destroy(post->board);
    description_destroy(post->description);
    draw_list_destroy(post->list);
    free(post->targets);
    free(post->site);
    free(post->agent);
}

enum status post_run(const struct command_line *line, const struct program_config *config,
                     bool *ret_starts_again, struct error *err)
{
    struct post post = {.line = line, .config = config, .must_draw = true};
    enum status status = prepare(&post, err);
    if (status == OK) {
        status = start_window(&post, err);
    }
    if (status == OK) {
        status = start_courier(&post, err);
    }
    if (status == OK) {
        status = start_link(&post, err);
    }
    if (status == OK) {
        run(&post);
        save_screenshot(&post);
    }
    finish(&post);
    *ret_starts_again = post.starts_again;
    return status;
}
