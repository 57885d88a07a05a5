#include "limit.h"

#include "sigma.h"

#include <math.h>

/* Where the costs of activations were fixed: nanoseconds on a core of so many GFLOP/s. */
static const struct {
    double cost, peak;
} tanh_like[] = {{0.20, 176}, {1.0, 88}};

int limit_level(const struct peak *peak, double bytes)
{
    int level = 0;

    while (level < LEVEL_DRAM && bytes > (double)peak->capacity[level])
        level++;
    return level;
}

void limit_compute(const struct problem *problem, const struct peak *peak, struct limit *limit)
{
    double theta = (double)problem_params(problem) * problem_bytes(problem);
    double borders = (double)problem->width[0] + (double)problem->width[problem->layers];
    double samples = borders * (double)problem->batch * problem_bytes(problem);
    double rate = problem->f64 ? peak->fma_f64 : peak->fma_f32;
    double cost = sigma_find(problem->activation)->curved
                      ? tanh_like[problem->f64].cost * tanh_like[problem->f64].peak / rate
                      : 0;
    bool gradient =
        problem->work == WORK_VJP || problem->work == WORK_GRAD || problem->work == WORK_SAMPLE_CLIPPED_SUM;
    double rows = work_is_beside_gradient(problem->work)
                      ? (double)problem_rows(problem) * (double)problem->batch * problem_bytes(problem)
                      : 0;
    double bytes = theta + samples + rows + (gradient ? theta : 0);

    limit->products = 2 * problem_fma(problem) / rate * 1e-9;
    limit->activations = problem_activations(problem) * cost * 1e-9;
    limit->level = limit_level(peak, bytes);
    limit->data = bytes / peak->read[limit->level] * 1e-9;
    if (problem->work == WORK_TRAIN)
        limit->data += 2 * theta / peak->update[limit->level] * 1e-9;
    limit->seconds = fmax(limit->products + limit->activations, limit->data);
}
