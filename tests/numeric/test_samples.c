/* Derivatives per sample and the Jacobians of the whole model, against the library's own products with them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "support/jacobian_check.h"
#include "support/subject_samples.h"

enum { CASES = 3 }; /* samples looked at one by one, of each problem */

/* Scales of the gradients g_s: n_theta x batch. */
static double *gradient_scales(const problem *p, const subject *s, const double *y_bar)
{
    double *x_scale = numbers(s->n_in), *scales = numbers(s->count * s->batch);
    for (int64_t k = 0; k < s->batch; k++)
        reference_vjp_scale(&p->net, &p->point[k], y_bar + k * s->n_out, x_scale, scales + k * s->count);
    free(x_scale);
    return scales;
}

static double dot(const double *a, const double *b, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* What the checks of derivatives per sample begin with. */
typedef struct gradients {
    double *y_bar, *g, *scale; /* g and scale: n_theta x batch */
} gradients;

static gradients gradients_of(problem *p, subject *s)
{
    gradients all = {.y_bar = problem_draw_vector(p, s->n_out * s->batch), .g = numbers(s->count * s->batch)};
    all.scale = gradient_scales(p, s, all.y_bar);
    subject_sample_gradients(s, all.y_bar, all.g);
    return all;
}

static void gradients_free(gradients *all)
{
    free(all->y_bar);
    free(all->g);
    free(all->scale);
}

/* Their sum is theta_bar, and each is the theta_bar of a y_bar that is zero elsewhere. */
static void gradients_check(problem *p, subject *s, tally *t)
{
    subject_equip(s, p, p->spec.seed % 2 ? MLP_USE_DERIVATIVES : MLP_USE_SAMPLES);
    gradients all = gradients_of(p, s);
    double *theta_bar = numbers(s->count), *one = numbers(s->n_out * s->batch);
    subject_vjp(s, all.y_bar, NULL, theta_bar);
    for (int64_t k = 0; k < s->count; k++) {
        double sum = 0, scale = 0;
        for (int64_t i = 0; i < s->batch; i++) {
            sum += all.g[i * s->count + k];
            scale += all.scale[i * s->count + k];
        }
        tally_agree(t, p, "sum of g_s", k, sum, theta_bar[k], scale, 2);
    }
    for (int64_t c = 0; c < CASES; c++) {
        const int64_t i = draw_int(&p->random, 0, s->batch - 1), at = i * s->n_out;
        memset(one, 0, (size_t)(s->n_out * s->batch) * sizeof *one);
        memcpy(one + at, all.y_bar + at, (size_t)s->n_out * sizeof *one);
        subject_vjp(s, one, NULL, theta_bar);
        for (int64_t k = 0; k < s->count; k++)
            tally_compare(t, p, "g_s", i * s->count + k, all.g[i * s->count + k], theta_bar[k],
                          2 * all.scale[i * s->count + k]);
    }
    free(one);
    free(theta_bar);
    gradients_free(&all);
}

static void gradients_add_up(void **state)
{
    (void)state;
    each_problem("sample gradients", ANY_OUTPUT, 0, gradients_check);
}

/* |g_s|, and the norm of its scales: what an error of every element may come to. */
static double norm_of(const gradients *all, const subject *s, int64_t i, double *scale)
{
    const double *g = all->g + i * s->count, *S = all->scale + i * s->count;
    *scale = sqrt(dot(S, S, s->count));
    return sqrt(dot(g, g, s->count));
}

static void norms_check(problem *p, subject *s, tally *t)
{
    subject_equip(s, p, p->spec.seed % 2 ? MLP_USE_DERIVATIVES : MLP_USE_SAMPLES);
    gradients all = gradients_of(p, s);
    double *norms = numbers(s->batch), scale;
    subject_sample_norms(s, all.y_bar, norms);
    for (int64_t i = 0; i < s->batch; i++) {
        const double norm = norm_of(&all, s, i, &scale);
        tally_compare(t, p, "|g_s|", i, norms[i], norm, 2 * scale);
    }
    free(norms);
    gradients_free(&all);
}

static void norms_are_those_of_the_gradients(void **state)
{
    (void)state;
    each_problem("norms", ANY_OUTPUT, 1, norms_check);
}

static void clip_once(problem *p, subject *s, tally *t, const gradients *all, double bound)
{
    double *norms = numbers(s->batch), *theta_bar = numbers(s->count), *want = numbers(s->count),
           *scale = numbers(s->count);
    subject_sample_clipped_sum(s, all->y_bar, bound, norms, theta_bar);
    for (int64_t i = 0; i < s->batch; i++) {
        double of_norm;
        const double norm = norm_of(all, s, i, &of_norm), factor = norm > bound ? bound / norm : 1;
        const double relative = norm > 0 ? of_norm / norm : 0;
        tally_agree(t, p, "|g_s|", i, norms[i], norm, of_norm, 2);
        for (int64_t k = 0; k < s->count; k++) {
            const double g = all->g[i * s->count + k];
            want[k] += factor * g;
            scale[k] += factor * (all->scale[i * s->count + k] + fabs(g) * relative);
        }
    }
    for (int64_t k = 0; k < s->count; k++)
        tally_agree(t, p, "clipped sum", k, theta_bar[k], want[k], scale[k], 3);
    subject_sample_clipped_sum(s, all->y_bar, bound, NULL, want);
    assert_memory_equal(want, theta_bar, (size_t)s->count * sizeof *want);
    free(scale);
    free(want);
    free(theta_bar);
    free(norms);
}

/* With bounds that clip nothing, some and all. */
static void clipped_check(problem *p, subject *s, tally *t)
{
    subject_equip(s, p, MLP_USE_SAMPLES);
    gradients all = gradients_of(p, s);
    double largest = 0, scale;
    for (int64_t i = 0; i < s->batch; i++)
        largest = fmax(largest, norm_of(&all, s, i, &scale));
    const double bounds[] = {2 * largest + 1, 0.6 * largest + 1e-3, 1e-3};
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++)
        clip_once(p, s, t, &all, bounds[k]);
    gradients_free(&all);
}

