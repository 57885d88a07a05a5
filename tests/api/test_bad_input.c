/* What data sets and batches may not be: the status and message of each, and nothing changed, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"

#include <math.h>
#include <stdio.h>

enum { N_IN = 2, N_OUT = 4, SAMPLES = 10, BATCH = 4, PARAMS = 3 * 5 + 6 * 4 };

static const int64_t widths[] = {N_IN, 5, N_OUT};
static const int32_t good_labels[SAMPLES] = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1};

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define OTHER      MLP_F64
#include "bad_input_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef OTHER
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define OTHER      MLP_F32
#include "bad_input_tmpl.h"

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_f32),   cmocka_unit_test(test_table_f64),
        cmocka_unit_test(test_numbers_f32), cmocka_unit_test(test_numbers_f64),
        cmocka_unit_test(test_unused_f32),  cmocka_unit_test(test_unused_f64),
        cmocka_unit_test(test_large_f32),   cmocka_unit_test(test_large_f64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
