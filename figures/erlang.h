/* The Erlang distribution: how long until the k-th of a row of exponential steps. */
#ifndef GUICHET_FIGURES_ERLANG_H
#define GUICHET_FIGURES_ERLANG_H

#include <stdint.h>

/* Probability that a sum of `k` (>= 1) exponential steps of mean 1 is at most `x`: the
 * regularised lower incomplete gamma function P(k, x). 0 for x <= 0. Accurate to about
 * 1e-13 for small k and 1e-9 for k = 65536. By the series of NIST DLMF 8.11.4 below the
 * mean and the continued fraction of DLMF 8.9.2 above it (https://dlmf.nist.gov/8),
 * evaluated by the modified Lentz method.
 */
double erlang_probability(uint32_t k, double x);

/* The smallest x with erlang_probability(k, x) >= `p`, for 0 < p < 1; relative error
 * below 1e-9. Newton steps from the approximation of Wilson and Hilferty (1931), kept
 * inside a bracket by bisection. */
double erlang_quantile(uint32_t k, double p);

#endif
