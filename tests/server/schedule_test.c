/* Business day and opening hours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "server/schedule.h"
#include "site_fixture.h"

#define MORNING   (8 * 60 + 30)
#define NOON      (12 * 60)
#define AFTERNOON (13 * 60 + 30)
#define EVENING   (16 * 60 + 30)

#define SITE_HEAD "[site]\nid = test\nname.fr = Test\ntime_zone = Europe/Paris\n"
#define SITE_SERVICE                                                                     \
    "[hall main]\nname.fr = Accueil\n"                                                   \
    "[service permis]\nletter = A\ncolor = #7a3b0a\nname.fr = Permis\n"                  \
    "hours.mon = 08:30-12:00 13:30-16:30\n"
#define SITE_COUNTER "[counter 1]\nname.fr = Guichet 1\nhall = main\nservices = permis\n"

/* A site whose one service is open on Mondays in the morning and the afternoon. */
static const char monday_hours[] = SITE_HEAD SITE_SERVICE SITE_COUNTER;
static const char dated_hours[] = SITE_HEAD
    "closed_dates = 2026-11-30, 2026-12-25\n" SITE_SERVICE
    "hours.2026-12-14 = closed\nhours.2026-12-07 = 12:00-14:00\n"
    "hours.2026-11-28 = 12:00-14:00\nhours.2026-12-25 = 12:00-14:00\n" SITE_COUNTER;
static const char early_tickets[] =
    SITE_HEAD SITE_SERVICE "tickets_before_minutes = 15\n" SITE_COUNTER;

static uint32_t opens_at(const struct queue *queue, uint32_t date, uint32_t weekday,
                         uint32_t minute)
{
    const struct local_time local = {
        .date = date, .weekday = weekday, .minute_of_day = minute};
    return schedule_opens_at_minute(queue_site(queue), 0, &local);
}

/* Execute what the schedule asks for; returns how many commands it asked. */
static int follow(struct schedule *schedule, struct queue *queue, uint32_t date,
                  uint32_t weekday, uint32_t minute)
{
    struct local_time local = {.date = date, .weekday = weekday, .minute_of_day = minute};
    struct command command;
    int count = 0;
    while (schedule_next(schedule, queue, &local, date, 2, &command)) {
        struct event events[STEP_EVENTS_MAX];
        size_t event_count = 0;
        struct refused refused;
        struct error err;
        assert_int_equal(
            queue_decide(queue, &command, 2, events, &event_count, &refused, &err), OK);
        for (size_t i = 0; i < event_count; i++) {
            queue_apply(queue, &events[i]);
        }
        count++;
        assert_true(count < 10);
    }
    return count;
}

static void the_day_opens_and_services_follow_their_hours(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(monday_hours);
    struct schedule schedule = {0};
    assert_int_equal(follow(&schedule, queue, 20261123, 0, MORNING - 1), 1);
    assert_int_equal(queue_day(queue), 20261123);
    assert_false(queue_service_is_open(queue, 0));
    assert_int_equal(follow(&schedule, queue, 20261123, 0, MORNING), 1);
    assert_true(queue_service_is_open(queue, 0));
    assert_int_equal(follow(&schedule, queue, 20261123, 0, NOON - 1), 0);
    assert_int_equal(follow(&schedule, queue, 20261123, 0, NOON), 1);
    assert_false(queue_service_is_open(queue, 0));
    queue_destroy(queue);
}

static void the_next_business_date_closes_the_old_day_first(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(monday_hours);
    struct schedule schedule = {0};
    (void)follow(&schedule, queue, 20261123, 0,
                 MORNING); /* opens the day and the service */
    assert_true(follow(&schedule, queue, 20261124, 1, MORNING) >= 2);
    assert_int_equal(queue_day(queue), 20261124);
    assert_false(queue_service_is_open(queue, 0));
    queue_destroy(queue);
}

static void a_clock_set_back_closes_nothing(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(monday_hours);
    struct schedule schedule = {0};
    (void)follow(&schedule, queue, 20261123, 0, 0); /* opens the day */
    assert_int_equal(follow(&schedule, queue, 20261122, 6, 0), 0);
    assert_int_equal(queue_day(queue), 20261123);
    queue_destroy(queue);
}

