/**
 * @file
 * First derivatives at the point of the last forward pass, exact to rounding. Higher ones are in jet.h.
 *
 * All of them need a workspace with MLP_USE_DERIVATIVES that remembers a forward pass of @p model in its present
 * state; all leave that pass as it is. They allocate nothing, and with D_l = diag(sigma_l'(z_l)) they are
 *
 *     dy_L/db_L  = I                                     F1    mlp_jacobian_bias, to = layer = L
 *     dy_L/dy_{L-1} = A_L                                F2    mlp_jacobian_output, to = L, from = L-1
 *     dy_l/db_l  = D_l                                   F3    mlp_jacobian_bias, to = layer = l
 *     dy_l/dy_{l-1} = D_l A_l                            F4    mlp_jacobian_output, to = l, from = l-1
 *     dy_l/d(A_l)_ij = sigma_l'((z_l)_i) (y_{l-1})_j e_i F5    mlp_jacobian_weight, to = layer = l
 *     d(y_L)_p/dA_L = e_p y_{L-1}^T                      F6    mlp_jacobian_weight, to = layer = L
 *     d(y_L)_p/dA_l = D_l (d(y_L)_p/dy_l)^T y_{l-1}^T    F7    mlp_jacobian_weight, to = L: rank one
 *     dy_L/db_l  = (dy_L/dy_l) D_l                       F8    mlp_jacobian_bias, to = L
 *     dy_L/dy_l  = D_L A_L D_{L-1} ... D_{l+1} A_{l+1}   F9    mlp_jacobian_output, to = L, from = l
 *
 * (D_L = I for the linear output layer.) y_0 and y_L are the scaled ones of model.h; mlp_vjp_f32(), mlp_jvp_f32() and the
 * Jacobians of the whole model, mlp_jacobian_f32() and those after it, work in the user's units.
 */
#ifndef MLP_DIFF_H
#define MLP_DIFF_H

#include "forward.h"

MLP_BEGIN_DECLS

/**
 * Pull a cotangent back through the model: the vector-Jacobian product.
 *
 *     x_bar     = (dy/dx)^T     y_bar
 *     theta_bar = (dy/dtheta)^T y_bar     summed over the batch
 *
 * at the point of the last mlp_forward_f32() on @p workspace. With y_bar = dloss/dy these are the gradients of the
 * loss. Costs about two forward passes, one where only @p x_bar is wanted; allocates nothing.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_DERIVATIVES
 * @param y_bar      n_L x batch, column-major, batch that of the remembered pass
 * @param ldy        leading dimension, >= n_L
 * @param x_bar      n_0 x batch, overwritten; NULL to skip
 * @param ldx        leading dimension, >= n_0; ignored where @p x_bar is NULL
 * @param theta_bar  mlp_model_param_count() values in parameter order, overwritten; NULL to skip
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, both outputs NULL, or another architecture
 * @retval MLP_ERR_SIZE         a leading dimension is too small
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace remembers no forward pass of @p model in its present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_vjp_f32(const mlp_model *model, mlp_workspace *workspace, const float *y_bar,
                               int64_t ldy, float *x_bar, int64_t ldx, float *theta_bar);

/** @copydoc mlp_vjp_f32 */
MLP_API mlp_status mlp_vjp_f64(const mlp_model *model, mlp_workspace *workspace, const double *y_bar,
                               int64_t ldy, double *x_bar, int64_t ldx, double *theta_bar);

/**
 * Push a tangent forward through the model: the Jacobian-vector product.
 *
 *     y_dot = (dy/dx) x_dot + (dy/dtheta) theta_dot
 *
 * at the point of the last mlp_forward_f32() on @p workspace, for every sample of the batch. Costs about one
 * forward pass for @p x_dot and one for @p theta_dot; allocates nothing.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_DERIVATIVES
 * @param x_dot      n_0 x batch, column-major; NULL stands for zero
 * @param ldx        leading dimension, >= n_0; ignored where @p x_dot is NULL
 * @param theta_dot  mlp_model_param_count() values in parameter order, the same for every sample; NULL stands for zero
 * @param y_dot      n_L x batch, overwritten
 * @param ldy        leading dimension, >= n_L
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, both inputs NULL, or another architecture
 * @retval MLP_ERR_SIZE         a leading dimension is too small
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace remembers no forward pass of @p model in its present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_jvp_f32(const mlp_model *model, mlp_workspace *workspace, const float *x_dot,
                               int64_t ldx, const float *theta_dot, float *y_dot, int64_t ldy);

/** @copydoc mlp_jvp_f32 */
MLP_API mlp_status mlp_jvp_f64(const mlp_model *model, mlp_workspace *workspace, const double *x_dot,
                               int64_t ldx, const double *theta_dot, double *y_dot, int64_t ldy);

