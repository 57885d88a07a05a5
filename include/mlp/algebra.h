/**
 * @file
 * Linear algebra on models: norms of layers and the Lipschitz bound they give, layers of low rank, principal components and
 * whitening of the inputs, variances of outputs.
 *
 * All of it is computed in double, whatever the model's number type is, and by LAPACK: the same bits from call to call for
 * one BLAS, its core and number of threads. Every call allocates the memory it needs and frees it again.
 */
#ifndef MLP_ALGEBRA_H
#define MLP_ALGEBRA_H

#include "workspace.h"

MLP_BEGIN_DECLS

/**
 * The posterior of a last layer: what the variances of outputs are computed from. It holds room for a call: one caller at a
 * time.
 */
typedef struct mlp_laplace mlp_laplace;

/**
 * The spectral norm of a layer, |A_l|_2: its largest singular value, from the singular value decomposition itself and
 * not from power iterations. Costs O(m n min(m, n)) for A_l of m x n.
 *
 * @param model  a model of either number type
 * @param layer  1..L
 * @param norm   receives the norm
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or unknown layer
 * @retval MLP_ERR_SIZE      the layer is too large for LAPACK
 * @retval MLP_ERR_NUMERIC   A_l is not finite, or the singular values did not converge
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_spectral_norm(const mlp_model *model, int32_t layer, double *norm);

/**
 * A bound of how fast the output can change: |y(x) - y(x')|_2 <= bound |x - x'|_2 for all x and x', in the user's units.
 *
 *     bound = prod_l  max |sigma_l'|  |M_l|_2,     M_l = A_l, but M_1 = A_1 diag(s_in) and M_L = diag(s_out) A_L
 *
 * (Szegedy et al. 2014, sec. 4.3). It is exact for one layer, and above the least bound for more. Rounding errors are
 * covered: the true product is at most what is told; infinity where that overflows. The head plays no part.
 *
 * @param model  a model of either number type
 * @param bound  receives the bound
 * @retval MLP_ERR_ARGUMENT     a NULL pointer
 * @retval MLP_ERR_UNSUPPORTED  nothing bounds the slope of an activation: square, exp and registered ones
 * @retval MLP_ERR_SIZE         a layer is too large for LAPACK
 * @retval MLP_ERR_NUMERIC      A_l or a scaled A_l is not finite, or singular values did not converge
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_lipschitz(const mlp_model *model, double *bound);

/**
 * Bring a layer's spectral norm to at most @p bound, by the change of A_l that is the smallest in the Frobenius norm: its
 * singular values are clipped. mlp_model_spectral_norm() tells at most @p bound afterwards. A layer within the bound
 * stays as it is, and so does the model's generation then. Seals the architecture otherwise.
 *
 * @param model  a model of either number type
 * @param layer  1..L
 * @param bound  > 0 and finite
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, unknown layer, or bad bound
 * @retval MLP_ERR_SIZE      the layer is too large for LAPACK
 * @retval MLP_ERR_NUMERIC   A_l is not finite, or the singular values did not converge
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_limit_spectral_norm(mlp_model *model, int32_t layer, double bound);

/**
 * Bring mlp_model_lipschitz() to at most @p bound, for instance after every epoch. With m_l = max |sigma_l'| |M_l|_2,
 * singular values of M_l are clipped so that m_l <= c for one c with prod_l min(m_l, c) = bound: layers within c stay as
 * they are. A model within the bound stays as it is, and so does its generation; otherwise its architecture is sealed.
 * What a scale of 0 hides is not touched.
 *
 * @param model  a model of either number type
 * @param bound  > 0 and finite, in the user's units
 * @retval MLP_ERR_ARGUMENT     a NULL pointer or bad bound
 * @retval MLP_ERR_UNSUPPORTED  nothing bounds the slope of an activation: square, exp and registered ones
 * @retval MLP_ERR_SIZE         a layer is too large for LAPACK
 * @retval MLP_ERR_NUMERIC      as for mlp_model_lipschitz()
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_limit_lipschitz(mlp_model *model, double bound);

/**
 * A copy of a model in which one layer is replaced by two narrow ones, of its best approximation of low rank:
 *
 *     z = A y + b   becomes   z = C (B y) + b,    B r x n_{l-1},  C n_l x r,    |A - C B|_2 = sigma_{r+1}
 *
 * from the singular value decomposition of A_l; no matrix of rank r is nearer (Eckart and Young 1936). The two have
 * r (n_l + n_{l-1}) weights in place of n_l n_{l-1}. r is the number of singular values above @p tolerance times the
 * largest, but at least 1 and at most @p max_rank. Between the two stands the identity, without bias; all else is as it
 * was: biases, activations, scaling, head, metadata. Where r is full, outputs agree to rounding errors.
 *
 * @param model       a model of either number type
 * @param layer       1..L, the layer to replace
 * @param max_rank    >= 1; INT64_MAX leaves the choice to @p tolerance
 * @param tolerance   0 <= tolerance < 1; 0 leaves the choice to @p max_rank
 * @param compressed  receives the model of L + 1 layers, to be freed by mlp_model_destroy(); NULL on failure
 * @param rank        receives r; NULL to skip
 * @param error       receives sigma_{r+1}, 0 if r is full; NULL to skip
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, unknown layer, or bad @p max_rank or @p tolerance
 * @retval MLP_ERR_SIZE      the model has the most layers there can be, or the layer is too large for LAPACK
 * @retval MLP_ERR_NUMERIC   A_l is not finite, or the singular values did not converge
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_compress(const mlp_model *model, int32_t layer, int64_t max_rank,
                                      double tolerance, mlp_model **compressed, int64_t *rank, double *error);

/**
 * Principal components of a set of inputs: the directions in which they vary most (Pearson 1901).
 *
 *     m = sum_s w_s x_s / sum_s w_s,    C = sum_s w_s (x_s - m)(x_s - m)^T / sum_s w_s = V diag(lambda) V^T
 *
 * The rows of W are the columns of V with the k largest lambda, the largest first, so that u = W (x - m) has k elements that
 * are not correlated. k is the least number with lambda_1 + ... + lambda_k >= @p fraction sum lambda, at most
 * @p max_components. The largest element of every row is positive. Samples are summed in their order; costs O(samples n_in^2).
 *
 * @param n_in            elements of a sample
 * @param samples         number of samples, 1 .. 2^31 - 1
 * @param x               n_in x samples
 * @param ldx             leading dimension, >= n_in
 * @param weights         samples values >= 0; NULL for 1 each
 * @param max_components  1 .. n_in
 * @param fraction        0 < fraction <= 1; 1 keeps @p max_components
 * @param W               max_components x n_in, overwritten, rows of zeros after the first k; NULL to skip
 * @param ldw             leading dimension, >= max_components
 * @param mean            n_in values, overwritten; NULL to skip
 * @param variances       max_components values lambda, overwritten, zeros after the first k; NULL to skip
 * @param components      receives k; NULL to skip
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, a bad fraction, or weights that are negative, not finite or all 0
 * @retval MLP_ERR_SIZE      a size or leading dimension is out of range, or n_in is too large for LAPACK
 * @retval MLP_ERR_NUMERIC   an input is not finite or its square overflows, all samples are the same, or the eigenvalues
 *                           did not converge
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_pca_f32(int64_t n_in, int64_t samples, const float *x, int64_t ldx,
                               const float *weights, int64_t max_components, double fraction, float *W,
                               int64_t ldw, float *mean, float *variances, int64_t *components);

/** @copydoc mlp_pca_f32 */
MLP_API mlp_status mlp_pca_f64(int64_t n_in, int64_t samples, const double *x, int64_t ldx,
                               const double *weights, int64_t max_components, double fraction, double *W,
                               int64_t ldw, double *mean, double *variances, int64_t *components);

