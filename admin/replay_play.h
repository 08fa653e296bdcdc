/* Plays a checked log through the real queue into a real journal, with the log's own
 * times; quotes to each visit on arrival what the estimator knows by then. */
#ifndef GUICHET_ADMIN_REPLAY_PLAY_H
#define GUICHET_ADMIN_REPLAY_PLAY_H

#include <stddef.h>
#include <stdint.h>

#include "admin/replay_log.h"
#include "core/error.h"
#include "core/site.h"

struct replay_summary {
    size_t day_count;
    uint32_t first_date;
    uint32_t last_date;
    int64_t event_count;
};

/* Play `log`, in which nothing is wrong, into a new journal at `journal_path`. The visits
 * get their tickets and quotes. What the queue itself refuses (a limit) becomes a fault,
 * and ERR_REFUSED is returned. */
enum status replay_play(struct replay_log *log, const struct site *site,
                        const char *journal_path, struct replay_faults *faults,
                        struct replay_summary *ret_summary, struct error *err);

#endif
