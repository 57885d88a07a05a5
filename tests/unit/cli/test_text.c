/* Small things about text: numbers, lists, ticks of an axis. */
#include "axis.h"
#include "names.h"
#include "number.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void numbers_are_decimal_and_finite(void **state)
{
    static const char *const right[] = {"0", "-1.5", "+2", " 3e-4 ", ".5", "7.", "\t1E3"};
    static const double value[] = {0, -1.5, 2, 3e-4, .5, 7, 1000};
    static const char *const wrong[] = {"",     " ",   "-",     "e5",  "1e",    "1,5", "0x1", "inf",
                                        "-nan", "1 2", "1e999", "--1", "1.2.3", "1-2", "one"};
    double got = 42;

    (void)state;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(number_parse(right[i], &got));
        assert_true(got == value[i]);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (number_parse(wrong[i], &got))
            fail_msg("\"%s\" was taken for %g", wrong[i], got);
    }
}

static void integers_are_whole_texts(void **state)
{
    int64_t got = 0;

    (void)state;
    assert_true(number_parse_int("-9223372036854775808", &got) && got == INT64_MIN);
    assert_false(number_parse_int("9223372036854775808", &got));
    assert_false(number_parse_int("1.0", &got));
    assert_false(number_parse_int("", &got));
    assert_false(number_parse_int("1 ", &got));
}

static void thousands_are_grouped(void **state)
{
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {{0, "0"},
                 {999, "999"},
                 {1000, "1,000"},
                 {-999, "-999"},
                 {-1000, "-1,000"},
                 {235146, "235,146"},
                 {1000000, "1,000,000"},
                 {INT64_MIN, "-9,223,372,036,854,775,808"}};
    char text[NUMBER_GROUP_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(number_group(cases[i].value, text), cases[i].text);
}

static void lists_split_and_join(void **state)
{
    struct names names = {0};
    char *text;

    (void)state;
    names_split(&names, "a,,b", ',');
    assert_int_equal(names.count, 3);
    assert_int_equal(names_find(&names, "b"), 2);
    assert_int_equal(names_find(&names, "c"), -1);
    text = names_join(&names, " | ");
    assert_string_equal(text, "a |  | b");
    free(text);
    names_clear(&names);
    names_split(&names, "", ',');
    assert_int_equal(names.count, 0);
}

/* Whatever the range: a few ticks at multiples of 1, 2 or 5 times a power of ten, and the range inside the axis. */
static void ticks_are_round_and_few(void **state)
{
    static const double range[][2] = {{0, 1}, {0.843, 0.8991}, {-3, 17}, {1e-9, 3e-9},  {1e12, 1e12 + 5},
                                      {5, 5}, {0, 0},          {7, -7},  {99.9, 100.1}, {-1e300, 1e300}};
    static const double round[] = {1, 2, 5, 10};

    (void)state;
    for (size_t i = 0; i < sizeof range / sizeof *range; i++) {
        struct axis axis = axis_for(range[i][0], range[i][1], 6, false);
        double lead = axis.step / pow(10, floor(log10(axis.step) + 1e-9)), nearest = INFINITY;

        for (int k = 0; k < 4; k++)
            nearest = fmin(nearest, fabs(lead - round[k]));
        assert_true(nearest < 1e-6);
        assert_in_range(axis.ticks, 2, 9);
        assert_true(axis.minimum <= fmin(range[i][0], range[i][1]) + 1e-6 * axis.step);
        assert_true(axis.maximum >= fmax(range[i][0], range[i][1]) - 1e-6 * axis.step);
    }
}

/* Whole powers of ten, and equal ratios at equal distances. */
static void powers_of_ten_are_even(void **state)
{
    struct axis axis = axis_for_powers(3e-4, 20, 10);
    char text[AXIS_LABEL_SIZE];

    (void)state;
    assert_int_equal(axis.ticks, 7);
    assert_string_equal(axis_label(&axis, 0, text), "1e-4");
    assert_string_equal(axis_label(&axis, 2, text), "0.01");
    assert_string_equal(axis_label(&axis, 6, text), "100");
    assert_true(fabs(axis_value(&axis, 3) - 0.1) < 1e-15);
    assert_true(fabs(axis_place(&axis, 1e-4, 100, 700) - 100) < 1e-9);
    assert_true(fabs(axis_place(&axis, 1, 100, 700) - 500) < 1e-9);
    assert_false(isfinite(axis_place(&axis, 0, 100, 700)) || isfinite(axis_place(&axis, -1, 100, 700)));
    axis = axis_for_powers(100, 100, 10);
    assert_true(axis.ticks == 2 && axis_place(&axis, 100, 0, 1) == 0);
    axis = axis_for_powers(1e-300, 1e300, 10);
    assert_in_range(axis.ticks, 2, 13);
}

static void epochs_are_whole_numbers(void **state)
{
    struct axis axis = axis_for(1, 4, 10, true);
    char text[AXIS_LABEL_SIZE];

    (void)state;
    assert_true(axis.minimum == 1 && axis.maximum == 4 && axis.step == 1 && axis.ticks == 4);
    assert_string_equal(axis_label(&axis, 1, text), "2");
    assert_true(axis_place(&axis, 4, 100, 400) == 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_decimal_and_finite), cmocka_unit_test(integers_are_whole_texts),
        cmocka_unit_test(thousands_are_grouped),          cmocka_unit_test(lists_split_and_join),
        cmocka_unit_test(powers_of_ten_are_even),         cmocka_unit_test(ticks_are_round_and_few),
        cmocka_unit_test(epochs_are_whole_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
