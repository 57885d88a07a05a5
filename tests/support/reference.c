#include "support/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const double step = 1e-30;

static void *zeros(int64_t count, size_t size)
{
    void *memory = calloc((size_t)count, size);
    assert_non_null(memory);
    return memory;
}

static double *constants(int64_t count, double value)
{
    double *x = zeros(count, sizeof *x);
    for (int64_t i = 0; i < count; i++)
        x[i] = value;
    return x;
}

void reference_create(reference *net, int32_t layers, const int64_t *width)
{
    assert_in_range(layers, 1, REFERENCE_LAYERS);
    memset(net, 0, sizeof *net);
    net->layers = layers;
    for (int32_t l = 0; l <= layers; l++) {
        assert_in_range(width[l], 1, REFERENCE_WIDTH);
        net->width[l] = width[l];
        net->activation[l] = sigma_of(MLP_IDENTITY);
        net->count += l > 0 ? width[l] * (width[l - 1] + 1) : 0;
    }
    net->theta = zeros(net->count, sizeof *net->theta);
    net->input_scale = constants(width[0], 1);
    net->input_shift = constants(width[0], 0);
    net->output_scale = constants(width[layers], 1);
    net->output_shift = constants(width[layers], 0);
}

void reference_destroy(reference *net)
{
    free(net->theta);
    free(net->input_scale);
    free(net->input_shift);
    free(net->output_scale);
    free(net->output_shift);
}

int64_t reference_weight_offset(const reference *net, int32_t layer)
{
    int64_t offset = 0;
    for (int32_t l = 1; l < layer; l++)
        offset += net->width[l] * (net->width[l - 1] + 1);
    return offset;
}

int64_t reference_bias_offset(const reference *net, int32_t layer)
{
    return reference_weight_offset(net, layer) + net->width[layer] * net->width[layer - 1];
}

void reference_affine(const reference *net, int32_t layer, const double complex *y, double complex *z)
{
    const int64_t rows = net->width[layer], columns = net->width[layer - 1];
    const double complex *A = net->theta + reference_weight_offset(net, layer), *b = A + rows * columns;
    for (int64_t i = 0; i < rows; i++)
        z[i] = b[i];
    for (int64_t j = 0; j < columns; j++)
        for (int64_t i = 0; i < rows; i++)
            z[i] += A[i + j * rows] * y[j];
}

void reference_run(const reference *net, int32_t from, int32_t to, const double complex *y_from,
                   double complex *y_to)
{
    double complex y[REFERENCE_WIDTH], z[REFERENCE_WIDTH];
    memcpy(y, y_from, (size_t)net->width[from] * sizeof *y);
    for (int32_t l = from + 1; l <= to; l++) {
        reference_affine(net, l, y, z);
        for (int64_t i = 0; i < net->width[l]; i++)
            y[i] = net->activation[l]->value(z[i], net->parameter[l]);
    }
    memcpy(y_to, y, (size_t)net->width[to] * sizeof *y);
}

void reference_point_create(reference_point *point, const reference *net)
{
    memset(point, 0, sizeof *point);
    for (int32_t l = 0; l <= net->layers; l++) {
        point->y[l] = constants(net->width[l], 0);
        point->z[l] = constants(net->width[l], 0);
        point->y_scale[l] = constants(net->width[l], 0);
    }
}

void reference_point_destroy(reference_point *point)
{
    for (int32_t l = 0; l <= REFERENCE_LAYERS; l++) {
        free(point->y[l]);
        free(point->z[l]);
        free(point->y_scale[l]);
    }
}

/* out = |A_l| v (+ |b_l|): the affine map on absolute values. */
static void affine_scale(const reference *net, int32_t layer, const double *v, int with_bias, double *out)
{
    const int64_t rows = net->width[layer], columns = net->width[layer - 1];
    const double complex *A = net->theta + reference_weight_offset(net, layer), *b = A + rows * columns;
    for (int64_t i = 0; i < rows; i++)
        out[i] = with_bias ? fabs(creal(b[i])) : 0;
    for (int64_t j = 0; j < columns; j++)
        for (int64_t i = 0; i < rows; i++)
            out[i] += fabs(creal(A[i + j * rows])) * v[j];
}

