/* The common part of the windows; see frame.h. */
#include "counter/frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/broker_link.h"
#include "runtime/clock.h"
#include "runtime/codec_config.h"
#include "runtime/codec_presence.h"
#include "runtime/log.h"
#include "runtime/signals.h"
#include "ui/description.h"
#include "ui/font.h"
#include "ui/painter.h"
#include "ui/window.h"

#define MODULE "counter"

/* How often the device says that it is there. */
#define STATUS_EVERY_MS 2000

struct frame_parts {
    struct signals *signals;
    struct painter *painter;
    struct window *window;
    struct draw_list *list;
    struct description *description; /* NULL: not asked for */
    struct target_list *targets;
    struct site *site;
    struct text_measure measure;
    const struct theme *theme;
    int64_t status_at_ms;
    bool wants_reload; /* as soon as nobody is in the middle of something */
    bool starts_again;
    char status_topic[LINK_TOPIC_MAX + 1];
};

/* ---- The link's handlers: they run in link_dispatch(), on the window's thread ---- */

static void publish_status(struct frame *frame, int64_t now_ms)
{
    struct status_document status = {.is_online = true,
                                     .birth = link_birth_count(frame->link)};
    (void)text_copy(status.version, sizeof(status.version), GUICHET_VERSION); /* fits */
    if (frame->work->add_status) {
        frame->work->add_status(frame->data, &status);
    }
    char payload[256];
    struct publication publication = {
        .topic = frame->parts->status_topic, .payload = payload, .retain = true};
    struct error err = {0};
    enum status encoded =
        status_encode(&status, payload, sizeof(payload), &publication.length, &err);
    assert(encoded == OK);
    (void)encoded; /* asserted */
    if (link_publish(frame->link, &publication, &err) != OK) {
        log_debug(MODULE, "status not sent: %s", err.text);
    }
    frame->parts->status_at_ms = now_ms;
}

static void handle_connected(void *data)
{
    struct frame *frame = data;
    int64_t now_ms = clock_machine_ms();
    publish_status(frame, now_ms);
    courier_set_link(frame->courier, frame->link, true, now_ms);
}

static void handle_disconnected(void *data, const char *why)
{
    struct frame *frame = data;
    log_warning(MODULE, "no broker: %s", why);
    courier_set_link(frame->courier, frame->link, false, clock_machine_ms());
}

static void take_config(struct frame *frame, const struct message *message)
{
    struct site *site = frame->parts->site;
    struct error err = {0};
    if (config_decode(message->payload, message->length, NULL, site, &err) != OK) {
        log_failure(MODULE, &err);
        return;
    }
    frame->work->take_site(frame->data, site);
}

static bool is_config(const char *topic)
{
    static const char leaf[] = "/config";
    size_t length = strlen(topic);
    return length >= sizeof(leaf) && strcmp(topic + length + 1 - sizeof(leaf), leaf) == 0;
}

static void handle_message(void *data, const struct message *message)
{
    struct frame *frame = data;
    frame->must_draw = true;
    if (frame->work->take_message(frame->data, message)) {
        return;
    }
    if (courier_take(frame->courier, message, message->arrived_ms, frame->reply)) {
        frame->work->take_reply(frame->data, frame->reply, message->arrived_ms);
    } else if (is_config(message->topic)) {
        take_config(frame, message);
    }
}

void frame_send(struct frame *frame, struct command_document *command, int64_t now_ms)
{
    struct error err = {0};
    if (courier_begin(frame->courier, command, now_ms, &err) != OK) {
        log_failure(MODULE, &err);
    }
}

/* ---- Pictures ---- */

static void describe(struct frame *frame)
{
    const struct frame_parts *parts = frame->parts;
    char head[160];
    struct text text;
    text_init(&text, head, sizeof(head));
    frame->work->describe(frame->data, &text);
    const struct picture picture = {head, parts->list, parts->targets};
    struct error err = {0};
    if (description_update(parts->description, &picture, &err) != OK) {
        log_failure(MODULE, &err);
    }
}

static void draw(struct frame *frame, int64_t now_ms)
{
    struct frame_parts *parts = frame->parts;
    struct screen screen = {.list = parts->list,
                            .targets = parts->targets,
                            .theme = parts->theme,
                            .measure = &parts->measure,
                            .input = &frame->input,
                            .width_px = window_width_px(parts->window),
                            .height_px = window_height_px(parts->window)};
    frame->work->draw(frame->data, &screen, now_ms);
    (void)window_show(parts->window, parts->list); /* the same picture again is no news */
    if (parts->description) {
        describe(frame);
    }
    frame->must_draw = false;
}

