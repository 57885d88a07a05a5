/* Products with the Hessians of losses: against differences of exact gradients, and the identities they obey. */
#include "loss/loss.h"
#include "reference.h"
#include "support/draw.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

enum { SAMPLES = 3, STREAMS = 17, MOST = REFERENCE_MOST, COLUMNS = SAMPLES * STREAMS };

/* Sizes around the pieces the exponentials are taken in; vectors around the number that shares them. */
static const int64_t sizes[] = {1, 2, 3, 10, 127, 128, 129, 300};
static const int64_t counts[] = {1, 2, 15, 16, 17};

static void close_to(double value, long double expected, double bound, const char *what, uint64_t seed)
{
    const double error = fabs((double)((long double)value - expected));
    if (!(error <= bound))
        fail_msg("seed %llu, %s: %.17g instead of %.17Lg, off by %g", (unsigned long long)seed, what, value,
                 expected, error);
}

/* Whether a loss can be taken of n outputs. */
static int fits(int which, int64_t n)
{
    return mlpi_loss_check_outputs(mlpi_loss_at(which), n) == MLP_OK;
}

#include "base/real32.h"
#define EPSILON 0x1p-23
#include "loss_hvp_tmpl.h"
#undef EPSILON
#include "base/real64.h"
#define EPSILON 0x1p-52
#include "loss_hvp_tmpl.h"
#undef EPSILON

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_differences_f32),
        cmocka_unit_test(test_differences_f64),
        cmocka_unit_test(test_symmetry_f32),
        cmocka_unit_test(test_symmetry_f64),
        cmocka_unit_test(test_labels_f32),
        cmocka_unit_test(test_labels_f64),
        cmocka_unit_test(test_in_place_f32),
        cmocka_unit_test(test_in_place_f64),
        cmocka_unit_test(test_saturated_softmax_f32),
        cmocka_unit_test(test_saturated_softmax_f64),
        cmocka_unit_test(test_not_finite_f32),
        cmocka_unit_test(test_not_finite_f64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
