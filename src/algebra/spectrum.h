/* Singular values of layers, and the Lipschitz bound they give a network. */
#ifndef MLPI_ALGEBRA_SPECTRUM_H
#define MLPI_ALGEBRA_SPECTRUM_H

#include "algebra/matrix.h"

/* A = U diag(s) V^T with q = min(rows, columns): U rows x q, s q x 1, V^T q x columns */
typedef struct mlpi_svd {
    mlpi_matrix U, s, VT;
} mlpi_svd;

/* Destroys A. Nothing is left to release on failure. */
mlp_status mlpi_svd_create(mlpi_matrix *A, mlpi_svd *svd);
void mlpi_svd_release(mlpi_svd *svd);

/* sigma_1 of A_l, in units as above */
mlp_status mlpi_spectral_norm(const mlp_model *model, int32_t layer, int units, double *norm);

/*
 * The same rounded up: what the true sigma_1 does not exceed, however the singular values were computed. The norm is
 * multiplied by 1 + (rows + columns) eps, which is more than a stable factorisation is wrong by.
 */
mlp_status mlpi_spectral_bound(const mlp_model *model, int32_t layer, int units, double *bound);

/* max |sigma_l'|; infinity where nothing bounds it */
double mlpi_steepest_of(const mlp_model *model, int32_t layer);

/* Some layer's slope has no bound: MLP_ERR_UNSUPPORTED, with a message. */
mlp_status mlpi_check_bounded_slopes(const mlp_model *model);

/* prod_l max |sigma_l'| |A_l|, rounded up, the scaling of inputs and outputs in its first and last factor */
mlp_status mlpi_lipschitz(const mlp_model *model, double *bound);

/* |A_l| <= bound as mlpi_spectral_bound tells it, by clipping singular values. On failure nothing has changed. */
mlp_status mlpi_limit_spectral_norm(mlp_model *model, int32_t layer, double bound);

/* mlpi_lipschitz <= bound, by the same. On failure nothing has changed. */
mlp_status mlpi_limit_lipschitz(mlp_model *model, double bound);

#endif