static void clipped_sums_are_those_of_the_gradients(void **state)
{
    (void)state;
    each_problem("clipped sums", ANY_OUTPUT, 0, clipped_check);
}

static void inner_check(problem *p, subject *s, tally *t)
{
    subject_equip(s, p, MLP_USE_SAMPLES);
    gradients all = gradients_of(p, s);
    const int64_t n = s->batch;
    double *K = numbers(n * n);
    subject_sample_inner_products(s, all.y_bar, K);
    for (int64_t k = 0; k < n * n; k++) {
        const int64_t a = k % n * s->count, b = k / n * s->count;
        assert_true(K[k] == K[k % n * n + k / n]);
        tally_agree(t, p, "g_s . g_t", k, K[k], dot(all.g + a, all.g + b, s->count),
                    dot(all.scale + a, all.scale + b, s->count), 4);
    }
    free(K);
    gradients_free(&all);
}

static void inner_products_are_those_of_the_gradients(void **state)
{
    (void)state;
    each_problem("inner products", ANY_OUTPUT, 0, inner_check);
}

/* Column j is jvp(e_j): the user's units, scaling in and out. */
static void jacobian_check(problem *p, subject *s, tally *t)
{
    subject_equip(s, p, MLP_USE_DERIVATIVES);
    const int64_t n_in = s->n_in, n_out = s->n_out;
    double *J = numbers(n_out * n_in * s->batch), *scale = jacobian_scales(p);
    double *x = numbers(n_in * s->batch), *y = numbers(n_out * s->batch);
    subject_jacobian(s, J);
    for (int64_t j = 0; j < n_in; j++) {
        for (int64_t k = 0; k < n_in * s->batch; k++)
            x[k] = k % n_in == j;
        subject_jvp(s, x, NULL, y);
        for (int64_t k = 0; k < n_out * s->batch; k++) {
            const int64_t at = (k / n_out * n_in + j) * n_out + k % n_out;
            tally_compare(t, p, "J e_j", at, J[at], y[k], 2 * scale[at]);
        }
    }
    free(y);
    free(x);
    free(scale);
    free(J);
}

static void jacobian_columns_are_jvps(void **state)
{
    (void)state;
    each_problem("dy/dx", ANY_OUTPUT, 0, jacobian_check);
}

/* Row (s, p) is vjp(e_p) of a batch of one. */
static void theta_check(problem *p, subject *s, tally *t)
{
    subject_equip(s, p, p->spec.seed % 2 ? MLP_USE_DERIVATIVES : MLP_USE_SAMPLES);
    double *J = numbers(s->count * s->batch * s->n_out), *row = numbers(s->count);
    double *scale = numbers(s->count), *x_scale = numbers(s->n_in), *e = numbers(s->n_out);
    subject_jacobian_theta(s, J);
    for (int64_t c = 0; c < 2 * CASES; c++) {
        const int64_t i = draw_int(&p->random, 0, p->spec.batch - 1);
        const int64_t output = draw_int(&p->random, 0, s->n_out - 1);
        memset(e, 0, (size_t)s->n_out * sizeof *e);
        memset(scale, 0, (size_t)s->count * sizeof *scale);
        e[output] = 1;
        subject_forward(s, 1, p->x + i * s->n_in, NULL);
        subject_vjp(s, e, NULL, row);
        reference_vjp_scale(&p->net, &p->point[i], e, x_scale, scale);
        for (int64_t k = 0; k < s->count; k++) {
            const int64_t at = (i * s->n_out + output) * s->count + k;
            tally_compare(t, p, "dy_p/dtheta", at, J[at], row[k], 2 * scale[k]);
        }
    }
    free(e);
    free(x_scale);
    free(scale);
    free(row);
    free(J);
}

static void theta_jacobian_rows_are_vjps(void **state)
{
    (void)state;
    each_problem("dy/dtheta", ANY_OUTPUT, 0, theta_check);
}

