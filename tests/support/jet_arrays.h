/* Jets and gradients through them as arrays for a whole batch, for identities between the library's own results. */
#ifndef TESTS_SUPPORT_JET_ARRAYS_H
#define TESTS_SUPPORT_JET_ARRAYS_H

#include "support/jet_check.h"

/* y_k at [k], k = 1 .. order. */
typedef struct jet_arrays {
    double *y[JET_ORDERS];
} jet_arrays;

jet_arrays jet_arrays_create(const jet_case *jet, const problem *problem);
void jet_arrays_destroy(jet_arrays *arrays);

/* What the library computes, and the scales of it. */
jet_arrays jet_arrays_run(const jet_case *jet, const problem *problem, subject *subject);
jet_arrays jet_arrays_scales(const jet_oracle *oracle, const jet_case *jet);

typedef struct jet_gradients {
    double *x_bar, *theta_bar;
} jet_gradients;

/* What the library computes, the jet first. */
jet_gradients jet_gradients_pull(const jet_case *jet, subject *subject, const jet_cotangents *bars);
void jet_gradients_destroy(jet_gradients *gradients);

/* Compares a choice of entries of two gradients for the same cotangents, each with its scale. */
void jet_gradients_compare(const jet_oracle *oracle, tally *tally, const char *what, const jet_case *jet,
                           const jet_cotangents *bars, const jet_gradients *a, const jet_gradients *b);

/* Compares n numbers, each with its scale. */
void tally_agree_all(tally *tally, const problem *problem, const char *what, int64_t n, const double *got,
                     const double *want, const double *scale, double factor);

/* Runs the check over problems of both number types, with numbers of both signs, and prints the figures. */
void each_jet_identity(const char *what, jet_problem_check *check);

#endif
