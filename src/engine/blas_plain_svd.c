/*
 * Singular values without LAPACK, for MLP_BLAS=plain, and least squares of any rank by them: one-sided Jacobi rotations.
 * Small and slow; sums are in double.
 */
#include "engine/blas.h"
#include "engine/blas_sizes.h"
#include "base/checked.h"

#include <math.h>
#include <float.h>

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

#include "base/real32.h"
#define EPSILON FLT_EPSILON
#include "engine/blas_plain_tall_tmpl.h"
#include "engine/blas_plain_svd_tmpl.h"
#undef EPSILON

#include "base/real64.h"
#define EPSILON DBL_EPSILON
#include "engine/blas_plain_tall_tmpl.h"
#include "engine/blas_plain_svd_tmpl.h"
