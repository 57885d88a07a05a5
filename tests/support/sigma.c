#include "support/sigma.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static double complex identity(double complex z, double p)
{
    (void)p;
    return z;
}

static double complex leaky_relu(double complex z, double p)
{
    return creal(z) > 0 ? z : p * z;
}

static double complex relu(double complex z, double p)
{
    (void)p;
    return leaky_relu(z, 0);
}

/* e^z - 1 with no digit lost at z = 0 in either part: e^a cos b - 1 = expm1(a) cos b - 2 sin^2(b/2). */
static double complex complex_expm1(double complex z)
{
    const double half = sin(cimag(z) / 2);
    return complex_of(expm1(creal(z)) * cos(cimag(z)) - 2 * half * half, exp(creal(z)) * sin(cimag(z)));
}

static double complex elu(double complex z, double p)
{
    return creal(z) > 0 ? z : p * complex_expm1(z);
}

static double complex selu(double complex z, double p)
{
    (void)p;
    return 1.0507009873554804934193349852946 * elu(z, 1.6732632423543772848170429916717);
}

static double complex sigmoid(double complex z, double p)
{
    (void)p;
    return 1 / (1 + cexp(-z));
}

static double complex hard_sigmoid(double complex z, double p)
{
    (void)p;
    return creal(z) <= -3 ? 0 : creal(z) >= 3 ? 1 : z / 6 + 0.5;
}

static double complex hyperbolic_tangent(double complex z, double p)
{
    (void)p;
    return ctanh(z);
}

static double complex hard_tanh(double complex z, double p)
{
    (void)p;
    return creal(z) <= -1 ? -1 : creal(z) >= 1 ? 1 : z;
}

static double complex softplus(double complex z, double p)
{
    (void)p;
    return creal(z) > 0 ? z + clog(1 + cexp(-z)) : clog(1 + cexp(z));
}

static double complex softsign(double complex z, double p)
{
    (void)p;
    return creal(z) > 0 ? z / (1 + z) : z / (1 - z);
}

/* C has no complex erf: first order in the imaginary part, with sigma'(x) = Phi(x) + x phi(x) in long double. */
static double complex gelu(double complex z, double p)
{
    (void)p;
    const long double x = creal(z);
    const long double Phi = erfcl(-x * sqrtl(0.5L)) / 2;
    const long double phi = expl(-x * x / 2) / sqrtl(2 * acosl(-1.0L));
    return complex_of((double)(x * Phi), cimag(z) * (double)(Phi + x * phi));
}

/* (1 + tanh u) / 2 = 1 / (1 + e^-2u) */
static double complex gelu_tanh(double complex z, double p)
{
    const double sqrt_2_over_pi = 0.79788456080286535587989211986876;
    return z * sigmoid(2 * sqrt_2_over_pi * (z + 0.044715 * z * z * z), p);
}

static double complex silu(double complex z, double p)
{
    return z * sigmoid(z, p);
}

/* tanh(log(1 + w)) = (w^2 + 2 w) / (w^2 + 2 w + 2) with w = e^z */
static double complex mish(double complex z, double p)
{
    (void)p;
    const double complex w = cexp(z);
    return z * (w * (w + 2)) / (w * (w + 2) + 2);
}

static double complex sine(double complex z, double p)
{
    return csin(p * z);
}

static double complex gaussian(double complex z, double p)
{
    (void)p;
    return cexp(-z * z);
}

static double complex square(double complex z, double p)
{
    (void)p;
    return z * z;
}

static double complex exponential(double complex z, double p)
{
    (void)p;
    return cexp(z);
}

static double complex arctan(double complex z, double p)
{
    (void)p;
    return catan(z);
}

