/* A day's records sorted into services, counters, channels and quarters of an hour. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../core/fixture.h"
#include "figures/statistics.h"

#define MINUTE_MS INT64_C(60000)

static struct site site;
static struct visit_record visits[16];
static struct contact_record contacts[4];
static struct counter_span spans[8];

static struct day_record day_of(size_t visit_count)
{
    fixture_site(&site);
    return (struct day_record){.site = &site,
                               .visits = visits,
                               .visit_count = visit_count,
                               .contacts = contacts,
                               .spans = spans,
                               .until_ms = FIXTURE_START_MS + 120 * MINUTE_MS,
                               .is_over = true};
}

/* A served visit at counter 1 that arrived `from_start_ms` after 08:00 UTC. */
static struct visit_record served_at(int64_t from_start_ms, int64_t wait_ms)
{
    struct visit_record visit = {.date = FIXTURE_DATE,
                                 .ticket = 1,
                                 .number = 1,
                                 .service = PASSPORTS,
                                 .counter = COUNTER_1,
                                 .kiosk = SITE_NONE,
                                 .state = TICKET_SERVED};
    visit.taken_at_ms = FIXTURE_START_MS + from_start_ms;
    visit.called_at_ms = visit.taken_at_ms + wait_ms;
    visit.started_at_ms = visit.called_at_ms + 10000;
    visit.ended_at_ms = visit.started_at_ms + 5 * MINUTE_MS;
    return visit;
}

static struct statistics *count(const struct day_record *day)
{
    struct statistics *statistics = NULL;
    struct error err = {0};
    if (statistics_create(day, &statistics, &err) != OK) {
        fail_msg("%s", err.text);
    }
    return statistics;
}

static void an_empty_day_has_zeros_and_no_interval(void **state)
{
    (void)state;
    struct day_record day = day_of(0);
    struct statistics *statistics = count(&day);
    assert_int_equal(statistics->visits.offered, 0);
    assert_int_equal(statistics->interval_count, 0);
    assert_int_equal(tally_standard_share(&statistics->visits, SHARE_F3).of, 0);
    statistics_destroy(statistics);
}

static void one_ticket_is_in_each_of_its_groups(void **state)
{
    (void)state;
    visits[0] = served_at(0, 4 * MINUTE_MS);
    visits[0].channel = CHANNEL_APPOINTMENT;
    struct day_record day = day_of(1);
    struct statistics *statistics = count(&day);
    assert_int_equal(statistics->visits.served, 1);
    assert_int_equal(statistics->by_service[PASSPORTS].served, 1);
    assert_int_equal(statistics->by_service[VEHICLES].offered, 0);
    assert_int_equal(statistics->by_counter[COUNTER_1].served, 1);
    assert_int_equal(statistics->by_counter[COUNTER_2].served, 0);
    assert_int_equal(statistics->by_channel[CHANNEL_APPOINTMENT].served, 1);
    assert_int_equal(statistics->by_channel[CHANNEL_WALK_IN].offered, 0);
    assert_int_equal(statistics->interval_count, 1);
    assert_int_equal(statistics->intervals[0].tally.served, 1);
    assert_int_equal(samples_percentile_ms(&statistics->visits.waits, 90), 4 * MINUTE_MS);
    statistics_destroy(statistics);
}

static void a_further_service_is_no_second_visit(void **state)
{
    (void)state;
    visits[0] = served_at(0, 4 * MINUTE_MS);
    visits[1] = served_at(20 * MINUTE_MS, 6 * MINUTE_MS);
    visits[1].leg = 1;
    visits[1].service = VEHICLES;
    visits[1].counter = COUNTER_2;
    struct day_record day = day_of(2);
    struct statistics *statistics = count(&day);
    assert_int_equal(statistics->visits.offered, 1);
    assert_int_equal(statistics->all.offered, 1);
    assert_int_equal(statistics->by_service[VEHICLES].offered, 0);
    assert_int_equal(statistics->further.served, 1);
    assert_int_equal(statistics->further_by_service[VEHICLES].served, 1);
    assert_int_equal(samples_percentile_ms(&statistics->further.waits, 90),
                     6 * MINUTE_MS);
    assert_int_equal(statistics->by_counter[COUNTER_2].served, 1);
    assert_int_equal(statistics->called.served, 2);
    statistics_destroy(statistics);
}

