/* See random.h. */
#include "figures/random.h"

#include <assert.h>
#include <math.h>

/* 2^-53: a double has 53 bits. */
#define UNIFORM_STEP (1.0 / 9007199254740992.0)

/* The step of SplitMix64: 2^64 divided by the golden ratio, made odd. */
#define SPLIT_STEP UINT64_C(0x9e3779b97f4a7c15)

static uint64_t split_mix(uint64_t value)
{
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

uint64_t random_key(uint64_t key, uint64_t part)
{
    return split_mix(split_mix(key + SPLIT_STEP) + (part + 1) * SPLIT_STEP);
}

struct random random_stream(uint64_t key)
{
    struct random random;
    for (unsigned i = 0; i < 4; i++) {
        random.state[i] = split_mix(key + (i + 1) * SPLIT_STEP);
    }
    return random;
}

static uint64_t rotate_left(uint64_t value, unsigned bits)
{
    assert(bits > 0 && bits < 64);
    return value << bits | value >> (64 - bits);
}

uint64_t random_bits(struct random *random)
{
    uint64_t *state = random->state;
    uint64_t result = rotate_left(state[0] + state[3], 23) + state[0];
    uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate_left(state[3], 45);
    return result;
}

double random_uniform(struct random *random)
{
    return (double)(random_bits(random) >> 11) * UNIFORM_STEP;
}

double random_exponential(struct random *random)
{
    return -log1p(-random_uniform(random)); /* 1 - u is never 0 */
}

double random_normal(struct random *random)
{
    double x = 0.0;
    double square = 0.0;
    do {
        x = 2.0 * random_uniform(random) - 1.0;
        double y = 2.0 * random_uniform(random) - 1.0;
        square = x * x + y * y;
    } while (square >= 1.0 || square <= 0.0);
    return x * sqrt(-2.0 * log(square) / square);
}

double random_gamma(struct random *random, double shape)
{
    assert(shape > 0.0);
    if (shape < 1.0) {
        double power = pow(1.0 - random_uniform(random), 1.0 / shape);
        return random_gamma(random, shape + 1.0) * power;
    }
    double d = shape - 1.0 / 3.0;
    double c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        double normal = random_normal(random);
        double root = 1.0 + c * normal;
        double v = root * root * root;
        double u = 1.0 - random_uniform(random); /* in (0, 1] */
        if (v > 0.0 && log(u) < 0.5 * normal * normal + d - d * v + d * log(v)) {
            return d * v;
        }
    }
}
