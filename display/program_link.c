/* The hall screen and the broker: what comes in, what goes out. See docs/protocol.md. */
#include "display/program_parts.h"

#include <string.h>

#include "core/text.h"
#include "runtime/broker_link.h"
#include "runtime/codec_board.h"
#include "runtime/codec_config.h"
#include "runtime/codec_presence.h"
#include "runtime/log.h"

#define MODULE "display"

#define SMALL_BYTES 512

/* "guichet/v1/<site>/<rest>"; ids are bounded, so it always fits. */
static void site_topic(const struct program_display *display, const char *rest,
                       char ret_topic[LINK_TOPIC_MAX + 1])
{
    struct text text;
    text_init(&text, ret_topic, LINK_TOPIC_MAX + 1);
    text_add(&text, "guichet/v1/%s/%s", display->config->broker.site, rest);
}

static void own_topic(const struct program_display *display, const char *leaf,
                      char ret_topic[LINK_TOPIC_MAX + 1])
{
    struct text text;
    text_init(&text, ret_topic, LINK_TOPIC_MAX + 1);
    text_add(&text, "guichet/v1/%s/display/%s/%s", display->config->broker.site,
             display->config->broker.id, leaf);
}

/* ---- out ---- */

static void publish(struct program_display *display, const char *leaf,
                    const char *payload, size_t length)
{
    char topic[LINK_TOPIC_MAX + 1];
    own_topic(display, leaf, topic);
    struct publication publication = {.topic = topic,
                                      .payload = payload,
                                      .length = length,
                                      .retain = strcmp(leaf, "status") == 0};
    struct error err = {0};
    if (link_publish(display->link, &publication, &err) != OK) {
        log_debug(MODULE, "%s", err.text);
    }
}

void display_publish_status(struct program_display *display)
{
    if (!link_is_connected(display->link)) {
        return;
    }
    struct status_document status = {.is_online = true,
                                     .birth = link_birth_count(display->link)};
    (void)text_copy(status.version, sizeof(status.version), GUICHET_VERSION); /* fits */
    char payload[SMALL_BYTES];
    size_t length = 0;
    if (status_encode(&status, payload, sizeof(payload), &length, NULL) == OK) {
        publish(display, "status", payload, length);
    }
}

void display_publish_shown(struct program_display *display)
{
    char payload[SMALL_BYTES];
    size_t length = 0;
    if (shown_encode(&display->shown, payload, sizeof(payload), &length, NULL) == OK) {
        publish(display, "shown", payload, length);
    }
}

/* ---- in ---- */

/* Follow the site to its time zone. */
static void take_zone(struct program_display *display)
{
    struct zone *zone = NULL;
    struct error err = {0};
    if (zone_load(display->site.time_zone, &zone, &err) != OK) {
        log_failure(MODULE, &err); /* no clock is better than a wrong one */
    }
    zone_destroy(display->zone);
    display->zone = zone;
}

/* The id of this screen's hall in a site; NULL when the site does not have the screen. */
static const char *own_hall(const struct program_display *display,
                            const struct site *site)
{
    uint32_t index =
        site_find_device(site->displays, site->display_count, display->config->broker.id);
    return index == SITE_NONE ? NULL : site->halls[site->displays[index].place].id;
}

static void take_config(struct program_display *display, const struct message *message)
{
    int64_t epoch = 0;
    struct error err = {0};
    if (config_decode(message->payload, message->length, &epoch, &display->site, &err) !=
        OK) {
        log_warning(MODULE, "configuration of the site is not used: %s", err.text);
        return;
    }
    if (epoch < display->site_epoch) {
        return;
    }
    display->site_epoch = epoch;
    const char *hall = own_hall(display, &display->site);
    bool is_moved =
        display->hall.has_board && (!hall || strcmp(hall, display->hall.board.hall) != 0);
    if (is_moved) {
        hall_init(&display->hall, display->hall.last_announced,
                  display->config->sound.apart_ms);
    }
    if (!hall && !display->is_unassigned) {
        log_error(MODULE, "site '%s' has no display '%s'", display->site.id,
                  display->config->broker.id);
    }
    display->is_unassigned = !hall;
    hall_set_site(&display->hall, &display->site);
    take_zone(display);
    display->needs_drawing = true;
}

static void take_board(struct program_display *display, const struct message *message)
{
    const char *hall =
        display->hall.has_site ? own_hall(display, &display->hall.site) : NULL;
    const char *level = strrchr(message->topic, '/');
    if (!hall || !level || strcmp(level + 1, hall) != 0) {
        return; /* of another hall, or not yet known; the next one comes within 2 s */
    }
    struct error err = {0};
    if (board_decode(message->payload, message->length, &display->board, &err) != OK) {
        log_warning(MODULE, "a board is not used: %s", err.text);
    } else if (hall_set_board(&display->hall, &display->board, message->is_retained,
                              message->arrived_ms)) {
        display->needs_drawing = true;
    }
}

static void handle_message(void *data, const struct message *message)
{
    struct program_display *display = data;
    char config_topic[LINK_TOPIC_MAX + 1];
    site_topic(display, "config", config_topic);
    if (strcmp(message->topic, config_topic) == 0) {
        take_config(display, message);
    } else {
        take_board(display, message);
    }
}

static void handle_connected(void *data)
{
    struct program_display *display = data;
    display_publish_status(display);
}

/* The link logs it, and boards that do not come are seen without it. */
static void handle_disconnected(void *data, const char *why)
{
    (void)data;
    (void)why;
}

static void wake(void *data)
{
    window_wake(data);
}

enum status display_connect(struct program_display *display, struct error *err)
{
    char config_topic[LINK_TOPIC_MAX + 1];
    char board_topic[LINK_TOPIC_MAX + 1];
    site_topic(display, "config", config_topic);
    site_topic(display, "board/+", board_topic);
    struct link_options options = {.wake = wake, .wake_data = display->window};
    struct link_handlers handlers = {.on_connected = handle_connected,
                                     .on_disconnected = handle_disconnected,
                                     .on_message = handle_message,
                                     .data = display};
    /* The configuration first: without it no board can be told from another hall's. */
    if (broker_link_create(&display->config->broker, &options, &handlers, &display->link,
                           err) != OK ||
        link_subscribe(display->link, config_topic, DELIVERY_NEWEST, err) != OK ||
        link_subscribe(display->link, board_topic, DELIVERY_NEWEST, err) != OK) {
        return err->status;
    }
    return link_start(display->link, err);
}
