/* Random orthogonal matrices, by a QR factorisation whose bits are the same on every machine and BLAS. */
#ifndef MLPI_MODEL_ORTHOGONAL_H
#define MLPI_MODEL_ORTHOGONAL_H

#include "mlp/status.h"

/*
 * Replaces A (m x n, column-major without padding, 2^31 > m >= n > 0) by the factor Q of A = Q R with orthonormal columns
 * and the diagonal of R nonnegative. If the elements of A are independent standard normal, Q is uniformly
 * (Haar) distributed (Mezzadri, "How to generate random matrices from the classical compact groups", 2007).
 *
 * Householder's method (Golub and Van Loan, "Matrix computations", section 5.2); about 8/3 n^3 operations for
 * m = n. MLP_ERR_MEMORY leaves A untouched.
 */
mlp_status mlpi_orthonormalize(int64_t m, int64_t n, double *A);

#endif
