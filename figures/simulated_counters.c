/* What the counters of a simulated hall do: call, serve, send on, tidy up. Whom they call
 * is the queue's to choose. */
#include "figures/simulated_hall_state.h"

#include <assert.h>
#include <stdlib.h>

/* ---- Which free counter calls ---- */

static bool can_call(const struct simulated_hall *hall, uint32_t counter,
                     uint32_t service)
{
    return queue_counter(hall->queue, counter)->state == COUNTER_FREE &&
           hall->wrapping_from_ms[counter] == 0 &&
           (queue_counter_services(hall->queue, counter) >> service & 1U) != 0;
}

uint32_t hall_free_counter(struct simulated_hall *hall, uint32_t entry)
{
    const struct load_service *service = &hall->load->services[entry];
    uint32_t best = SITE_NONE;
    uint32_t free_count = 0;
    for (uint32_t i = 0; i < service->group_count; i++) {
        const struct load_group *group = &hall->load->groups[service->group_order[i]];
        for (uint32_t j = 0; j < group->counter_count; j++) {
            uint32_t counter = group->counters[j];
            if (!can_call(hall, counter, service->service)) {
                continue;
            }
            free_count++;
            bool is_better =
                best == SITE_NONE || queue_counter(hall->queue, counter)->since_ms <
                                         queue_counter(hall->queue, best)->since_ms;
            if (service->choice == CHOICE_RANDOM) {
                /* The k-th free one takes the place of those before it in 1 of k. */
                struct random *random = hall_stream(hall, entry, PURPOSE_CHOICE);
                is_better = random_uniform(random) * (double)free_count < 1.0;
            }
            best = is_better ? counter : best;
        }
        if (best != SITE_NONE && service->choice == CHOICE_FIRST_GROUP) {
            return best;
        }
    }
    return best;
}

/* ---- Calling and serving ---- */

static bool somebody_waits(const struct simulated_hall *hall, uint32_t counter)
{
    uint64_t services = queue_counter_services(hall->queue, counter);
    for (uint32_t i = 0; i < hall->site->service_count; i++) {
        if ((services >> i & 1U) != 0 && queue_waiting_count(hall->queue, i) > 0) {
            return true;
        }
    }
    return false;
}

enum status hall_start(struct simulated_hall *hall, uint32_t counter)
{
    uint32_t ordinal = queue_counter(hall->queue, counter)->ticket;
    const struct simulated_visit *visit = &hall->visits[ordinal];
    const struct load_service *service = &hall->load->services[visit->entry];
    const struct law *law = &service->service_in_group[hall->group_of[counter]];
    law = law->kind == LAW_NONE ? &service->service_in_period[visit->period] : law;
    law = law->kind == LAW_NONE ? &service->service_time : law;
    struct random random = random_stream(visit->service_key);
    int64_t length_ms = law_draw_ms(law, &random);
    enum status status = hall_press(hall, VERB_START, counter);
    return status == OK
               ? hall_plan(hall, hall->now_ms + length_ms, MOMENT_FINISH, counter)
               : status;
}

static uint32_t calls_wanted(const struct simulated_hall *hall,
                             const struct load_service *service)
{
    uint32_t calls = hall->site->services[service->service].calls_before_no_show;
    return calls > 0 ? calls : 1;
}

/* How long a counter waits after each call of somebody who does not come: `no_show_s` in
 * equal parts, unless the site wants more between two calls. */
static int64_t call_ms(const struct simulated_hall *hall,
                       const struct load_service *service)
{
    uint32_t calls = calls_wanted(hall, service);
    int64_t part_ms = (int64_t)service->no_show_s * 1000 / calls;
    int64_t gap_ms = (int64_t)hall->site->services[service->service].call_gap_s * 1000;
    return calls > 1 && gap_ms > part_ms ? gap_ms : part_ms;
}

enum status hall_give_up(struct simulated_hall *hall, uint32_t counter)
{
    uint32_t ordinal = queue_counter(hall->queue, counter)->ticket;
    const struct load_service *service =
        &hall->load->services[hall->visits[ordinal].entry];
    if (queue_ticket(hall->queue, ordinal)->call_count >= calls_wanted(hall, service)) {
        return hall_end(hall, VERB_NO_SHOW, counter);
    }
    enum status status = hall_press(hall, VERB_RECALL, counter);
    return status == OK ? hall_plan(hall, hall->now_ms + call_ms(hall, service),
                                    MOMENT_NO_SHOW, counter)
                        : status;
}

