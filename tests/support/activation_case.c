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

int activation_set_count(void)
{
    static int count = 0;
    if (count > 0)
        return count;
    count = 1 + (mlpi_cpu()->level >= MLPI_VECTOR_AVX512) + (mlpi_cpu()->level >= MLPI_VECTOR_AVX2) + 1;
    if (mlpi_cpu()->level < MLPI_VECTOR_AVX512)
        print_message("SKIPPED: this processor lacks avx512%s\n",
                      mlpi_cpu()->level < MLPI_VECTOR_AVX2 ? " and avx2" : "");
    return count;
}

activation_set activation_set_at(int index)
{
    static const struct {
        const char *name;
        enum mlpi_vector_level level;
    } sets[] = {{"generic", MLPI_VECTOR_BASE}, {"avx2", MLPI_VECTOR_AVX2}, {"avx512", MLPI_VECTOR_AVX512}};
    if (index == 0)
        return (activation_set){"scalar", NULL};
    return (activation_set){sets[index - 1].name, mlpi_activation_vectors(sets[index - 1].level)};
}

void activation_apply_f32(activation_set set, activation_case c, int order, int64_t n, const float *t,
                          float *out)
{
    if (!set.vectors) {
        c.kind->f32[order](n, t, out, c.parameter);
        return;
    }
    const struct mlpi_vectors_f32 *v = &set.vectors->f32[c.kind->id];
    const mlpi_vector_f32 orders[MLPI_ORDERS] = {v->value, v->slope, v->second, v->third};
    orders[order](1, n, t, n, out, n, c.parameter);
}

void activation_apply_f64(activation_set set, activation_case c, int order, int64_t n, const double *t,
                          double *out)
{
    if (!set.vectors) {
        c.kind->f64[order](n, t, out, c.parameter);
        return;
    }
    const struct mlpi_vectors_f64 *v = &set.vectors->f64[c.kind->id];
    const mlpi_vector_f64 orders[MLPI_ORDERS] = {v->value, v->slope, v->second, v->third};
    orders[order](1, n, t, n, out, n, c.parameter);
}

double activation_kernel_f64(activation_set set, activation_case c, int order, double t)
{
    double out;
    activation_apply_f64(set, c, order, 1, &t, &out);
    return out;
}

double activation_from_z_f64(activation_set set, activation_case c, int order, double z)
{
    const int through_y = order > 0 && c.kind->reads == MLPI_READS_Y;
    return activation_kernel_f64(set, c, order, through_y ? activation_kernel_f64(set, c, 0, z) : z);
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
 * Four times that. Only for sigmoid'' and sigmoid''' the error of y itself weighs as much or more: towards y = 1 half a
 * unit in its last place moves both by u/2, where 4 max |sigma^(k)| is 0.385 and 0.5. The y of vectors may be off by more.
 */
double activation_saturating_limit(activation_set set, mlp_activation id, int order)
{
    static const double limits[2][2][MLPI_ORDERS] = {{{4, 4, 6, 4.5}, {4, 4, 8, 8}},
                                                     {{4, 4, 4, 4}, {4, 4, 6, 6}}};
    return limits[id == MLP_TANH][set.vectors != NULL][order] * activation_largest_derivative(id, order);
}

void activation_judge(activation_set set, activation_case c, const char *what, worst w, double allowed)
{
    if (w.error <= allowed)
        return;
    print_error("%s: %s (parameter %g), %s: %g at %a, allowed is %g\n", set.name, c.kind->name, c.parameter,
                what, w.error, w.z, allowed);
    fail();
}
