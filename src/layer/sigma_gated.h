/*
 * Activations z T(z), where T rises from 0 to 1:
 *
 *     silu, gelu_tanh   T = s(v), the logistic function of v = c1 z + c3 z^3
 *     mish              T = tanh(log(1 + e^z))
 *
 * The derivatives follow from those of T by the product rule, in which digits cancel beside every zero:
 * hence pairs.
 */
#ifndef MLPI_LAYER_SIGMA_GATED_H
#define MLPI_LAYER_SIGMA_GATED_H

#include "layer/sigma_logistic.h"

/* T and its derivatives. */
typedef struct gate {
    pair t0, t1, t2, t3;
} gate;

/* (z T)^(k) = k T^(k-1) + z T^(k) */
static inline double product_rule(double z, int k, pair lower, pair upper)
{
    return pair_add(pair_multiply((pair){k, 0}, lower), pair_multiply((pair){z, 0}, upper)).hi;
}

/* z T where T = e^v to the last digit; e^v alone may be subnormal where the product is not. */
static inline double gate_tail(double z, pair v)
{
    const double root = mlpi_exp(pair_scale(v, 0.5)).hi;
    return z * root * root;
}

/* T = e^v for v below this. */
enum { GATE_TAIL = -40 };

/* The bounds on |z|, beyond which T is 0 or 1, keep 0 times infinity out of the tails. */
static inline double gate_bounded(double z, double bound)
{
    return fmax(-bound, fmin(z, bound));
}

/* v and its derivatives. */
typedef struct gate_argument {
    pair v0, v1, v2, v3;
} gate_argument;

static inline gate_argument gate_argument_of(double z, pair c1, pair c3)
{
    const pair cubic = pair_multiply(c3, pair_product(z, z)), six = {6, 0};
    return (gate_argument){pair_multiply((pair){z, 0}, pair_add(c1, cubic)),
                           pair_add(c1, pair_multiply((pair){3, 0}, cubic)),
                           pair_multiply(six, pair_multiply(c3, (pair){z, 0})), pair_multiply(six, c3)};
}

/*
 * T = s(v) by the chain rule:
 *
 *     T' = s' v',   T'' = s' (v'' - t v'^2),   T''' = s' ((1 - 6 s') v'^3 - 3 t v' v'' + v''')
 */
static inline gate logistic_gate(gate_argument a)
{
    const logistic p = logistic_of(a.v0);
    const pair slope = pair_multiply(p.s, p.rest);
    const pair tv1 = pair_multiply(p.t, a.v1), v1_squared = pair_multiply(a.v1, a.v1);
    const pair bend = pair_add(a.v2, pair_scale(pair_multiply(tv1, a.v1), -1));
    const pair cube = pair_multiply(pair_multiply(v1_squared, a.v1),
                                    pair_add((pair){1, 0}, pair_multiply((pair){-6, 0}, slope)));
    const pair mixed = pair_multiply((pair){-3, 0}, pair_multiply(tv1, a.v2));
    return (gate){p.s, pair_multiply(slope, a.v1), pair_multiply(slope, bend),
                  pair_multiply(slope, pair_add(pair_add(cube, mixed), a.v3))};
}

enum { SILU_BOUND = 1600 };

static inline double silu_0(double z)
{
    if (z < GATE_TAIL)
        return gate_tail(fmax(z, -SILU_BOUND), (pair){z, 0});
    return z * logistic_value((pair){z, 0});
}

static inline gate silu_gate(double z)
{
    return logistic_gate(gate_argument_of(z, (pair){1, 0}, (pair){0, 0}));
}

static inline double silu_1(double z)
{
    z = gate_bounded(z, SILU_BOUND);
    const gate T = silu_gate(z);
    return product_rule(z, 1, T.t0, T.t1);
}

static inline double silu_2(double z)
{
    z = gate_bounded(z, SILU_BOUND);
    const gate T = silu_gate(z);
    return product_rule(z, 2, T.t1, T.t2);
}

static inline double silu_3(double z)
{
    z = gate_bounded(z, SILU_BOUND);
    const gate T = silu_gate(z);
    return product_rule(z, 3, T.t2, T.t3);
}

