/*
 * Random problems that mix everything: depth, widths, an activation and parameter per layer, batch, scaling, padding,
 * room in the workspace. test_properties [cases [first seed]]; a failure names its seed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "support/jacobian_check.h"

static int64_t cases = 1000, first_seed = 1;

/* Mostly small; now and then a wide layer. */
static int64_t draw_width(draw *d)
{
    return draw_chance(d, 0.15) ? 1 : draw_chance(d, 0.05) ? draw_int(d, 60, 140) : draw_int(d, 2, 34);
}

/* Activation parameters near their defaults, and of both signs where that is allowed. */
static double draw_parameter(draw *d, mlp_activation activation)
{
    double least, most, value;
    if (mlp_activation_parameter(activation, NULL, &value, &least, &most) != MLP_OK)
        fail_msg("%s", mlp_last_error());
    value = draw_real(d, 0.25, activation == MLP_SINE ? 5 : 1.5) * (draw_chance(d, 0.2) ? -1 : 1);
    return value < least ? least : value > most ? most : value;
}

static problem_spec draw_spec(draw *d, uint64_t seed)
{
    problem_spec spec = {.dtype = draw_chance(d, 0.5) ? MLP_F32 : MLP_F64, .seed = seed};
    spec.layers = (int32_t)draw_int(d, 1, REFERENCE_LAYERS);
    spec.batch = draw_chance(d, 0.3) ? 1 : draw_int(d, 2, 40);
    spec.scaled = draw_chance(d, 0.5);
    for (int32_t l = 0; l <= spec.layers; l++)
        spec.width[l] = draw_width(d);
    for (int32_t l = 1; l <= spec.layers; l++) {
        const int linear = l == spec.layers && draw_chance(d, 0.5);
        spec.activation[l] = linear ? MLP_IDENTITY : sigma_at((int)draw_int(d, 0, SIGMA_COUNT - 1))->id;
        spec.parameter[l] =
            sigma_of(spec.activation[l])->has_parameter ? draw_parameter(d, spec.activation[l]) : 0;
    }
    return spec;
}

static void check_random_jacobian(problem *p, subject *s, tally *t, int wrt)
{
    const int32_t to = (int32_t)draw_int(&p->random, 1, p->spec.layers);
    const int32_t layer = (int32_t)draw_int(&p->random, wrt != WRT_OUTPUT, wrt == WRT_OUTPUT ? to - 1 : to);
    if (p->spec.width[to] * jacobian_columns(p, wrt, layer) * p->spec.batch < 1000000)
        check_jacobian(p, s, t, wrt, to, layer);
}

static void check_case(uint64_t seed, tally *t)
{
    draw d = {.state = seed};
    problem p;
    subject s;
    const problem_spec spec = draw_spec(&d, seed);
    problem_create(&p, &spec);
    const int64_t room = draw_chance(&d, 0.5) ? 0 : draw_int(&d, 1, 50);
    subject_create(&s, &p, spec.batch + room, (int32_t)draw_int(&d, 1, 3), draw_int(&d, 0, 9));
    check_forward(&p, &s, t);
    check_vjp(&p, &s, t);
    check_jvp(&p, &s, t);
    for (int wrt = WRT_OUTPUT; wrt <= WRT_WEIGHT; wrt++)
        check_random_jacobian(&p, &s, t, wrt);
    subject_destroy(&s);
    problem_destroy(&p);
}

static void random_problems_agree_with_complex_steps(void **state)
{
    (void)state;
    tally t = {0};
    print_message("    %lld cases from seed %lld\n", (long long)cases, (long long)first_seed);
    for (int64_t k = 0; k < cases; k++)
        check_case((uint64_t)(first_seed + k), &t);
    tally_close(&t, "random problems");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_problems_agree_with_complex_steps)};
    if (argc > 1)
        cases = strtoll(argv[1], NULL, 10);
    if (argc > 2)
        first_seed = strtoll(argv[2], NULL, 10);
    return cmocka_run_group_tests_name("properties", tests, sigma_setup, sigma_teardown);
}
