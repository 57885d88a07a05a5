#include "reference.h"

#include "memory.h"
#include "sigma.h"

#include <math.h>
#include <stdlib.h>

void answer_create(const struct problem *problem, int64_t samples, struct answer *answer)
{
    bool sum = problem->work == WORK_SAMPLE_CLIPPED_SUM || problem->work == WORK_JACOBIAN_NORMAL_ADD;
    bool gradient = problem->work == WORK_TRAIN || problem->work == WORK_GRAD || problem->work == WORK_VJP;

    *answer = (struct answer){.samples = samples, .rows = problem_rows(problem)};
    if (answer->rows)
        answer->columns = memory_new(answer->rows * samples, sizeof *answer->columns);
    if (gradient || sum) {
        answer->params = problem_params(problem);
        answer->theta = memory_new(answer->params, sizeof *answer->theta);
    }
}

void answer_destroy(struct answer *answer)
{
    free(answer->columns);
    free(answer->theta);
    *answer = (struct answer){0};
}

/* Not fmax(), which drops NaN. */
static double worse(double a, double b)
{
    return a >= b || isnan(a) ? a : b;
}

/* |difference| / |size|, zero where both vanish. */
static double quotient(double difference, double size)
{
    return difference == 0 ? 0 : sqrt(difference / size);
}

static double columns_residual(const struct answer *expected, const struct answer *answer)
{
    double difference = 0, size = 0;

    for (int64_t s = 0; s < answer->samples; s++) {
        const double *want = expected->columns + s % expected->samples * expected->rows;
        const double *got = answer->columns + s * answer->rows;

        for (int64_t i = 0; i < answer->rows; i++) {
            difference += (want[i] - got[i]) * (want[i] - got[i]);
            size += want[i] * want[i];
        }
    }
    return quotient(difference, size);
}

/* Of one block of parameters; `before` NULL where the block is a gradient. */
static double block_residual(int64_t count, const double *want, const double *got, const double *before)
{
    double difference = 0, size = 0;

    for (int64_t i = 0; i < count; i++) {
        double expected = want[i] - (before ? before[i] : 0);

        difference += (want[i] - got[i]) * (want[i] - got[i]);
        size += expected * expected;
    }
    return quotient(difference, size);
}

double reference_residual(const struct problem *problem, const struct inputs *inputs,
                          const struct answer *expected, const struct answer *answer)
{
    double residual = expected->columns ? columns_residual(expected, answer) : 0;
    const double *before = problem->work == WORK_TRAIN ? inputs->theta : NULL;
    int64_t offset = 0;

    for (int l = 1; expected->theta && l <= problem->layers; l++) {
        int64_t sizes[] = {problem->width[l] * problem->width[l - 1], problem->width[l]};

        for (int part = 0; part < 2; part++) {
            residual = worse(block_residual(sizes[part], expected->theta + offset, answer->theta + offset,
                                            before ? before + offset : NULL),
                             residual);
            offset += sizes[part];
        }
    }
    return residual;
}

/* A pre-activation within rounding of a kink turns one unit's gradient on or off. */
double reference_tolerance(const struct problem *problem)
{
    bool derivative = problem->work != WORK_INFER;

    if (derivative && sigma_find(problem->activation)->kinked)
        return problem->f64 ? 1e-6 : 3e-2;
    return problem->f64 ? 1e-10 : 1e-3;
}
