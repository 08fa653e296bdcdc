/* The kiosk and the broker: what comes in, what goes out. See docs/protocol.md. */
#include <string.h>

#include "core/text.h"
#include "kiosk/program_parts.h"
#include "runtime/broker_link.h"
#include "runtime/clock.h"
#include "runtime/codec_board.h"
#include "runtime/codec_config.h"
#include "runtime/codec_counter.h"
#include "runtime/codec_presence.h"
#include "runtime/log.h"

#define MODULE "kiosk"

#define SMALL_BYTES 512

/* "guichet/v1/<site>/<rest>"; ids are bounded, so it always fits. */
static void site_topic(const struct program_kiosk *kiosk, const char *rest,
                       char ret_topic[LINK_TOPIC_MAX + 1])
{
    struct text text;
    text_init(&text, ret_topic, LINK_TOPIC_MAX + 1);
    text_add(&text, "guichet/v1/%s/%s", kiosk->config->broker.site, rest);
}

/* ---- out ---- */

void kiosk_publish_status(struct program_kiosk *kiosk)
{
    if (!link_is_connected(kiosk->link)) {
        return;
    }
    struct status_document status = {.is_online = true,
                                     .birth = link_birth_count(kiosk->link),
                                     .has_printer = true,
                                     .printer = kiosk->printer_health,
                                     .paper = kiosk->paper_level};
    (void)text_copy(status.version, sizeof(status.version), GUICHET_VERSION); /* fits */
    char payload[SMALL_BYTES];
    size_t length = 0;
    struct error err = {0};
    if (status_encode(&status, payload, sizeof(payload), &length, &err) != OK) {
        log_failure(MODULE, &err);
        return;
    }
    char topic[LINK_TOPIC_MAX + 1];
    struct text text;
    text_init(&text, topic, sizeof(topic));
    text_add(&text, "guichet/v1/%s/kiosk/%s/status", kiosk->config->broker.site,
             kiosk->config->broker.id);
    struct publication publication = {
        .topic = topic, .payload = payload, .length = length, .retain = true};
    if (link_publish(kiosk->link, &publication, &err) != OK) {
        log_debug(MODULE, "%s", err.text);
    }
}

/* ---- in ---- */

/* Follow the site to its time zone. */
static void take_zone(struct program_kiosk *kiosk)
{
    struct zone *zone = NULL;
    struct error err = {0};
    if (zone_load(kiosk->visit.site.time_zone, &zone, &err) != OK) {
        log_error(MODULE, "no clock is shown: %s", err.text);
    }
    zone_destroy(kiosk->zone);
    kiosk->zone = zone;
}

/* The hall this kiosk stands in, or NULL when the site does not know the kiosk. */
static const char *own_hall(const struct program_kiosk *kiosk, const struct site *site)
{
    uint32_t index =
        site_find_device(site->kiosks, site->kiosk_count, kiosk->config->broker.id);
    return index == SITE_NONE ? NULL : site->halls[site->kiosks[index].place].id;
}

static void take_config(struct program_kiosk *kiosk, const struct message *message)
{
    int64_t epoch = 0;
    struct error err = {0};
    if (config_decode(message->payload, message->length, &epoch, &kiosk->site, &err) !=
        OK) {
        log_warning(MODULE, "configuration of the site is not used: %s", err.text);
        return;
    }
    if (epoch < kiosk->site_epoch) {
        return;
    }
    kiosk->site_epoch = epoch;
    bool is_unassigned = !own_hall(kiosk, &kiosk->site);
    if (is_unassigned && !kiosk->is_unassigned) {
        log_error(MODULE, "site '%s' has no kiosk '%s'", kiosk->site.id,
                  kiosk->config->broker.id);
    }
    kiosk->is_unassigned = is_unassigned;
    struct visit_step step = visit_set_site(&kiosk->visit, &kiosk->site);
    take_zone(kiosk);
    kiosk_follow(kiosk, &step);
}

static void take_board(struct program_kiosk *kiosk, const struct message *message)
{
    const char *hall = kiosk->visit.has_site ? own_hall(kiosk, &kiosk->visit.site) : NULL;
    const char *level = strrchr(message->topic, '/');
    if (!hall || !level || strcmp(level + 1, hall) != 0) {
        return; /* of another hall, or not yet known; the next one comes within 2 s */
    }
    struct error err = {0};
    if (board_decode(message->payload, message->length, &kiosk->board, &err) != OK) {
        log_warning(MODULE, "a board is not used: %s", err.text);
        return;
    }
    struct visit_step step = visit_set_board(&kiosk->visit, &kiosk->board,
                                             message->is_retained, message->arrived_ms);
    kiosk_follow(kiosk, &step);
}

