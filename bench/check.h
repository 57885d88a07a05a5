/**
 * @file
 * A run is checked before it is timed.
 */
#ifndef BENCH_CHECK_H
#define BENCH_CHECK_H

#include "run.h"

/** The rate of training steps that are timed: parameters stay what they are for any number of them. */
extern const double check_timing_rate;

/** A run that has been checked, or why there is none. */
struct checked {
    struct run *run;
    double residual;
    bool wrong;      /**< it ran and its answer is wrong */
    const char *why; /**< where run is NULL */
};

/** Make a run, run it once, compare its answer with the reference. */
struct checked check_run(const struct problem *problem);

/**
 * Run for as long as a kernel may take to give each of the problem's threads a processor of its own, after they have
 * slept. With one thread, once: others have used the caches since.
 */
void check_warm(const struct problem *problem, struct run *run);

/** Time @p repeats runs in a row: seconds of all. */
double check_time(struct run *run, int64_t repeats);

#endif
