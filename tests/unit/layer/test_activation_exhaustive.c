/*
 * sigma in float for all 2^32 bit patterns, by the scalar kernels and the vectors of every instruction set, in units in
 * the last place, judged by its definition in double. Not at infinity, where some definitions read infinity / infinity:
 * the limits are in test_activation and test_vectors.
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
static double ulps_off(double exact, float value)
{
    if (isnan(exact))
        return isnan(value) ? 0 : INFINITY;
    if (fabs(exact) > FLT_MAX)
        return value == (float)exact ? 0 : fabs(value - exact) / ulp_f32(FLT_MAX);
    const double error = fabs(value - exact);
    return fabs(exact) < FLT_MIN && error <= FLT_MIN ? 0 : error / ulp_f32(exact);
}

static void find_worst(activation_case c, worst w[ACTIVATION_SETS])
{
    const float parameter = (float)c.parameter;
    float z[CHUNK], y[ACTIVATION_SETS][CHUNK];
    for (uint64_t start = 0; start < UINT64_C(1) << 32; start += CHUNK * stride) {
        for (uint64_t i = 0; i < CHUNK; i++)
            z[i] = f32_of_bits((uint32_t)(start + i * stride));
        for (int s = 0; s < activation_set_count(); s++)
            activation_apply_f32(activation_set_at(s), c, 0, CHUNK, z, y[s]);
        for (int i = 0; i < CHUNK; i++) {
            if (isinf(z[i]))
                continue;
            const double argument = c.kind->id == MLP_SINE ? parameter * z[i] : z[i];
            /* some definitions choose by comparing, and take a NaN for what is not above 0 */
            const double exact =
                isnan(argument) ? argument : exact_sigma_for_f32(c.kind->id, argument, parameter);
            for (int s = 0; s < activation_set_count(); s++)
                worst_note(&w[s], ulps_off(exact, y[s][i]), z[i]);
        }
    }
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
        worst w[ACTIVATION_SETS] = {{0, 0}};
        find_worst(c, w);
        for (int j = 0; j < activation_set_count(); j++) {
            const activation_set set = activation_set_at(j);
            print_message("%-8s %-13s %5g  sigma within %6.4f ulp, worst at %a\n", set.name, c.kind->name,
                          c.parameter, w[j].error, w[j].z);
            activation_judge(set, c, "error of sigma in ulp", w[j], activation_sigma_limit(c.kind->id));
        }
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
