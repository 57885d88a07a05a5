/* The BLAS seam against plain double loops; included by test_blas.c and test_blas_split.c. */
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <float.h>

#include <cmocka.h>

#include "engine/blas.h"

#define EXTENT 40 /* the largest leading dimension in the cases below */

static uint64_t random_state;
static uint64_t case_seed;

static void begin_case(uint64_t seed)
{
    case_seed = seed;
    random_state = seed * 0x9E3779B97F4A7C15u + 1;
}

static uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* in [-1, 1) */
static double random_real(void)
{
    return (double)(random_bits() >> 11) * 0x1p-52 - 1;
}

static int64_t random_size(void)
{
    static const int64_t sizes[] = {1, 2, 3, 5, 7, 11, 16, 17, 31};
    return sizes[random_bits() % (sizeof sizes / sizeof *sizes)];
}

static int64_t random_below(int64_t n)
{
    return (int64_t)(random_bits() % (uint64_t)n);
}

static void expect_near(double actual, double expected, double bound)
{
    if (!(fabs(actual - expected) <= bound))
        fail_msg("seed %llu: %.17g instead of %.17g, bound %.3g", (unsigned long long)case_seed, actual,
                 expected, bound);
}

#include "base/real32.h"
#define EPSILON (double)FLT_EPSILON
#include "blas_cases_tmpl.h"
#undef EPSILON
#include "base/real64.h"
#define EPSILON DBL_EPSILON
#include "blas_cases_tmpl.h"
#undef EPSILON

static const struct CMUnitTest product_tests[] = {
    cmocka_unit_test(test_gemm_f32),    cmocka_unit_test(test_gemm_f64),  cmocka_unit_test(test_gemv_f32),
    cmocka_unit_test(test_gemv_f64),    cmocka_unit_test(test_ger_f32),   cmocka_unit_test(test_ger_f64),
    cmocka_unit_test(test_syrk_f32),    cmocka_unit_test(test_syrk_f64),  cmocka_unit_test(test_vectors_f32),
    cmocka_unit_test(test_vectors_f64), cmocka_unit_test(test_empty_f32), cmocka_unit_test(test_empty_f64),
};