static void take_service(struct program_kiosk *kiosk, const struct message *message)
{
    struct error err = {0};
    if (service_decode(message->payload, message->length, &kiosk->service, &err) != OK) {
        log_warning(MODULE, "the state of a service is not used: %s", err.text);
        return;
    }
    struct visit_step step = visit_set_service(&kiosk->visit, &kiosk->service);
    kiosk_follow(kiosk, &step);
}

static void take_reply(struct program_kiosk *kiosk, const struct message *message)
{
    const struct reply_document *reply = &kiosk->reply;
    if (!courier_take(kiosk->courier, message, message->arrived_ms, &kiosk->reply)) {
        return; /* an earlier one again, or the server could do nothing yet */
    }
    if (!reply->is_ok) {
        log_warning(MODULE, "refused: %s code=%s", reply->sentence, reply->code);
    } else if (reply->has_ticket) {
        log_ticket(MODULE, reply->ticket.label, "answered state=%s",
                   ticket_state_name(reply->ticket.state));
    }
    struct visit_step step = visit_answered(&kiosk->visit, reply, clock_machine_ms());
    step.has_command = true; /* the way is free */
    kiosk_follow(kiosk, &step);
}

static void handle_message(void *data, const struct message *message)
{
    struct program_kiosk *kiosk = data;
    char prefix[LINK_TOPIC_MAX + 1];
    site_topic(kiosk, "", prefix);
    const char *rest = message->topic + strlen(prefix);
    if (strncmp(message->topic, prefix, strlen(prefix)) != 0) {
        return;
    }
    if (strcmp(rest, "config") == 0) {
        take_config(kiosk, message);
    } else if (strncmp(rest, "board/", strlen("board/")) == 0) {
        take_board(kiosk, message);
    } else if (strncmp(rest, "service/", strlen("service/")) == 0) {
        take_service(kiosk, message);
    } else {
        take_reply(kiosk, message);
    }
}

static void handle_connected(void *data)
{
    struct program_kiosk *kiosk = data;
    log_notice(MODULE, "connected to the broker");
    kiosk_publish_status(kiosk);
    courier_set_link(kiosk->courier, kiosk->link, true, clock_machine_ms());
}

static void handle_disconnected(void *data, const char *why)
{
    struct program_kiosk *kiosk = data;
    log_warning(MODULE, "not connected to the broker: %s", why);
    courier_set_link(kiosk->courier, kiosk->link, false, clock_machine_ms());
}

static void wake(void *data)
{
    window_wake(data);
}

static enum status subscribe(struct program_kiosk *kiosk, struct error *err)
{
    char config_topic[LINK_TOPIC_MAX + 1];
    char board_topic[LINK_TOPIC_MAX + 1];
    char service_topic[LINK_TOPIC_MAX + 1];
    site_topic(kiosk, "config", config_topic);
    site_topic(kiosk, "board/+", board_topic);
    site_topic(kiosk, "service/+/state", service_topic);
    /* The configuration first: without it no board can be told from another hall's. */
    if (link_subscribe(kiosk->link, config_topic, DELIVERY_NEWEST, err) != OK ||
        courier_subscribe(kiosk->courier, kiosk->link, err) != OK ||
        link_subscribe(kiosk->link, service_topic, DELIVERY_NEWEST, err) != OK ||
        link_subscribe(kiosk->link, board_topic, DELIVERY_NEWEST, err) != OK) {
        return err->status;
    }
    return OK;
}

enum status kiosk_connect(struct program_kiosk *kiosk, struct error *err)
{
    struct link_options options = {.wake = wake, .wake_data = kiosk->window};
    struct link_handlers handlers = {.on_connected = handle_connected,
                                     .on_disconnected = handle_disconnected,
                                     .on_message = handle_message,
                                     .data = kiosk};
    if (broker_link_create(&kiosk->config->broker, &options, &handlers, &kiosk->link,
                           err) != OK ||
        subscribe(kiosk, err) != OK) {
        return err->status;
    }
    return link_start(kiosk->link, err);
}
