/* Publishes what changed: whole boards, counters, services and the site's config, each at
 * most once per 20 ms, and everything that must prove its freshness with each tick. */
#ifndef GUICHET_SERVER_PUBLISHER_H
#define GUICHET_SERVER_PUBLISHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "figures/wait_range.h"
#include "runtime/documents.h"
#include "server/describe.h"
#include "server/describe_hall.h"
#include "server/office.h"

/* The first change is published at once, those that follow are gathered for this long. */
#define PUBLISH_EVERY_MS 20

/* A line's changes (waiting people, waits) reach the counters that serve it this often;
 * the counter whose own state changed is told at once. */
#define LINES_EVERY_MS 250

/* The tick of boards and states. */
#define TICK_MS 2000

/* Where payloads go. `publish` copies what it needs; a broker that is away is no error of
 * the publisher: everything is published again when it is back. */
struct outlet {
    void (*publish)(void *context, const char *topic, const char *payload, size_t length,
                    bool is_retained);
    void *context;
};

struct publisher {
    struct outlet outlet;
    bool board_is_due[HALLS_MAX];
    bool counter_is_due[COUNTERS_MAX];
    bool line_is_due[SERVICES_MAX];
    bool config_is_due;
    bool hall_is_due[HALLS_MAX];      /* what waits where */
    int64_t halls_told_at_ms;         /* machine time of the last of those */
    bool light_is_told[COUNTERS_MAX]; /* since the broker may have forgotten it */
    enum light lights[COUNTERS_MAX];  /* as told last */
    int64_t flushed_at_ms;            /* machine time of the last publication */
    int64_t lines_told_at_ms; /* and of the last that told all counters of their lines */
    struct wait_range_shown shown[SERVICES_MAX]; /* keeps the ranges from flickering */
    struct board_document *board;
    struct hall_day hall_day;
    struct hall_document hall;
    struct reply_document *scratch; /* its counter part is what states are composed in */
    char payload[PAYLOAD_BYTES_MAX];
};

/* NULL when there is no memory. */
struct publisher *publisher_create(const struct outlet *outlet);
void publisher_destroy(struct publisher *publisher);

/* Everything is due again: the broker has forgotten what was retained. */
void publisher_forget(struct publisher *publisher);

/* Take over what the office's commits have changed. Returns the machine time at which the
 * next publication is due (perhaps past: at once), or INT64_MAX when nothing has changed.
 */
int64_t publisher_collect(struct publisher *publisher, struct office *office);

/* Publish what is due. `moment` brings epoch, tick, the clocks and the services'
 * openings; its waits and today are filled in from the publisher. */
void publisher_flush(struct publisher *publisher, struct office *office,
                     struct moment *moment);

/* A tick: waits and the day's share are computed anew, and all boards, counters and
 * services are published. */
void publisher_tick(struct publisher *publisher, struct office *office,
                    struct moment *moment);

/* Publish the group's committed events as one message for integrations. */
void publisher_events(struct publisher *publisher, struct office *office, int64_t epoch);

#endif
