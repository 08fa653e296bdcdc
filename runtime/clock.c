/* Machine time and office time; see clock.h. */
#include "runtime/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <time.h>

/* Pace of a real clock that is ahead of the wall clock. */
#define SLOW_FACTOR  7
#define SLOW_DIVISOR 8

static int64_t read_ms(clockid_t id)
{
    struct timespec now;
    int result = clock_gettime(id, &now);
    assert(result == 0); /* both clocks exist on every Linux that we run on */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_machine_ms(void)
{
    return read_ms(CLOCK_BOOTTIME);
}

struct clock_sample clock_sample_now(void)
{
    return (struct clock_sample){.machine_ms = read_ms(CLOCK_BOOTTIME),
                                 .wall_ms = read_ms(CLOCK_REALTIME)};
}

enum status office_clock_init(struct office_clock *clock, enum clock_mode mode,
                              uint32_t factor, int64_t start_ms,
                              struct clock_sample sample, struct error *err)
{
    if (mode != CLOCK_REAL && mode != CLOCK_SCALED && mode != CLOCK_STEPPED) {
        return error_set(err, ERR_INVALID,
                         "the office clock is real, scaled or stepped, not '%s'",
                         mode < CLOCK_MODE_COUNT ? clock_mode_name(mode) : "?");
    }
    uint32_t factor_max = mode == CLOCK_SCALED ? CLOCK_FACTOR_MAX : 1;
    if (factor < 1 || factor > factor_max) {
        return error_set(err, ERR_INVALID,
                         "the factor of a %s clock is 1 to %u, not '%u'",
                         clock_mode_name(mode), factor_max, factor);
    }
    *clock = (struct office_clock){
        .mode = mode,
        .factor = factor,
        .base_machine_ms = sample.machine_ms,
        .base_office_ms = start_ms,
        .last_ms = start_ms,
        .last_machine_ms = sample.machine_ms,
        .jump_offset_ms = sample.wall_ms - sample.machine_ms,
    };
    return OK;
}

int64_t office_clock_at(struct office_clock *clock, struct clock_sample sample)
{
    int64_t office_ms = clock->base_office_ms;
    if (clock->mode == CLOCK_SCALED) {
        office_ms += (sample.machine_ms - clock->base_machine_ms) * clock->factor;
    }
    if (clock->mode == CLOCK_REAL) {
        office_ms = sample.wall_ms;
    }
    if (clock->mode == CLOCK_REAL && sample.wall_ms < clock->last_ms) {
        int64_t elapsed_ms = sample.machine_ms - clock->last_machine_ms;
        if (elapsed_ms < SLOW_DIVISOR) {
            return clock->last_ms; /* too short to divide; counted at the next look */
        }
        office_ms = clock->last_ms + elapsed_ms * SLOW_FACTOR / SLOW_DIVISOR;
    }
    if (office_ms > clock->last_ms) {
        clock->last_ms = office_ms;
    }
    clock->last_machine_ms = sample.machine_ms;
    return clock->last_ms;
}

enum status office_clock_step(struct office_clock *clock, uint32_t seconds,
                              struct error *err)
{
    if (clock->mode != CLOCK_STEPPED) {
        return error_set(err, ERR_REFUSED, "office time is %s and cannot be stepped",
                         clock_mode_name(clock->mode));
    }
    if (seconds < 1 || seconds > CLOCK_STEP_S_MAX) {
        return error_set(err, ERR_INVALID, "a step is 1 to %d seconds, not '%u'",
                         CLOCK_STEP_S_MAX, seconds);
    }
    clock->base_office_ms += (int64_t)seconds * 1000;
    return OK;
}

int64_t office_clock_reaches(const struct office_clock *clock, int64_t office_ms,
                             struct clock_sample sample)
{
    if (office_ms <= clock->last_ms) {
        return sample.machine_ms;
    }
    if (clock->mode == CLOCK_STEPPED) {
        return office_ms <= clock->base_office_ms ? sample.machine_ms : INT64_MAX;
    }
    if (clock->mode == CLOCK_REAL) {
        int64_t at_ms = sample.machine_ms + (office_ms - sample.wall_ms);
        /* Rounded up: a timer set to it must not wake before. */
        int64_t slow_at_ms =
            clock->last_machine_ms +
            ((office_ms - clock->last_ms) * SLOW_DIVISOR + SLOW_FACTOR - 1) / SLOW_FACTOR;
        bool is_ahead = sample.wall_ms < clock->last_ms;
        at_ms = is_ahead && slow_at_ms < at_ms ? slow_at_ms : at_ms;
        return at_ms > sample.machine_ms ? at_ms : sample.machine_ms;
    }
    int64_t office_wait_ms = office_ms - clock->base_office_ms;
    return clock->base_machine_ms + (office_wait_ms + clock->factor - 1) / clock->factor;
}

bool office_clock_jumped(struct office_clock *clock, struct clock_sample sample,
                         int64_t *ret_jump_ms)
{
    int64_t offset_ms = sample.wall_ms - sample.machine_ms;
    int64_t jump_ms = offset_ms - clock->jump_offset_ms;
    clock->jump_offset_ms = offset_ms;
    if (llabs(jump_ms) <= CLOCK_JUMP_MS) {
        return false;
    }
    *ret_jump_ms = jump_ms;
    return true;
}
