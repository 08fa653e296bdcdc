/* See day_mean.h. */
#include "figures/day_mean.h"

#include <assert.h>
#include <math.h>

/* The 97.5 % point of the normal law. */
#define NORMAL_POINT 1.959963984540054

void day_mean_add(struct day_mean *mean, double part, double of)
{
    mean->count++;
    double part_before = part - mean->part;
    double of_before = of - mean->of;
    mean->part += part_before / (double)mean->count;
    mean->of += of_before / (double)mean->count;
    mean->part_part += part_before * (part - mean->part);
    mean->part_of += part_before * (of - mean->of);
    mean->of_of += of_before * (of - mean->of);
}

struct interval_95 day_mean_interval(const struct day_mean *mean)
{
    struct interval_95 interval = {0};
    if (mean->count == 0 || fabs(mean->of) < 1e-300) {
        return interval;
    }
    interval.is_defined = true;
    interval.mean = mean->part / mean->of;
    if (mean->count < 2) {
        return interval;
    }
    double ratio = interval.mean;
    double squares =
        mean->part_part - 2.0 * ratio * mean->part_of + ratio * ratio * mean->of_of;
    double n = (double)mean->count;
    double error = sqrt(fmax(squares, 0.0) / (n - 1.0) / n) / fabs(mean->of);
    interval.has_interval = true;
    interval.half_width = student_point(mean->count - 1) * error;
    return interval;
}

double student_point(uint32_t freedom)
{
    assert(freedom >= 1);
    if (freedom == 1) {
        return 12.706204736174698; /* tan(0.475 pi) */
    }
    if (freedom == 2) {
        return 4.302652729696142; /* 0.95 / sqrt(2 x 0.975 x 0.025) */
    }
    double z = NORMAL_POINT;
    double z2 = z * z;
    double n = (double)freedom;
    double g1 = z * (z2 + 1.0) / 4.0;
    double g2 = z * (3.0 + z2 * (16.0 + 5.0 * z2)) / 96.0;
    double g3 = z * (-15.0 + z2 * (17.0 + z2 * (19.0 + 3.0 * z2))) / 384.0;
    double g4 = z * (-945.0 + z2 * (-1920.0 + z2 * (1482.0 + z2 * (776.0 + 79.0 * z2)))) /
                92160.0;
    return z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
}
