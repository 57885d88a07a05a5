/* A layer of low rank in place of another. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { N_IN = 6, WIDE = 20, DEEP = 12, N_OUT = 3, BATCH = 10 };

static const int64_t widths[] = {N_IN, WIDE, DEEP, N_OUT};

static int32_t double_it(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = order == 0 ? 2 * z[i] : order == 1 ? 2 : 0;
    return 0;
}

static void count_release(void *context)
{
    ++*(int *)context;
}

#define REAL        float
#define T(name)     name##_f32
#define OTHER(name) name##_f64
#define REAL_DTYPE  MLP_F32
#define EPSILON     ((double)FLT_EPSILON)
#include "compress_tmpl.h"
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
#include "compress_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_full),       BOTH(test_error),    BOTH(test_planted),   BOTH(test_rest),
        BOTH(test_registered), BOTH(test_refusals), BOTH(test_no_memory),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
