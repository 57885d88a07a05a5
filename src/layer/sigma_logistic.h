/*
 * The logistic function s(z) = 1 / (1 + e^-z) and its relatives, from e^-|z|, which never overflows.
 *
 *     s' = s (1 - s),   s'' = -s' t,   s''' = s' (1 - 6 s')   with t = s - (1 - s) = tanh(z/2)
 */
#ifndef MLPI_LAYER_SIGMA_LOGISTIC_H
#define MLPI_LAYER_SIGMA_LOGISTIC_H

#include "layer/exponential.h"

/* s(z), 1 - s(z) and their difference. */
typedef struct logistic {
    pair s, rest, t;
} logistic;

static inline pair minus_absolute(pair z)
{
    return z.hi > 0 ? pair_scale(z, -1) : z;
}

static inline logistic logistic_of(pair z)
{
    const pair one = {1, 0};
    const pair e = mlpi_exp(minus_absolute(z)), change = mlpi_expm1(minus_absolute(z));
    const pair total = pair_add(one, e);
    const pair small = pair_divide(e, total), large = pair_divide(one, total);
    const pair t = pair_divide(change, total); /* -|t| */
    return z.hi > 0 ? (logistic){large, small, pair_scale(t, -1)} : (logistic){small, large, t};
}

static inline double logistic_value(pair z)
{
    const pair one = {1, 0};
    const pair e = mlpi_exp(minus_absolute(z));
    return pair_quotient(z.hi > 0 ? one : e, pair_add(one, e));
}

static inline double sigmoid_0(double z)
{
    return logistic_value((pair){z, 0});
}

static inline double sigmoid_1(double y)
{
    return y * (1 - y);
}

/* The fused forms of y - y^2 and 1 - y^2 round once: sigma'' and sigma''' have no error to spare. */
static inline double sigmoid_2(double y)
{
    return fma(-y, y, y) * (1 - 2 * y);
}

static inline double sigmoid_3(double y)
{
    const double slope = fma(-y, y, y);
    return slope * fma(-6, slope, 1);
}

/* tanh z = -m / (2 + m) for z >= 0, with m = e^(-2z) - 1 */
static inline double tanh_0(double z)
{
    const pair m = mlpi_expm1((pair){-2 * fabs(z), 0});
    return copysign(pair_quotient(m, pair_add((pair){2, 0}, m)), z);
}

static inline double tanh_1(double y)
{
    return (1 - y) * (1 + y);
}

static inline double tanh_2(double y)
{
    return -2 * y * fma(-y, y, 1);
}

/* 1 - 3 y^2 = 3 slope - 2 */
static inline double tanh_3(double y)
{
    const double slope = fma(-y, y, 1);
    return -2 * slope * fma(3, slope, -2);
}

static inline double softplus_0(double z)
{
    const pair e = exp_minus(fabs(z));
    const double logarithm = log1p(e.hi) + e.lo / (1 + e.hi);
    return z > 0 ? z + logarithm : logarithm;
}

static inline double softplus_1(double z)
{
    return sigmoid_0(z);
}

static inline double softplus_2(double z)
{
    const logistic p = logistic_of((pair){z, 0});
    return p.s.hi * p.rest.hi;
}

static inline double softplus_3(double z)
{
    const logistic p = logistic_of((pair){z, 0});
    return -(p.s.hi * p.rest.hi) * p.t.hi;
}

#endif
