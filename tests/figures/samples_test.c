/* Means and percentiles of samples, and that joining groups is not averaging them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figures/samples.h"

static void add(struct samples *samples, const int64_t *values_ms, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(samples_add(samples, values_ms[i], NULL), OK);
    }
}

static void no_samples_have_no_length(void **state)
{
    struct samples samples = {0};
    (void)state;
    assert_true(samples_mean_ms(&samples) == 0.0);
    assert_int_equal(samples_percentile_ms(&samples, 90), 0);
    assert_int_equal(samples_maximum_ms(&samples), 0);
    samples_finish(&samples);
}

static void one_sample_is_every_percentile(void **state)
{
    struct samples samples = {0};
    (void)state;
    add(&samples, (const int64_t[]){4200}, 1);
    assert_int_equal(samples_percentile_ms(&samples, 1), 4200);
    assert_int_equal(samples_percentile_ms(&samples, 50), 4200);
    assert_int_equal(samples_percentile_ms(&samples, 100), 4200);
    samples_finish(&samples);
}

static void percentiles_are_nearest_ranks(void **state)
{
    struct samples samples = {0};
    (void)state;
    /* The usual worked example: ranks 1, 2, 3, 3 and 5 of 15 20 35 40 50. */
    add(&samples, (const int64_t[]){40, 15, 50, 35, 20}, 5);
    assert_int_equal(samples_percentile_ms(&samples, 5), 15);
    assert_int_equal(samples_percentile_ms(&samples, 30), 20);
    assert_int_equal(samples_percentile_ms(&samples, 40), 20);
    assert_int_equal(samples_percentile_ms(&samples, 50), 35);
    assert_int_equal(samples_percentile_ms(&samples, 100), 50);
    assert_int_equal(samples_maximum_ms(&samples), 50);
    assert_true(fabs(samples_mean_ms(&samples) - 32.0) < 1e-12);
    samples_finish(&samples);
}

static void an_even_number_has_the_lower_middle_as_median(void **state)
{
    struct samples samples = {0};
    (void)state;
    add(&samples, (const int64_t[]){1, 2, 3, 4}, 4);
    assert_int_equal(samples_percentile_ms(&samples, 50), 2);
    add(&samples, (const int64_t[]){0}, 1); /* sorted again after adding */
    assert_int_equal(samples_percentile_ms(&samples, 50), 2);
    assert_int_equal(samples_percentile_ms(&samples, 1), 0);
    samples_finish(&samples);
}

static void joined_groups_are_not_averaged(void **state)
{
    struct samples one = {0};
    struct samples many = {0};
    (void)state;
    add(&one, (const int64_t[]){1000}, 1);
    add(&many, (const int64_t[]){10, 10, 10}, 3);
    assert_int_equal(samples_merge(&many, &one, NULL), OK);
    assert_true(fabs(samples_mean_ms(&many) - 257.5) < 1e-12); /* not 505 */
    assert_int_equal(samples_percentile_ms(&many, 50), 10);
    assert_int_equal(one.count, 1);
    samples_finish(&one);
    samples_finish(&many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_samples_have_no_length),
        cmocka_unit_test(one_sample_is_every_percentile),
        cmocka_unit_test(percentiles_are_nearest_ranks),
        cmocka_unit_test(an_even_number_has_the_lower_middle_as_median),
        cmocka_unit_test(joined_groups_are_not_averaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