static sigma table[SIGMA_COUNT] = {
    {MLP_IDENTITY, 0, -2, 2, -2, 2, INFINITY, 1, 0, {0, 0}, identity},
    {MLP_RELU, 0, -0.1, 2, -0.1, 2, INFINITY, 1, 1, {0, 0}, relu},
    {MLP_LEAKY_RELU, 1, -0.3, 2, -0.3, 2, INFINITY, 1, 1, {0, 0}, leaky_relu},
    {MLP_ELU, 1, -1.5, 2, -1.5, -0.1, INFINITY, 1, 1, {0, 0}, elu},
    {MLP_SELU, 0, -1.5, 2, -1.5, -0.1, INFINITY, 1.75809934084737686, 1, {0, 0}, selu},
    {MLP_SIGMOID, 0, -2, 2, -2.8, -1.5, 1, 0.25, 0, {0, 0}, sigmoid},
    {MLP_HARD_SIGMOID, 0, -3.05, 3.05, -3.05, 3.05, 1, 1.0 / 6, 2, {-3, 3}, hard_sigmoid},
    {MLP_TANH, 0, -1.5, 1.5, -1.4, -0.75, 1, 1, 0, {0, 0}, hyperbolic_tangent},
    {MLP_HARD_TANH, 0, -1.05, 1.05, -1.05, 1.05, 1, 1, 2, {-1, 1}, hard_tanh},
    {MLP_SOFTPLUS, 0, -2, 2, -2, -0.2, INFINITY, 1, 0, {0, 0}, softplus},
    {MLP_SOFTSIGN, 0, -1.5, 1.5, -1.5, -0.1, 1, 1, 1, {0, 0}, softsign},
    {MLP_GELU, 0, -0.4, 2, -0.4, -0.1, INFINITY, 1.12890415, 0, {0, 0}, gelu},
    {MLP_GELU_TANH, 0, -0.4, 2, -0.4, -0.1, INFINITY, 1.12899307, 0, {0, 0}, gelu_tanh},
    {MLP_SILU, 0, -0.8, 2, -0.8, -0.1, INFINITY, 1.09983933, 0, {0, 0}, silu},
    {MLP_MISH, 0, -0.8, 2, -1, -0.7, INFINITY, 1.08849817, 0, {0, 0}, mish},
    {MLP_SINE, 1, -1.2, 1.2, -1.2, -0.3, 1, 1, 0, {0, 0}, sine},
    {MLP_GAUSSIAN, 0, 0.2, 1.3, -2, -1.3, 1, 0.857763885, 0, {0, 0}, gaussian},
    {MLP_SQUARE, 0, 0.3, 1.5, 0.3, 1.5, INFINITY, INFINITY, 0, {0, 0}, square},
    {MLP_EXP, 0, -2, 1.2, -2, 1.2, INFINITY, INFINITY, 0, {0, 0}, exponential},
    {0, 0, -2, 2, -2, -0.7, 1.57079633, 1, 0, {0, 0}, arctan},
};

const sigma *sigma_at(int index)
{
    return &table[index];
}

const sigma *sigma_of(mlp_activation id)
{
    for (int i = 0; i < SIGMA_COUNT; i++)
        if (table[i].id == id)
            return &table[i];
    fail_msg("no reference for activation %d", (int)id);
    return NULL;
}

/* The callback writes derivatives down: the complex step checks them like the built-in ones. */
static int32_t arctan_callback(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    for (int64_t i = 0; i < n; i++) {
        const double s = 1 / (1 + z[i] * z[i]);
        const double values[] = {atan(z[i]), s, -2 * z[i] * s * s, (6 * z[i] * z[i] - 2) * s * s * s};
        out[i] = values[order];
    }
    return 0;
}

int sigma_setup(void **state)
{
    (void)state;
    sigma *custom = &table[SIGMA_COUNT - 1];
    assert_int_equal(mlp_activation_register("test_arctan", 3, arctan_callback, NULL, NULL, &custom->id),
                     MLP_OK);
    return 0;
}

int sigma_teardown(void **state)
{
    (void)state;
    sigma *custom = &table[SIGMA_COUNT - 1];
    assert_int_equal(mlp_activation_unregister(custom->id), MLP_OK);
    custom->id = 0;
    return 0;
}

double sigma_slope_bound(const sigma *kind, double parameter, double reach)
{
    if (isinf(kind->largest_slope)) {
        const double low = fabs(sigma_slope(kind, parameter, -reach)),
                     high = fabs(sigma_slope(kind, parameter, reach));
        return low > high ? low : high;
    }
    if (kind->id == MLP_SINE)
        return fabs(parameter);
    return kind->has_parameter && fabs(parameter) > kind->largest_slope ? fabs(parameter)
                                                                        : kind->largest_slope;
}

double sigma_kink_distance(const sigma *kind, double z)
{
    double least = INFINITY;
    for (int i = 0; i < kind->kinks; i++)
        if (fabs(z - kind->kink[i]) < least)
            least = fabs(z - kind->kink[i]);
    return least;
}

double sigma_slope(const sigma *kind, double parameter, double z)
{
    const double h = 1e-30;
    return cimag(kind->value(complex_of(z, h), parameter)) / h;
}
