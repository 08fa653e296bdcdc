/* Writes what the visits of a replay would have been quoted, beside what came. */
#ifndef GUICHET_ADMIN_REPLAY_ESTIMATES_H
#define GUICHET_ADMIN_REPLAY_ESTIMATES_H

#include "admin/replay_log.h"
#include "core/error.h"

#define REPLAY_ESTIMATES_COLUMNS                                                         \
    "visit,ahead,open_counters,quoted_mean_s,quoted_p50_s,quoted_p80_s,quoted_p90_s,"    \
    "actual_wait_s"

/* One row a visit, in the order of the log. The quoted columns are empty where no counter
 * was open, the actual wait where the visit was never called. */
enum status replay_estimates_write(const struct replay_log *log, const char *path,
                                   struct error *err);

#endif
