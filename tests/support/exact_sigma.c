#include "support/exact_sigma.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

#define WIDE       double
#define FN(name)   name
#define NAME(name) name##_double
#include "support/exact_sigma_tmpl.h"
#undef WIDE
#undef FN
#undef NAME

#ifdef MLP_HAVE_QUADMATH
#include <quadmath.h>
#define WIDE        wide
#define FN(name)    name##q
#define WIDE_DIGITS 113
__extension__ typedef __float128 wide;
#else
#define WIDE        wide
#define FN(name)    name##l
#define WIDE_DIGITS LDBL_MANT_DIG
typedef long double wide;
#endif
#define NAME(name) name##_wide
#include "support/exact_sigma_tmpl.h"

int exact_sigma_is_exact(void)
{
    return WIDE_DIGITS > 100;
}

double exact_sigma_error(mlp_activation id, double z, double parameter, double value)
{
    return (double)(value_wide(id, z, parameter) - value);
}

double exact_sigma(mlp_activation id, double z, double parameter)
{
    return (double)value_wide(id, z, parameter);
}

double exact_sigma_for_f32(mlp_activation id, double z, double parameter)
{
    return value_double(id, z, parameter);
}

/*
 * Near a point every sigma is a straight line plus a rest that is as small as the higher derivatives:
 *
 *     sigma(z) = constant + slope z + rest(z)
 *
 * Differences of the rest keep in the tails the digits that differences of sigma would lose there.
 */
typedef struct line {
    wide constant, slope;
} line;

/* Which formula holds at z and a little to its left: -1, 0 or 1. */
static int piece_of(int32_t id, double z)
{
    const double kink = id == MLP_HARD_SIGMOID ? 3 : id == MLP_HARD_TANH ? 1 : 0;
    return z > kink ? 1 : kink > 0 && z > -kink ? 0 : -1;
}

static line line_of(int32_t id, int piece, wide p)
{
    const int right = piece > 0;
    switch (id) {
    case MLP_IDENTITY:
        return (line){0, 1};
    case MLP_RELU:
    case MLP_SOFTPLUS:
    case MLP_GELU:
    case MLP_GELU_TANH:
    case MLP_SILU:
    case MLP_MISH:
        return (line){0, right};
    case MLP_LEAKY_RELU:
        return (line){0, right ? 1 : p};
    case MLP_ELU:
        return right ? (line){0, 1} : (line){-p, 0};
    case MLP_SELU:
        return right ? (line){0, lambda_wide()} : (line){-lambda_wide() * alpha_wide(), 0};
    case MLP_SIGMOID:
        return (line){right, 0};
    case MLP_HARD_SIGMOID:
        return piece == 0 ? (line){(wide)1 / 2, (wide)1 / 6} : (line){right, 0};
    case MLP_TANH:
    case MLP_SOFTSIGN:
        return (line){right ? 1 : -1, 0};
    case MLP_HARD_TANH:
        return piece == 0 ? (line){0, 1} : (line){piece, 0};
    default:
        return (line){0, 0};
    }
}

/* The rest for the kinds that tend to a line on both sides: r(z) for z <= 0, and its mirror image. */
static wide rest_of(int32_t id, int piece, wide z, wide p)
{
    const wide left = piece > 0 ? -z : z, sign = piece > 0 ? -1 : 1; /* odd about its line */
    switch (id) {
    case MLP_ELU:
        return piece > 0 ? 0 : p * FN(exp)(z);
    case MLP_SELU:
        return piece > 0 ? 0 : lambda_wide() * alpha_wide() * FN(exp)(z);
    case MLP_SIGMOID:
        return sign * FN(exp)(left) / (1 + FN(exp)(left));
    case MLP_TANH:
        return sign * 2 * FN(exp)(2 * left) / (1 + FN(exp)(2 * left));
    case MLP_SOFTSIGN:
        return sign / (1 - left);
    case MLP_SOFTPLUS:
    case MLP_GELU:
    case MLP_GELU_TANH:
    case MLP_SILU: /* even about their line: sigma(z) - z = sigma(-z) */
        return value_wide(id, left, p);
    case MLP_MISH:
        return piece > 0 ? -2 * z / ((1 + FN(exp)(z)) * (1 + FN(exp)(z)) + 1) : value_wide(id, z, p);
    case MLP_SINE:
    case MLP_GAUSSIAN:
    case MLP_SQUARE:
    case MLP_EXP:
        return value_wide(id, z, p);
    default:
        return 0;
    }
}

/* A step, a power of two, short against the distance over which the derivatives of sigma change. */
static double step_of(int32_t id, double z)
{
    const double size = fabs(z);
    double scale = 1;
    if (id == MLP_GELU || id == MLP_GAUSSIAN)
        scale = 1 / (1 + size);
    else if (id == MLP_GELU_TANH)
        scale = 1 / (1 + size * size / 4);
    else if (id == MLP_SOFTSIGN || id == MLP_SQUARE)
        scale = 1 + size;
    return ldexp(1, ilogb(scale) - (exact_sigma_is_exact() ? 8 : 5));
}

enum { REACH = 6, NODES = 2 * REACH + 1 };

/*
 * The weights w[k][j] of the difference formulas sigma^(k)(0) = sum_j w[k][j] sigma(j - REACH): derivatives of
 * the interpolating polynomial, built node by node (Fornberg 1988).
 */
static void difference_weights(wide w[EXACT_ORDERS][NODES])
{
    wide product = 1;
    w[0][0] = 1;
    for (int n = 1; n < NODES; n++) {
        const wide x = n - REACH, before = x - 1;
        wide next = 1;
        for (int j = 0; j < n; j++) {
            const wide gap = n - j;
            next *= gap;
            if (j == n - 1)
                for (int k = EXACT_ORDERS - 1; k >= 0; k--)
                    w[k][n] = product / next * ((k > 0 ? k * w[k - 1][n - 1] : 0) - before * w[k][n - 1]);
            for (int k = EXACT_ORDERS - 1; k >= 0; k--)
                w[k][j] = (x * w[k][j] - (k > 0 ? k * w[k - 1][j] : 0)) / gap;
        }
        product = next;
    }
}

exact_derivatives exact_sigma_derivatives(mlp_activation id, double z, double parameter)
{
    static wide weight[EXACT_ORDERS][NODES];
    if (weight[0][0] == 0 && weight[1][0] == 0)
        difference_weights(weight);
    const int piece = piece_of(id, z);
    const line l = line_of(id, piece, parameter);
    const double start = id == MLP_SINE ? parameter * z : z, chain = id == MLP_SINE ? parameter : 1;
    const double step = step_of(id, z);
    wide rest[NODES], power = 1;
    double largest = 0;
    for (int j = 0; j < NODES; j++) {
        rest[j] = rest_of(id, piece, start + (wide)step * (j - REACH), parameter);
        largest = fmax(largest, fabs((double)rest[j]));
    }
    exact_derivatives d;
    for (int k = 0; k < EXACT_ORDERS; k++) {
        wide sum = 0;
        for (int j = 0; j < NODES; j++)
            sum += weight[k][j] * rest[j];
        sum *= power;
        d.doubt[k] = ldexp(largest * (double)power, 6 - WIDE_DIGITS);
        if (k == 0)
            sum += l.constant + l.slope * z;
        if (k == 1)
            sum += l.slope;
        d.value[k] = (double)sum;
        d.rest[k] = (double)(sum - d.value[k]);
        power *= chain / (wide)step;
    }
    return d;
}
