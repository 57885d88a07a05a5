/**
 * @file
 * Second derivatives: Hessian-vector and Gauss-Newton products of a loss in theta, and the Hessians of y in x.
 *
 * All calls need a workspace with MLP_USE_SECOND_ORDER that remembers a forward pass of @p model in its present state, and
 * leave that pass as it is. They allocate nothing and use the workspace's threads; their bits do not depend on how many.
 *
 * A loss is first linearised at the remembered pass: its value and gradient, and all that its products with vectors have
 * in common. Then any number of products may follow, as in a conjugate gradient or Lanczos iteration. "One gradient" is the
 * cost of a forward pass and a vjp in theta.
 */
#ifndef MLP_HESSIAN_H
#define MLP_HESSIAN_H

#include "jet.h"
#include "loss.h"

MLP_BEGIN_DECLS

/**
 * Take a loss at the last forward pass, for the products below.
 *
 *     loss = sum_s w_s l(y_s, t_s) / sum_s w_s,    theta_bar = dloss/dtheta
 *
 * Copies targets and weights, holds on to a registered loss, and costs a vjp where @p theta_bar is asked for, else next to
 * nothing. Forgotten with the forward pass, when another loss is taken, and when a callback fails while one is.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_SECOND_ORDER
 * @param loss       a constant or registered id
 * @param t          n_L x batch targets, in the user's units
 * @param ldt        leading dimension of t, >= n_L
 * @param weights    batch values >= 0 whose sum is > 0; NULL for all 1
 * @param value      receives the loss; NULL to skip
 * @param theta_bar  mlp_model_param_count() values in parameter order, overwritten; NULL to skip
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, an unknown loss, bad weights, or another architecture
 * @retval MLP_ERR_SIZE         a leading dimension is too small, or n_L is odd for MLP_GAUSSIAN_NLL
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace has no MLP_USE_SECOND_ORDER, or remembers no forward pass of @p model in its
 *                              present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation or loss has no second derivative
 * @retval MLP_ERR_CALLBACK     a registered activation or loss failed
 * @since 0.1
 */
MLP_API mlp_status mlp_linearize_f32(const mlp_model *model, mlp_workspace *workspace, mlp_loss loss,
                                     const float *t, int64_t ldt, const float *weights, double *value,
                                     float *theta_bar);

/** @copydoc mlp_linearize_f32 */
MLP_API mlp_status mlp_linearize_f64(const mlp_model *model, mlp_workspace *workspace, mlp_loss loss,
                                     const double *t, int64_t ldt, const double *weights, double *value,
                                     double *theta_bar);

/**
 * The same with a class label per sample in place of targets: label c stands for t = e_c.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_SECOND_ORDER
 * @param loss       a constant or registered id
 * @param labels     batch values 0 .. n_L - 1
 * @param weights    batch values >= 0 whose sum is > 0; NULL for all 1
 * @param value      receives the loss; NULL to skip
 * @param theta_bar  mlp_model_param_count() values in parameter order, overwritten; NULL to skip
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, an unknown loss, a label out of range, bad weights, or another architecture
 * @retval MLP_ERR_SIZE         n_L is odd for MLP_GAUSSIAN_NLL
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        as for mlp_linearize_f32()
 * @retval MLP_ERR_UNSUPPORTED  as for mlp_linearize_f32()
 * @retval MLP_ERR_CALLBACK     as for mlp_linearize_f32()
 * @since 0.1
 */
MLP_API mlp_status mlp_linearize_labels_f32(const mlp_model *model, mlp_workspace *workspace, mlp_loss loss,
                                            const int32_t *labels, const float *weights, double *value,
                                            float *theta_bar);

/** @copydoc mlp_linearize_labels_f32 */
MLP_API mlp_status mlp_linearize_labels_f64(const mlp_model *model, mlp_workspace *workspace, mlp_loss loss,
                                            const int32_t *labels, const double *weights, double *value,
                                            double *theta_bar);

