/* Counts of one group, and the formulas of the service level. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figures/tally.h"

#define START_MS INT64_C(1795420800000)

static const struct within no_times = {0};
static const struct measure quarter_hour = {.has_standard = true,
                                            .standard_wait_s = 900,
                                            .standard_share_percent = 80,
                                            .within = &no_times};

static int64_t minutes(double count)
{
    return (int64_t)(count * 60000);
}

/* A served visit: wait, walk and service in minutes. */
static struct visit_record served(double wait, double walk, double service)
{
    struct visit_record visit = {.state = TICKET_SERVED, .taken_at_ms = START_MS};
    visit.called_at_ms = START_MS + minutes(wait);
    visit.started_at_ms = visit.called_at_ms + minutes(walk);
    visit.ended_at_ms = visit.started_at_ms + minutes(service);
    return visit;
}

static struct visit_record ended(enum ticket_state state, double after)
{
    return (struct visit_record){.state = state,
                                 .taken_at_ms = START_MS,
                                 .ended_at_ms = START_MS + minutes(after)};
}

static void add(struct tally *tally, struct visit_record visit)
{
    assert_int_equal(tally_add_visit(tally, &visit, &quarter_hour, NULL), OK);
}

static void assert_share(struct share share, uint32_t part, uint32_t of)
{
    assert_int_equal(share.part, part);
    assert_int_equal(share.of, of);
}

/* The published example of a trade association: 1,000 answered of which 860 in time, 60
 * lost of which 20 in time. */
static void formulas_give_the_published_example(void **state)
{
    static const double expected[SHARE_FORMULA_COUNT] = {83.0, 86.0, 81.1, 82.7};
    const struct standard_count in_time = {.answered_in_time = 860, .lost_in_time = 20};
    (void)state;
    for (enum share_formula i = SHARE_F1; i < SHARE_FORMULA_COUNT; i++) {
        double percent = share_percent(share_of(&in_time, 1000, 60, i));
        assert_true(fabs(percent - expected[i]) < 0.05);
    }
    assert_string_equal(share_formula_name(SHARE_F3), "F3");
}

/* The counts of a month of a real telephone office, T = 60 s. */
static void formulas_give_the_bank_month(void **state)
{
    static const double expected[SHARE_FORMULA_COUNT] = {75.25, 77.07, 67.33, 73.12};
    const struct standard_count in_time = {.answered_in_time = 20935,
                                           .lost_in_time = 2462};
    (void)state;
    for (enum share_formula i = SHARE_F1; i < SHARE_FORMULA_COUNT; i++) {
        double percent = share_percent(share_of(&in_time, 27162, 3932, i));
        assert_true(fabs(percent - expected[i]) < 0.006);
    }
}

static void an_empty_group_has_no_share(void **state)
{
    struct tally tally = {0};
    (void)state;
    assert_share(tally_standard_share(&tally, SHARE_F3), 0, 0);
    assert_true(share_percent(tally_standard_share(&tally, SHARE_F3)) == 0.0);
    tally_finish(&tally);
}

static void every_outcome_has_its_count(void **state)
{
    struct tally tally = {0};
    (void)state;
    add(&tally, served(10, 1, 5));
    add(&tally, ended(TICKET_ABANDONED, 3));
    struct visit_record no_show = ended(TICKET_NO_SHOW, 20);
    no_show.called_at_ms = START_MS + minutes(18);
    add(&tally, no_show);
    add(&tally, ended(TICKET_CANCELLED, 2));
    add(&tally, ended(TICKET_CLOSED_AT_NIGHT, 200));
    add(&tally, ended(TICKET_VOID, 1));
    add(&tally, (struct visit_record){.state = TICKET_WAITING, .taken_at_ms = START_MS});
    assert_int_equal(tally.offered, 5); /* without cancelled and void */
    assert_int_equal(tally.served, 1);
    assert_int_equal(tally.abandoned, 1);
    assert_int_equal(tally.no_show, 1);
    assert_int_equal(tally.cancelled, 1);
    assert_int_equal(tally.closed_at_night, 1);
    assert_int_equal(tally.waiting, 1);
    assert_int_equal(tally.at_counter, 0);
    assert_int_equal(tally.answered, 1);
    assert_int_equal(tally.lost, 3);
    assert_share(tally_standard_share(&tally, SHARE_F3), 1, 4);
    assert_share(tally_standard_share(&tally, SHARE_F2), 1, 1);
    assert_share(tally_standard_share(&tally, SHARE_F1), 2, 4); /* abandoned after 3 */
    assert_share(tally_standard_share(&tally, SHARE_F4), 1, 3);
    tally_finish(&tally);
}

