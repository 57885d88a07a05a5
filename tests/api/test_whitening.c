/* Principal components, whitening, and folding a map of the inputs into a model. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { N_IN = 5, SAMPLES = 700, LDX = 7, LDW = 6 };

/* Standard normal, more or less: a sum of uniforms. */
static double draw_normal(draw *d)
{
    double sum = 0;
    for (int i = 0; i < 12; i++)
        sum += draw_real(d, -0.5, 0.5);
    return sum;
}

/* An orthonormal matrix, column-major: a product of reflections in planes. */
static void make_rotation(double *Q)
{
    for (int i = 0; i < N_IN * N_IN; i++)
        Q[i] = i % (N_IN + 1) == 0;
    for (int a = 0; a < N_IN; a++)
        for (int b = a + 1; b < N_IN; b++)
            for (int i = 0; i < N_IN; i++) {
                const double x = Q[i + a * N_IN], y = Q[i + b * N_IN], angle = 0.3 + a + 2 * b;
                Q[i + a * N_IN] = cos(angle) * x - sin(angle) * y;
                Q[i + b * N_IN] = sin(angle) * x + cos(angle) * y;
            }
}

#define REAL        float
#define T(name)     name##_f32
#define OTHER(name) name##_f64
#define REAL_DTYPE  MLP_F32
#define EPSILON     ((double)FLT_EPSILON)
#include "whitening_tmpl.h"
#include "fold_tmpl.h"
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
#include "whitening_tmpl.h"
#include "fold_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_components),     BOTH(test_planted), BOTH(test_fraction), BOTH(test_weights),
        BOTH(test_white),          BOTH(test_flat),    BOTH(test_refusals), BOTH(test_no_memory),
        BOTH(test_fold),           BOTH(test_apply),   BOTH(test_output),   BOTH(test_map_refusals),
        BOTH(test_fold_no_memory),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
