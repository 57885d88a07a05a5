/**
 * @file
 * What a problem's answer is, by plain loops in double, and how far another answer is from it.
 */
#ifndef BENCH_REFERENCE_H
#define BENCH_REFERENCE_H

#include "inputs.h"

/** An answer; parts a work does not have are NULL. */
struct answer {
    int64_t rows;    /**< of the columns */
    int64_t samples; /**< number of columns */
    double *columns; /**< problem_rows(), one column a sample */
    int64_t params;
    double *theta; /**< parameters after the update, theta_bar, or Jtr */
};

/** Room for the answer of a problem for @p samples samples. */
void answer_create(const struct problem *problem, int64_t samples, struct answer *answer);

/** Free what answer_create() made. */
void answer_destroy(struct answer *answer);

/** The learning rate answers of a training step are compared at: the update is as large as the parameters. */
extern const double reference_rate;

/** Solve a problem for one period of samples, gradients weighted as for the whole batch. */
void reference_solve(const struct problem *problem, const struct inputs *inputs, struct answer *answer);

/**
 * The distance of an answer for the whole batch from the reference: the largest over the columns together and the
 * parameter blocks of the quotient of Euclidean norms |difference| / |expected|. For a training step a block's is
 * taken of the update. NaN anywhere gives NaN.
 */
double reference_residual(const struct problem *problem, const struct inputs *inputs,
                          const struct answer *expected, const struct answer *answer);

/** The largest residual that is rounding. */
double reference_tolerance(const struct problem *problem);

#endif
