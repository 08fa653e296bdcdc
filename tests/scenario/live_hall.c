/* The newest of everything; see live_hall.h. */
#include "live_hall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../broker/broker_support.h"
#include "core/text.h"
#include "runtime/codec_board.h"
#include "runtime/codec_counter.h"
#include "runtime/codec_hall.h"
#include "runtime/codec_presence.h"

/* "<kind>/<id>/<leaf>" of a topic of the site; a board has no leaf. */
struct place {
    char kind[16];
    char id[ID_LENGTH_MAX + 1];
    char leaf[16];
};

/* Copy the topic's next level; returns what is behind it. */
static const char *next_level(const char *from, char *ret_level, size_t capacity)
{
    size_t length = strcspn(from, "/");
    struct text text;
    text_init(&text, ret_level, capacity);
    text_add(&text, "%.*s", (int)length, from);
    assert_false(text.is_cut);
    return from + length + (from[length] == '/' ? 1 : 0);
}

static struct place place_of(const char *topic)
{
    struct place place;
    assert_int_equal(strncmp(topic, PREFIX, strlen(PREFIX)), 0);
    const char *rest = next_level(topic + strlen(PREFIX), place.kind, sizeof(place.kind));
    rest = next_level(rest, place.id, sizeof(place.id));
    (void)next_level(rest, place.leaf, sizeof(place.leaf)); /* it is the last */
    return place;
}

static struct seen_counter *counter_of(struct live_hall *hall, const char *id)
{
    for (uint32_t i = 0; i < hall->counter_count; i++) {
        if (strcmp(hall->counters[i].state.id, id) == 0) {
            return &hall->counters[i];
        }
    }
    assert_true(hall->counter_count < COUNTERS_MAX);
    struct seen_counter *counter = &hall->counters[hall->counter_count];
    hall->counter_count++;
    (void)text_copy(counter->state.id, sizeof(counter->state.id), id); /* same size */
    return counter;
}

static struct service_document *service_of(struct live_hall *hall, const char *id)
{
    for (uint32_t i = 0; i < hall->service_count; i++) {
        if (strcmp(hall->services[i].id, id) == 0) {
            return &hall->services[i];
        }
    }
    assert_true(hall->service_count < SERVICES_MAX);
    hall->service_count++;
    return &hall->services[hall->service_count - 1];
}

static void take_light(struct live_hall *hall, const char *id, const char *bytes,
                       size_t length)
{
    struct text text;
    text_init(&text, counter_of(hall, id)->light, LIGHT_BYTES);
    text_add(&text, "%.*s", (int)length, bytes);
}

static enum status take_shown(struct live_hall *hall, const char *bytes, size_t length,
                              struct error *err)
{
    struct shown_document shown;
    enum status status = shown_decode(bytes, length, &shown, err);
    if (status == OK && shown.is_drawn) {
        hall->drawn = shown.call;
    }
    return status;
}

static enum status take_display(struct live_hall *hall, const char *bytes, size_t length,
                                struct error *err)
{
    struct status_document document;
    enum status status = status_decode(bytes, length, &document, err);
    hall->has_display = status == OK && document.is_online;
    return status;
}

void live_hall_take(void *context, const struct mosquitto_message *message)
{
    struct live_hall *hall = context;
    struct place place = place_of(message->topic);
    const char *bytes = message->payload;
    size_t length = (size_t)message->payloadlen;
    struct error err = {.text = ""};
    enum status status = OK;
    if (strcmp(place.kind, "board") == 0 && !message->retain) {
        status = board_decode(bytes, length, &hall->board, &err);
    } else if (strcmp(place.kind, "hall") == 0 && !message->retain) {
        status = hall_decode(bytes, length, &hall->state, &err);
    } else if (strcmp(place.kind, "counter") == 0 && strcmp(place.leaf, "state") == 0) {
        status = counter_decode(bytes, length, &counter_of(hall, place.id)->state, &err);
    } else if (strcmp(place.kind, "counter") == 0 && strcmp(place.leaf, "light") == 0) {
        take_light(hall, place.id, bytes, length);
    } else if (strcmp(place.kind, "service") == 0 && strcmp(place.leaf, "state") == 0) {
        status = service_decode(bytes, length, service_of(hall, place.id), &err);
    } else if (strcmp(place.kind, "display") == 0 && strcmp(place.leaf, "shown") == 0) {
        status = take_shown(hall, bytes, length, &err);
    } else if (strcmp(place.kind, "display") == 0 && strcmp(place.leaf, "status") == 0) {
        status = take_display(hall, bytes, length, &err);
    }
    if (status != OK) {
        fail_msg("%s: %s", message->topic, err.text);
    }
}

const struct seen_counter *live_hall_counter(const struct live_hall *hall, const char *id)
{
    for (uint32_t i = 0; i < hall->counter_count; i++) {
        if (strcmp(hall->counters[i].state.id, id) == 0) {
            return &hall->counters[i];
        }
    }
    return NULL;
}

const struct service_document *live_hall_service(const struct live_hall *hall,
                                                 const char *id)
{
    for (uint32_t i = 0; i < hall->service_count; i++) {
        if (strcmp(hall->services[i].id, id) == 0) {
            return &hall->services[i];
        }
    }
    return NULL;
}

const struct board_counter *live_hall_board_counter(const struct live_hall *hall,
                                                    const char *id)
{
    for (uint32_t i = 0; i < hall->board.counter_count; i++) {
        if (strcmp(hall->board.counters[i].id, id) == 0) {
            return &hall->board.counters[i];
        }
    }
    return NULL;
}

const struct board_service *live_hall_board_service(const struct live_hall *hall,
                                                    const char *id)
{
    for (uint32_t i = 0; i < hall->board.service_count; i++) {
        if (strcmp(hall->board.services[i].id, id) == 0) {
            return &hall->board.services[i];
        }
    }
    return NULL;
}
