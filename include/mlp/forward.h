/**
 * @file
 * Forward passes: y = f(x), and predictions.
 *
 * Arrays are column-major and columns are samples: x is n_0 x batch with leading dimension ldx >= n_0. A
 * row-major C or NumPy array of shape (batch, n_0) is the same bytes.
 */
#ifndef MLP_FORWARD_H
#define MLP_FORWARD_H

#include "workspace.h"

MLP_BEGIN_DECLS

/**
 * Evaluate the model on a batch: y = f(x), in the user's units.
 *
 * With MLP_USE_DERIVATIVES the pass is remembered: it becomes the point at which derivatives are taken. On failure
 * the workspace remembers no pass. Costs 2 sum_l n_l n_{l-1} flop per sample; allocates nothing.
 *
 * @param model      an f32 model of the workspace's architecture
 * @param workspace  the workspace
 * @param batch      0 .. the workspace's maximum; 0 does nothing
 * @param x          n_0 x batch, column-major
 * @param ldx        leading dimension, >= n_0
 * @param y          n_L x batch, column-major, overwritten; may be @p x itself where ldx = ldy; NULL to skip
 * @param ldy        leading dimension, >= n_L
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or @p model is not of the workspace's architecture
 * @retval MLP_ERR_SIZE      a size is negative or too small, or @p batch exceeds the workspace's maximum
 * @retval MLP_ERR_DTYPE     @p model or @p workspace is f64
 * @retval MLP_ERR_CALLBACK  a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_forward_f32(const mlp_model *model, mlp_workspace *workspace, int64_t batch,
                                   const float *x, int64_t ldx, float *y, int64_t ldy);

/** @copydoc mlp_forward_f32 */
MLP_API mlp_status mlp_forward_f64(const mlp_model *model, mlp_workspace *workspace, int64_t batch,
                                   const double *x, int64_t ldx, double *y, int64_t ldy);

/**
 * mlp_forward_f32() followed by the model's head: probabilities where the head is sigmoid or softmax.
 *
 * @param model      an f32 model of the workspace's architecture
 * @param workspace  the workspace
 * @param batch      0 .. the workspace's maximum; 0 does nothing
 * @param x          n_0 x batch, column-major
 * @param ldx        leading dimension, >= n_0
 * @param y          n_L x batch, column-major, overwritten; may be @p x itself where ldx = ldy
 * @param ldy        leading dimension, >= n_L
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or @p model is not of the workspace's architecture
 * @retval MLP_ERR_SIZE      a size is negative or too small, or @p batch exceeds the workspace's maximum
 * @retval MLP_ERR_DTYPE     @p model or @p workspace is f64
 * @retval MLP_ERR_CALLBACK  a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_predict_f32(const mlp_model *model, mlp_workspace *workspace, int64_t batch,
                                   const float *x, int64_t ldx, float *y, int64_t ldy);

/** @copydoc mlp_predict_f32 */
MLP_API mlp_status mlp_predict_f64(const mlp_model *model, mlp_workspace *workspace, int64_t batch,
                                   const double *x, int64_t ldx, double *y, int64_t ldy);

MLP_END_DECLS

#endif
