/* A stage made of the queue alone: it does what the server does around the queue (opens
 * and closes the business day and the services by the clock on the wall, keeps the events
 * as a journal) without a broker, a disk or a clock. What its expectations look at. */
#ifndef GUICHET_TESTS_SCENARIO_QUEUE_STAGE_H
#define GUICHET_TESTS_SCENARIO_QUEUE_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/queue.h"
#include "stage.h"

/* What a device would have as its last reply. */
struct stage_reply {
    enum status status;
    enum refusal refusal;
    uint32_t ticket; /* ordinal that the reply names, or TICKET_NONE */
    uint32_t ahead;  /* people ahead of the ticket when it was taken */
};

const struct queue *stage_queue(const struct stage *stage);
int64_t stage_now_ms(const struct stage *stage);
struct stage_reply stage_reply(const struct stage *stage);

/* One entry of the board's list of announcements. */
struct announcement {
    uint32_t ticket;
    uint32_t counter;
    bool is_recall;
};

/* The newest `count_max` announcements of the last 60 s, oldest first; returns how many.
 */
size_t stage_announcements(const struct stage *stage, size_t count_max,
                           struct announcement *ret_announcements);

#endif
