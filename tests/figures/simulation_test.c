/* Simulated days: what single tickets live through, and the formulas of Erlang. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "office.h"

static void one_counter_serves_one_after_the_other(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    const struct queue *queue = office_play(&office);
    uint32_t count = queue_ticket_count(queue);
    assert_true(count > 20);
    for (uint32_t i = 1; i <= count; i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        assert_int_equal(ticket->state, TICKET_SERVED);
        int64_t free_ms = i == 1 ? 0 : queue_ticket(queue, i - 1)->ended_at_ms;
        int64_t called_ms = ticket->taken_at_ms > free_ms ? ticket->taken_at_ms : free_ms;
        assert_int_equal(ticket->called_at_ms, called_ms);
        assert_int_equal(ticket->started_at_ms, called_ms);
        assert_int_equal(ticket->ended_at_ms, called_ms + 3 * MINUTE_MS);
    }
    struct simulated_span span = simulated_hall_span(office.hall);
    assert_int_equal(span.to_ms - span.from_ms, 120 * MINUTE_MS);
    int64_t last_ms = queue_ticket(queue, count)->ended_at_ms;
    assert_int_equal(span.until_ms, last_ms > span.to_ms ? last_ms : span.to_ms);
    assert_int_equal(simulated_hall_open_ms(office.hall, 0),
                     span.until_ms - span.from_ms);
    office_finish(&office);
}

static void walking_and_absent_people_cost_the_counter_their_time(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    office.load.services[0].walk_s = 20;
    office.load.services[0].no_show_percent = 40.0;
    office.load.services[0].no_show_s = 45;
    const struct queue *queue = office_play(&office);
    assert_true(office_count(queue, TICKET_NO_SHOW) > 3);
    assert_true(office_count(queue, TICKET_SERVED) > 3);
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        int64_t expected_ms = ticket->state == TICKET_NO_SHOW ? 45000 : 200000;
        assert_int_equal(ticket->ended_at_ms - ticket->called_at_ms, expected_ms);
        assert_true(ticket->state == TICKET_NO_SHOW ||
                    ticket->started_at_ms == ticket->called_at_ms + 20000);
    }
    office_finish(&office);
}

static void who_loses_patience_leaves_seen_or_unseen(void **state)
{
    (void)state;
    for (int seen = 0; seen < 2; seen++) {
        struct office office;
        office_init(&office, 1);
        office.load.services[0].service_time.mean_s = 600.0;
        office.load.services[0].patience =
            law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){240.0, 0.0});
        office.load.services[0].no_show_s = 30;
        office.load.leavers_are_seen = seen == 1;
        const struct queue *queue = office_play(&office);
        enum ticket_state lost = seen == 1 ? TICKET_ABANDONED : TICKET_NO_SHOW;
        uint32_t count = queue_ticket_count(queue);
        assert_true(office_count(queue, lost) > 3 &&
                    office_count(queue, TICKET_SERVED) > 3);
        assert_int_equal(office_count(queue, lost) + office_count(queue, TICKET_SERVED),
                         count);
        for (uint32_t i = 1; i <= count; i++) {
            const struct ticket *ticket = queue_ticket(queue, i);
            int64_t called_ms = ticket->called_at_ms;
            if (ticket->state == TICKET_SERVED) {
                assert_true(called_ms - ticket->taken_at_ms <= 4 * MINUTE_MS);
            } else if (seen == 1) {
                assert_int_equal(ticket->ended_at_ms,
                                 ticket->taken_at_ms + 4 * MINUTE_MS);
            } else {
                assert_true(called_ms - ticket->taken_at_ms > 4 * MINUTE_MS);
                assert_int_equal(ticket->ended_at_ms, called_ms + 30000);
            }
        }
        office_finish(&office);
    }
}

static void who_leaves_at_once_was_not_called_at_once(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    office.load.services[0].leave_at_once_percent = 100.0;
    const struct queue *queue = office_play(&office);
    assert_true(office_count(queue, TICKET_ABANDONED) > 3);
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        bool is_served = ticket->state == TICKET_SERVED;
        assert_int_equal(is_served ? ticket->called_at_ms : ticket->ended_at_ms,
                         ticket->taken_at_ms);
    }
    office_finish(&office);
}

static void staff_and_breaks_make_the_open_time(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 3);
    office.load.services[0].arrivals_per_hour[0] = 0.0;
    office.load.services[0].arrivals_per_hour[1] = 0.0;
    office.load.groups[0].staff[1] = 1;
    (void)office_play(&office);
    assert_int_equal(simulated_hall_open_ms(office.hall, 0), INT64_C(240) * MINUTE_MS);
    office_finish(&office);
    /* Two are away from 08:30 to 09:30; from 09:00 on they would be one: nobody works. */
    office.load.break_count = 1;
    office.load.breaks[0] = (struct load_break){"coffee", 0, 2, 510, 570};
    (void)office_play(&office);
    assert_int_equal(simulated_hall_open_ms(office.hall, 0),
                     INT64_C(150) * MINUTE_MS /* 90 + 30 + 0 + 30 */);
    office_finish(&office);
}

