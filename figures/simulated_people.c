/* Who comes to a simulated hall, and who leaves it. Every number that a person needs is
 * drawn on arrival from a stream of its service and purpose, one each, whatever happens
 * to others. */
#include "figures/simulated_hall_state.h"

#include <assert.h>
#include <math.h>

/* ---- By rates ---- */

static double draw_factor(struct random *random, double shape)
{
    return shape > 0.0 ? random_gamma(random, shape) / shape : 1.0;
}

/* A gap of mean 1. */
static double draw_gap(struct simulated_hall *hall, uint32_t entry)
{
    const struct law *gaps = &hall->load->services[entry].gaps;
    struct random *random = hall_stream(hall, entry, PURPOSE_ARRIVAL);
    return gaps->kind == LAW_NONE ? random_exponential(random)
                                  : law_draw_s(gaps, random) / gaps->mean_s;
}

/* Plan the next arrival of the service: the process of the whole day is one of rate 1 on
 * a clock that runs as fast as people come, so that other rates stretch the same day. */
static enum status plan_arrival(struct simulated_hall *hall, uint32_t entry)
{
    const struct load *load = hall->load;
    struct arrivals *arrivals = &hall->arrivals[entry];
    double left = draw_gap(hall, entry);
    while (arrivals->period < load->period_count) {
        const struct load_period *period = &load->periods[arrivals->period];
        double per_minute =
            hall->day_factor * hall->period_factor[entry][arrivals->period] *
            load->services[entry].arrivals_per_hour[arrivals->period] / 60.0;
        double to_come = ((double)period->to_minute - arrivals->minute) * per_minute;
        if (left < to_come) {
            arrivals->minute += left / per_minute;
            int64_t at_ms = hall->midnight_ms + (int64_t)(arrivals->minute * 60000.0);
            int64_t end_ms = hall->midnight_ms + (int64_t)period->to_minute * 60000;
            return hall_plan(hall, at_ms < end_ms ? at_ms : end_ms - 1, MOMENT_ARRIVAL,
                             entry);
        }
        left -= to_come;
        arrivals->minute = (double)period->to_minute;
        arrivals->period++;
    }
    return OK;
}

/* ---- Who are expected ---- */

/* Plan everybody of the list who comes, with how late. Who is early waits at the door
 * until the day begins; who comes after its end finds nobody and is turned away. */
static enum status plan_expected(struct simulated_hall *hall, uint32_t entry)
{
    const struct load_service *service = &hall->load->services[entry];
    struct random *stream = hall_stream(hall, entry, PURPOSE_EXPECTED);
    enum status status = OK;
    for (size_t i = 0; i < service->times.count && status == OK; i++) {
        struct random person = random_stream(random_bits(stream));
        bool is_absent = 100.0 * random_uniform(&person) < service->absent_percent;
        double late_s =
            service->late.kind == LAW_NONE ? 0.0 : law_draw_s(&service->late, &person);
        int64_t at_ms =
            hall->midnight_ms + (int64_t)((service->times.numbers[i] + late_s) * 1000.0);
        at_ms = at_ms > hall->span.from_ms ? at_ms : hall->span.from_ms;
        if (!is_absent && at_ms < hall->span.to_ms) {
            status = hall_plan(hall, at_ms, MOMENT_EXPECTED, entry);
        } else if (!is_absent) {
            hall->turned_away[entry][hall->load->period_count - 1]++;
        }
    }
    return status;
}

enum status hall_begin_arrivals(struct simulated_hall *hall)
{
    const struct load *load = hall->load;
    enum status status = OK;
    for (uint32_t i = 0; i < load->service_count && status == OK; i++) {
        for (uint32_t j = 0; j < load->period_count; j++) {
            hall->period_factor[i][j] =
                draw_factor(hall_stream(hall, i, PURPOSE_PERIOD_FACTOR),
                            load->services[i].period_factor_shape[j]);
            hall->turned_away[i][j] = 0;
        }
        status = plan_arrival(hall, i);
        if (status == OK) {
            status = plan_expected(hall, i);
        }
    }
    return status;
}

/* ---- One person ---- */

