/* Publication of the office's state; see publisher.h. */
#include "server/publisher.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/codec_board.h"
#include "runtime/codec_config.h"
#include "runtime/codec_counter.h"
#include "runtime/codec_hall.h"

/* "guichet/v1/<site>/counter/<id>/state" with room to spare. */
#define TOPIC_BYTES (64 + 3 * ID_LENGTH_MAX)

struct publisher *publisher_create(const struct outlet *outlet)
{
    struct publisher *publisher = calloc(1, sizeof(*publisher));
    if (!publisher) {
        return NULL;
    }
    publisher->outlet = *outlet;
    publisher->board = board_document_create();
    publisher->scratch = reply_document_create();
    if (!publisher->board || !publisher->scratch) {
        publisher_destroy(publisher);
        return NULL;
    }
    publisher_forget(publisher);
    return publisher;
}

void publisher_destroy(struct publisher *publisher)
{
    if (!publisher) {
        return;
    }
    board_document_destroy(publisher->board);
    reply_document_destroy(publisher->scratch);
    free(publisher);
}

void publisher_forget(struct publisher *publisher)
{
    publisher->config_is_due = true;
    memset(publisher->light_is_told, false, sizeof(publisher->light_is_told));
    memset(publisher->board_is_due, true, sizeof(publisher->board_is_due));
    memset(publisher->counter_is_due, true, sizeof(publisher->counter_is_due));
    memset(publisher->line_is_due, true, sizeof(publisher->line_is_due));
    memset(publisher->hall_is_due, true, sizeof(publisher->hall_is_due));
}

/* Whether a counter of the hall serves one of these services. */
static bool hall_shows(const struct site *site, uint32_t hall, uint64_t services)
{
    for (uint32_t i = 0; i < site->counter_count; i++) {
        const struct counter_place *counter = &site->counters[i];
        if (counter->hall == hall && (counter->services & services) != 0) {
            return true;
        }
    }
    return false;
}

/* Note the counters and lines that commits have changed; returns the set of those
 * services. */
static uint64_t take_changes(struct publisher *publisher, struct office *office)
{
    const struct site *site = queue_site(office->queue);
    uint64_t services = 0;
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (office->lines_changed[i]) {
            office->lines_changed[i] = false;
            publisher->line_is_due[i] = true;
            services |= UINT64_C(1) << i;
        }
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (office->counters_changed[i]) {
            office->counters_changed[i] = false;
            publisher->counter_is_due[i] = true;
            publisher->board_is_due[site->counters[i].hall] = true;
        }
    }
    return services;
}

int64_t publisher_collect(struct publisher *publisher, struct office *office)
{
    const struct site *site = queue_site(office->queue);
    if (office->site_changed) {
        publisher_forget(publisher);
        office->site_changed = false;
    }
    uint64_t services = take_changes(publisher, office);
    bool is_due = publisher->config_is_due;
    bool hall_waits = false;
    for (uint32_t hall = 0; hall < site->hall_count; hall++) {
        publisher->board_is_due[hall] |=
            services != 0 && hall_shows(site, hall, services);
        publisher->hall_is_due[hall] |= publisher->board_is_due[hall];
        hall_waits |= publisher->hall_is_due[hall];
        is_due |= publisher->board_is_due[hall];
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        is_due |= publisher->counter_is_due[i];
    }
    if (is_due) {
        return publisher->flushed_at_ms + PUBLISH_EVERY_MS;
    }
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (publisher->line_is_due[i]) {
            return publisher->lines_told_at_ms + LINES_EVERY_MS;
        }
    }
    return hall_waits ? publisher->halls_told_at_ms + LINES_EVERY_MS : INT64_MAX;
}

