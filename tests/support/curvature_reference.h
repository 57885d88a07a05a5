/*
 * Second derivatives by plain loops: the network forward over numbers with three infinitesimals, two directions u and v in
 * x and theta, and rounding. No reverse formula is written down. sigma^(k) is the library's scalar one, as in jet_reference.h.
 *
 *     z_uv = A y_uv + A_u y_v + A_v y_u,    y_uv = sigma'' z_u z_v + sigma' z_uv
 *
 * Sizes and errors are the same on absolute values, in which every product and every sigma^(k) is off by its size: the
 * scale S is their sum.
 */
#ifndef TESTS_SUPPORT_CURVATURE_REFERENCE_H
#define TESTS_SUPPORT_CURVATURE_REFERENCE_H

#include "support/jet_reference.h"

/* A direction: of x in the user's units and of theta; NULL for 0. */
typedef struct variation {
    const double *x, *theta;
} variation;

/* A value; or its size, and the error of what is computed in its place, in units of roundoff. */
typedef struct sized_number {
    double value, error;
} sized_number;

/* y, dy along u and along v, and the mixed second derivative, in the user's units: n_L each. */
typedef struct curvatures {
    sized_number y[REFERENCE_WIDTH], u[REFERENCE_WIDTH], v[REFERENCE_WIDTH], uv[REFERENCE_WIDTH];
} curvatures;

/* At one sample; with `absolute` the sizes of these and their errors. */
void curvature_reference_run(const reference *net, const reference_point *point, const jet_slopes *slopes,
                             variation u, variation v, int absolute, curvatures *out);

#endif
