/* Steps on losses of derivatives, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"

#include <math.h>

enum { DIMENSIONS = 3, SAMPLES = 5, MOST = 10 };

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "trainer_jet_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "trainer_jet_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {BOTH(test_steps), BOTH(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
