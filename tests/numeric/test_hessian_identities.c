/* What must hold between second derivatives, and between them and the library's other derivatives. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "support/curvature_check.h"
#include "support/numbers.h"

static double dot(const double *a, const double *b, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void same_bits(const problem *p, const char *what, const double *a, const double *b, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        if (bits_of_f64(a[i]) != bits_of_f64(b[i]))
            fail_msg("%s: %s[%lld]: %.17g and %.17g", problem_describe(p), what, (long long)i, a[i], b[i]);
}

/* A random loss of a problem, and what is known of it. */
typedef struct scene {
    jet_oracle oracle;
    loss_case at;
    loss_reference loss;
} scene;

static scene scene_create(problem *p)
{
    scene c = {.oracle = jet_oracle_create(p)};
    c.at = loss_case_create(p, loss_at((int)draw_int(&p->random, 0, LOSS_COUNT - 1)),
                            draw_chance(&p->random, 0.3), draw_chance(&p->random, 0.5));
    return c;
}

/* Its loss_reference looks at the case where it stands. */
static void scene_know(scene *c)
{
    c->loss = loss_reference_create(&c->oracle, &c->at);
}

static void scene_destroy(scene *c)
{
    if (c->loss.at)
        loss_reference_destroy(&c->loss);
    loss_case_destroy(&c->at);
    jet_oracle_destroy(&c->oracle);
}

static void linearize(subject *s, const loss_case *at, double *value, double *theta_bar)
{
    subject_linearize(s, at->loss, at->t, at->labels, at->weights, value, theta_bar);
}

static void each_identity(const char *what, jet_problem_check *check)
{
    for (mlp_dtype dtype = MLP_F32; dtype <= MLP_F64; dtype++) {
        jet_tally t = {0};
        each_jet_problem(dtype, 1, check, &t);
        print_message("    %s, %s: %lld comparisons\n", what, mlp_dtype_name(dtype),
                      (long long)t.values[OF_HVP].entries);
        assert_true(t.values[OF_HVP].entries > 0);
    }
}

/* u . H v = v . H u, and so with G: within what both may be off by. */
static void symmetry_check(problem *p, subject *s, jet_tally *t)
{
    scene c = scene_create(p);
    scene_know(&c);
    double *u = problem_draw_vector(p, s->count), *v = problem_draw_vector(p, s->count);
    double *along_u = numbers(s->count), *along_v = numbers(s->count);
    linearize(s, &c.at, NULL, NULL);
    for (int gauss_newton = 0; gauss_newton < 2; gauss_newton++) {
        void (*const product)(subject *, const double *, double *) =
            gauss_newton ? subject_gauss_newton : subject_hvp;
        product(s, u, along_u);
        product(s, v, along_v);
        const double scale = curvature_form(&c.oracle, &c.loss, u, v, gauss_newton, 1);
        tally_agree(&t->values[OF_HVP], p, "symmetry", gauss_newton, dot(u, along_v, s->count),
                    dot(v, along_u, s->count), scale, 1);
    }
    free(along_v);
    free(along_u);
    free(v);
    free(u);
    scene_destroy(&c);
}

static void products_are_symmetric(void **state)
{
    (void)state;
    each_identity("symmetry", symmetry_check);
}

/* H v is the change of the gradient along v, in f64. */
static void difference_check(problem *p, subject *s, jet_tally *t)
{
    const double h = 1e-4 / (double)s->count;
    double *v = problem_draw_vector(p, s->count), *theta = numbers(s->count), *theta_bar = numbers(s->count);
    double *product = numbers(s->count), *change = numbers(s->count), size = 0;
    scene c = scene_create(p);
    linearize(s, &c.at, NULL, NULL);
    subject_hvp(s, v, product);
    for (int side = -1; side <= 1; side += 2) {
        for (int64_t k = 0; k < s->count; k++)
            theta[k] = creal(p->net.theta[k]) + side * h * v[k];
        subject_set_theta(s, theta);
        subject_forward(s, s->batch, p->x, NULL);
        linearize(s, &c.at, NULL, theta_bar);
        for (int64_t k = 0; k < s->count; k++) {
            change[k] += side * theta_bar[k] / (2 * h);
            size = fmax(size, fabs(theta_bar[k]) + fabs(product[k]));
        }
    }
    for (int64_t k = 0; k < s->count; k++, t->values[OF_HVP].entries++)
        if (!(fabs(product[k] - change[k]) <= 1e-8 * size * (double)s->count))
            fail_msg("%s: theta_hv[%lld] = %.17g, by differences %.17g", problem_describe(p), (long long)k,
                     product[k], change[k]);
    scene_destroy(&c);
    free(change);
    free(product);
    free(theta_bar);
    free(theta);
    free(v);
}

