/* Random numbers: the published test values, and the moments of every law. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figures/load.h"
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
static void assert_law(enum law_kind kind, double mean_s, double cv)
{
    struct law law = {kind, mean_s, cv};
    struct random random = random_stream(42);
    double sums[4] = {0.0};
    for (int i = 0; i < DRAWS; i++) {
        double deviation = (double)law_draw_ms(&law, &random) / 1000.0 - mean_s;
        double power = 1.0;
        for (int j = 0; j < 4; j++) {
            power *= deviation;
            sums[j] += power / DRAWS;
        }
    }
    double sd = mean_s * cv;
    double variance_error = sqrt((sums[3] - sums[1] * sums[1]) / DRAWS);
    assert_true(fabs(sums[0]) <= 5.0 * sd / sqrt(DRAWS) + 0.0005);
    assert_true(fabs(sums[1] - sd * sd) <= 5.0 * variance_error + 1e-6);
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
        struct law law = {cases[i].kind, 60.0, 1.0};
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
    struct law law = {LAW_LOG_NORMAL, 604800.0, 20.0};
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
        cmocka_unit_test(laws_differ_in_shape),
        cmocka_unit_test(nothing_lasts_longer_than_a_week),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
