#include "support/curvature_reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

/* The derivative in a set of infinitesimals is at the sum of the set. */
enum { U = 1, V = 2, ROUNDING = 4, SETS = 8 };
typedef struct number {
    double at[SETS];
} number;

/* sum += a b */
static void add_product(number *sum, const number *a, const number *b)
{
    for (int set = 0; set < SETS; set++)
        for (int part = set;; part = (part - 1) & set) {
            sum->at[set] += a->at[part] * b->at[set - part];
            if (part == 0)
                break;
        }
}

/* f(z) from f, f', f'' and f''' at z: the sum over the partitions of each set */
static number composed(const double f[4], const number *z)
{
    const double *p = z->at;
    number y = {{f[0]}};
    for (int i = 1; i < SETS; i *= 2)
        y.at[i] = f[1] * p[i];
    y.at[U + V] = f[2] * p[U] * p[V] + f[1] * p[U + V];
    y.at[U + ROUNDING] = f[2] * p[U] * p[ROUNDING] + f[1] * p[U + ROUNDING];
    y.at[V + ROUNDING] = f[2] * p[V] * p[ROUNDING] + f[1] * p[V + ROUNDING];
    y.at[SETS - 1] = f[3] * p[U] * p[V] * p[ROUNDING] +
                     f[2] * (p[U + V] * p[ROUNDING] + p[U + ROUNDING] * p[V] + p[V + ROUNDING] * p[U]) +
                     f[1] * p[SETS - 1];
    return y;
}

/* One run. */
typedef struct run {
    const reference *net;
    const reference_point *point;
    const jet_slopes *slopes;
    variation u, v;
    int absolute;
} run;

static double sized(const run *r, double value)
{
    return r->absolute ? fabs(value) : value;
}

/* In the scale, what is computed is off by its size. */
static void round_off(const run *r, number *x)
{
    for (int set = 0; r->absolute && set < ROUNDING; set++)
        x->at[set + ROUNDING] += x->at[set];
}

static double element(const run *r, const double *direction, int64_t k)
{
    return direction ? sized(r, direction[k]) : 0;
}

static number parameter(const run *r, int64_t k)
{
    return (number){{[0] = sized(r, creal(r->net->theta[k])),
                     [U] = element(r, r->u.theta, k),
                     [V] = element(r, r->v.theta, k)}};
}

static void load_inputs(const run *r, number *y)
{
    for (int64_t j = 0; j < r->net->width[0]; j++) {
        const double scale = sized(r, r->net->input_scale[j]);
        y[j] = (number){{[0] = sized(r, r->point->y[0][j]),
                         [U] = scale * element(r, r->u.x, j),
                         [V] = scale * element(r, r->v.x, j)}};
        y[j].at[ROUNDING] = r->absolute ? r->point->y_scale[0][j] : 0;
    }
}

/* z = A y + b */
static void affine(const run *r, int32_t l, const number *y, number *z)
{
    const int64_t rows = r->net->width[l], below = r->net->width[l - 1];
    const int64_t offset = reference_weight_offset(r->net, l);
    for (int64_t i = 0; i < rows; i++)
        z[i] = parameter(r, offset + rows * below + i);
    for (int64_t j = 0; j < below; j++)
        for (int64_t i = 0; i < rows; i++) {
            const number A = parameter(r, offset + i + j * rows);
            add_product(&z[i], &A, &y[j]);
        }
    for (int64_t i = 0; i < rows; i++)
        round_off(r, &z[i]);
}

static void activate(const run *r, int32_t l, const number *z, number *y)
{
    for (int64_t i = 0; i < r->net->width[l]; i++) {
        double f[4] = {sized(r, r->point->y[l][i])};
        for (int k = 1; k < 4; k++)
            f[k] = sized(r, r->slopes->at[l][k][i]);
        y[i] = composed(f, &z[i]);
        round_off(r, &y[i]);
    }
}

static sized_number output(double scale, const number *y, int set)
{
    return (sized_number){scale * y->at[set], scale * y->at[set + ROUNDING]};
}

void curvature_reference_run(const reference *net, const reference_point *point, const jet_slopes *slopes,
                             variation u, variation v, int absolute, curvatures *out)
{
    const run r = {net, point, slopes, u, v, absolute};
    number *y = calloc(REFERENCE_WIDTH, sizeof *y), *z = calloc(REFERENCE_WIDTH, sizeof *z);
    assert_non_null(y);
    assert_non_null(z);
    load_inputs(&r, y);
    for (int32_t l = 1; l <= net->layers; l++) {
        affine(&r, l, y, z);
        activate(&r, l, z, y);
    }
    for (int64_t p = 0; p < net->width[net->layers]; p++) {
        const double scale = sized(&r, net->output_scale[p]);
        out->y[p] = output(scale, &y[p], 0);
        out->y[p].value += sized(&r, net->output_shift[p]);
        out->y[p].error += absolute ? out->y[p].value : 0;
        out->u[p] = output(scale, &y[p], U);
        out->v[p] = output(scale, &y[p], V);
        out->uv[p] = output(scale, &y[p], U + V);
    }
    free(z);
    free(y);
}
