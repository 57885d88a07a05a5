/* What must hold between jets, the other derivatives, and jets asked for otherwise. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "support/jacobian_check.h"
#include "support/jet_arrays.h"

/* ---- First derivatives ---- */

/* y1 along v is the jvp with x_dot = v. */
static void jvp_check(problem *p, subject *s, jet_tally *t)
{
    const jet_oracle oracle = jet_oracle_create(p);
    const int64_t K = draw_int(&p->random, 1, MOST_DIRECTIONS), out = s->n_out * s->batch;
    jet_case jet = jet_case_directions(p, 1, K, 0);
    jet_arrays got = jet_arrays_run(&jet, p, s), scale = jet_arrays_scales(&oracle, &jet);
    double *x_dot = numbers(s->n_in * s->batch), *y_dot = numbers(out);
    for (int64_t d = 0; d < K; d++) {
        for (int64_t k = 0; k < s->n_in * s->batch; k++)
            x_dot[k] = jet.v[(k / s->n_in * K + d) * s->n_in + k % s->n_in];
        subject_jvp(s, x_dot, NULL, y_dot);
        for (int64_t k = 0; k < out; k++) {
            const int64_t at = (k / s->n_out * K + d) * s->n_out + k % s->n_out;
            tally_agree(&t->values[1], p, "y1 = jvp", at, got.y[1][at], y_dot[k], scale.y[1][at], 1);
        }
    }
    free(y_dot);
    free(x_dot);
    jet_arrays_destroy(&scale);
    jet_arrays_destroy(&got);
    jet_case_destroy(&jet);
    jet_oracle_destroy(&oracle);
}

static void first_order_is_the_jvp(void **state)
{
    (void)state;
    each_jet_identity("y1 = jvp", jvp_check);
}

/* y1 along the units of x is the Jacobian in the user's units, from a jet and beside the Laplacian. */
static void jacobian_check(problem *p, subject *s, jet_tally *t)
{
    if (s->n_in > MOST_UNITS)
        return;
    const jet_oracle oracle = jet_oracle_create(p);
    const int64_t count = s->n_out * s->n_in * s->batch;
    double *J = jacobian_of(p, s, WRT_OUTPUT, p->spec.layers, 0);
    for (int64_t k = 0; k < count; k++)
        J[k] *= p->net.output_scale[k % s->n_out] * p->net.input_scale[k / s->n_out % s->n_in];
    jet_case units = jet_case_units(p, 1), laplacian = jet_case_laplacian(p, 0);
    jet_arrays by_units = jet_arrays_run(&units, p, s), by_laplacian = jet_arrays_run(&laplacian, p, s),
               scale = jet_arrays_scales(&oracle, &units);
    tally_agree_all(&t->values[1], p, "y1 = J", count, by_units.y[1], J, scale.y[1], 1);
    tally_agree_all(&t->values[1], p, "y1 of the Laplacian = J", count, by_laplacian.y[1], J, scale.y[1], 1);
    jet_arrays_destroy(&scale);
    jet_arrays_destroy(&by_laplacian);
    jet_arrays_destroy(&by_units);
    jet_case_destroy(&laplacian);
    jet_case_destroy(&units);
    free(J);
    jet_oracle_destroy(&oracle);
}

static void units_give_the_jacobian(void **state)
{
    (void)state;
    each_jet_identity("y1 = Jacobian", jacobian_check);
}

/* ---- Higher orders ---- */

/* The Laplacian is the weighted sum of y2 along the units. */
static void laplacian_check(problem *p, subject *s, jet_tally *t)
{
    if (s->n_in > MOST_UNITS)
        return;
    const jet_oracle oracle = jet_oracle_create(p);
    jet_case units = jet_case_units(p, 2), laplacian = jet_case_laplacian(p, draw_chance(&p->random, 0.5));
    jet_arrays each_unit = jet_arrays_run(&units, p, s), whole = jet_arrays_run(&laplacian, p, s),
               scale = jet_arrays_scales(&oracle, &laplacian);
    double *sum = numbers(s->n_out * s->batch);
    for (int64_t k = 0; k < s->n_out * s->n_in * s->batch; k++) {
        const int64_t unit = k / s->n_out % s->n_in, sample = k / s->n_out / s->n_in;
        sum[sample * s->n_out + k % s->n_out] +=
            (laplacian.weights ? laplacian.weights[unit] : 1) * each_unit.y[2][k];
    }
    tally_agree_all(&t->values[2], p, "Laplacian", s->n_out * s->batch, whole.y[2], sum, scale.y[2], 1);
    free(sum);
    jet_arrays_destroy(&scale);
    jet_arrays_destroy(&whole);
    jet_arrays_destroy(&each_unit);
    jet_case_destroy(&laplacian);
    jet_case_destroy(&units);
    jet_oracle_destroy(&oracle);
}