static void who_goes_off_duty_finishes_first(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 3);
    office.load.services[0].arrivals_per_hour[0] = 200.0;
    office.load.services[0].service_time.mean_s = 2400.0;
    office.load.groups[0].staff[1] = 1;
    const struct queue *queue = office_play(&office);
    /* Three were called before 08:40, three again before 09:00; of these one stays. */
    uint32_t last[3] = {0};
    int64_t nine_ms = simulated_hall_span(office.hall).from_ms + 60 * MINUTE_MS;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        assert_int_equal(ticket->state, TICKET_SERVED);
        if (ticket->called_at_ms > nine_ms) {
            last[ticket->counter]++;
        }
    }
    /* The first two that end go, the third calls everybody else. */
    assert_int_equal((last[0] > 0) + (last[1] > 0) + (last[2] > 0), 1);
    office_finish(&office);
}

static void a_newcomer_goes_to_the_first_group_that_is_free(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 2);
    struct load *load = &office.load;
    load->group_count = 2;
    load->groups[1] = load->groups[0];
    load->groups[0].counter_count = 1;
    load->groups[1].counter_count = 1;
    load->groups[1].counters[0] = 1;
    for (uint32_t i = 0; i < 2; i++) {
        load->groups[0].staff[i] = 1;
        load->groups[1].staff[i] = 1;
    }
    struct load_service *service = &load->services[0];
    service->group_count = 2;
    service->group_order[0] = 1;
    service->group_order[1] = 0;
    service->service_in_group[0] =
        law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){60.0, 0.0});
    const struct queue *queue = office_play(&office);
    bool was_at[2] = {false, false};
    int64_t free_ms[2] = {0, 0};
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        was_at[ticket->counter] = true;
        if (ticket->called_at_ms == ticket->taken_at_ms && ticket->counter == 0) {
            assert_true(free_ms[1] > ticket->taken_at_ms);
        }
        free_ms[ticket->counter] = ticket->ended_at_ms;
        assert_int_equal(ticket->ended_at_ms - ticket->started_at_ms,
                         ticket->counter == 0 ? 60000 : 180000);
    }
    assert_true(was_at[0] && was_at[1]);
    office_finish(&office);
}

static void another_law_of_service_changes_nobodys_arrival(void **state)
{
    (void)state;
    struct office first;
    struct office second;
    office_init(&first, 2);
    office_init(&second, 2);
    second.load.services[0].service_time =
        law_of(LAW_GAMMA, (const double[LAW_NUMBERS_MAX]){300.0, 0.3});
    second.load.services[0].patience =
        law_of(LAW_LOG_NORMAL, (const double[LAW_NUMBERS_MAX]){300.0, 0.3});
    const struct queue *a = office_play(&first);
    const struct queue *b = office_play(&second);
    assert_int_equal(queue_ticket_count(a), queue_ticket_count(b));
    for (uint32_t i = 1; i <= queue_ticket_count(a); i++) {
        assert_int_equal(queue_ticket(a, i)->taken_at_ms,
                         queue_ticket(b, i)->taken_at_ms);
    }
    office_finish(&first);
    office_finish(&second);
}

static void nobody_on_duty_means_closed_at_night(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    office.load.groups[0].staff[0] = 0;
    office.load.groups[0].staff[1] = 0;
    const struct queue *queue = office_play(&office);
    assert_true(queue_ticket_count(queue) > 20);
    assert_int_equal(office_count(queue, TICKET_CLOSED_AT_NIGHT),
                     queue_ticket_count(queue));
    assert_int_equal(queue_day(queue), 0);
    office_finish(&office);
}

static void classes_come_in_their_shares(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 2);
    office.load.services[0].class_percent[CLASS_PRIORITY] = 30.0;
    office.load.services[0].arrivals_per_hour[0] = 3000.0;
    office.load.services[0].service_time.mean_s = 1.0;
    const struct queue *queue = office_play(&office);
    double count = (double)queue_ticket_count(queue);
    double priority = 0.0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        priority += queue_ticket(queue, i)->class_index == CLASS_PRIORITY ? 1.0 : 0.0;
        assert_true(queue_ticket(queue, i)->class_index != CLASS_FIRST);
    }
    assert_true(fabs(priority / count - 0.3) < 4.0 * sqrt(0.21 / count));
    office_finish(&office);
}

static void the_seed_makes_the_figures(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    office.load.day_factor_shape = 5.0;
    struct simulation *first = office_run(&office, 1, 5);
    struct simulation *again = office_run(&office, 1, 5);
    struct simulation *other = office_run(&office, 2, 5);
    assert_memory_equal(&first->all, &again->all, sizeof(first->all));
    assert_int_equal(first->event_count, again->event_count);
    assert_true(fabs(first->all.wait_s.part - other->all.wait_s.part) > 1e-6);
    free(first);
    free(again);
    free(other);
}

