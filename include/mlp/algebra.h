/**
 * @file
 * Linear algebra on models: norms of layers and the Lipschitz bound they give, layers of low rank.
 *
 * All of it is computed in double, whatever the model's number type is, and by LAPACK: the same bits from call to call for
 * one BLAS, its core and number of threads. Every call allocates the memory it needs and frees it again.
 */
#ifndef MLP_ALGEBRA_H
#define MLP_ALGEBRA_H

#include "workspace.h"

MLP_BEGIN_DECLS

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

MLP_END_DECLS

#endif