static void exactly_at_the_standard_is_in_time(void **state)
{
    struct tally tally = {0};
    (void)state;
    add(&tally, served(15, 0, 1));
    struct visit_record late = served(15, 0, 1);
    late.taken_at_ms -= 1; /* one millisecond more */
    add(&tally, late);
    assert_share(tally_standard_share(&tally, SHARE_F3), 1, 2);
    tally_finish(&tally);
}

/* Nobody saw when a person who did not come had left: the wait counts until the call. */
static void a_no_show_waited_until_its_call(void **state)
{
    struct tally tally = {0};
    (void)state;
    struct visit_record no_show = ended(TICKET_NO_SHOW, 20);
    no_show.called_at_ms = START_MS + minutes(10);
    add(&tally, no_show);
    assert_int_equal(tally.standard.lost_in_time, 1);
    no_show.called_at_ms = START_MS + minutes(16);
    add(&tally, no_show);
    assert_int_equal(tally.standard.lost_in_time, 1);
    tally_finish(&tally);
}

static void lengths_are_wait_walk_and_service(void **state)
{
    struct tally tally = {0};
    (void)state;
    add(&tally, served(10, 1, 5));
    add(&tally, served(30, 2, 9));
    struct visit_record imputed = served(20, 1, 50);
    imputed.start_is_imputed = true; /* its wait is known, its walk and service not */
    add(&tally, imputed);
    struct visit_record present = served(40, 3, 0);
    present.state = TICKET_SERVING;
    present.ended_at_ms = 0;
    add(&tally, present);
    assert_int_equal(tally.waits.count, 4);
    assert_true(fabs(samples_mean_ms(&tally.waits) - 25 * 60000.0) < 1e-6);
    assert_int_equal(samples_percentile_ms(&tally.waits, 50), minutes(20));
    assert_int_equal(samples_maximum_ms(&tally.waits), minutes(40));
    assert_int_equal(tally.walks.count, 3);
    assert_true(fabs(samples_mean_ms(&tally.walks) - 2 * 60000.0) < 1e-6);
    assert_int_equal(tally.services.count, 2);
    assert_true(fabs(samples_mean_ms(&tally.services) - 7 * 60000.0) < 1e-6);
    assert_int_equal(tally.at_counter, 1);
    tally_finish(&tally);
}

static void quotes_are_compared_with_what_came(void **state)
{
    struct tally tally = {0};
    (void)state;
    struct visit_record visit = served(10, 0, 1); /* 600 s */
    visit.quote = (struct quote){
        .is_given = true, .mean_s = 500, .p50_s = 450, .p80_s = 600, .p90_s = 800};
    add(&tally, visit);
    visit.quote.mean_s = 900;
    visit.quote.p50_s = 601;
    add(&tally, visit);
    visit.quote = (struct quote){.ahead = 3}; /* position only */
    add(&tally, visit);
    assert_int_equal(tally.quoted.count, 2);
    assert_int_equal(tally.quoted.not_given, 1);
    assert_int_equal(tally.quoted.within_p50, 1);
    assert_int_equal(tally.quoted.within_p80, 2); /* 600 is at 600 */
    assert_int_equal(tally.quoted.within_p90, 2);
    assert_true(fabs(tally.quoted.error_sum_s - 200.0) < 1e-9);    /* -100 + 300 */
    assert_true(fabs(tally.quoted.absolute_sum_s - 400.0) < 1e-9); /* 100 + 300 */
    assert_true(fabs(tally.quoted.square_sum_s2 - 100000.0) < 1e-6);
    tally_finish(&tally);
}

static void chosen_times_are_counted_beside_the_standard(void **state)
{
    const struct within within = {.count = 2, .seconds = {60, 120}};
    struct measure measure = quarter_hour;
    measure.within = &within;
    struct tally tally = {0};
    (void)state;
    struct visit_record visit = served(1.5, 0, 1);
    assert_int_equal(tally_add_visit(&tally, &visit, &measure, NULL), OK);
    visit = ended(TICKET_ABANDONED, 0.5);
    assert_int_equal(tally_add_visit(&tally, &visit, &measure, NULL), OK);
    assert_share(tally_within_share(&tally, 0, SHARE_F3), 0, 2);
    assert_share(tally_within_share(&tally, 1, SHARE_F3), 1, 2);
    assert_share(tally_within_share(&tally, 0, SHARE_F1), 1, 2);
    assert_share(tally_within_share(&tally, 1, SHARE_F4), 1, 1);
    tally_finish(&tally);
}

