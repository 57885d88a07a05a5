/* What must hold between gradients through jets, jets, and the other derivatives. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "support/jet_arrays.h"

static double dot(const double *a, const double *b, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* The gradient is linear in the cotangents, and with y_bar alone it is that of mlp_vjp. */
static void linear_check(problem *p, subject *s, jet_tally *t)
{
    const jet_oracle oracle = jet_oracle_create(p);
    const int laplacian = s->n_in <= MOST_UNITS && draw_chance(&p->random, 0.5);
    jet_case jet = laplacian ? jet_case_laplacian(p, 1)
                             : jet_case_directions(p, 2, draw_int(&p->random, 1, MOST_DIRECTIONS), 0);
    jet_cotangents bars = jet_cotangents_draw(&oracle, &jet, 7);
    jet_gradients whole = jet_gradients_pull(&jet, s, &bars),
                  sum = {numbers(s->n_in * s->batch), numbers(s->count)};
    for (int32_t k = 0; k < 3; k++) {
        jet_cotangents one = {{NULL}};
        one.y_bar[k] = bars.y_bar[k];
        jet_gradients part = jet_gradients_pull(&jet, s, &one);
        for (int64_t i = 0; i < s->n_in * s->batch; i++)
            sum.x_bar[i] += part.x_bar[i];
        for (int64_t i = 0; i < s->count; i++)
            sum.theta_bar[i] += part.theta_bar[i];
        if (k == 0) {
            jet_gradients plain = {numbers(s->n_in * s->batch), numbers(s->count)};
            subject_vjp(s, bars.y_bar[0], plain.x_bar, plain.theta_bar);
            jet_gradients_compare(&oracle, &t->gradients[1], "y_bar alone = vjp", &jet, &one, &part, &plain);
            jet_gradients_destroy(&plain);
        }
        jet_gradients_destroy(&part);
    }
    jet_gradients_compare(&oracle, &t->gradients[2], "sum of three", &jet, &bars, &whole, &sum);
    jet_gradients_destroy(&sum);
    jet_gradients_destroy(&whole);
    jet_cotangents_destroy(&bars);
    jet_case_destroy(&jet);
    jet_oracle_destroy(&oracle);
}

static void gradient_is_linear_in_the_cotangents(void **state)
{
    (void)state;
    each_jet_identity("linear in cotangents", linear_check);
}

/*
 * With H_p the Hessian of y_p: x_bar along v is sum_p y_bar_p H_p v. So <x_bar(v), w> = <x_bar(w), v>, and
 * <x_bar(v), v> = <y_bar, y2(v)>. And mlp_mixed_vjp is a jet and its reverse, to the bit.
 */
static void mixed_check(problem *p, subject *s, jet_tally *t)
{
    const jet_oracle oracle = jet_oracle_create(p);
    const int64_t in = s->n_in * s->batch, out = s->n_out * s->batch;
    jet_case v = jet_case_directions(p, 2, 1, 0), w = jet_case_directions(p, 1, 1, 0);
    jet_cotangents bars = jet_cotangents_draw(&oracle, &w, 2);
    jet_gradients along_v = {numbers(in), numbers(s->count)}, along_w = {numbers(in), numbers(s->count)};
    double scale_vw = 0, scale_vv = 0;
    subject_mixed_vjp(s, v.v, bars.y_bar[1], along_v.x_bar, along_v.theta_bar);
    subject_mixed_vjp(s, w.v, bars.y_bar[1], along_w.x_bar, NULL);
    jet_arrays jet = jet_arrays_run(&v, p, s);
    for (int64_t k = 0; k < in; k++) {
        const jet_seed seed = {IN_X, k % s->n_in};
        const double scale = jet_gradient(&oracle, &v, &bars, k / s->n_in, seed, 1);
        scale_vw += scale * fabs(w.v[k]);
        scale_vv += scale * fabs(v.v[k]);
    }
    tally_agree(&t->gradients[1], p, "symmetry", 0, dot(along_v.x_bar, w.v, in), dot(along_w.x_bar, v.v, in),
                2 * scale_vw, 1);
    tally_agree(&t->gradients[1], p, "v^T H v", 0, dot(along_v.x_bar, v.v, in),
                dot(bars.y_bar[1], jet.y[2], out), 2 * scale_vv, 1);
    v.shape.order = 1;
    jet_gradients whole = jet_gradients_pull(&v, s, &bars);
    for (int64_t k = 0; k < in; k++)
        tally_agree(&t->gradients[1], p, "jet and reverse", k, along_v.x_bar[k], whole.x_bar[k], 0, 1);
    for (int64_t k = 0; k < s->count; k++)
        tally_agree(&t->gradients[1], p, "jet and reverse", k, along_v.theta_bar[k], whole.theta_bar[k], 0,
                    1);
    jet_gradients_destroy(&whole);
    jet_arrays_destroy(&jet);
    jet_gradients_destroy(&along_w);
    jet_gradients_destroy(&along_v);
    jet_cotangents_destroy(&bars);
    jet_case_destroy(&w);
    jet_case_destroy(&v);
    jet_oracle_destroy(&oracle);
}

