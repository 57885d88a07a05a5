/*
 * The reference network: plain loops over complex numbers, so that every first derivative is a complex step
 *
 *     dF/du (direction v) = Im F(u + i h v) / h,    h = 1e-30
 *
 * exact to the rounding of F itself: nothing cancels and no derivative is written down. Beside it the scale S of every
 * derivative: the same recursion on absolute values, with max |sigma| and max |sigma'| of the activation.
 */
#ifndef TESTS_SUPPORT_REFERENCE_H
#define TESTS_SUPPORT_REFERENCE_H

#include "support/sigma.h"

enum { REFERENCE_LAYERS = 8, REFERENCE_WIDTH = 320 }; /* the most it holds */

/* theta as in the public headers; scalings are 1 and 0 unless set. */
typedef struct reference {
    int32_t layers;
    int64_t width[REFERENCE_LAYERS + 1];
    const sigma *activation[REFERENCE_LAYERS + 1]; /* of layer l at [l] */
    double parameter[REFERENCE_LAYERS + 1];
    int64_t count; /* of theta */
    double complex *theta;
    double *input_scale, *input_shift, *output_scale, *output_shift;
} reference;

/* One sample's values: y[l] and z[l] of layer l, and the absolute recursion: |y| bounds and slope bounds. */
typedef struct reference_point {
    double *y[REFERENCE_LAYERS + 1], *z[REFERENCE_LAYERS + 1];
    double *y_scale[REFERENCE_LAYERS + 1];
    double slope_bound[REFERENCE_LAYERS + 1];
} reference_point;

/* Allocates for the widths; activations are identities, scalings none, theta zero. */
void reference_create(reference *net, int32_t layers, const int64_t *width);
void reference_destroy(reference *net);

int64_t reference_weight_offset(const reference *net, int32_t layer);
int64_t reference_bias_offset(const reference *net, int32_t layer);

/* z = A y + b of one layer. */
void reference_affine(const reference *net, int32_t layer, const double complex *y, double complex *z);

/* y_from -> y_to through layers from + 1 .. to. */
void reference_run(const reference *net, int32_t from, int32_t to, const double complex *y_from,
                   double complex *y_to);

void reference_point_create(reference_point *point, const reference *net);
void reference_point_destroy(reference_point *point);
/* Everything at x, in the user's units (n_0 values). */
void reference_evaluate(const reference *net, const double *x, reference_point *point);
/* The output in the user's units, and its scale. */
void reference_output(const reference *net, const reference_point *point, double *y, double *scale);

/* dy_to/d(y_from)_j and dy_to/dtheta_k: n_to values and their scales. theta_k belongs to a layer <= to. */
void reference_output_column(const reference *net, const reference_point *point, int32_t to, int32_t from,
                             int64_t j, double *column, double *scale);
void reference_parameter_column(reference *net, const reference_point *point, int32_t to, int64_t k,
                                double *column, double *scale);

/* y_dot of one sample, in the user's units; x_dot and theta_dot may be NULL. */
void reference_jvp(const reference *net, const reference_point *point, const double *x_dot,
                   const double *theta_dot, double *y_dot, double *scale);

/*
 * The scales of the vector-Jacobian product of one sample: x_scale is overwritten, theta_scale added to.
 */
void reference_vjp_scale(const reference *net, const reference_point *point, const double *y_bar,
                         double *x_scale, double *theta_scale);

/* The component (x_bar)_j of one sample, and its contribution to (theta_bar)_k. */
double reference_vjp_input(const reference *net, const reference_point *point, const double *y_bar,
                           int64_t j);
double reference_vjp_parameter(reference *net, const reference_point *point, const double *y_bar, int64_t k);

#endif