/**
 * The map that whitens a set of inputs: u = W (x - m) has mean 0 and the identity for its covariance, with which
 * first-order training converges faster (LeCun et al. 1998, sec. 4.3). Row k of W is the k-th principal component,
 * as mlp_pca_f32() gives it, over sqrt(lambda_k). Variances below @p epsilon lambda_1, or below n_in 2^-52 lambda_1, which are
 * rounding errors, count as that much, so that directions without variance are not blown up.
 *
 * @param n_in            elements of a sample
 * @param samples         number of samples, 1 .. 2^31 - 1
 * @param x               n_in x samples
 * @param ldx             leading dimension, >= n_in
 * @param weights         samples values >= 0; NULL for 1 each
 * @param max_components  1 .. n_in
 * @param fraction        0 < fraction <= 1 of the variance, as for mlp_pca_f32()
 * @param epsilon         0 <= epsilon < 1, for instance 1e-6
 * @param W               max_components x n_in, overwritten, rows of zeros after the first k; NULL to skip
 * @param ldw             leading dimension, >= max_components
 * @param mean            n_in values, overwritten; NULL to skip
 * @param components      receives k; NULL to skip
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, a bad fraction or epsilon, or weights that are negative, not finite or all 0
 * @retval MLP_ERR_SIZE      a size or leading dimension is out of range, or n_in is too large for LAPACK
 * @retval MLP_ERR_NUMERIC   an input is not finite or its square overflows, all samples are the same, or the eigenvalues
 *                           did not converge
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_whiten_f32(int64_t n_in, int64_t samples, const float *x, int64_t ldx,
                                  const float *weights, int64_t max_components, double fraction,
                                  double epsilon, float *W, int64_t ldw, float *mean, int64_t *components);

/** @copydoc mlp_whiten_f32 */
MLP_API mlp_status mlp_whiten_f64(int64_t n_in, int64_t samples, const double *x, int64_t ldx,
                                  const double *weights, int64_t max_components, double fraction,
                                  double epsilon, double *W, int64_t ldw, double *mean, int64_t *components);

