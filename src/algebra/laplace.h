/* The Laplace approximation of the last layer: variances of outputs. */
#ifndef MLPI_ALGEBRA_LAPLACE_H
#define MLPI_ALGEBRA_LAPLACE_H

#include "algebra/eigen.h"
#include "mlp/algebra.h"
#include "model/workspace.h"

struct mlp_laplace {
    mlp_dtype dtype;
    uint64_t generation; /* of the model */
    int64_t outputs;
    mlpi_eigen eigen;    /* of sum_s w_s h_s h_s^T, n = n_{L-1} + 1 */
    mlpi_matrix noise;   /* outputs: sigma_p^2 in the user's units */
    mlpi_matrix squares; /* outputs: the square of the scale */
    mlpi_matrix spread;  /* n x outputs: 1 / (d_i / sigma_p^2 + alpha), sigma_p in the units of y_L */
    mlpi_matrix H, Q;    /* n x a tile of samples: [h; 1], and (V^T [h; 1])^2 */
    mlpi_matrix R;       /* outputs x a tile of samples: residuals, variances */
};

void mlpi_laplace_destroy(mlp_laplace *laplace);

#include "base/real32.h"
#include "algebra/laplace_decl_tmpl.h"
#include "base/real64.h"
#include "algebra/laplace_decl_tmpl.h"

#endif
