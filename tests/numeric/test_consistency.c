/* The same numbers whichever way they are asked for: in batches, one by one, again, in part, in another workspace. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "support/guarded.h"
#include "support/jacobian_check.h"

static void assert_same_bits(const problem *p, const char *what, const double *a, const double *b, int64_t n)
{
    for (int64_t k = 0; k < n; k++)
        if (memcmp(&a[k], &b[k], sizeof *a) != 0)
            fail_msg("%s: %s[%lld]: %.17g, then %.17g", problem_describe(p), what, (long long)k, a[k], b[k]);
}

typedef struct results {
    double *y, *y_bar, *x_bar, *theta_bar, *x_dot, *theta_dot, *y_dot, *J;
} results;

static results results_create(problem *p, const subject *s)
{
    const int64_t in = s->n_in * p->spec.batch, out = s->n_out * p->spec.batch;
    return (results){.y = numbers(out),
                     .y_bar = problem_draw_vector(p, out),
                     .x_bar = numbers(in),
                     .theta_bar = numbers(s->count),
                     .x_dot = problem_draw_vector(p, in),
                     .theta_dot = problem_draw_vector(p, s->count),
                     .y_dot = numbers(out),
                     .J = numbers(out * s->n_in)};
}

/* Room for the results at the same cotangents and tangents. */
static results results_beside(problem *p, const subject *s, const results *a)
{
    results b = results_create(p, s);
    memcpy(b.y_bar, a->y_bar, (size_t)(s->n_out * p->spec.batch) * sizeof *b.y_bar);
    memcpy(b.x_dot, a->x_dot, (size_t)(s->n_in * p->spec.batch) * sizeof *b.x_dot);
    memcpy(b.theta_dot, a->theta_dot, (size_t)s->count * sizeof *b.theta_dot);
    return b;
}

