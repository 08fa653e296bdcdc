/* P(k, x) and its inverse; see erlang.h. */
#include "figures/erlang.h"

#include <assert.h>
#include <math.h>

#define STEPS_MAX 100000 /* the series needs about sqrt(k) steps; k is at most 65536 */
#define TINY      1e-300 /* stands for zero in a denominator */

/* x^k e^-x / gamma(k): the factor that both expansions share, 0 where it underflows. */
static double front_factor(double k, double x)
{
    return exp(k * log(x) - x - lgamma(k));
}

/* DLMF 8.11.4: P(k, x) = x^k e^-x / gamma(k) x sum of x^n / (k (k+1) … (k+n)). */
static double by_series(double k, double x)
{
    double term = 1.0 / k;
    double sum = term;
    for (int n = 1; n < STEPS_MAX && term > sum * 1e-17; n++) {
        term *= x / (k + n);
        sum += term;
    }
    return front_factor(k, x) * sum;
}

/* DLMF 8.9.2: 1 - P(k, x) = x^k e^-x / gamma(k) x 1/(x+1-k- 1(1-k)/(x+3-k- …)). */
static double by_fraction(double k, double x)
{
    double b = x + 1.0 - k;
    double c = 1.0 / TINY;
    double d = 1.0 / (fabs(b) < TINY ? TINY : b);
    double h = d;
    for (int n = 1; n < STEPS_MAX; n++) {
        double a = -(double)n * ((double)n - k);
        b += 2.0;
        d = a * d + b;
        d = 1.0 / (fabs(d) < TINY ? TINY : d);
        c = b + a / c;
        c = fabs(c) < TINY ? TINY : c;
        double factor = d * c;
        h *= factor;
        if (fabs(factor - 1.0) < 1e-15) {
            break;
        }
    }
    return 1.0 - front_factor(k, x) * h;
}

double erlang_probability(uint32_t k, double x)
{
    assert(k >= 1);
    if (!(x > 0.0)) {
        return 0.0;
    }
    return x < (double)k + 1.0 ? by_series(k, x) : by_fraction(k, x);
}

/* Quantile of the standard normal distribution to about 4.5e-4, enough to start from:
 * Abramowitz and Stegun 26.2.23. */
static double normal_quantile(double p)
{
    double tail = p < 0.5 ? p : 1.0 - p;
    double t = sqrt(-2.0 * log(tail));
    double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                       (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    return p < 0.5 ? -z : z;
}

double erlang_quantile(uint32_t k, double p)
{
    assert(k >= 1 && p > 0.0 && p < 1.0);
    if (k == 1) {
        return -log1p(-p);
    }
    double ninth = 1.0 / (9.0 * k);
    double root = 1.0 - ninth + normal_quantile(p) * sqrt(ninth);
    double x = root > 0.0 ? (double)k * root * root * root : (double)k * p;
    double low = 0.0;
    double high = HUGE_VAL;
    for (int step = 0; step < 200; step++) {
        double excess = erlang_probability(k, x) - p;
        if (excess > 0.0) {
            high = x;
        } else {
            low = x;
        }
        double next = x - excess * x / front_factor(k, x); /* density: factor / x */
        if (!(next > low && next < high)) {
            next = isinf(high) ? 2.0 * x : (low + high) / 2.0;
        }
        double moved = fabs(next - x);
        x = next;
        if (moved <= 1e-10 * x) {
            break;
        }
    }
    return x;
}
