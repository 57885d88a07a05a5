/* Every function of mlp/loss.h with every argument wrong in turn, and right, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"

#include <math.h>
#include <stdio.h>

#define REAL    float
#define T(name) name##_f32
#include "loss_api_tmpl.h"
#undef REAL
#undef T
#define REAL    double
#define T(name) name##_f64
#include "loss_api_tmpl.h"

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(mlp_loss_name(MLP_SQUARED_ERROR), "squared_error");
    assert_string_equal(mlp_loss_name(MLP_SOFTMAX_CROSS_ENTROPY), "softmax_cross_entropy");
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