static void save_screenshot(struct frame *frame)
{
    struct error err = {0};
    if (frame->line->screenshot_path &&
        window_save(frame->parts->window, frame->line->screenshot_path, &err) != OK) {
        log_failure(MODULE, &err);
    }
}

/* ---- The loop ---- */

static void handle_input(struct frame *frame, const struct input_event *event)
{
    if (event->kind == INPUT_CLOSE) {
        frame->must_end = true;
        return;
    }
    if (event->kind == INPUT_RESIZED) {
        frame->must_draw = true;
        return;
    }
    int64_t now_ms = clock_machine_ms();
    bool is_written = event->kind == INPUT_KEY || event->kind == INPUT_TEXT;
    if (is_written && frame->work->take_input &&
        frame->work->take_input(frame->data, event, now_ms)) {
        frame->must_draw = true;
        return;
    }
    bool is_character =
        event->kind == INPUT_KEY && event->key == KEY_CHARACTER && !event->is_repeat;
    if (is_character && frame->work->take_character(frame->data, event->code, now_ms)) {
        frame->must_draw = true;
        return;
    }
    struct input_outcome outcome =
        input_feed(&frame->input, frame->parts->targets, event);
    frame->must_draw |= outcome.is_changed;
    if (outcome.activated != TARGET_NONE) {
        frame->work->press(frame->data, outcome.activated, now_ms);
        frame->must_draw = true;
    }
}

/* The next moment at which something is to be done without anybody's doing. */
static int64_t next_wake_ms(const struct frame *frame, int64_t now_ms)
{
    int64_t times_ms[] = {frame->parts->status_at_ms + STATUS_EVERY_MS,
                          courier_wake_ms(frame->courier),
                          frame->work->wake_ms(frame->data, now_ms)};
    int64_t wake_ms = INT64_MAX;
    for (size_t i = 0; i < sizeof(times_ms) / sizeof(times_ms[0]); i++) {
        wake_ms = times_ms[i] < wake_ms ? times_ms[i] : wake_ms;
    }
    return wake_ms;
}

static void handle_time(struct frame *frame, int64_t now_ms)
{
    if (now_ms >= courier_wake_ms(frame->courier)) {
        courier_tick(frame->courier, now_ms);
    }
    if (now_ms - frame->parts->status_at_ms >= STATUS_EVERY_MS) {
        publish_status(frame, now_ms);
    }
    frame->work->pass_time(frame->data, now_ms);
    frame->must_draw = true;
}

/* A configuration that changes waits until nobody is in the middle of something. */
static void follow_signals(struct frame *frame)
{
    struct frame_parts *parts = frame->parts;
    if (signals_take_screenshot(parts->signals)) {
        save_screenshot(frame);
    }
    parts->wants_reload = signals_take_reload(parts->signals) || parts->wants_reload;
    if (parts->wants_reload && frame->work->is_idle(frame->data)) {
        parts->wants_reload = false;
        parts->starts_again = command_line_may_reload(PROGRAM_COUNTER, frame->line);
        frame->must_end = parts->starts_again || frame->must_end;
    }
}

bool frame_run(struct frame *frame)
{
    struct frame_parts *parts = frame->parts;
    frame->must_draw = true;
    while (!frame->must_end && !signals_must_end(parts->signals)) {
        int64_t now_ms = clock_machine_ms();
        if (frame->must_draw) {
            draw(frame, now_ms);
        }
        if (frame->work->follow && frame->work->follow(frame->data)) {
            draw(frame, now_ms);
        }
        int64_t wait_ms = next_wake_ms(frame, now_ms) - now_ms;
        struct input_event event;
        window_wait(parts->window, wait_ms > 0 ? (int)wait_ms : 0, &event);
        if (event.kind == INPUT_NONE) {
            handle_time(frame, clock_machine_ms());
        } else if (event.kind == INPUT_WAKE) {
            (void)link_dispatch(frame->link); /* how many does not matter */
        } else {
            handle_input(frame, &event);
        }
        follow_signals(frame);
    }
    save_screenshot(frame);
    return parts->starts_again;
}

/* ---- Life ---- */

void frame_wake(void *data)
{
    struct frame *frame = data;
    window_wake(frame->parts->window);
}

void frame_topic(const struct program_config *config, const char *leaf,
                 char ret_topic[LINK_TOPIC_MAX + 1])
{
    const struct broker_config *broker = &config->broker;
    struct text text;
    text_init(&text, ret_topic, LINK_TOPIC_MAX + 1);
    text_add(&text, "guichet/v1/%s/%s/%s/%s", broker->site, broker->kind, broker->id,
             leaf);
    assert(!text.is_cut); /* ids are bounded */
}

