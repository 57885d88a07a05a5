/* Norms of layers, Lipschitz bounds, and bringing both down: against power iterations, Jacobians and projections' own law. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDEST = 130 };

/* The largest singular value of M (m x n, without gaps), by power iterations on M^T M in long double. */
static double power_norm(int64_t m, int64_t n, const double *M)
{
    static long double v[WIDEST], w[WIDEST];
    long double norm = 0;
    for (int64_t j = 0; j < n; j++)
        v[j] = 1 + (long double)j / (long double)n;
    for (int step = 0; step < 4000; step++) {
        long double length = 0;
        for (int64_t i = 0; i < m; i++) {
            w[i] = 0;
            for (int64_t j = 0; j < n; j++)
                w[i] += (long double)M[i + j * m] * v[j];
        }
        for (int64_t j = 0; j < n; j++) {
            v[j] = 0;
            for (int64_t i = 0; i < m; i++)
                v[j] += (long double)M[i + j * m] * w[i];
            length += v[j] * v[j];
        }
        length = sqrtl(length);
        const long double before = norm;
        norm = sqrtl(length);
        if (length == 0 || (step > 50 && fabsl(norm - before) <= 1e-19L * norm))
            break;
        for (int64_t j = 0; j < n; j++)
            v[j] /= length;
    }
    return (double)norm;
}

/* U V^T of M = U S V^T, or on the way to it: Newton and Schulz's iteration X <- 3/2 X - 1/2 X X^T X from M / |M| */
static void polar_factor(int64_t m, int64_t n, const double *M, double *X)
{
    static double G[WIDEST * WIDEST], next[WIDEST * WIDEST];
    const double norm = power_norm(m, n, M);
    for (int64_t i = 0; i < m * n; i++)
        X[i] = M[i] / norm;
    for (int step = 0; step < 40; step++) {
        for (int64_t j = 0; j < m; j++)
            for (int64_t i = 0; i < m; i++) {
                G[i + j * m] = 0;
                for (int64_t k = 0; k < n; k++)
                    G[i + j * m] += X[i + k * m] * X[j + k * m];
            }
        for (int64_t j = 0; j < n; j++)
            for (int64_t i = 0; i < m; i++) {
                next[i + j * m] = 1.5 * X[i + j * m];
                for (int64_t k = 0; k < m; k++)
                    next[i + j * m] -= 0.5 * G[i + k * m] * X[k + j * m];
            }
        memcpy(X, next, (size_t)(m * n) * sizeof *X);
    }
}

#define REAL        float
#define T(name)     name##_f32
#define OTHER(name) name##_f64
#define REAL_DTYPE  MLP_F32
#define EPSILON     ((double)FLT_EPSILON)
#include "spectrum_tmpl.h"
#include "limit_tmpl.h"
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
#include "spectrum_tmpl.h"
#include "limit_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_norms),         BOTH(test_one_layer),      BOTH(test_slopes),   BOTH(test_holds),
        BOTH(test_nearest),       BOTH(test_tiny),           BOTH(test_huge),     BOTH(test_hair),
        BOTH(test_limit_network), BOTH(test_hidden_by_zero), BOTH(test_refusals), BOTH(test_no_memory),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
