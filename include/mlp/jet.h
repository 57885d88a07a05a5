/**
 * @file
 * Jets: first, second and third derivatives of y along directions of x, the Laplacian, and the gradient of any loss of them.
 *
 * All calls need a workspace with MLP_USE_SECOND_ORDER that remembers a forward pass of @p model in its present state, and
 * leave that pass as it is. The last jet is remembered beside it: mlp_jet_vjp_f32() pulls cotangents of it back. They
 * allocate nothing, work in the user's units and use the workspace's threads; their bits do not depend on how many there
 * are. A stream is one derivative that is carried through the network, and costs one forward pass without its
 * activations; the workspace must have room for the streams of a batch (MLP_USE_STREAM).
 *
 * Along x + t v, with z = A y + b, s', s'' and s''' taken at z, and y', y'', y''' for d/dt:
 *
 *     y'   = s' z'
 *     y''  = s'' z'^2 + s' z''
 *     y''' = s''' z'^3 + 3 s'' z' z'' + s' z'''         z' = A y', z'' = A y'', z''' = A y'''
 *
 * (Griewank and Walther, Evaluating Derivatives, 2008, chapter 13; for the Laplacian: Li et al., 2023,
 * arXiv:2307.08214.)
 */
#ifndef MLP_JET_H
#define MLP_JET_H

#include "diff.h"

MLP_BEGIN_DECLS

/**
 * Derivatives of y along K directions of every sample at the last forward pass.
 *
 *     y1 = d/dt y(x + t v)    y2 = d2/dt2 y(x + t v)    y3 = d3/dt3 y(x + t v)      at t = 0
 *
 * Column s K + k of an output belongs to direction k of sample s. Directions may be the same for all samples, which is
 * faster. Streams: K where only @p y1 is asked for, 2 K with @p y2, 3 K with @p y3. The jet is remembered up to the highest
 * order asked for; one of third order cannot be pulled back.
 *
 * @param model       the model of the remembered pass
 * @param workspace   with MLP_USE_SECOND_ORDER
 * @param directions  K >= 1
 * @param v           n_0 x K for sample s at v + s * stride; NULL for the units of x, in order: K must then be n_0, and
 *                    y1 is the Jacobian dy/dx, y2 the diagonals of the Hessians
 * @param ldv         leading dimension of v, >= n_0; ignored where @p v is NULL
 * @param stride      distance of the directions of neighbouring samples; 0: all samples have the same; ignored where
 *                    @p v is NULL
 * @param y1          n_L x (K batch), overwritten; NULL to skip
 * @param y2          n_L x (K batch), overwritten; NULL to skip
 * @param y3          n_L x (K batch), overwritten; NULL to skip
 * @param ldy         leading dimension of y1, y2 and y3, >= n_L
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, no output asked for, @p v NULL and K not n_0, or another architecture
 * @retval MLP_ERR_SIZE         a size, stride or leading dimension is too small, or the workspace has no room for the streams
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace has no MLP_USE_SECOND_ORDER, or remembers no forward pass of @p model in its
 *                              present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no derivative of that order
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_jet_f32(const mlp_model *model, mlp_workspace *workspace, int64_t directions,
                               const float *v, int64_t ldv, int64_t stride, float *y1, float *y2, float *y3,
                               int64_t ldy);

/** @copydoc mlp_jet_f32 */
MLP_API mlp_status mlp_jet_f64(const mlp_model *model, mlp_workspace *workspace, int64_t directions,
                               const double *v, int64_t ldv, int64_t stride, double *y1, double *y2,
                               double *y3, int64_t ldy);

/**
 * The Laplacian of every output at the last forward pass, or a weighted sum of its second derivatives, and the gradient.
 *
 *     laplacian_p = sum_i w_i d2 y_p / dx_i^2        y1 = dy/dx
 *
 * in one pass of n_0 + 1 streams, the first layer free. The jet is remembered: in mlp_jet_vjp_f32(), y1_bar is then the
 * cotangent of dy/dx and y2_bar that of the Laplacian.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_SECOND_ORDER
 * @param weights    n_0 finite values w; NULL for all 1
 * @param y1         n_L x (n_0 batch), column s n_0 + i for dy/dx_i of sample s, overwritten; NULL to skip
 * @param laplacian  n_L x batch, overwritten
 * @param ldy        leading dimension of both, >= n_L
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, a weight that is not finite, or another architecture
 * @retval MLP_ERR_SIZE         the leading dimension is too small, or the workspace has no room for the streams
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        as for mlp_jet_f32()
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no second derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_laplacian_f32(const mlp_model *model, mlp_workspace *workspace, const float *weights,
                                     float *y1, float *laplacian, int64_t ldy);

/** @copydoc mlp_laplacian_f32 */
MLP_API mlp_status mlp_laplacian_f64(const mlp_model *model, mlp_workspace *workspace, const double *weights,
                                     double *y1, double *laplacian, int64_t ldy);