/**
 * The Jacobian of a layer's output with respect to an earlier layer's output, sample by sample (F2, F4, F9):
 *
 *     J_s = dy_to/dy_from = D_to A_to ... D_{from+1} A_{from+1},    n_to x n_from, at J + s * stride
 *
 * Element (i, j) of J_s is J[s * stride + j * ldj + i]; where ldj = n_to and stride = n_to n_from it is NumPy's
 * array of shape (batch, n_from, n_to). Computed in whichever of the two directions is cheaper: about
 * min(n_to, n_from) forward passes through the layers between. y_0 and y_L are the scaled ones: for dy/dx of a model that
 * scales, in the user's units, take mlp_jacobian_f32().
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_DERIVATIVES
 * @param to         1..L
 * @param from       0..to-1
 * @param J          batch matrices, overwritten; elements between them and between columns stay
 * @param ldj        leading dimension, >= n_to
 * @param stride     distance of the matrices of neighbouring samples, >= ldj n_from
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, @p to or @p from out of range, or another architecture
 * @retval MLP_ERR_SIZE         @p ldj or @p stride is too small, or overflows
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace remembers no forward pass of @p model in its present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_jacobian_output_f32(const mlp_model *model, mlp_workspace *workspace, int32_t to,
                                           int32_t from, float *J, int64_t ldj, int64_t stride);

/** @copydoc mlp_jacobian_output_f32 */
MLP_API mlp_status mlp_jacobian_output_f64(const mlp_model *model, mlp_workspace *workspace, int32_t to,
                                           int32_t from, double *J, int64_t ldj, int64_t stride);

/**
 * The Jacobian of a layer's output with respect to a bias, sample by sample (F1, F3, F8):
 *
 *     J_s = dy_to/db_layer = (dy_to/dy_layer) D_layer,    n_to x n_layer, at J + s * stride
 *
 * Layout and cost as for mlp_jacobian_output_f32(): element (i, j) of J_s is J[s * stride + j * ldj + i].
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_DERIVATIVES
 * @param to         1..L
 * @param layer      1..to
 * @param J          batch matrices, overwritten; elements between them and between columns stay
 * @param ldj        leading dimension, >= n_to
 * @param stride     distance of the matrices of neighbouring samples, >= ldj n_layer
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, @p to or @p layer out of range, or another architecture
 * @retval MLP_ERR_SIZE         @p ldj or @p stride is too small, or overflows
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace remembers no forward pass of @p model in its present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_jacobian_bias_f32(const mlp_model *model, mlp_workspace *workspace, int32_t to,
                                         int32_t layer, float *J, int64_t ldj, int64_t stride);

/** @copydoc mlp_jacobian_bias_f32 */
MLP_API mlp_status mlp_jacobian_bias_f64(const mlp_model *model, mlp_workspace *workspace, int32_t to,
                                         int32_t layer, double *J, int64_t ldj, int64_t stride);

/**
 * The Jacobian of a layer's output with respect to a weight matrix, sample by sample (F5, F6, F7):
 *
 *     (J_s)_{p, i + j n_layer} = d(y_to)_p / d(A_layer)_ij = (dy_to/db_layer)_{p i} (y_{layer-1})_j
 *
 * so J_s is n_to x (n_layer n_{layer-1}) at J + s * stride, its columns in the order of A_layer in theta: the
 * element is J[s * stride + (i + j n_layer) * ldj + p]. Where ldj = n_to and stride = n_to n_layer n_{layer-1} it
 * is NumPy's array of shape (batch, n_{layer-1}, n_layer, n_to). It has rank one in (p i) x j, and is formed as that product.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_DERIVATIVES
 * @param to         1..L
 * @param layer      1..to
 * @param J          batch matrices, overwritten; elements between them and between columns stay
 * @param ldj        leading dimension, >= n_to
 * @param stride     distance of the matrices of neighbouring samples, >= ldj n_layer n_{layer-1}
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, @p to or @p layer out of range, or another architecture
 * @retval MLP_ERR_SIZE         @p ldj or @p stride is too small, or overflows
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace remembers no forward pass of @p model in its present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_jacobian_weight_f32(const mlp_model *model, mlp_workspace *workspace, int32_t to,
                                           int32_t layer, float *J, int64_t ldj, int64_t stride);

/** @copydoc mlp_jacobian_weight_f32 */
MLP_API mlp_status mlp_jacobian_weight_f64(const mlp_model *model, mlp_workspace *workspace, int32_t to,
                                           int32_t layer, double *J, int64_t ldj, int64_t stride);

