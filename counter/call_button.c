/* The call button; see call_button.h.
 *
 * The device gives Linux input events (struct input_event). A key that goes down is a
 * press; what it means is the server's: it knows the counter's state, and the press
 * carries the version that the button has seen. A press while one is on its way, or
 * within half a second of the last, is a bouncing contact or an impatient hand and is
 * left out. */
#include "counter/call_button.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/text.h"
#include "runtime/broker_link.h"
#include "runtime/clock.h"
#include "runtime/codec_counter.h"
#include "runtime/codec_presence.h"
#include "runtime/courier.h"
#include "runtime/link.h"
#include "runtime/log.h"
#include "runtime/loop.h"

#define MODULE "button"

#define STATUS_EVERY_MS 2000
#define REOPEN_EVERY_MS 1000
#define PRESS_EVERY_MS  500
#define STALE_AFTER_MS  6000

struct call_button {
    const struct program_config *config;
    struct loop *loop;
    struct loop_fd *source;
    struct loop_timer *timer;      /* status, sending again */
    struct loop_timer *open_timer; /* a device that is not there */
    const struct command_line *line;
    bool starts_again;
    struct loop_signal *signals[3];
    struct link *link;
    struct courier *courier;
    struct counter_document *state;
    struct reply_document *reply;
    int fd; /* of the device, or -1 */
    bool has_state;
    int64_t live_at_ms;
    int64_t pressed_at_ms;
    size_t partial_bytes; /* of an event that came in pieces */
    unsigned char partial[sizeof(struct input_event)];
    char status_topic[LINK_TOPIC_MAX + 1];
    char state_topic[LINK_TOPIC_MAX + 1];
};

/* ---- The device ---- */

static void close_device(struct call_button *button)
{
    if (button->source) {
        loop_remove_fd(button->loop, button->source);
        button->source = NULL;
    }
    if (button->fd >= 0) {
        (void)close(button->fd); /* it was only read */
        button->fd = -1;
    }
    button->partial_bytes = 0;
}

static void press(struct call_button *button)
{
    int64_t now_ms = clock_machine_ms();
    bool is_bouncing = now_ms - button->pressed_at_ms < PRESS_EVERY_MS;
    bool is_stale = !button->has_state || now_ms - button->live_at_ms > STALE_AFTER_MS;
    if (is_bouncing || is_stale || !courier_may_begin(button->courier)) {
        log_info(MODULE, "press left out: %s",
                 is_bouncing ? "bouncing"
                 : is_stale  ? "no connection to the server"
                             : "one is on its way");
        return;
    }
    button->pressed_at_ms = now_ms;
    struct command_document command = {.action = ACTION_QUEUE,
                                       .verb = VERB_PRESS,
                                       .version = button->state->version,
                                       .epoch = button->state->epoch,
                                       .tick = button->state->tick};
    struct error err = {0};
    if (courier_begin(button->courier, &command, now_ms, &err) != OK) {
        log_failure(MODULE, &err);
    }
}

/* Whole events from what was read; a FIFO may cut them anywhere. */
static void take_bytes(struct call_button *button, const unsigned char *bytes,
                       size_t length)
{
    while (length > 0) {
        size_t part = sizeof(button->partial) - button->partial_bytes;
        if (part > length) {
            part = length;
        }
        memcpy(button->partial + button->partial_bytes, bytes, part);
        button->partial_bytes += part;
        bytes += part;
        length -= part;
        if (button->partial_bytes == sizeof(button->partial)) {
            struct input_event event;
            memcpy(&event, button->partial, sizeof(event));
            button->partial_bytes = 0;
            if (event.type == EV_KEY && event.value == 1) {
                press(button);
            }
        }
    }
}

static void plan_reopen(struct call_button *button)
{
    close_device(button);
    loop_set_timer(button->loop, button->open_timer,
                   loop_now_ms(button->loop) + REOPEN_EVERY_MS);
}

