/* Checks of derivatives: what is right passes, and every way to be wrong that we know is found. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <math.h>

/* The row of a name, or one that begins with it. */
static int32_t row_of(const mlp_check *check, const char *name)
{
    for (int32_t i = 0; i < mlp_check_count(check); i++)
        if (strncmp(mlp_check_name(check, i), name, strlen(name)) == 0)
            return i;
    fail_msg("no row %s", name);
    return -1;
}

static void assert_passes(mlp_check *check)
{
    assert_true(mlp_check_count(check) > 0);
    for (int32_t i = 0; i < mlp_check_count(check); i++)
        if (!mlp_check_passed(check, i))
            fail_msg("%s against %s: %g of %g", mlp_check_name(check, i), mlp_check_method(check, i),
                     mlp_check_residual(check, i), mlp_check_bound(check, i));
    assert_int_equal(mlp_check_verdict(check), 1);
    mlp_check_destroy(check);
}

/* The report condemns the row, by far, and so the whole. */
static void assert_condemns(const mlp_check *check, const char *name)
{
    const int32_t i = row_of(check, name);
    assert_int_equal(mlp_check_passed(check, i), 0);
    assert_true(mlp_check_residual(check, i) > 100 * mlp_check_bound(check, i));
    assert_int_equal(mlp_check_verdict(check), 0);
}

static void test_built_in_activations(void **state)
{
    (void)state;
    for (mlp_activation id = 1; mlp_activation_name(id); id++)
        for (uint64_t seed = 0; seed < 20; seed++) {
            double parameter = 0;
            mlp_check *check = NULL;
            accepted(mlp_activation_parameter(id, NULL, &parameter, NULL, NULL));
            accepted(mlp_check_activation(id, parameter * (1 + (double)seed / 16), seed, &check));
            assert_int_equal(mlp_check_count(check), 8);
            assert_passes(check);
        }
}

static void test_built_in_losses(void **state)
{
    (void)state;
    for (mlp_loss id = 1; mlp_loss_name(id); id++)
        for (int64_t n = 1; n <= 101; n += n < 8 ? 1 : 31) {
            mlp_check *check = NULL;
            if (id == MLP_GAUSSIAN_NLL && n % 2)
                continue;
            accepted(mlp_check_loss(id, n, (uint64_t)n, &check));
            assert_int_equal(mlp_check_count(check), 10);
            assert_passes(check);
        }
}

/* What is wrong with an activation of one's own. */
enum { RIGHT, OF_ANOTHER, CLIPPED, WRONG_SECOND, NOT_A_NUMBER, FAILING = 99 };

/* softsign for RIGHT and OF_ANOTHER, tanh else */
static int32_t own_activation(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    const int fault = *(const int *)context;
    for (int64_t i = 0; i < n; i++) {
        const double y = tanh(z[i]), kept = fmax(-0.98, fmin(0.98, y)), r = 1 / (1 + fabs(z[i]));
        const double softsign[] = {z[i] * r, r * r, (z[i] > 0 ? -2 : 2) * r * r * r};
        const double hyperbolic[] = {y, 1 - y * y, -2 * y * (1 - y * y)};
        out[i] = fault == RIGHT || fault == OF_ANOTHER ? softsign[order] : hyperbolic[order];
        if (fault == OF_ANOTHER && order == 1)
            out[i] = hyperbolic[1];
        if (fault == CLIPPED && order == 1)
            out[i] = 1 - kept * kept;
        if (fault == WRONG_SECOND && order == 2)
            out[i] *= 1.00001;
        if (fault == NOT_A_NUMBER && order == 1 && z[i] > 3.5)
            out[i] = NAN;
    }
    return fault == FAILING ? -7 : 0;
}

static void test_own_activations(void **state)
{
    static const char *const condemned[] = {NULL, "own sigma'", "own sigma'", "own sigma''", "own sigma'"};
    (void)state;
    for (int fault = RIGHT; fault <= NOT_A_NUMBER; fault++) {
        mlp_activation id = 0;
        mlp_check *check = NULL;
        accepted(mlp_activation_register("own", 2, own_activation, &fault, NULL, &id));
        accepted(mlp_check_activation(id, 0, 5, &check));
        assert_int_equal(mlp_check_count(check), 2);
        if (fault == RIGHT) {
            assert_passes(check);
        } else {
            if (fault == NOT_A_NUMBER)
                assert_false(mlp_check_passed(check, 0));
            else
                assert_condemns(check, condemned[fault]);
            mlp_check_destroy(check);
        }
        accepted(mlp_activation_unregister(id));
    }
}

