/* The functions of mlp/hessian.h at their simplest, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"

#include <math.h>

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "hessian_first_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "hessian_first_tmpl.h"

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_products_f32),
                                       cmocka_unit_test(test_products_f64)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