static void handle_device(void *data, unsigned events)
{
    (void)events;
    struct call_button *button = data;
    unsigned char bytes[16 * sizeof(struct input_event)];
    ssize_t length = read(button->fd, bytes, sizeof(bytes));
    if (length > 0) {
        take_bytes(button, bytes, (size_t)length);
    } else if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
        log_warning(MODULE, "the device is gone; it is looked for again");
        plan_reopen(button);
    }
}

static void open_device(void *data, int64_t now_ms)
{
    (void)now_ms;
    struct call_button *button = data;
    const char *path = button->config->button.device;
    struct error err = {0};
    button->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (button->fd < 0) {
        plan_reopen(button);
        return;
    }
    /* Nobody else is to see the key; a FIFO of a test has no such lock. */
    if (ioctl(button->fd, EVIOCGRAB, 1) != 0 && errno != ENOTTY && errno != EINVAL) {
        log_warning(MODULE, "'%s' cannot be read exclusively: %s", path, strerror(errno));
    }
    struct loop_watched watched = {.fd = button->fd,
                                   .events = LOOP_READ,
                                   .name = "device",
                                   .handler = handle_device,
                                   .data = button};
    if (loop_add_fd(button->loop, &watched, &button->source, &err) != OK) {
        log_failure(MODULE, &err);
        plan_reopen(button);
        return;
    }
    log_notice(MODULE, "reading device=%s", path);
}

/* ---- The link ---- */

static void publish_status(struct call_button *button)
{
    if (!link_is_connected(button->link)) {
        return;
    }
    struct status_document status = {.is_online = true,
                                     .birth = link_birth_count(button->link)};
    (void)text_copy(status.version, sizeof(status.version), GUICHET_VERSION); /* fits */
    char payload[256];
    struct publication publication = {
        .topic = button->status_topic, .payload = payload, .retain = true};
    struct error err = {0};
    enum status encoded =
        status_encode(&status, payload, sizeof(payload), &publication.length, &err);
    assert(encoded == OK);
    (void)encoded; /* asserted */
    if (link_publish(button->link, &publication, &err) != OK) {
        log_debug(MODULE, "status not sent: %s", err.text);
    }
}

static void handle_timer(void *data, int64_t now_ms)
{
    struct call_button *button = data;
    if (now_ms >= courier_wake_ms(button->courier)) {
        courier_tick(button->courier, now_ms);
    }
    publish_status(button);
    int64_t next_ms = now_ms + STATUS_EVERY_MS;
    int64_t send_ms = courier_wake_ms(button->courier);
    loop_set_timer(button->loop, button->timer, send_ms < next_ms ? send_ms : next_ms);
}

static void handle_connected(void *data)
{
    struct call_button *button = data;
    courier_set_link(button->courier, button->link, true, clock_machine_ms());
    publish_status(button);
}

static void handle_disconnected(void *data, const char *why)
{
    struct call_button *button = data;
    log_warning(MODULE, "no broker: %s", why);
    button->has_state = false;
    courier_set_link(button->courier, button->link, false, clock_machine_ms());
}

static void handle_message(void *data, const struct message *message)
{
    struct call_button *button = data;
    struct error err = {0};
    if (strcmp(message->topic, button->state_topic) == 0) {
        if (counter_decode(message->payload, message->length, button->state, &err) !=
            OK) {
            log_failure(MODULE, &err);
        } else if (!message->is_retained) {
            button->has_state = true;
            button->live_at_ms = message->arrived_ms;
        }
    } else if (courier_take(button->courier, message, message->arrived_ms,
                            button->reply)) {
        log_counter(MODULE, button->config->button.counter, "press %s %s",
                    button->reply->is_ok ? "done" : "refused", button->reply->code);
        if (button->reply->has_counter) {
            *button->state = button->reply->counter;
        }
    }
    loop_set_timer(button->loop, button->timer, loop_now_ms(button->loop));
}

/* ---- Life ---- */

