/**
 * @file
 * The machine's limits, measured in the run they are used in.
 */
#ifndef BENCH_PEAK_H
#define BENCH_PEAK_H

#include <stdbool.h>
#include <stdint.h>

/** Where data may be held, nearest first. */
enum { LEVEL_L1, LEVEL_L2, LEVEL_L3, LEVEL_DRAM, LEVELS };

/** Limits of a number of threads together. */
struct peak {
    int threads;
    const char *set;              /**< instruction set of the loops that measured */
    double fma_f32, fma_f64;      /**< GFLOP/s */
    double read[LEVELS];          /**< GB/s */
    double update[LEVELS];        /**< GB/s of w -= rate g: two streams in, one out */
    int64_t capacity[LEVELS - 1]; /**< bytes the threads' caches of a level hold */
};

/** The name of a level: "L1" .. "DRAM". */
const char *peak_level_name(int level);

/** Measure; @p quick in about 0.1 s rather than 0.5. */
void peak_measure(int threads, bool quick, struct peak *peak);

#endif
