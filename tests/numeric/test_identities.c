/* What must hold between the library's own results, whatever the network. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "support/jacobian_check.h"

static double dot(const double *a, const double *b, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* The scale of <y_bar, J (x_dot, theta_dot)> summed over the batch. */
static double pairing_scale(const problem *p, const double *y_bar, const double *x_dot,
                            const double *theta_dot)
{
    double y_dot[REFERENCE_WIDTH], scale[REFERENCE_WIDTH], sum = 0;
    const int64_t n_in = p->spec.width[0], n_out = p->spec.width[p->spec.layers];
    for (int64_t s = 0; s < p->spec.batch; s++) {
        reference_jvp(&p->net, &p->point[s], x_dot ? x_dot + s * n_in : NULL, theta_dot, y_dot, scale);
        for (int64_t i = 0; i < n_out; i++)
            sum += fabs(y_bar[s * n_out + i]) * scale[i];
    }
    return sum;
}

/* <y_bar, J v> = <J^T y_bar, v> with v in x, in theta, in both. */
static void adjoint_check(problem *p, subject *s, tally *t)
{
    const int64_t inputs = s->n_in * s->batch, outputs = s->n_out * s->batch;
    double *y_bar = problem_draw_vector(p, outputs), *y_dot = numbers(outputs);
    double *x_dot = problem_draw_vector(p, inputs), *x_bar = numbers(inputs);
    double *theta_dot = problem_draw_vector(p, s->count), *theta_bar = numbers(s->count);
    subject_vjp(s, y_bar, x_bar, theta_bar);
    for (int which = 1; which <= 3; which++) {
        const double *xd = which & 1 ? x_dot : NULL, *td = which & 2 ? theta_dot : NULL;
        subject_jvp(s, xd, td, y_dot);
        const double back = (xd ? dot(x_bar, xd, inputs) : 0) + (td ? dot(theta_bar, td, s->count) : 0);
        tally_agree(t, p, "<y_bar, J v>", which, dot(y_bar, y_dot, outputs), back,
                    pairing_scale(p, y_bar, xd, td), 1);
    }
    free(theta_bar);
    free(theta_dot);
    free(x_bar);
    free(x_dot);
    free(y_dot);
    free(y_bar);
}

static void vjp_is_the_adjoint_of_jvp(void **state)
{
    (void)state;
    each_problem("adjoint identity", ANY_OUTPUT, 0, adjoint_check);
}

/* (dy/dx) in the user's units: output_scale_p J_pj input_scale_j */
static double user_jacobian(const problem *p, const double *J, int64_t sample, int64_t i, int64_t j)
{
    const int64_t n_in = p->spec.width[0], n_out = p->spec.width[p->spec.layers];
    return p->net.output_scale[i] * J[(sample * n_in + j) * n_out + i] * p->net.input_scale[j];
}

static void columns_and_rows_check(problem *p, subject *s, tally *t)
{
    const int64_t n_in = s->n_in, n_out = s->n_out, batch = s->batch;
    double *J = jacobian_of(p, s, WRT_OUTPUT, p->spec.layers, 0), *scale = jacobian_scales(p);
    double *x = numbers(n_in * batch), *y = numbers(n_out * batch);
    for (int64_t j = 0; j < n_in; j++) {
        for (int64_t k = 0; k < n_in * batch; k++)
            x[k] = k % n_in == j;
        subject_jvp(s, x, NULL, y);
        for (int64_t k = 0; k < n_out * batch; k++)
            tally_agree(t, p, "J e_j", k, y[k], user_jacobian(p, J, k / n_out, k % n_out, j),
                        scale[(k / n_out * n_in + j) * n_out + k % n_out], 1);
    }
    for (int64_t i = 0; i < n_out; i++) {
        for (int64_t k = 0; k < n_out * batch; k++)
            y[k] = k % n_out == i;
        subject_vjp(s, y, x, NULL);
        for (int64_t k = 0; k < n_in * batch; k++)
            tally_agree(t, p, "J^T e_i", k, x[k], user_jacobian(p, J, k / n_in, i, k % n_in),
                        scale[k * n_out + i], 1);
    }
    free(y);
    free(x);
    free(scale);
    free(J);
}