/**
 * The Hessian of the linearised loss in theta times a vector.
 *
 *     theta_hv = (d2loss/dtheta2) theta_dot
 *
 * by Pearlmutter's R-operator (Neural Computation 6, 1994): about two gradients, and a third of one more for the first
 * product of a loss that was linearised without its gradient. A registered loss is called once for each sample, on the
 * calling thread. The remembered jet is given up.
 *
 * @param model      the model of the remembered pass
 * @param workspace  that has linearised a loss
 * @param theta_dot  mlp_model_param_count() values in parameter order
 * @param theta_hv   as many, overwritten; must not overlap @p theta_dot
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, overlapping arrays, or another architecture
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        no loss of @p model in its present state is linearised
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no second derivative
 * @retval MLP_ERR_CALLBACK     a registered loss failed
 * @since 0.1
 */
MLP_API mlp_status mlp_hvp_f32(const mlp_model *model, mlp_workspace *workspace, const float *theta_dot,
                               float *theta_hv);

/** @copydoc mlp_hvp_f32 */
MLP_API mlp_status mlp_hvp_f64(const mlp_model *model, mlp_workspace *workspace, const double *theta_dot,
                               double *theta_hv);

/**
 * The Gauss-Newton matrix of the linearised loss times a vector.
 *
 *     theta_gv = J^T (d2loss/dy2) J theta_dot,    J = dy/dtheta
 *
 * a jvp, the loss's Hessian in y, and a vjp: about 1.4 gradients (Schraudolph, Neural Computation 14, 2002). It is positive
 * semidefinite for a convex loss; for softmax cross-entropy on labels it is the Fisher matrix.
 *
 * @param model      the model of the remembered pass
 * @param workspace  that has linearised a loss
 * @param theta_dot  mlp_model_param_count() values in parameter order
 * @param theta_gv   as many, overwritten; must not overlap @p theta_dot
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, overlapping arrays, or another architecture
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        as for mlp_hvp_f32()
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no second derivative
 * @retval MLP_ERR_CALLBACK     a registered loss failed
 * @since 0.1
 */
MLP_API mlp_status mlp_gauss_newton_f32(const mlp_model *model, mlp_workspace *workspace,
                                        const float *theta_dot, float *theta_gv);

/** @copydoc mlp_gauss_newton_f32 */
MLP_API mlp_status mlp_gauss_newton_f64(const mlp_model *model, mlp_workspace *workspace,
                                        const double *theta_dot, double *theta_gv);

/**
 * The Hessians of every output in x at the last forward pass, sample by sample.
 *
 *     H_sp = d2(y_p)/dx2 at x_s,    n_0 x n_0, symmetric to the bit, at H + s * stride + p * ldh * n_0
 *
 * in the user's units; with ldh = n_0 and stride = n_0^2 n_L it is NumPy's array of shape (batch, n_L, n_0, n_0). Costs n_0
 * streams forward, one back for each output, and n_0^2 / 2 multiply-adds for every unit and output; 1 + n_0 streams must
 * fit the workspace (they do where n_0 < 256). The diagonals alone are y2 of mlp_jet_f32() along the units of x. The
 * remembered jet is given up.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_SECOND_ORDER
 * @param H          batch n_L matrices, overwritten; elements between them and between columns stay
 * @param ldh        leading dimension, >= n_0
 * @param stride     distance of the first matrices of neighbouring samples, >= ldh n_0 n_L
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or another architecture
 * @retval MLP_ERR_SIZE         @p ldh or @p stride is too small, or overflows, or the workspace has no room for the streams
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        as for mlp_linearize_f32()
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no second derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_hessian_x_f32(const mlp_model *model, mlp_workspace *workspace, float *H, int64_t ldh,
                                     int64_t stride);

/** @copydoc mlp_hessian_x_f32 */
MLP_API mlp_status mlp_hessian_x_f64(const mlp_model *model, mlp_workspace *workspace, double *H, int64_t ldh,
                                     int64_t stride);

MLP_END_DECLS

#endif