static void mixed_derivatives_are_symmetric(void **state)
{
    (void)state;
    each_jet_identity("mixed", mixed_check);
}

/* The gradient of <y_k_bar, y_k> along v, in x, has <x_bar, v> = <y_k_bar, y_{k+1}>: k = 1, 2, each direction by itself. */
static void next_order_check(problem *p, subject *s, jet_tally *t)
{
    const jet_oracle oracle = jet_oracle_create(p);
    jet_case jet = jet_case_directions(p, 3, 1, 0);
    jet_arrays all = jet_arrays_run(&jet, p, s);
    for (int32_t k = 1; k <= 2; k++) {
        jet.shape.order = k;
        jet_cotangents bars = jet_cotangents_draw(&oracle, &jet, 1 << k);
        jet_gradients g = jet_gradients_pull(&jet, s, &bars);
        double scale = 0;
        for (int64_t i = 0; i < s->n_in * s->batch; i++)
            scale += fabs(jet.v[i]) *
                     jet_gradient(&oracle, &jet, &bars, i / s->n_in, (jet_seed){IN_X, i % s->n_in}, 1);
        tally_agree(&t->gradients[k], p, "<x_bar, v>", k, dot(g.x_bar, jet.v, s->n_in * s->batch),
                    dot(bars.y_bar[k], all.y[k + 1], s->n_out * s->batch), 2 * scale, 1);
        jet_gradients_destroy(&g);
        jet_cotangents_destroy(&bars);
    }
    jet_arrays_destroy(&all);
    jet_case_destroy(&jet);
    jet_oracle_destroy(&oracle);
}

static void gradient_along_the_direction_is_the_next_order(void **state)
{
    (void)state;
    each_jet_identity("next order", next_order_check);
}

/* <theta_bar, theta_dot> of a mixed gradient is the change of <x_bar, x_dot> of mlp_vjp along theta_dot, in f64. */
static void difference_check(problem *p, subject *s, jet_tally *t)
{
    const double h = 1e-4;
    if (s->dtype != MLP_F64)
        return;
    const int64_t in = s->n_in * s->batch;
    double *x_dot = problem_draw_vector(p, in), *y_bar = problem_draw_vector(p, s->n_out * s->batch);
    double *theta_dot = problem_draw_vector(p, s->count), *theta = numbers(s->count);
    double *theta_bar = numbers(s->count), *x_bar = numbers(in), change = 0, size = 0;
    subject_mixed_vjp(s, x_dot, y_bar, NULL, theta_bar);
    for (int side = -1; side <= 1; side += 2) {
        for (int64_t k = 0; k < s->count; k++)
            theta[k] = creal(p->net.theta[k]) + side * h / (double)s->count * theta_dot[k];
        subject_set_theta(s, theta);
        subject_forward(s, s->batch, p->x, NULL);
        subject_vjp(s, y_bar, x_bar, NULL);
        change += side * dot(x_bar, x_dot, in) * (double)s->count / (2 * h);
        for (int64_t k = 0; k < in; k++)
            size += fabs(x_bar[k] * x_dot[k]);
    }
    const double got = dot(theta_bar, theta_dot, s->count);
    for (int64_t k = 0; k < s->count; k++)
        size += fabs(theta_bar[k] * theta_dot[k]);
    if (!(fabs(got - change) <= 1e-9 * size * (double)s->count))
        fail_msg("%s: %.17g, by differences %.17g", problem_describe(p), got, change);
    t->gradients[1].entries++;
    free(x_bar);
    free(theta_bar);
    free(theta);
    free(theta_dot);
    free(y_bar);
    free(x_dot);
}

static void mixed_derivatives_are_differences_of_the_gradient(void **state)
{
    jet_tally t = {0};
    (void)state;
    each_jet_problem(MLP_F64, 0, difference_check, &t);
    jet_tally_close(&t, "differences", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradient_is_linear_in_the_cotangents),
        cmocka_unit_test(mixed_derivatives_are_symmetric),
        cmocka_unit_test(gradient_along_the_direction_is_the_next_order),
        cmocka_unit_test(mixed_derivatives_are_differences_of_the_gradient),
    };
    return cmocka_run_group_tests_name("jet gradients", tests, sigma_setup, sigma_teardown);
}
