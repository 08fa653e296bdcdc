/* The pace of service: shrinkage towards the declared length. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figures/pace.h"

static struct site two_services(void)
{
    struct site site = {.service_count = 2};
    site.services[0].typical_service_s = 300;
    site.services[1].typical_service_s = 600;
    return site;
}

static void assert_mean(const struct pace *pace, uint64_t services, double expected_s)
{
    struct site site = two_services();
    assert_true(fabs(pace_mean_s(pace, &site, services) - expected_s) < 1e-9);
}

static void without_observations_the_declared_length_counts(void **state)
{
    (void)state;
    struct pace *pace = pace_create();
    assert_non_null(pace);
    assert_mean(pace, 1, 300.0);
    assert_mean(pace, 2, 600.0);
    assert_mean(pace, 3, 450.0);
    pace_destroy(pace);
}

static void twenty_observations_weigh_as_much_as_the_declared_length(void **state)
{
    (void)state;
    struct pace *pace = pace_create();
    assert_non_null(pace);
    for (int i = 0; i < 20; i++) {
        pace_add(pace, 0, 100000);
    }
    assert_int_equal(pace_count(pace, 0), 20);
    assert_mean(pace, 1, 200.0); /* (20 x 100 + 20 x 300) / 40 */
    /* (20 x 100 + 20 x 300 + 20 x 600) / 60 */
    assert_mean(pace, 3, 20000.0 / 60.0);
    pace_destroy(pace);
}

static void impossible_and_forgotten_services_are_left_out(void **state)
{
    (void)state;
    struct pace *pace = pace_create();
    assert_non_null(pace);
    pace_add(pace, 0, -1);
    pace_add(pace, 0, PACE_LENGTH_MS_MAX + 1);
    assert_int_equal(pace_count(pace, 0), 0);
    pace_add(pace, 0, PACE_LENGTH_MS_MAX);
    assert_int_equal(pace_count(pace, 0), 1);
    pace_reset(pace);
    assert_int_equal(pace_count(pace, 0), 0);
    assert_mean(pace, 1, 300.0);
    pace_destroy(pace);
}

static void mean_is_never_zero(void **state)
{
    (void)state;
    struct pace *pace = pace_create();
    assert_non_null(pace);
    struct site site = {.service_count = 1};
    pace_add(pace, 0, 0);
    assert_true(pace_mean_s(pace, &site, 1) >= 1.0);
    pace_destroy(pace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_observations_the_declared_length_counts),
        cmocka_unit_test(twenty_observations_weigh_as_much_as_the_declared_length),
        cmocka_unit_test(impossible_and_forgotten_services_are_left_out),
        cmocka_unit_test(mean_is_never_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
