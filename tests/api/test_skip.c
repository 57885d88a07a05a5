/* Samples that are not finite, left out of steps: as if they were not there, to the bit, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>

enum {
    N_IN = 3,
    N_OUT = 2,
    BATCH = 12,
    SAMPLES = 30,
    PARAMS = 4 * 7 + 8 * 2,
    LDX = N_IN + 1,
    LDT = N_OUT + 2
};

static const int64_t widths[] = {N_IN, 7, N_OUT};

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define EPS        FLT_EPSILON
#include "skip_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef EPS
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define EPS        DBL_EPSILON
#include "skip_tmpl.h"

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps_f32),    cmocka_unit_test(test_steps_f64),
        cmocka_unit_test(test_epoch_f32),    cmocka_unit_test(test_epoch_f64),
        cmocka_unit_test(test_shuffled_f32), cmocka_unit_test(test_shuffled_f64),
        cmocka_unit_test(test_nothing_f32),  cmocka_unit_test(test_nothing_f64),
        cmocka_unit_test(test_failure_f32),  cmocka_unit_test(test_failure_f64),
        cmocka_unit_test(test_hot_f32),      cmocka_unit_test(test_hot_f64),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    assert_int_equal(mlp_trainer_skipped_count(NULL), 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
