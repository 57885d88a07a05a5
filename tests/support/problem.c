#include "support/problem.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

problem_spec problem_plain_spec(mlp_dtype dtype, int32_t layers, const int64_t *width, mlp_activation hidden,
                                int64_t batch, uint64_t seed)
{
    problem_spec spec = {.dtype = dtype, .layers = layers, .batch = batch, .seed = seed};
    memcpy(spec.width, width, (size_t)(layers + 1) * sizeof *width);
    for (int32_t l = 1; l <= layers; l++) {
        spec.activation[l] = l < layers ? hidden : MLP_IDENTITY;
        assert_int_equal(mlp_activation_parameter(spec.activation[l], NULL, &spec.parameter[l], NULL, NULL),
                         MLP_OK);
    }
    return spec;
}

static double rounded(const problem *p, double value)
{
    return p->spec.dtype == MLP_F32 ? (double)(float)value : value;
}

static double any_sign(problem *p)
{
    return p->spec.bend ? 1 : draw_sign(&p->random);
}

static void *memory_for(int64_t count, size_t size)
{
    void *memory = calloc((size_t)count, size);
    assert_non_null(memory);
    return memory;
}

double *problem_draw_vector(problem *p, int64_t count)
{
    double *v = memory_for(count, sizeof *v);
    for (int64_t i = 0; i < count; i++)
        v[i] = rounded(p, any_sign(p) * draw_real(&p->random, 0.1, 1));
    return v;
}

/*
 * Numbers of mostly one sign, so that the sums of many layers do not cancel: +1 or -1 per unit, and A_ij drawn with
 * the product of the signs of its units. Small networks may have any signs.
 */
static void draw_signs(problem *p, int32_t layer, double *sign)
{
    for (int64_t i = 0; i < p->spec.width[layer]; i++)
        sign[i] = any_sign(p);
}

static void draw_weights(problem *p, int32_t layer, const double *sign_in, const double *sign_out)
{
    const int64_t rows = p->spec.width[layer], columns = p->spec.width[layer - 1];
    double complex *A = p->net.theta + reference_weight_offset(&p->net, layer);
    const int small = p->spec.layers <= 3 && rows * columns <= 12;
    for (int64_t j = 0; j < columns; j++)
        for (int64_t i = 0; i < rows; i++)
            A[i + j * rows] = small ? any_sign(p) * draw_real(&p->random, 0.2, 1)
                                    : sign_in[j] * sign_out[i] * draw_real(&p->random, -0.2, 1);
}

/* The range of z to aim at. */
static void aim(const problem *p, int32_t layer, double *lo, double *hi)
{
    const sigma *kind = p->net.activation[layer];
    const double stretch = kind->id == MLP_SINE ? fabs(p->net.parameter[layer]) : 1;
    *lo = (p->spec.bend ? kind->bend_lo : kind->lo) / stretch;
    *hi = (p->spec.bend ? kind->bend_hi : kind->hi) / stretch;
}

static double complex row_product(const problem *p, int32_t layer, int64_t i, const double complex *y)
{
    const int64_t rows = p->spec.width[layer], columns = p->spec.width[layer - 1];
    const double complex *A = p->net.theta + reference_weight_offset(&p->net, layer);
    double complex sum = 0;
    for (int64_t j = 0; j < columns; j++)
        sum += A[i + j * rows] * y[j];
    return sum;
}

/*
 * Range of (A y)_i over the batch, and the largest sum_j |A_ij| max(|y_j|, 1/2): a bound on |(A y)_i| that does not
 * invite huge weights where y happens to be small. Y is n_{l-1} x batch.
 */
static void row_range(const problem *p, int32_t layer, int64_t i, const double complex *Y, double *least,
                      double *most, double *sum)
{
    const int64_t rows = p->spec.width[layer], columns = p->spec.width[layer - 1];
    const double complex *A = p->net.theta + reference_weight_offset(&p->net, layer);
    *least = INFINITY, *most = -INFINITY, *sum = 0;
    for (int64_t s = 0; s < p->spec.batch; s++) {
        const double value = creal(row_product(p, layer, i, Y + s * columns));
        double absolute = 0;
        for (int64_t j = 0; j < columns; j++)
            absolute += fabs(creal(A[i + j * rows])) * fmax(0.5, fabs(creal(Y[j + s * columns])));
        *least = fmin(*least, value);
        *most = fmax(*most, value);
        *sum = fmax(*sum, absolute);
    }
}

/* Scale A_l and choose b_l so that z_l stays in the range aimed at, whatever the sample. */
static void settle_layer(problem *p, int32_t layer, const double complex *Y)
{
    const int64_t rows = p->spec.width[layer], columns = p->spec.width[layer - 1];
    double complex *A = p->net.theta + reference_weight_offset(&p->net, layer), *b = A + rows * columns;
    double lo, hi, least, most, sum, spread = 0, largest = 0;
    aim(p, layer, &lo, &hi);
    for (int64_t i = 0; i < rows; i++) {
        row_range(p, layer, i, Y, &least, &most, &sum);
        spread = fmax(spread, most - least);
        largest = fmax(largest, sum);
    }
    const double factor = fmin((hi - lo) / (2 * spread + DBL_MIN), (hi - lo) / (2 * largest + DBL_MIN));
    for (int64_t k = 0; k < rows * columns; k++)
        A[k] = rounded(p, factor * creal(A[k]));
    for (int64_t i = 0; i < rows; i++) {
        row_range(p, layer, i, Y, &least, &most, &sum);
        b[i] = rounded(p, draw_real(&p->random, lo - least, hi - most));
    }
}

