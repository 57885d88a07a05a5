/*
 * Activations put together from polynomials. At a kink the derivative is the one of the left piece. The
 * kinds that are piecewise linear share zero_0() and zero_1() as sigma'' and sigma'''.
 */
#ifndef MLPI_LAYER_SIGMA_PIECEWISE_H
#define MLPI_LAYER_SIGMA_PIECEWISE_H

static inline double identity_0(double z)
{
    return z;
}

static inline double identity_1(double y)
{
    (void)y;
    return 1;
}

static inline double relu_0(double z)
{
    return z > 0 ? z : 0;
}

/* y > 0 exactly where z > 0. */
static inline double relu_1(double y)
{
    return y > 0 ? 1 : 0;
}

static inline double leaky_relu_0(double z, double slope)
{
    return z > 0 ? z : slope * z;
}

static inline double leaky_relu_1(double z, double slope)
{
    return z > 0 ? 1 : slope;
}

/* z + 3 is exact where it cancels; z / 6 + 1/2 is not. */
static inline double hard_sigmoid_0(double z)
{
    return z <= -3 ? 0 : z > 3 ? 1 : (z + 3) / 6;
}

static inline double hard_sigmoid_1(double z)
{
    return z > -3 && z <= 3 ? 1.0 / 6 : 0;
}

static inline double hard_tanh_0(double z)
{
    return z <= -1 ? -1 : z > 1 ? 1 : z;
}

static inline double hard_tanh_1(double z)
{
    return z > -1 && z <= 1 ? 1 : 0;
}

static inline double square_0(double z)
{
    return z * z;
}

static inline double square_1(double z)
{
    return 2 * z;
}

static inline double square_2(double z)
{
    (void)z;
    return 2;
}

static inline double square_3(double z)
{
    (void)z;
    return 0;
}

static inline double zero_0(double z)
{
    (void)z;
    return 0;
}

static inline double zero_1(double z)
{
    (void)z;
    return 0;
}

#endif