/* Publish publisher->payload on guichet/v1/<site>/<first>/<second>[/<third>]. */
static void publish(struct publisher *publisher, const struct site *site,
                    const char *path, size_t length, bool is_retained)
{
    char topic[TOPIC_BYTES];
    struct text text;
    text_init(&text, topic, sizeof(topic));
    text_add(&text, "guichet/v1/%s/%s", site->id, path);
    assert(!text.is_cut);
    publisher->outlet.publish(publisher->outlet.context, topic, publisher->payload,
                              length, is_retained);
}

static void publish_config(struct publisher *publisher, const struct site *site,
                           int64_t epoch)
{
    struct error err = {0};
    size_t length = 0;
    enum status status = config_encode(epoch, site, publisher->payload,
                                       sizeof(publisher->payload), &length, &err);
    assert(status == OK); /* site_config_load() refuses a site that would not fit */
    (void)status;         /* asserted */
    publish(publisher, site, "config", length, true);
}

static void publish_board(struct publisher *publisher, const struct office *office,
                          const struct moment *moment, uint32_t hall)
{
    const struct site *site = queue_site(office->queue);
    struct error err = {0};
    size_t length = 0;
    describe_board(office, moment, hall, publisher->board);
    enum status status = board_encode(publisher->board, publisher->payload,
                                      sizeof(publisher->payload), &length, &err);
    assert(status == OK); /* the largest board fits: a test encodes it */
    (void)status;         /* asserted */
    char path[TOPIC_BYTES];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "board/%s", site->halls[hall].id);
    publish(publisher, site, path, length, true);
}

/* Reception and supervisor see what waits where, but not at every ticket of a busy hall.
 */
static void publish_halls(struct publisher *publisher, const struct office *office,
                          const struct moment *moment)
{
    const struct site *site = queue_site(office->queue);
    if (moment->machine_ms - publisher->halls_told_at_ms < LINES_EVERY_MS) {
        return;
    }
    publisher->halls_told_at_ms = moment->machine_ms;
    describe_hall_day(office->queue, &publisher->hall_day);
    for (uint32_t i = 0; i < site->hall_count; i++) {
        if (!publisher->hall_is_due[i]) {
            continue;
        }
        publisher->hall_is_due[i] = false;
        describe_hall(office, moment, &publisher->hall_day, i, &publisher->hall);
        struct error err = {0};
        size_t length = 0;
        enum status status = hall_encode(&publisher->hall, publisher->payload,
                                         sizeof(publisher->payload), &length, &err);
        assert(status == OK); /* the largest hall fits: a test encodes it */
        (void)status;         /* asserted */
        char path[TOPIC_BYTES];
        struct text text;
        text_init(&text, path, sizeof(path));
        text_add(&text, "hall/%s/state", site->halls[i].id);
        publish(publisher, site, path, length, true);
    }
}

/* A lamp is told when its light changes: the topic is retained, and most changes of a
 * counter leave its light as it is. */
static void publish_light(struct publisher *publisher, const struct site *site,
                          uint32_t index, enum light light)
{
    if (publisher->light_is_told[index] && publisher->lights[index] == light) {
        return;
    }
    publisher->light_is_told[index] = true;
    publisher->lights[index] = light;
    size_t length = strlen(light_name(light));
    memcpy(publisher->payload, light_name(light), length);
    char path[TOPIC_BYTES];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "counter/%s/light", site->counters[index].id);
    publish(publisher, site, path, length, true);
}

static void publish_counter(struct publisher *publisher, const struct office *office,
                            const struct moment *moment, uint32_t index)
{
    const struct site *site = queue_site(office->queue);
    struct counter_document *document = &publisher->scratch->counter;
    struct error err = {0};
    size_t length = 0;
    describe_counter(office, moment, index, document);
    enum status status = counter_encode(document, publisher->payload,
                                        sizeof(publisher->payload), &length, &err);
    assert(status == OK); /* bounded by core/limits.h */
    (void)status;         /* asserted */
    char path[TOPIC_BYTES];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "counter/%s/state", site->counters[index].id);
    publish(publisher, site, path, length, true);
    publish_light(publisher, site, index, document->light);
}

