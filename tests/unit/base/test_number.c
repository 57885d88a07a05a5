#include "base/number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define SEED 0x9e3779b97f4a7c15u

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state ^ *state >> 29;
}

static int parses(const char *text, double *value)
{
    return mlpi_parse_f64(text, (int64_t)strlen(text), value);
}

static void check_round_trip(double value)
{
    char text[MLPI_NUMBER_SIZE];
    double back;
    int32_t length = mlpi_format_f64(value, text);
    if (length != (int32_t)strlen(text) || !mlpi_parse_f64(text, length, &back) ||
        bits_of(back) != bits_of(value))
        fail_msg("%a was written as '%s'", value, text);
}

static void check_round_trips(void)
{
    static const double values[] = {0,      -0.0,    1,        -1,         0.1,  1.0 / 3,
                                    1e15,   1e16,    1e17,     1e22,       1e23, 123456789.125,
                                    5e-324, DBL_MIN, -DBL_MAX, DBL_EPSILON};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        check_round_trip(values[i]);
    uint64_t state = SEED;
    for (int i = 0; i < 50000; i++) {
        uint64_t bits = next_random(&state);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            check_round_trip(value);
    }
}

static void every_double_survives_a_round_trip(void **unused)
{
    (void)unused;
    check_round_trips();
}

static void the_shortest_form_is_written(void **unused)
{
    (void)unused;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0.1, "0.1"},
                 {0.5, "0.5"},
                 {1, "1"},
                 {-2.25, "-2.25"},
                 {1e-3, "0.001"},
                 {1e100, "1e+100"},
                 {-0.0, "-0"},
                 {INFINITY, "inf"},
                 {-INFINITY, "-inf"},
                 {NAN, "nan"},
                 {-NAN, "nan"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {2.0 / 3, "0.6666666666666666"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[MLPI_NUMBER_SIZE];
        assert_int_equal(mlpi_format_f64(cases[i].value, text), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
}

static void numbers_are_read_as_strtod_reads_them(void **unused)
{
    (void)unused;
    static const char *const texts[] = {"0",
                                        "-0",
                                        "1",
                                        "12.5",
                                        "1e3",
                                        "1E3",
                                        "1e+3",
                                        "1e-3",
                                        "0.1",
                                        "0.10",
                                        "-3.25e-2",
                                        "0e5",
                                        "9007199254740993",
                                        "1e-400",
                                        "0e99999999999999999999",
                                        "1e-99999999999999999999",
                                        "2.2250738585072011e-308",
                                        "179769313486231570000e288"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value = 7;
        if (!parses(texts[i], &value) || bits_of(value) != bits_of(strtod(texts[i], NULL)))
            fail_msg("'%s' was read as %a", texts[i], value);
    }
    double value;
    assert_true(parses("inf", &value) && value == (double)INFINITY);
    assert_true(parses("-inf", &value) && value == -(double)INFINITY);
    assert_true(parses("nan", &value) && isnan(value));
}

static void anything_else_is_no_number(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "",     "-",   "+1",   " 1",     "1 ",    "1,5",    "1.",    ".5",  "-.5",  "01",
        "00",   "1e",  "1e+",  "e5",     "1.5.2", "0x10",   "1f",    "Inf", "INF",  "infinity",
        "+inf", "NaN", "-nan", "nan(1)", "1e999", "-1e309", "1_000", "--1", "1e5.0"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value = 7;
        if (parses(texts[i], &value) || value != 7)
            fail_msg("'%s' was read as %a", texts[i], value);
    }
}

static void the_length_bounds_the_text(void **unused)
{
    (void)unused;
    double value = 7;
    assert_true(mlpi_parse_f64("12345", 2, &value) && value == 12);
    assert_false(mlpi_parse_f64("12\0", 3, &value));
    char text[2000];
    memset(text, '1', sizeof text);
    text[1] = '.';
    assert_true(mlpi_parse_f64(text, 1000, &value));
    assert_true(value == strtod("1.1111111111111111111111111111111", NULL));
    assert_false(mlpi_parse_f64(text, 1001, &value));
    memset(text, '9', sizeof text);
    assert_false(mlpi_parse_f64(text, 1000, &value));
}

static void integers_are_exact_and_bounded(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        int valid;
        int64_t value;
    } cases[] = {{"0", 1, 0},
                 {"-0", 1, 0},
                 {"42", 1, 42},
                 {"-42", 1, -42},
                 {"9223372036854775807", 1, INT64_MAX},
                 {"-9223372036854775808", 1, INT64_MIN},
                 {"9223372036854775808", 0, 0},
                 {"-9223372036854775809", 0, 0},
                 {"99999999999999999999999", 0, 0},
                 {"", 0, 0},
                 {"-", 0, 0},
                 {"+1", 0, 0},
                 {"01", 0, 0},
                 {"-01", 0, 0},
                 {" 1", 0, 0},
                 {"1 ", 0, 0},
                 {"1.0", 0, 0},
                 {"1e3", 0, 0},
                 {"0x1", 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value = 7;
        int valid = mlpi_parse_i64(cases[i].text, (int64_t)strlen(cases[i].text), &value);
        if (valid != cases[i].valid || value != (valid ? cases[i].value : 7))
            fail_msg("'%s': %d, %lld", cases[i].text, valid, (long long)value);
    }
}

/* Sets any locale that writes a comma; returns its name or NULL. */
static const char *set_comma_locale(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE",       "fr_FR.UTF-8", "pl_PL.UTF-8",
                                        "ru_RU.UTF-8", "nl_NL.UTF-8", "es_ES.UTF-8", "it_IT.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (setlocale(LC_NUMERIC, names[i]) && strcmp(localeconv()->decimal_point, ",") == 0)
            return names[i];
    return NULL;
}

static void the_locale_does_not_matter(void **unused)
{
    (void)unused;
    const char *name = set_comma_locale();
    if (!name) {
        print_message(
            "SKIPPED: no locale with a decimal comma is installed (Debian: localedef and locales)\n");
        setlocale(LC_NUMERIC, "C");
        skip();
        return;
    }
    char expected[MLPI_NUMBER_SIZE], text[MLPI_NUMBER_SIZE];
    double value = 7;
    snprintf(expected, sizeof expected, "%.1f", 2.5);
    mlpi_format_f64(-1234567.5, text);
    int comma_refused = !parses("2,5", &value), point_read = parses("2.5", &value);
    check_round_trips();
    const char *after = setlocale(LC_NUMERIC, NULL);
    int unchanged = after && strcmp(after, name) == 0;
    setlocale(LC_NUMERIC, "C");
    assert_string_equal(expected, "2,5");
    assert_string_equal(text, "-1234567.5");
    assert_true(comma_refused && point_read && value == 2.5 && unchanged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_double_survives_a_round_trip),
        cmocka_unit_test(the_shortest_form_is_written),
        cmocka_unit_test(numbers_are_read_as_strtod_reads_them),
        cmocka_unit_test(anything_else_is_no_number),
        cmocka_unit_test(the_length_bounds_the_text),
        cmocka_unit_test(integers_are_exact_and_bounded),
        cmocka_unit_test(the_locale_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