/* A person who left unseen, or does not come, costs the counter its time. */
enum status hall_call_next(struct simulated_hall *hall, uint32_t counter)
{
    bool is_wrapping_up =
        queue_counter(hall->queue, counter)->state == COUNTER_WRAPPING_UP;
    if (!is_wrapping_up && !somebody_waits(hall, counter)) {
        return OK;
    }
    enum status status = hall_press(hall, VERB_CALL_NEXT, counter);
    if (hall->refusal == REFUSAL_LEFT_TO_OTHERS) {
        return OK;
    }
    uint32_t ordinal = queue_counter(hall->queue, counter)->ticket;
    if (status != OK || ordinal == TICKET_NONE) {
        return status;
    }
    const struct simulated_visit *visit = &hall->visits[ordinal];
    const struct load_service *service = &hall->load->services[visit->entry];
    int64_t wait_ms = hall->now_ms - visit->joined_ms;
    if (!visit->comes || wait_ms > visit->patience_ms) {
        return hall_plan(hall, hall->now_ms + call_ms(hall, service), MOMENT_NO_SHOW,
                         counter);
    }
    if (service->walk_s > 0) {
        return hall_plan(hall, hall->now_ms + (int64_t)service->walk_s * 1000,
                         MOMENT_START, counter);
    }
    return hall_start(hall, counter);
}

enum status hall_offer(struct simulated_hall *hall, uint32_t ordinal)
{
    const struct load_service *service =
        &hall->load->services[hall->visits[ordinal].entry];
    enum status status = OK;
    for (uint32_t i = 0; i < service->group_count && status == OK; i++) {
        const struct load_group *group = &hall->load->groups[service->group_order[i]];
        for (uint32_t j = 0; j < group->counter_count && status == OK; j++) {
            bool waits = queue_ticket(hall->queue, ordinal)->state == TICKET_WAITING;
            if (waits && can_call(hall, group->counters[j], service->service)) {
                status = hall_call_next(hall, group->counters[j]);
            }
        }
    }
    return status;
}

/* ---- Going on to another service ---- */

/* The service of the load that the person goes on to, or SITE_NONE. */
static uint32_t next_entry(const struct simulated_hall *hall,
                           const struct simulated_visit *visit)
{
    const struct load *load = hall->load;
    const struct load_service *service = &load->services[visit->entry];
    struct random random = random_stream(visit->route_key);
    double percent = 100.0 * random_uniform(&random);
    for (uint32_t i = 0; i < load->service_count && visit->leg < LOAD_LEGS_MAX; i++) {
        double share = service->next_percent[load->services[i].service];
        if (percent < share) {
            return i;
        }
        percent -= share;
    }
    return SITE_NONE;
}

static enum status keep_leg(struct simulated_hall *hall, uint32_t ordinal)
{
    if (hall->leg_count == hall->leg_capacity) {
        size_t capacity = hall->leg_capacity > 0 ? 2 * hall->leg_capacity : 256;
        struct simulated_leg *legs =
            realloc(hall->legs, capacity * sizeof(hall->legs[0]));
        if (!legs) {
            return error_set(hall->err, ERR_LIMIT, "out of memory for the day");
        }
        hall->legs = legs;
        hall->leg_capacity = capacity;
    }
    const struct ticket *ticket = queue_ticket(hall->queue, ordinal);
    const struct simulated_visit *visit = &hall->visits[ordinal];
    hall->legs[hall->leg_count] =
        (struct simulated_leg){.entry = visit->entry,
                               .period = visit->period,
                               .class_index = visit->class_index,
                               .counter = ticket->counter,
                               .state = TICKET_SERVED,
                               .joined_ms = visit->joined_ms,
                               .wait_end_ms = ticket->called_at_ms,
                               .ended_ms = hall->now_ms};
    hall->leg_count++;
    return OK;
}

