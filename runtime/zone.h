/* Local dates and times of a site's time zone. With runtime/instant the only place that
 * knows calendars: everything else keeps milliseconds of the Unix epoch (UTC).
 *
 * A zone is read from the system's zone files (RFC 8536) into memory of its own, so
 * several zones can be used side by side and from any thread. */
#ifndef GUICHET_RUNTIME_ZONE_H
#define GUICHET_RUNTIME_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "runtime/instant.h"

/* "09:42" with the final NUL. */
#define MINUTE_TEXT_BYTES 6

struct zone;

/* An instant as the wall clock of a place shows it. */
struct local_time {
    uint32_t date;          /* yyyymmdd */
    uint32_t weekday;       /* 0 is Monday */
    uint32_t minute_of_day; /* 0 to 1439 */
    uint32_t second;
    uint32_t millisecond;
    int32_t offset_s; /* east of UTC */
};

/* Read the zone with this IANA name ("Europe/Paris") from $TZDIR or
 * /usr/share/zoneinfo. The caller destroys it. ERR_NOT_FOUND when there is no such zone,
 * ERR_INVALID for what is not a name, ERR_CORRUPT for a file that is no zone: never UTC
 * instead. */
enum status zone_load(const char *name, struct zone **ret_zone, struct error *err);

/* Accepts NULL. */
void zone_destroy(struct zone *zone);

/* What the clock on the wall shows at `at_ms` (INSTANT_MIN_MS to INSTANT_MAX_MS). */
struct local_time zone_local(const struct zone *zone, int64_t at_ms);

/* Local date as yyyymmdd. */
uint32_t zone_date(const struct zone *zone, int64_t at_ms);

/* "09:42", 24 hours. */
void zone_minute_text(const struct zone *zone, int64_t at_ms,
                      char ret_text[MINUTE_TEXT_BYTES]);

/* The instants at which the local clock shows `date` (yyyymmdd) and `ms_of_day` (0 to
 * DAY_MS - 1): one; two, earlier first, in the hour that a change of clocks repeats; none
 * in the hour that it skips: returns 0, and `ret_ms[0]` is then the instant that the
 * clock would have shown without the change (02:30 skipped is 03:30). */
int zone_instants(const struct zone *zone, uint32_t date, int64_t ms_of_day,
                  int64_t ret_ms[2]);

/* The business day of `at_ms`: it changes when the local clock first shows
 * `day_change_minutes` (0 to 1439) after midnight, and never back. */
uint32_t zone_business_date(const struct zone *zone, int64_t at_ms,
                            uint32_t day_change_minutes);

#endif
