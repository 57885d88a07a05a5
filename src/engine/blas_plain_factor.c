/*
 * Factorisations without LAPACK, for MLP_BLAS=plain: Cholesky by columns, eigenvalues of symmetric matrices by Jacobi
 * rotations, rows for a QR factorisation by Householder's reflections. Small and slow; sums are in double.
 */
#include "engine/blas.h"
#include "engine/blas_sizes.h"
#include "base/checked.h"

#include <float.h>
#include <math.h>

int64_t mlpi_tpqrt_work(int64_t n)
{
    (void)n;
    return 1;
}

#include "base/real32.h"
#define EPSILON FLT_EPSILON
#include "engine/blas_plain_cholesky_tmpl.h"
#include "engine/blas_plain_eigen_tmpl.h"
#include "engine/blas_plain_rows_tmpl.h"
#undef EPSILON

#include "base/real64.h"
#define EPSILON DBL_EPSILON
#include "engine/blas_plain_cholesky_tmpl.h"
#include "engine/blas_plain_eigen_tmpl.h"
#include "engine/blas_plain_rows_tmpl.h"
