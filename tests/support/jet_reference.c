#include "support/jet_reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static hyperdual add(hyperdual a, hyperdual b)
{
    return (hyperdual){a.value + b.value, a.first + b.first, a.second + b.second, a.both + b.both};
}

static hyperdual multiply(hyperdual a, hyperdual b)
{
    return (hyperdual){a.value * b.value, a.first * b.value + a.value * b.first,
                       a.second * b.value + a.value * b.second,
                       a.both * b.value + a.first * b.second + a.second * b.first + a.value * b.both};
}

static hyperdual scaled(double a, hyperdual b)
{
    return (hyperdual){a * b.value, a * b.first, a * b.second, a * b.both};
}

int64_t jet_columns(const jet_shape *shape, int32_t k)
{
    return k == 0 ? 1 : k == 1 ? shape->groups * shape->size : shape->groups;
}

/* ---- Slopes ---- */

static void evaluate(const reference *net, int32_t l, int32_t order, const double *z, double *out)
{
    const mlp_status status =
        mlp_activation_evaluate_f64(net->activation[l]->id, net->parameter[l], order, net->width[l], z, out);
    if (status != MLP_OK)
        fail_msg("mlp_activation_evaluate_f64: %s", mlp_last_error());
}

/* sigma'''' at z, from either side; closer than problems come to a kink */
static void evaluate_fourth(const reference *net, int32_t l, const double *z, double *out)
{
    const double h = 0x1p-21;
    double before[REFERENCE_WIDTH], after[REFERENCE_WIDTH];
    for (int64_t i = 0; i < net->width[l]; i++) {
        before[i] = z[i] - h;
        after[i] = z[i] + h;
    }
    evaluate(net, l, 3, before, before);
    evaluate(net, l, 3, after, after);
    for (int64_t i = 0; i < net->width[l]; i++)
        out[i] = (after[i] - before[i]) / (2 * h);
}

void jet_slopes_create(jet_slopes *slopes, const reference *net, const reference_point *point)
{
    memset(slopes, 0, sizeof *slopes);
    for (int32_t l = 1; l <= net->layers; l++)
        for (int32_t k = 1; k <= JET_ORDERS; k++) {
            slopes->at[l][k] = calloc((size_t)net->width[l], sizeof(double));
            assert_non_null(slopes->at[l][k]);
            if (k < JET_ORDERS)
                evaluate(net, l, k, point->z[l], slopes->at[l][k]);
            else
                evaluate_fourth(net, l, point->z[l], slopes->at[l][k]);
        }
}

void jet_slopes_destroy(jet_slopes *slopes, const reference *net)
{
    for (int32_t l = 1; l <= net->layers; l++)
        for (int32_t k = 1; k <= JET_ORDERS; k++)
            free(slopes->at[l][k]);
}

/* ---- The recursion ---- */

/* One run, and its streams at the present layer: rows of width[layer], columns as jet_columns() says. */
typedef struct run {
    const reference *net;
    const reference_point *point;
    const jet_slopes *slopes;
    const jet_shape *shape;
    jet_seed seed;
    int absolute;
    hyperdual *y[JET_ORDERS], *z[JET_ORDERS];
} run;

static double sized(const run *r, double value)
{
    return r->absolute ? fabs(value) : value;
}

/* In the scale, what is computed is off by its size. */
static hyperdual rounded(const run *r, hyperdual x)
{
    if (r->absolute) {
        x.second += x.value;
        x.both += x.first;
    }
    return x;
}

/* sigma_l^(k) of unit i as a function of z0 */
static hyperdual slope(const run *r, int32_t l, int32_t k, int64_t i)
{
    const hyperdual z = r->z[0][i];
    double f[3] = {0};
    for (int32_t m = 0; m < 3; m++)
        if (k + m == 0)
            f[m] = sized(r, r->point->y[l][i]);
        else if (k + m <= JET_ORDERS)
            f[m] = sized(r, r->slopes->at[l][k + m][i]);
        else
            assert_true(z.first == 0); /* no fifth derivative: third-order jets have no gradient */
    return rounded(
        r, (hyperdual){f[0], f[1] * z.first, f[1] * z.second, f[2] * z.first * z.second + f[1] * z.both});
}

static void load_inputs(run *r, const double *v)
{
    const reference *net = r->net;
    const int64_t n = net->width[0];
    for (int64_t i = 0; i < n; i++) {
        const double scale = sized(r, net->input_scale[i]);
        r->y[0][i] = (hyperdual){.value = sized(r, r->point->y[0][i]),
                                 .first = r->seed.in == IN_X && r->seed.index == i ? scale : 0,
                                 .second = r->absolute ? r->point->y_scale[0][i] : 0};
        for (int64_t d = 0; d < jet_columns(r->shape, 1); d++)
            r->y[1][i + d * n] = rounded(r, (hyperdual){.value = scale * sized(r, v[i + d * n])});
    }
    for (int32_t k = 2; k <= r->shape->order; k++)
        memset(r->y[k], 0, (size_t)(n * jet_columns(r->shape, k)) * sizeof(hyperdual));
}

