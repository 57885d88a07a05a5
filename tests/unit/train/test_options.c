/* The table of options, bounds included. */
#include "train/options.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static void test_table(void **state)
{
    (void)state;
    for (int32_t i = 0; i < MLPI_OPTION_COUNT; i++) {
        const mlpi_option *option = mlpi_option_at(i);
        assert_int_equal(option->id, i + 1);
        assert_ptr_equal(mlpi_option_of(option->id), option);
        assert_ptr_equal(mlpi_option_find(option->name), option);
        assert_true(option->kind == MLP_OPTION_INT || option->kind == MLP_OPTION_REAL);
        assert_true(option->minimum <= option->default_value && option->default_value <= option->maximum);
        if (option->kind == MLP_OPTION_INT) {
            assert_true(option->maximum < 0x1p53 && option->minimum > -0x1p53);
            assert_true(option->default_value == floor(option->default_value));
        }
    }
    assert_null(mlpi_option_of(0));
    assert_null(mlpi_option_of(-1));
    assert_null(mlpi_option_of(MLPI_OPTION_COUNT + 1));
    assert_null(mlpi_option_find("no such option"));
}

static void test_bounds(void **state)
{
    mlpi_options options;
    (void)state;
    mlpi_options_reset(&options);
    for (int32_t i = 0; i < MLPI_OPTION_COUNT; i++) {
        const mlpi_option *option = mlpi_option_at(i);
        const double refused[] = {nextafter(option->minimum, -INFINITY), nextafter(option->maximum, INFINITY),
                                  INFINITY, -INFINITY, NAN};
        assert_true(mlpi_options_real(&options, option->id) == option->default_value);
        for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
            assert_int_equal(mlpi_options_set(&options, option->id, refused[k]), MLP_ERR_ARGUMENT);
            assert_non_null(strstr(mlp_last_error(), option->name));
            assert_true(mlpi_options_real(&options, option->id) == option->default_value);
        }
        assert_int_equal(mlpi_options_set(&options, option->id, option->minimum), MLP_OK);
        assert_int_equal(mlpi_options_set(&options, option->id, option->maximum), MLP_OK);
        assert_true(mlpi_options_real(&options, option->id) == option->maximum);
        if (option->kind == MLP_OPTION_INT)
            assert_true((double)mlpi_options_int(&options, option->id) == option->maximum);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table), cmocka_unit_test(test_bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
