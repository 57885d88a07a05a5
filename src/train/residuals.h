/*
 * What methods of least squares ask about the trainer's model on a problem's samples, whatever its number type: the loss, and
 * the rows [J r] with r = y - t and J = dr/dtheta, each times the root of its sample's weight. Samples are taken in blocks of the
 * prepared maximum, and rows in blocks that depend on the network: the bits do not depend on the number of threads.
 */
#ifndef MLPI_TRAIN_RESIDUALS_H
#define MLPI_TRAIN_RESIDUALS_H

#include "train/damped.h"
#include "train/objective.h"

typedef struct mlpi_residuals mlpi_residuals;

struct mlpi_residuals {
    mlpi_objective objective;
    double weight; /* of all samples together */
    mlp_status (*sum)(const mlpi_residuals *residuals, double *sum);
    mlp_status (*add)(const mlpi_residuals *residuals, mlpi_damped *damped, double *sum, const char **bad);
};

mlpi_residuals mlpi_residuals_of_f32(mlp_trainer *trainer, const mlpi_problem_f32 *problem);
mlpi_residuals mlpi_residuals_of_f64(mlp_trainer *trainer, const mlpi_problem_f64 *problem);

/* sum_s w_s l_s at the model's parameters, of any loss. Fails where a callback does. */
mlp_status mlpi_residuals_sum(const mlpi_residuals *residuals, double *sum);

/*
 * The same, and all rows are added to `damped`, which has begun. *bad becomes "loss" or "gradient" where that is not finite, and
 * else NULL. The workspace has MLP_USE_LEAST_SQUARES, the loss is MLP_SQUARED_ERROR.
 */
mlp_status mlpi_residuals_add(const mlpi_residuals *residuals, mlpi_damped *damped, double *sum,
                              const char **bad);

#endif