/**
 * Pull cotangents of the last jet back: the gradient of any loss of y, its first and its second derivatives.
 *
 *     x_bar, theta_bar = gradients of  <y_bar, y> + <y1_bar, y1> + <y2_bar, y2>
 *
 * where y1, y2 are those of the last mlp_jet_f32() or mlp_laplacian_f32() call on @p workspace (the Laplacian being y2),
 * as functions of x and theta with the directions held fixed. theta_bar is summed over the batch. Costs about two forward
 * passes for each stream, and uses the jet up: the next call needs a new one. Registered activations need one derivative
 * more than the jet has.
 *
 * @param model      the model of the remembered pass
 * @param workspace  that remembers a jet of first or second order
 * @param y_bar      n_L x batch, or NULL for 0
 * @param ldb        leading dimension of y_bar, >= n_L; ignored where it is NULL
 * @param y1_bar     as y1 of the jet; NULL for 0
 * @param y2_bar     as y2 of the jet, or as the Laplacian; NULL for 0; must be NULL where the jet has first derivatives only
 * @param ldy        leading dimension of y1_bar and y2_bar, >= n_L; ignored where both are NULL
 * @param x_bar      n_0 x batch, overwritten; NULL to skip
 * @param ldx        leading dimension, >= n_0; ignored where @p x_bar is NULL
 * @param theta_bar  mlp_model_param_count() values in parameter order, overwritten; NULL to skip
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, no cotangent, no output, @p y2_bar for a first-order jet, or another
 *                              architecture
 * @retval MLP_ERR_SIZE         a leading dimension is too small
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        no jet of @p model in its present state is remembered, or one of third order
 * @retval MLP_ERR_UNSUPPORTED  a registered activation lacks a derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_jet_vjp_f32(const mlp_model *model, mlp_workspace *workspace, const float *y_bar,
                                   int64_t ldb, const float *y1_bar, const float *y2_bar, int64_t ldy,
                                   float *x_bar, int64_t ldx, float *theta_bar);

/** @copydoc mlp_jet_vjp_f32 */
MLP_API mlp_status mlp_jet_vjp_f64(const mlp_model *model, mlp_workspace *workspace, const double *y_bar,
                                   int64_t ldb, const double *y1_bar, const double *y2_bar, int64_t ldy,
                                   double *x_bar, int64_t ldx, double *theta_bar);

/**
 * The gradient of a directional derivative: mixed second derivatives in x and theta.
 *
 *     x_bar, theta_bar = gradients of  sum_s y_bar_s^T (dy/dx)_s x_dot_s
 *
 * This is what losses on dy/dx need: with the force f = (dy/dx)^T y_bar and a loss of f, x_dot = dloss/df gives the
 * loss's gradient at the cost of about six forward passes, whatever n_0. A jet of one direction and its reverse sweep, for
 * which every workspace with MLP_USE_SECOND_ORDER has room; the remembered jet is given up. Registered activations need a
 * second derivative.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_SECOND_ORDER
 * @param x_dot      n_0 x batch
 * @param ldv        leading dimension of x_dot, >= n_0
 * @param y_bar      n_L x batch
 * @param ldy        leading dimension of y_bar, >= n_L
 * @param x_bar      n_0 x batch, overwritten; NULL to skip
 * @param ldx        leading dimension, >= n_0; ignored where @p x_bar is NULL
 * @param theta_bar  mlp_model_param_count() values in parameter order, overwritten; NULL to skip
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, both outputs NULL, or another architecture
 * @retval MLP_ERR_SIZE         a leading dimension is too small
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        as for mlp_jet_f32()
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no second derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_mixed_vjp_f32(const mlp_model *model, mlp_workspace *workspace, const float *x_dot,
                                     int64_t ldv, const float *y_bar, int64_t ldy, float *x_bar, int64_t ldx,
                                     float *theta_bar);

/** @copydoc mlp_mixed_vjp_f32 */
MLP_API mlp_status mlp_mixed_vjp_f64(const mlp_model *model, mlp_workspace *workspace, const double *x_dot,
                                     int64_t ldv, const double *y_bar, int64_t ldy, double *x_bar,
                                     int64_t ldx, double *theta_bar);

MLP_END_DECLS

#endif