static void a_day_that_runs_out_of_numbers_is_told(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    office.load.services[0].arrivals_per_hour[0] = 30000.0;
    office.load.services[0].service_time.mean_s = 0.001;
    struct error err;
    struct simulation *simulation = NULL;
    struct simulation_plan plan = {1, 1};
    assert_int_equal(simulation_run(&office.site, &office.load, &plan, &simulation, &err),
                     ERR_REFUSED);
    assert_string_equal(err.text, "day 1: service 'passports' has no number left today");
    assert_null(simulation);
}

/* The figure is within `error_share` of the exact value and 4 standard errors of it. */
static void assert_figure(const struct day_mean *mean, double exact, double error_share)
{
    struct interval_95 interval = day_mean_interval(mean);
    assert_true(interval.has_interval);
    double error = interval.half_width / student_point(mean->count - 1);
    if (fabs(interval.mean - exact) > 4.0 * error + error_share * exact) {
        fail_msg("%g, not %g (standard error %g)", interval.mean, exact, error);
    }
}

/* 200 people an hour, three minutes each, 14 counters, round the clock. The hall begins
 * empty: until it is in balance, some 10 minutes of 1,440, less waits; 1 % is allowed. */
static void erlang_init(struct office *office)
{
    office_init(office, 14);
    struct load *load = &office->load;
    load->period_count = 1;
    load->periods[0] =
        (struct load_period){.id = "day", .from_minute = 0, .to_minute = 1440};
    load->services[0].arrivals_per_hour[0] = 200.0;
    load->services[0].service_time =
        law_of(LAW_EXPONENTIAL, (const double[LAW_NUMBERS_MAX]){180.0, 0.0});
    load->services[0].target_s = 20;
}

static void one_line_without_leavers_is_erlang_c(void **state)
{
    (void)state;
    struct office office;
    erlang_init(&office);
    double load = 10.0; /* Erlang B by its recursion, then C */
    double blocked = 1.0;
    for (int servers = 1; servers <= 14; servers++) {
        blocked = load * blocked / (servers + load * blocked);
    }
    double waits = 14.0 * blocked / (14.0 - load * (1.0 - blocked));
    assert_true(fabs(waits - 0.174) < 0.0005);
    struct simulation *simulation = office_run(&office, 1, 40);
    const struct simulated_figures *all = &simulation->all;
    assert_figure(&all->served, 4800.0, 0.0);
    assert_figure(&all->wait_s, waits * 180.0 / 4.0, 0.01);
    assert_figure(&all->waiting, waits * 10.0 / 4.0, 0.01);
    assert_figure(&all->share[SHARE_F3], 1.0 - waits * exp(-4.0 * 20.0 / 180.0), 0.002);
    assert_figure(&simulation->groups[0].occupancy, 10.0 / 14.0, 0.01);
    free(simulation);
}

/* Exact values: birth and death with 14 servers and leavers of mean patience 5 minutes.
 */
static void one_line_with_leavers_is_erlang_a(void **state)
{
    (void)state;
    struct office office;
    erlang_init(&office);
    office.load.services[0].patience =
        law_of(LAW_EXPONENTIAL, (const double[LAW_NUMBERS_MAX]){300.0, 0.0});
    struct simulation *simulation = office_run(&office, 2, 40);
    const struct simulated_figures *all = &simulation->all;
    assert_figure(&all->abandoned, 4800.0 * 0.013984, 0.01);
    assert_figure(&all->waiting, 200.0 / 60.0 * 0.069919, 0.01);
    assert_figure(&all->share[SHARE_F3], 0.916792, 0.002);
    assert_figure(&simulation->groups[0].occupancy, 0.704297, 0.01);
    free(simulation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_counter_serves_one_after_the_other),
        cmocka_unit_test(walking_and_absent_people_cost_the_counter_their_time),
        cmocka_unit_test(who_loses_patience_leaves_seen_or_unseen),
        cmocka_unit_test(who_leaves_at_once_was_not_called_at_once),
        cmocka_unit_test(staff_and_breaks_make_the_open_time),
        cmocka_unit_test(who_goes_off_duty_finishes_first),
        cmocka_unit_test(a_newcomer_goes_to_the_first_group_that_is_free),
        cmocka_unit_test(another_law_of_service_changes_nobodys_arrival),
        cmocka_unit_test(nobody_on_duty_means_closed_at_night),
        cmocka_unit_test(classes_come_in_their_shares),
        cmocka_unit_test(the_seed_makes_the_figures),
        cmocka_unit_test(a_day_that_runs_out_of_numbers_is_told),
        cmocka_unit_test(one_line_without_leavers_is_erlang_c),
        cmocka_unit_test(one_line_with_leavers_is_erlang_a),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