/* Softmax cross-entropy of one's own, without label smoothing. */
enum { NO_OFF_DIAGONALS = 1, WRONG_SIGN, NOT_SYMMETRIC, NO_LABELS };

static void softmax(int64_t n, const double *y, double *s, double *log_sum)
{
    double most = y[0], sum = 0;
    for (int64_t p = 1; p < n; p++)
        most = fmax(most, y[p]);
    for (int64_t p = 0; p < n; p++)
        sum += s[p] = exp(y[p] - most);
    for (int64_t p = 0; p < n; p++)
        s[p] /= sum;
    *log_sum = most + log(sum);
}

static int32_t own_loss(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                        const double *v, double *value, double *out, void *context)
{
    const int fault = *(const int *)context;
    double s[8], log_sum, mean = 0, sum = 0;
    if (n > 8 || (fault == NO_LABELS && !t) || fault == FAILING)
        return -7;
    softmax(n, y, s, &log_sum);
    for (int64_t p = 0; p < n; p++) {
        const double target = t ? t[p] : p == label;
        sum += target * (log_sum - y[p]);
        mean += v ? s[p] * v[p] : 0;
        if (order == 1)
            out[p] = fault == WRONG_SIGN ? target - s[p] : s[p] - target;
    }
    for (int64_t p = 0; p < n && order == 2; p++)
        out[p] = fault == NO_OFF_DIAGONALS ? s[p] * (1 - s[p]) * v[p]
                 : fault == NOT_SYMMETRIC  ? s[p] * (v[p] - mean) + 0.01 * v[(p + 1) % n]
                                           : s[p] * (v[p] - mean);
    if (value)
        *value = sum;
    return 0;
}

static void test_own_losses(void **state)
{
    static const char *const condemned[] = {NULL, "Hessian, targets", "gradient, targets",
                                            "Hessian symmetric"};
    (void)state;
    for (int fault = RIGHT; fault <= NO_LABELS; fault++) {
        mlp_loss id = 0;
        mlp_check *check = NULL;
        accepted(mlp_loss_register("own", 2, own_loss, &fault, NULL, &id));
        accepted(mlp_check_loss(id, 5, 5, &check));
        assert_int_equal(mlp_check_count(check), fault == NO_LABELS ? 5 : 10);
        if (fault == RIGHT || fault == NO_LABELS) {
            assert_passes(check);
        } else {
            assert_condemns(check, condemned[fault]);
            mlp_check_destroy(check);
        }
        accepted(mlp_loss_unregister(id));
    }
}

/* y = tanh(A x + b) with A of 3 x 2 column-major; what is wrong with its vjp. */
enum { N_IN = 2, N_OUT = 3, N_THETA = 9 };
enum { TRANSPOSED = 1, ADDED_TO, UNWRITTEN, IN_FLOAT, ONE_ENTRY };

static int32_t own_value(const double *x, const double *theta, double *y, void *context)
{
    const int fault = *(const int *)context;
    for (int i = 0; i < N_OUT; i++) {
        const double z = theta[i] * x[0] + theta[i + N_OUT] * x[1] + theta[2 * N_OUT + i];
        y[i] = fault == IN_FLOAT ? tanhf((float)z) : tanh(z);
    }
    return fault == FAILING ? -7 : 0;
}

static int32_t own_vjp(const double *x, const double *theta, const double *y_bar, double *x_bar,
                       double *theta_bar, void *context)
{
    const int fault = *(const int *)context;
    double y[N_OUT];
    own_value(x, theta, y, context);
    for (int j = 0; j < N_IN && fault != ADDED_TO && fault != UNWRITTEN; j++)
        x_bar[j] = 0;
    for (int i = 0; i < N_OUT; i++) {
        const double delta = (1 - y[i] * y[i]) * y_bar[i];
        for (int j = 0; j < N_IN; j++) {
            if (fault != UNWRITTEN)
                x_bar[j] += theta[fault == TRANSPOSED ? i * N_IN + j : i + j * N_OUT] * delta;
            theta_bar[i + j * N_OUT] = delta * x[j];
        }
        theta_bar[2 * N_OUT + i] = delta * (fault == ONE_ENTRY && i == 1 ? 1 + 1e-6 : 1);
    }
    return 0;
}

static mlp_status check_own(int *fault, mlp_check **check)
{
    static const double theta[N_THETA] = {0.5, -0.25, 1, 0.75, 0.125, -0.5, 0.25, -0.125, 0.0625};
    return mlp_check_function(N_IN, N_OUT, N_THETA, own_value, own_vjp, fault, theta, 5, check);
}

