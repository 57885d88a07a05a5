/* The last layer in closed form: what least squares promises, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>

enum { N_IN = 3, HIDDEN = 8, N_OUT = 2, MOST = 200, UNKNOWNS = HIDDEN + 1 };

static const int64_t widths[] = {N_IN, 6, HIDDEN, N_OUT};

#define REAL        float
#define T(name)     name##_f32
#define OTHER(name) name##_f64
#define REAL_DTYPE  MLP_F32
#define EPSILON     ((double)FLT_EPSILON)
#include "fit_output_tmpl.h"
#undef REAL
#undef T
#undef OTHER
#undef REAL_DTYPE
#undef EPSILON
#define REAL        double
#define T(name)     name##_f64
#define OTHER(name) name##_f32
#define REAL_DTYPE  MLP_F64
#define EPSILON     DBL_EPSILON
#include "fit_output_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_planted),    BOTH(test_residual),  BOTH(test_scaling), BOTH(test_single_layer),
        BOTH(test_dependent),  BOTH(test_few),       BOTH(test_dead),    BOTH(test_refusals),
        BOTH(test_not_finite), BOTH(test_no_memory),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
