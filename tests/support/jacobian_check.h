/* Comparing the library's derivatives with the reference. */
#ifndef TESTS_SUPPORT_JACOBIAN_CHECK_H
#define TESTS_SUPPORT_JACOBIAN_CHECK_H

#include "support/problem_set.h"

/* With respect to what: the output, the bias or the weight of a layer. */
enum { WRT_OUTPUT, WRT_BIAS, WRT_WEIGHT };

/* Columns of that Jacobian. */
int64_t jacobian_columns(const problem *problem, int wrt, int32_t layer);

/* The library's Jacobian of y_to, n_to x columns x batch; to be freed. */
double *jacobian_of(const problem *problem, subject *subject, int wrt, int32_t to, int32_t layer);

/* The scales of dy/dx in the user's units: n_L x n_0 x batch; to be freed. */
double *jacobian_scales(const problem *problem);

/* Compares columns of the Jacobian of y_to, all or a random choice, with complex steps. */
void check_jacobian(problem *problem, subject *subject, tally *tally, int wrt, int32_t to, int32_t layer);

/* Compares y, x_bar and theta_bar for a random y_bar, y_dot for random tangents, with the reference. */
void check_forward(problem *problem, subject *subject, tally *tally);
void check_vjp(problem *problem, subject *subject, tally *tally);
void check_jvp(problem *problem, subject *subject, tally *tally);

#endif