static void jacobian_columns_are_jvps_and_rows_are_vjps(void **state)
{
    (void)state;
    each_problem("columns, rows", ANY_OUTPUT, 0, columns_and_rows_check);
}

/* (dy/d(A_l)_ij)_p = (dy/d(b_l)_i)_p (y_{l-1})_j: the bias is a weight whose input is 1. */
static void rank_one_check(problem *p, subject *s, tally *t)
{
    const int32_t l = (int32_t)draw_int(&p->random, 1, p->spec.layers);
    const int32_t to = (int32_t)draw_int(&p->random, l, p->spec.layers);
    const int64_t rows = p->spec.width[to], n = p->spec.width[l], m = p->spec.width[l - 1];
    double *weight = jacobian_of(p, s, WRT_WEIGHT, to, l), *bias = jacobian_of(p, s, WRT_BIAS, to, l);
    double *y = numbers(m * s->batch);
    subject_layer(s, l - 1, y);
    for (int64_t k = 0; k < rows * n * m * s->batch; k++) {
        const int64_t sample = k / (rows * n * m), j = k / (rows * n) % m;
        const double want = bias[sample * rows * n + k % (rows * n)] * y[sample * m + j];
        tally_agree(t, p, "dy/dA = dy/db y^T", k, weight[k], want, fabs(want), 1);
    }
    free(y);
    free(bias);
    free(weight);
}

static void weight_jacobian_is_the_bias_jacobian_times_the_input(void **state)
{
    (void)state;
    each_problem("rank one", ANY_OUTPUT, 0, rank_one_check);
}

/* sum over samples and outputs of y_bar_p (dy_L)_p/dtheta_layer, from one of the two Jacobians of a layer. */
static void add_rows(const problem *p, subject *s, int wrt, int32_t layer, const double *y_bar, double *sum)
{
    const int64_t columns = jacobian_columns(p, wrt, layer);
    double *J = jacobian_of(p, s, wrt, p->spec.layers, layer);
    for (int64_t k = 0; k < columns * s->batch; k++)
        for (int64_t i = 0; i < s->n_out; i++)
            sum[k % columns] +=
                y_bar[k / columns * s->n_out + i] * p->net.output_scale[i] * J[k * s->n_out + i];
    free(J);
}

static void gradient_check(problem *p, subject *s, tally *t)
{
    double *y_bar = problem_draw_vector(p, s->n_out * s->batch), *x_scale = numbers(s->n_in);
    double *theta_bar = numbers(s->count), *sum = numbers(s->count), *scale = numbers(s->count);
    subject_vjp(s, y_bar, NULL, theta_bar);
    for (int32_t l = 1; l <= p->spec.layers; l++) {
        add_rows(p, s, WRT_WEIGHT, l, y_bar, sum + reference_weight_offset(&p->net, l));
        add_rows(p, s, WRT_BIAS, l, y_bar, sum + reference_bias_offset(&p->net, l));
    }
    for (int64_t sample = 0; sample < s->batch; sample++)
        reference_vjp_scale(&p->net, &p->point[sample], y_bar + sample * s->n_out, x_scale, scale);
    for (int64_t k = 0; k < s->count; k++)
        tally_agree(t, p, "theta_bar", k, theta_bar[k], sum[k], scale[k], 1);
    free(scale);
    free(sum);
    free(theta_bar);
    free(x_scale);
    free(y_bar);
}

static void gradient_is_the_sum_of_jacobian_rows(void **state)
{
    (void)state;
    each_problem("gradient = sum of rows", ANY_OUTPUT, 0, gradient_check);
}

/* theta with the units of a hidden layer in reverse order: rows of [A_l | b_l] and columns of A_{l+1}. */
static void reverse_units(const reference *net, int32_t layer, double *theta)
{
    const int64_t n = net->width[layer], m = net->width[layer - 1], above = net->width[layer + 1];
    const int64_t A = reference_weight_offset(net, layer), next = reference_weight_offset(net, layer + 1);
    for (int64_t k = 0; k < n * (m + 1); k++)
        theta[A + k] = creal(net->theta[A + k / n * n + n - 1 - k % n]);
    for (int64_t k = 0; k < above * n; k++)
        theta[next + k] = creal(net->theta[next + (n - 1 - k / above) * above + k % above]);
}

