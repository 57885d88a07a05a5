/* Least squares of full rank without LAPACK, for MLP_BLAS=plain: Householder QR. Small and slow; sums are in double. */
#include "engine/blas.h"
#include "engine/blas_sizes.h"
#include "base/checked.h"

#include <math.h>

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

#include "base/real32.h"
#include "engine/blas_plain_tall_tmpl.h"
#include "engine/blas_plain_lstsq_tmpl.h"

#include "base/real64.h"
#include "engine/blas_plain_tall_tmpl.h"
#include "engine/blas_plain_lstsq_tmpl.h"
