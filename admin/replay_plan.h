/* The order in which the recorded facts of a log are played.
 *
 * By business day, then time. At the same moment:
 *   1. visits end that came to their counter, or to the line, before this moment;
 *   2. counters close, 3. counters open;
 *   4. people arrive;
 *   5. visits that are called and end at this very moment are played through;
 *   6. the other calls and starts.
 * Among equals the order of the file decides. A counter whose service ends is thus free
 * before the next call, and who arrives stands behind nobody who has left. */
#ifndef GUICHET_ADMIN_REPLAY_PLAN_H
#define GUICHET_ADMIN_REPLAY_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "admin/replay_log.h"

enum replay_step_kind {
    STEP_CLOSE_COUNTER,
    STEP_OPEN_COUNTER,
    STEP_ARRIVE,
    STEP_CALL,
    STEP_START,
    STEP_END, /* finished, no-show, cancelled or abandoned, by the visit's outcome */
    STEP_KIND_COUNT
};

struct replay_step {
    uint32_t date;
    int64_t at_ms;
    uint32_t phase;
    enum replay_step_kind kind;
    size_t index; /* of the visit, or of the stretch */
};

/* All steps of the log, in order. The caller frees the array. */
enum status replay_plan_make(const struct replay_log *log, struct replay_step **ret_steps,
                             size_t *ret_count, struct error *err);

#endif
