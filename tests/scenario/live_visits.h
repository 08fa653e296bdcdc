/* The visits of a real office's business day, as its report has them: guichet-report is
 * run on the journal beside the server. */
#ifndef GUICHET_TESTS_SCENARIO_LIVE_VISITS_H
#define GUICHET_TESTS_SCENARIO_LIVE_VISITS_H

#include <stddef.h>
#include <stdint.h>

#include "../server/office_support.h"
#include "core/limits.h"

/* Tickets of one day that a scenario may have. */
#define VISITS_MAX 1024

#define OUTCOME_BYTES 24

/* One row of the report's table of visits. Times in ms of the Unix epoch; 0: not yet. */
struct visit {
    char ticket[LABEL_LENGTH_MAX + 1];
    char counter[ID_LENGTH_MAX + 1]; /* that called last; empty: none */
    char outcome[OUTCOME_BYTES];
    char topic[ID_LENGTH_MAX + 1]; /* of its present leg; empty: not said */
    int64_t taken_at_ms;
    int64_t called_at_ms;
    int64_t started_at_ms;
    int64_t ended_at_ms;
    uint32_t call_count;
};

struct visits {
    size_t count;
    struct visit visits[VISITS_MAX];
};

/* Read the visits of the last business day, open or closed. A report that cannot be made
 * or read ends the test. */
void visits_read(const struct test_office *office, struct visits *ret_visits);

/* NULL when the day has no such ticket. */
const struct visit *visits_find(const struct visits *visits, const char *ticket);

#endif
