/*
 * How close the activations are to exact in double: sigma in units in the last place, derivatives against the
 * bounds of docs/math.md, section 6. Judged by definitions in __float128 and differences of those.
 *
 *     test_activation_f64 [points per case]
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "support/activation_case.h"
#include "support/exact_sigma.h"
#include "support/numbers.h"

enum { SEED = 20240611 };

static const double unit = DBL_EPSILON / 2;

static int64_t points = 55000; /* times 23 cases: more than 10^6 */

static void skip_unless_exact(void)
{
    if (exact_sigma_is_exact())
        return;
    print_message("SKIPPED: no libquadmath, so nothing at hand has more digits than double\n");
    skip();
}

/* Around 0, over the range of the tails, and over all magnitudes. */
static double draw_point(draw *d, int64_t index)
{
    switch (index % 5) {
    case 0:
        return draw_real(d, -4, 4);
    case 1:
        return draw_real(d, -40, 40);
    case 2:
        return draw_real(d, -760, 760);
    case 3:
        return draw_magnitude(d, 1e-8, 1e3);
    default:
        return draw_magnitude(d, 1e-300, 1e300);
    }
}

/* The error of `value` = sigma(z) = exact + rest in units in the last place; a subnormal result may count as 0. */
static double ulps_off(double value, double exact, double rest)
{
    if (isinf(exact))
        return value == exact ? 0 : INFINITY;
    const double error = fabs((exact - value) + rest);
    if (fabs(exact) < DBL_MIN && error <= DBL_MIN)
        return 0;
    return error / ulp_f64(exact);
}

static void find_worst(activation_case c, worst w[ACTIVATION_SETS])
{
    draw d = {SEED};
    for (int64_t j = 0; j < points; j++) {
        const double z = draw_point(&d, j), argument = c.kind->id == MLP_SINE ? c.parameter * z : z;
        const double exact = exact_sigma(c.kind->id, argument, c.parameter);
        const double rest = exact_sigma_error(c.kind->id, argument, c.parameter, exact);
        for (int s = 0; s < activation_set_count(); s++)
            worst_note(&w[s], ulps_off(activation_kernel_f64(activation_set_at(s), c, 0, z), exact, rest), z);
    }
}

static void test_sigma(void **state)
{
    (void)state;
    skip_unless_exact();
    for (int i = 0; i < activation_case_count(); i++) {
        const activation_case c = activation_case_at(i);
        worst w[ACTIVATION_SETS] = {{0, 0}};
        find_worst(c, w);
        for (int j = 0; j < activation_set_count(); j++) {
            const activation_set set = activation_set_at(j);
            print_message("%-8s %-13s %5g  sigma within %5.3f ulp\n", set.name, c.kind->name, c.parameter,
                          w[j].error);
            activation_judge(set, c, "error of sigma in ulp", w[j], activation_sigma_limit(c.kind->id));
        }
    }
}

/* Not so far out that the differences fade into the rounding of sigma. */
static double draw_near_point(draw *d, int64_t index)
{
    return index % 4 == 3 ? draw_magnitude(d, 1e-5, 1e2) : draw_point(d, index % 4);
}

static double allowed(activation_set set, activation_case c, const exact_derivatives *x, int order, double z)
{
    if (activation_saturates(c.kind->id))
        return unit * activation_saturating_limit(set, c.kind->id, order);
    return 4 * unit * (fabs(x->value[order]) + fabs(z * x->value[order + 1])) + DBL_MIN;
}

/* The errors of sigma', sigma'', sigma''' in what is allowed; returns how many scalar ones were judged. */
static int64_t compare_derivatives(activation_case c, int64_t count, worst w[ACTIVATION_SETS][MLPI_ORDERS])
{
    int64_t judged = 0;
    draw d = {SEED};
    for (int64_t j = 0; j < count; j++) {
        const double z = draw_near_point(&d, j);
        const exact_derivatives x = exact_sigma_derivatives(c.kind->id, z, c.parameter);
        for (int k = 1; k < MLPI_ORDERS; k++) {
            if (!(x.doubt[k] < allowed(activation_set_at(0), c, &x, k, z) / 10))
                continue;
            for (int s = 0; s < activation_set_count(); s++) {
                const double bound = allowed(activation_set_at(s), c, &x, k, z);
                const double value = activation_from_z_f64(activation_set_at(s), c, k, z);
                worst_note(&w[s][k], fabs(value - x.value[k] - x.rest[k]) / bound, z);
            }
            judged++;
        }
    }
    return judged;
}

static void judge_derivatives(activation_set set, activation_case c, const worst w[MLPI_ORDERS])
{
    static const char *const names[MLPI_ORDERS] = {
        "", "sigma' in what is allowed", "sigma'' in what is allowed", "sigma''' in what is allowed"};
    print_message("%-8s %-13s %5g  sigma', sigma'', sigma''' at most %5.3f %5.3f %5.3f of what is allowed\n",
                  set.name, c.kind->name, c.parameter, w[1].error, w[2].error, w[3].error);
    for (int k = 1; k < MLPI_ORDERS; k++)
        activation_judge(set, c, names[k], w[k], 1);
}

static void test_derivatives(void **state)
{
    (void)state;
    skip_unless_exact();
    for (int i = 0; i < activation_case_count(); i++) {
        const activation_case c = activation_case_at(i);
        const int64_t count = points / 11;
        worst w[ACTIVATION_SETS][MLPI_ORDERS] = {{{0, 0}}};
        const int64_t judged = compare_derivatives(c, count, w);
        for (int s = 0; s < activation_set_count(); s++)
            judge_derivatives(activation_set_at(s), c, w[s]);
        /* Where sigma''' is 0, as of the square, there is nothing to measure by. */
        assert_true(judged * 10 >= (c.kind->id == MLP_SQUARE ? 2 : 3) * count * 9);
    }
}

/* Given y, the kernels of tanh and sigmoid stay within 4 u max |sigma^(k)|. */
static void check_derivatives_from_y(activation_set set, activation_case c)
{
    const int is_tanh = c.kind->id == MLP_TANH;
    draw d = {SEED};
    worst w = {0, 0};
    for (int64_t j = 0; j < points; j++) {
        const double y = draw_real(&d, is_tanh ? -1 : 0, 1);
        const long double Y = y, p = is_tanh ? 1 - Y * Y : Y * (1 - Y);
        const long double exact[MLPI_ORDERS] = {Y, p, is_tanh ? -2 * Y * p : p * (1 - 2 * Y),
                                                is_tanh ? -2 * p * (1 - 3 * Y * Y) : p * (1 - 6 * p)};
        for (int k = 1; k < MLPI_ORDERS; k++) {
            const double error = (double)fabsl(activation_kernel_f64(set, c, k, y) - exact[k]);
            worst_note(&w, error / (unit * activation_largest_derivative(c.kind->id, k)), y);
        }
    }
    activation_judge(set, c, "derivatives given y in u max |sigma^(k)|", w, 4);
}

static void test_derivatives_from_y(void **state)
{
    (void)state;
    for (int s = 0; s < activation_set_count(); s++) {
        check_derivatives_from_y(activation_set_at(s),
                                 (activation_case){mlpi_activation_kind_of(MLP_TANH), 0});
        check_derivatives_from_y(activation_set_at(s),
                                 (activation_case){mlpi_activation_kind_of(MLP_SIGMOID), 0});
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sigma),
        cmocka_unit_test(test_derivatives),
        cmocka_unit_test(test_derivatives_from_y),
    };
    if (argc > 1)
        points = atoll(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