static void products_are_differences_of_gradients(void **state)
{
    jet_tally t = {0};
    (void)state;
    each_jet_problem(MLP_F64, 1, difference_check, &t);
    tally_close(&t.values[OF_HVP], "differences");
}

/* Value and gradient are those of the loss at the outputs, pulled back. */
static void composition_check(problem *p, subject *s, jet_tally *t)
{
    const int64_t outputs = s->n_out * s->batch;
    double *y = numbers(outputs), *y_bar = numbers(outputs), *x_scale = numbers(s->n_in);
    double *theta_bar = numbers(s->count), *want = numbers(s->count), *scale = numbers(s->count);
    double *v = problem_draw_vector(p, s->count), value = 0, alone = 0, expected = 0;
    scene c = scene_create(p);
    subject_forward(s, s->batch, p->x, y);
    subject_loss(s, c.at.loss, y, c.at.t, c.at.labels, c.at.weights, &expected, y_bar);
    subject_vjp(s, y_bar, NULL, want);
    linearize(s, &c.at, &value, theta_bar);
    linearize(s, &c.at, &alone, NULL);
    same_bits(p, "value", &value, &expected, 1);
    same_bits(p, "value alone", &alone, &expected, 1);
    for (int64_t k = 0; k < s->batch; k++)
        reference_vjp_scale(&p->net, &p->point[k], y_bar + k * s->n_out, x_scale, scale);
    for (int64_t k = 0; k < s->count; k++)
        tally_agree(&t->values[OF_HVP], p, "theta_bar", k, theta_bar[k], want[k], scale[k], 1);
    /* G v = J^T H_loss J v, by the same calls */
    subject_gauss_newton(s, v, theta_bar);
    subject_jvp(s, NULL, v, y_bar);
    subject_loss_hvp(s, c.at.loss, y, c.at.t, c.at.labels, c.at.weights, y_bar);
    subject_vjp(s, y_bar, NULL, want);
    same_bits(p, "theta_gv", theta_bar, want, s->count);
    scene_destroy(&c);
    free(v);
    free(scale);
    free(want);
    free(theta_bar);
    free(x_scale);
    free(y_bar);
    free(y);
}

static void calls_are_compositions_of_others(void **state)
{
    (void)state;
    each_identity("compositions", composition_check);
}

/* v . G v >= 0 but for rounding: all of these losses but the Gaussian one are convex in y. */
static void convexity_check(problem *p, subject *s, jet_tally *t)
{
    double *v = problem_draw_vector(p, s->count), *product = numbers(s->count);
    scene c = scene_create(p);
    if (c.at.loss != MLP_GAUSSIAN_NLL) {
        scene_know(&c);
        for (int64_t k = 0; k < s->count; k++)
            v[k] *= draw_sign(&p->random);
        linearize(s, &c.at, NULL, NULL);
        subject_gauss_newton(s, v, product);
        const double square = dot(v, product, s->count);
        const double scale = curvature_form(&c.oracle, &c.loss, v, v, 1, 1);
        tally_agree(&t->values[OF_HVP], p, "v . G v", 0, fmin(square, 0), 0, scale, 1);
    }
    scene_destroy(&c);
    free(product);
    free(v);
}

static void gauss_newton_is_positive_semidefinite(void **state)
{
    (void)state;
    each_identity("v . G v >= 0", convexity_check);
}

