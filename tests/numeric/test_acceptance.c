/*
 * The acceptance case of the formulas: L = 6, widths 4-4-4-4-4-4-1, sigmoid, loss (y - t)^2 / 2. All gradients against
 * complex steps, and the golden numbers every binding must reproduce. test_acceptance --golden prints
 * tests/data/golden.h, which also says how the network and the inputs are made.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "data/golden.h"
#include "support/jacobian_check.h"

enum { L = 6, N = 4, BATCH = 3, COUNT = 105 };

static const int64_t widths[] = {N, N, N, N, N, N, 1};

static double fraction(int64_t k, int64_t factor, int64_t modulus, int64_t centre, double divisor)
{
    return (double)(k * factor % modulus - centre) / divisor;
}

typedef struct acceptance {
    problem problem;
    double x_dot[N * BATCH], theta_dot[COUNT];
    /* by complex steps: */
    double y[BATCH], loss, y_bar[BATCH], x_bar[N * BATCH], theta_bar[COUNT], y_dot[BATCH], J[N * N * BATCH];
    double x_scale[N * BATCH], theta_scale[COUNT], y_dot_scale[BATCH], J_scale[N * N * BATCH];
} acceptance;

static void define(acceptance *a, mlp_dtype dtype)
{
    problem *p = &a->problem;
    const problem_spec spec = problem_plain_spec(dtype, L, widths, MLP_SIGMOID, BATCH, 1);
    problem_create(p, &spec);
    for (int64_t k = 0; k < COUNT; k++) {
        p->net.theta[k] = fraction(k, 7919, 1009, 504, 256);
        a->theta_dot[k] = fraction(k, 211, 199, 99, 64);
    }
    for (int64_t k = 0; k < N * BATCH; k++) {
        p->x[k] = fraction(k, 577, 251, 125, 64);
        a->x_dot[k] = fraction(k, 331, 127, 63, 64);
    }
    for (int64_t s = 0; s < BATCH; s++)
        reference_evaluate(&p->net, p->x + s * N, &p->point[s]);
}

static void differentiate_loss(acceptance *a)
{
    problem *p = &a->problem;
    a->loss = 0;
    for (int64_t s = 0; s < BATCH; s++) {
        double scale;
        reference_output(&p->net, &p->point[s], &a->y[s], &scale);
        a->loss += (a->y[s] - golden_target) * (a->y[s] - golden_target) / 2 / BATCH;
        a->y_bar[s] = (a->y[s] - golden_target) / BATCH;
        reference_vjp_scale(&p->net, &p->point[s], &a->y_bar[s], a->x_scale + s * N, a->theta_scale);
        for (int64_t j = 0; j < N; j++)
            a->x_bar[s * N + j] = reference_vjp_input(&p->net, &p->point[s], &a->y_bar[s], j);
        for (int64_t k = 0; k < COUNT; k++)
            a->theta_bar[k] += reference_vjp_parameter(&p->net, &p->point[s], &a->y_bar[s], k);
    }
}

static acceptance *acceptance_create(mlp_dtype dtype)
{
    acceptance *a = calloc(1, sizeof *a);
    assert_non_null(a);
    define(a, dtype);
    differentiate_loss(a);
    for (int64_t s = 0; s < BATCH; s++) {
        const reference_point *point = &a->problem.point[s];
        reference_jvp(&a->problem.net, point, a->x_dot + s * N, a->theta_dot, &a->y_dot[s],
                      &a->y_dot_scale[s]);
        for (int64_t j = 0; j < N; j++)
            reference_output_column(&a->problem.net, point, 3, 0, j, a->J + (s * N + j) * N,
                                    a->J_scale + (s * N + j) * N);
    }
    return a;
}

static void acceptance_destroy(acceptance *a)
{
    problem_destroy(&a->problem);
    free(a);
}

static void compare(const acceptance *a, tally *t, const char *what, const double *got, const double *want,
                    const double *scale, int64_t count)
{
    for (int64_t k = 0; k < count; k++)
        tally_compare(t, &a->problem, what, k, got[k], want[k], scale[k]);
}

/* Value and gradient of the loss from the library, in the model's number type. */
static double library_loss(mlp_dtype dtype, const double *y, double *y_bar)
{
    const double t64[BATCH] = {golden_target, golden_target, golden_target};
    const float t32[BATCH] = {(float)golden_target, (float)golden_target, (float)golden_target};
    float y32[BATCH], y_bar32[BATCH];
    double value;
    if (dtype == MLP_F64) {
        assert_int_equal(
            mlp_loss_evaluate_f64(MLP_SQUARED_ERROR, BATCH, 1, y, 1, t64, 1, NULL, &value, y_bar, 1), 0);
        return value;
    }
    for (int s = 0; s < BATCH; s++)
        y32[s] = (float)y[s];
    assert_int_equal(
        mlp_loss_evaluate_f32(MLP_SQUARED_ERROR, BATCH, 1, y32, 1, t32, 1, NULL, &value, y_bar32, 1), 0);
    for (int s = 0; s < BATCH; s++)
        y_bar[s] = (double)y_bar32[s];
    return value;
}

