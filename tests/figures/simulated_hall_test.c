/* What a load can say beside rates, laws and staff: places, lists, visits of several
 * services, coming back, working on. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "office.h"

static void who_finds_no_place_is_turned_away(void **state)
{
    (void)state;
    for (int everywhere = 0; everywhere < 2; everywhere++) {
        struct office office;
        office_init(&office, 1);
        office.load.services[0].service_time.mean_s = 600.0;
        if (everywhere == 1) {
            office.load.people_limit = 1 + 3; /* one at the counter, two who wait */
        } else {
            office.load.services[0].waiting_limit = 1 + 2;
        }
        struct simulation *simulation = office_run(&office, 5, 1);
        const struct simulated_figures *all = &simulation->all;
        assert_true(all->turned_away.part > 10.0);
        assert_true(fabs(all->served.part - all->offered.part) < 0.5);
        assert_true(all->waiting.part / all->waiting.of <= 2.0);
        /* The third finds two before it: nobody waits for more than two services. */
        assert_true(all->wait_p90_s.part <= 1200.0);
        free(simulation);
    }
}

static void who_waits_at_the_end_is_sent_away(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    office.load.services[0].service_time.mean_s = 600.0;
    office.load.services[0].patience =
        law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){7000.0});
    office.load.sends_away = true;
    office.site.services[PASSPORTS].keep_overnight = true; /* days are independent */
    const struct queue *queue = office_play(&office);
    struct simulated_span span = simulated_hall_span(office.hall);
    assert_true(office_count(queue, TICKET_CLOSED_AT_NIGHT) > 10);
    assert_true(span.until_ms - span.to_ms <= 10 * MINUTE_MS);
    uint32_t count = simulated_hall_leg_count(office.hall);
    assert_int_equal(count, queue_ticket_count(queue));
    for (uint32_t i = 0; i < count; i++) {
        struct simulated_leg leg = simulated_hall_leg(office.hall, i);
        assert_true(leg.wait_end_ms <= span.to_ms);
        assert_true(leg.state != TICKET_CLOSED_AT_NIGHT || leg.wait_end_ms == span.to_ms);
    }
    office_finish(&office);
}

static void a_period_that_is_left_out_is_in_no_figure(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 2);
    struct simulation *whole = office_run(&office, 1, 3);
    office.load.periods[0].is_left_out = true;
    struct simulation *late = office_run(&office, 1, 3);
    assert_true(fabs(late->all.offered.part - whole->cells[0][1].offered.part) < 1e-9);
    assert_true(fabs(late->cells[0][0].offered.part) < 1e-9);
    double overtime_h = late->overtime_min.part / 60.0;
    assert_true(fabs(late->groups[0].open_h.part - 2.0 * (1.0 + overtime_h)) < 1e-6);
    assert_true(late->groups[0].busy_h.part < whole->groups[0].busy_h.part);
    free(whole);
    free(late);
}

static void who_leaves_comes_back_the_same(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    struct load_service *service = &office.load.services[0];
    service->service_time.mean_s = 600.0;
    service->patience = law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){60.0});
    const struct queue *queue = office_play(&office);
    uint32_t once = queue_ticket_count(queue);
    office_finish(&office);
    service->come_back_percent = 100.0;
    service->come_back = law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){300.0});
    queue = office_play(&office);
    int64_t to_ms = simulated_hall_span(office.hall).to_ms;
    uint32_t back = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        bool comes_again = ticket->state == TICKET_ABANDONED &&
                           ticket->ended_at_ms + 5 * MINUTE_MS < to_ms;
        back += comes_again ? 1U : 0U;
        /* Whoever comes again has the same patience. */
        assert_true(ticket->called_at_ms == 0 ||
                    ticket->called_at_ms - ticket->taken_at_ms <= MINUTE_MS);
    }
    assert_true(back > 10);
    assert_int_equal(queue_ticket_count(queue), once + back);
    office_finish(&office);
}

static void a_counter_works_on_when_the_person_has_gone(void **state)
{
    (void)state;
    for (int in_core = 0; in_core < 2; in_core++) {
        struct office office;
        office_init(&office, 1);
        office.site.wrap_up = in_core == 1;
        office.load.services[0].wrap_up =
            law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){60.0});
        const struct queue *queue = office_play(&office);
        uint32_t count = queue_ticket_count(queue);
        for (uint32_t i = 2; i <= count; i++) {
            assert_true(queue_ticket(queue, i)->called_at_ms >=
                        queue_ticket(queue, i - 1)->ended_at_ms + MINUTE_MS);
            assert_int_equal(queue_ticket(queue, i)->ended_at_ms -
                                 queue_ticket(queue, i)->called_at_ms,
                             3 * MINUTE_MS);
        }
        assert_int_equal(simulated_hall_wrap_up_ms(office.hall, 0), count * MINUTE_MS);
        office_finish(&office);
    }
}