/* 08:00 passports; 08:20 sent on to vehicles, called at 08:26; 08:44:59.999 sent on to
 * passports again, still waiting at 10:00. */
static void a_further_service_stands_in_the_quarter_of_its_request(void **state)
{
    (void)state;
    visits[0] = served_at(0, 4 * MINUTE_MS);
    visits[1] = served_at(20 * MINUTE_MS, 6 * MINUTE_MS);
    visits[1].leg = 1;
    visits[1].service = VEHICLES;
    visits[2] = served_at(45 * MINUTE_MS - 1, 0);
    visits[2].leg = 2;
    visits[2].state = TICKET_WAITING;
    visits[2].counter = SITE_NONE;
    struct day_record day = day_of(3);
    day.is_over = false;
    struct statistics *statistics = count(&day);
    assert_int_equal(statistics->interval_count, 3);
    static const uint32_t arrived[] = {1, 0, 0};
    static const uint32_t asked[] = {0, 1, 1};
    static const bool is_provisional[] = {false, false, true};
    for (size_t i = 0; i < 3; i++) {
        const struct interval *interval = &statistics->intervals[i];
        assert_int_equal(interval->tally.offered, arrived[i]);
        assert_int_equal(interval->further.offered, asked[i]);
        assert_int_equal(interval->is_provisional, is_provisional[i]);
    }
    assert_int_equal(statistics->further.offered, 2);
    assert_int_equal(statistics->intervals[1].further.served, 1);
    assert_int_equal(samples_percentile_ms(&statistics->intervals[1].further.waits, 50),
                     6 * MINUTE_MS);
    assert_int_equal(statistics->intervals[2].further.waiting, 1);
    statistics_destroy(statistics);
}

static void quarters_are_half_open_and_without_gaps(void **state)
{
    (void)state;
    visits[0] = served_at(15 * MINUTE_MS - 1, 0);
    visits[1] = served_at(15 * MINUTE_MS, 0);
    visits[2] = served_at(60 * MINUTE_MS - 1, 40 * MINUTE_MS);
    struct day_record day = day_of(3);
    struct statistics *statistics = count(&day);
    assert_int_equal(statistics->interval_count, 4);
    static const uint32_t offered[] = {1, 1, 0, 1};
    for (size_t i = 0; i < 4; i++) {
        assert_true(statistics->intervals[i].from_ms ==
                    FIXTURE_START_MS + (int64_t)i * INTERVAL_MS);
        assert_int_equal(statistics->intervals[i].tally.offered, offered[i]);
        assert_false(statistics->intervals[i].is_provisional);
    }
    /* called in another quarter, counted where it arrived */
    assert_int_equal(statistics->intervals[3].tally.served, 1);
    statistics_destroy(statistics);
}

static void open_quarters_are_provisional(void **state)
{
    (void)state;
    visits[0] = served_at(0, 0);
    visits[1] = served_at(0, 0);
    visits[1].state = TICKET_WAITING;
    visits[1].counter = SITE_NONE;
    visits[1].called_at_ms = visits[1].started_at_ms = visits[1].ended_at_ms = 0;
    visits[2] = served_at(16 * MINUTE_MS, 0);
    visits[3] = served_at(31 * MINUTE_MS, 0);
    struct day_record day = day_of(4);
    day.is_over = false;
    day.until_ms = FIXTURE_START_MS + 40 * MINUTE_MS;
    struct statistics *statistics = count(&day);
    assert_true(statistics->intervals[0].is_provisional);  /* somebody waits */
    assert_false(statistics->intervals[1].is_provisional); /* over and done */
    assert_true(statistics->intervals[2].is_provisional);  /* 08:45 has not come */
    assert_int_equal(statistics->visits.waiting, 1);
    statistics_destroy(statistics);
}

