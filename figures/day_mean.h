/* A figure over several simulated days with its 95 % confidence interval.
 *
 * Each day gives a part and what it is a part of: 812 within the standard of 1,000
 * offered. The figure is the sum of the parts over the sum of the others, so that a busy
 * day weighs what it is: percentages of days are never averaged. A plain mean per day is
 * the same with 1 as the other. Days are independent, hours of one day are not: the
 * interval counts days.
 *
 * The interval is figure ± t x standard error, t the 97.5 % point of Student's law with
 * one degree of freedom less than there are days. The standard error of a ratio is the
 * linear one (delta method): sqrt(sum (part - figure x of)² / (n - 1) / n) / mean of `of`
 * (Law, Simulation Modeling and Analysis, 5th edition, 2015, 9.5.3 uses it for
 * regenerative cycles; days are such cycles); for a plain mean it is the usual one. */
#ifndef GUICHET_FIGURES_DAY_MEAN_H
#define GUICHET_FIGURES_DAY_MEAN_H

#include <stdbool.h>
#include <stdint.h>

/* Zeroed is empty and ready for use. Means, and sums of squares about them, kept up by
 * Welford's recurrence. */
struct day_mean {
    uint32_t count;
    double part;
    double of;
    double part_part;
    double part_of;
    double of_of;
};

struct interval_95 {
    bool is_defined;   /* there is something to divide by */
    bool has_interval; /* at least two days */
    double mean;
    double half_width; /* of the 95 % interval; 0 without one */
};

void day_mean_add(struct day_mean *mean, double part, double of);
struct interval_95 day_mean_interval(const struct day_mean *mean);

/* The 97.5 % point of Student's law with `freedom` (>= 1) degrees of freedom: exact for 1
 * and 2, from 3 on the expansion 26.7.5 of Abramowitz and Stegun (1964), good to 0.004 at
 * 3 and to 0.0001 from 7 on. */
double student_point(uint32_t freedom);

#endif
