/*
 * Factorisations of symmetric matrices without LAPACK, for MLP_BLAS=plain: Cholesky by columns, eigenvalues by Jacobi
 * rotations. Small and slow; sums are in double.
 */
#include "engine/blas.h"
#include "engine/blas_sizes.h"
#include "base/checked.h"

#include <float.h>
#include <math.h>

#include "base/real32.h"
#define EPSILON FLT_EPSILON
#include "engine/blas_plain_cholesky_tmpl.h"
#include "engine/blas_plain_eigen_tmpl.h"
#undef EPSILON

#include "base/real64.h"
#define EPSILON DBL_EPSILON
#include "engine/blas_plain_cholesky_tmpl.h"
#include "engine/blas_plain_eigen_tmpl.h"
