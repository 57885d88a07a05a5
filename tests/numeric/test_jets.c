/* Jets, the Laplacian and gradients through them against the forward recursion over hyperdual numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "support/jet_check.h"

static void test_problems(mlp_dtype dtype)
{
    jet_tally t = {0};
    each_jet_problem(dtype, 1, check_random_jets, &t);
    jet_tally_close(&t, mlp_dtype_name(dtype), 1);
}

static void jets_agree_with_the_recursion_f32(void **state)
{
    (void)state;
    test_problems(MLP_F32);
}

static void jets_agree_with_the_recursion_f64(void **state)
{
    (void)state;
    test_problems(MLP_F64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(jets_agree_with_the_recursion_f32),
                                       cmocka_unit_test(jets_agree_with_the_recursion_f64)};
    return cmocka_run_group_tests_name("jets", tests, sigma_setup, sigma_teardown);
}
