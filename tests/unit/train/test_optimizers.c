/*
 * 100 steps of every optimizer against plain double code written from the papers' equations: 1e-14 in f64 and 1e-6 in
 * f32, relative to the largest parameter so far.
 */
#include "support/draw.h"
#include "support/optimizer_rule.h"
#include "train/optimizer.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { COUNT = 1003, PADDED = 1024, STEPS = 100 };

/* The rate of step t: it may change between steps. */
static double rate_of(const optimizer_rule *rule, int t)
{
    return rule->rate * (t < STEPS / 2 ? 1 : 0.5);
}

/* What both see at step t: noise around a pull towards 0, over many magnitudes. */
static double gradient(draw *d, const optimizer_element *e, int64_t i)
{
    const double size = exp2((double)(i % 21) - 18);
    return (double)(float)(size * (0.3 * e->theta + draw_real(d, -1, 1)));
}

#include "base/real32.h"
#include "optimizer_cases_tmpl.h"
#include "base/real64.h"
#include "optimizer_cases_tmpl.h"

static void test_f32(void **state)
{
    (void)state;
    for (int32_t which = 0; which < optimizer_rule_count; which++)
        check_f32(which, 1e-6);
}

static void test_f64(void **state)
{
    (void)state;
    for (int32_t which = 0; which < optimizer_rule_count; which++)
        check_f64(which, 1e-14);
}

static void test_table(void **state)
{
    (void)state;
    for (int32_t i = 0; i < mlpi_optimizer_count(); i++) {
        const mlpi_optimizer *optimizer = mlpi_optimizer_at(i);
        assert_int_equal(optimizer->id, i + 1);
        assert_ptr_equal(mlpi_optimizer_of(optimizer->id), optimizer);
        assert_ptr_equal(mlpi_optimizer_find(optimizer->name), optimizer);
    }
    assert_null(mlpi_optimizer_of(0));
    assert_null(mlpi_optimizer_of(mlpi_optimizer_count() + 1));
    assert_null(mlpi_optimizer_find("no such optimizer"));
    assert_true(mlpi_option_of(MLP_TRAINER_OPTIMIZER)->maximum == mlpi_optimizer_count());
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table), cmocka_unit_test(test_f32),
                                       cmocka_unit_test(test_f64)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
