/* The server between broker, clocks and office; see server.h.
 *
 * One turn of the loop: the link hands over every message that has come, the intake
 * executes the commands among them, and the hook at the end of the turn commits the
 * group, answers it, and sees to it that what changed is published within 20 ms.
 *
 * Start: the journal is replayed first. Once the broker is there, the server reads its
 * own retained `config` for an epoch higher than any it has journalled (a restored
 * backup), starts the next epoch and publishes everything. A status of its own, sent
 * behind the subscription, marks the point up to which the broker has delivered what it
 * retained. */
#include "server/server.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/codec_config.h"
#include "runtime/codec_presence.h"
#include "runtime/log.h"
#include "server/aside.h"
#include "server/day.h"
#include "server/server_state.h"

#define MODULE "server"

/* Publications on the way to the broker: every counter's and service's states several
 * times. */
#define UNACKNOWLEDGED_MAX 16384

/* The program cannot go on: remember why and let main end it. */
static void fail(struct server *server, const struct error *err)
{
    server->has_failed = true;
    server->failure = *err;
    loop_stop(server->loop);
}

/* ---- Publishing ---- */

static void publish(void *context, const char *topic, const char *payload, size_t length,
                    bool is_retained)
{
    struct server *server = context;
    bool is_light = !is_retained ? false : payload[0] != '{';
    struct publication publication = {.topic = topic,
                                      .payload = payload,
                                      .length = length,
                                      .retain = is_retained,
                                      .content_type = is_light ? "text/plain" : NULL};
    struct error err = {0};
    enum status status = link_publish(server->link, &publication, &err);
    if (status != OK && status != ERR_UNAVAILABLE) {
        log_failure(MODULE, &err);
    }
}

/* Publish what is due, and set the timer for what is due later. */
static void publish_changes(struct server *server)
{
    int64_t due_at_ms = publisher_collect(server->publisher, server->office);
    if (!server->has_epoch || due_at_ms == INT64_MAX) {
        return;
    }
    (void)day_look_at_clocks(server); /* the moment is what is used */
    if (due_at_ms <= server->moment.machine_ms) {
        publisher_flush(server->publisher, server->office, &server->moment);
        due_at_ms = publisher_collect(server->publisher, server->office);
    }
    if (due_at_ms != INT64_MAX) {
        loop_set_timer(server->loop, server->flush_timer, due_at_ms);
    }
}

static void publish_own_status(struct server *server)
{
    struct status_document status = {.is_online = true,
                                     .birth = link_birth_count(server->link)};
    (void)text_copy(status.version, sizeof(status.version), SERVER_VERSION); /* fits */
    char payload[256];
    size_t length = 0;
    struct error err = {0};
    enum status encoded = status_encode(&status, payload, sizeof(payload), &length, &err);
    assert(encoded == OK);
    (void)encoded; /* asserted */
    publish(server, server->own_status_topic, payload, length, true);
}

/* ---- Groups ---- */

static void send_reply(void *context, const struct intake_reply *reply,
                       const char *payload)
{
    struct server *server = context;
    struct publication publication = {
        .topic = reply->topic,
        .payload = payload,
        .length = reply->length,
        .correlation = reply->correlation_length > 0 ? reply->correlation : NULL,
        .correlation_length = reply->correlation_length};
    struct error err = {0};
    enum status status = link_publish(server->link, &publication, &err);
    if (status != OK && status != ERR_UNAVAILABLE) {
        log_failure(MODULE, &err);
    }
}

/* The group is lost for want of room: put the queue back, and say so to everybody in it.
 */
static void lose_group(struct server *server, struct error *err)
{
    log_warning(MODULE, "group lost commands=%zu: %s", server->intake.count, err->text);
    if (office_recover(server->office, server->moment.machine_ms, err) != OK) {
        fail(server, err);
        return;
    }
    intake_answer(&server->intake, true, server->moment.now_ms, send_reply, server);
    publish_changes(server);
}