/**
 * The Jacobian of the model in the user's units, scaling in and out included, sample by sample:
 *
 *     J_s = dy/dx at x_s,    n_L x n_0, at J + s * stride
 *
 * Layout and cost as for mlp_jacobian_output_f32() with to = L and from = 0, which is the same in scaled units.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_DERIVATIVES
 * @param J          batch matrices, overwritten; elements between them and between columns stay
 * @param ldj        leading dimension, >= n_L
 * @param stride     distance of the matrices of neighbouring samples, >= ldj n_0
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or another architecture
 * @retval MLP_ERR_SIZE         @p ldj or @p stride is too small, or overflows
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace remembers no forward pass of @p model in its present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_jacobian_f32(const mlp_model *model, mlp_workspace *workspace, float *J, int64_t ldj,
                                    int64_t stride);

/** @copydoc mlp_jacobian_f32 */
MLP_API mlp_status mlp_jacobian_f64(const mlp_model *model, mlp_workspace *workspace, double *J, int64_t ldj,
                                    int64_t stride);

/**
 * The Jacobian of the model in its parameters, in the user's units: what least squares and Kalman filters are made of.
 *
 *     J[(s * n_L + p) * ldj + k] = d y_p(x_s) / d theta_k
 *
 * so that the row of sample s and output p is contiguous, in parameter order; where ldj = n_theta =
 * mlp_model_param_count() it is NumPy's array of shape (batch, n_L, n_theta). Costs a reverse sweep with n_L cotangents for
 * each sample, and writing batch n_L n_theta values, which is most of it.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_DERIVATIVES
 * @param J          batch n_L rows, overwritten; elements between them stay
 * @param ldj        distance of rows, >= n_theta
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or another architecture
 * @retval MLP_ERR_SIZE         @p ldj is too small, or overflows
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace remembers no forward pass of @p model in its present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_jacobian_theta_f32(const mlp_model *model, mlp_workspace *workspace, float *J,
                                          int64_t ldj);

/** @copydoc mlp_jacobian_theta_f32 */
MLP_API mlp_status mlp_jacobian_theta_f64(const mlp_model *model, mlp_workspace *workspace, double *J,
                                          int64_t ldj);

/**
 * Add the batch to normal equations of least squares, without forming the Jacobian as a whole:
 *
 *     JtJ += J^T J,    Jtr += J^T r
 *
 * with the rows of mlp_jacobian_theta_f32(). They are formed in double, also for f32 models, in blocks of at least 128 that
 * depend on n_L alone, and summed in double by the BLAS, whatever the engine is. Batch after batch the sums of a data set
 * come together; zero them first. Costs batch n_L n_theta^2 multiply-adds beside the sweeps. The bits are those of the
 * BLAS, so they may depend on its number of threads.
 *
 * @param model      the model of the remembered pass
 * @param workspace  with MLP_USE_LEAST_SQUARES
 * @param r          n_L x batch residuals, column-major, batch that of the remembered pass; NULL skips @p Jtr
 * @param ldr        leading dimension, >= n_L; ignored where @p r is NULL
 * @param JtJ        n_theta x n_theta, added to: the lower triangle of column-major storage (LAPACK's 'L'), which is the
 *                   upper one of row-major; the other is neither read nor written
 * @param ldn        leading dimension, >= n_theta = mlp_model_param_count()
 * @param Jtr        n_theta values in parameter order, added to; ignored where @p r is NULL
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or another architecture
 * @retval MLP_ERR_SIZE         a leading dimension is too small, or @p ldn overflows
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        @p workspace has no MLP_USE_LEAST_SQUARES, or remembers no forward pass of @p model in its
 *                              present state
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no first derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_jacobian_normal_add_f32(const mlp_model *model, mlp_workspace *workspace,
                                               const float *r, int64_t ldr, double *JtJ, int64_t ldn,
                                               double *Jtr);

/** @copydoc mlp_jacobian_normal_add_f32 */
MLP_API mlp_status mlp_jacobian_normal_add_f64(const mlp_model *model, mlp_workspace *workspace,
                                               const double *r, int64_t ldr, double *JtJ, int64_t ldn,
                                               double *Jtr);

MLP_END_DECLS

#endif
