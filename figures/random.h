/* Random numbers of a simulation: the same seed always gives the same numbers, on every
 * machine. The generator is xoshiro256++ (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", ACM Transactions on Mathematical Software 47(4),
 * 2021), its state made by SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014), as its authors advise. Not for secrets.
 *
 * A stream is a generator of its own, named by a key. Streams of different keys have
 * nothing to do with each other: taking more numbers from one shifts no other. */
#ifndef GUICHET_FIGURES_RANDOM_H
#define GUICHET_FIGURES_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state[4];
};

/* The key of a part of `key`: of a day, of a purpose, of a service. Different parts give
 * different keys for all that can be observed. */
uint64_t random_key(uint64_t key, uint64_t part);

/* The stream of this key, at its beginning. */
struct random random_stream(uint64_t key);

/* 64 bits, each 0 or 1 with the same probability. */
uint64_t random_bits(struct random *random);

/* Uniform in [0, 1), in steps of 2^-53. */
double random_uniform(struct random *random);

/* Exponential with mean 1: minus the logarithm of a uniform number. */
double random_exponential(struct random *random);

/* Normal with mean 0 and variance 1, by the polar method (Marsaglia and Bray, SIAM Review
 * 6, 1964). */
double random_normal(struct random *random);

/* Gamma of this shape (> 0) and scale 1 (Marsaglia and Tsang, "A simple method for
 * generating gamma variables", ACM Transactions on Mathematical Software 26(3), 2000). */
double random_gamma(struct random *random, double shape);

#endif
