/* Who is on duty in a simulated hall. Where more counters are open than shall be, free
 * ones go at once, the last of the group first; then whichever finishes its visit first.
 */
#include "figures/simulated_hall_state.h"

#include <assert.h>

static enum counter_state state_of(const struct simulated_hall *hall, uint32_t counter)
{
    return queue_counter(hall->queue, counter)->state;
}

static uint32_t paused_count(const struct simulated_hall *hall, uint32_t group)
{
    const struct load_group *place = &hall->load->groups[group];
    uint32_t count = 0;
    for (uint32_t i = 0; i < place->counter_count; i++) {
        count += state_of(hall, place->counters[i]) == COUNTER_PAUSED ? 1U : 0U;
    }
    return count;
}

bool hall_is_surplus(const struct simulated_hall *hall, uint32_t counter)
{
    uint32_t group = hall->group_of[counter];
    assert(group < hall->load->group_count);
    struct load_duty duty = hall->duty[group];
    return hall->open_count[group] > duty.staff - duty.on_break;
}

enum status hall_leave_duty(struct simulated_hall *hall, uint32_t counter)
{
    uint32_t group = hall->group_of[counter];
    assert(hall->open_count[group] > 0);
    hall->open_count[group]--;
    hall->open_ms[group] +=
        simulated_hall_counted_ms(hall, hall->opened_at_ms[counter], hall->now_ms);
    bool is_break = paused_count(hall, group) < hall->duty[group].on_break;
    return hall_press(hall, is_break ? VERB_PAUSE : VERB_CLOSE, counter);
}

/* Whoever comes to a closed counter signs in where the site or the group wants it. */
static enum status open_counter(struct simulated_hall *hall, uint32_t counter)
{
    uint32_t profile = hall->load->groups[hall->group_of[counter]].profile;
    if (state_of(hall, counter) != COUNTER_CLOSED ||
        (profile == 0 && !hall->site->sign_in)) {
        return hall_press(hall, VERB_OPEN, counter);
    }
    struct command command = hall_command(VERB_SIGN_IN);
    command.counter = counter;
    command.agent = counter + 1; /* never 0; each agent has a counter */
    command.profile = profile;
    return hall_run(hall, &command);
}

/* Open up to `missing` counters of the group: first those on a break, in order. */
static enum status bring(struct simulated_hall *hall, uint32_t group, uint32_t missing)
{
    static const enum counter_state sources[] = {COUNTER_PAUSED, COUNTER_CLOSED};
    const struct load_group *place = &hall->load->groups[group];
    for (uint32_t i = 0; i < 2 * place->counter_count && missing > 0; i++) {
        uint32_t counter = place->counters[i % place->counter_count];
        if (state_of(hall, counter) != sources[i / place->counter_count]) {
            continue;
        }
        enum status status = open_counter(hall, counter);
        hall->opened_at_ms[counter] = hall->now_ms;
        hall->open_count[group]++;
        if (status == OK) {
            status = hall_call_next(hall, counter);
        }
        if (status != OK) {
            return status;
        }
        missing--;
    }
    return OK;
}

/* Free counters go as far as there are too many; the others when they have finished. */
static enum status release(struct simulated_hall *hall, uint32_t group)
{
    const struct load_group *place = &hall->load->groups[group];
    for (uint32_t i = place->counter_count; i > 0; i--) {
        uint32_t counter = place->counters[i - 1];
        if (hall_is_surplus(hall, counter) && state_of(hall, counter) == COUNTER_FREE &&
            hall->wrapping_from_ms[counter] == 0) {
            enum status status = hall_leave_duty(hall, counter);
            if (status != OK) {
                return status;
            }
        }
    }
    return OK;
}

/* Breaks are over for counters that are not wanted again: they close. */
static enum status close_paused(struct simulated_hall *hall, uint32_t group,
                                uint32_t on_break)
{
    const struct load_group *place = &hall->load->groups[group];
    uint32_t paused = paused_count(hall, group);
    for (uint32_t i = place->counter_count; i > 0 && paused > on_break; i--) {
        uint32_t counter = place->counters[i - 1];
        if (state_of(hall, counter) != COUNTER_PAUSED) {
            continue;
        }
        enum status status = hall_press(hall, VERB_CLOSE, counter);
        if (status != OK) {
            return status;
        }
        paused--;
    }
    return OK;
}

enum status hall_settle_duty(struct simulated_hall *hall)
{
    int64_t minute = (hall->now_ms - hall->midnight_ms) / 60000;
    assert(minute >= 0 && minute <= UINT32_MAX);
    hall->is_sending_away = hall->load->sends_away && hall->now_ms >= hall->span.to_ms;
    enum status status = OK;
    for (uint32_t i = 0; i < hall->load->group_count && status == OK; i++) {
        struct load_duty duty = {0};
        if (!hall->is_sending_away) {
            duty = load_duty_at(hall->load, i, (uint32_t)minute);
        }
        if (duty.staff > hall->staff_max[i]) {
            duty.staff = hall->staff_max[i];
            duty.on_break = duty.on_break < duty.staff ? duty.on_break : duty.staff;
        }
        hall->duty[i] = duty;
        uint32_t wanted = duty.staff - duty.on_break;
        if (hall->open_count[i] < wanted) {
            status = bring(hall, i, wanted - hall->open_count[i]);
        } else {
            status = release(hall, i);
        }
        if (status == OK) {
            status = close_paused(hall, i, duty.on_break);
        }
    }
    return status;
}