static void counters_have_their_times(void **state)
{
    (void)state;
    visits[0] = served_at(5 * MINUTE_MS, 0);
    int64_t start_ms = FIXTURE_START_MS;
    spans[0] = (struct counter_span){COUNTER_1, COUNTER_FREE, start_ms,
                                     start_ms + 5 * MINUTE_MS};
    spans[1] = (struct counter_span){COUNTER_1, COUNTER_SERVING, spans[0].to_ms,
                                     start_ms + 20 * MINUTE_MS};
    spans[2] =
        (struct counter_span){COUNTER_1, COUNTER_PAUSED, spans[1].to_ms, 0}; /* still */
    spans[3] = (struct counter_span){COUNTER_2, COUNTER_FREE, start_ms - MINUTE_MS,
                                     start_ms + 3 * MINUTE_MS};
    struct day_record day = day_of(1);
    day.span_count = 4;
    day.until_ms = start_ms + 30 * MINUTE_MS;
    struct statistics *statistics = count(&day);
    assert_int_equal(statistics->times[COUNTER_1].open_ms, 20 * MINUTE_MS);
    assert_int_equal(statistics->times[COUNTER_1].occupied_ms, 15 * MINUTE_MS);
    assert_int_equal(statistics->times[COUNTER_1].paused_ms, 10 * MINUTE_MS);
    assert_int_equal(statistics->times[COUNTER_2].open_ms, 4 * MINUTE_MS);
    /* the first quarter: 15 minutes of counter 1, 3 of counter 2 */
    assert_true(fabs(interval_counters(&statistics->intervals[0]) - 1.2) < 1e-9);
    statistics_destroy(statistics);
}

static void contacts_stand_beside_tickets(void **state)
{
    (void)state;
    visits[0] = served_at(0, MINUTE_MS);
    contacts[0] = (struct contact_record){.service = VEHICLES,
                                          .channel = CHANNEL_PHONE,
                                          .outcome = TICKET_SERVED,
                                          .received_at_ms = FIXTURE_START_MS,
                                          .answered_at_ms = FIXTURE_START_MS + 20000};
    contacts[1] = contacts[0];
    contacts[1].channel = CHANNEL_EMAIL;
    struct day_record day = day_of(1);
    day.contact_count = 2;
    struct statistics *statistics = count(&day);
    assert_int_equal(statistics->visits.offered, 1);
    assert_int_equal(statistics->contacts.offered, 2);
    assert_int_equal(statistics->all.offered, 3);
    assert_int_equal(statistics->called.offered, 1);
    assert_int_equal(statistics->by_channel[CHANNEL_WALK_IN].offered, 1);
    struct tally *phone = &statistics->by_channel[CHANNEL_PHONE];
    assert_int_equal(tally_standard_share(phone, SHARE_F3).part, 1);
    /* a written request has no standard of minutes */
    struct tally *email = &statistics->by_channel[CHANNEL_EMAIL];
    assert_int_equal(tally_standard_share(email, SHARE_F3).of, 0);
    assert_int_equal(email->served, 1);
    statistics_destroy(statistics);
}

static void nonsense_in_the_record_is_refused(void **state)
{
    (void)state;
    struct statistics *untouched = NULL;
    struct error err;
    struct day_record day = day_of(1);
    visits[0] = served_at(0, 0);
    visits[0].service = 2;
    assert_int_equal(statistics_create(&day, &untouched, &err), ERR_INVALID);
    visits[0] = served_at(0, 0);
    visits[0].called_at_ms = visits[0].taken_at_ms - 1;
    assert_int_equal(statistics_create(&day, &untouched, &err), ERR_INVALID);
    assert_string_equal(err.text, "visit 1 of 20261123 was called before its arrival");
    visits[0] = served_at(0, 0);
    visits[0].counter = 3;
    assert_int_equal(statistics_create(&day, &untouched, &err), ERR_INVALID);
    visits[0] = served_at(0, 0);
    visits[1] = served_at(0, 0);
    visits[1].taken_at_ms -= INT64_C(400) * 86400000;
    visits[1].called_at_ms = visits[1].taken_at_ms;
    day = day_of(2);
    assert_int_equal(statistics_create(&day, &untouched, &err), ERR_INVALID);
    assert_null(untouched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_day_has_zeros_and_no_interval),
        cmocka_unit_test(one_ticket_is_in_each_of_its_groups),
        cmocka_unit_test(a_further_service_is_no_second_visit),
        cmocka_unit_test(a_further_service_stands_in_the_quarter_of_its_request),
        cmocka_unit_test(quarters_are_half_open_and_without_gaps),
        cmocka_unit_test(open_quarters_are_provisional),
        cmocka_unit_test(counters_have_their_times),
        cmocka_unit_test(contacts_stand_beside_tickets),
        cmocka_unit_test(nonsense_in_the_record_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
