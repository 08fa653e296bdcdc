/* The order of recorded facts at one and the same moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "admin/replay_plan.h"

#define DATE 20261123U

static struct replay_visit served(int64_t arrived_ms, int64_t called_ms,
                                  int64_t started_ms, int64_t finished_ms)
{
    struct replay_visit visit = {
        .outcome = TICKET_SERVED, .date = DATE, .counter = 0, .is_valid = true};
    visit.at_ms[REPLAY_ARRIVED] = arrived_ms;
    visit.at_ms[REPLAY_CALLED] = called_ms;
    visit.at_ms[REPLAY_STARTED] = started_ms;
    visit.at_ms[REPLAY_FINISHED] = finished_ms;
    return visit;
}

static struct replay_visit abandoned(int64_t arrived_ms, int64_t left_ms)
{
    struct replay_visit visit = {.outcome = TICKET_ABANDONED,
                                 .date = DATE,
                                 .counter = SITE_NONE,
                                 .is_valid = true};
    visit.at_ms[REPLAY_ARRIVED] = arrived_ms;
    visit.at_ms[REPLAY_LEFT] = left_ms;
    return visit;
}

/* The plan as text: "arrive0@1 call0@2 …". */
static void assert_plan(struct replay_log *log, const char *expected)
{
    static const char *const names[STEP_KIND_COUNT] = {
        [STEP_CLOSE_COUNTER] = "close", [STEP_OPEN_COUNTER] = "open",
        [STEP_ARRIVE] = "arrive",       [STEP_CALL] = "call",
        [STEP_START] = "start",         [STEP_END] = "end",
    };
    struct replay_step *steps = NULL;
    size_t count = 0;
    assert_int_equal(replay_plan_make(log, &steps, &count, NULL), OK);
    char text[512] = "";
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        length += (size_t)snprintf(text + length, sizeof(text) - length, "%s%s%zu@%lld",
                                   i > 0 ? " " : "", names[steps[i].kind], steps[i].index,
                                   (long long)steps[i].at_ms);
    }
    free(steps);
    assert_string_equal(text, expected);
}

static void ends_come_before_arrivals_and_calls(void **state)
{
    (void)state;
    struct replay_visit visits[] = {served(1, 5, 5, 9), abandoned(5, 7),
                                    served(1, 2, 2, 5), abandoned(2, 5)};
    struct replay_log log = {.visits = visits, .visit_count = 4};
    assert_plan(&log, "arrive0@1 arrive2@1 arrive3@2 call2@2 start2@2 end2@5 end3@5 "
                      "arrive1@5 call0@5 start0@5 end1@7 end0@9");
}

static void a_visit_of_no_length_is_played_through(void **state)
{
    (void)state;
    struct replay_visit visits[] = {served(1, 4, 4, 8), served(2, 4, 4, 4),
                                    abandoned(4, 4)};
    struct replay_log log = {.visits = visits, .visit_count = 3};
    assert_plan(&log, "arrive0@1 arrive1@2 arrive2@4 call1@4 start1@4 end1@4 end2@4 "
                      "call0@4 start0@4 end0@8");
}

static void a_start_at_the_end_stands_before_it(void **state)
{
    (void)state;
    struct replay_visit visits[] = {served(1, 2, 4, 4), served(1, 4, 5, 6)};
    struct replay_log log = {.visits = visits, .visit_count = 2};
    assert_plan(&log, "arrive0@1 arrive1@1 call0@2 start0@4 end0@4 call1@4 start1@5 "
                      "end1@6");
}

static void stretches_that_touch_are_one(void **state)
{
    (void)state;
    struct replay_visit visits[] = {served(2, 4, 4, 6)};
    struct replay_span spans[] = {
        {.counter = 0, .date = DATE, .opened_ms = 1, .closed_ms = 4, .is_valid = true},
        {.counter = 0, .date = DATE, .opened_ms = 4, .closed_ms = 6, .is_valid = true},
        {.counter = 1,
         .date = DATE,
         .opened_ms = 4,
         .closed_ms = 6,
         .services = 1,
         .is_valid = true},
        {.counter = 1, .date = DATE, .opened_ms = 6, .closed_ms = 0, .is_valid = true},
    };
    struct replay_log log = {.visits = visits,
                             .visit_count = 1,
                             .counters_path = "c.csv",
                             .spans = spans,
                             .span_count = 4};
    assert_plan(&log,
                "open0@1 arrive0@2 open2@4 call0@4 start0@4 end0@6 close1@6 close2@6 "
                "open3@6");
}

static void days_follow_each_other(void **state)
{
    (void)state;
    struct replay_visit visits[] = {abandoned(9, 12), abandoned(8, 9)};
    visits[0].date = DATE + 1;
    struct replay_log log = {.visits = visits, .visit_count = 2};
    assert_plan(&log, "arrive1@8 end1@9 arrive0@9 end0@12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_come_before_arrivals_and_calls),
        cmocka_unit_test(a_visit_of_no_length_is_played_through),
        cmocka_unit_test(a_start_at_the_end_stands_before_it),
        cmocka_unit_test(stretches_that_touch_are_one),
        cmocka_unit_test(days_follow_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
