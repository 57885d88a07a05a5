#include "check.h"

#include "clock.h"

const double check_timing_rate = 1e-9;

/* Seconds. Two threads that began on one processor of a virtual machine were seen to share it for 60 ms, the other idle. */
static const double spreading = 0.1;

static double residual_of(const struct problem *problem, const struct inputs *inputs, struct run *run)
{
    struct answer expected, answer;
    double residual;

    reference_solve(problem, inputs, &expected);
    answer_create(problem, problem->batch, &answer);
    run_set_rate(run, reference_rate);
    run_once(run);
    run_answer(run, &answer);
    residual = reference_residual(problem, inputs, &expected, &answer);
    answer_destroy(&expected);
    answer_destroy(&answer);
    return residual;
}

/* A step at the rate of the check may leave parameters nobody can go on from: begin again from the first ones. */
static void begin_again(const struct problem *problem, const struct inputs *inputs, struct checked *checked)
{
    run_destroy(checked->run);
    checked->run = run_create(problem, inputs, &checked->why);
    if (checked->run)
        run_set_rate(checked->run, check_timing_rate);
}

struct checked check_run(const struct problem *problem)
{
    struct checked checked = {0};
    struct inputs inputs;

    inputs_create(problem, &inputs);
    checked.run = run_create(problem, &inputs, &checked.why);
    if (checked.run) {
        checked.residual = residual_of(problem, &inputs, checked.run);
        checked.wrong = !(checked.residual <= run_tolerance_factor * reference_tolerance(problem));
        if (problem->work == WORK_TRAIN)
            begin_again(problem, &inputs, &checked);
    }
    inputs_destroy(&inputs);
    return checked;
}

void check_warm(const struct problem *problem, struct run *run)
{
    double begin = clock_now();

    do
        run_once(run);
    while (problem->threads > 1 && clock_now() - begin < spreading);
}

double check_time(struct run *run, int64_t repeats)
{
    double begin = clock_now();

    for (int64_t i = 0; i < repeats; i++)
        run_once(run);
    return clock_now() - begin;
}