static void log_events(const struct office *office)
{
    if (!log_wants(LOG_LEVEL_DEBUG)) {
        return;
    }
    for (size_t i = 0; i < office->event_count; i++) {
        log_debug(MODULE, "committed seq=%lld kind=%s", (long long)office->events[i].seq,
                  event_kind_name(office->events[i].kind));
    }
}

/* Commit what the turn brought, answer, publish. */
static void close_group(struct server *server)
{
    struct error err = {0};
    enum status status = office_commit(server->office, server->moment.machine_ms, &err);
    if (status != OK) {
        if (office_can_recover(status)) {
            lose_group(server, &err);
        } else {
            fail(server, &err);
        }
        return;
    }
    intake_answer(&server->intake, false, server->moment.now_ms, send_reply, server);
    log_events(server->office);
    publisher_events(server->publisher, server->office, server->moment.epoch);
    publish_changes(server);
}

static void handle_group(void *data)
{
    struct server *server = data;
    if (!server->has_failed && server->intake.count > 0) {
        close_group(server);
    }
}

static void handle_flush(void *data, int64_t now_ms)
{
    (void)now_ms;
    struct server *server = data;
    handle_group(server); /* what is shown is committed */
    if (!server->has_failed) {
        publish_changes(server);
    }
}

/* ---- The link's handlers ---- */

/* What was ordered of a whole line is done before anything else is asked. */
static void finish_line(struct server *server)
{
    struct error err = {0};
    if (!server->office->has_more) {
        return;
    }
    handle_group(server);
    if (!server->has_failed && day_follow_schedule(server, &err) != OK) {
        fail(server, &err);
    }
}

static void take_command(struct server *server, const struct message *message)
{
    if (!server->has_epoch || message->is_retained) {
        return; /* nobody may retain a command; before the epoch nothing can be answered
                 */
    }
    (void)day_look_at_clocks(server); /* the moment is what is used */
    struct intake_aside aside = {.answer = aside_answer, .context = server};
    struct error err = {0};
    finish_line(server);
    if (server->has_failed) {
        return;
    }
    enum status status = intake_take(&server->intake, server->office, &server->moment,
                                     message, &aside, &err);
    if (status != OK && office_can_recover(status)) {
        lose_group(server, &err);
    } else if (status != OK) {
        fail(server, &err);
    } else if (intake_is_full(&server->intake, server->office)) {
        close_group(server);
    } else {
        loop_request_hook(server->loop, server->commit_hook);
    }
    if (server->office->has_more) {
        loop_set_timer(server->loop, server->tick_timer, loop_now_ms(server->loop));
    }
}

/* The last level of the topic, and kind and id before it: "<kind>/<id>/<leaf>". */
static bool split_topic(const struct server *server, const char *topic, char ret_kind[16],
                        char ret_id[ID_LENGTH_MAX + 1], const char **ret_leaf)
{
    size_t prefix = strlen(server->prefix);
    if (strncmp(topic, server->prefix, prefix) != 0) {
        return false;
    }
    const char *kind = topic + prefix;
    const char *slash = strchr(kind, '/');
    const char *leaf = slash ? strchr(slash + 1, '/') : NULL;
    if (!leaf || slash - kind >= 16 || leaf - slash - 1 > ID_LENGTH_MAX) {
        return false;
    }
    memcpy(ret_kind, kind, (size_t)(slash - kind));
    ret_kind[slash - kind] = '\0';
    memcpy(ret_id, slash + 1, (size_t)(leaf - slash - 1));
    ret_id[leaf - slash - 1] = '\0';
    *ret_leaf = leaf + 1;
    return true;
}

/* Everything that the broker had retained is read: start the epoch and show ourselves. */
static void start_epoch(struct server *server)
{
    struct error err = {0};
    int64_t epoch = queue_epoch(server->office->queue);
    if (server->seen_epoch > epoch) {
        epoch = server->seen_epoch;
    }
    (void)day_look_at_clocks(server); /* the moment is what is used */
    struct command command = {.verb = VERB_START_EPOCH,
                              .counter = SITE_NONE,
                              .version = VERSION_ANY,
                              .epoch = epoch + 1};
    enum status status = day_execute(server, &command, &err);
    if (office_can_recover(status)) {
        /* No room on the disk: the next tick tries again; until then nothing is answered.
         */
        log_warning(MODULE, "cannot start: %s", err.text);
        return;
    }
    if (status != OK) {
        fail(server, &err);
        return;
    }
    server->moment.epoch = epoch + 1;
    server->has_epoch = true;
    log_notice(MODULE, "started epoch=%lld seq=%lld day=%u", (long long)epoch + 1,
               (long long)queue_seq(server->office->queue),
               queue_day(server->office->queue));
    loop_set_timer(server->loop, server->tick_timer, loop_now_ms(server->loop));
}

