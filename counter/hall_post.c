/* The loop of the window of a reception or a supervisor; see hall_post.h.
 *
 * The window waits for a person, for the link's thread (window_wake) and for the next
 * moment at which something changes by itself: a notice that goes, a state that becomes
 * stale, a command that is sent again. Nothing is polled. */
#include "counter/hall_post.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "counter/hall_agent.h"
#include "counter/hall_scene.h"
#include "runtime/broker_link.h"
#include "runtime/clock.h"
#include "runtime/codec_config.h"
#include "runtime/codec_hall.h"
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

struct hall_post {
    const struct command_line *line;
    const struct program_config *config;
    struct signals *signals;
    struct painter *painter;
    struct window *window;
    struct link *link;
    struct courier *courier;
    struct catalogue *catalogue;
    struct hall_agent *agent;
    struct draw_list *list;
    struct description *description; /* NULL: not asked for */
    struct target_list *targets;
    struct hall_document *hall;
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
};

/* ---- The link's handlers: they run in link_dispatch(), on the window's thread ---- */

static void publish_status(struct hall_post *post, int64_t now_ms)
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
    struct hall_post *post = data;
    int64_t now_ms = clock_machine_ms();
    publish_status(post, now_ms);
    courier_set_link(post->courier, post->link, true, now_ms);
}

static void handle_disconnected(void *data, const char *why)
{
    struct hall_post *post = data;
    log_warning(MODULE, "no broker: %s", why);
    courier_set_link(post->courier, post->link, false, clock_machine_ms());
}

static void take_state(struct hall_post *post, const struct message *message)
{
    struct error err = {0};
    if (hall_decode(message->payload, message->length, post->hall, &err) != OK) {
        log_failure(MODULE, &err);
        return;
    }
    hall_agent_set_state(post->agent, post->hall, message->is_retained,
                         message->arrived_ms);
}

static void take_config(struct hall_post *post, const struct message *message)
{
    struct error err = {0};
    if (config_decode(message->payload, message->length, NULL, post->site, &err) != OK) {
        log_failure(MODULE, &err);
        return;
    }
    hall_agent_set_site(post->agent, post->site);
}

static void handle_message(void *data, const struct message *message)
{
    struct hall_post *post = data;
    post->must_draw = true;
    if (strstr(message->topic, "/hall/") && !strstr(message->topic, "/reply")) {
        take_state(post, message);
    } else if (courier_take(post->courier, message, message->arrived_ms, post->reply)) {
        hall_agent_set_reply(post->agent, post->reply, message->arrived_ms);
    } else {
        size_t length = strlen(message->topic);
        size_t leaf = strlen("/config");
        if (length > leaf && strcmp(message->topic + length - leaf, "/config") == 0) {
            take_config(post, message);
        }
    }
}

/* ---- Pictures ---- */

static void show_sending(struct hall_post *post)
{
    const struct request *request = courier_request(post->courier);
    hall_agent_set_sending(post->agent, !courier_may_begin(post->courier),
                           request->state == REQUEST_UNKNOWN);
}

static void describe(struct hall_post *post)
{
    static const char *const dialogues[HALL_DIALOGUE_COUNT] = {
        "", "issue", "find", "ticket", "requalify", "service"};
    char head[128];
    struct text text;
    text_init(&text, head, sizeof(head));
    const struct hall_agent *agent = post->agent;
    text_add(&text, "page %s\nticket %s\ndialogue %s\n",
             agent->is_supervisor ? "supervisor" : "reception",
             agent->dialogue == HALL_DIALOGUE_TICKET ? agent->ticket.label : "-",
             dialogues[agent->dialogue]);
    const struct picture picture = {head, post->list, post->targets};
    struct error err = {0};
    if (description_update(post->description, &picture, &err) != OK) {
        log_failure(MODULE, &err);
    }
}

static void draw(struct hall_post *post, int64_t now_ms)
{
    show_sending(post);
    struct screen screen = {.list = post->list,
                            .targets = post->targets,
                            .theme = post->theme,
                            .measure = &post->measure,
                            .input = &post->input,
                            .width_px = window_width_px(post->window),
                            .height_px = window_height_px(post->window)};
    hall_scene_draw(&screen, post->agent, post->catalogue, now_ms);
    (void)window_show(post->window, post->list); /* the same picture again is no news */
    if (post->description) {
        describe(post);
    }
    post->must_draw = false;
}

/* ---- Presses ---- */

static void press(struct hall_post *post, enum hall_action action, int64_t now_ms)
{
    struct command_document command;
    struct error err = {0};
    show_sending(post);
    bool is_sent = hall_agent_press(post->agent, action, now_ms, &command);
    if (is_sent && courier_begin(post->courier, &command, now_ms, &err) != OK) {
        log_failure(MODULE, &err);
    }
    post->must_draw = true;
}

static void handle_input(struct hall_post *post, const struct input_event *event)
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
                    post->agent->dialogue != HALL_DIALOGUE_NONE && !event->is_repeat;
    if (is_typed) {
        hall_agent_type(post->agent, event->code);
        post->input.has_activated = false; /* what follows is no bounce of what was */
        post->must_draw = true;
        return;
    }
    struct input_outcome outcome = input_feed(&post->input, post->targets, event);
    post->must_draw |= outcome.is_changed;
    if (outcome.activated != TARGET_NONE) {
        press(post, (enum hall_action)outcome.activated, clock_machine_ms());
    }
}

