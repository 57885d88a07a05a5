/* Every function of mlp/loss.h with every argument wrong in turn, and right, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <math.h>
#include <stdio.h>

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "loss_api_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "loss_api_tmpl.h"

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(mlp_loss_name(MLP_SQUARED_ERROR), "squared_error");
    assert_string_equal(mlp_loss_name(MLP_SOFTMAX_CROSS_ENTROPY), "softmax_cross_entropy");
    assert_string_equal(mlp_loss_name(MLP_ABSOLUTE_ERROR), "absolute_error");
    assert_string_equal(mlp_loss_name(MLP_HUBER), "huber");
    assert_string_equal(mlp_loss_name(MLP_LOG_COSH), "log_cosh");
    assert_string_equal(mlp_loss_name(MLP_QUANTILE), "quantile");
    assert_string_equal(mlp_loss_name(MLP_POISSON), "poisson");
    assert_string_equal(mlp_loss_name(MLP_GAUSSIAN_NLL), "gaussian_nll");
    assert_string_equal(mlp_loss_name(MLP_BINARY_CROSS_ENTROPY), "binary_cross_entropy");
    assert_string_equal(mlp_loss_name(MLP_HINGE), "hinge");
    assert_string_equal(mlp_loss_name(MLP_MULTICLASS_HINGE), "multiclass_hinge");
    assert_null(mlp_loss_name(MLP_MULTICLASS_HINGE + 1));
    assert_null(mlp_loss_name(0));
    assert_null(mlp_loss_name(-1));
    assert_null(mlp_loss_name(INT32_MAX));
    assert_null(mlp_loss_name(INT32_MIN));
    for (mlp_loss loss = 1; mlp_loss_name(loss); loss++)
        assert_int_equal(mlp_loss_from_name(mlp_loss_name(loss)), loss);
    assert_int_equal(mlp_loss_from_name(NULL), 0);
    assert_int_equal(mlp_loss_from_name(""), 0);
    assert_int_equal(mlp_loss_from_name("Squared_error"), 0);
}

static void test_parameters(void **state)
{
    static const struct {
        mlp_loss loss;
        const char *name;
        double value, least, most;
    } cases[] = {
        {MLP_SQUARED_ERROR, NULL, 0, 0, 0},
        {MLP_SOFTMAX_CROSS_ENTROPY, "smoothing", 0, 0, 1},
        {MLP_HUBER, "delta", 1, 1e-30, 1e30},
        {MLP_QUANTILE, "tau", 0.5, 1e-6, 1 - 1e-6},
    };
    const char *name = "";
    double value = 77, least = 77, most = 77;
    (void)state;
    refused(mlp_loss_parameter(0, &name, &value, &least, &most), MLP_ERR_ARGUMENT, "loss = 0");
    refused(mlp_loss_parameter(INT32_MIN, &name, &value, &least, &most), MLP_ERR_ARGUMENT, "loss = -2");
    refused(mlp_loss_parameter(INT32_MAX, &name, &value, &least, &most), MLP_ERR_ARGUMENT, "loss = 2");
    assert_true(value == 77 && least == 77 && most == 77 && *name == '\0');
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        accepted(mlp_loss_parameter(cases[i].loss, &name, &value, &least, &most));
        assert_true(value == cases[i].value && least == cases[i].least && most == cases[i].most);
        if (cases[i].name)
            assert_string_equal(name, cases[i].name);
        else
            assert_null(name);
        accepted(mlp_loss_parameter(cases[i].loss, NULL, NULL, NULL, NULL));
    }
}

static void test_configure(void **state)
{
    static const struct {
        mlp_loss loss;
        double parameter;
        const char *word;
    } cases[] = {
        {0, 1, "loss = 0"},
        {-1, 1, "loss = -1"},
        {INT32_MAX, 1, "loss = 2147483647"},
        {MLP_SQUARED_ERROR, 1, "squared_error has no parameter"},
        {MLP_HINGE, 1, "hinge has no parameter"},
        {MLP_HUBER, 0, "parameter = 0: the delta"},
        {MLP_HUBER, -1, "parameter = -1: the delta"},
        {MLP_HUBER, (double)INFINITY, "parameter = inf: the delta"},
        {MLP_QUANTILE, 1, "parameter = 1: the tau"},
        {MLP_QUANTILE, (double)NAN, "parameter = "},
        {MLP_SOFTMAX_CROSS_ENTROPY, 1.1, "parameter = 1.1: the smoothing"},
    };
    mlp_loss loss = 77, again = 77;
    double value = 0;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        loss = 77;
        refused(mlp_loss_configure(cases[i].loss, cases[i].parameter, &loss), MLP_ERR_ARGUMENT,
                cases[i].word);
        assert_int_equal(loss, 0);
    }
    refused(mlp_loss_configure(MLP_HUBER, 1, NULL), MLP_ERR_ARGUMENT, "configured = NULL");
    failing_allocator_fail_once(0);
    refused(mlp_loss_configure(MLP_HUBER, 1, &loss), MLP_ERR_MEMORY, "loss");
    failing_allocator_relent();
    assert_int_equal(loss, 0);
    accepted(mlp_loss_configure(MLP_HUBER, 0.25, &loss));
    accepted(mlp_loss_configure(loss, 4, &again));
    assert_string_equal(mlp_loss_name(loss), "huber");
    assert_int_equal(mlp_loss_from_name("huber"), MLP_HUBER);
    assert_int_equal(mlp_loss_from_name(""), 0);
    accepted(mlp_loss_parameter(loss, NULL, &value, NULL, NULL));
    assert_true(value == 0.25);
    accepted(mlp_loss_parameter(again, NULL, &value, NULL, NULL));
    assert_true(value == 4);
    accepted(mlp_loss_unregister(again));
    accepted(mlp_loss_unregister(loss));
    assert_null(mlp_loss_name(loss));
    refused(mlp_loss_unregister(loss), MLP_ERR_ARGUMENT, "loss = ");
    refused(mlp_loss_unregister(MLP_HUBER), MLP_ERR_ARGUMENT, "loss = 4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_refusals_f32),
        cmocka_unit_test(test_refusals_f64),
        cmocka_unit_test(test_weights_f32),
        cmocka_unit_test(test_weights_f64),
        cmocka_unit_test(test_values_f32),
        cmocka_unit_test(test_values_f64),
        cmocka_unit_test(test_skips_f32),
        cmocka_unit_test(test_skips_f64),
        cmocka_unit_test(test_hvp_refusals_f32),
        cmocka_unit_test(test_hvp_refusals_f64),
        cmocka_unit_test(test_hvp_values_f32),
        cmocka_unit_test(test_hvp_values_f64),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_configure),
        cmocka_unit_test(test_configured_f32),
        cmocka_unit_test(test_configured_f64),
        cmocka_unit_test(test_pairs_f32),
        cmocka_unit_test(test_pairs_f64),
        cmocka_unit_test(test_training_f32),
        cmocka_unit_test(test_training_f64),
    };
    mlp_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
