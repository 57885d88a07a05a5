/* The portable logarithm and cosine against the C library's in long double. */
#include "base/portable_math.h"
#include "base/random.h"

#include <math.h>
#include <stdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* |value - reference| in units in the last place of the reference. */
static double ulps(double value, long double reference)
{
    int exponent;
    frexpl(reference, &exponent);
    return (double)(fabsl((long double)value - reference) / ldexpl(1, exponent - 53));
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static void log_is_within_one_ulp(void **state)
{
    (void)state;
    mlpi_random random = mlpi_random_stream(1, MLPI_RANDOM_OTHER, 0);
    double unit = 0, near_one = 0, wide = 0;
    for (int i = 0; i < 1000000; i++) {
        const double u = 1 - mlpi_random_uniform(&random);
        const double close = 1 + (u - 0.5) * ldexp(1, -(i % 50));
        const double far = ldexp(u, i % 1900 - 900);
        unit = larger(unit, ulps(mlpi_log(u), logl(u)));
        near_one = larger(near_one, close == 1 ? 0 : ulps(mlpi_log(close), logl(close)));
        wide = larger(wide, ulps(mlpi_log(far), logl(far)));
    }
    print_message("log: (0, 1] %.3f, beside 1 %.3f, all exponents %.3f ulp\n", unit, near_one, wide);
    assert_true(unit < 1 && near_one < 1 && wide < 1);
}

static void log_of_the_ends_of_the_uniform_range(void **state)
{
    (void)state;
    assert_true(mlpi_log(1) == 0);
    assert_true(ulps(mlpi_log(0x1p-53), logl(0x1p-53L)) < 1);
    assert_true(ulps(mlpi_log(1 - 0x1p-53), logl(1 - 0x1p-53L)) < 1);
    assert_true(ulps(mlpi_log(sqrt(0.5)), logl((long double)sqrt(0.5))) < 1);
}

/* cos(2 pi turns) with the argument reduced to an octant first, which is exact in long double too. */
static long double reference_cos(long double turns)
{
    const long double pi = 3.14159265358979323846264338327950288L;
    const int quarter = (int)(4 * turns + 0.5L);
    const long double x = 2 * pi * (turns - 0.25L * quarter);
    const long double values[4] = {cosl(x), -sinl(x), -cosl(x), sinl(x)};
    return values[quarter % 4];
}

static void cos_is_within_two_ulps(void **state)
{
    (void)state;
    mlpi_random random = mlpi_random_stream(2, MLPI_RANDOM_OTHER, 0);
    double everywhere = 0, beside_zeros = 0;
    for (int i = 0; i < 1000000; i++) {
        const double u = mlpi_random_uniform(&random);
        const double step = (double)(int64_t)ldexp(u, i % 50 + 1) * 0x1p-53;
        const double beside = (i & 1 ? 0.25 : 0.75) + (i & 2 ? step : -step);
        everywhere = larger(everywhere, ulps(mlpi_cos_turns(u), reference_cos(u)));
        if (step > 0)
            beside_zeros = larger(beside_zeros, ulps(mlpi_cos_turns(beside), reference_cos(beside)));
    }
    print_message("cos: [0, 1] %.3f, beside its zeros %.3f ulp\n", everywhere, beside_zeros);
    assert_true(everywhere < 2 && beside_zeros < 2);
}

static void cos_of_quarters_is_exact(void **state)
{
    (void)state;
    const double expected[] = {1, 0, -1, 0, 1};
    for (int quarter = 0; quarter <= 4; quarter++)
        assert_true(mlpi_cos_turns(0.25 * quarter) == expected[quarter]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_is_within_one_ulp),
        cmocka_unit_test(log_of_the_ends_of_the_uniform_range),
        cmocka_unit_test(cos_is_within_two_ulps),
        cmocka_unit_test(cos_of_quarters_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
