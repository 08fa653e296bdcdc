/* Means over days and their intervals, against values worked out by hand or taken from
 * tables. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figures/day_mean.h"

static void points_of_student_are_those_of_the_tables(void **state)
{
    (void)state;
    static const struct {
        uint32_t freedom;
        double point;
        double tolerance;
    } cases[] = {{1, 12.7062, 5e-5},  {2, 4.30265, 5e-6},  {3, 3.18245, 4e-3},
                 {4, 2.77645, 1e-3},  {7, 2.36462, 1e-4},  {9, 2.26216, 5e-5},
                 {30, 2.04227, 5e-6}, {99, 1.98422, 5e-6}, {999, 1.96234, 5e-6}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        double point = student_point(cases[i].freedom);
        assert_true(fabs(point - cases[i].point) < cases[i].tolerance);
    }
}

static void a_plain_mean_has_the_usual_interval(void **state)
{
    (void)state;
    struct day_mean mean = {0};
    day_mean_add(&mean, 10.0, 1.0);
    struct interval_95 interval = day_mean_interval(&mean);
    assert_true(interval.is_defined && !interval.has_interval);
    assert_true(fabs(interval.mean - 10.0) < 1e-12);
    day_mean_add(&mean, 14.0, 1.0);
    day_mean_add(&mean, 12.0, 1.0);
    interval = day_mean_interval(&mean);
    /* Mean 12, standard deviation 2: 4.30265 x 2 / sqrt(3). */
    assert_true(interval.has_interval && fabs(interval.mean - 12.0) < 1e-12);
    assert_true(fabs(interval.half_width - 4.968275) < 1e-5);
}

static void a_share_is_the_sum_of_parts_over_the_sum(void **state)
{
    (void)state;
    struct day_mean mean = {0};
    day_mean_add(&mean, 90.0, 100.0);
    day_mean_add(&mean, 100.0, 200.0);
    struct interval_95 interval = day_mean_interval(&mean);
    /* 190 / 300, not the mean of 90 % and 50 %. Differences from it: 26.6667 and
     * -26.6667; sqrt(1422.22 / 1 / 2) / 150 x 12.7062. */
    assert_true(fabs(interval.mean - 190.0 / 300.0) < 1e-12);
    assert_true(fabs(interval.half_width - 2.258881) < 1e-5);
}

static void without_anything_to_divide_by_nothing_is_said(void **state)
{
    (void)state;
    struct day_mean mean = {0};
    assert_false(day_mean_interval(&mean).is_defined);
    day_mean_add(&mean, 0.0, 0.0);
    assert_false(day_mean_interval(&mean).is_defined);
}

static void equal_days_have_an_interval_of_nothing(void **state)
{
    (void)state;
    struct day_mean mean = {0};
    for (int i = 0; i < 1000; i++) {
        day_mean_add(&mean, 0.1, 0.3);
    }
    struct interval_95 interval = day_mean_interval(&mean);
    assert_true(interval.half_width >= 0.0 && interval.half_width < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_of_student_are_those_of_the_tables),
        cmocka_unit_test(a_plain_mean_has_the_usual_interval),
        cmocka_unit_test(a_share_is_the_sum_of_parts_over_the_sum),
        cmocka_unit_test(without_anything_to_divide_by_nothing_is_said),
        cmocka_unit_test(equal_days_have_an_interval_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
