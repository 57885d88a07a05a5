/* Hessian-vector and Gauss-Newton products and Hessians in x against the forward recursion over two infinitesimals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "support/curvature_check.h"

static void test_problems(mlp_dtype dtype)
{
    jet_tally t = {0};
    each_jet_problem(dtype, 1, check_random_curvature, &t);
    curvature_tally_close(&t, mlp_dtype_name(dtype), 1);
}

static void second_derivatives_agree_with_the_recursion_f32(void **state)
{
    (void)state;
    test_problems(MLP_F32);
}

static void second_derivatives_agree_with_the_recursion_f64(void **state)
{
    (void)state;
    test_problems(MLP_F64);
}

/* Every loss, with targets and with labels, weighted or not, at an output that is linear or not. */
static void check_loss(int loss, mlp_dtype dtype, int32_t variant, jet_tally *t)
{
    const int64_t width[] = {3, 7, 4, 6};
    problem_spec spec = problem_plain_spec(dtype, 3, width, variant & 1 ? MLP_TANH : MLP_SOFTPLUS, 9,
                                           8000 + 10 * (uint64_t)loss + (uint64_t)variant);
    problem p;
    subject s;
    if (variant & 4)
        spec.activation[3] = MLP_SOFTPLUS;
    spec.bend = 1;
    spec.scaled = variant >> 1 & 1;
    problem_create(&p, &spec);
    subject_create_for(&s, &p, 9, 1, MLP_USE_SECOND_ORDER, variant % 3);
    subject_forward(&s, 9, p.x, NULL);
    const jet_oracle oracle = jet_oracle_create(&p);
    loss_case at = loss_case_create(&p, loss_at(loss), variant & 1, variant >> 1 & 1);
    check_products(&oracle, &s, t, &at, variant >> 2 & 1);
    loss_case_destroy(&at);
    jet_oracle_destroy(&oracle);
    subject_destroy(&s);
    problem_destroy(&p);
}

static void every_loss_agrees(void **state)
{
    (void)state;
    for (int loss = 0; loss < LOSS_COUNT; loss++) {
        jet_tally t = {0};
        for (int32_t variant = 0; variant < 8; variant++)
            for (mlp_dtype dtype = MLP_F32; dtype <= MLP_F64; dtype++)
                check_loss(loss, dtype, variant, &t);
        curvature_tally_close(&t, mlp_loss_name(loss_at(loss)), 0);
    }
}

/* Batches of several chunks, the last one ragged; a callback's loss takes all samples at once. */
static void chunks_agree_with_the_recursion(void **state)
{
    static const struct {
        mlp_dtype dtype;
        int32_t layers;
        int64_t width[4], batch;
        int loss;
    } cases[] = {
        {MLP_F64, 3, {3, 70, 60, 2}, 300, 0},
        {MLP_F64, 2, {2, 151, 3}, 275, MLP_POISSON - 1},
        {MLP_F32, 3, {3, 130, 110, 4}, 301, MLP_LOG_COSH - 1},
        {MLP_F64, 3, {3, 70, 60, 2}, 300, LOSS_COUNT - 1},
    };
    (void)state;
    jet_tally t = {0};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        problem_spec spec = problem_plain_spec(cases[k].dtype, cases[k].layers, cases[k].width, MLP_SOFTPLUS,
                                               cases[k].batch, 9000 + k);
        problem p;
        subject s;
        spec.bend = 1;
        problem_create(&p, &spec);
        subject_create_for(&s, &p, spec.batch + 3, 2, MLP_USE_SECOND_ORDER, 1);
        subject_forward(&s, spec.batch, p.x, NULL);
        const jet_oracle oracle = jet_oracle_create(&p);
        loss_case at = loss_case_create(&p, loss_at(cases[k].loss), 0, k % 2 == 0);
        check_products(&oracle, &s, &t, &at, k % 2 == 1);
        loss_case_destroy(&at);
        jet_oracle_destroy(&oracle);
        subject_destroy(&s);
        problem_destroy(&p);
    }
    curvature_tally_close(&t, "chunks", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(second_derivatives_agree_with_the_recursion_f32),
        cmocka_unit_test(second_derivatives_agree_with_the_recursion_f64),
        cmocka_unit_test(every_loss_agrees),
        cmocka_unit_test(chunks_agree_with_the_recursion),
    };
    return cmocka_run_group_tests_name("Hessians", tests, curvature_setup, curvature_teardown);
}
