/* The last layer in closed form, by least squares. */
#ifndef MLPI_TRAIN_FIT_OUTPUT_H
#define MLPI_TRAIN_FIT_OUTPUT_H

#include "model/workspace.h"

/*
 * Sets A_L and b_L to minimise sum_s |y(x_s) - t_s|^2; sigma_L is the identity and no output scale is 0. On failure the
 * model is as before. The workspace forgets its remembered pass.
 */
mlp_status mlpi_fit_output_f32(mlp_model *model, mlp_workspace *workspace, int64_t samples, const float *x,
                               int64_t ldx, const float *t, int64_t ldt, int64_t *rank);
mlp_status mlpi_fit_output_f64(mlp_model *model, mlp_workspace *workspace, int64_t samples, const double *x,
                               int64_t ldx, const double *t, int64_t ldt, int64_t *rank);

#endif
