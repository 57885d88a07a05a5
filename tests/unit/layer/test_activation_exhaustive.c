/*
 * sigma in float for all 2^32 bit patterns, in units in the last place, judged by its definition in double.
 *
 *     test_activation_exhaustive            a sample of every activation: every 4099th pattern
 *     test_activation_exhaustive NAME...    all patterns of these, about ten minutes each
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/activation_case.h"
#include "support/exact_sigma.h"
#include "support/numbers.h"

enum { CHUNK = 4096 };

static uint64_t stride = 4099;
static int name_count;
static char **names;

/* The error of `value` = sigma(z) in units in the last place. Subnormal numbers may count as 0. */
static double ulps_off(activation_case c, float z, float value)
{
    const float parameter = (float)c.parameter;
    const double argument = c.kind->id == MLP_SINE ? parameter * z : z;
    const double exact = exact_sigma_for_f32(c.kind->id, argument, parameter);
    if (isnan(exact))
        return isnan(value) ? 0 : INFINITY;
    if (fabs(exact) > FLT_MAX)
        return value == (float)exact ? 0 : fabs(value - exact) / ulp_f32(FLT_MAX);
    const double error = fabs(value - exact);
    return fabs(exact) < FLT_MIN && error <= FLT_MIN ? 0 : error / ulp_f32(exact);
}

static worst worst_of(activation_case c)
{
    float z[CHUNK], y[CHUNK];
    worst w = {0, 0};
    for (uint64_t start = 0; start < UINT64_C(1) << 32; start += CHUNK * stride) {
        for (uint64_t i = 0; i < CHUNK; i++)
            z[i] = f32_of_bits((uint32_t)(start + i * stride));
        c.kind->f32[0](CHUNK, z, y, c.parameter);
        for (int i = 0; i < CHUNK; i++)
            worst_note(&w, ulps_off(c, z[i], y[i]), z[i]);
    }
    return w;
}

static int is_named(activation_case c)
{
    for (int i = 0; i < name_count; i++)
        if (strcmp(names[i], c.kind->name) == 0)
            return 1;
    return name_count == 0;
}

static void test_sigma(void **state)
{
    int tested = 0;
    (void)state;
    for (int i = 0; i < activation_case_count(); i++) {
        const activation_case c = activation_case_at(i);
        if (!is_named(c))
            continue;
        const worst w = worst_of(c);
        print_message("%-13s %5g  sigma within %6.4f ulp, worst at %a\n", c.kind->name, c.parameter, w.error,
                      w.z);
        activation_judge(c, "error of sigma in ulp", w, activation_sigma_limit(c.kind->id));
        tested++;
    }
    assert_true(tested >= name_count && tested > 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sigma)};
    name_count = argc - 1;
    names = argv + 1;
    if (name_count > 0)
        stride = 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
