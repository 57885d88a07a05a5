#include "train/truncated_cg.h"
#include "train/vectors.h"

#include <math.h>

mlpi_truncated_cg mlpi_truncated_cg_take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch)
{
    const int64_t n = trainer->model->param_count;
    mlpi_truncated_cg cg = {.room = mlpi_bend_room_take(arena, trainer, max_batch)};
    cg.gradient = mlpi_arena_take(arena, n, sizeof(double));
    cg.d = mlpi_arena_take(arena, n, sizeof(double));
    cg.residual = mlpi_arena_take(arena, n, sizeof(double));
    cg.p = mlpi_arena_take(arena, n, sizeof(double));
    cg.q = mlpi_arena_take(arena, n, sizeof(double));
    return cg;
}

/* d = 0: the residual, and the first direction, are the right side. */
static void begin(const mlpi_truncated_cg *cg, int64_t n, const double *penalty)
{
    for (int64_t i = 0; i < n; i++) {
        cg->d[i] = 0;
        cg->residual[i] = cg->p[i] = -(cg->gradient[i] + penalty[i]);
    }
}

mlp_status mlpi_truncated_cg_solve(const mlpi_truncated_cg *cg, const mlpi_residuals *residuals,
                                   double lambda, const double *penalty, int *solved)
{
    const mlpi_options *options = &residuals->objective.trainer->options;
    const double tolerance = mlpi_options_real(options, MLP_TRAINER_SOLVER_TOLERANCE);
    const int64_t n = residuals->objective.n, most = mlpi_options_int(options, MLP_TRAINER_SOLVER_ITERATIONS);
    begin(cg, n, penalty);
    double square = mlpi_vector_dot(n, cg->residual, cg->residual);
    const double goal = tolerance * tolerance * square;
    *solved = 0;
    for (int64_t k = 0; k < most && square > goal && isfinite(square); k++) {
        const mlp_status status = mlpi_residuals_product(residuals, &cg->room, cg->p, k == 0, cg->q);
        if (status != MLP_OK)
            return status;
        mlpi_vector_add(n, lambda, cg->p, cg->q);
        const double curvature = mlpi_vector_dot(n, cg->p, cg->q);
        if (!(curvature > 0))
            return MLP_OK;
        const double alpha = square / curvature, before = square;
        mlpi_vector_add(n, alpha, cg->p, cg->d);
        mlpi_vector_add(n, -alpha, cg->q, cg->residual);
        square = mlpi_vector_dot(n, cg->residual, cg->residual);
        mlpi_vector_scale(n, square / before, cg->p);
        mlpi_vector_add(n, 1, cg->residual, cg->p);
        *solved = 1;
    }
    return MLP_OK;
}