/* ---- Time ---- */

/* The next moment at which something is to be done without anybody's doing. */
static int64_t next_wake_ms(const struct hall_post *post, int64_t now_ms)
{
    int64_t times_ms[] = {post->status_at_ms + STATUS_EVERY_MS,
                          courier_wake_ms(post->courier),
                          hall_agent_wake_ms(post->agent, now_ms)};
    int64_t wake_ms = INT64_MAX;
    for (size_t i = 0; i < sizeof(times_ms) / sizeof(times_ms[0]); i++) {
        wake_ms = times_ms[i] < wake_ms ? times_ms[i] : wake_ms;
    }
    return wake_ms;
}

static void handle_time(struct hall_post *post, int64_t now_ms)
{
    if (now_ms >= courier_wake_ms(post->courier)) {
        courier_tick(post->courier, now_ms);
    }
    if (now_ms - post->status_at_ms >= STATUS_EVERY_MS) {
        publish_status(post, now_ms);
    }
    hall_agent_step(post->agent, now_ms);
    post->must_draw = true;
}

static void save_screenshot(struct hall_post *post)
{
    struct error err = {0};
    if (post->line->screenshot_path &&
        window_save(post->window, post->line->screenshot_path, &err) != OK) {
        log_failure(MODULE, &err);
    }
}

/* A configuration that changes waits until no dialogue is open. */
static void follow_signals(struct hall_post *post)
{
    if (signals_take_screenshot(post->signals)) {
        save_screenshot(post);
    }
    post->wants_reload = signals_take_reload(post->signals) || post->wants_reload;
    if (post->wants_reload && post->agent->dialogue == HALL_DIALOGUE_NONE) {
        post->wants_reload = false;
        post->starts_again = command_line_may_reload(PROGRAM_COUNTER, post->line);
        post->must_end = post->starts_again || post->must_end;
    }
}

static void run(struct hall_post *post)
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
    struct hall_post *post = data;
    window_wake(post->window);
}

static enum status start_link(struct hall_post *post, struct error *err)
{
    const struct broker_config *broker = &post->config->broker;
    struct link_options options = {.wake = wake, .wake_data = post};
    struct link_handlers handlers = {.on_connected = handle_connected,
                                     .on_disconnected = handle_disconnected,
                                     .on_message = handle_message,
                                     .data = post};
    char config_topic[LINK_TOPIC_MAX + 1];
    char hall_topic[LINK_TOPIC_MAX + 1];
    struct text text;
    text_init(&text, config_topic, sizeof(config_topic));
    text_add(&text, "guichet/v1/%s/config", broker->site);
    text_init(&text, hall_topic, sizeof(hall_topic));
    text_add(&text, "guichet/v1/%s/hall/+/state", broker->site);
    text_init(&text, post->status_topic, sizeof(post->status_topic));
    text_add(&text, "guichet/v1/%s/%s/%s/status", broker->site, broker->kind, broker->id);
    assert(!text.is_cut); /* ids are bounded */
    if (broker_link_create(broker, &options, &handlers, &post->link, err) != OK ||
        link_subscribe(post->link, config_topic, DELIVERY_NEWEST, err) != OK ||
        link_subscribe(post->link, hall_topic, DELIVERY_NEWEST, err) != OK ||
        courier_subscribe(post->courier, post->link, err) != OK) {
        return err->status;
    }
    return link_start(post->link, err);
}

static enum status start_courier(struct hall_post *post, struct error *err)
{
    const struct program_config *config = post->config;
    struct courier_options options = {.site = config->broker.site,
                                      .sender = sender_find(config->broker.kind),
                                      .id = config->broker.id,
                                      .folder = config->device.state_directory};
    return courier_create(&options, clock_machine_ms(), &post->courier, err);
}

static enum status start_window(struct hall_post *post, struct error *err)
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
static enum status prepare(struct hall_post *post, struct error *err)
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
    post->hall = calloc(1, sizeof(*post->hall));
    post->reply = reply_document_create();
    if (!post->agent || !post->site || !post->targets || !post->list || !post->hall ||
        !post->reply || (post->line->describe_path && !post->description)) {
        return error_set(err, ERR_LIMIT, "cannot start: out of memory");
    }
    hall_agent_init(post->agent, config->broker.id,
                    strcmp(config->broker.kind, "supervisor") == 0,
                    config->device.language);
    catalogue_folder(config->device.assets_directory, folder, sizeof(folder));
    return catalogue_load(folder, domains, 2, &post->catalogue, err);
}

static void finish(struct hall_post *post)
{
    link_destroy(post->link);
    signals_stop(post->signals);
    courier_destroy(post->courier);
    window_destroy(post->window);
    painter_destroy(post->painter);
    catalogue_destroy(post->catalogue);
    reply_document_destroy(post->reply);
    description_destroy(post->description);
    draw_list_destroy(post->list);
    free(post->targets);
    free(post->site);
    free(post->agent);
    free(post->hall);
}

enum status hall_post_run(const struct command_line *line,
                          const struct program_config *config, bool *ret_starts_again,
                          struct error *err)
{
    struct hall_post post = {.line = line, .config = config, .must_draw = true};
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
