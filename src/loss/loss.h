/*
 * The losses: one table that feeds names, dispatch, the trainer and the tests. A loss is a function of one
 * sample's outputs; batches, weights and the order of summation are the same for all and live in loss_tmpl.h.
 */
#ifndef MLPI_LOSS_LOSS_H
#define MLPI_LOSS_LOSS_H

#include "mlp/loss.h"

#include "base/real32.h"
#include "loss/loss_decl_tmpl.h"
#include "base/real64.h"
#include "loss/loss_decl_tmpl.h"

typedef struct mlpi_loss {
    int32_t id;
    const char *name;
    mlpi_loss_target_f32 target_f32;
    mlpi_loss_target_f64 target_f64;
    mlpi_loss_label_f32 label_f32;
    mlpi_loss_label_f64 label_f64;
    mlpi_loss_target_hvp_f32 target_hvp_f32;
    mlpi_loss_target_hvp_f64 target_hvp_f64;
    mlpi_loss_label_hvp_f32 label_hvp_f32;
    mlpi_loss_label_hvp_f64 label_hvp_f64;
} mlpi_loss;

extern const mlpi_loss mlpi_squared_error, mlpi_softmax_cross_entropy;

/* The loss with this id or name; NULL if there is none. */
const mlpi_loss *mlpi_loss_of(int32_t id);
const mlpi_loss *mlpi_loss_find(const char *name);

/* The losses in the order of their ids: index 0 .. count - 1. */
const mlpi_loss *mlpi_loss_at(int32_t index);
int32_t mlpi_loss_count(void);

/*
 * sum_s w_s l(y_s, t_s) over a batch, in double and in the order of the samples. y_bar (n x batch), where not NULL,
 * receives scale w_s dl/dy_s and may be y itself.
 */
double mlpi_loss_sum_f32(const mlpi_loss *loss, int64_t n, int64_t batch, const float *y, int64_t ldy,
                         const mlpi_targets_f32 *targets, double scale, float *y_bar, int64_t ldb);
double mlpi_loss_sum_f64(const mlpi_loss *loss, int64_t n, int64_t batch, const double *y, int64_t ldy,
                         const mlpi_targets_f64 *targets, double scale, double *y_bar, int64_t ldb);

/*
 * The Hessian of every sample times vectors: sample s has the columns s streams .. (s + 1) streams - 1 of v and hv
 * (n x batch streams), and hv becomes scale w_s (d2l/dy2_s) v. hv may be v where ldh = ldv.
 */
void mlpi_loss_hvp_f32(const mlpi_loss *loss, int64_t n, int64_t batch, const float *y, int64_t ldy,
                       const mlpi_targets_f32 *targets, double scale, const float *v, int64_t ldv,
                       int64_t streams, float *hv, int64_t ldh);
void mlpi_loss_hvp_f64(const mlpi_loss *loss, int64_t n, int64_t batch, const double *y, int64_t ldy,
                       const mlpi_targets_f64 *targets, double scale, const double *v, int64_t ldv,
                       int64_t streams, double *hv, int64_t ldh);

#endif