static void handle_end(void *data, int number)
{
    struct call_button *button = data;
    if (number == SIGHUP) {
        button->starts_again = command_line_may_reload(PROGRAM_COUNTER, button->line);
    }
    if (number != SIGHUP || button->starts_again) {
        loop_stop(button->loop);
    }
}

static void write_topics(struct call_button *button)
{
    const struct broker_config *broker = &button->config->broker;
    struct text text;
    text_init(&text, button->status_topic, sizeof(button->status_topic));
    text_add(&text, "guichet/v1/%s/button/%s/status", broker->site, broker->id);
    assert(!text.is_cut);
    text_init(&text, button->state_topic, sizeof(button->state_topic));
    text_add(&text, "guichet/v1/%s/counter/%s/state", broker->site,
             button->config->button.counter);
    assert(!text.is_cut);
}

static enum status start_link(struct call_button *button, struct error *err)
{
    const struct broker_config *broker = &button->config->broker;
    struct link_options options = {.loop = button->loop};
    struct link_handlers handlers = {.on_connected = handle_connected,
                                     .on_disconnected = handle_disconnected,
                                     .on_message = handle_message,
                                     .data = button};
    struct courier_options courier = {.site = broker->site,
                                      .sender = SENDER_BUTTON,
                                      .id = broker->id,
                                      .folder = button->config->device.state_directory};
    if (courier_create(&courier, clock_machine_ms(), &button->courier, err) != OK ||
        broker_link_create(broker, &options, &handlers, &button->link, err) != OK ||
        link_subscribe(button->link, button->state_topic, DELIVERY_EACH, err) != OK ||
        courier_subscribe(button->courier, button->link, err) != OK) {
        return err->status;
    }
    return link_start(button->link, err);
}

static enum status start(struct call_button *button, struct error *err)
{
    static const int ends[] = {SIGTERM, SIGINT, SIGHUP};
    button->state = calloc(1, sizeof(*button->state));
    button->reply = reply_document_create();
    if (!button->state || !button->reply) {
        return error_set(err, ERR_LIMIT, "cannot start: out of memory");
    }
    write_topics(button);
    enum status status = loop_create(&button->loop, err);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]) && status == OK; i++) {
        status = loop_add_signal(button->loop, ends[i], &button->signals[i], err,
                                 handle_end, button);
    }
    if (status != OK ||
        loop_add_timer(button->loop, "status", &button->timer, err, handle_timer,
                       button) != OK ||
        loop_add_timer(button->loop, "device", &button->open_timer, err, open_device,
                       button) != OK ||
        start_link(button, err) != OK) {
        return err->status;
    }
    loop_set_timer(button->loop, button->timer, 0);
    loop_set_timer(button->loop, button->open_timer, 0);
    return OK;
}

static void remove_sources(struct call_button *button)
{
    close_device(button);
    if (button->timer) {
        loop_remove_timer(button->loop, button->timer);
    }
    if (button->open_timer) {
        loop_remove_timer(button->loop, button->open_timer);
    }
    for (size_t i = 0; i < sizeof(button->signals) / sizeof(button->signals[0]); i++) {
        if (button->signals[i]) {
            loop_remove_signal(button->loop, button->signals[i]);
        }
    }
}

enum status call_button_run(const struct command_line *line,
                            const struct program_config *config, bool *ret_starts_again,
                            struct error *err)
{
    struct call_button button = {
        .line = line, .config = config, .fd = -1, .pressed_at_ms = -PRESS_EVERY_MS};
    enum status status = start(&button, err);
    if (status == OK) {
        status = loop_run(button.loop, err);
    }
    link_destroy(button.link);
    courier_destroy(button.courier);
    if (button.loop) {
        remove_sources(&button);
        (void)loop_finish(button.loop); /* it names what was left over by itself */
    }
    reply_document_destroy(button.reply);
    free(button.state);
    *ret_starts_again = button.starts_again;
    return status;
}