static void contacts_count_where_they_were_measured(void **state)
{
    struct tally tally = {0};
    (void)state;
    struct contact_record contact = {.channel = CHANNEL_PHONE,
                                     .outcome = TICKET_SERVED,
                                     .received_at_ms = START_MS,
                                     .answered_at_ms = START_MS + minutes(1),
                                     .ended_at_ms = START_MS + minutes(6)};
    assert_int_equal(tally_add_contact(&tally, &contact, &quarter_hour, NULL), OK);
    contact.answered_at_ms = 0;
    contact.ended_at_ms = 0;
    assert_int_equal(tally_add_contact(&tally, &contact, &quarter_hour, NULL), OK);
    contact.outcome = TICKET_ABANDONED;
    contact.ended_at_ms = START_MS + minutes(2);
    assert_int_equal(tally_add_contact(&tally, &contact, &quarter_hour, NULL), OK);
    contact.outcome = TICKET_CANCELLED;
    assert_int_equal(tally_add_contact(&tally, &contact, &quarter_hour, NULL), OK);
    assert_int_equal(tally.offered, 3);
    assert_int_equal(tally.served, 2);
    assert_int_equal(tally.cancelled, 1);
    assert_share(tally_standard_share(&tally, SHARE_F3), 1, 2); /* one is not measured */
    assert_int_equal(tally.waits.count, 1);
    assert_int_equal(samples_maximum_ms(&tally.services), minutes(5));
    tally_finish(&tally);
}

static void a_contact_without_a_standard_has_no_share(void **state)
{
    struct measure letter = quarter_hour;
    letter.has_standard = false;
    struct contact_record contact = {.channel = CHANNEL_LETTER,
                                     .outcome = TICKET_SERVED,
                                     .received_at_ms = START_MS,
                                     .answered_at_ms = START_MS + minutes(3000)};
    struct tally tally = {0};
    (void)state;
    assert_int_equal(tally_add_contact(&tally, &contact, &letter, NULL), OK);
    assert_int_equal(tally.served, 1);
    assert_share(tally_standard_share(&tally, SHARE_F3), 0, 0);
    assert_int_equal(samples_maximum_ms(&tally.waits), minutes(3000));
    tally_finish(&tally);
}

static void the_sum_of_parts_is_the_whole(void **state)
{
    struct tally parts[2] = {{0}};
    struct tally whole = {0};
    struct tally sum = {0};
    (void)state;
    for (int i = 0; i < 40; i++) {
        struct visit_record visit =
            i % 5 == 0 ? ended(TICKET_ABANDONED, i) : served(i, i % 3, i % 7);
        visit.quote = (struct quote){.is_given = i % 2 == 0, .mean_s = 600, .p90_s = 900};
        add(&parts[i % 3 == 0], visit);
        add(&whole, visit);
    }
    assert_int_equal(tally_merge(&sum, &parts[0], NULL), OK);
    assert_int_equal(tally_merge(&sum, &parts[1], NULL), OK);
    assert_int_equal(sum.offered, whole.offered);
    assert_int_equal(sum.served, whole.served);
    assert_int_equal(sum.lost, whole.lost);
    assert_int_equal(sum.target_percent_sum, 40 * 80);
    assert_int_equal(sum.standard.answered_in_time, whole.standard.answered_in_time);
    assert_int_equal(sum.standard.lost_in_time, whole.standard.lost_in_time);
    assert_int_equal(sum.quoted.within_p90, whole.quoted.within_p90);
    assert_true(fabs(sum.quoted.square_sum_s2 - whole.quoted.square_sum_s2) < 1e-6);
    for (uint32_t percent = 1; percent <= 100; percent++) {
        assert_int_equal(samples_percentile_ms(&sum.waits, percent),
                         samples_percentile_ms(&whole.waits, percent));
    }
    for (int i = 0; i < 2; i++) {
        tally_finish(&parts[i]);
    }
    tally_finish(&whole);
    tally_finish(&sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_give_the_published_example),
        cmocka_unit_test(formulas_give_the_bank_month),
        cmocka_unit_test(an_empty_group_has_no_share),
        cmocka_unit_test(every_outcome_has_its_count),
        cmocka_unit_test(exactly_at_the_standard_is_in_time),
        cmocka_unit_test(a_no_show_waited_until_its_call),
        cmocka_unit_test(lengths_are_wait_walk_and_service),
        cmocka_unit_test(quotes_are_compared_with_what_came),
        cmocka_unit_test(chosen_times_are_counted_beside_the_standard),
        cmocka_unit_test(contacts_count_where_they_were_measured),
        cmocka_unit_test(a_contact_without_a_standard_has_no_share),
        cmocka_unit_test(the_sum_of_parts_is_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