static void note_own_config(struct server *server, const struct message *message)
{
    int64_t epoch = 0;
    struct error err;
    bool is_read =
        config_decode(message->payload, message->length, &epoch, NULL, &err) == OK;
    if (is_read && epoch > server->seen_epoch) {
        server->seen_epoch = epoch;
    }
    if (server->has_epoch && server->seen_epoch > server->moment.epoch) {
        struct error other;
        (void)error_set(&other, ERR_CORRUPT, /* the status is in `other` */
                        "another server publishes for this site with epoch %lld",
                        (long long)server->seen_epoch);
        fail(server, &other);
    }
}

static void handle_message(void *data, const struct message *message)
{
    struct server *server = data;
    char kind[16];
    char id[ID_LENGTH_MAX + 1];
    const char *leaf;
    if (!split_topic(server, message->topic, kind, id, &leaf)) {
        if (strcmp(message->topic + strlen(server->prefix), "config") == 0) {
            note_own_config(server, message);
        }
        return;
    }
    if (strcmp(leaf, "command") == 0) {
        take_command(server, message);
    } else if (strcmp(leaf, "status") == 0) {
        if (strcmp(message->topic, server->own_status_topic) != 0) {
            presence_note(&server->presence, kind, id, message->payload, message->length,
                          message->arrived_ms);
        } else if (!message->is_retained && !server->has_epoch) {
            start_epoch(server);
        }
    }
}

static void handle_connected(void *data)
{
    struct server *server = data;
    log_notice(MODULE, "connected to the broker");
    publisher_forget(server->publisher);
    publish_own_status(server);
    if (server->has_epoch) {
        loop_set_timer(server->loop, server->tick_timer, loop_now_ms(server->loop));
    }
}

static void handle_disconnected(void *data, const char *why)
{
    (void)data;
    log_warning(MODULE, "no broker: %s", why);
}

static void handle_refused(void *data, const char *sentence)
{
    (void)data;
    log_error(MODULE, "%s", sentence);
}

/* ---- The tick ---- */

static void warn_of_jump(struct server *server, struct clock_sample sample)
{
    int64_t jump_ms = 0;
    if (office_clock_jumped(&server->clock, sample, &jump_ms)) {
        log_warning(MODULE, "the machine's clock was set by_ms=%lld", (long long)jump_ms);
    }
}

static void handle_tick(void *data, int64_t now_ms)
{
    struct server *server = data;
    struct error err = {0};
    loop_set_timer(server->loop, server->tick_timer, now_ms + TICK_MS);
    handle_group(server); /* the server's own commands have a transaction of their own */
    if (server->has_failed) {
        return;
    }
    warn_of_jump(server, clock_sample_now());
    (void)day_look_at_clocks(server); /* the moment is what is used */
    if (day_follow_schedule(server, &err) != OK) {
        fail(server, &err);
        return;
    }
    if (!server->has_epoch) {
        if (link_is_connected(server->link)) {
            publish_own_status(server); /* asks for the marker again */
        }
        return;
    }
    server->moment.tick++;
    publish_own_status(server);
    (void)publisher_collect(server->publisher, server->office);
    publisher_tick(server->publisher, server->office, &server->moment);
}

/* ---- Life ---- */