/* |y| <= min(max |sigma|, |sigma(0)| + max |sigma'| |z|) */
static void evaluate_scale(const reference *net, int32_t l, reference_point *point)
{
    const sigma *kind = net->activation[l];
    double reach = 0;
    for (int64_t i = 0; i < net->width[l]; i++)
        reach = fmax(reach, fabs(point->z[l][i]));
    point->slope_bound[l] = sigma_slope_bound(kind, net->parameter[l], reach);
    const double at_zero = fabs(creal(kind->value(0, net->parameter[l])));
    affine_scale(net, l, point->y_scale[l - 1], 1, point->y_scale[l]);
    for (int64_t i = 0; i < net->width[l]; i++)
        point->y_scale[l][i] =
            fmin(kind->largest_value, at_zero + point->slope_bound[l] * point->y_scale[l][i]);
}

void reference_evaluate(const reference *net, const double *x, reference_point *point)
{
    double complex y[REFERENCE_WIDTH], z[REFERENCE_WIDTH];
    for (int64_t i = 0; i < net->width[0]; i++) {
        y[i] = point->y[0][i] = net->input_scale[i] * x[i] + net->input_shift[i];
        point->y_scale[0][i] = fabs(net->input_scale[i] * x[i]) + fabs(net->input_shift[i]);
    }
    for (int32_t l = 1; l <= net->layers; l++) {
        reference_affine(net, l, y, z);
        for (int64_t i = 0; i < net->width[l]; i++) {
            y[i] = net->activation[l]->value(z[i], net->parameter[l]);
            point->z[l][i] = creal(z[i]);
            point->y[l][i] = creal(y[i]);
        }
        evaluate_scale(net, l, point);
    }
}

void reference_output(const reference *net, const reference_point *point, double *y, double *scale)
{
    const int32_t L = net->layers;
    for (int64_t p = 0; p < net->width[L]; p++) {
        y[p] = net->output_scale[p] * point->y[L][p] + net->output_shift[p];
        scale[p] = fabs(net->output_scale[p]) * point->y_scale[L][p] + fabs(net->output_shift[p]);
    }
}

/* v (n_from values) <- its image (n_to values) under D_to |A_to| ... D_{from+1} |A_{from+1}|, D_l = max |sigma_l'| */
static void propagate_scale(const reference *net, const reference_point *point, int32_t from, int32_t to,
                            double *v)
{
    double next[REFERENCE_WIDTH];
    for (int32_t l = from + 1; l <= to; l++) {
        affine_scale(net, l, v, 0, next);
        for (int64_t i = 0; i < net->width[l]; i++)
            v[i] = point->slope_bound[l] * next[i];
    }
}

static void take_imaginary(const double complex *y, int64_t n, double *column)
{
    for (int64_t i = 0; i < n; i++)
        column[i] = cimag(y[i]) / step;
}

void reference_output_column(const reference *net, const reference_point *point, int32_t to, int32_t from,
                             int64_t j, double *column, double *scale)
{
    double complex y[REFERENCE_WIDTH];
    double v[REFERENCE_WIDTH] = {0};
    for (int64_t i = 0; i < net->width[from]; i++)
        y[i] = point->y[from][i];
    y[j] += complex_of(0, step);
    reference_run(net, from, to, y, y);
    take_imaginary(y, net->width[to], column);
    v[j] = 1;
    propagate_scale(net, point, from, to, v);
    memcpy(scale, v, (size_t)net->width[to] * sizeof *v);
}

static int32_t layer_of(const reference *net, int64_t k)
{
    int32_t layer = 1;
    while (layer < net->layers && k >= reference_weight_offset(net, layer + 1))
        layer++;
    return layer;
}

void reference_parameter_column(reference *net, const reference_point *point, int32_t to, int64_t k,
                                double *column, double *scale)
{
    double complex y[REFERENCE_WIDTH];
    double v[REFERENCE_WIDTH] = {0};
    const int32_t l = layer_of(net, k);
    const int64_t within = k - reference_weight_offset(net, l), i = within % net->width[l],
                  j = within / net->width[l];
    for (int64_t m = 0; m < net->width[l - 1]; m++)
        y[m] = point->y[l - 1][m];
    net->theta[k] += complex_of(0, step);
    reference_run(net, l - 1, to, y, y);
    net->theta[k] = creal(net->theta[k]);
    take_imaginary(y, net->width[to], column);
    v[i] = point->slope_bound[l] * (j < net->width[l - 1] ? point->y_scale[l - 1][j] : 1);
    propagate_scale(net, point, l, to, v);
    memcpy(scale, v, (size_t)net->width[to] * sizeof *v);
}

