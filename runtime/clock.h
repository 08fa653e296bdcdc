/* The two clocks (DESIGN 3.8).
 *
 * Machine time: milliseconds since the machine started, sleep included; for time-outs,
 * ticks and staleness. Office time: Unix epoch milliseconds; for the journal, waits and
 * hours. The server has the office clock; devices follow its boards and ticks.
 *
 * Office time is real, scaled (a factor of machine time) or stepped (moved by command
 * alone), and never goes backwards. Nothing here reads the machine's clocks except
 * clock_machine_ms() and clock_sample_now(): the rest is given a sample, so tests and
 * simulations decide what time it is. */
#ifndef GUICHET_RUNTIME_CLOCK_H
#define GUICHET_RUNTIME_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/command.h"
#include "core/error.h"

/* Highest factor of a scaled clock: a day in a minute and a half. */
#define CLOCK_FACTOR_MAX 1000

/* A wall clock that moved by more than this against machine time was set by somebody. */
#define CLOCK_JUMP_MS 2000

/* Most seconds of one step. */
#define CLOCK_STEP_S_MAX 86400

/* CLOCK_BOOTTIME in milliseconds: monotonic, and goes on while the machine sleeps. */
int64_t clock_machine_ms(void);

/* Both clocks of the machine at one moment. */
struct clock_sample {
    int64_t machine_ms;
    int64_t wall_ms; /* CLOCK_REALTIME, Unix epoch */
};
struct clock_sample clock_sample_now(void);

/* The office clock. Its fields are private to clock.c; it owns nothing. */
struct office_clock {
    enum clock_mode mode;
    uint32_t factor;         /* office seconds per second of a scaled clock; else 1 */
    int64_t base_machine_ms; /* scaled: where `base_office_ms` belongs */
    int64_t base_office_ms;  /* scaled, stepped */
    int64_t last_ms;         /* newest office time given */
    int64_t last_machine_ms; /* when it was given */
    int64_t jump_offset_ms;  /* wall minus machine time at the last look for a jump */
};

/* Start at `sample`. `start_ms` is for CLOCK_REAL the time that office time may not be
 * before (the journal's last; 0 for a new journal), for CLOCK_SCALED and CLOCK_STEPPED
 * the office time at the start. `factor` 1 to CLOCK_FACTOR_MAX; 1 for modes other than
 * scaled. ERR_INVALID for CLOCK_REPLAY, whose times come from a recorded day, and for a
 * factor out of range. */
enum status office_clock_init(struct office_clock *clock, enum clock_mode mode,
                              uint32_t factor, int64_t start_ms,
                              struct clock_sample sample, struct error *err);

/* Office time at `sample`, never before one that was given. A real clock that is ahead,
 * because somebody set the wall clock back, runs at 7/8 of its pace until the wall clock
 * has caught up: waits stay nearly right and nothing that waits for a time hangs. */
int64_t office_clock_at(struct office_clock *clock, struct clock_sample sample);

/* Move a stepped clock on by 1 to CLOCK_STEP_S_MAX seconds. ERR_REFUSED for another
 * mode, ERR_INVALID for a number out of range. */
enum status office_clock_step(struct office_clock *clock, uint32_t seconds,
                              struct error *err);

/* The machine time at which office time reaches `office_ms`, to set a timer; never for a
 * stepped clock: INT64_MAX. */
int64_t office_clock_reaches(const struct office_clock *clock, int64_t office_ms,
                             struct clock_sample sample);

/* Whether the wall clock moved by more than CLOCK_JUMP_MS against machine time since the
 * last call (or the start); `*ret_jump_ms` is by how much then (negative: back). To be
 * asked at every tick. Slow drift below the limit is taken in silence. */
bool office_clock_jumped(struct office_clock *clock, struct clock_sample sample,
                         int64_t *ret_jump_ms);

#endif
