/* See law.h. */
#include "figures/law.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

/* Nothing that a service or a person's patience lasts is longer than a week. */
#define LENGTH_S_MAX 604800.0

static const char *const law_names[] = {
    [LAW_NONE] = "none",
    [LAW_CONSTANT] = "constant",
    [LAW_EXPONENTIAL] = "exponential",
    [LAW_LOG_NORMAL] = "log-normal",
    [LAW_GAMMA] = "gamma",
    [LAW_ERLANG] = "erlang",
    [LAW_WEIBULL] = "weibull",
    [LAW_NORMAL] = "normal",
    [LAW_UNIFORM] = "uniform",
    [LAW_TRIANGULAR] = "triangular",
    [LAW_HYPER] = "hyper-exponential",
    [LAW_VALUES] = "values",
};
static_assert(sizeof(law_names) / sizeof(law_names[0]) == LAW_KIND_COUNT,
              "every law has a name");

const char *law_name(enum law_kind kind)
{
    assert(kind < LAW_KIND_COUNT);
    return law_names[kind];
}

struct law law_of(enum law_kind kind, const double numbers[LAW_NUMBERS_MAX])
{
    assert(kind != LAW_NONE && kind != LAW_VALUES && kind < LAW_KIND_COUNT);
    struct law law = {.kind = kind, .mean_s = numbers[0]};
    for (int i = 0; i < LAW_NUMBERS_MAX; i++) {
        law.numbers[i] = numbers[i];
    }
    if (kind == LAW_LOG_NORMAL || kind == LAW_GAMMA) {
        law.cv = numbers[1];
    } else if (kind == LAW_ERLANG) {
        law.cv = 1.0 / sqrt(numbers[1]);
    } else if (kind == LAW_UNIFORM) {
        law.mean_s = (numbers[0] + numbers[1]) / 2.0;
    } else if (kind == LAW_TRIANGULAR) {
        law.mean_s = (numbers[0] + numbers[1] + numbers[2]) / 3.0;
    } else if (kind == LAW_HYPER) {
        double first = numbers[0] / 100.0;
        law.mean_s = first * numbers[1] + (1.0 - first) * numbers[2];
    }
    return law;
}

struct law law_of_values(const double *values_s, size_t count)
{
    assert(count > 0);
    struct law law = {.kind = LAW_VALUES, .values_s = values_s, .value_count = count};
    for (size_t i = 0; i < count; i++) {
        law.mean_s += values_s[i] / (double)count;
    }
    return law;
}

/* The log-normal law whose logarithm has the variance ln(1 + cv²) has this cv; its mean
 * is exp(mu + variance / 2). */
static double draw_log_normal(const struct law *law, struct random *random)
{
    double variance = log1p(law->cv * law->cv);
    double mu = log(law->mean_s) - variance / 2.0;
    return exp(mu + sqrt(variance) * random_normal(random));
}

static double draw_gamma(const struct law *law, struct random *random)
{
    double shape = 1.0 / (law->cv * law->cv);
    return law->mean_s * random_gamma(random, shape) / shape;
}

/* A power of an exponential number; the mean of that power is Γ(1 + 1 / shape). */
static double draw_weibull(const struct law *law, struct random *random)
{
    double power = 1.0 / law->numbers[1];
    return law->mean_s * pow(random_exponential(random), power) / tgamma(1.0 + power);
}

static double draw_uniform(const struct law *law, struct random *random)
{
    return law->numbers[0] + (law->numbers[1] - law->numbers[0]) * random_uniform(random);
}

/* By inversion: below the mode with the probability of its side. */
static double draw_triangular(const struct law *law, struct random *random)
{
    double least = law->numbers[0];
    double mode = law->numbers[1];
    double greatest = law->numbers[2];
    double width = greatest - least;
    double u = random_uniform(random);
    if (u * width < mode - least) {
        return least + sqrt(u * width * (mode - least));
    }
    return greatest - sqrt((1.0 - u) * width * (greatest - mode));
}

static double draw_hyper(const struct law *law, struct random *random)
{
    bool is_first = 100.0 * random_uniform(random) < law->numbers[0];
    return law->numbers[is_first ? 1 : 2] * random_exponential(random);
}

/* What the law gives, before plus_s and most_s. */
static double draw_alone(const struct law *law, struct random *random)
{
    switch (law->kind) {
    case LAW_EXPONENTIAL:
        return law->mean_s * random_exponential(random);
    case LAW_LOG_NORMAL:
        return draw_log_normal(law, random);
    case LAW_GAMMA:
    case LAW_ERLANG:
        return draw_gamma(law, random);
    case LAW_WEIBULL:
        return draw_weibull(law, random);
    case LAW_NORMAL:
        return law->mean_s + law->numbers[1] * random_normal(random);
    case LAW_UNIFORM:
        return draw_uniform(law, random);
    case LAW_TRIANGULAR:
        return draw_triangular(law, random);
    case LAW_HYPER:
        return draw_hyper(law, random);
    case LAW_VALUES:
        return law->values_s[(size_t)(random_uniform(random) * (double)law->value_count)];
    case LAW_CONSTANT:
    case LAW_NONE:
    case LAW_KIND_COUNT:
        break;
    }
    return law->mean_s;
}

double law_draw_s(const struct law *law, struct random *random)
{
    assert(law->kind != LAW_NONE && law->kind < LAW_KIND_COUNT);
    double number_s = draw_alone(law, random) + law->plus_s;
    return law->most_s > 0.0 && number_s > law->most_s ? law->most_s : number_s;
}

int64_t law_draw_ms(const struct law *law, struct random *random)
{
    double length_s = law_draw_s(law, random);
    length_s = length_s > 0.0 ? length_s : 0.0;
    length_s = length_s < LENGTH_S_MAX ? length_s : LENGTH_S_MAX;
    return (int64_t)llround(length_s * 1000.0);
}
