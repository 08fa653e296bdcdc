/* Remembers the calls of each hall, so that every board can carry all that a screen that
 * was away for a minute must still show and sound. */
#ifndef GUICHET_SERVER_ANNOUNCEMENTS_H
#define GUICHET_SERVER_ANNOUNCEMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/event.h"
#include "core/queue.h"

/* A board carries all calls of the last minute: at least 16, at most 128. */
#define ANNOUNCEMENTS_MIN   16
#define ANNOUNCEMENTS_MAX   128
#define ANNOUNCED_WITHIN_MS 60000

struct announcement {
    int64_t call; /* seq of the event; rises within and across days */
    bool is_recall;
    uint32_t ticket; /* ordinal */
    uint32_t counter;
    int64_t machine_ms; /* when it was committed */
};

/* The calls of one hall, oldest first, in a ring. */
struct hall_calls {
    uint32_t first;
    uint32_t count;
    struct announcement ring[ANNOUNCEMENTS_MAX];
};

struct announcements {
    struct hall_calls halls[HALLS_MAX];
};

/* Forget everything: a new business day, or the start of a replay. */
void announcements_clear(struct announcements *announcements);

/* Take note of a committed event at machine time `machine_ms`; `queue` is the state after
 * it. Calls and recalls are added, the oldest is dropped from a full ring; a press that
 * was taken back takes its call off again; the opening of a day or another site clears
 * all. */
void announcements_note(struct announcements *announcements, const struct queue *queue,
                        const struct event *event, int64_t machine_ms);

/* Visit the calls of `hall` that a board carries at `machine_ms`, oldest first: those of
 * the last ANNOUNCED_WITHIN_MS and in any case the last ANNOUNCEMENTS_MIN. Writes
 * pointers into the ring, valid until the next change; returns their number. */
size_t announcements_current(const struct announcements *announcements, uint32_t hall,
                             int64_t machine_ms,
                             const struct announcement *ret_calls[ANNOUNCEMENTS_MAX]);

#endif