enum { GELU_TANH_BOUND = 30 };

/* 1/2 (1 + tanh(v/2)) = s(v) with c1 = 2 sqrt(2/pi) and c3 = 0.044715 c1. */
static inline gate_argument gelu_tanh_argument(double z)
{
    static const pair c1 = {0x1.9884533d43651p+0, -0x1.cbc0d30ebfd15p-54};
    static const pair c3 = {0x1.2444f2a4d8b4bp-4, -0x1.6c843a29d1c7p-61};
    return gate_argument_of(z, c1, c3);
}

static inline double gelu_tanh_0(double z)
{
    if (z > GELU_TANH_BOUND)
        return z;
    z = gate_bounded(z, GELU_TANH_BOUND);
    const pair v = gelu_tanh_argument(z).v0;
    return v.hi < GATE_TAIL ? gate_tail(z, v) : z * logistic_value(v);
}

static inline double gelu_tanh_1(double z)
{
    z = gate_bounded(z, GELU_TANH_BOUND);
    const gate T = logistic_gate(gelu_tanh_argument(z));
    return product_rule(z, 1, T.t0, T.t1);
}

static inline double gelu_tanh_2(double z)
{
    z = gate_bounded(z, GELU_TANH_BOUND);
    const gate T = logistic_gate(gelu_tanh_argument(z));
    return product_rule(z, 2, T.t1, T.t2);
}

static inline double gelu_tanh_3(double z)
{
    z = gate_bounded(z, GELU_TANH_BOUND);
    const gate T = logistic_gate(gelu_tanh_argument(z));
    return product_rule(z, 3, T.t2, T.t3);
}

/*
 * tanh(log(1 + e^z)) is rational in n = e^z:
 *
 *     T    = (2 n + n^2) / D                                      D = 2 + 2 n + n^2
 *     T'   = (4 n + 4 n^2) / D^2
 *     T''  = (8 n + 8 n^2 - 12 n^3 - 8 n^4) / D^3
 *     T''' = (16 n - 128 n^3 - 96 n^4 + 20 n^5 + 16 n^6) / D^4
 *
 * For z > 0 numerators and denominators are written in m = e^-z, so that nothing overflows.
 */
static inline gate mish_gate(double z)
{
    static const double denominator[2][3] = {{2, 2, 1}, {1, 2, 2}};
    static const double t0[2][3] = {{0, 2, 1}, {1, 2, 0}};
    static const double t1[2][4] = {{0, 4, 4, 0}, {0, 0, 4, 4}};
    static const double t2[2][6] = {{0, 8, 8, -12, -8, 0}, {0, 0, -8, -12, 8, 8}};
    static const double t3[2][8] = {{0, 16, 0, -128, -96, 20, 16, 0}, {0, 0, 16, 20, -96, -128, 0, 16}};
    const int right = z > 0;
    const pair e = exp_minus(fabs(z));
    const pair D = pair_polynomial(denominator[right], 3, e), D2 = pair_multiply(D, D);
    return (gate){pair_divide(pair_polynomial(t0[right], 3, e), D),
                  pair_divide(pair_polynomial(t1[right], 4, e), D2),
                  pair_divide(pair_polynomial(t2[right], 6, e), pair_multiply(D2, D)),
                  pair_divide(pair_polynomial(t3[right], 8, e), pair_multiply(D2, D2))};
}

enum { MISH_BOUND = 1600 };

static inline double mish_0(double z)
{
    if (z < GATE_TAIL)
        return gate_tail(fmax(z, -MISH_BOUND), (pair){z, 0});
    return z * mish_gate(z).t0.hi;
}

static inline double mish_1(double z)
{
    z = gate_bounded(z, MISH_BOUND);
    const gate T = mish_gate(z);
    return product_rule(z, 1, T.t0, T.t1);
}

static inline double mish_2(double z)
{
    z = gate_bounded(z, MISH_BOUND);
    const gate T = mish_gate(z);
    return product_rule(z, 2, T.t1, T.t2);
}

static inline double mish_3(double z)
{
    z = gate_bounded(z, MISH_BOUND);
    const gate T = mish_gate(z);
    return product_rule(z, 3, T.t2, T.t3);
}

#endif