static enum status start_link(struct server *server, const struct server_options *options,
                              struct error *err)
{
    static const char *const leaves[] = {"+/+/command", "+/+/status", "config"};
    struct link_options link_options = {.host = options->broker_host,
                                        .port = options->broker_port,
                                        .identity = options->identity,
                                        .secret = options->secret,
                                        .will_topic = server->own_status_topic,
                                        .will_payload = "{\"online\":false}",
                                        .unacknowledged_max = UNACKNOWLEDGED_MAX,
                                        .loop = server->loop};
    struct link_handlers handlers = {.on_connected = handle_connected,
                                     .on_disconnected = handle_disconnected,
                                     .on_message = handle_message,
                                     .on_refused = handle_refused,
                                     .data = server};
    enum status status = link_create(&link_options, &handlers, &server->link, err);
    for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]) && status == OK; i++) {
        char filter[sizeof(server->prefix) + 16];
        struct text text;
        text_init(&text, filter, sizeof(filter));
        text_add(&text, "%s%s", server->prefix, leaves[i]);
        status = link_subscribe(server->link, filter, DELIVERY_EACH, err);
    }
    return status == OK ? link_start(server->link, err) : status;
}

static enum status start_sources(struct server *server, struct error *err)
{
    enum status status = loop_add_timer(server->loop, "tick", &server->tick_timer, err,
                                        handle_tick, server);
    if (status == OK) {
        status = loop_add_timer(server->loop, "flush", &server->flush_timer, err,
                                handle_flush, server);
    }
    if (status == OK) {
        status = loop_add_hook(server->loop, "group", &server->commit_hook, err,
                               handle_group, server);
    }
    if (status == OK) {
        loop_set_timer(server->loop, server->tick_timer, 0);
    }
    return status;
}

static void write_topics(struct server *server, const struct site *site)
{
    struct text text;
    text_init(&text, server->prefix, sizeof(server->prefix));
    text_add(&text, "guichet/v1/%s/", site->id);
    assert(!text.is_cut);
    text_init(&text, server->own_status_topic, sizeof(server->own_status_topic));
    text_add(&text, "%sserver/main/status", server->prefix);
    assert(!text.is_cut);
}

/* Everything that stands before the broker: record, clock, site, memory. */
static enum status open_office(struct server *server,
                               const struct server_options *options, struct error *err)
{
    if (office_create(options->journal_path, options->reserve_bytes, clock_machine_ms(),
                      &server->office, err) != OK) {
        return err->status;
    }
    server->office->agents = options->agents;
    if (day_start_clock(server, options, err) != OK ||
        zone_load(options->site->time_zone, &server->zone, err) != OK ||
        server_configure(server, options->site, err) != OK ||
        intake_init(&server->intake, err) != OK) {
        return err->status;
    }
    server->started_at_ms = server->moment.now_ms;
    server->status = server_status_create();
    server->publisher =
        publisher_create(&(struct outlet){.publish = publish, .context = server});
    if (!server->status || !server->publisher) {
        return error_set(err, ERR_LIMIT, "cannot start: out of memory");
    }
    return OK;
}

enum status server_create(const struct server_options *options,
                          struct server **ret_server, struct error *err)
{
    assert(options->loop && options->site && err);
    struct server *server = calloc(1, sizeof(*server));
    if (!server) {
        return error_set(err, ERR_LIMIT, "cannot start: out of memory");
    }
    server->loop = options->loop;
    write_topics(server, options->site);
    if (open_office(server, options, err) != OK || start_sources(server, err) != OK ||
        start_link(server, options, err) != OK) {
        goto fail;
    }
    *ret_server = server;
    return OK;

fail:
    server_destroy(server);
    return err->status;
}

void server_destroy(struct server *server)
{
    if (!server) {
        return;
    }
    link_destroy(server->link);
    if (server->tick_timer) {
        loop_remove_timer(server->loop, server->tick_timer);
    }
    if (server->flush_timer) {
        loop_remove_timer(server->loop, server->flush_timer);
    }
    if (server->commit_hook) {
        loop_remove_hook(server->loop, server->commit_hook);
    }
    publisher_destroy(server->publisher);
    server_status_destroy(server->status);
    intake_finish(&server->intake);
    zone_destroy(server->zone);
    office_destroy(server->office);
    free(server);
}

const struct error *server_failure(const struct server *server)
{
    return server->has_failed ? &server->failure : NULL;
}