/**
 * A copy of a model that reads x where @p model reads W (x - mean): whitening, principal components or any other affine map
 * becomes part of the first layer, together with the scaling of the inputs, of which the copy has none. With y_0 = s o u + t,
 *
 *     A_1 <- A_1 diag(s) W,    b_1 <- b_1 + A_1 (t - diag(s) W mean)
 *
 * in double, rounded once. All else is as it was. Train on u and fold, or fold an initialised model and train on x. To
 * apply W itself, fold a model of one layer whose A_1 is the identity.
 *
 * @param model   an f32 model
 * @param n_in    elements of x
 * @param W       n_0 x n_in; with fewer components k than rows, those after the k-th are zeros
 * @param ldw     leading dimension, >= n_0
 * @param mean    n_in values; NULL for 0
 * @param folded  receives the model, with n_0 = n_in, to be freed by mlp_model_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      @p n_in or @p ldw is out of range, or the parameters would overflow the address space
 * @retval MLP_ERR_DTYPE     the model is f64
 * @retval MLP_ERR_NUMERIC   A_1 or what becomes of A_1 and b_1 is not finite
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_fold_inputs_f32(const mlp_model *model, int64_t n_in, const float *W,
                                             int64_t ldw, const float *mean, mlp_model **folded);

/** @copydoc mlp_model_fold_inputs_f32 */
MLP_API mlp_status mlp_model_fold_inputs_f64(const mlp_model *model, int64_t n_in, const double *W,
                                             int64_t ldw, const double *mean, mlp_model **folded);

