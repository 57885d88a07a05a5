/**
 * @file
 * Time and order statistics.
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdint.h>

/** Seconds of the monotonic clock. */
double clock_now(void);

/** The value below which @p fraction of the values lie, interpolated; sorts them. NaN for none. */
double clock_quantile(double *values, int64_t count, double fraction);

/** The median; sorts the values. */
double clock_median(double *values, int64_t count);

/** The middle half's width over the median: how noisy the values are. Sorts them. */
double clock_spread(double *values, int64_t count);

#endif
