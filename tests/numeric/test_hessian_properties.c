/*
 * Second derivatives for random problems that mix everything (random_spec.h), numbers of both signs, padding, threads and
 * room in the workspace. test_hessian_properties [cases [first seed]]; a failure names its seed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "support/curvature_check.h"
#include "support/random_spec.h"

static int64_t cases = 500, first_seed = 1;

/* At least so many comparisons a case. */
enum { EACH = 50 };

static void check_case(uint64_t seed, jet_tally *t)
{
    draw d = {.state = seed};
    problem p;
    subject s;
    const problem_spec spec = random_spec(&d, seed, 90, 12);
    problem_create(&p, &spec);
    const int64_t room = draw_chance(&d, 0.5) ? 0 : draw_int(&d, 1, 50);
    const int32_t uses =
        draw_chance(&d, 0.5) ? jet_uses(&p) : MLP_USE_SECOND_ORDER; /* a block of samples, or several */
    subject_create_for(&s, &p, spec.batch + room, (int32_t)draw_int(&d, 1, 3), uses, draw_int(&d, 0, 9));
    subject_forward(&s, spec.batch, p.x, NULL);
    check_random_curvature(&p, &s, t);
    subject_destroy(&s);
    problem_destroy(&p);
}

static void random_problems_agree_with_the_recursion(void **state)
{
    (void)state;
    jet_tally t = {0};
    int64_t entries = 0;
    print_message("    %lld cases from seed %lld\n", (long long)cases, (long long)first_seed);
    for (int64_t k = 0; k < cases; k++)
        check_case((uint64_t)(first_seed + k), &t);
    curvature_tally_close(&t, "random problems", 0);
    for (int32_t k = OF_HVP; k <= OF_HESSIAN_X; k++)
        entries += t.values[k].entries + t.gradients[k].entries;
    assert_true(entries >= EACH * cases);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_problems_agree_with_the_recursion)};
    if (argc > 1)
        cases = strtoll(argv[1], NULL, 10);
    if (argc > 2)
        first_seed = strtoll(argv[2], NULL, 10);
    return cmocka_run_group_tests_name("Hessian properties", tests, curvature_setup, curvature_teardown);
}