/**
 * The Laplace approximation of the last layer, at a trained model: exact for the last layer, as the loss is quadratic there.
 *
 * Targets are outputs with normal noise of variance sigma_p^2, the elements of A_L and b_L have the prior N(0, 1/alpha), and
 * the layers before are taken as they are. With h = [y_{L-1}; 1], row p of [A_L b_L] has the covariance
 *
 *     S_p = (sum_s w_s h_s h_s^T / sigma_p^2 + alpha I)^-1          sigma_p in the units of y_L
 *
 * (Bishop 2006, sec. 3.3; Daxberger et al. 2021). Noise that is not given is the solution of sigma^2 = sum_s w_s r_s^2 /
 * (sum_s w_s - gamma) for the residuals r = t - y, gamma = sum_i d_i / (d_i + alpha sigma^2) with the eigenvalues d of
 * sum_s w_s h_s h_s^T (MacKay 1992), which takes weights for numbers of samples. The workspace's remembered pass is
 * forgotten. Costs a forward pass of the samples, samples (n_{L-1} + 1)^2, and eigenvalues of that size.
 *
 * @param model      an f32 model with identity output and no head; class probabilities are not supported
 * @param workspace  a workspace that fits; its maximum batch is that of the passes
 * @param samples    number of samples, 1 .. 2^31 - 1
 * @param x          n_0 x samples
 * @param ldx        leading dimension, >= n_0
 * @param t          targets, n_L x samples; not read, and may be NULL, where @p noise is given
 * @param ldt        leading dimension, >= n_L
 * @param weights    samples values >= 0; NULL for 1 each
 * @param prior      alpha > 0, in the units of y_L: 1 / alpha is the variance of a weight before data
 * @param noise      n_L variances sigma_p^2 > 0 in the user's units; NULL to estimate them
 * @param laplace    receives the handle, to be freed by mlp_laplace_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, a prior or noise that is not positive, weights that are negative, not finite or
 *                              all 0, or @p model is not of the workspace's architecture
 * @retval MLP_ERR_SIZE         a size or leading dimension is out of range, or the last layer is too wide for LAPACK
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        the scale of an output is 0
 * @retval MLP_ERR_UNSUPPORTED  the output activation is not the identity, or the model has a head
 * @retval MLP_ERR_NUMERIC      x or t is not finite, gives what is not, or t is met exactly and the noise is to be estimated
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_laplace_create_f32(const mlp_model *model, mlp_workspace *workspace, int64_t samples,
                                          const float *x, int64_t ldx, const float *t, int64_t ldt,
                                          const float *weights, double prior, const float *noise,
                                          mlp_laplace **laplace);

/** @copydoc mlp_laplace_create_f32 */
MLP_API mlp_status mlp_laplace_create_f64(const mlp_model *model, mlp_workspace *workspace, int64_t samples,
                                          const double *x, int64_t ldx, const double *t, int64_t ldt,
                                          const double *weights, double prior, const double *noise,
                                          mlp_laplace **laplace);

/** Free it; NULL is fine. @since 0.1 */
MLP_API void mlp_laplace_destroy(mlp_laplace *laplace);

/**
 * The variances sigma_p^2 of the noise, given or estimated, in the user's units.
 *
 * @param laplace  made for an f32 model
 * @param noise    n_L values, overwritten
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_DTYPE     @p laplace is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_laplace_get_noise_f32(const mlp_laplace *laplace, float *noise);

/** @copydoc mlp_laplace_get_noise_f32 */
MLP_API mlp_status mlp_laplace_get_noise_f64(const mlp_laplace *laplace, double *noise);

/**
 * The variances of the outputs of the last forward pass, whose outputs are the means:
 *
 *     model_variance = s_p^2 h^T S_p h,    variance = model_variance + sigma_p^2        s_p the scale of output p
 *
 * in the user's units. The first is what the data leave open of the last layer, the second that of a new target. Allocates
 * nothing; costs (n_{L-1} + 1)(n_{L-1} + 1 + n_L) multiply-adds a sample.
 *
 * @param laplace         made for this model in its present state
 * @param model           the model of the remembered pass
 * @param workspace       with MLP_USE_DERIVATIVES, after mlp_forward_f32()
 * @param variance        n_L x batch, overwritten; NULL to skip
 * @param ldv             leading dimension, >= n_L
 * @param model_variance  n_L x batch, overwritten; NULL to skip
 * @param ldm             leading dimension, >= n_L
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or @p model is not of the workspace's architecture
 * @retval MLP_ERR_SIZE         a leading dimension is out of range
 * @retval MLP_ERR_DTYPE        @p laplace, @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        the model has changed since @p laplace was made or since the pass, no pass is remembered, or the
 *                              workspace has no MLP_USE_DERIVATIVES
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no derivative
 * @since 0.1
 */
MLP_API mlp_status mlp_laplace_variance_f32(mlp_laplace *laplace, const mlp_model *model,
                                            mlp_workspace *workspace, float *variance, int64_t ldv,
                                            float *model_variance, int64_t ldm);

/** @copydoc mlp_laplace_variance_f32 */
MLP_API mlp_status mlp_laplace_variance_f64(mlp_laplace *laplace, const mlp_model *model,
                                            mlp_workspace *workspace, double *variance, int64_t ldv,
                                            double *model_variance, int64_t ldm);

MLP_END_DECLS

#endif
