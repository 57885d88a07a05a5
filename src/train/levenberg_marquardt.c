/*
 * Levenberg-Marquardt: D. W. Marquardt, "An algorithm for least-squares estimation of nonlinear parameters", Journal of the
 * Society for Industrial and Applied Mathematics 11 (1963), after K. Levenberg (1944), for networks as M. T. Hagan and M. B.
 * Menhaj, "Training feedforward networks with the Marquardt algorithm", IEEE Transactions on Neural Networks 5 (1994), and
 * MATLAB's trainlm have it. With the residuals r of all outputs of all samples, and J = dr/dtheta,
 *
 *     (J^T J + mu I) d = -J^T r
 *
 * and what becomes of mu is said in marquardt.h. J is never there as a whole: J^T J is summed in double from blocks of its
 * rows, whatever the model's number type is, and factored by Cholesky. Where that fails, or the condition number of J^T J +
 * mu I would cost all digits, J itself is factored by QR, a block of rows after the other (damped.h). With many parameters,
 * or another loss than squared error, the Gauss-Newton matrix takes the place of J^T J, and is never there at all
 * (truncated_cg.h).
 */
#include "train/marquardt.h"

static void *take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch)
{
    return mlpi_marquardt_take(arena, trainer, max_batch);
}

static mlp_status step(const mlpi_residuals *residuals, double *loss)
{
    mlpi_marquardt *m = residuals->objective.trainer->buffers.method;
    int found = 0;
    mlp_status status = mlpi_marquardt_begin(m, residuals);
    if (status == MLP_OK)
        status = mlpi_marquardt_search(m, residuals, 0, 1, &found);
    if (status != MLP_OK)
        return status;
    *loss = residuals->weight > 0 ? m->sum / residuals->weight : 0;
    mlpi_marquardt_end(m, residuals, found);
    return MLP_OK;
}

static const mlpi_method method = {.uses_for = mlpi_marquardt_uses,
                                   .uses = MLP_USE_DERIVATIVES,
                                   .check = mlpi_marquardt_check,
                                   .kept = mlpi_marquardt_kept,
                                   .take = take,
                                   .fit = step,
                                   .statistic = mlpi_marquardt_statistic};

const mlpi_optimizer mlpi_levenberg_marquardt = {
    .id = MLP_LEVENBERG_MARQUARDT, .name = "levenberg_marquardt", .method = &method};
