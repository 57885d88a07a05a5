/* Weights of classes, multiplied into those of samples, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

enum { SAMPLES = 8, CLASSES = 4 };

/* 4, 1, 0 and 3 samples */
static const int32_t labels[SAMPLES] = {0, 3, 0, 1, 0, 3, 3, 0};

#define REAL        float
#define T(name)     name##_f32
#define REAL_DTYPE  MLP_F32
#define OTHER_DTYPE MLP_F64
#define EPS         FLT_EPSILON
#define LARGEST     FLT_MAX
#include "class_weights_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef OTHER_DTYPE
#undef EPS
#undef LARGEST
#define REAL        double
#define T(name)     name##_f64
#define REAL_DTYPE  MLP_F64
#define OTHER_DTYPE MLP_F32
#define EPS         DBL_EPSILON
#define LARGEST     DBL_MAX
#include "class_weights_tmpl.h"

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_apply_f32),     cmocka_unit_test(test_apply_f64),
        cmocka_unit_test(test_balance_f32),   cmocka_unit_test(test_balance_f64),
        cmocka_unit_test(test_refused_f32),   cmocka_unit_test(test_refused_f64),
        cmocka_unit_test(test_no_memory_f32), cmocka_unit_test(test_no_memory_f64),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
