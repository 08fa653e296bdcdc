/* A time of today as people write it. For what is typed in a window or a command line. */
#ifndef GUICHET_RUNTIME_DAY_TIME_H
#define GUICHET_RUNTIME_DAY_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/zone.h"

/* Whether it is written as below. */
bool day_time_is_written(const char *text);

/* Read "9:05", "16:30", "16h30", "16 h", "930" or "1630": an hour of 0 to 23 with minutes
 * of two digits, of the local day of `now_ms` (office time). Of two such instants, where
 * the clocks change, the first; one that is skipped is moved on. False, and `*ret_ms` as
 * it was, for anything else. */
bool day_time_parse(const struct zone *zone, const char *text, int64_t now_ms,
                    int64_t *ret_ms);

#endif
