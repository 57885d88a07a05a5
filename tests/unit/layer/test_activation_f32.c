/*
 * How close the derivatives of the activations are to exact in float, over a dense sample of all 2^32 bit
 * patterns: against the bounds of docs/math.md, section 6, judged by the double kernels, which
 * test_activation_f64 judges in turn. (test_activation_exhaustive looks at sigma itself.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/activation_case.h"
#include "support/numbers.h"

enum { CHUNK = 1024, STRIDE = 4099, CHUNKS = UINT32_MAX / STRIDE / CHUNK, POINTS_OF_Y = 300007 };

static const double unit = FLT_EPSILON / 2;

/* What sigma is a function of: z, or the phase of a sine. For f32 the parameter and the phase are floats. */
static double argument(activation_case c, float z)
{
    return c.kind->id == MLP_SINE ? (float)c.parameter * z : z;
}

/* sigma^(order) in double, as a function of the argument. */
static double exact(activation_case c, int order, double t)
{
    const activation_set scalar = activation_set_at(0);
    if (c.kind->id != MLP_SINE)
        return activation_from_z_f64(scalar, (activation_case){c.kind, (float)c.parameter}, order, t);
    return pow((float)c.parameter, order) *
           activation_from_z_f64(scalar, (activation_case){c.kind, 1}, order, t);
}

/* z sigma^(order + 1)(z), by a relative difference. */
static double conditioned(activation_case c, int order, double t)
{
    return (exact(c, order, t * (1 + 0x1p-12)) - exact(c, order, t * (1 - 0x1p-12))) * 0x1p11;
}

/* The error of sigma^(order) as a fraction of what is allowed. */
static double fraction(activation_set set, activation_case c, int order, float z, float value)
{
    const double t = argument(c, z), want = exact(c, order, t), error = fabs(value - want);
    if (activation_saturates(c.kind->id))
        return error / (unit * activation_saturating_limit(set, c.kind->id, order));
    if (fabs(want) > FLT_MAX)
        return value == (float)want ? 0 : INFINITY;
    const double bound = 4 * unit * fabs(want) + FLT_MIN;
    return error <= bound ? error / bound : error / (bound + 4 * unit * fabs(conditioned(c, order, t)));
}

static void compare_chunk(activation_set set, activation_case c, uint32_t chunk, worst w[MLPI_ORDERS])
{
    float z[CHUNK], y[CHUNK], out[CHUNK];
    for (uint32_t i = 0; i < CHUNK; i++)
        z[i] = f32_of_bits((chunk * CHUNK + i) * STRIDE);
    activation_apply_f32(set, c, 0, CHUNK, z, y);
    for (int k = 1; k < MLPI_ORDERS; k++) {
        activation_apply_f32(set, c, k, CHUNK, c.kind->reads == MLPI_READS_Y ? y : z, out);
        for (uint32_t i = 0; i < CHUNK; i++)
            if (isfinite(argument(c, z[i])))
                worst_note(&w[k], fraction(set, c, k, z[i], out[i]), z[i]);
    }
}

static void check_derivatives(activation_set set, activation_case c)
{
    static const char *const names[MLPI_ORDERS] = {
        "", "sigma' in what is allowed", "sigma'' in what is allowed", "sigma''' in what is allowed"};
    worst w[MLPI_ORDERS] = {{0, 0}};
    for (uint32_t chunk = 0; chunk < CHUNKS; chunk++)
        compare_chunk(set, c, chunk, w);
    print_message("%-8s %-13s %5g  sigma', sigma'', sigma''' at most %5.3f %5.3f %5.3f of what is allowed\n",
                  set.name, c.kind->name, c.parameter, w[1].error, w[2].error, w[3].error);
    for (int k = 1; k < MLPI_ORDERS; k++)
        activation_judge(set, c, names[k], w[k], 1);
}

static void test_derivatives(void **state)
{
    (void)state;
    for (int i = 0; i < activation_case_count(); i++)
        for (int s = 0; s < activation_set_count(); s++)
            check_derivatives(activation_set_at(s), activation_case_at(i));
}

/* Given y, the kernels of tanh and sigmoid stay within 4 u max |sigma^(k)|. */
static void check_derivatives_from_y(activation_set set, mlp_activation id)
{
    const activation_case c = {mlpi_activation_kind_of(id), 0};
    worst w = {0, 0};
    for (int i = id == MLP_TANH ? -POINTS_OF_Y : 0; i < POINTS_OF_Y; i++) {
        const float y = (float)(i + 0.37) / POINTS_OF_Y;
        for (int k = 1; k < MLPI_ORDERS; k++) {
            float value;
            activation_apply_f32(set, c, k, 1, &y, &value);
            const double error = fabs(value - activation_kernel_f64(activation_set_at(0), c, k, y));
            worst_note(&w, error / (unit * activation_largest_derivative(id, k)), y);
        }
    }
    print_message("%-8s %-13s derivatives given y within %5.3f u max |sigma^(k)|\n", set.name, c.kind->name,
                  w.error);
    activation_judge(set, c, "derivatives given y in u max |sigma^(k)|", w, 4);
}

static void test_derivatives_from_y(void **state)
{
    (void)state;
    for (int s = 0; s < activation_set_count(); s++) {
        check_derivatives_from_y(activation_set_at(s), MLP_TANH);
        check_derivatives_from_y(activation_set_at(s), MLP_SIGMOID);
    }
}

/* NaNs of every sign and payload stay NaNs, whatever the order. */
static void test_nan_payloads(void **state)
{
    (void)state;
    for (int i = 0; i < activation_case_count(); i++)
        for (uint32_t payload = 1; payload < 1u << 23; payload += 99991)
            for (int s = 0; s < activation_set_count(); s++)
                for (int k = 0; k < MLPI_ORDERS; k++) {
                    const float in[2] = {f32_of_bits(0x7f800000u | payload),
                                         f32_of_bits(0xff800000u | payload)};
                    float out[2];
                    activation_apply_f32(activation_set_at(s), activation_case_at(i), k, 2, in, out);
                    assert_true(isnan(out[0]) && isnan(out[1]));
                }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_derivatives),
        cmocka_unit_test(test_derivatives_from_y),
        cmocka_unit_test(test_nan_payloads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