static void publish_service(struct publisher *publisher, const struct office *office,
                            const struct moment *moment, uint32_t service)
{
    const struct site *site = queue_site(office->queue);
    struct service_document document = {0};
    struct error err = {0};
    size_t length = 0;
    describe_service(office, moment, service, &document);
    enum status status = service_encode(&document, publisher->payload,
                                        sizeof(publisher->payload), &length, &err);
    assert(status == OK); /* a few hundred bytes */
    (void)status;         /* asserted */
    char path[TOPIC_BYTES];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "service/%s/state", site->services[service].id);
    publish(publisher, site, path, length, true);
}

/* The counters that serve a line that changed see its length and waits, but not at every
 * ticket of a busy hall. */
static void spread_lines(struct publisher *publisher, const struct queue *queue,
                         int64_t machine_ms)
{
    const struct site *site = queue_site(queue);
    int64_t since_ms = machine_ms - publisher->lines_told_at_ms;
    if (since_ms < LINES_EVERY_MS) {
        return;
    }
    uint64_t services = 0;
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (publisher->line_is_due[i]) {
            publisher->line_is_due[i] = false;
            services |= UINT64_C(1) << i;
        }
    }
    publisher->lines_told_at_ms = machine_ms;
    for (uint32_t i = 0; i < site->counter_count; i++) {
        publisher->counter_is_due[i] |=
            (queue_counter_services(queue, i) & services) != 0;
    }
}

void publisher_flush(struct publisher *publisher, struct office *office,
                     struct moment *moment)
{
    const struct site *site = queue_site(office->queue);
    publisher->flushed_at_ms = moment->machine_ms;
    if (publisher->config_is_due) {
        publisher->config_is_due = false;
        publish_config(publisher, site, moment->epoch);
    }
    bool line_was_due[SERVICES_MAX];
    memcpy(line_was_due, publisher->line_is_due, sizeof(line_was_due));
    spread_lines(publisher, office->queue, moment->machine_ms);
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (line_was_due[i] && !publisher->line_is_due[i]) {
            moment->waits[i] = wait_range_settle(
                &publisher->shown[i], describe_wait(office, i, moment->now_ms));
            publish_service(publisher, office, moment, i);
        }
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (publisher->counter_is_due[i]) {
            publisher->counter_is_due[i] = false;
            publish_counter(publisher, office, moment, i);
        }
    }
    for (uint32_t hall = 0; hall < site->hall_count; hall++) {
        if (publisher->board_is_due[hall]) {
            publisher->board_is_due[hall] = false;
            publish_board(publisher, office, moment, hall);
        }
    }
    publish_halls(publisher, office, moment);
}

void publisher_tick(struct publisher *publisher, struct office *office,
                    struct moment *moment)
{
    describe_today(office->queue, moment->today);
    publisher->lines_told_at_ms = moment->machine_ms - LINES_EVERY_MS;
    publisher->halls_told_at_ms = moment->machine_ms - LINES_EVERY_MS;
    memset(publisher->board_is_due, true, sizeof(publisher->board_is_due));
    memset(publisher->counter_is_due, true, sizeof(publisher->counter_is_due));
    memset(publisher->line_is_due, true, sizeof(publisher->line_is_due));
    memset(publisher->hall_is_due, true, sizeof(publisher->hall_is_due));
    publisher_flush(publisher, office, moment);
}

void publisher_events(struct publisher *publisher, struct office *office, int64_t epoch)
{
    if (office->event_count == 0) {
        return;
    }
    struct text text;
    text_init(&text, publisher->payload, sizeof(publisher->payload));
    text_add(&text, "{\"epoch\":%lld,\"events\":[", (long long)epoch);
    text_add_string(&text, office->text);
    text_add_string(&text, "]}");
    assert(!text.is_cut);
    publish(publisher, queue_site(office->queue), "event", text.length, false);
    office_forget_events(office);
}