static void test_own_functions(void **state)
{
    static const char *const condemned[] = {NULL, "x_bar", "overwritten", "overwritten", NULL, "theta_bar"};
    (void)state;
    for (int fault = RIGHT; fault <= ONE_ENTRY; fault++) {
        mlp_check *check = NULL;
        accepted(check_own(&fault, &check));
        assert_int_equal(mlp_check_count(check), 4);
        if (condemned[fault]) {
            assert_int_equal(mlp_check_passed(check, row_of(check, condemned[fault])), 0);
            assert_int_equal(mlp_check_verdict(check), 0);
            mlp_check_destroy(check);
        } else {
            assert_true(mlp_check_bound(check, row_of(check, "x_bar")) < (fault == IN_FLOAT ? 1e-2 : 1e-7));
            assert_passes(check);
        }
    }
}

/* y = x^2 has no parameters; |x| has a kink that no difference should be asked about. */
static int32_t square_value(const double *x, const double *theta, double *y, void *context)
{
    (void)context;
    y[0] = theta ? NAN : x[0] * fabs(x[0]);
    return 0;
}

static int32_t square_vjp(const double *x, const double *theta, const double *y_bar, double *x_bar,
                          double *theta_bar, void *context)
{
    (void)context;
    x_bar[0] = theta || theta_bar ? NAN : 2 * fabs(x[0]) * y_bar[0];
    return 0;
}

static int32_t undefined_value(const double *x, const double *theta, double *y, void *context)
{
    (void)x, (void)theta, (void)context;
    y[0] = NAN;
    return 0;
}

static void test_no_parameters(void **state)
{
    mlp_check *check = NULL;
    (void)state;
    for (uint64_t seed = 0; seed < 50; seed++) {
        accepted(mlp_check_function(1, 1, 0, square_value, square_vjp, NULL, NULL, seed, &check));
        assert_int_equal(mlp_check_count(check), 3);
        assert_passes(check);
    }
    accepted(mlp_check_function(1, 1, 0, undefined_value, square_vjp, NULL, NULL, 1, &check));
    assert_false(mlp_check_passed(check, row_of(check, "x_bar")));
    mlp_check_destroy(check);
}

/* The seed decides: same seed, same numbers. */
static void test_seed(void **state)
{
    mlp_check *a = NULL, *b = NULL, *c = NULL;
    (void)state;
    accepted(mlp_check_loss(MLP_SOFTMAX_CROSS_ENTROPY, 4, 7, &a));
    accepted(mlp_check_loss(MLP_SOFTMAX_CROSS_ENTROPY, 4, 7, &b));
    accepted(mlp_check_loss(MLP_SOFTMAX_CROSS_ENTROPY, 4, 8, &c));
    int differences = 0;
    for (int32_t i = 0; i < mlp_check_count(a); i++) {
        assert_true(mlp_check_residual(a, i) == mlp_check_residual(b, i));
        differences += mlp_check_residual(a, i) != mlp_check_residual(c, i);
    }
    assert_true(differences > 0);
    mlp_check_destroy(a);
    mlp_check_destroy(b);
    mlp_check_destroy(c);
}

static void test_queries(void **state)
{
    mlp_check *check = NULL;
    (void)state;
    accepted(mlp_check_activation(MLP_TANH, 0, 1, &check));
    for (int32_t i = -1; i <= mlp_check_count(check); i += mlp_check_count(check) + 1) {
        assert_null(mlp_check_name(check, i));
        assert_null(mlp_check_method(check, i));
        assert_true(isnan(mlp_check_residual(check, i)) && isnan(mlp_check_bound(check, i)));
        assert_int_equal(mlp_check_passed(check, i), 0);
    }
    assert_string_equal(mlp_check_name(check, 1), "tanh sigma' f32");
    assert_string_equal(mlp_check_method(check, 1), "definition");
    assert_int_equal(mlp_check_count(NULL), 0);
    assert_int_equal(mlp_check_verdict(NULL), 0);
    assert_null(mlp_check_name(NULL, 0));
    mlp_check_destroy(check);
    mlp_check_destroy(NULL);
}

