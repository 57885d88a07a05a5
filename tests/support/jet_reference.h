/*
 * Jets by plain loops: the forward recursion of mlp/jet.h over hyperdual numbers (Fike and Alonso 2011), so that the
 * derivative of any y_k in any theta_j or x_j comes forward with it, and no reverse formula is written down. sigma^(k) is
 * the library's scalar mlp_activation_evaluate_f64(), which tests/unit/layer judges by differences in 113 bits; sigma'''' is
 * a difference of sigma'''.
 *
 * Beside it the scale S: the same recursion on absolute values, in which the second direction is rounding. Every product
 * and every sigma^(k) is off by its size, and what is off below goes up through the derivatives. S is the size of a
 * result and of its error in units of roundoff.
 */
#ifndef TESTS_SUPPORT_JET_REFERENCE_H
#define TESTS_SUPPORT_JET_REFERENCE_H

#include "support/reference.h"

enum { JET_ORDERS = 4 }; /* y, y1, y2, y3 */

/* A number, its derivatives in two directions, and the mixed one. */
typedef struct hyperdual {
    double value, first, second, both;
} hyperdual;

/* `groups` groups of `size` directions: plain jets have size 1, a Laplacian is one group of the units of x. */
typedef struct jet_shape {
    int32_t order;
    int64_t groups, size;
    const double *weights; /* of the second derivatives of a group; NULL for 1 */
} jet_shape;

/* Columns of y_k of one sample. */
int64_t jet_columns(const jet_shape *shape, int32_t k);

/* sigma_l^(k) at one sample, k = 1 .. 4. */
typedef struct jet_slopes {
    double *at[REFERENCE_LAYERS + 1][JET_ORDERS + 1];
} jet_slopes;

void jet_slopes_create(jet_slopes *slopes, const reference *net, const reference_point *point);
void jet_slopes_destroy(jet_slopes *slopes, const reference *net);

/* What the first direction is: element `index` of x, or of theta, or nothing. */
enum { IN_NOTHING, IN_X, IN_THETA };
typedef struct jet_seed {
    int in;
    int64_t index;
} jet_seed;

/*
 * y_k of one sample in the user's units, k = 0 .. order, n_L x jet_columns() each: the value, and its derivative in the
 * seed as first. With `absolute` the scales of these, in the same places. v: n_0 x (groups size), in the user's units.
 */
void jet_reference_run(const reference *net, const reference_point *point, const jet_slopes *slopes,
                       const jet_shape *shape, const double *v, jet_seed seed, int absolute,
                       hyperdual *const y[JET_ORDERS]);

#endif