static uint32_t draw_class(struct simulated_hall *hall, uint32_t entry)
{
    const struct load_service *service = &hall->load->services[entry];
    double percent = 100.0 * random_uniform(hall_stream(hall, entry, PURPOSE_CLASS));
    for (uint32_t i = 1; i < hall->site->class_count; i++) {
        if (percent < service->class_percent[i]) {
            return i;
        }
        percent -= service->class_percent[i];
    }
    return 0;
}

void hall_draw_patience(const struct simulated_hall *hall, struct simulated_visit *visit,
                        uint64_t patience_key)
{
    const struct load_service *service = &hall->load->services[visit->entry];
    struct random patience = random_stream(patience_key);
    visit->patience_ms = INT64_MAX;
    if (100.0 * random_uniform(&patience) < service->leave_at_once_percent) {
        visit->patience_ms = 0;
        return;
    }
    const struct law *law = &service->patience_in_period[visit->period];
    law = law->kind == LAW_NONE ? &service->patience : law;
    if (law->kind != LAW_NONE) {
        visit->patience_ms = law_draw_ms(law, &patience);
    }
}

/* One number of each stream makes a visit, however many its laws need. */
static struct simulated_visit draw_visit(struct simulated_hall *hall, uint32_t entry,
                                         uint32_t period)
{
    const struct load_service *service = &hall->load->services[entry];
    struct simulated_visit visit = {
        .entry = entry,
        .period = period,
        .class_index = draw_class(hall, entry),
        .service_key = random_bits(hall_stream(hall, entry, PURPOSE_SERVICE)),
        .route_key = random_bits(hall_stream(hall, entry, PURPOSE_ROUTE)),
    };
    double no_show = random_uniform(hall_stream(hall, entry, PURPOSE_NO_SHOW));
    visit.comes = 100.0 * no_show >= service->no_show_percent;
    visit.turn_back = 100.0 * random_uniform(hall_stream(hall, entry, PURPOSE_TURN_BACK));
    hall_draw_patience(hall, &visit,
                       random_bits(hall_stream(hall, entry, PURPOSE_PATIENCE)));
    return visit;
}

static bool is_full(uint32_t limit, uint32_t count)
{
    return limit > 0 && count >= limit - 1;
}

/* Whether the person turns back at the sight of those who wait for the service. */
static bool turns_back(const struct simulated_hall *hall,
                       const struct simulated_visit *visit)
{
    const struct load_service *service = &hall->load->services[visit->entry];
    const struct load_list *shares = &service->turn_back;
    if (shares->count == 0) {
        return false;
    }
    size_t waiting = queue_waiting_count(hall->queue, service->service);
    size_t last = shares->count - 1;
    return visit->turn_back < shares->numbers[waiting < last ? waiting : last];
}

/* Whether there is no place for somebody who would be called by `counter` (SITE_NONE:
 * would wait). */
static bool finds_no_place(const struct simulated_hall *hall, uint32_t entry,
                           uint32_t counter)
{
    const struct load *load = hall->load;
    const struct load_service *service = &load->services[entry];
    if (is_full(load->people_limit, hall->present_count)) {
        return true;
    }
    if (counter != SITE_NONE) {
        return false;
    }
    if (is_full(service->waiting_limit,
                queue_waiting_count(hall->queue, service->service))) {
        return true;
    }
    uint32_t waiting = 0;
    for (uint32_t i = 0; i < load->service_count && load->waiting_limit > 0; i++) {
        waiting += queue_waiting_count(hall->queue, load->services[i].service);
    }
    return is_full(load->waiting_limit, waiting);
}

enum status hall_plan_leaving(struct simulated_hall *hall, uint32_t ordinal)
{
    int64_t patience_ms = hall->visits[ordinal].patience_ms;
    int64_t left_ms = (int64_t)hall->site->best_first_s * 1000;
    if (left_ms > 0 && queue_ticket(hall->queue, ordinal)->state == TICKET_WAITING) {
        /* Left to the best counters; a free one that is not may call later. */
        enum status status = hall_offer(hall, ordinal);
        if (status == OK) {
            status = hall_plan(hall, hall->now_ms + left_ms + 1, MOMENT_OFFERED, ordinal);
        }
        if (status != OK) {
            return status;
        }
    }
    bool will_leave = hall->load->leavers_are_seen && patience_ms != INT64_MAX &&
                      queue_ticket(hall->queue, ordinal)->state == TICKET_WAITING;
    return will_leave
               ? hall_plan(hall, hall->now_ms + patience_ms, MOMENT_LEAVING, ordinal)
               : OK;
}

