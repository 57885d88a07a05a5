/* Losses registered or configured by the user: shared, counted objects in a registry of the process. */
#ifndef MLPI_LOSS_CUSTOM_LOSS_H
#define MLPI_LOSS_CUSTOM_LOSS_H

#include "loss/loss.h"

/* A reference to the registered loss `id`; NULL if there is none. */
const mlpi_loss *mlpi_custom_loss_acquire(mlp_loss id);
/* Calls the user's release function with the last reference, on this thread. */
void mlpi_custom_loss_release(mlpi_custom_loss *loss);

/* Whether it is a function of the user's, and no copy of a loss of the table. */
int mlpi_custom_loss_calls_back(const mlpi_custom_loss *loss);
int32_t mlpi_custom_loss_max_order(const mlpi_custom_loss *loss);
mlp_loss mlpi_custom_loss_find(const char *name);
const char *mlpi_custom_loss_name_of(mlp_loss id);

/* mlpi_loss_sum_any() and mlpi_loss_hvp_any() of a registered loss. */
mlp_status mlpi_custom_loss_sum_f32(const mlpi_custom_loss *loss, int64_t n, int64_t batch, const float *y,
                                    int64_t ldy, const mlpi_targets_f32 *targets, double scale,
                                    double *scratch, float *y_bar, int64_t ldb, double *sum);
mlp_status mlpi_custom_loss_sum_f64(const mlpi_custom_loss *loss, int64_t n, int64_t batch, const double *y,
                                    int64_t ldy, const mlpi_targets_f64 *targets, double scale,
                                    double *scratch, double *y_bar, int64_t ldb, double *sum);
mlp_status mlpi_custom_loss_hvp_f32(const mlpi_custom_loss *loss, int64_t n, int64_t batch, const float *y,
                                    int64_t ldy, const mlpi_targets_f32 *targets, double scale,
                                    double *scratch, const float *v, int64_t ldv, int64_t streams, float *hv,
                                    int64_t ldh);
mlp_status mlpi_custom_loss_hvp_f64(const mlpi_custom_loss *loss, int64_t n, int64_t batch, const double *y,
                                    int64_t ldy, const mlpi_targets_f64 *targets, double scale,
                                    double *scratch, const double *v, int64_t ldv, int64_t streams,
                                    double *hv, int64_t ldh);

#endif