/* The scales of all rows of dy/dtheta. */
static double *row_scales(const problem *p, const subject *s)
{
    const int64_t rows = s->batch * s->n_out;
    double *scales = numbers(s->count * rows), *x_scale = numbers(s->n_in), *e = numbers(s->n_out);
    for (int64_t r = 0; r < rows; r++) {
        memset(e, 0, (size_t)s->n_out * sizeof *e);
        e[r % s->n_out] = 1;
        reference_vjp_scale(&p->net, &p->point[r / s->n_out], e, x_scale, scales + r * s->count);
    }
    free(e);
    free(x_scale);
    return scales;
}

/* What was there, plus the sum over rows; the upper triangle is left alone. */
static void check_sums(problem *p, const subject *s, tally *t, const double *r, const double *JtJ,
                       const double *before, const double *Jtr)
{
    const int64_t n = s->count, rows = s->batch * s->n_out;
    double *J = numbers(n * rows), *scale = row_scales(p, s);
    subject_jacobian_theta((subject *)s, J);
    for (int64_t k = 0; k < n * n; k++) {
        double sum = before[k], S = fabs(before[k]);
        for (int64_t i = 0; i < rows; i++) {
            sum += J[i * n + k % n] * J[i * n + k / n];
            S += scale[i * n + k % n] * scale[i * n + k / n];
        }
        if (k % n >= k / n)
            tally_agree(t, p, "JtJ", k, JtJ[k], sum, S, 4);
        else
            assert_true(JtJ[k] == before[k]);
    }
    for (int64_t k = 0; k < n; k++) {
        double sum = before[k], S = fabs(before[k]);
        for (int64_t i = 0; i < rows; i++) {
            sum += J[i * n + k] * r[i];
            S += scale[i * n + k] * fabs(r[i]);
        }
        tally_agree(t, p, "Jtr", k, Jtr[k], sum, S, 2);
    }
    free(scale);
    free(J);
}

static void normal_check(problem *p, subject *s, tally *t)
{
    enum { MOST = 300 }; /* parameters: the loops of this test are quadratic in them */
    if (s->count > MOST)
        return;
    subject_equip(s, p, MLP_USE_LEAST_SQUARES);
    double *r = problem_draw_vector(p, s->batch * s->n_out);
    double *before = problem_draw_vector(p, s->count * s->count);
    double *JtJ = numbers(s->count * s->count), *again = numbers(s->count * s->count);
    double *Jtr = numbers(s->count);
    memcpy(JtJ, before, (size_t)(s->count * s->count) * sizeof *JtJ);
    memcpy(again, before, (size_t)(s->count * s->count) * sizeof *JtJ);
    memcpy(Jtr, before, (size_t)s->count * sizeof *Jtr);
    subject_jacobian_normal_add(s, r, JtJ, Jtr);
    subject_jacobian_normal_add(s, NULL, again, NULL);
    assert_memory_equal(again, JtJ, (size_t)(s->count * s->count) * sizeof *JtJ);
    check_sums(p, s, t, r, JtJ, before, Jtr);
    free(Jtr);
    free(again);
    free(JtJ);
    free(before);
    free(r);
}

static void normal_equations_are_those_of_the_jacobian(void **state)
{
    (void)state;
    each_problem("normal equations", ANY_OUTPUT, 0, normal_check);
}

/* More samples than a panel, a tile or a group of samples has: every check, by every engine. */
static void all_of_it_with_many_samples(void **state)
{
    static problem_check *const checks[] = {gradients_check, norms_check, clipped_check, inner_check,
                                            jacobian_check,  theta_check, normal_check};
    const int64_t width[] = {3, 17, 5}, batch = 293;
    (void)state;
    for (int k = 0; k < 6; k++) {
        const mlp_dtype dtype = k % 2 ? MLP_F64 : MLP_F32;
        const problem_spec spec = problem_plain_spec(dtype, 2, width, MLP_TANH, batch, (uint64_t)(31 + k));
        problem p;
        subject s;
        tally t = {0};
        problem_create(&p, &spec);
        subject_create(&s, &p, batch, 1, 1);
        p.spec.seed = (uint64_t)(k / 2); /* each of the engines of subject_equip() */
        for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
            checks[i](&p, &s, &t);
        tally_close(&t, "many samples");
        subject_destroy(&s);
        problem_destroy(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_add_up),
        cmocka_unit_test(norms_are_those_of_the_gradients),
        cmocka_unit_test(clipped_sums_are_those_of_the_gradients),
        cmocka_unit_test(inner_products_are_those_of_the_gradients),
        cmocka_unit_test(jacobian_columns_are_jvps),
        cmocka_unit_test(theta_jacobian_rows_are_vjps),
        cmocka_unit_test(normal_equations_are_those_of_the_jacobian),
        cmocka_unit_test(all_of_it_with_many_samples),
    };
    return cmocka_run_group_tests_name("samples", tests, sigma_setup, sigma_teardown);
}
