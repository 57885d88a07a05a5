/* mlp/forward.h and the outputs a pass leaves, wrong in turn and right, against the library alone. */
#include "network.h"

#define REAL        float
#define T(name)     name##_f32
#define REAL_DTYPE  MLP_F32
#define OTHER_DTYPE MLP_F64
#include "network_tmpl.h"
#include "forward_api_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef OTHER_DTYPE
#define REAL        double
#define T(name)     name##_f64
#define REAL_DTYPE  MLP_F64
#define OTHER_DTYPE MLP_F32
#include "network_tmpl.h"
#include "forward_api_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_refusals),         BOTH(test_forward),
        BOTH(test_empty_batch),      BOTH(test_predict),
        BOTH(test_saturated_heads),  BOTH(test_in_place),
        BOTH(test_failing_callback), BOTH(test_get_output_refusals),
        BOTH(test_get_output),       BOTH(test_no_allocation),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
