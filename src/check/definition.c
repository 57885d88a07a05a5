#include "check/definition.h"

#include <math.h>

/* sum of c[k] s^k, without the powers from MLPI_SERIES on */
typedef struct series {
    long double c[MLPI_SERIES];
} series;

static series constant(long double value)
{
    return (series){{value}};
}

static series add(series a, series b)
{
    for (int k = 0; k < MLPI_SERIES; k++)
        a.c[k] += b.c[k];
    return a;
}

static series times(long double factor, series a)
{
    for (int k = 0; k < MLPI_SERIES; k++)
        a.c[k] *= factor;
    return a;
}

static series multiply(series a, series b)
{
    series product = {{0}};
    for (int i = 0; i < MLPI_SERIES; i++)
        for (int j = 0; i + j < MLPI_SERIES; j++)
            product.c[i + j] += a.c[i] * b.c[j];
    return product;
}

/* q b = a */
static series divide(series a, series b)
{
    series q = {{0}};
    for (int k = 0; k < MLPI_SERIES; k++) {
        q.c[k] = a.c[k];
        for (int i = 0; i < k; i++)
            q.c[k] -= q.c[i] * b.c[k - i];
        q.c[k] /= b.c[0];
    }
    return q;
}

/* e' = a' e */
static series exponential(series a)
{
    series e = constant(expl(a.c[0]));
    for (int k = 1; k < MLPI_SERIES; k++) {
        for (int i = 1; i <= k; i++)
            e.c[k] += i * a.c[i] * e.c[k - i];
        e.c[k] /= k;
    }
    return e;
}

/* The integral of a from 0, and a value at 0. */
static series integral(series a, long double at_zero)
{
    series sum = constant(at_zero);
    for (int k = 1; k < MLPI_SERIES; k++)
        sum.c[k] = a.c[k - 1] / k;
    return sum;
}

static series derivative(series a)
{
    series slope = {{0}};
    for (int k = 1; k < MLPI_SERIES; k++)
        slope.c[k - 1] = k * a.c[k];
    return slope;
}

/* log(1 + a), as the integral of a' / (1 + a) */
static series log_one_plus(series a)
{
    return integral(divide(derivative(a), add(constant(1), a)), log1pl(a.c[0]));
}

static series exponential_minus_one(series a)
{
    series e = exponential(a);
    e.c[0] = expm1l(a.c[0]);
    return e;
}

static series logistic(series a)
{
    return divide(constant(1), add(constant(1), exponential(times(-1, a))));
}

static series identity(series z, long double p)
{
    (void)p;
    return z;
}

static series leaky_relu(series z, long double p)
{
    return z.c[0] > 0 ? z : times(p, z);
}

static series relu(series z, long double p)
{
    (void)p;
    return leaky_relu(z, 0);
}

static series elu(series z, long double p)
{
    return z.c[0] > 0 ? z : times(p, exponential_minus_one(z));
}

static series selu(series z, long double p)
{
    (void)p;
    return times(1.0507009873554804934193349852946L, elu(z, 1.6732632423543772848170429916717L));
}

static series sigmoid(series z, long double p)
{
    (void)p;
    return logistic(z);
}

static series hard_sigmoid(series z, long double p)
{
    (void)p;
    return z.c[0] <= -3 ? constant(0) : z.c[0] > 3 ? constant(1) : add(times(1 / 6.0L, z), constant(0.5L));
}

static series hard_tanh(series z, long double p)
{
    (void)p;
    return z.c[0] <= -1 ? constant(-1) : z.c[0] > 1 ? constant(1) : z;
}

/* (e^2z - 1) / (e^2z + 1), z <= 0 or mirrored */
static series hyperbolic_tangent(series z, long double p)
{
    (void)p;
    const long double side = z.c[0] > 0 ? -1 : 1;
    const series w = exponential_minus_one(times(2 * side, z));
    return times(side, divide(w, add(w, constant(2))));
}

static series softplus(series z, long double p)
{
    (void)p;
    return z.c[0] > 0 ? add(z, log_one_plus(exponential(times(-1, z)))) : log_one_plus(exponential(z));
}