static void laplacian_is_the_sum_over_units(void **state)
{
    (void)state;
    each_jet_identity("Laplacian = sum of y2", laplacian_check);
}

/* Along -2 v, y1, y2 and y3 are -2, 4 and -8 times as large, to the last bit. */
static void scaling_check(problem *p, subject *s, jet_tally *t)
{
    jet_case jet = jet_case_directions(p, 3, draw_int(&p->random, 1, MOST_DIRECTIONS), 0);
    const int64_t n = jet_case_columns(&jet, p, 1);
    jet_arrays one = jet_arrays_run(&jet, p, s);
    for (int64_t k = 0; k < s->n_in * n; k++)
        jet.v[k] *= -2;
    jet_arrays two = jet_arrays_run(&jet, p, s);
    double factor = 1;
    for (int32_t k = 1; k < JET_ORDERS; k++) {
        factor *= -2;
        for (int64_t i = 0; i < s->n_out * n; i++)
            tally_agree(&t->values[k], p, "along -2 v", i, two.y[k][i], factor * one.y[k][i], 0, 1);
    }
    jet_arrays_destroy(&two);
    jet_arrays_destroy(&one);
    jet_case_destroy(&jet);
}

static void order_is_the_power_of_the_direction(void **state)
{
    (void)state;
    each_jet_identity("along -2 v", scaling_check);
}

/* What a lower order gives is what a higher one gives beside it; directions shared or repeated are the same. */
static void ways_check(problem *p, subject *s, jet_tally *t)
{
    const int64_t K = draw_int(&p->random, 1, MOST_DIRECTIONS), n_in = s->n_in;
    jet_case shared = jet_case_directions(p, 3, K, 1), own = jet_case_directions(p, 3, K, 0);
    for (int64_t k = 0; k < n_in * K * s->batch; k++)
        own.v[k] = shared.v[k % (n_in * K)];
    jet_arrays a = jet_arrays_run(&own, p, s);
    for (int32_t order = 1; order < JET_ORDERS; order++) {
        shared.shape.order = order;
        jet_arrays b = jet_arrays_run(&shared, p, s);
        for (int32_t k = 1; k <= order; k++)
            for (int64_t i = 0; i < s->n_out * K * s->batch; i++)
                tally_agree(&t->values[k], p, "other ways", i, b.y[k][i], a.y[k][i], 0, 1);
        jet_arrays_destroy(&b);
    }
    jet_arrays_destroy(&a);
    jet_case_destroy(&own);
    jet_case_destroy(&shared);
}

static void lower_orders_and_shared_directions_are_the_same(void **state)
{
    (void)state;
    each_jet_identity("lower, shared", ways_check);
}

/* ---- Batches ---- */