static void test_refusals(void **state)
{
    mlp_check *const junk = (mlp_check *)(intptr_t)8, *check = junk;
    int fault = RIGHT;
    mlp_activation activation = 0;
    mlp_loss loss = 0;
    double x = 0;
    (void)state;
    refused(mlp_check_activation(MLP_TANH, 0, 1, NULL), MLP_ERR_ARGUMENT, "check");
    refused(mlp_check_activation(99, 0, 1, &check), MLP_ERR_ARGUMENT, "activation = 99");
    assert_null(check);
    refused(mlp_check_activation(MLP_SINE, NAN, 1, &check), MLP_ERR_ARGUMENT, "parameter = nan");
    refused(mlp_check_loss(MLP_HUBER, 3, 1, NULL), MLP_ERR_ARGUMENT, "check");
    check = junk;
    refused(mlp_check_loss(99, 3, 1, &check), MLP_ERR_ARGUMENT, "loss = 99");
    assert_null(check);
    refused(mlp_check_loss(MLP_HUBER, 0, 1, &check), MLP_ERR_SIZE, "n = 0");
    refused(mlp_check_loss(MLP_HUBER, (1 << 20) + 1, 1, &check), MLP_ERR_SIZE, "n = 1048577");
    refused(mlp_check_loss(MLP_GAUSSIAN_NLL, 3, 1, &check), MLP_ERR_SIZE, "n = 3");
    refused(mlp_check_function(1, 1, 1, own_value, own_vjp, &fault, &x, 1, NULL), MLP_ERR_ARGUMENT, "check");
    check = junk;
    refused(mlp_check_function(0, 1, 1, own_value, own_vjp, &fault, &x, 1, &check), MLP_ERR_SIZE, "n_in = 0");
    assert_null(check);
    refused(mlp_check_function(1, -1, 1, own_value, own_vjp, &fault, &x, 1, &check), MLP_ERR_SIZE,
            "n_out = -1");
    refused(mlp_check_function(1, 1, INT64_MAX, own_value, own_vjp, &fault, &x, 1, &check), MLP_ERR_SIZE,
            "n_theta = ");
    refused(mlp_check_function(1, 1, 1, NULL, own_vjp, &fault, &x, 1, &check), MLP_ERR_ARGUMENT, "value");
    refused(mlp_check_function(1, 1, 1, own_value, NULL, &fault, &x, 1, &check), MLP_ERR_ARGUMENT, "vjp");
    refused(mlp_check_function(1, 1, 1, own_value, own_vjp, &fault, NULL, 1, &check), MLP_ERR_ARGUMENT,
            "theta");
    fault = FAILING;
    refused(check_own(&fault, &check), MLP_ERR_CALLBACK, "the checked value returned -7");
    assert_int_equal(mlp_last_callback_value(), -7);
    accepted(mlp_activation_register("own", 1, own_activation, &fault, NULL, &activation));
    refused(mlp_check_activation(activation, 0, 1, &check), MLP_ERR_CALLBACK, "returned -7");
    accepted(mlp_activation_unregister(activation));
    accepted(mlp_activation_register("own", 0, own_activation, &fault, NULL, &activation));
    refused(mlp_check_activation(activation, 0, 1, &check), MLP_ERR_UNSUPPORTED, "own has no derivative");
    accepted(mlp_activation_unregister(activation));
    accepted(mlp_loss_register("own", 1, own_loss, &fault, NULL, &loss));
    refused(mlp_check_loss(loss, 3, 1, &check), MLP_ERR_CALLBACK, "returned -7");
    accepted(mlp_loss_unregister(loss));
    accepted(mlp_loss_register("own", 0, own_loss, &fault, NULL, &loss));
    refused(mlp_check_loss(loss, 3, 1, &check), MLP_ERR_UNSUPPORTED, "own has no gradient");
    accepted(mlp_loss_unregister(loss));
    assert_null(check);
}

static mlp_status scenario(void *context)
{
    mlp_check *check = NULL;
    int fault = RIGHT;
    mlp_status status = mlp_check_activation(MLP_TANH, 0, 1, &check);
    (void)context;
    mlp_check_destroy(check);
    if (status == MLP_OK)
        status = mlp_check_loss(MLP_SOFTMAX_CROSS_ENTROPY, 3, 1, &check);
    mlp_check_destroy(status == MLP_OK ? check : NULL);
    if (status == MLP_OK)
        status = check_own(&fault, &check);
    mlp_check_destroy(status == MLP_OK ? check : NULL);
    return status;
}

static void test_memory(void **state)
{
    (void)state;
    assert_true(failing_allocator_sweep(scenario, NULL) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_built_in_activations),
        cmocka_unit_test(test_built_in_losses),
        cmocka_unit_test(test_own_activations),
        cmocka_unit_test(test_own_losses),
        cmocka_unit_test(test_own_functions),
        cmocka_unit_test(test_no_parameters),
        cmocka_unit_test(test_seed),
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_memory),
    };
    mlp_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