static enum status start_link(struct frame *frame, const char *const *topics,
                              size_t topic_count, struct error *err)
{
    const struct broker_config *broker = &frame->config->broker;
    struct link_options options = {.wake = frame_wake, .wake_data = frame};
    struct link_handlers handlers = {.on_connected = handle_connected,
                                     .on_disconnected = handle_disconnected,
                                     .on_message = handle_message,
                                     .data = frame};
    char config_topic[LINK_TOPIC_MAX + 1];
    struct text text;
    text_init(&text, config_topic, sizeof(config_topic));
    text_add(&text, "guichet/v1/%s/config", broker->site);
    if (broker_link_create(broker, &options, &handlers, &frame->link, err) != OK ||
        link_subscribe(frame->link, config_topic, DELIVERY_NEWEST, err) != OK) {
        return err->status;
    }
    for (size_t i = 0; i < topic_count; i++) {
        if (link_subscribe(frame->link, topics[i], DELIVERY_NEWEST, err) != OK) {
            return err->status;
        }
    }
    if (courier_subscribe(frame->courier, frame->link, err) != OK) {
        return err->status;
    }
    return link_start(frame->link, err);
}

static enum status start_courier(struct frame *frame, struct error *err)
{
    const struct program_config *config = frame->config;
    struct courier_options options = {.site = config->broker.site,
                                      .sender = sender_find(config->broker.kind),
                                      .id = config->broker.id,
                                      .folder = config->device.state_directory};
    return courier_create(&options, clock_machine_ms(), &frame->courier, err);
}

static enum status start_window(struct frame *frame, struct error *err)
{
    struct frame_parts *parts = frame->parts;
    const struct screen_config *config = &frame->config->screen;
    if (painter_create(FONT_DIRECTORY, &parts->painter, err) != OK) {
        return err->status;
    }
    parts->measure = painter_measure(parts->painter);
    parts->theme = theme_get(config->is_high_contrast ? THEME_CONTRAST : THEME_DAY);
    struct window_options options = {
        .title = "Guichet",
        .width_px = config->width_px > 0 ? (int)config->width_px : 1280,
        .height_px = config->height_px > 0 ? (int)config->height_px : 800,
        .is_fullscreen = config->full_screen,
        .takes_text = frame->work->take_input != NULL,
        .display_index = (int)config->output};
    if (window_create(&options, parts->painter, &parts->window, err) != OK) {
        return err->status;
    }
    return signals_start(&parts->signals, err, frame_wake, frame);
}

/* Memory and texts. */
static enum status prepare(struct frame *frame, struct error *err)
{
    static const char *const domains[] = {"counter", "common"};
    char folder[CONFIG_PATH_BYTES];
    struct frame_parts *parts = calloc(1, sizeof(*parts));
    frame->parts = parts;
    frame->reply = reply_document_create();
    if (!parts || !frame->reply) {
        goto fail;
    }
    parts->site = calloc(1, sizeof(*parts->site));
    parts->targets = calloc(1, sizeof(*parts->targets));
    parts->list = draw_list_create();
    if (frame->line->describe_path) {
        parts->description = description_create(frame->line->describe_path);
    }
    if (!parts->site || !parts->targets || !parts->list ||
        (frame->line->describe_path && !parts->description)) {
        goto fail;
    }
    frame_topic(frame->config, "status", parts->status_topic);
    catalogue_folder(frame->config->device.assets_directory, folder, sizeof(folder));
    return catalogue_load(folder, domains, 2, &frame->catalogue, err);

fail:
    return error_set(err, ERR_LIMIT, "cannot start: out of memory");
}

enum status frame_open(struct frame *frame, const char *const *topics, size_t topic_count,
                       struct error *err)
{
    assert(frame->line && frame->config && frame->work && !frame->parts);
    enum status status = prepare(frame, err);
    if (status == OK) {
        status = start_window(frame, err);
    }
    if (status == OK) {
        status = start_courier(frame, err);
    }
    if (status == OK) {
        status = start_link(frame, topics, topic_count, err);
    }
    return status;
}

void frame_close(struct frame *frame)
{
    struct frame_parts *parts = frame->parts;
    link_destroy(frame->link);
    if (parts) {
        signals_stop(parts->signals);
    }
    courier_destroy(frame->courier);
    if (parts) {
        window_destroy(parts->window);
        painter_destroy(parts->painter);
        description_destroy(parts->description);
        draw_list_destroy(parts->list);
        free(parts->targets);
        free(parts->site);
        free(parts);
    }
    catalogue_destroy(frame->catalogue);
    reply_document_destroy(frame->reply);
}
