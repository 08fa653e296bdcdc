/* The rule of a zone file's footer, which says when clocks change in all years to come:
 * "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX TZ with the extension of RFC 8536 3.3.1). */
#ifndef GUICHET_RUNTIME_ZONE_RULE_H
#define GUICHET_RUNTIME_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

/* One yearly change. */
struct zone_rule_day {
    char form;        /* 'M': month, week, weekday; 'J': day 1 to 365 without 29 February;
                         'D': day 0 to 365 */
    uint32_t month;   /* 1 to 12 */
    uint32_t week;    /* 1 to 5; 5 is the last */
    uint32_t weekday; /* 0 is Sunday, as POSIX counts */
    uint32_t day;
    int32_t time_s; /* local time of the change, -167 to 167 hours */
};

struct zone_rule {
    int32_t standard_offset_s; /* east of UTC */
    bool has_summer;
    int32_t summer_offset_s;
    struct zone_rule_day summer_start; /* in standard time */
    struct zone_rule_day summer_end;   /* in summer time */
};

/* Read a whole rule; false when it is none. */
bool zone_rule_parse(const char *text, struct zone_rule *ret_rule);

/* The offset at `at_s` (seconds of the Unix epoch, years 1 to 9999). */
int32_t zone_rule_offset(const struct zone_rule *rule, int64_t at_s);

#endif
