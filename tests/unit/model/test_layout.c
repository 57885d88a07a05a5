/* Where parameters lie, and their way between theta and padded storage. */
#include "model/layout.h"
#include "layer/padding.h"
#include "support/draw.h"

#include <stdlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

enum { MAX_LAYERS = 4 };

typedef struct net {
    int32_t layers;
    int64_t widths[MAX_LAYERS + 1];
} net;

/* Below, at and above a vector; a column stride that would be 4 KB; single rows and columns. */
static const net nets[] = {
    {1, {1, 1}},           {1, {3, 5}},         {2, {5, 16, 17}},
    {3, {2, 8, 9, 7}},     {2, {3, 1024, 512}}, {4, {33, 1, 40, 1, 31}},
    {3, {1, 15, 64, 100}},
};

#include "base/real32.h"
#include "layout_cases_tmpl.h"
#include "base/real64.h"
#include "layout_cases_tmpl.h"

static void test_overflow(void **state)
{
    const int64_t wide[] = {INT32_MAX, INT32_MAX, INT32_MAX};
    const int64_t fits[] = {INT32_MAX, 1 << 20};
    mlpi_layout_size size;
    (void)state;
    assert_false(mlpi_layout_place(MLP_F64, 1, wide, NULL, &size));
    assert_false(mlpi_layout_place(MLP_F32, 2, wide, NULL, &size));
    assert_true(mlpi_layout_place(MLP_F64, 1, fits, NULL, &size));
    assert_true(size.compact == ((int64_t)INT32_MAX + 1) * (1 << 20));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layouts_f32),
        cmocka_unit_test(test_layouts_f64),
        cmocka_unit_test(test_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