static void results_destroy(results *r)
{
    double *all[] = {r->y, r->y_bar, r->x_bar, r->theta_bar, r->x_dot, r->theta_dot, r->y_dot, r->J};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

/* Everything at samples first .. first + batch - 1, into the columns of r from `first` on; theta_bar whole. */
static void compute(const problem *p, subject *s, int64_t first, int64_t batch, results *r, double *theta_bar)
{
    const int64_t in = first * s->n_in, out = first * s->n_out;
    subject_forward(s, batch, p->x + in, r->y + out);
    subject_vjp(s, r->y_bar + out, r->x_bar + in, theta_bar);
    subject_jvp(s, r->x_dot + in, r->theta_dot, r->y_dot + out);
    subject_jacobian_output(s, p->spec.layers, 0, r->J + out * s->n_in);
}

/* Compares two sets of results of the same problem, entry by entry, each with its scale. */
static void compare_results(const problem *p, const subject *s, tally *t, const results *a, const results *b)
{
    double y[REFERENCE_WIDTH], scale[REFERENCE_WIDTH];
    double *x_scale = numbers(s->n_in), *theta_scale = numbers(s->count);
    for (int64_t sample = 0; sample < p->spec.batch; sample++) {
        const int64_t in = sample * s->n_in, out = sample * s->n_out;
        reference_output(&p->net, &p->point[sample], y, scale);
        for (int64_t i = 0; i < s->n_out; i++)
            tally_agree(t, p, "y", out + i, a->y[out + i], b->y[out + i], scale[i], 1);
        reference_jvp(&p->net, &p->point[sample], a->x_dot + in, a->theta_dot, y, scale);
        for (int64_t i = 0; i < s->n_out; i++)
            tally_agree(t, p, "y_dot", out + i, a->y_dot[out + i], b->y_dot[out + i], scale[i], 1);
        reference_vjp_scale(&p->net, &p->point[sample], a->y_bar + out, x_scale, theta_scale);
        for (int64_t j = 0; j < s->n_in; j++)
            tally_agree(t, p, "x_bar", in + j, a->x_bar[in + j], b->x_bar[in + j], x_scale[j], 1);
        for (int64_t j = 0; j < s->n_in; j += 5) {
            reference_output_column(&p->net, &p->point[sample], p->spec.layers, 0, j, y, scale);
            for (int64_t i = 0; i < s->n_out; i++)
                tally_agree(t, p, "J", i, a->J[(in + j) * s->n_out + i], b->J[(in + j) * s->n_out + i],
                            scale[i], 1);
        }
    }
    for (int64_t k = 0; k < s->count; k++)
        tally_agree(t, p, "theta_bar", k, a->theta_bar[k], b->theta_bar[k], theta_scale[k], 1);
    free(theta_scale);
    free(x_scale);
}

static void singles_check(problem *p, subject *s, tally *t)
{
    results whole = results_create(p, s), singles = results_beside(p, s, &whole);
    double *theta_bar = numbers(s->count);
    compute(p, s, 0, p->spec.batch, &whole, whole.theta_bar);
    for (int64_t sample = 0; sample < p->spec.batch; sample++) {
        compute(p, s, sample, 1, &singles, theta_bar);
        for (int64_t k = 0; k < s->count; k++)
            singles.theta_bar[k] += theta_bar[k];
    }
    compare_results(p, s, t, &whole, &singles);
    free(theta_bar);
    results_destroy(&singles);
    results_destroy(&whole);
}

static void batch_is_the_sum_of_its_samples(void **state)
{
    (void)state;
    each_problem("batch = singles", ANY_OUTPUT, 0, singles_check);
}

/* The same results from a workspace for another batch and thread count. */
static void workspaces_check(problem *p, subject *s, tally *t)
{
    subject other;
    results a = results_create(p, s), b = results_beside(p, s, &a);
    subject_create(&other, p, p->spec.batch * 3 + 40, 3, 0);
    compute(p, s, 0, p->spec.batch, &a, a.theta_bar);
    compute(p, &other, 0, p->spec.batch, &b, b.theta_bar);
    compare_results(p, s, t, &a, &b);
    subject_destroy(&other);
    results_destroy(&b);
    results_destroy(&a);
}

static void any_workspace_gives_the_same_results(void **state)
{
    (void)state;
    each_problem("other workspaces", ANY_OUTPUT, 0, workspaces_check);
}

/* Every call twice, with everything else in between: the same bits, and the remembered pass as it was. */
static void repeat_check(problem *p, subject *s, tally *t)
{
    const int32_t L = p->spec.layers, middle = (L + 1) / 2;
    const int64_t in = s->n_in * s->batch, out = s->n_out * s->batch,
                  hidden = p->spec.width[middle] * s->batch;
    results a = results_create(p, s), b = results_create(p, s);
    double *before = numbers(hidden), *after = numbers(hidden);
    subject_layer(s, middle, before);
    for (int pass = 0; pass < 2; pass++) {
        results *r = pass ? &b : &a;
        subject_vjp(s, a.y_bar, r->x_bar, r->theta_bar);
        subject_jvp(s, a.x_dot, a.theta_dot, r->y_dot);
        subject_jacobian_output(s, L, 0, r->J);
        subject_layer(s, L, r->y);
        free(jacobian_of(p, s, WRT_WEIGHT, middle, 1));
        free(jacobian_of(p, s, WRT_BIAS, L, middle));
    }
    subject_layer(s, middle, after);
    assert_same_bits(p, "y_l", before, after, hidden);
    assert_same_bits(p, "y_L", a.y, b.y, out);
    assert_same_bits(p, "x_bar", a.x_bar, b.x_bar, in);
    assert_same_bits(p, "theta_bar", a.theta_bar, b.theta_bar, s->count);
    assert_same_bits(p, "y_dot", a.y_dot, b.y_dot, out);
    assert_same_bits(p, "J", a.J, b.J, out * s->n_in);
    t->entries += hidden + 2 * out + in + s->count + out * s->n_in;
    free(after);
    free(before);
    results_destroy(&b);
    results_destroy(&a);
}

static void derivatives_leave_the_pass_alone_and_repeat(void **state)
{
    (void)state;
    each_problem("repeated calls", ANY_OUTPUT, 0, repeat_check);
}

static void null_check(problem *p, subject *s, tally *t)
{
    const int64_t in = s->n_in * s->batch, out = s->n_out * s->batch;
    results a = results_create(p, s), b = results_create(p, s);
    subject_vjp(s, a.y_bar, a.x_bar, a.theta_bar);
    subject_vjp(s, a.y_bar, b.x_bar, NULL);
    subject_vjp(s, a.y_bar, NULL, b.theta_bar);
    assert_same_bits(p, "x_bar", a.x_bar, b.x_bar, in);
    assert_same_bits(p, "theta_bar", a.theta_bar, b.theta_bar, s->count);
    double *zero_x = numbers(in), *zero_theta = numbers(s->count);
    subject_jvp(s, a.x_dot, NULL, a.y_dot);
    subject_jvp(s, a.x_dot, zero_theta, b.y_dot);
    for (int64_t k = 0; k < out; k++)
        tally_agree(t, p, "y_dot, theta_dot = 0", k, a.y_dot[k], b.y_dot[k], fabs(a.y_dot[k]), 1);
    subject_jvp(s, NULL, a.theta_dot, a.y_dot);
    subject_jvp(s, zero_x, a.theta_dot, b.y_dot);
    for (int64_t k = 0; k < out; k++)
        tally_agree(t, p, "y_dot, x_dot = 0", k, a.y_dot[k], b.y_dot[k], fabs(a.y_dot[k]), 1);
    free(zero_theta);
    free(zero_x);
    results_destroy(&b);
    results_destroy(&a);
}

static void skipped_outputs_and_absent_tangents(void **state)
{
    (void)state;
    each_problem("NULL arguments", ANY_OUTPUT, 0, null_check);
}

/* y over x, in one array whose columns hold both. */
static void in_place_check(problem *p, subject *s, tally *t)
{
    const int64_t rows = s->n_in > s->n_out ? s->n_in : s->n_out;
    double *both = numbers(rows * s->batch), *y = numbers(s->n_out * s->batch);
    subject_forward(s, s->batch, p->x, y);
    for (int64_t k = 0; k < s->n_in * s->batch; k++)
        both[k / s->n_in * rows + k % s->n_in] = p->x[k];
    guarded a = guarded_create(s->dtype, rows, s->batch, 1, s->padding, both);
    if (s->dtype == MLP_F32)
        assert_int_equal(mlp_forward_f32(s->model, s->workspace, s->batch, a.data, a.ld, a.data, a.ld),
                         MLP_OK);
    else
        assert_int_equal(mlp_forward_f64(s->model, s->workspace, s->batch, a.data, a.ld, a.data, a.ld),
                         MLP_OK);
    guarded_collect(&a, both);
    for (int64_t sample = 0; sample < s->batch; sample++)
        assert_same_bits(p, "y in place", y + sample * s->n_out, both + sample * rows, s->n_out);
    t->entries += s->n_out * s->batch;
    free(y);
    free(both);
}

static void forward_in_place(void **state)
{
    (void)state;
    each_problem("in place", ANY_OUTPUT, 0, in_place_check);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batch_is_the_sum_of_its_samples),
        cmocka_unit_test(any_workspace_gives_the_same_results),
        cmocka_unit_test(derivatives_leave_the_pass_alone_and_repeat),
        cmocka_unit_test(skipped_outputs_and_absent_tangents),
        cmocka_unit_test(forward_in_place),
    };
    return cmocka_run_group_tests_name("consistency", tests, sigma_setup, sigma_teardown);
}
