/*
 * The activations to far more digits than double has: by their definitions in __float128 where libquadmath
 * is at hand, and their derivatives by differences of those, never by a formula for a derivative.
 */
#ifndef TESTS_SUPPORT_EXACT_SIGMA_H
#define TESTS_SUPPORT_EXACT_SIGMA_H

#include "mlp/activation.h"

enum { EXACT_ORDERS = 5 }; /* sigma to its fourth derivative */

/* Whether exact_sigma() has more digits than a double needs; without libquadmath it has long double's. */
int exact_sigma_is_exact(void);

/* sigma(z) - value, where both have many more digits than the difference; for sine, z is the phase. */
double exact_sigma_error(mlp_activation id, double z, double parameter, double value);

/* sigma(z), rounded to a double. */
double exact_sigma(mlp_activation id, double z, double parameter);

/* The same in double arithmetic: enough to judge floats, and fast. */
double exact_sigma_for_f32(mlp_activation id, double z, double parameter);

/* sigma^(k)(z) = value + rest, a double and what it lacks, and how far off this may be. */
typedef struct exact_derivatives {
    double value[EXACT_ORDERS], rest[EXACT_ORDERS], doubt[EXACT_ORDERS];
} exact_derivatives;

/* At kinks of the left piece. For sine at the phase fl(parameter z). */
exact_derivatives exact_sigma_derivatives(mlp_activation id, double z, double parameter);

#endif
