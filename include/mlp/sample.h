/**
 * @file
 * Gradients of each sample by itself, and what can be told of them without forming them.
 *
 * With y_bar the cotangents of a batch, one column for each sample as mlp_loss_evaluate_f32() gives them, these calls are
 * about
 *
 *     g_s = (dy_s/dtheta)^T y_bar_s = [delta_l y_{l-1}^T | delta_l] over l = 1..L,    delta_l = D_l (dy_L/dy_l)^T y_bar_s
 *
 * one for each sample of the remembered forward pass, in the user's units. Weights of samples, and a division by the batch,
 * are in y_bar where the loss has put them, and so in g_s: for the gradient of a sample's own loss take the batch out
 * of y_bar first. The sum of all g_s is the theta_bar of mlp_vjp_f32().
 *
 * A layer's part of g_s has rank one, so norms and inner products need only the vectors it is made of. All need a
 * workspace with MLP_USE_DERIVATIVES, some with MLP_USE_SAMPLES, that remembers a forward pass of @p model in its
 * present state; all leave that pass as it is, run on the caller's thread and allocate nothing.
 */
#ifndef MLP_SAMPLE_H
#define MLP_SAMPLE_H

#include "diff.h"

MLP_BEGIN_DECLS

/**
 * The gradient of each sample: g_s in column s.
 *
 * Costs a reverse sweep, and writing n_theta x batch values, which is most of it. Where only norms or clipped sums are
 * wanted the calls below are many times faster.
 *
 * @param model       the model of the remembered pass
 * @param workspace   with MLP_USE_DERIVATIVES
 * @param y_bar       n_L x batch, column-major, batch that of the remembered pass
 * @param ldy         leading dimension, >= n_L
 * @param theta_bars  n_theta x batch, overwritten: columns in parameter order, n_theta = mlp_model_param_count()
 * @param ldt         leading dimension, >= n_theta
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or another architecture
 * @retval MLP_ERR_SIZE         a leading dimension is too small, or @p ldt overflows
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace remembers no forward pass of @p model in its present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_sample_gradients_f32(const mlp_model *model, mlp_workspace *workspace,
                                            const float *y_bar, int64_t ldy, float *theta_bars, int64_t ldt);

/** @copydoc mlp_sample_gradients_f32 */
MLP_API mlp_status mlp_sample_gradients_f64(const mlp_model *model, mlp_workspace *workspace,
                                            const double *y_bar, int64_t ldy, double *theta_bars,
                                            int64_t ldt);

/**
 * The Euclidean norm of each sample's gradient, without forming it (Goodfellow 2015, arXiv:1510.01799):
 *
 *     |g_s|^2 = sum over l of |delta_l|^2 (|y_{l-1}|^2 + 1)
 *
 * Costs a reverse sweep without its weight gradients, about one forward pass. Squares are taken in the number type: in
 * f32 a norm below 1e-19 may come out as 0 and one above 1e19 as infinity.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_DERIVATIVES
 * @param y_bar      n_L x batch, column-major, batch that of the remembered pass
 * @param ldy        leading dimension, >= n_L
 * @param norms      batch values |g_s|, overwritten
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or another architecture
 * @retval MLP_ERR_SIZE         @p ldy is too small
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace remembers no forward pass of @p model in its present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_sample_norms_f32(const mlp_model *model, mlp_workspace *workspace, const float *y_bar,
                                        int64_t ldy, float *norms);

/** @copydoc mlp_sample_norms_f32 */
MLP_API mlp_status mlp_sample_norms_f64(const mlp_model *model, mlp_workspace *workspace, const double *y_bar,
                                        int64_t ldy, double *norms);

/**
 * The sum of gradients none of which counts for more than a bound (Abadi et al. 2016, arXiv:1607.00133):
 *
 *     theta_bar = sum over s of min(1, bound / |g_s|) g_s
 *
 * Neither the gradients nor a second sweep is needed: the factors go into the delta_l, which are kept. Costs little more
 * than mlp_vjp_f32() for theta_bar. A gradient of zero has the factor 1; one with NaN makes the sum NaN. For
 * differential privacy add your own noise, of a standard deviation proportional to @p bound, to theta_bar.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_SAMPLES
 * @param y_bar      n_L x batch, column-major, batch that of the remembered pass
 * @param ldy        leading dimension, >= n_L
 * @param bound      > 0, finite
 * @param norms      batch values |g_s| before clipping, overwritten, as of mlp_sample_norms_f32(); NULL to skip
 * @param theta_bar  mlp_model_param_count() values in parameter order, overwritten
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, @p bound is not a finite number above 0, or another architecture
 * @retval MLP_ERR_SIZE         @p ldy is too small
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace has no MLP_USE_SAMPLES, or remembers no forward pass of @p model in its
 *                              present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_sample_clipped_sum_f32(const mlp_model *model, mlp_workspace *workspace,
                                              const float *y_bar, int64_t ldy, double bound, float *norms,
                                              float *theta_bar);

/** @copydoc mlp_sample_clipped_sum_f32 */
MLP_API mlp_status mlp_sample_clipped_sum_f64(const mlp_model *model, mlp_workspace *workspace,
                                              const double *y_bar, int64_t ldy, double bound, double *norms,
                                              double *theta_bar);

/**
 * The inner products of the samples' gradients, without forming them: a block of the tangent kernel.
 *
 *     K_st = g_s . g_t = sum over l of (delta_{l,s} . delta_{l,t}) (y_{l-1,s} . y_{l-1,t} + 1)
 *
 * With y_bar = e_p for every sample K is the empirical neural tangent kernel of output p on the batch (Jacot et al. 2018,
 * arXiv:1806.07572). Costs a reverse sweep and batch^2/2 inner products of each layer's columns.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_SAMPLES
 * @param y_bar      n_L x batch, column-major, batch that of the remembered pass
 * @param ldy        leading dimension, >= n_L
 * @param K          batch x batch, overwritten: both triangles, symmetric to the bit
 * @param ldk        leading dimension, >= batch
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or another architecture
 * @retval MLP_ERR_SIZE         a leading dimension is too small, or @p ldk overflows
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace has no MLP_USE_SAMPLES, or remembers no forward pass of @p model in its
 *                              present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_sample_inner_products_f32(const mlp_model *model, mlp_workspace *workspace,
                                                 const float *y_bar, int64_t ldy, float *K, int64_t ldk);

/** @copydoc mlp_sample_inner_products_f32 */
MLP_API mlp_status mlp_sample_inner_products_f64(const mlp_model *model, mlp_workspace *workspace,
                                                 const double *y_bar, int64_t ldy, double *K, int64_t ldk);

MLP_END_DECLS

#endif
