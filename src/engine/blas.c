#include "engine/blas.h"
#include "engine/blas_backend.h"
#include "engine/blas_sizes.h"
#include "base/error.h"

#include <math.h>

/* The largest size handed to the back end at once; tests compile this file with a small one. */
#ifndef MLPI_BLAS_BLOCK
#define MLPI_BLAS_BLOCK ((int64_t)1 << 30)
#endif

static int64_t block_size(int64_t remaining)
{
    return remaining < MLPI_BLAS_BLOCK ? remaining : MLPI_BLAS_BLOCK;
}

#include "base/real32.h"
#include "engine/blas_tmpl.h"
#include "base/real64.h"
#include "engine/blas_tmpl.h"
