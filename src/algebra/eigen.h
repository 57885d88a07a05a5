/* Eigenvalues of a positive semidefinite matrix: room first, so that the matrix can be summed up in it. */
#ifndef MLPI_ALGEBRA_EIGEN_H
#define MLPI_ALGEBRA_EIGEN_H

#include "algebra/matrix.h"

typedef struct mlpi_eigen {
    mlpi_matrix vectors; /* n x n: the lower triangle of C going in, eigenvectors as columns coming out */
    mlpi_matrix values;  /* n, ascending */
    int64_t work_count, iwork_count;
} mlpi_eigen;

/* `what` is for the message of a failure: the argument that is too large. The caller releases, also after a failure. */
mlp_status mlpi_eigen_create(const char *what, int64_t n, mlpi_eigen *eigen);
void mlpi_eigen_release(mlpi_eigen *eigen);

/* C = V diag(values) V^T; values that rounding has made negative are 0. C is finite. */
mlp_status mlpi_eigen_solve(mlpi_eigen *eigen);

#endif