static series softsign(series z, long double p)
{
    (void)p;
    return divide(z, add(constant(1), times(z.c[0] > 0 ? 1 : -1, z)));
}

/* z times the integral of the normal density; z is the variable itself, so that the integral is one in it */
static series gelu(series z, long double p)
{
    (void)p;
    const series density = times(1 / sqrtl(2 * acosl(-1)), exponential(times(-0.5L, multiply(z, z))));
    return multiply(z, integral(density, erfcl(-z.c[0] / sqrtl(2)) / 2));
}

static series gelu_tanh(series z, long double p)
{
    (void)p;
    const series inner = add(z, times(0.044715L, multiply(z, multiply(z, z))));
    return multiply(z, logistic(times(2 * sqrtl(2 / acosl(-1)), inner)));
}

static series silu(series z, long double p)
{
    (void)p;
    return multiply(z, logistic(z));
}

static series mish(series z, long double p)
{
    return multiply(z, hyperbolic_tangent(softplus(z, p), p));
}

/* s'' = -p^2 s along the variable z */
static series sine(series z, long double p)
{
    series s = {{sinl(p * z.c[0]), p * cosl(p * z.c[0])}};
    for (int k = 2; k < MLPI_SERIES; k++)
        s.c[k] = -p * p * s.c[k - 2] / (k * (k - 1));
    return s;
}

static series gaussian(series z, long double p)
{
    (void)p;
    return exponential(times(-1, multiply(z, z)));
}

static series square(series z, long double p)
{
    (void)p;
    return multiply(z, z);
}

static series exp_of(series z, long double p)
{
    (void)p;
    return exponential(z);
}

static const struct {
    int32_t id, kinks;
    series (*value)(series z, long double parameter);
    double kink[2];
} definitions[] = {
    {MLP_IDENTITY, 0, identity, {0}},
    {MLP_RELU, 1, relu, {0}},
    {MLP_LEAKY_RELU, 1, leaky_relu, {0}},
    {MLP_ELU, 1, elu, {0}},
    {MLP_SELU, 1, selu, {0}},
    {MLP_SIGMOID, 0, sigmoid, {0}},
    {MLP_HARD_SIGMOID, 2, hard_sigmoid, {-3, 3}},
    {MLP_TANH, 0, hyperbolic_tangent, {0}},
    {MLP_HARD_TANH, 2, hard_tanh, {-1, 1}},
    {MLP_SOFTPLUS, 0, softplus, {0}},
    {MLP_SOFTSIGN, 1, softsign, {0}},
    {MLP_GELU, 0, gelu, {0}},
    {MLP_GELU_TANH, 0, gelu_tanh, {0}},
    {MLP_SILU, 0, silu, {0}},
    {MLP_MISH, 0, mish, {0}},
    {MLP_SINE, 0, sine, {0}},
    {MLP_GAUSSIAN, 0, gaussian, {0}},
    {MLP_SQUARE, 0, square, {0}},
    {MLP_EXP, 0, exp_of, {0}},
};

enum { DEFINITIONS = sizeof definitions / sizeof *definitions };

static int index_of(const mlpi_activation *activation)
{
    int i = 0;
    while (i < DEFINITIONS && !(activation->kind && definitions[i].id == activation->kind->id))
        i++;
    return i;
}

int mlpi_definition_series(const mlpi_activation *activation, double parameter, double z,
                           long double c[MLPI_SERIES])
{
    const int i = index_of(activation);
    if (i == DEFINITIONS)
        return 0;
    const series value = definitions[i].value((series){{z, 1}}, parameter);
    for (int k = 0; k < MLPI_SERIES; k++)
        c[k] = value.c[k];
    return 1;
}

double mlpi_definition_kink(const mlpi_activation *activation, double z)
{
    const int i = index_of(activation);
    double nearest = INFINITY;
    for (int k = 0; i < DEFINITIONS && k < definitions[i].kinks; k++)
        if (fabs(z - definitions[i].kink[k]) < fabs(z - nearest))
            nearest = definitions[i].kink[k];
    return nearest;
}
