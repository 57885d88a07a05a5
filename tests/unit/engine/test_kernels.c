/* src/engine/product.h: the kernels of every instruction set this processor has. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/product.h"
#include "mlp/base.h"
#include "support/numbers.h"

static const mlpi_kernels *kernels; /* under test */
static uint64_t seed;

#include "base/real32.h"
#define EPSILON FLT_EPSILON
#define FMA     fmaf
#include "kernels_cases_tmpl.h"
#undef EPSILON
#undef FMA
#include "base/real64.h"
#define EPSILON DBL_EPSILON
#define FMA     fma
#include "kernels_cases_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_products),
        BOTH(test_blocks),
        BOTH(test_nan),
        BOTH(test_single),
        BOTH(test_dots),
        BOTH(test_descents),
        BOTH(test_sums_and_transposes),
        BOTH(test_add_and_largest),
        BOTH(test_samples),
    };
    int failed = 0;
    for (int level = MLPI_VECTOR_BASE; level <= MLPI_VECTOR_AVX512; level++) {
        kernels = mlpi_kernels_for((enum mlpi_vector_level)level);
        if ((int)kernels->level != level)
            continue;
        if (kernels->level > mlpi_cpu()->level)
            printf("SKIPPED: this processor has no %s\n", kernels->name);
        else
            failed += cmocka_run_group_tests_name(kernels->name, tests, NULL, NULL);
    }
    return failed;
}
