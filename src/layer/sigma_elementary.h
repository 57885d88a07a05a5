/* Activations that are one elementary function: exponentials, sine, softsign. */
#ifndef MLPI_LAYER_SIGMA_ELEMENTARY_H
#define MLPI_LAYER_SIGMA_ELEMENTARY_H

#include "layer/exponential.h"

static inline double exp_0(double z)
{
    return exp(z);
}

/* Every derivative of the exponential is y itself. */
static inline double exp_1(double y)
{
    return y;
}

static inline double exp_2(double y)
{
    return y;
}

static inline double exp_3(double y)
{
    return y;
}

static inline double elu_0(double z, double alpha)
{
    return z > 0 ? z : alpha * mlpi_expm1((pair){z, 0}).hi;
}

static inline double elu_1(double z, double alpha)
{
    return z > 0 ? 1 : alpha * exp_minus(-z).hi;
}

static inline double elu_2(double z, double alpha)
{
    return z > 0 ? 0 : alpha * exp_minus(-z).hi;
}

static inline double elu_3(double z, double alpha)
{
    return elu_2(z, alpha);
}

static const double selu_lambda = 1.0507009873554804934193349852946;
static const double selu_lambda_alpha = 1.7580993408473768599402175208123;

static inline double selu_0(double z)
{
    return z > 0 ? selu_lambda * z : elu_0(z, selu_lambda_alpha);
}

static inline double selu_1(double z)
{
    return z > 0 ? selu_lambda : elu_1(z, selu_lambda_alpha);
}

static inline double selu_2(double z)
{
    return elu_2(z, selu_lambda_alpha);
}

static inline double selu_3(double z)
{
    return elu_2(z, selu_lambda_alpha);
}

/* Here and below, a limit on |z| keeps 0 times infinity out of the tails; beyond it the value is its limit. */
static inline double gaussian_bounded(double z)
{
    return fmax(-28, fmin(z, 28));
}

static inline double gaussian_0(double z)
{
    return exp_square(gaussian_bounded(z), -1).hi;
}

static inline double gaussian_1(double z)
{
    z = gaussian_bounded(z);
    return -2 * z * exp_square(z, -1).hi;
}

static inline double gaussian_2(double z)
{
    z = gaussian_bounded(z);
    return 2 * fma(2 * z, z, -1) * exp_square(z, -1).hi;
}

static inline double gaussian_3(double z)
{
    z = gaussian_bounded(z);
    return 4 * z * fma(-2 * z, z, 3) * exp_square(z, -1).hi;
}

/* The phase is omega z, rounded to the number type of the activation. */
static inline double sine_0(double phase, double omega)
{
    (void)omega;
    return sin(phase);
}

static inline double sine_1(double phase, double omega)
{
    return omega * cos(phase);
}

static inline double sine_2(double phase, double omega)
{
    return -omega * omega * sin(phase);
}

static inline double sine_3(double phase, double omega)
{
    return -omega * omega * omega * cos(phase);
}

static inline double softsign_0(double z)
{
    const double size = fmin(fabs(z), 1e300);
    return copysign(size / (1 + size), z);
}

/* r = 1 / (1 + |z|), whose powers the derivatives are. */
static inline pair softsign_root(double z)
{
    return pair_divide((pair){1, 0}, pair_sum(1, fmin(fabs(z), 1e300)));
}

static inline double softsign_1(double z)
{
    const pair r = softsign_root(z);
    return pair_multiply(r, r).hi;
}

static inline double softsign_2(double z)
{
    const pair r = softsign_root(z);
    return (z > 0 ? -2 : 2) * pair_multiply(r, pair_multiply(r, r)).hi;
}

static inline double softsign_3(double z)
{
    const pair r = softsign_root(z), square = pair_multiply(r, r);
    return 6 * pair_multiply(square, square).hi;
}

#endif