/* v <- max |sigma_l'| (|A_l| v + |Ad_l| |y_{l-1}| + |bd_l|) */
static void tangent_scale(const reference *net, const reference_point *point, int32_t l,
                          const double *theta_dot, double *v)
{
    double next[REFERENCE_WIDTH];
    const int64_t rows = net->width[l], columns = net->width[l - 1];
    affine_scale(net, l, v, 0, next);
    const double *A_dot = theta_dot ? theta_dot + reference_weight_offset(net, l) : NULL;
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; A_dot && j < columns; j++)
            next[i] += fabs(A_dot[i + j * rows]) * point->y_scale[l - 1][j];
        v[i] = point->slope_bound[l] * (next[i] + (A_dot ? fabs(A_dot[rows * columns + i]) : 0));
    }
}

void reference_jvp(const reference *net, const reference_point *point, const double *x_dot,
                   const double *theta_dot, double *y_dot, double *scale)
{
    double complex y[REFERENCE_WIDTH];
    double v[REFERENCE_WIDTH] = {0};
    const int32_t L = net->layers;
    reference moved = *net;
    moved.theta = zeros(net->count, sizeof *moved.theta);
    for (int64_t k = 0; k < net->count; k++)
        moved.theta[k] = complex_of(creal(net->theta[k]), theta_dot ? step * theta_dot[k] : 0);
    for (int64_t i = 0; i < net->width[0]; i++) {
        v[i] = x_dot ? fabs(net->input_scale[i] * x_dot[i]) : 0;
        y[i] = complex_of(point->y[0][i], x_dot ? net->input_scale[i] * (step * x_dot[i]) : 0);
    }
    reference_run(&moved, 0, L, y, y);
    free(moved.theta);
    for (int32_t l = 1; l <= L; l++)
        tangent_scale(net, point, l, theta_dot, v);
    for (int64_t p = 0; p < net->width[L]; p++) {
        y_dot[p] = net->output_scale[p] * (cimag(y[p]) / step);
        scale[p] = fabs(net->output_scale[p]) * v[p];
    }
}

/* With delta_l = max |sigma_l'| |G_l|: |dA_l| += delta |y_{l-1}|^T, |db_l| += delta, and |G_{l-1}| = |A_l|^T delta. */
static void pull_scale(const reference *net, const reference_point *point, int32_t l, double *G,
                       double *theta_scale)
{
    const int64_t rows = net->width[l], columns = net->width[l - 1], offset = reference_weight_offset(net, l);
    double pulled[REFERENCE_WIDTH] = {0};
    for (int64_t i = 0; i < rows; i++) {
        const double delta = point->slope_bound[l] * G[i];
        for (int64_t j = 0; j < columns; j++) {
            theta_scale[offset + i + j * rows] += delta * point->y_scale[l - 1][j];
            pulled[j] += fabs(creal(net->theta[offset + i + j * rows])) * delta;
        }
        theta_scale[offset + rows * columns + i] += delta;
    }
    memcpy(G, pulled, (size_t)columns * sizeof *G);
}

void reference_vjp_scale(const reference *net, const reference_point *point, const double *y_bar,
                         double *x_scale, double *theta_scale)
{
    double G[REFERENCE_WIDTH];
    const int32_t L = net->layers;
    for (int64_t p = 0; p < net->width[L]; p++)
        G[p] = fabs(net->output_scale[p] * y_bar[p]);
    for (int32_t l = L; l >= 1; l--)
        pull_scale(net, point, l, G, theta_scale);
    for (int64_t j = 0; j < net->width[0]; j++)
        x_scale[j] = fabs(net->input_scale[j]) * G[j];
}

static double paired(const reference *net, const double *y_bar, const double *column)
{
    double sum = 0;
    for (int64_t p = 0; p < net->width[net->layers]; p++)
        sum += y_bar[p] * net->output_scale[p] * column[p];
    return sum;
}

double reference_vjp_input(const reference *net, const reference_point *point, const double *y_bar, int64_t j)
{
    double column[REFERENCE_WIDTH], scale[REFERENCE_WIDTH];
    reference_output_column(net, point, net->layers, 0, j, column, scale);
    return net->input_scale[j] * paired(net, y_bar, column);
}

double reference_vjp_parameter(reference *net, const reference_point *point, const double *y_bar, int64_t k)
{
    double column[REFERENCE_WIDTH], scale[REFERENCE_WIDTH];
    reference_parameter_column(net, point, net->layers, k, column, scale);
    return paired(net, y_bar, column);
}
