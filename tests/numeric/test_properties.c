/*
 * Random problems that mix everything (random_spec.h), padding and room in the workspace. test_properties [cases [first seed]]; a failure names its seed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "support/jacobian_check.h"
#include "support/random_spec.h"

static int64_t cases = 1000, first_seed = 1;

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
    const problem_spec spec = random_spec(&d, seed, 140, 40);
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