static enum status enter(struct simulated_hall *hall, const struct simulated_visit *visit)
{
    uint32_t counter = hall_free_counter(hall, visit->entry);
    if (finds_no_place(hall, visit->entry, counter) ||
        (counter == SITE_NONE && turns_back(hall, visit))) {
        hall->turned_away[visit->entry][visit->period]++;
        return OK;
    }
    struct command command = hall_command(VERB_TAKE);
    command.service = hall->load->services[visit->entry].service;
    command.class_index = visit->class_index;
    enum status status = hall_run(hall, &command);
    if (hall->refusal == REFUSAL_QUOTA_REACHED) {
        hall->turned_away[visit->entry][visit->period]++;
        return OK;
    }
    if (status != OK) {
        return status;
    }
    uint32_t ordinal = queue_ticket_count(hall->queue);
    assert(ordinal <= TICKETS_PER_DAY_MAX);
    hall->visits[ordinal] = *visit;
    hall->visits[ordinal].joined_ms = hall->now_ms;
    hall->present_count++;
    if (counter != SITE_NONE) {
        status = hall_call_next(hall, counter);
    }
    return status == OK ? hall_plan_leaving(hall, ordinal) : status;
}

enum status hall_arrive(struct simulated_hall *hall, uint32_t entry)
{
    const struct law *together = &hall->load->services[entry].together;
    double count = 1.0;
    if (together->kind != LAW_NONE) {
        count = round(law_draw_s(together, hall_stream(hall, entry, PURPOSE_TOGETHER)));
    }
    enum status status = OK;
    do { /* at least one */
        struct simulated_visit visit =
            draw_visit(hall, entry, hall->arrivals[entry].period);
        status = enter(hall, &visit);
        count -= 1.0;
    } while (status == OK && count > 0.5);
    return status == OK ? plan_arrival(hall, entry) : status;
}

static uint32_t present_period(const struct simulated_hall *hall)
{
    return load_period_at(hall->load,
                          (double)(hall->now_ms - hall->midnight_ms) / 60000.0);
}

enum status hall_arrive_expected(struct simulated_hall *hall, uint32_t entry)
{
    struct simulated_visit visit = draw_visit(hall, entry, present_period(hall));
    return enter(hall, &visit);
}

/* The same person with the same patience and the same service to be done. */
enum status hall_come_back(struct simulated_hall *hall, uint32_t ordinal)
{
    struct simulated_visit visit = hall->visits[ordinal];
    visit.period = present_period(hall);
    visit.route_key = random_key(visit.route_key, PART_COME_BACK);
    return hall->now_ms < hall->span.to_ms ? enter(hall, &visit) : OK;
}

enum status hall_leave(struct simulated_hall *hall, uint32_t ordinal)
{
    const struct simulated_visit *visit = &hall->visits[ordinal];
    const struct load_service *service = &hall->load->services[visit->entry];
    if (queue_ticket(hall->queue, ordinal)->state != TICKET_WAITING ||
        hall->now_ms - visit->joined_ms != visit->patience_ms || hall->is_sending_away) {
        return OK; /* was called before the patience ended */
    }
    struct command command = hall_command(VERB_ABANDON);
    command.ticket = ordinal;
    assert(hall->present_count > 0);
    hall->present_count--;
    enum status status = hall_run(hall, &command);
    struct random random = random_stream(visit->route_key);
    if (status != OK || 100.0 * random_uniform(&random) >= service->come_back_percent) {
        return status;
    }
    return hall_plan(hall, hall->now_ms + law_draw_ms(&service->come_back, &random),
                     MOMENT_COME_BACK, ordinal);
}
