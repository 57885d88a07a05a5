/* Finiteness at every place of a block, and the place found again. */
#include "train/finite.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

enum { ROWS = 5, COLUMNS = 7, LD = 9 };

#include "base/real32.h"
#include "finite_cases_tmpl.h"
#include "base/real64.h"
#include "finite_cases_tmpl.h"

static void test_f32(void **state)
{
    const float bad[] = {NAN, -NAN, INFINITY, -INFINITY}, good[] = {FLT_MAX, -FLT_MAX, FLT_TRUE_MIN, -0.0f};
    (void)state;
    check_f32(bad, good, ROWS);
    check_f32(bad, good, LD);
}

static void test_f64(void **state)
{
    const double bad[] = {NAN, -NAN, INFINITY, -INFINITY}, good[] = {DBL_MAX, -DBL_MAX, DBL_TRUE_MIN, -0.0};
    (void)state;
    check_f64(bad, good, ROWS);
    check_f64(bad, good, LD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_f32), cmocka_unit_test(test_f64)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
