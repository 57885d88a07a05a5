#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "support/activation_case.h"

static const struct {
    mlp_activation id;
    double parameter;
} more[] = {{MLP_LEAKY_RELU, -0.3}, {MLP_ELU, 2.7}, {MLP_SINE, 30}, {MLP_SINE, -0.1}};

enum { MORE = sizeof more / sizeof *more };

int activation_case_count(void)
{
    return mlpi_activation_kind_count() + MORE;
}

activation_case activation_case_at(int index)
{
    const int kinds = mlpi_activation_kind_count();
    if (index >= kinds)
        return (activation_case){mlpi_activation_kind_of(more[index - kinds].id),
                                 more[index - kinds].parameter};
    const mlpi_activation_kind *kind = mlpi_activation_kind_at(index);
    return (activation_case){kind, kind->parameter_default};
}

double activation_kernel_f64(activation_case c, int order, double t)
{
    double out;
    c.kind->f64[order](1, &t, &out, c.parameter);
    return out;
}

double activation_from_z_f64(activation_case c, int order, double z)
{
    const int through_y = order > 0 && c.kind->reads == MLPI_READS_Y;
    return activation_kernel_f64(c, order, through_y ? activation_kernel_f64(c, 0, z) : z);
}

double activation_sigma_limit(mlp_activation id)
{
    static const mlp_activation looser[] = {MLP_ELU, MLP_SELU, MLP_GELU, MLP_GELU_TANH, MLP_SILU, MLP_MISH};
    for (size_t i = 0; i < sizeof looser / sizeof *looser; i++)
        if (looser[i] == id)
            return 4;
    return 2;
}

int activation_saturates(mlp_activation id)
{
    return id == MLP_TANH || id == MLP_SIGMOID;
}

/* Of the sigmoid 1/4, sqrt(3)/18, 1/8; and tanh z = 2 sigmoid(2z) - 1. */
double activation_largest_derivative(mlp_activation id, int order)
{
    const double sigmoid[MLPI_ORDERS] = {1, 0.25, sqrt(3) / 18, 0.125};
    return id == MLP_TANH ? ldexp(sigmoid[order], order + 1) : sigmoid[order];
}

/*
 * Four times that. Only for sigmoid'' and sigmoid''' the half unit by which y itself is rounded weighs as much
 * or more: towards y = 1 it moves both by u/2, where 4 max |sigma^(k)| is 0.385 and 0.5.
 */
double activation_saturating_limit(mlp_activation id, int order)
{
    const double sigmoid[MLPI_ORDERS] = {4, 4, 6, 4.5};
    return (id == MLP_SIGMOID ? sigmoid[order] : 4) * activation_largest_derivative(id, order);
}

void activation_judge(activation_case c, const char *what, worst w, double allowed)
{
    if (w.error <= allowed)
        return;
    print_error("%s (parameter %g), %s: %g at %a, allowed is %g\n", c.kind->name, c.parameter, what, w.error,
                w.z, allowed);
    fail();
}
