/* Heads: the table, and the kernels at ordinary, extreme and undefined values. */
#include "model/head.h"
#include "model/workspace.h"
#include "support/draw.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/real32.h"
#include "head_cases_tmpl.h"
#include "base/real64.h"
#include "head_cases_tmpl.h"

static void test_table(void **state)
{
    (void)state;
    for (int32_t i = 0; i < mlpi_head_count(); i++) {
        const mlpi_head_kind *head = mlpi_head_at(i);
        assert_ptr_equal(mlpi_head_of(head->id), head);
        assert_ptr_equal(mlpi_head_find(head->name), head);
        assert_int_equal(!head->apply_f32, !head->apply_f64);
    }
    assert_int_equal(mlpi_head_find("softmax")->id, MLP_HEAD_SOFTMAX);
    assert_null(mlpi_head_of(0));
    assert_null(mlpi_head_of(INT32_MIN));
    assert_null(mlpi_head_of(mlpi_head_count() + 1));
    assert_null(mlpi_head_at(-1));
    assert_null(mlpi_head_find("Softmax"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),        cmocka_unit_test(test_values_f32),
        cmocka_unit_test(test_values_f64),   cmocka_unit_test(test_extremes_f32),
        cmocka_unit_test(test_extremes_f64), cmocka_unit_test(test_nan_f32),
        cmocka_unit_test(test_nan_f64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