static void check_dtype(mlp_dtype dtype)
{
    acceptance *a = acceptance_create(dtype);
    subject s;
    tally t = {0};
    double y[BATCH], y_bar[BATCH], x_bar[N * BATCH], theta_bar[COUNT], y_dot[BATCH], J[N * N * BATCH];
    const double ones[BATCH] = {1, 1, 1};
    subject_create(&s, &a->problem, BATCH, 1, 1);
    subject_forward(&s, BATCH, a->problem.x, y);
    const double loss = library_loss(dtype, y, y_bar);
    subject_vjp(&s, y_bar, x_bar, theta_bar);
    subject_jvp(&s, a->x_dot, a->theta_dot, y_dot);
    subject_jacobian_output(&s, 3, 0, J);
    compare(a, &t, "y", y, a->y, ones, BATCH);
    compare(a, &t, "loss", &loss, &a->loss, ones, 1);
    compare(a, &t, "y_bar", y_bar, a->y_bar, ones, BATCH);
    compare(a, &t, "x_bar", x_bar, a->x_bar, a->x_scale, N * BATCH);
    compare(a, &t, "theta_bar", theta_bar, a->theta_bar, a->theta_scale, COUNT);
    compare(a, &t, "y_dot", y_dot, a->y_dot, a->y_dot_scale, BATCH);
    compare(a, &t, "dy_3/dx", J, a->J, a->J_scale, N * N * BATCH);
    tally_close_sharp(&t, mlp_dtype_name(dtype));
    subject_destroy(&s);
    acceptance_destroy(a);
}

static void gradients_agree_with_complex_steps(void **state)
{
    (void)state;
    check_dtype(MLP_F32);
    check_dtype(MLP_F64);
}

static void assert_golden(const char *what, const double *golden, const double *value, int64_t count)
{
    for (int64_t k = 0; k < count; k++)
        if (!(fabs(golden[k] - value[k]) <= 1e-13 * fabs(value[k])))
            fail_msg("%s[%lld] = %.17g, golden %.17g", what, (long long)k, value[k], golden[k]);
}

static void golden_numbers_are_the_reference(void **state)
{
    (void)state;
    acceptance *a = acceptance_create(MLP_F64);
    assert_golden("y", golden_y, a->y, BATCH);
    assert_golden("loss", golden_loss, &a->loss, 1);
    assert_golden("x_bar", golden_x_bar, a->x_bar, N * BATCH);
    assert_golden("theta_bar", golden_theta_bar, a->theta_bar, COUNT);
    assert_golden("y_dot", golden_y_dot, a->y_dot, BATCH);
    assert_golden("dy_3/dx", golden_jacobian, a->J, N * N * BATCH);
    acceptance_destroy(a);
}

static void print_array(const char *comment, const char *name, const double *values, int count)
{
    printf("\n/* %s */\nstatic const double golden_%s[%d] = {\n", comment, name, count);
    for (int k = 0; k < count; k++)
        printf("    %.17g,\n", values[k]);
    printf("};\n");
}

static const char preamble[] =
    "/*\n"
    " * The golden numbers: what every binding must compute for the acceptance case, in double. One number a "
    "line, so that\n"
    " * Python and Fortran read this file too. Printed by test_acceptance --golden from complex steps, not "
    "by the library.\n"
    " *\n"
    " * L = 6, widths 4-4-4-4-4-4-1, sigmoid, linear output, batch 3; indices from 0, every number exact in "
    "float:\n"
    " *     theta_k     = ((7919 k) mod 1009 - 504) / 256    k < 105\n"
    " *     x_k         = ((577 k) mod 251 - 125) / 64       k < 12, feature k mod 4 of sample k / 4\n"
    " *     x_dot_k     = ((331 k) mod 127 - 63) / 64        k < 12\n"
    " *     theta_dot_k = ((211 k) mod 199 - 99) / 64        k < 105\n"
    " *     loss        = mean over the batch of (y - target)^2 / 2, and y_bar = dloss/dy = (y - target) / "
    "3\n"
    " */\n"
    "#ifndef TESTS_DATA_GOLDEN_H\n"
    "#define TESTS_DATA_GOLDEN_H\n\n"
    "/* clang-format off */\n"
    "static const double golden_target = 0.25;\n";

static int print_golden(void)
{
    acceptance *a = acceptance_create(MLP_F64);
    fputs(preamble, stdout);
    print_array("outputs of the three samples", "y", a->y, BATCH);
    print_array("the loss", "loss", &a->loss, 1);
    print_array("gradient of the loss in x: 4 x 3", "x_bar", a->x_bar, N * BATCH);
    print_array("gradient of the loss in theta", "theta_bar", a->theta_bar, COUNT);
    print_array("tangent of the outputs along (x_dot, theta_dot)", "y_dot", a->y_dot, BATCH);
    print_array("dy_3/dy_0: 4 x 4 per sample, column-major", "jacobian", a->J, N * N * BATCH);
    printf("\n#endif\n");
    acceptance_destroy(a);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_agree_with_complex_steps),
        cmocka_unit_test(golden_numbers_are_the_reference),
    };
    if (argc > 1 && strcmp(argv[1], "--golden") == 0)
        return print_golden();
    return cmocka_run_group_tests_name("acceptance", tests, NULL, NULL);
}
