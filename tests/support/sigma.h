/*
 * The reference activations: sigma on complex arguments by its definition, and what the scale S needs of it.
 * Written without a look at the library's kernels; derivatives are never written down, they come from complex steps.
 */
#ifndef TESTS_SUPPORT_SIGMA_H
#define TESTS_SUPPORT_SIGMA_H

#include <complex.h>
#include <mlp/mlp.h>

enum { SIGMA_BUILT_IN = 19, SIGMA_COUNT = 20 }; /* the last one is registered by sigma_setup() */

/* C11's CMPLX, which not every compiler has; both parts finite. */
static inline double complex complex_of(double real, double imaginary)
{
    return real + imaginary * I;
}

typedef struct sigma {
    mlp_activation id; /* 0 until registered */
    int has_parameter;
    double lo, hi; /* where it is well exercised and |sigma'| is not small; divided by |parameter| for sine */
    double bend_lo, bend_hi; /* where sigma', sigma'' and sigma''' are > 0 and not small, if anywhere */
    double largest_value;    /* max |sigma|, INFINITY if unbounded */
    double largest_slope;    /* max |sigma'| for parameter 1; INFINITY where it depends on |z| */
    int kinks;               /* number of points where sigma' or a higher derivative jumps */
    double kink[2];
    double complex (*value)(double complex z, double parameter);
} sigma;

/* The kinds in the order of their constants, the custom one last. */
const sigma *sigma_at(int index);
const sigma *sigma_of(mlp_activation id);

/* CMocka's group fixtures: register the custom kind, arctan, with the library, and take it back. */
int sigma_setup(void **state);
int sigma_teardown(void **state);

/* max |sigma'(z)| over |z| <= reach: the table's maximum where there is one. */
double sigma_slope_bound(const sigma *kind, double parameter, double reach);

/* |z - nearest kink|, INFINITY if there is none. */
double sigma_kink_distance(const sigma *kind, double z);

/* sigma'(z) by a complex step. */
double sigma_slope(const sigma *kind, double parameter, double z);

#endif