/* z_k = A y_k, for k = 0 also + b, the parameters may be what varies */
static void affine(run *r, int32_t l)
{
    const reference *net = r->net;
    const int64_t rows = net->width[l], below = net->width[l - 1], offset = reference_weight_offset(net, l);
    const int64_t varied = r->seed.in == IN_THETA ? r->seed.index - offset : -1;
    for (int32_t k = 0; k <= r->shape->order; k++)
        for (int64_t c = 0; c < jet_columns(r->shape, k); c++) {
            hyperdual *z = r->z[k] + c * rows;
            for (int64_t i = 0; i < rows; i++)
                z[i] = k > 0 ? (hyperdual){0}
                             : (hyperdual){.value = sized(r, creal(net->theta[offset + rows * below + i])),
                                           .first = varied == rows * below + i};
            for (int64_t j = 0; j < below; j++)
                for (int64_t i = 0; i < rows; i++) {
                    const int64_t at = i + j * rows;
                    const hyperdual A = {.value = sized(r, creal(net->theta[offset + at])),
                                         .first = varied == at};
                    z[i] = add(z[i], multiply(A, r->y[k][j + c * below]));
                }
            for (int64_t i = 0; i < rows; i++)
                z[i] = rounded(r, z[i]);
        }
}

/* y1, y2 and y3 of unit i */
static void activate_unit(run *r, int32_t l, int64_t i)
{
    const int64_t n = r->net->width[l], size = r->shape->size;
    const int32_t order = r->shape->order;
    const hyperdual s1 = slope(r, l, 1, i), none = {0};
    const hyperdual s2 = order > 1 ? slope(r, l, 2, i) : none, s3 = order > 2 ? slope(r, l, 3, i) : none;
    for (int64_t m = 0; m < r->shape->groups; m++) {
        hyperdual squares = none, z1 = none;
        for (int64_t p = 0; p < size; p++) {
            const double w = r->shape->weights ? sized(r, r->shape->weights[p]) : 1;
            z1 = r->z[1][i + (m * size + p) * n];
            r->y[1][i + (m * size + p) * n] = rounded(r, multiply(s1, z1));
            squares = add(squares, scaled(w, multiply(z1, z1)));
        }
        const hyperdual z2 = order > 1 ? r->z[2][i + m * n] : none,
                        z3 = order > 2 ? r->z[3][i + m * n] : none;
        if (order > 1)
            r->y[2][i + m * n] = rounded(r, add(multiply(s2, squares), multiply(s1, z2)));
        if (order > 2)
            r->y[3][i + m * n] =
                rounded(r, add(multiply(s3, multiply(z1, squares)),
                               add(scaled(3, multiply(s2, multiply(z1, z2))), multiply(s1, z3))));
    }
}

static void activate(run *r, int32_t l)
{
    for (int64_t i = 0; i < r->net->width[l]; i++) {
        activate_unit(r, l, i);
        r->y[0][i] = slope(r, l, 0, i);
    }
}

/* A scale is the size and its error. */
static hyperdual output(const run *r, hyperdual x)
{
    return r->absolute ? (hyperdual){.value = x.value + x.second, .first = x.first + x.both} : x;
}

void jet_reference_run(const reference *net, const reference_point *point, const jet_slopes *slopes,
                       const jet_shape *shape, const double *v, jet_seed seed, int absolute,
                       hyperdual *const y[JET_ORDERS])
{
    run r = {net, point, slopes, shape, seed, absolute, {NULL}, {NULL}};
    const int64_t n_out = net->width[net->layers];
    int64_t widest = 0;
    for (int32_t l = 0; l <= net->layers; l++)
        widest = net->width[l] > widest ? net->width[l] : widest;
    for (int32_t k = 0; k <= shape->order; k++) {
        r.y[k] = calloc((size_t)(widest * jet_columns(shape, k)), sizeof(hyperdual));
        r.z[k] = calloc((size_t)(widest * jet_columns(shape, k)), sizeof(hyperdual));
        assert_non_null(r.y[k]);
        assert_non_null(r.z[k]);
    }
    load_inputs(&r, v);
    for (int32_t l = 1; l <= net->layers; l++) {
        affine(&r, l);
        activate(&r, l);
    }
    for (int32_t k = 0; k <= shape->order; k++) {
        for (int64_t a = 0; a < n_out * jet_columns(shape, k); a++)
            y[k][a] = output(&r, scaled(sized(&r, net->output_scale[a % n_out]), r.y[k][a]));
        free(r.y[k]);
        free(r.z[k]);
    }
}
