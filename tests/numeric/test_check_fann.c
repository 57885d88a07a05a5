/*
 * The check of functions, on another library: FANN 2.2, in double. Its value is exact, and so is its gradient while hidden
 * units are in their middle range; beyond, it keeps y within 0.98 (tanh) or 0.01 and 0.99 (sigmoid) where it forms
 * sigma' of y, and that is found. So is that it halves the error of an output unit that is a tanh.
 */
#include <mlp/mlp.h>

#include <doublefann.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

/* 3 - 5 - 2, a row of weights and then the bias for each unit, as FANN has them. */
enum { N_IN = 3, HIDDEN = 5, N_OUT = 2, N_THETA = HIDDEN * (N_IN + 1) + N_OUT * (HIDDEN + 1) };

static struct fann *create(enum fann_activationfunc_enum hidden, double steepness,
                           enum fann_activationfunc_enum output)
{
    struct fann *ann = fann_create_standard(3, N_IN, HIDDEN, N_OUT);
    assert_non_null(ann);
    assert_int_equal(fann_get_total_connections(ann), N_THETA);
    fann_set_activation_function_hidden(ann, hidden);
    fann_set_activation_steepness_hidden(ann, steepness);
    fann_set_activation_function_output(ann, output);
    fann_set_activation_steepness_output(ann, 1);
    fann_set_training_algorithm(ann, FANN_TRAIN_INCREMENTAL);
    fann_set_train_error_function(ann, FANN_ERRORFUNC_LINEAR);
    fann_set_learning_rate(ann, 1);
    fann_set_learning_momentum(ann, 0);
    return ann;
}

static int32_t value(const double *x, const double *theta, double *y, void *context)
{
    struct fann *ann = context;
    double copy[N_IN];
    memcpy(copy, x, sizeof copy);
    memcpy(ann->weights, theta, N_THETA * sizeof *theta);
    memcpy(y, fann_run(ann, copy), N_OUT * sizeof *y);
    return 0;
}

/*
 * A step of descent at rate 1 on |y - d|^2 / 2 with d = y + y_bar moves the weights by theta_bar. A bias of the first layer moves by
 * its unit's delta, and x_bar = A_1^T delta_1.
 */
static int32_t vjp(const double *x, const double *theta, const double *y_bar, double *x_bar,
                   double *theta_bar, void *context)
{
    struct fann *ann = context;
    double wanted[N_OUT], copy[N_IN];
    value(x, theta, wanted, context);
    for (int p = 0; p < N_OUT; p++)
        wanted[p] += y_bar[p];
    memcpy(copy, x, sizeof copy);
    fann_train(ann, copy, wanted);
    for (int k = 0; k < N_THETA; k++)
        theta_bar[k] = ann->weights[k] - theta[k];
    for (int j = 0; j < N_IN; j++) {
        x_bar[j] = 0;
        for (int i = 0; i < HIDDEN; i++)
            x_bar[j] += theta[i * (N_IN + 1) + j] * theta_bar[i * (N_IN + 1) + N_IN];
    }
    return 0;
}

/* Weights within +-size; the residuals are printed. */
static int32_t verdict_on(const char *what, struct fann *ann, double size)
{
    mlp_check *check = NULL;
    double theta[N_THETA];
    for (int k = 0; k < N_THETA; k++)
        theta[k] = size * sin(1 + 2.0 * k);
    assert_int_equal(mlp_check_function(N_IN, N_OUT, N_THETA, value, vjp, ann, theta, 1, &check), MLP_OK);
    for (int32_t i = 0; i < mlp_check_count(check); i++)
        print_message("%s: %s: residual %.2e, bound %.2e\n", what, mlp_check_name(check, i),
                      mlp_check_residual(check, i), mlp_check_bound(check, i));
    const int32_t verdict = mlp_check_verdict(check);
    mlp_check_destroy(check);
    fann_destroy(ann);
    return verdict;
}

static void test_middle_range(void **state)
{
    (void)state;
    assert_int_equal(verdict_on("tanh, small weights", create(FANN_SIGMOID_SYMMETRIC, 1, FANN_LINEAR), 0.4),
                     1);
    assert_int_equal(verdict_on("sigmoid, small weights", create(FANN_SIGMOID, 0.5, FANN_LINEAR), 0.4), 1);
    assert_int_equal(
        verdict_on("tanh(z / 2), small weights", create(FANN_SIGMOID_SYMMETRIC, 0.5, FANN_LINEAR), 0.4), 1);
}

static void test_clipped(void **state)
{
    (void)state;
    assert_int_equal(verdict_on("tanh, large weights", create(FANN_SIGMOID_SYMMETRIC, 1, FANN_LINEAR), 3), 0);
    assert_int_equal(verdict_on("sigmoid, large weights", create(FANN_SIGMOID, 0.5, FANN_LINEAR), 6), 0);
}

static void test_halved(void **state)
{
    (void)state;
    assert_int_equal(
        verdict_on("tanh output", create(FANN_SIGMOID_SYMMETRIC, 1, FANN_SIGMOID_SYMMETRIC), 0.4), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_middle_range),
        cmocka_unit_test(test_clipped),
        cmocka_unit_test(test_halved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
