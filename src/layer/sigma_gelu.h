/* gelu = z Phi(z), with the normal distribution function Phi and its density phi. */
#ifndef MLPI_LAYER_SIGMA_GELU_H
#define MLPI_LAYER_SIGMA_GELU_H

#include "layer/exponential.h"

static const pair inverse_sqrt_2_pi = {0x1.9884533d43651p-2, -0x1.cbc0d30ebfd15p-56};

/* Beyond this |z|, e^(-z^2/2) is 0. */
static inline double gelu_bounded(double z)
{
    return fmax(-39, fmin(z, 39));
}

/*
 * The tail of the normal distribution without its exponential, Phi(-t) = e^(-t^2/2) tail(t), for 0 <= t <= 39.
 *
 * (1 + t) tail(t) stays between 0.39 and 0.54. In x = (t - 6) / (t + 6) it is this polynomial to 5e-18: the
 * Chebyshev expansion over the range of x, collected in powers of x. The constant term outweighs the rest
 * tenfold; given in two parts, it leaves the sum with hardly a rounding error.
 */
static inline double gelu_tail(double t)
{
    static const pair constant = {0x1.d0568f5d76666p-2, -0x1.bf8addad672f9p-57};
    static const double coefficients[] = {
        -0x1.5c438de6f0fe7p-4,  0x1.46229bd01701dp-5,   -0x1.1e9d4130ecdb5p-8,  -0x1.08766e432de38p-6,
        0x1.7227accaec48ep-6,   -0x1.43da9f738a5e3p-6,  0x1.b212c0286457cp-7,   -0x1.ceac1d8bb466dp-8,
        0x1.80c840e19adc2p-9,   -0x1.c79a7c84b705fp-11, 0x1.f52d0cea5b45bp-14,  0x1.3d0bbbc539e04p-15,
        -0x1.ba233653d3c3dp-16, 0x1.2820432e7c093p-18,  0x1.dee38b829eafdp-20,  -0x1.0c675725d0c84p-20,
        -0x1.a67ae512a29e7p-31, 0x1.1ca67a00bf4dcp-23,  -0x1.5285e8d1cabc6p-26, -0x1.0ca1e055dc22ap-26,
        0x1.82ee5c5392263p-29,  0x1.a3758b5af2a11p-30,
    };
    const double x = (t - 6) / (t + 6);
    double sum = 0;
    for (int i = (int)(sizeof coefficients / sizeof coefficients[0]) - 1; i >= 0; i--)
        sum = (sum + coefficients[i]) * x;
    return pair_quotient(pair_fast_sum(constant.hi, constant.lo + sum), pair_sum(1, t));
}

/* z Phi(z). The exponential comes last: alone it stays normal as long as the product does. */
static inline double gelu_0(double z)
{
    if (z > 39)
        return z;
    z = gelu_bounded(z);
    const double tail = z * gelu_tail(fabs(z)) * exp_square(z, -0.5).hi;
    return z > 0 ? z - tail : tail;
}

/* Phi(z) + z phi(z) */
static inline double gelu_1(double z)
{
    z = gelu_bounded(z);
    const double t = fabs(z);
    const double difference = fma(-t, inverse_sqrt_2_pi.hi, gelu_tail(t)) - t * inverse_sqrt_2_pi.lo;
    const double left = difference * exp_square(z, -0.5).hi;
    return z > 0 ? 1 - left : left;
}

static inline double normal_density(double z)
{
    return pair_multiply(inverse_sqrt_2_pi, exp_square(z, -0.5)).hi;
}

static inline double gelu_2(double z)
{
    z = gelu_bounded(z);
    return fma(-z, z, 2) * normal_density(z);
}

static inline double gelu_3(double z)
{
    z = gelu_bounded(z);
    return z * fma(z, z, -4) * normal_density(z);
}

#endif
