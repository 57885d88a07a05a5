/* Comparing the library's jets, and gradients through them, with the reference. */
#ifndef TESTS_SUPPORT_JET_CHECK_H
#define TESTS_SUPPORT_JET_CHECK_H

#include "support/jet_reference.h"
#include "support/problem_set.h"

enum { MOST_DIRECTIONS = 7, MOST_UNITS = 40 }; /* units of x are directions up to so many */

/* What is asked of the library at every sample of a problem. */
typedef struct jet_case {
    jet_shape shape;
    int units, laplacian; /* no v is handed over: the units of x */
    int shared;           /* v is the same for all samples */
    double *v, *weights;  /* n_0 x directions, for each sample unless shared; n_0 or NULL */
} jet_case;

/* Random directions; the units of x; the Laplacian, with random weights of both signs or without. */
jet_case jet_case_directions(problem *problem, int32_t order, int64_t directions, int shared);
jet_case jet_case_units(problem *problem, int32_t order);
jet_case jet_case_laplacian(problem *problem, int weighted);
void jet_case_destroy(jet_case *jet);

/* Columns of y_k of the whole batch. */
int64_t jet_case_columns(const jet_case *jet, const problem *problem, int32_t k);

/* Calls the library; y[k] receives y_k, NULL to skip; y[0] is ignored. */
void jet_case_run(const jet_case *jet, subject *subject, double *const y[JET_ORDERS]);

/* A problem and the slopes of its samples. */
typedef struct jet_oracle {
    problem *problem;
    jet_slopes *slopes;
} jet_oracle;

jet_oracle jet_oracle_create(problem *problem);
void jet_oracle_destroy(const jet_oracle *oracle);

/* The scales of y_k of one sample, k = 1 .. order, into its columns of arrays for the batch; NULL ones are skipped. */
void jet_scales(const jet_oracle *oracle, const jet_case *jet, int64_t sample, double *const y[JET_ORDERS]);

/* Counts by order of the jet: its values, and gradients of losses of it. */
typedef struct jet_tally {
    tally values[JET_ORDERS], gradients[JET_ORDERS];
} jet_tally;

/* Cotangents of y, y1 and y2 of the whole batch, NULL for 0: random ones of those named by the bits of `which`. */
typedef struct jet_cotangents {
    double *y_bar[JET_ORDERS];
} jet_cotangents;

jet_cotangents jet_cotangents_draw(const jet_oracle *oracle, const jet_case *jet, int which);
void jet_cotangents_destroy(jet_cotangents *bars);

/* Calls the library for the jet, and then for the gradients. */
void jet_case_pull(const jet_case *jet, subject *subject, const jet_cotangents *bars, double *x_bar,
                   double *theta_bar);

/* d/d(seed) of sum_k <y_bar_k, y_k> at one sample, or its scale. */
double jet_gradient(const jet_oracle *oracle, const jet_case *jet, const jet_cotangents *bars, int64_t sample,
                    jet_seed seed, int absolute);

/* All y_k at a choice of samples. */
void check_jet(const jet_oracle *oracle, subject *subject, jet_tally *tally, const jet_case *jet);

/*
 * x_bar at a choice of samples and a choice of theta_bar, with random cotangents of those named by `which`: 1 for y, 2 for y1,
 * 4 for y2.
 */
void check_jet_vjp(const jet_oracle *oracle, subject *subject, jet_tally *tally, const jet_case *jet,
                   int which);
void check_mixed_vjp(const jet_oracle *oracle, subject *subject, jet_tally *tally);

/* A jet and a gradient through one, of random kinds, and a mixed gradient, in a workspace for jet_uses(). */
void check_random_jets(problem *problem, subject *subject, jet_tally *tally);
int32_t jet_uses(const problem *problem);

/* The bound in units of problem_tolerance(), which counts the depth that S has counted as well. */
extern const double jet_allowance;

/* Prints the figures; all orders that were compared must be sharp, if asked for. */
void jet_tally_close(const jet_tally *tally, const char *what, int sharp);

/*
 * Runs the check over problems of one number type: every activation, L = 1..8, widths with 1, odd, prime and > 100, batches
 * 1, 2, 7, 33 and 130, with and without scaling, padding, a roomier workspace and a second thread. Every other problem
 * has an activation in its last layer. `bend` as in problem.h.
 */
typedef void jet_problem_check(problem *problem, subject *subject, jet_tally *tally);
void each_jet_problem(mlp_dtype dtype, int bend, jet_problem_check *check, jet_tally *tally);

#endif
