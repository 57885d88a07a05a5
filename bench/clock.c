#include "clock.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

double clock_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double clock_quantile(double *values, int64_t count, double fraction)
{
    double place = fraction * (double)(count - 1);
    int64_t below = (int64_t)place, above = below + 1 < count ? below + 1 : below;

    if (count < 1)
        return NAN;
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[below] + (place - (double)below) * (values[above] - values[below]);
}

double clock_median(double *values, int64_t count)
{
    return clock_quantile(values, count, 0.5);
}

double clock_spread(double *values, int64_t count)
{
    return (clock_quantile(values, count, 0.75) - clock_quantile(values, count, 0.25)) /
           clock_median(values, count);
}
