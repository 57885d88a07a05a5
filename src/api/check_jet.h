/* Validation of directions and of the room for streams. Contract as in api/check.h. */
#ifndef MLPI_API_CHECK_JET_H
#define MLPI_API_CHECK_JET_H

#include "api/check.h"

/* The streams of so many samples fit the workspace, which has MLP_USE_SECOND_ORDER. */
mlp_status mlpi_check_room(const mlp_workspace *workspace, int64_t batch, const mlpi_jet *jet);

/* Directions of a batch, as for mlp_jet_f32(). */
mlp_status mlpi_check_directions_f32(const mlp_model *model, int64_t batch, int64_t directions,
                                     const float *v, int64_t ldv, int64_t stride);
mlp_status mlpi_check_directions_f64(const mlp_model *model, int64_t batch, int64_t directions,
                                     const double *v, int64_t ldv, int64_t stride);

/* n_0 finite weights, or NULL. */
mlp_status mlpi_check_laplacian_weights_f32(const mlp_model *model, const float *weights);
mlp_status mlpi_check_laplacian_weights_f64(const mlp_model *model, const double *weights);

#endif