/* What is kept for products is the same whoever keeps it: the first product, a second, or a gradient. */
static void repetition_check(problem *p, subject *s, jet_tally *t)
{
    double *v = problem_draw_vector(p, s->count), *first = numbers(s->count), *again = numbers(s->count);
    double *between = numbers(s->count), *theta_bar = numbers(s->count);
    scene c = scene_create(p);
    linearize(s, &c.at, NULL, NULL);
    subject_hvp(s, v, first);
    subject_hvp(s, v, again);
    same_bits(p, "second product", again, first, s->count);
    subject_gauss_newton(s, v, between);
    if (s->n_in <= MOST_UNITS) {
        double *H = numbers(s->n_in * s->n_in * s->n_out * s->batch);
        subject_hessian_x(s, H);
        free(H);
    }
    subject_hvp(s, v, again);
    same_bits(p, "product after others", again, first, s->count);
    linearize(s, &c.at, NULL, theta_bar);
    subject_hvp(s, v, again);
    same_bits(p, "product after a gradient", again, first, s->count);
    t->values[OF_HVP].entries += s->count;
    scene_destroy(&c);
    free(theta_bar);
    free(between);
    free(again);
    free(first);
    free(v);
}

static void products_do_not_depend_on_what_came_before(void **state)
{
    (void)state;
    each_identity("repetitions", repetition_check);
}

/* The Hessian in x is symmetric to the bit; its diagonal is y2 along the units, and v^T H v that along v. */
static void hessian_check(problem *p, subject *s, jet_tally *t)
{
    const int64_t n = s->n_in, outputs = s->n_out;
    if (n > MOST_UNITS)
        return;
    const jet_oracle oracle = jet_oracle_create(p);
    double *H = numbers(n * n * outputs * s->batch);
    jet_case units = jet_case_units(p, 2), along = jet_case_directions(p, 2, 1, 0);
    double *y2 = numbers(outputs * n * s->batch), *y2_along = numbers(outputs * s->batch);
    double *scale = numbers(outputs * n * s->batch), *scale_along = numbers(outputs * s->batch);
    subject_hessian_x(s, H);
    jet_case_run(&units, s, (double *[JET_ORDERS]){NULL, NULL, y2, NULL});
    jet_case_run(&along, s, (double *[JET_ORDERS]){NULL, NULL, y2_along, NULL});
    for (int64_t k = 0; k < s->batch; k++) {
        jet_scales(&oracle, &units, k, (double *[JET_ORDERS]){NULL, NULL, scale, NULL});
        jet_scales(&oracle, &along, k, (double *[JET_ORDERS]){NULL, NULL, scale_along, NULL});
    }
    for (int64_t k = 0; k < outputs * s->batch; k++) {
        const double *matrix = H + k * n * n, *v = along.v + k / outputs * n;
        double square = 0;
        for (int64_t j = 0; j < n; j++) {
            const int64_t at = (k / outputs * n + j) * outputs + k % outputs;
            tally_agree(&t->values[OF_HVP], p, "diagonal", at, matrix[j + j * n], y2[at], scale[at],
                        2 * jet_allowance);
            for (int64_t i = 0; i < n; i++) {
                square += v[i] * matrix[i + j * n] * v[j];
                same_bits(p, "mirror", &matrix[i + j * n], &matrix[j + i * n], 1);
            }
        }
        tally_agree(&t->values[OF_HVP], p, "v . H v", k, square, y2_along[k], scale_along[k], 1);
    }
    free(scale_along);
    free(scale);
    free(y2_along);
    free(y2);
    jet_case_destroy(&along);
    jet_case_destroy(&units);
    free(H);
    jet_oracle_destroy(&oracle);
}

static void hessians_in_x_are_those_of_jets(void **state)
{
    (void)state;
    each_identity("Hessians and jets", hessian_check);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_symmetric),
        cmocka_unit_test(products_are_differences_of_gradients),
        cmocka_unit_test(calls_are_compositions_of_others),
        cmocka_unit_test(gauss_newton_is_positive_semidefinite),
        cmocka_unit_test(products_do_not_depend_on_what_came_before),
        cmocka_unit_test(hessians_in_x_are_those_of_jets),
    };
    return cmocka_run_group_tests_name("Hessian identities", tests, curvature_setup, curvature_teardown);
}
