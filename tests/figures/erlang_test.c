/* The Erlang distribution against exact values (computed with 60 digits from the finite
 * sum) and against published tables of the chi-square distribution: the quantile for k
 * steps is half of chi-square's for 2k degrees of freedom. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figures/erlang.h"

static void near(double actual, double expected, double tolerance)
{
    if (!(fabs(actual - expected) <= tolerance * fabs(expected))) {
        fail_msg("%.15g is not %.15g", actual, expected);
    }
}

static void probability_is_the_exact_sum(void **state)
{
    static const struct {
        uint32_t k;
        double x;
        double expected;
    } cases[] = {
        {1, 1.0, 0.6321205588285577},      {2, 1.0, 0.2642411176571153},
        {3, 2.0, 0.3233235838169365},      {5, 2.0, 0.05265301734371116},
        {10, 10.0, 0.5420702855281478},    {10, 25.0, 0.9997785233617512},
        {50, 40.0, 0.07033506665939496},   {1000, 1000.0, 0.5042052441802155},
        {1000, 1100.0, 0.99894067674607},  {1, 0.001, 0.0009995001666250082},
        {65536, 65536.0, 0.5005194561383},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        near(erlang_probability(cases[i].k, cases[i].x), cases[i].expected,
             cases[i].k > 5000 ? 1e-8 : 1e-11);
    }
}

static void probability_of_no_time_is_zero(void **state)
{
    (void)state;
    assert_true(erlang_probability(3, 0.0) == 0.0);
    assert_true(erlang_probability(3, -1.0) == 0.0);
}

static void quantiles_are_half_of_the_chi_square_table(void **state)
{
    static const struct {
        uint32_t k;
        double half_50; /* chi-square of 2k degrees of freedom, at 0.50, 0.80, 0.90 */
        double half_80;
        double half_90;
    } table[] = {
        {1, 1.386, 3.219, 4.605},       {2, 3.357, 5.989, 7.779},
        {5, 9.342, 13.442, 15.987},     {10, 19.337, 25.038, 28.412},
        {50, 99.334, 111.667, 118.498}, {300, 599.333, 628.943, 644.8},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        assert_true(fabs(2 * erlang_quantile(table[i].k, 0.5) - table[i].half_50) < 6e-4);
        assert_true(fabs(2 * erlang_quantile(table[i].k, 0.8) - table[i].half_80) < 6e-4);
        assert_true(fabs(2 * erlang_quantile(table[i].k, 0.9) - table[i].half_90) < 6e-4);
    }
    near(erlang_quantile(10, 0.9), 14.2059902922, 1e-10);
    near(erlang_quantile(2, 0.5), 1.67834699002, 1e-10);
}

static void quantile_is_the_inverse_at_every_size(void **state)
{
    static const double levels[] = {0.01, 0.1, 0.5, 0.8, 0.9, 0.95, 0.999};
    (void)state;
    for (uint32_t k = 1; k <= 65536; k = k * 3 / 2 + 1) {
        for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
            double x = erlang_quantile(k, levels[i]);
            near(erlang_probability(k, x), levels[i], 1e-6);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(probability_is_the_exact_sum),
        cmocka_unit_test(probability_of_no_time_is_zero),
        cmocka_unit_test(quantiles_are_half_of_the_chi_square_table),
        cmocka_unit_test(quantile_is_the_inverse_at_every_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
