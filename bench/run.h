/**
 * @file
 * What a program of the benchmark implements: a problem it can run again and again. Each program defines struct run and
 * these functions once; serve.h speaks with the driver on its behalf.
 */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include "reference.h"

struct run;

/** What computes: a name and a version. */
const char *run_library(void);

/** Residuals may exceed the tolerance by this factor, where the library approximates by design. */
extern const double run_tolerance_factor;

/** Make a problem ready to run; NULL where it cannot be, for the reason @p why. */
struct run *run_create(const struct problem *problem, const struct inputs *inputs, const char **why);

/** Free a run. */
void run_destroy(struct run *run);

/** Set the rate of training steps. */
void run_set_rate(struct run *run, double rate);

/** Run the problem once. */
void run_once(struct run *run);

/** The answer of the last run; after a training step the parameters. @p answer has its arrays. */
void run_answer(struct run *run, struct answer *answer);

#endif
