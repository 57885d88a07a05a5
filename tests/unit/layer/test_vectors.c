/*
 * The vectors of the activations as functions over arrays, for every instruction set this processor has: every element
 * gives the same bits wherever it stands, and nothing else is touched. Limits, kinks and NaN; accuracy is judged in
 * test_activation_f32, _f64 and _exhaustive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "support/activation_case.h"
#include "support/numbers.h"

enum { VALUE, SLOPE, SECOND, THIRD, SCALE, FUNCTIONS, LONGEST = 70, GUARD = 64 };

#include "base/real32.h"
#define REAL_MIN     FLT_MIN
#define REAL_MAX     FLT_MAX
#define REAL_TINY    0x1p-149f
#define REAL_EPSILON FLT_EPSILON
#include "vectors_tmpl.h"

#include "base/real64.h"
#undef REAL_MIN
#undef REAL_MAX
#undef REAL_TINY
#undef REAL_EPSILON
#define REAL_MIN     DBL_MIN
#define REAL_MAX     DBL_MAX
#define REAL_TINY    0x1p-1074
#define REAL_EPSILON DBL_EPSILON
#include "vectors_tmpl.h"

/* Levels without a table of their own have the one below. */
static void test_levels(void **state)
{
    (void)state;
    assert_ptr_equal(mlpi_activation_vectors(MLPI_VECTOR_AVX), mlpi_activation_vectors(MLPI_VECTOR_BASE));
    for (int level = MLPI_VECTOR_BASE; level <= MLPI_VECTOR_AVX512; level++)
        for (int32_t i = 0; i < mlpi_activation_kind_count(); i++) {
            const struct mlpi_activation_vectors *v = mlpi_activation_vectors((enum mlpi_vector_level)level);
            const int32_t id = mlpi_activation_kind_at(i)->id;
            assert_true(v->f32[id].value && v->f32[id].slope && v->f32[id].scale);
            assert_true(v->f32[id].second && v->f32[id].third);
            assert_true(v->f64[id].value && v->f64[id].slope && v->f64[id].scale);
            assert_true(v->f64[id].second && v->f64[id].third);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),       cmocka_unit_test(test_tails_f32),
        cmocka_unit_test(test_tails_f64),    cmocka_unit_test(test_runs_f32),
        cmocka_unit_test(test_runs_f64),     cmocka_unit_test(test_in_place_f32),
        cmocka_unit_test(test_in_place_f64), cmocka_unit_test(test_scale_f32),
        cmocka_unit_test(test_scale_f64),    cmocka_unit_test(test_ends_f32),
        cmocka_unit_test(test_ends_f64),     cmocka_unit_test(test_small_f32),
        cmocka_unit_test(test_small_f64),    cmocka_unit_test(test_kinks_f32),
        cmocka_unit_test(test_kinks_f64),    cmocka_unit_test(test_far_sine_f32),
        cmocka_unit_test(test_far_sine_f64), cmocka_unit_test(test_straight_f32),
        cmocka_unit_test(test_straight_f64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
