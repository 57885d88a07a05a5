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

/* Whether a loss can be taken of n outputs. */
static int fits(int which, int64_t n)
{
    return mlpi_loss_check_outputs(mlpi_loss_at(which), n) == MLP_OK;
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

/* What saturates says what mathematics says, in number types that hold it: no NaN, no overflow on the way. */
static void test_extremes(void **state)
{
    static const double infinity = (double)INFINITY, log_2 = 0.69314718055994530942;
    static const struct {
        int32_t id;
        int64_t n;
        double y[2], t[2], value, y_bar[2];
    } cases[] = {
        {MLP_ABSOLUTE_ERROR, 2, {3, infinity}, {3, 0}, infinity, {0, 1}},
        {MLP_HUBER, 2, {1e300, -infinity}, {0, 0}, infinity, {1, -1}},
        {MLP_HUBER, 1, {1}, {0}, 0.5, {1}},
        {MLP_LOG_COSH, 1, {1e4}, {0}, 1e4 - log_2, {1}},
        {MLP_LOG_COSH, 1, {-infinity}, {0}, infinity, {-1}},
        {MLP_LOG_COSH, 1, {1e-9}, {0}, 0.5e-18, {1e-9}},
        {MLP_QUANTILE, 2, {2, infinity}, {2, 1}, infinity, {0, 0.5}},
        {MLP_POISSON, 1, {1e4}, {3}, infinity, {infinity}},
        {MLP_POISSON, 1, {infinity}, {3}, infinity, {infinity}},
        {MLP_POISSON, 1, {-infinity}, {0}, 0, {0}},
        {MLP_POISSON, 1, {-infinity}, {1}, infinity, {-1}},
        {MLP_GAUSSIAN_NLL, 2, {2, 1e4}, {1, 0}, 5e3, {0, 0.5}},
        {MLP_GAUSSIAN_NLL, 2, {1, -1e4}, {1, 0}, -5e3, {0, 0.5}},
        {MLP_BINARY_CROSS_ENTROPY, 2, {1e4, -1e4}, {1, 0}, 0, {0, 0}},
        {MLP_BINARY_CROSS_ENTROPY, 2, {1e4, -1e4}, {0, 1}, 2e4, {1, -1}},
        {MLP_BINARY_CROSS_ENTROPY, 2, {infinity, -infinity}, {1, 0}, 0, {0, 0}},
        {MLP_BINARY_CROSS_ENTROPY, 1, {50}, {1}, 1.9287498479639178e-22, {-1.9287498479639178e-22}},
        {MLP_HINGE, 2, {infinity, -1e4}, {1, 1}, 10001, {0, -1}},
        {MLP_HINGE, 2, {1, -1}, {1, 0}, 0, {0, 0}},
        {MLP_MULTICLASS_HINGE, 2, {1e4, -1e4}, {0, 1}, 20001, {1, -1}},
        {MLP_MULTICLASS_HINGE, 2, {2, 1}, {1, 0}, 0, {0, 0}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const mlpi_targets_f64 targets = {.t = cases[i].t, .ldt = 2};
        double y_bar[2] = {77, 77};
        const double value =
            mlpi_loss_sum_f64(mlpi_loss_of(cases[i].id), cases[i].n, 1, cases[i].y, 2, &targets, 1, y_bar, 2);
        if (value != cases[i].value) /* infinities included */
            close_to(value, (long double)cases[i].value, fabs(cases[i].value), 1e-15, "value", i);
        for (int64_t p = 0; p < cases[i].n; p++)
            if (y_bar[p] != cases[i].y_bar[p])
                close_to(y_bar[p], (long double)cases[i].y_bar[p], fabs(cases[i].y_bar[p]), 1e-15, "y_bar",
                         i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_extremes),
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
