/* Least squares of src/engine/blas.h: the identities that define its solutions. */
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <float.h>
#include <string.h>

#include <cmocka.h>

#include "engine/blas.h"

#define EXTENT 48 /* the largest leading dimension below */
#define SIDES  3

static uint64_t random_state = 20240229;

/* in [-1, 1) */
static double random_real(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (double)(random_state >> 11) * 0x1p-52 - 1;
}

static void expect_at_most(double value, double bound)
{
    if (!(value <= bound))
        fail_msg("%.3g, bound %.3g", value, bound);
}

#include "base/real32.h"
#define EPSILON (double)FLT_EPSILON
#include "lstsq_cases_tmpl.h"
#undef EPSILON
#include "base/real64.h"
#define EPSILON DBL_EPSILON
#include "lstsq_cases_tmpl.h"

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_rank_f32),  cmocka_unit_test(test_full_rank_f64),
        cmocka_unit_test(test_least_norm_f32), cmocka_unit_test(test_least_norm_f64),
        cmocka_unit_test(test_deficient_f32),  cmocka_unit_test(test_deficient_f64),
        cmocka_unit_test(test_scale_f32),      cmocka_unit_test(test_scale_f64),
        cmocka_unit_test(test_exact_zero_f32), cmocka_unit_test(test_exact_zero_f64),
        cmocka_unit_test(test_bad_sizes_f32),  cmocka_unit_test(test_bad_sizes_f64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
