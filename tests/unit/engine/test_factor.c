/* The factorisations of src/engine/blas.h: what they leave, multiplied, gives the matrix back. */
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <float.h>
#include <string.h>

#include <cmocka.h>

#include "support/draw.h"
#include "engine/blas.h"

#define EXTENT 140 /* the leading dimension of every matrix below */
#define SIDES  3
#define MARK   77 /* what must not be touched */

static const int64_t sizes[] = {1, 2, 3, 17, 64, 130};
enum { SIZES = sizeof sizes / sizeof *sizes };

static draw stream = {20240229};

static void expect_at_most(double value, double bound)
{
    if (!(value <= bound))
        fail_msg("%.3g, bound %.3g", value, bound);
}

#include "base/real32.h"
#define EPSILON (double)FLT_EPSILON
#include "cholesky_cases_tmpl.h"
#include "spectrum_cases_tmpl.h"
#include "rows_cases_tmpl.h"
#undef EPSILON
#include "base/real64.h"
#define EPSILON DBL_EPSILON
#include "cholesky_cases_tmpl.h"
#include "spectrum_cases_tmpl.h"
#include "rows_cases_tmpl.h"

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cholesky_f32),
        cmocka_unit_test(test_cholesky_f64),
        cmocka_unit_test(test_not_positive_f32),
        cmocka_unit_test(test_not_positive_f64),
        cmocka_unit_test(test_cholesky_sizes_f32),
        cmocka_unit_test(test_cholesky_sizes_f64),
        cmocka_unit_test(test_eigenvalues_f32),
        cmocka_unit_test(test_eigenvalues_f64),
        cmocka_unit_test(test_singular_values_f32),
        cmocka_unit_test(test_singular_values_f64),
        cmocka_unit_test(test_rows_f32),
        cmocka_unit_test(test_rows_f64),
        cmocka_unit_test(test_spectrum_sizes_f32),
        cmocka_unit_test(test_spectrum_sizes_f64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
