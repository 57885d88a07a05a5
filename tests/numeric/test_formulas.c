/* The formulas F1 to F9, vjp and jvp against complex steps: every activation, both number types, many shapes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "support/jacobian_check.h"

/* sigma on its range: what the reference computes, the library's evaluation agrees with, for sigma and sigma'. */
static void activations_agree_with_the_reference(void **state)
{
    (void)state;
    double worst = 0;
    for (int k = 0; k < SIGMA_COUNT; k++) {
        const sigma *kind = sigma_at(k);
        double parameter, largest = 0;
        assert_int_equal(mlp_activation_parameter(kind->id, NULL, &parameter, NULL, NULL), MLP_OK);
        for (double z = -4.01; z < 4; z += 0.0173) {
            double got[2];
            for (int32_t order = 0; order <= 1; order++)
                assert_int_equal(mlp_activation_evaluate_f64(kind->id, parameter, order, 1, &z, &got[order]),
                                 MLP_OK);
            const double value = creal(kind->value(z, parameter)), slope = sigma_slope(kind, parameter, z);
            const double error =
                fabs(got[0] - value) / (1 + fabs(value)) + fabs(got[1] - slope) / (1 + fabs(slope));
            worst = fmax(worst, error);
            largest = fmax(largest, fabs(slope));
            if (!(error < 1e-14))
                fail_msg("%s at %.17g: %.17g %.17g, reference %.17g %.17g", mlp_activation_name(kind->id), z,
                         got[0], got[1], value, slope);
            if (!(fabs(slope) <= sigma_slope_bound(kind, parameter, fabs(z)) * (1 + 1e-8)))
                fail_msg("%s'(%.17g) = %.17g exceeds its bound", mlp_activation_name(kind->id), z, slope);
        }
        assert_true(largest > 0.98 * sigma_slope_bound(kind, parameter, 3.9));
    }
    print_message("    worst difference %.2g\n", worst);
}

static void forward_agrees_with_the_reference(void **state)
{
    (void)state;
    each_problem("forward", ANY_OUTPUT, 0, check_forward);
}

static void F1_check(problem *p, subject *s, tally *t)
{
    const int32_t L = p->spec.layers;
    const int64_t n = s->n_out;
    double *J = jacobian_of(p, s, WRT_BIAS, L, L);
    for (int64_t k = 0; k < n * n * s->batch; k++)
        tally_compare(t, p, "I", k, J[k], k / n % n == k % n, 0);
    free(J);
    check_jacobian(p, s, t, WRT_BIAS, L, L);
}

static void F1_output_bias_jacobian_is_the_identity(void **state)
{
    (void)state;
    each_problem("F1", LINEAR_OUTPUT, 1, F1_check);
}

static void F2_check(problem *p, subject *s, tally *t)
{
    const int32_t L = p->spec.layers;
    const int64_t count = s->n_out * p->spec.width[L - 1];
    double *J = jacobian_of(p, s, WRT_OUTPUT, L, L - 1);
    for (int64_t k = 0; k < count * s->batch; k++)
        tally_compare(t, p, "A_L", k, J[k],
                      creal(p->net.theta[reference_weight_offset(&p->net, L) + k % count]), 0);
    free(J);
    check_jacobian(p, s, t, WRT_OUTPUT, L, L - 1);
}

static void F2_output_jacobian_of_the_last_layer_is_its_weight(void **state)
{
    (void)state;
    each_problem("F2", LINEAR_OUTPUT, 1, F2_check);
}

static void F3_check(problem *p, subject *s, tally *t)
{
    for (int32_t l = 1; l <= p->spec.layers; l++)
        check_jacobian(p, s, t, WRT_BIAS, l, l);
}

static void F3_bias_jacobian_of_a_layer(void **state)
{
    (void)state;
    each_problem("F3", ANY_OUTPUT, 1, F3_check);
}

static void F4_check(problem *p, subject *s, tally *t)
{
    for (int32_t l = 1; l <= p->spec.layers; l++)
        check_jacobian(p, s, t, WRT_OUTPUT, l, l - 1);
}

static void F4_output_jacobian_of_a_layer(void **state)
{
    (void)state;
    each_problem("F4", ANY_OUTPUT, 1, F4_check);
}

static void F5_check(problem *p, subject *s, tally *t)
{
    for (int32_t l = 1; l <= p->spec.layers; l++)
        check_jacobian(p, s, t, WRT_WEIGHT, l, l);
}

