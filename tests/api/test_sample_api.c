/* Every function of mlp/sample.h, and the Jacobians of the whole model, with every argument wrong in turn, and right. */
#include "network.h"

#include <stdio.h>

#define REAL        float
#define T(name)     name##_f32
#define REAL_DTYPE  MLP_F32
#define OTHER_DTYPE MLP_F64
#include "network_tmpl.h"
#include "sample_api_tmpl.h"
#include "sample_values_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef OTHER_DTYPE
#define REAL        double
#define T(name)     name##_f64
#define REAL_DTYPE  MLP_F64
#define OTHER_DTYPE MLP_F32
#include "network_tmpl.h"
#include "sample_api_tmpl.h"
#include "sample_values_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_missing_uses), BOTH(test_bad_arguments),   BOTH(test_bad_bounds),
        BOTH(test_bad_sizes),    BOTH(test_sample_values),   BOTH(test_clipping),
        BOTH(test_not_a_number), BOTH(test_whole_jacobians), BOTH(test_normal_equations),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
