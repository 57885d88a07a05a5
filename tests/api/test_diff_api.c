/* Every function of mlp/diff.h with every argument and state wrong in turn, and right, against the library alone. */
#include "network.h"

#include <stdio.h>

#define REAL        float
#define T(name)     name##_f32
#define REAL_DTYPE  MLP_F32
#define OTHER_DTYPE MLP_F64
#include "network_tmpl.h"
#include "diff_api_tmpl.h"
#include "diff_values_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef OTHER_DTYPE
#define REAL        double
#define T(name)     name##_f64
#define REAL_DTYPE  MLP_F64
#define OTHER_DTYPE MLP_F32
#include "network_tmpl.h"
#include "diff_api_tmpl.h"
#include "diff_values_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_wrong_objects),
        BOTH(test_wrong_states),
        BOTH(test_clone),
        BOTH(test_bad_vjp),
        BOTH(test_bad_jvp),
        BOTH(test_bad_jacobian_layers),
        BOTH(test_bad_jacobian_sizes),
        BOTH(test_no_derivative),
        BOTH(test_failing_callback),
        BOTH(test_vjp),
        BOTH(test_vjp_skips),
        BOTH(test_jvp),
        BOTH(test_jacobians),
        BOTH(test_single_matrix),
        BOTH(test_undisturbed),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
