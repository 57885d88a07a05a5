/*
 * The built-in activations by their definitions, on truncated power series: nothing here knows a derivative of any of them.
 */
#ifndef MLPI_CHECK_DEFINITION_H
#define MLPI_CHECK_DEFINITION_H

#include "layer/activation.h"

enum { MLPI_SERIES = 5 }; /* coefficients: orders 0 to 4 */

/* c[k] = sigma^(k)(z) / k!; false for an activation that has no definition here: a registered one. */
int mlpi_definition_series(const mlpi_activation *activation, double parameter, double z,
                           long double c[MLPI_SERIES]);

/* A point where sigma or a derivative of it jumps, the one nearest to z; infinity where there is none. */
double mlpi_definition_kink(const mlpi_activation *activation, double z);

#endif