/* The person at the counter goes on to the load's service `entry` and waits for it. */
static enum status send_on(struct simulated_hall *hall, uint32_t counter, uint32_t entry)
{
    uint32_t ordinal = queue_counter(hall->queue, counter)->ticket;
    const struct load_service *service = &hall->load->services[entry];
    enum status status = keep_leg(hall, ordinal);
    struct command command = hall_command(VERB_TRANSFER);
    command.counter = counter;
    command.to_counter = SITE_NONE;
    command.service = service->service;
    if (status == OK) {
        status = hall_run(hall, &command);
    }
    struct simulated_visit *visit = &hall->visits[ordinal];
    struct random no_show = random_stream(random_key(visit->route_key, PART_NO_SHOW));
    uint64_t patience_key = random_key(visit->route_key, PART_PATIENCE);
    int64_t minute = (hall->now_ms - hall->midnight_ms) / 60000;
    visit->entry = entry;
    visit->period = load_period_at(hall->load, (double)minute);
    visit->leg++;
    visit->joined_ms = hall->now_ms;
    visit->service_key = random_key(visit->route_key, PART_SERVICE);
    visit->comes = 100.0 * random_uniform(&no_show) >= service->no_show_percent;
    visit->route_key = random_key(visit->route_key, PART_ROUTE);
    hall_draw_patience(hall, visit, patience_key);
    return status;
}

/* ---- The end of a visit at the counter ---- */

/* The counter is done with whoever was there. */
static enum status go_on(struct simulated_hall *hall, uint32_t counter)
{
    return hall_is_surplus(hall, counter) ? hall_leave_duty(hall, counter)
                                          : hall_call_next(hall, counter);
}

enum status hall_end_wrap_up(struct simulated_hall *hall, uint32_t counter)
{
    assert(hall->wrapping_count > 0 && hall->wrapping_from_ms[counter] != 0);
    hall->wrap_up_ms[hall->group_of[counter]] +=
        simulated_hall_counted_ms(hall, hall->wrapping_from_ms[counter], hall->now_ms);
    hall->wrapping_from_ms[counter] = 0;
    hall->wrapping_count--;
    return go_on(hall, counter);
}

/* What is left to do when the person has gone, in milliseconds. */
static int64_t wrap_up_ms(const struct simulated_hall *hall,
                          const struct simulated_visit *visit)
{
    const struct law *law = &hall->load->services[visit->entry].wrap_up;
    struct random random = random_stream(random_key(visit->service_key, PART_WRAP_UP));
    return law->kind == LAW_NONE ? 0 : law_draw_ms(law, &random);
}

/* What the service was about, where the site wants it said: the first topic there is. */
static enum status say_topic(struct simulated_hall *hall, uint32_t counter,
                             uint32_t service)
{
    const struct site *site = hall->site;
    struct command command = hall_command(VERB_NOTE);
    command.counter = counter;
    if (site->services[service].topic_rule != TOPICS_REQUIRED) {
        return OK;
    }
    for (uint32_t i = 0; i < site->topic_count; i++) {
        if ((site->topics[i].services >> service & 1U) != 0) {
            command.matter.topic = i + 1;
            return hall_run(hall, &command);
        }
    }
    return OK;
}

enum status hall_end(struct simulated_hall *hall, enum verb verb, uint32_t counter)
{
    uint32_t ordinal = queue_counter(hall->queue, counter)->ticket;
    const struct simulated_visit *visit = &hall->visits[ordinal];
    bool is_served = verb == VERB_FINISH;
    int64_t after_ms = is_served ? wrap_up_ms(hall, visit) : 0;
    uint32_t entry = is_served ? next_entry(hall, visit) : SITE_NONE;
    enum status status = OK;
    if (is_served) {
        status = say_topic(hall, counter, hall->load->services[visit->entry].service);
    }
    if (status != OK) {
        return status;
    }
    if (entry == SITE_NONE) {
        assert(hall->present_count > 0);
        hall->present_count--;
        status = hall_press(hall, verb, counter);
    } else {
        status = send_on(hall, counter, entry);
    }
    if (status == OK && after_ms > 0) {
        hall->wrapping_from_ms[counter] = hall->now_ms;
        hall->wrapping_count++;
        status = hall_plan(hall, hall->now_ms + after_ms, MOMENT_WRAPPED_UP, counter);
    } else if (status == OK) {
        status = go_on(hall, counter);
    }
    /* Whoever was sent on waits like a newcomer: a free counter calls. */
    if (status != OK || entry == SITE_NONE ||
        queue_ticket(hall->queue, ordinal)->state != TICKET_WAITING) {
        return status;
    }
    uint32_t caller = hall_free_counter(hall, entry);
    if (caller != SITE_NONE) {
        status = hall_call_next(hall, caller);
    }
    return status == OK ? hall_plan_leaving(hall, ordinal) : status;
}
