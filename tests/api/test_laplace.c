/* Variances of outputs by the Laplace approximation of the last layer: against the posterior computed densely here. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { N_IN = 3, HIDDEN = 7, N_OUT = 2, UNKNOWNS = HIDDEN + 1, SAMPLES = 150, PLACES = 140, MANY = 160 };

/* Of a pass: divides neither samples nor places, nor the tiles the library works in. */
enum { BATCH = 136 };

/* S = C^-1, n x n, by Gauss and Jordan with pivots on the diagonal: C is positive definite */
static void invert(int n, const long double *C, long double *S)
{
    static long double M[UNKNOWNS][2 * UNKNOWNS];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            M[i][j] = C[i + j * n];
            M[i][n + j] = i == j;
        }
    for (int k = 0; k < n; k++) {
        const long double pivot = M[k][k];
        for (int j = 0; j < 2 * n; j++)
            M[k][j] /= pivot;
        for (int i = 0; i < n; i++) {
            const long double factor = M[i][k];
            for (int j = 0; j < 2 * n && i != k; j++)
                M[i][j] -= factor * M[k][j];
        }
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            S[i + j * n] = M[i][n + j];
}

static int32_t give_up(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)order;
    (void)n;
    (void)z;
    (void)out;
    (void)context;
    return 7;
}

#define REAL        float
#define T(name)     name##_f32
#define OTHER(name) name##_f64
#define REAL_DTYPE  MLP_F32
#define EPSILON     ((double)FLT_EPSILON)
#include "laplace_tmpl.h"
#include "laplace_refusals_tmpl.h"
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
#include "laplace_tmpl.h"
#include "laplace_refusals_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_given_noise), BOTH(test_estimated_noise), BOTH(test_regression),
        BOTH(test_threads),     BOTH(test_refusals),        BOTH(test_states),
        BOTH(test_not_finite),  BOTH(test_callback),        BOTH(test_no_memory),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
