/* See office.h. */
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

void office_init(struct office *office, uint32_t counters)
{
    *office = (struct office){.hall = NULL};
    fixture_site(&office->site);
    struct load *load = &office->load;
    office->site.counter_count = counters;
    load->groups[0].counter_count = counters;
    for (uint32_t i = 0; i < counters; i++) {
        office->site.counters[i] = office->site.counters[0];
        (void)snprintf(office->site.counters[i].id, sizeof(office->site.counters[i].id),
                       "%u", (unsigned)i + 1);
        load->groups[0].counters[i] = i;
    }
    load->leavers_are_seen = true;
    load->period_count = 2;
    load->periods[0] =
        (struct load_period){.id = "early", .from_minute = 480, .to_minute = 540};
    load->periods[1] =
        (struct load_period){.id = "late", .from_minute = 540, .to_minute = 600};
    load->group_count = 1;
    load->service_count = 1;
    struct load_service *service = &load->services[0];
    service->service = PASSPORTS;
    service->service_time =
        law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){180.0, 0.0});
    service->target_s = 60;
    service->group_count = 1;
    for (uint32_t i = 0; i < 2; i++) {
        load->groups[0].staff[i] = counters;
        service->arrivals_per_hour[i] = 20.0;
    }
}

const struct queue *office_play(struct office *office)
{
    struct error err;
    assert_int_equal(
        simulated_hall_create(&office->site, &office->load, &office->hall, &err), OK);
    assert_int_equal(simulated_hall_play(office->hall, 5, &err), OK);
    return simulated_hall_queue(office->hall);
}

void office_finish(struct office *office)
{
    simulated_hall_destroy(office->hall);
    office->hall = NULL;
}

uint32_t office_count(const struct queue *queue, enum ticket_state state)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        count += queue_ticket(queue, i)->state == state ? 1U : 0U;
    }
    return count;
}

struct simulation *office_run(const struct office *office, uint64_t seed, uint32_t days)
{
    struct error err;
    struct simulation *simulation = NULL;
    struct simulation_plan plan = {seed, days};
    assert_int_equal(
        simulation_run(&office->site, &office->load, &plan, &simulation, &err), OK);
    return simulation;
}