static void somebody_goes_on_to_another_service(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 2);
    struct load *load = &office.load;
    load->services[1] = load->services[0];
    load->services[1].service = VEHICLES;
    load->services[1].arrivals_per_hour[0] = 0.0;
    load->services[1].arrivals_per_hour[1] = 0.0;
    load->service_count = 2;
    office.site.counters[0].services = UINT64_C(1) << PASSPORTS;
    office.site.counters[1].services = UINT64_C(1) << VEHICLES;
    load->services[0].next_percent[VEHICLES] = 100.0;
    const struct queue *queue = office_play(&office);
    uint32_t count = queue_ticket_count(queue);
    assert_int_equal(simulated_hall_leg_count(office.hall), 2 * count);
    int64_t first_end_ms = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct simulated_leg first = simulated_hall_leg(office.hall, i);
        struct simulated_leg second = simulated_hall_leg(office.hall, count + i);
        assert_int_equal(first.entry, 0);
        assert_int_equal(second.entry, 1);
        assert_int_equal(second.counter, 1);
        assert_int_equal(second.joined_ms, first.ended_ms);
        /* Both last as long: nobody waits for the second. */
        assert_int_equal(second.wait_end_ms, first.ended_ms);
        assert_true(first.wait_end_ms >= first_end_ms);
        first_end_ms = first.ended_ms;
    }
    office_finish(&office);
}

static void who_is_expected_comes_so_much_later(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    double times[] = {29000.0, 30000.0, 32400.0, 35990.0}; /* from 08:00 to 10:00 */
    struct load_service *service = &office.load.services[0];
    service->arrivals_per_hour[0] = 0.0;
    service->arrivals_per_hour[1] = 0.0;
    service->times = (struct load_list){times, 4};
    service->late = law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){0.0});
    service->late.plus_s = -600.0;
    const struct queue *queue = office_play(&office);
    assert_int_equal(queue_ticket_count(queue), 4);
    int64_t from_ms = simulated_hall_span(office.hall).from_ms;
    /* The first would be before the doors open. */
    static const int64_t after_s[] = {0, 600, 3000, 6590};
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(queue_ticket(queue, i + 1)->taken_at_ms - from_ms,
                         after_s[i] * 1000);
    }
    office_finish(&office);
    service->late.plus_s = 100.0; /* the last would be after the end */
    queue = office_play(&office);
    assert_int_equal(queue_ticket_count(queue), 3);
    assert_int_equal(simulated_hall_turned_away(office.hall, 0, 1), 1);
    office_finish(&office);
}

static void a_night_goes_over_midnight(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    office.load.periods[0] =
        (struct load_period){.id = "evening", .from_minute = 1320, .to_minute = 1440};
    office.load.periods[1] =
        (struct load_period){.id = "night", .from_minute = 1440, .to_minute = 1800};
    struct simulation *simulation = office_run(&office, 1, 40);
    assert_true(fabs(simulation->cells[0][0].offered.part - 40.0) < 5.0);
    assert_true(fabs(simulation->cells[0][1].offered.part - 120.0) < 10.0);
    free(simulation);
}

static void who_is_not_there_opens_no_counter(void **state)
{
    (void)state;
    static const double present[] = {1.0, 3.0};
    struct office office;
    office_init(&office, 3);
    office.load.groups[0].present = law_of_values(present, 2);
    office.load.services[0].arrivals_per_hour[0] = 0.0;
    office.load.services[0].arrivals_per_hour[1] = 0.0;
    office.load.break_count = 1;
    office.load.breaks[0] = (struct load_break){"coffee", 0, 2, 480, 510};
    struct simulation *simulation = office_run(&office, 1, 400);
    const struct day_mean *open_h = &simulation->groups[0].open_h;
    /* 1 of 1 or 2 of 3 are away for half an hour of two: 1.5 or 5 hours. */
    double variance = open_h->part_part / (double)(open_h->count - 1);
    assert_true(fabs(open_h->part - 3.25) < 4.0 * 1.75 / 20.0);
    assert_true(fabs(variance / (1.75 * 1.75) - 1.0) < 0.1);
    free(simulation);
}

static void several_come_at_once(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    office.load.services[0].together =
        law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){3.0});
    const struct queue *queue = office_play(&office);
    uint32_t count = queue_ticket_count(queue);
    assert_true(count > 60 && count % 3 == 0);
    for (uint32_t i = 1; i <= count; i++) {
        uint32_t first = i - (i - 1) % 3;
        assert_int_equal(queue_ticket(queue, i)->taken_at_ms,
                         queue_ticket(queue, first)->taken_at_ms);
    }
    office_finish(&office);
}

