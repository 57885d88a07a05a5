/* Losses against their definitions, and the identities a loss obeys. */
#include "base/error.h"
#include "loss/loss.h"
#include "reference.h"
#include "support/draw.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

enum { SAMPLES = 7, MOST = REFERENCE_MOST };

/* Sizes around the pieces the exponentials are taken in. */
static const int64_t sizes[] = {1, 2, 3, 10, 127, 128, 129, 300};

static void close_to(double value, long double expected, double scale, double tolerance, const char *what,
                     uint64_t seed)
{
    const double error = fabs((double)((long double)value - expected));
    if (!(error <= tolerance * scale))
        fail_msg("seed %llu, %s: %.17g instead of %.17Lg, off by %g", (unsigned long long)seed, what, value,
                 expected, error);
}

#include "base/real32.h"
#define EPSILON 0x1p-23
#include "loss_cases_tmpl.h"
#undef EPSILON
#include "base/real64.h"
#define EPSILON 0x1p-52
#include "loss_cases_tmpl.h"
#undef EPSILON

static void test_table(void **state)
{
    (void)state;
    assert_int_equal(mlpi_loss_count(), REFERENCES);
    for (int32_t i = 0; i < mlpi_loss_count(); i++) {
        const mlpi_loss *loss = mlpi_loss_at(i);
        assert_int_equal(loss->id, i + 1);
        assert_int_equal(references[i].id, i + 1);
        assert_ptr_equal(mlpi_loss_of(loss->id), loss);
        assert_ptr_equal(mlpi_loss_find(loss->name), loss);
    }
    assert_null(mlpi_loss_of(0));
    assert_null(mlpi_loss_of(mlpi_loss_count() + 1));
    assert_null(mlpi_loss_find("no such loss"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_definition_f32),
        cmocka_unit_test(test_definition_f64),
        cmocka_unit_test(test_labels_f32),
        cmocka_unit_test(test_labels_f64),
        cmocka_unit_test(test_weights_f32),
        cmocka_unit_test(test_weights_f64),
        cmocka_unit_test(test_in_place_f32),
        cmocka_unit_test(test_in_place_f64),
        cmocka_unit_test(test_large_logits_f32),
        cmocka_unit_test(test_large_logits_f64),
        cmocka_unit_test(test_not_finite_f32),
        cmocka_unit_test(test_not_finite_f64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
