/*
 * What methods of least squares ask about the trainer's model on a problem's samples, whatever its number type: the loss,
 * and the rows [J r] with r = y - t and J = dr/dtheta, each times the root of its sample's weight. Samples are taken in
 * blocks of the prepared maximum, and rows in blocks that depend on the network: the bits do not depend on the number of
 * threads.
 */
#ifndef MLPI_TRAIN_RESIDUALS_H
#define MLPI_TRAIN_RESIDUALS_H

#include "train/damped.h"
#include "train/objective.h"

/* What it takes to differentiate along a direction, of the model's number type. */
typedef struct mlpi_bend_room {
    void *direction, *theta_bar; /* of theta's length */
    void *ahead, *y_dot;         /* n_L x max_batch */
} mlpi_bend_room;

struct mlpi_residuals {
    mlpi_objective objective;
    int64_t samples;
    double weight; /* of all samples together */
    mlp_status (*sum)(const mlpi_residuals *residuals, double *sum);
    mlp_status (*bend)(const mlpi_residuals *residuals, const mlpi_bend_room *room, mlpi_point *here,
                       const double *v, mlpi_point *ahead, double *out);
    mlp_status (*sample)(const mlpi_residuals *residuals, int64_t sample, double *loss, double *weight,
                         const char **bad);
    mlp_status (*gradient)(const mlpi_residuals *residuals, const mlpi_bend_room *room, double *out,
                           double *sum);
    mlp_status (*product)(const mlpi_residuals *residuals, const mlpi_bend_room *room, const double *v,
                          int fresh, double *out);
    mlp_status (*add)(const mlpi_residuals *residuals, mlpi_damped *damped, double *sum, const char **bad);
};

mlpi_residuals mlpi_residuals_of_f32(mlp_trainer *trainer, const mlpi_problem_f32 *problem);
mlpi_residuals mlpi_residuals_of_f64(mlp_trainer *trainer, const mlpi_problem_f64 *problem);

/* sum_s w_s l_s at the model's parameters, of any loss. Fails where a callback does. */
mlp_status mlpi_residuals_sum(const mlpi_residuals *residuals, double *sum);

/*
 * The same, and all rows are added to `damped`, which has begun. *bad becomes "loss" or "gradient" where that is not
 * finite, and else NULL. The workspace has MLP_USE_LEAST_SQUARES, the loss is MLP_SQUARED_ERROR.
 */
mlp_status mlpi_residuals_add(const mlpi_residuals *residuals, mlpi_damped *damped, double *sum,
                              const char **bad);

/*
 * The loss and weight of one sample, and its rows [J r] without the weight, in the workspace's block. *bad as above.
 */
mlp_status mlpi_residuals_sample(const mlpi_residuals *residuals, int64_t sample, double *loss,
                                 double *weight, const char **bad);

/* sum_s w_s l_s and its gradient, of any loss; either may not be finite. */
mlp_status mlpi_residuals_gradient(const mlpi_residuals *residuals, const mlpi_bend_room *room, double *out,
                                   double *sum);

/*
 * out = G v with the Gauss-Newton matrix G = sum_s w_s J_s^T (d2l_s/dy2) J_s of any loss that has a second derivative.
 * `fresh`: the trainer's workspace has not just made another product at this place.
 */
mlp_status mlpi_residuals_product(const mlpi_residuals *residuals, const mlpi_bend_room *room,
                                  const double *v, int fresh, double *out);

mlpi_bend_room mlpi_bend_room_take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch);

/*
 * out (n) = J^T r_vv, with the weights, where r_vv is the second derivative of r along v at `here`, where the model is: by a
 * difference between there and a step of BEND_STEP v, `ahead` being overwritten. All 0 where that is but rounding.
 */
mlp_status mlpi_residuals_bend(const mlpi_residuals *residuals, const mlpi_bend_room *room, mlpi_point *here,
                               const double *v, mlpi_point *ahead, double *out);

#endif