static void run_layer(const problem *p, int32_t layer, double complex *Y)
{
    double complex z[REFERENCE_WIDTH], *next = memory_for(p->spec.width[layer] * p->spec.batch, sizeof *next);
    const int64_t rows = p->spec.width[layer], columns = p->spec.width[layer - 1];
    for (int64_t s = 0; s < p->spec.batch; s++) {
        reference_affine(&p->net, layer, Y + s * columns, z);
        for (int64_t i = 0; i < rows; i++)
            next[i + s * rows] = p->net.activation[layer]->value(z[i], p->net.parameter[layer]);
    }
    memcpy(Y, next, (size_t)(rows * p->spec.batch) * sizeof *next);
    free(next);
}

static void draw_scaling(problem *p, int64_t n, double *scale, double *shift)
{
    for (int64_t i = 0; p->spec.scaled && i < n; i++) {
        scale[i] = rounded(p, any_sign(p) * draw_real(&p->random, 0.5, 2));
        shift[i] = rounded(p, draw_real(&p->random, -1, 1));
    }
}

static void draw_inputs(problem *p)
{
    for (int64_t k = 0; k < p->spec.width[0] * p->spec.batch; k++)
        p->x[k] = rounded(p, draw_sign(&p->random) * draw_real(&p->random, 0.3, 1));
}

static void draw_network(problem *p)
{
    const int64_t n0 = p->spec.width[0];
    double sign[2][REFERENCE_WIDTH];
    double complex *Y = memory_for(REFERENCE_WIDTH * p->spec.batch, sizeof *Y);
    for (int64_t k = 0; k < n0 * p->spec.batch; k++)
        Y[k] = p->net.input_scale[k % n0] * p->x[k] + p->net.input_shift[k % n0];
    draw_signs(p, 0, sign[0]);
    for (int32_t l = 1; l <= p->spec.layers; l++) {
        draw_signs(p, l, sign[l % 2]);
        draw_weights(p, l, sign[(l - 1) % 2], sign[l % 2]);
        settle_layer(p, l, Y);
        run_layer(p, l, Y);
    }
    free(Y);
}

static double kink_distance(const problem *p)
{
    double least = INFINITY;
    for (int64_t s = 0; s < p->spec.batch; s++)
        for (int32_t l = 1; l <= p->spec.layers; l++)
            for (int64_t i = 0; i < p->spec.width[l]; i++)
                least = fmin(least, sigma_kink_distance(p->net.activation[l], p->point[s].z[l][i]));
    return least;
}

static void draw_all(problem *p)
{
    p->random.state = p->spec.seed;
    draw_scaling(p, p->spec.width[0], p->net.input_scale, p->net.input_shift);
    draw_scaling(p, p->spec.width[p->spec.layers], p->net.output_scale, p->net.output_shift);
    draw_inputs(p);
    draw_network(p);
    for (int64_t s = 0; s < p->spec.batch; s++)
        reference_evaluate(&p->net, p->x + s * p->spec.width[0], &p->point[s]);
}

void problem_create(problem *p, const problem_spec *spec)
{
    p->spec = *spec;
    reference_create(&p->net, spec->layers, spec->width);
    for (int32_t l = 1; l <= spec->layers; l++) {
        p->net.activation[l] = sigma_of(spec->activation[l]);
        p->net.parameter[l] = rounded(p, spec->parameter[l]);
    }
    p->x = memory_for(spec->width[0] * spec->batch, sizeof *p->x);
    p->point = memory_for(spec->batch, sizeof *p->point);
    for (int64_t s = 0; s < spec->batch; s++)
        reference_point_create(&p->point[s], &p->net);
    const double margin = spec->dtype == MLP_F32 ? 1e-5 : 1e-6;
    for (int attempt = 0; attempt < 100; attempt++, p->spec.seed += 1000003) {
        draw_all(p);
        if (kink_distance(p) > margin)
            return;
    }
    fail_msg("%s: no point away from the kinks found", problem_describe(p));
}

void problem_destroy(problem *p)
{
    for (int64_t s = 0; s < p->spec.batch; s++)
        reference_point_destroy(&p->point[s]);
    free(p->point);
    free(p->x);
    reference_destroy(&p->net);
}

int64_t problem_choose(problem *p, int64_t k, int64_t most, int64_t count)
{
    if (count <= most)
        return k;
    return k == 0 ? 0 : k == 1 ? count - 1 : draw_int(&p->random, 0, count - 1);
}

int64_t problem_choices(int64_t most, int64_t count)
{
    return count < most ? count : most;
}

const char *problem_describe(const problem *p)
{
    static char text[512];
    int used = snprintf(text, sizeof text, "%s widths", mlp_dtype_name(p->spec.dtype));
    for (int32_t l = 0; l <= p->spec.layers; l++)
        used += snprintf(text + used, sizeof text - (size_t)used, "%c%lld", l ? '-' : ' ',
                         (long long)p->spec.width[l]);
    for (int32_t l = 1; l <= p->spec.layers; l++)
        used += snprintf(text + used, sizeof text - (size_t)used, " %s",
                         mlp_activation_name(p->spec.activation[l]));
    snprintf(text + used, sizeof text - (size_t)used, " batch %lld%s seed %llu", (long long)p->spec.batch,
             p->spec.scaled ? " scaled" : "", (unsigned long long)p->spec.seed);
    return text;
}

double problem_tolerance(const problem *p)
{
    double c = 6 + sqrt((double)p->spec.batch);
    for (int32_t l = 1; l <= p->spec.layers; l++)
        c += 6 + sqrt((double)p->spec.width[l - 1]);
    return p->spec.dtype == MLP_F32 ? c * (double)FLT_EPSILON : fmin(1e-13, c * DBL_EPSILON);
}
