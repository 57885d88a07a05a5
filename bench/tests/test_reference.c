/* The reference loops against difference quotients, and the residual against answers with a fault. */
#include "reference.h"
#include "sigma.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct problem parsed(const char *text)
{
    struct problem problem;
    char why[256];

    assert_true(problem_parse(text, &problem, why, sizeof why));
    return problem;
}

static void slopes_are_derivatives(void **state)
{
    static const char *const names[] = {"identity",     "relu",     "leaky_relu", "elu",      "selu",
                                        "sigmoid",      "tanh",     "hard_tanh",  "softplus", "softsign",
                                        "hard_sigmoid", "gelu",     "gelu_tanh",  "silu",     "mish",
                                        "sine",         "gaussian", "square",     "exp"};
    const double h = 1e-6;

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct sigma *sigma = sigma_find(names[i]);

        assert_non_null(sigma);
        for (double z = -3.37; z < 4; z += 0.61) {
            double quotient = (sigma->value(z + h) - sigma->value(z - h)) / (2 * h);

            if (fabs(quotient - sigma->slope(z)) > 1e-7)
                fail_msg("%s at %g: %g, %g", names[i], z, quotient, sigma->slope(z));
        }
    }
    assert_null(sigma_find("than"));
}

/* The mean squared error over the batch, half of it. */
static double loss(const struct problem *problem, const struct inputs *inputs)
{
    struct problem infer = *problem;
    struct answer answer;
    double sum = 0;

    infer.work = WORK_INFER;
    reference_solve(&infer, inputs, &answer);
    for (int64_t s = 0; s < problem->batch; s++) {
        for (int64_t i = 0; i < answer.rows; i++) {
            int64_t at = s % inputs->period * answer.rows + i;

            sum += pow(answer.columns[at] - inputs->t[at], 2);
        }
    }
    answer_destroy(&answer);
    return sum / 2 / (double)problem->batch;
}

static void gradient_is_the_losses(void **state)
{
    struct problem problem = parsed("grad f64 3-5-4-2 tanh batch=40");
    const double h = 1e-6;
    struct inputs inputs;
    struct answer answer;

    (void)state;
    inputs_create(&problem, &inputs);
    assert_int_equal(inputs.period, 31);
    reference_solve(&problem, &inputs, &answer);
    for (int64_t i = 0; i < answer.params; i++) {
        double before = inputs.theta[i], above, below;

        inputs.theta[i] = before + h;
        above = loss(&problem, &inputs);
        inputs.theta[i] = before - h;
        below = loss(&problem, &inputs);
        inputs.theta[i] = before;
        if (fabs((above - below) / (2 * h) - answer.theta[i]) > 1e-8)
            fail_msg("parameter %lld: %g, %g", (long long)i, (above - below) / (2 * h), answer.theta[i]);
    }
    answer_destroy(&answer);
    inputs_destroy(&inputs);
}

/* y_bar^T (y_dot) = x_bar^T x_dot for every sample */
static void tangent_is_adjoint_to_pull(void **state)
{
    struct problem problem = parsed("vjp f64 3-5-4-2 gelu batch=40");
    struct inputs inputs;
    struct answer pulled, pushed;

    (void)state;
    inputs_create(&problem, &inputs);
    reference_solve(&problem, &inputs, &pulled);
    problem.work = WORK_JVP;
    reference_solve(&problem, &inputs, &pushed);
    for (int64_t p = 0; p < inputs.period; p++) {
        double left = 0, right = 0;

        for (int64_t i = 0; i < 2; i++)
            left += inputs.t[2 * p + i] * pushed.columns[2 * p + i];
        for (int64_t i = 0; i < 3; i++)
            right += pulled.columns[3 * p + i] * inputs.x_dot[3 * p + i];
        assert_true(fabs(left - right) < 1e-12);
    }
    answer_destroy(&pulled);
    answer_destroy(&pushed);
    inputs_destroy(&inputs);
}

/* The gradients of samples add up to the gradient; norms and inner products are theirs. */
static void samples_add_up(void **state)
{
    struct problem problem = parsed("grad f64 3-5-4-2 gelu batch=40");
    struct inputs inputs;
    struct answer whole, each, norms, inner;

    (void)state;
    inputs_create(&problem, &inputs);
    reference_solve(&problem, &inputs, &whole);
    problem.work = WORK_SAMPLE_GRADIENTS;
    reference_solve(&problem, &inputs, &each);
    problem.work = WORK_SAMPLE_NORMS;
    reference_solve(&problem, &inputs, &norms);
    problem.work = WORK_SAMPLE_INNER_PRODUCTS;
    reference_solve(&problem, &inputs, &inner);
    for (int64_t i = 0; i < whole.params; i++) {
        double sum = 0;

        for (int64_t s = 0; s < problem.batch; s++)
            sum += each.columns[s % inputs.period * each.rows + i];
        assert_true(fabs(sum - whole.theta[i]) < 1e-14);
    }
    for (int64_t p = 0; p < inputs.period; p++) {
        double square = 0;

        for (int64_t i = 0; i < each.rows; i++)
            square += each.columns[p * each.rows + i] * each.columns[p * each.rows + i];
        assert_true(fabs(norms.columns[p] - sqrt(square)) < 1e-14);
        assert_true(fabs(inner.columns[p * problem.batch + p] - square) < 1e-14);
    }
    answer_destroy(&whole);
    answer_destroy(&each);
    answer_destroy(&norms);
    answer_destroy(&inner);
    inputs_destroy(&inputs);
}

/* The reference's own answer, repeated over the batch. */
static void repeat(const struct problem *problem, const struct answer *expected, struct answer *answer)
{
    answer_create(problem, problem->batch, answer);
    for (int64_t i = 0; i < answer->rows * answer->samples; i++)
        answer->columns[i] = expected->columns[i % (expected->rows * expected->samples)];
    for (int64_t i = 0; i < answer->params; i++)
        answer->theta[i] = expected->theta[i];
}

static void residual_sees_a_fault(void **state)
{
    static const char *const texts[] = {"infer f32 4-16-16-1 tanh batch=64",
                                        "train f32 4-16-16-1 tanh batch=64"};

    (void)state;
    for (int k = 0; k < 2; k++) {
        struct problem problem = parsed(texts[k]);
        struct inputs inputs;
        struct answer expected, answer;
        double *part;

        inputs_create(&problem, &inputs);
        reference_solve(&problem, &inputs, &expected);
        repeat(&problem, &expected, &answer);
        assert_true(reference_residual(&problem, &inputs, &expected, &answer) == 0);
        part = k ? answer.theta : answer.columns;
        part[1] += k ? 0.02 : 0.1;
        assert_true(reference_residual(&problem, &inputs, &expected, &answer) >
                    reference_tolerance(&problem));
        part[1] = NAN;
        assert_false(reference_residual(&problem, &inputs, &expected, &answer) <=
                     reference_tolerance(&problem));
        answer_destroy(&expected);
        answer_destroy(&answer);
        inputs_destroy(&inputs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slopes_are_derivatives),     cmocka_unit_test(gradient_is_the_losses),
        cmocka_unit_test(tangent_is_adjoint_to_pull), cmocka_unit_test(samples_add_up),
        cmocka_unit_test(residual_sees_a_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
