/* Random numbers: the published test values, and the moments of every law. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figures/law.h"
#include "figures/random.h"

#define DRAWS 40000

static void the_generator_gives_the_published_numbers(void **state)
{
    (void)state;
    /* The authors' program xoshiro256plusplus.c, started with 1, 2, 3, 4. */
    static const uint64_t numbers[] = {
        UINT64_C(41943041), UINT64_C(58720359), UINT64_C(3588806011781223),
        UINT64_C(3591011842654386), UINT64_C(9228616714210784205)};
    struct random random = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        assert_true(random_bits(&random) == numbers[i]);
    }
}

static void a_stream_begins_as_its_authors_advise(void **state)
{
    (void)state;
    /* SplitMix64 of 1234567. */
    struct random random = random_stream(1234567);
    assert_true(random.state[0] == UINT64_C(6457827717110365317));
    assert_true(random.state[1] == UINT64_C(3203168211198807973));
}

static void parts_of_a_key_have_streams_of_their_own(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 100; i++) {
        for (uint64_t j = 0; j < 100; j++) {
            uint64_t key = random_key(i, j);
            assert_true(key == random_key(i, j));
            assert_true((key == random_key(j, i)) == (i == j));
            assert_true(key != random_key(i, j + 1) && key != random_key(i + 1, j));
        }
    }
}

/* Mean and standard deviation of a law within 5 standard errors; that of the deviation is
 * taken from the fourth moment of the draws themselves. */
static void assert_moments(const struct law *law, double mean_s, double sd)
{
    struct random random = random_stream(42);
    double sums[4] = {0.0};
    for (int i = 0; i < DRAWS; i++) {
        double deviation = (double)law_draw_ms(law, &random) / 1000.0 - mean_s;
        double power = 1.0;
        for (int j = 0; j < 4; j++) {
            power *= deviation;
            sums[j] += power / DRAWS;
        }
    }
    double variance_error = sqrt((sums[3] - sums[1] * sums[1]) / DRAWS);
    assert_true(fabs(sums[0]) <= 5.0 * sd / sqrt(DRAWS) + 0.0005);
    assert_true(fabs(sums[1] - sd * sd) <= 5.0 * variance_error + 1e-6);
}

static void assert_law(enum law_kind kind, double mean_s, double cv)
{
    struct law law = law_of(kind, (const double[LAW_NUMBERS_MAX]){mean_s, cv});
    assert_moments(&law, mean_s, mean_s * cv);
}

static void laws_by_other_numbers_have_theirs(void **state)
{
    (void)state;
    static const struct {
        enum law_kind kind;
        double numbers[LAW_NUMBERS_MAX];
        double mean_s;
        double sd;
    } cases[] = {
        {LAW_ERLANG, {300.0, 4.0}, 300.0, 150.0},
        {LAW_WEIBULL, {300.0, 1.0}, 300.0, 300.0},
        {LAW_WEIBULL, {300.0, 2.0}, 300.0, 156.816960}, /* sqrt(4 / pi - 1) */
        {LAW_NORMAL, {600.0, 60.0}, 600.0, 60.0},
        {LAW_UNIFORM, {60.0, 180.0}, 120.0, 34.641016}, /* width / sqrt(12) */
        {LAW_TRIANGULAR, {30.0, 60.0, 300.0}, 130.0, 60.415230},
        {LAW_HYPER, {20.0, 180.0, 30.0}, 60.0, 103.923048}, /* cv² 3 */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct law law = law_of(cases[i].kind, cases[i].numbers);
        assert_true(fabs(law.mean_s - cases[i].mean_s) < 1e-9);
        assert_moments(&law, cases[i].mean_s, cases[i].sd);
    }
    static const double values_s[] = {20.0, 40.0, 60.0, 120.0};
    struct law law = law_of_values(values_s, 4);
    assert_true(fabs(law.mean_s - 60.0) < 1e-9);
    assert_moments(&law, 60.0, 37.416574);
}

static void a_law_is_shifted_and_capped(void **state)
{
    (void)state;
    struct law law = law_of(LAW_EXPONENTIAL, (const double[LAW_NUMBERS_MAX]){40.0});
    law.plus_s = 20.0;
    assert_moments(&law, 60.0, 40.0);
    law.plus_s = 0.0;
    law.most_s = 90.0;
    struct random random = random_stream(11);
    int at_most = 0;
    for (int i = 0; i < DRAWS; i++) {
        int64_t length_ms = law_draw_ms(&law, &random);
        assert_true(length_ms <= 90000);
        at_most += length_ms == 90000;
    }
    double share = exp(-90.0 / 40.0);
    assert_true(fabs((double)at_most / DRAWS - share) <
                4.0 * sqrt(share * (1.0 - share) / DRAWS));
    /* A length is never negative, a lateness can be. */
    law = law_of(LAW_CONSTANT, (const double[LAW_NUMBERS_MAX]){10.0});
    law.plus_s = -30.0;
    assert_int_equal(law_draw_ms(&law, &random), 0);
    assert_true(fabs(law_draw_s(&law, &random) + 20.0) < 1e-9);
}

static void laws_have_their_mean_and_deviation(void **state)
{
    (void)state;
    assert_law(LAW_CONSTANT, 300.0, 0.0);
    assert_law(LAW_EXPONENTIAL, 120.0, 1.0);
    assert_law(LAW_LOG_NORMAL, 480.0, 0.6);
    assert_law(LAW_GAMMA, 480.0, 0.6);
    assert_law(LAW_GAMMA, 100.0, 1.6); /* shape below 1 */
}

static void laws_differ_in_shape(void **state)
{
    (void)state;
    /* Share above three means: exp(-3) = 0.0498; log-normal with cv 1: 0.0413. */
    static const struct {
        enum law_kind kind;
        double share;
    } cases[] = {
        {LAW_EXPONENTIAL, 0.04979}, {LAW_GAMMA, 0.04979}, {LAW_LOG_NORMAL, 0.04130}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct law law =
            law_of(cases[i].kind, (const double[LAW_NUMBERS_MAX]){60.0, 1.0});
        struct random random = random_stream(7);
        int above = 0;
        for (int j = 0; j < DRAWS; j++) {
            above += law_draw_ms(&law, &random) > 180000;
        }
        double error = sqrt(cases[i].share * (1.0 - cases[i].share) / DRAWS);
        assert_true(fabs((double)above / DRAWS - cases[i].share) < 4.0 * error);
    }
}

static void nothing_lasts_longer_than_a_week(void **state)
{
    (void)state;
    struct law law =
        law_of(LAW_LOG_NORMAL, (const double[LAW_NUMBERS_MAX]){604800.0, 20.0});
    struct random random = random_stream(3);
    for (int i = 0; i < 1000; i++) {
        int64_t length_ms = law_draw_ms(&law, &random);
        assert_true(length_ms >= 0 && length_ms <= INT64_C(604800000));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_gives_the_published_numbers),
        cmocka_unit_test(a_stream_begins_as_its_authors_advise),
        cmocka_unit_test(parts_of_a_key_have_streams_of_their_own),
        cmocka_unit_test(laws_have_their_mean_and_deviation),
        cmocka_unit_test(laws_by_other_numbers_have_theirs),
        cmocka_unit_test(a_law_is_shifted_and_capped),
        cmocka_unit_test(laws_differ_in_shape),
        cmocka_unit_test(nothing_lasts_longer_than_a_week),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
