/* What can be seen in the hall of a real office: the newest of everything that the server
 * and the hall screen publish, as one client reads it. */
#ifndef GUICHET_TESTS_SCENARIO_LIVE_HALL_H
#define GUICHET_TESTS_SCENARIO_LIVE_HALL_H

#include <stdbool.h>
#include <stdint.h>

#include <mosquitto.h>

#include "runtime/hall_document.h"

#define LIGHT_BYTES 8

/* One counter's two topics. */
struct seen_counter {
    struct counter_document state;
    char light[LIGHT_BYTES]; /* what the lamp was told; empty: nothing yet */
};

struct live_hall {
    struct board_document board; /* the newest live one; epoch 0: none yet */
    uint32_t counter_count;
    struct seen_counter counters[COUNTERS_MAX];
    uint32_t service_count;
    struct service_document services[SERVICES_MAX];
    struct hall_document state; /* what waits where */
    bool has_display;           /* the hall screen says that it is there */
    int64_t drawn; /* the newest call that the hall screen says it has drawn */
};

/* Take one message of the site; the context is the hall. What cannot be read ends the
 * test. */
void live_hall_take(void *hall, const struct mosquitto_message *message);

/* NULL when nothing was published of it. */
const struct seen_counter *live_hall_counter(const struct live_hall *hall,
                                             const char *id);
const struct service_document *live_hall_service(const struct live_hall *hall,
                                                 const char *id);

/* The counter and the service as the board has them; NULL when it has not. */
const struct board_counter *live_hall_board_counter(const struct live_hall *hall,
                                                    const char *id);
const struct board_service *live_hall_board_service(const struct live_hall *hall,
                                                    const char *id);

#endif
