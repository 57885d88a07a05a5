/* Metrics and confusion matrices: by hand, against plain loops, and refused, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

enum { MOST = 97, WIDEST = 7 };

/* What a plain loop finds. */
typedef struct found {
    double value[MLP_METRIC_R2 + 1];
    int64_t counts[WIDEST * WIDEST];
} found;

static int32_t second_fails(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    int *calls = context;
    (void)order;
    for (int64_t i = 0; i < n; i++)
        out[i] = z[i];
    return ++*calls >= 2;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define OTHER      MLP_F64
#define EPS        FLT_EPSILON
#include "metric_tmpl.h"
#include "trainer_metric_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef OTHER
#undef EPS
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define OTHER      MLP_F32
#define EPS        DBL_EPSILON
#include "metric_tmpl.h"
#include "trainer_metric_tmpl.h"

static void test_names(void **state)
{
    static const char *const names[] = {"accuracy", "top_k", "rmse", "mae", "r2"};
    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_string_equal(mlp_metric_name(1 + i), names[i]);
        assert_int_equal(mlp_metric_from_name(names[i]), 1 + i);
    }
    assert_null(mlp_metric_name(0));
    assert_null(mlp_metric_name(6));
    assert_null(mlp_metric_name(INT32_MIN));
    assert_int_equal(mlp_metric_from_name(NULL), 0);
    assert_int_equal(mlp_metric_from_name("R2"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_classes_f32),
        cmocka_unit_test(test_classes_f64),
        cmocka_unit_test(test_one_output_f32),
        cmocka_unit_test(test_one_output_f64),
        cmocka_unit_test(test_r2_f32),
        cmocka_unit_test(test_r2_f64),
        cmocka_unit_test(test_against_loops_f32),
        cmocka_unit_test(test_against_loops_f64),
        cmocka_unit_test(test_refused_f32),
        cmocka_unit_test(test_refused_f64),
        cmocka_unit_test(test_trainer_f32),
        cmocka_unit_test(test_trainer_f64),
        cmocka_unit_test(test_trainer_refused_f32),
        cmocka_unit_test(test_trainer_refused_f64),
        cmocka_unit_test(test_callback_f32),
        cmocka_unit_test(test_callback_f64),
        cmocka_unit_test(test_no_memory_f32),
        cmocka_unit_test(test_no_memory_f64),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