static void F5_weight_jacobian_of_a_layer(void **state)
{
    (void)state;
    each_problem("F5", ANY_OUTPUT, 1, F5_check);
}

/* e_p y_{L-1}^T, with the library's own y_{L-1}: not one rounding. */
static void F6_check(problem *p, subject *s, tally *t)
{
    const int32_t L = p->spec.layers;
    const int64_t n = s->n_out, m = p->spec.width[L - 1];
    double *J = jacobian_of(p, s, WRT_WEIGHT, L, L), *y = numbers(m * s->batch);
    subject_layer(s, L - 1, y);
    for (int64_t k = 0; k < n * n * m * s->batch; k++)
        tally_compare(t, p, "e_p y^T", k, J[k], k % n == k / n % n ? y[k / (n * n)] : 0, 0);
    free(y);
    free(J);
    check_jacobian(p, s, t, WRT_WEIGHT, L, L);
}

static void F6_output_weight_jacobian_is_the_previous_output(void **state)
{
    (void)state;
    each_problem("F6", LINEAR_OUTPUT, 1, F6_check);
}

static void F7_check(problem *p, subject *s, tally *t)
{
    for (int32_t l = 1; l <= p->spec.layers; l++)
        check_jacobian(p, s, t, WRT_WEIGHT, p->spec.layers, l);
}

static void F7_weight_jacobian_of_the_output(void **state)
{
    (void)state;
    each_problem("F7", ANY_OUTPUT, 1, F7_check);
}

static void F8_check(problem *p, subject *s, tally *t)
{
    for (int32_t l = 1; l <= p->spec.layers; l++)
        check_jacobian(p, s, t, WRT_BIAS, p->spec.layers, l);
}

static void F8_bias_jacobian_of_the_output(void **state)
{
    (void)state;
    each_problem("F8", ANY_OUTPUT, 1, F8_check);
}

static void F9_check(problem *p, subject *s, tally *t)
{
    for (int32_t l = 0; l < p->spec.layers; l++)
        check_jacobian(p, s, t, WRT_OUTPUT, p->spec.layers, l);
}

static void F9_output_jacobian_of_the_output(void **state)
{
    (void)state;
    each_problem("F9", ANY_OUTPUT, 1, F9_check);
}

/* Any layer with respect to any earlier one. */
static void between_check(problem *p, subject *s, tally *t)
{
    for (int wrt = WRT_OUTPUT; wrt <= WRT_WEIGHT; wrt++) {
        const int32_t to = (int32_t)draw_int(&p->random, 1, p->spec.layers);
        const int32_t layer =
            (int32_t)draw_int(&p->random, wrt != WRT_OUTPUT, wrt == WRT_OUTPUT ? to - 1 : to);
        check_jacobian(p, s, t, wrt, to, layer);
    }
}

static void jacobians_between_hidden_layers(void **state)
{
    (void)state;
    each_problem("between layers", ANY_OUTPUT, 1, between_check);
}

static void vjp_agrees_with_complex_steps(void **state)
{
    (void)state;
    each_problem("vjp", ANY_OUTPUT, 1, check_vjp);
}

static void jvp_agrees_with_complex_steps(void **state)
{
    (void)state;
    each_problem("jvp", ANY_OUTPUT, 1, check_jvp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(activations_agree_with_the_reference),
        cmocka_unit_test(forward_agrees_with_the_reference),
        cmocka_unit_test(F1_output_bias_jacobian_is_the_identity),
        cmocka_unit_test(F2_output_jacobian_of_the_last_layer_is_its_weight),
        cmocka_unit_test(F3_bias_jacobian_of_a_layer),
        cmocka_unit_test(F4_output_jacobian_of_a_layer),
        cmocka_unit_test(F5_weight_jacobian_of_a_layer),
        cmocka_unit_test(F6_output_weight_jacobian_is_the_previous_output),
        cmocka_unit_test(F7_weight_jacobian_of_the_output),
        cmocka_unit_test(F8_bias_jacobian_of_the_output),
        cmocka_unit_test(F9_output_jacobian_of_the_output),
        cmocka_unit_test(jacobians_between_hidden_layers),
        cmocka_unit_test(vjp_agrees_with_complex_steps),
        cmocka_unit_test(jvp_agrees_with_complex_steps),
    };
    return cmocka_run_group_tests_name("formulas", tests, sigma_setup, sigma_teardown);
}