static void permutation_check(problem *p, subject *s, tally *t)
{
    double want[REFERENCE_WIDTH], scale[REFERENCE_WIDTH];
    double *theta = numbers(s->count), *y = numbers(s->n_out * s->batch),
           *permuted = numbers(s->n_out * s->batch);
    for (int64_t k = 0; k < s->count; k++)
        theta[k] = creal(p->net.theta[k]);
    if (p->spec.layers > 1)
        reverse_units(&p->net, (int32_t)draw_int(&p->random, 1, p->spec.layers - 1), theta);
    subject_forward(s, s->batch, p->x, y);
    subject_set_theta(s, theta);
    subject_forward(s, s->batch, p->x, permuted);
    for (int64_t k = 0; k < s->n_out * s->batch; k++) {
        reference_output(&p->net, &p->point[k / s->n_out], want, scale);
        tally_agree(t, p, "y", k, permuted[k], y[k], scale[k % s->n_out], 1);
    }
    free(permuted);
    free(y);
    free(theta);
}

static void permuting_hidden_units_changes_nothing(void **state)
{
    (void)state;
    each_problem("permuted units", ANY_OUTPUT, 0, permutation_check);
}

/* Column j of A_L ... A_1 for integer matrices: every product is exact. */
static void multiply_out(const reference *net, int64_t j, double *column)
{
    double next[REFERENCE_WIDTH];
    memset(column, 0, REFERENCE_WIDTH * sizeof *column);
    column[j] = 1;
    for (int32_t l = 1; l <= net->layers; l++) {
        const int64_t offset = reference_weight_offset(net, l);
        memset(next, 0, sizeof next);
        for (int64_t k = 0; k < net->width[l] * net->width[l - 1]; k++)
            next[k % net->width[l]] += creal(net->theta[offset + k]) * column[k / net->width[l]];
        memcpy(column, next, sizeof next);
    }
}

/* With identities and small integers dy_L/dx = A_L ... A_1 to the last bit. */
static void linear_check(mlp_dtype dtype, uint64_t seed)
{
    const int64_t width[] = {5, 7, 1 + (int64_t)(seed % 3), 13, 3}, batch = 3;
    const problem_spec spec = problem_plain_spec(dtype, 4, width, MLP_IDENTITY, batch, seed);
    double column[REFERENCE_WIDTH];
    problem p;
    subject s;
    problem_create(&p, &spec);
    for (int64_t k = 0; k < p.net.count; k++)
        p.net.theta[k] = (double)draw_int(&p.random, -4, 4);
    subject_create(&s, &p, batch, 1, (int64_t)(seed % 4));
    subject_forward(&s, batch, p.x, NULL);
    double *J = jacobian_of(&p, &s, WRT_OUTPUT, 4, 0);
    for (int64_t k = 0; k < s.n_out * s.n_in * batch; k++) {
        multiply_out(&p.net, k / s.n_out % s.n_in, column);
        assert_true(J[k] == column[k % s.n_out]);
    }
    free(J);
    subject_destroy(&s);
    problem_destroy(&p);
}

static void linear_network_is_the_product_of_its_matrices(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        linear_check(MLP_F32, seed);
        linear_check(MLP_F64, seed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vjp_is_the_adjoint_of_jvp),
        cmocka_unit_test(jacobian_columns_are_jvps_and_rows_are_vjps),
        cmocka_unit_test(weight_jacobian_is_the_bias_jacobian_times_the_input),
        cmocka_unit_test(gradient_is_the_sum_of_jacobian_rows),
        cmocka_unit_test(permuting_hidden_units_changes_nothing),
        cmocka_unit_test(linear_network_is_the_product_of_its_matrices),
    };
    return cmocka_run_group_tests_name("identities", tests, sigma_setup, sigma_teardown);
}