static void the_rules_of_the_site_hold(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    struct service *service = &office.site.services[PASSPORTS];
    office.site.sign_in = true;
    service->tickets_per_day = 30;
    service->calls_before_no_show = 3;
    service->call_gap_s = 20;
    service->topic_rule = TOPICS_REQUIRED;
    office.site.topic_count = 1;
    office.site.topics[0] = (struct topic){.id = "renewal",
                                           .name = {{"renewal", "renewal"}},
                                           .services = UINT64_C(1) << PASSPORTS};
    office.load.services[0].no_show_percent = 20.0;
    office.load.services[0].no_show_s = 90;
    const struct queue *queue = office_play(&office);
    assert_int_equal(queue_ticket_count(queue), 30);
    assert_true(simulated_hall_turned_away(office.hall, 0, 1) > 0);
    assert_true(office_count(queue, TICKET_NO_SHOW) > 2);
    for (uint32_t i = 1; i <= 30; i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        bool comes = ticket->state == TICKET_SERVED;
        assert_int_equal(ticket->ended_at_ms - ticket->called_at_ms,
                         comes ? 3 * MINUTE_MS : 90000);
        assert_int_equal(ticket->call_count, comes ? 1 : 3);
        assert_int_equal(ticket->matter.topic, comes ? 1 : 0);
    }
    office_finish(&office);
}

static void agents_sign_in_with_the_profile_of_their_group(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 1);
    office.site.profile_count = 1;
    office.site.profiles[0] = (struct site_profile){.id = "vehicles",
                                                    .name = {{"vehicles", "vehicles"}},
                                                    .services = UINT64_C(1) << VEHICLES};
    office.site.counters[0].services = UINT64_C(1) << PASSPORTS;
    office.load.groups[0].profile = 1;
    assert_false(load_group_serves(&office.load, &office.site, 0, PASSPORTS));
    assert_true(load_group_serves(&office.load, &office.site, 0, VEHICLES));
    office.load.services[0].service = VEHICLES;
    const struct queue *queue = office_play(&office);
    assert_true(queue_ticket_count(queue) > 20);
    assert_int_equal(office_count(queue, TICKET_SERVED), queue_ticket_count(queue));
    office_finish(&office);
}

static void people_are_left_to_the_best_counter_for_a_while(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 2);
    office.site.best_first_s = 60;
    office.site.counters[0].skills.second = UINT64_C(1) << PASSPORTS;
    const struct queue *queue = office_play(&office);
    uint32_t second = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        assert_int_equal(ticket->state, TICKET_SERVED);
        if (ticket->counter == 0) {
            assert_true(ticket->called_at_ms - ticket->taken_at_ms >= MINUTE_MS);
            second++;
        }
    }
    assert_true(second > 0 && second < queue_ticket_count(queue));
    office_finish(&office);
}

/* With a factor of its own of shape k the count of a period has the variance
 * m + m² / k. */
static void a_period_has_a_factor_of_its_own(void **state)
{
    (void)state;
    struct office office;
    office_init(&office, 20);
    office.load.services[0].arrivals_per_hour[0] = 100.0;
    office.load.services[0].period_factor_shape[0] = 4.0;
    struct simulation *simulation = office_run(&office, 3, 2000);
    for (int period = 0; period < 2; period++) {
        const struct day_mean *offered = &simulation->cells[0][period].offered;
        double mean = period == 0 ? 100.0 : 20.0;
        double variance = mean + (period == 0 ? mean * mean / 4.0 : 0.0);
        double found = offered->part_part / (double)(offered->count - 1);
        assert_true(fabs(offered->part - mean) < 4.0 * sqrt(variance / 2000.0));
        /* A negative binomial count has a standard error of some 5 % here. */
        assert_true(fabs(found / variance - 1.0) < 0.2);
    }
    free(simulation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_finds_no_place_is_turned_away),
        cmocka_unit_test(who_waits_at_the_end_is_sent_away),
        cmocka_unit_test(a_period_that_is_left_out_is_in_no_figure),
        cmocka_unit_test(who_leaves_comes_back_the_same),
        cmocka_unit_test(a_counter_works_on_when_the_person_has_gone),
        cmocka_unit_test(somebody_goes_on_to_another_service),
        cmocka_unit_test(who_is_expected_comes_so_much_later),
        cmocka_unit_test(a_night_goes_over_midnight),
        cmocka_unit_test(the_rules_of_the_site_hold),
        cmocka_unit_test(agents_sign_in_with_the_profile_of_their_group),
        cmocka_unit_test(people_are_left_to_the_best_counter_for_a_while),
        cmocka_unit_test(who_is_not_there_opens_no_counter),
        cmocka_unit_test(several_come_at_once),
        cmocka_unit_test(a_period_has_a_factor_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
