/* Scalings fitted to data: against plain loops, on hard numbers, and refused, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

enum { N = 5, MOST = 301 };

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define EPS        FLT_EPSILON
#define OTHER      MLP_F64
#include "scaling_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef EPS
#undef OTHER
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define EPS        DBL_EPSILON
#define OTHER      MLP_F32
#include "scaling_tmpl.h"

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(mlp_scaling_name(MLP_SCALING_STANDARD), "standard");
    assert_string_equal(mlp_scaling_name(MLP_SCALING_MIN_MAX), "min_max");
    for (mlp_scaling scaling = 1; mlp_scaling_name(scaling); scaling++)
        assert_int_equal(mlp_scaling_from_name(mlp_scaling_name(scaling)), scaling);
    assert_null(mlp_scaling_name(0));
    assert_null(mlp_scaling_name(3));
    assert_null(mlp_scaling_name(INT32_MIN));
    assert_int_equal(mlp_scaling_from_name(NULL), 0);
    assert_int_equal(mlp_scaling_from_name("minmax"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_against_loops_f32),
        cmocka_unit_test(test_against_loops_f64),
        cmocka_unit_test(test_hard_f32),
        cmocka_unit_test(test_hard_f64),
        cmocka_unit_test(test_not_finite_f32),
        cmocka_unit_test(test_not_finite_f64),
        cmocka_unit_test(test_beyond_f32),
        cmocka_unit_test(test_beyond_f64),
        cmocka_unit_test(test_refused_f32),
        cmocka_unit_test(test_refused_f64),
        cmocka_unit_test(test_no_memory_f32),
        cmocka_unit_test(test_no_memory_f64),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