static void a_day_closed_by_hand_stays_closed_until_the_next(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(monday_hours);
    struct schedule schedule = {0};
    (void)follow(&schedule, queue, 20261123, 0,
                 MORNING); /* opens the day and the service */
    struct event closed = {.kind = EVENT_DAY_CLOSED,
                           .seq = queue_seq(queue) + 1,
                           .at_ms = 3,
                           .date = 20261123};
    queue_apply(queue, &closed);
    assert_int_equal(follow(&schedule, queue, 20261123, 0, MORNING), 0);
    assert_int_equal(queue_day(queue), 0);
    assert_true(follow(&schedule, queue, 20261124, 1, MORNING) >= 1);
    assert_int_equal(queue_day(queue), 20261124);
    queue_destroy(queue);
}

static void a_service_opened_by_hand_keeps_that_until_its_hours_change(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(monday_hours);
    struct schedule schedule = {0};
    (void)follow(&schedule, queue, 20261123, 0,
                 NOON + 1); /* opens the day, service closed */
    struct event opened = {.kind = EVENT_SERVICE_OPENED,
                           .seq = queue_seq(queue) + 1,
                           .at_ms = 2,
                           .service = 0};
    queue_apply(queue, &opened);
    assert_int_equal(follow(&schedule, queue, 20261123, 0, NOON + 2), 0);
    assert_true(queue_service_is_open(queue, 0));
    queue_destroy(queue);
}

static void a_closed_service_says_when_it_opens_again_today(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(monday_hours);
    assert_int_equal(opens_at(queue, 20261123, 0, 0), MORNING);
    assert_int_equal(opens_at(queue, 20261123, 0, NOON), AFTERNOON);
    assert_int_equal(opens_at(queue, 20261123, 0, EVENING), UINT32_MAX);
    assert_int_equal(opens_at(queue, 20261124, 1, 0), UINT32_MAX);
    queue_destroy(queue);
}

static void dates_go_before_weekdays_and_holidays_close_all(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(dated_hours);
    assert_int_equal(opens_at(queue, 20261123, 0, 0), MORNING);
    assert_int_equal(opens_at(queue, 20261130, 0, 0), UINT32_MAX); /* closed_dates */
    assert_int_equal(opens_at(queue, 20261207, 0, 0), NOON);
    assert_int_equal(opens_at(queue, 20261214, 0, 0), UINT32_MAX); /* closed */
    assert_int_equal(opens_at(queue, 20261128, 5, 0), NOON);       /* a Saturday */
    assert_int_equal(opens_at(queue, 20261225, 4, 0), NOON); /* before closed_dates */
    queue_destroy(queue);
}

static void tickets_begin_before_the_doors_open(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(early_tickets);
    struct schedule schedule = {0};
    assert_int_equal(opens_at(queue, 20261123, 0, 0), MORNING - 15);
    (void)follow(&schedule, queue, 20261123, 0, MORNING - 16); /* opens the day */
    assert_false(queue_service_is_open(queue, 0));
    assert_int_equal(follow(&schedule, queue, 20261123, 0, MORNING - 15), 1);
    assert_true(queue_service_is_open(queue, 0));
    const struct local_time before = {.date = 20261123, .minute_of_day = MORNING - 15};
    assert_int_equal(schedule_closes_at_minute(queue_site(queue), 0, &before), NOON);
    const struct local_time evening = {.date = 20261123, .minute_of_day = EVENING};
    assert_int_equal(schedule_closes_at_minute(queue_site(queue), 0, &evening),
                     UINT32_MAX);
    queue_destroy(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_day_opens_and_services_follow_their_hours),
        cmocka_unit_test(the_next_business_date_closes_the_old_day_first),
        cmocka_unit_test(a_clock_set_back_closes_nothing),
        cmocka_unit_test(a_day_closed_by_hand_stays_closed_until_the_next),
        cmocka_unit_test(a_service_opened_by_hand_keeps_that_until_its_hours_change),
        cmocka_unit_test(a_closed_service_says_when_it_opens_again_today),
        cmocka_unit_test(dates_go_before_weekdays_and_holidays_close_all),
        cmocka_unit_test(tickets_begin_before_the_doors_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
