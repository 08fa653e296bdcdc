/* Rounding and settling; see wait_range.h. */
#include "figures/wait_range.h"

#include <assert.h>

/* The first step is 5 minutes up to 30, and so on; the last goes on without end. */
static const struct {
    uint32_t below_min;
    uint32_t step_min;
} steps[] = {{30, 5}, {60, 10}, {UINT32_MAX, 15}};

static uint32_t step_from(uint32_t minutes)
{
    uint32_t i = 0;
    while (minutes >= steps[i].below_min) {
        i++;
    }
    return steps[i].step_min;
}

static uint32_t round_down(uint32_t seconds)
{
    uint32_t minutes = seconds / 60;
    return minutes - minutes % step_from(minutes);
}

/* The next limit that is at or above `seconds`. */
static uint32_t round_up(uint32_t seconds)
{
    uint32_t down = round_down(seconds);
    return down * 60 < seconds ? down + step_from(down) : down;
}

struct wait_range wait_range_of_quote(const struct quote *quote)
{
    if (!quote->is_given) {
        return (struct wait_range){0};
    }
    struct wait_range range = {.is_given = true, .low_min = round_down(quote->p50_s)};
    if (range.low_min >= WAIT_RANGE_MIN_MAX) {
        range.low_min = WAIT_RANGE_MIN_MAX;
        range.is_open_ended = true;
        return range;
    }
    range.high_min = round_up(quote->p90_s);
    if (range.high_min <= range.low_min) {
        range.high_min = range.low_min + step_from(range.low_min);
    }
    return range;
}

bool wait_range_equals(const struct wait_range *a, const struct wait_range *b)
{
    return a->is_given == b->is_given && a->is_open_ended == b->is_open_ended &&
           a->low_min == b->low_min && a->high_min == b->high_min;
}

/* Whether neither limit rises. An open end is above every limit. */
static bool is_shorter(const struct wait_range *newest, const struct wait_range *shown)
{
    uint32_t newest_high = newest->is_open_ended ? UINT32_MAX : newest->high_min;
    uint32_t shown_high = shown->is_open_ended ? UINT32_MAX : shown->high_min;
    return newest->low_min <= shown->low_min && newest_high <= shown_high;
}

struct wait_range wait_range_settle(struct wait_range_shown *shown,
                                    struct wait_range newest)
{
    bool is_same = shown->has_range && wait_range_equals(&shown->range, &newest);
    bool at_once = !shown->has_range || newest.is_given != shown->range.is_given ||
                   is_shorter(&newest, &shown->range);
    if (is_same || at_once || shown->has_differed) {
        shown->range = newest;
        shown->has_range = true;
        shown->has_differed = false;
    } else {
        shown->has_differed = true;
    }
    return shown->range;
}