/* Everything at samples of `from`, one by one, is what the batch gives. */
static void singles_check(problem *p, subject *s, jet_tally *t)
{
    const jet_oracle oracle = jet_oracle_create(p);
    const int64_t batch = s->batch, K = draw_int(&p->random, 1, MOST_DIRECTIONS), n_in = s->n_in,
                  n_out = s->n_out;
    jet_case jet = jet_case_directions(p, 2, K, 0);
    jet_cotangents bars = jet_cotangents_draw(&oracle, &jet, 7);
    jet_arrays whole = jet_arrays_run(&jet, p, s), scale = jet_arrays_scales(&oracle, &jet),
               parts = jet_arrays_create(&jet, p);
    jet_gradients all = jet_gradients_pull(&jet, s, &bars), sum = {numbers(n_in * batch), numbers(s->count)};
    double *theta_bar = numbers(s->count);
    for (int64_t sample = batch; sample-- > 0;) {
        jet_case one = jet;
        one.v += sample * n_in * K;
        const int64_t at = sample * n_out * K;
        double *y[JET_ORDERS] = {NULL, parts.y[1] + at, parts.y[2] + at, NULL};
        subject_forward(s, 1, p->x + sample * n_in, NULL);
        jet_case_run(&one, s, y);
        subject_jet_vjp(s, bars.y_bar[0] + sample * n_out, bars.y_bar[1] + at, K, bars.y_bar[2] + at, K,
                        sum.x_bar + sample * n_in, theta_bar);
        for (int64_t k = 0; k < s->count; k++)
            sum.theta_bar[k] += theta_bar[k];
    }
    for (int32_t k = 1; k <= 2; k++)
        tally_agree_all(&t->values[k], p, "singles", n_out * K * batch, whole.y[k], parts.y[k], scale.y[k],
                        1);
    jet_gradients_compare(&oracle, &t->gradients[2], "sum of singles", &jet, &bars, &all, &sum);
    free(theta_bar);
    jet_gradients_destroy(&sum);
    jet_gradients_destroy(&all);
    jet_arrays_destroy(&parts);
    jet_arrays_destroy(&scale);
    jet_arrays_destroy(&whole);
    jet_cotangents_destroy(&bars);
    jet_case_destroy(&jet);
    jet_oracle_destroy(&oracle);
}

static void batch_is_the_sum_of_its_samples(void **state)
{
    (void)state;
    each_jet_identity("batch = singles", singles_check);
}

/* out: the columns of `in`, `each` values for a sample, samples in reverse order. */
static void reverse(int64_t batch, int64_t each_sample, const double *in, double *out)
{
    for (int64_t k = 0; k < batch * each_sample; k++)
        out[k] = in[(batch - 1 - k / each_sample) * each_sample + k % each_sample];
}

static void order_check(problem *p, subject *s, jet_tally *t)
{
    const jet_oracle oracle = jet_oracle_create(p);
    const int64_t batch = s->batch, K = draw_int(&p->random, 1, MOST_DIRECTIONS), n_in = s->n_in,
                  n_out = s->n_out;
    jet_case jet = jet_case_directions(p, 3, K, 0), turned = jet_case_directions(p, 3, K, 0);
    double *x = numbers(n_in * batch), *back = numbers(n_out * K * batch);
    jet_arrays before = jet_arrays_run(&jet, p, s), scale = jet_arrays_scales(&oracle, &jet);
    reverse(batch, n_in, p->x, x);
    reverse(batch, n_in * K, jet.v, turned.v);
    subject_forward(s, batch, x, NULL);
    jet_arrays after = jet_arrays_run(&turned, p, s);
    for (int32_t k = 1; k < JET_ORDERS; k++) {
        reverse(batch, n_out * K, after.y[k], back);
        tally_agree_all(&t->values[k], p, "samples in reverse", n_out * K * batch, back, before.y[k],
                        scale.y[k], 1);
    }
    jet_arrays_destroy(&after);
    jet_arrays_destroy(&scale);
    jet_arrays_destroy(&before);
    free(back);
    free(x);
    jet_case_destroy(&turned);
    jet_case_destroy(&jet);
    jet_oracle_destroy(&oracle);
}

static void order_of_samples_is_the_order_of_results(void **state)
{
    (void)state;
    each_jet_identity("samples in reverse", order_check);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_order_is_the_jvp),
        cmocka_unit_test(units_give_the_jacobian),
        cmocka_unit_test(laplacian_is_the_sum_over_units),
        cmocka_unit_test(order_is_the_power_of_the_direction),
        cmocka_unit_test(lower_orders_and_shared_directions_are_the_same),
        cmocka_unit_test(batch_is_the_sum_of_its_samples),
        cmocka_unit_test(order_of_samples_is_the_order_of_results),
    };
    return cmocka_run_group_tests_name("jet identities", tests, sigma_setup, sigma_teardown);
}
