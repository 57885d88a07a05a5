/*
 * The exponential to about 64 bits, for arguments known to more than 53: what every activation built on
 * e^z needs to keep its last digit in the tails and beside its zeros.
 */
#ifndef MLPI_LAYER_EXPONENTIAL_H
#define MLPI_LAYER_EXPONENTIAL_H

#include "layer/pair.h"

/* e^x for x <= 0; relative error below 2^-62 down to the smallest normal number, then 0 gradually. */
__attribute__((const)) pair mlpi_exp(pair x);

/* e^x - 1 for x <= 0; relative error below 2^-58. */
__attribute__((const)) pair mlpi_expm1(pair x);

/* e^-z for z >= 0. */
static inline pair exp_minus(double z)
{
    return mlpi_exp((pair){-z, 0.0});
}

/* e^(scale z^2) for scale = -1 or -1/2: the square is not rounded, whose error e^ would magnify. */
static inline pair exp_square(double z, double scale)
{
    return mlpi_exp(pair_scale(pair_product(z, z), scale));
}

#endif
