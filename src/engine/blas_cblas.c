/* The back end on any CBLAS with 32-bit integers. */
#include "engine/blas.h"
#include "engine/blas_backend.h"

#include <cblas.h>

static CBLAS_TRANSPOSE op(int trans)
{
    return trans ? CblasTrans : CblasNoTrans;
}

static CBLAS_UPLO uplo(int triangle)
{
    return triangle == MLPI_LOWER ? CblasLower : CblasUpper;
}

#include "base/real32.h"
#define CBLAS(name) cblas_s##name
#include "engine/blas_cblas_tmpl.h"
#undef CBLAS

#include "base/real64.h"
#define CBLAS(name) cblas_d##name
#include "engine/blas_cblas_tmpl.h"

const void *mlpi_backend_origin(void)
{
    return (const void *)(uintptr_t)cblas_sgemm;
}

/* OpenBLAS does small products on the stack; a gemv with 32 KB of operands takes working memory, on one thread. */
void mlpi_blas_prepare(void)
{
    enum { LENGTH = 4096 };
    static const double zeros[LENGTH];
    double product;
    /* product = zeros^T zeros,  1 x 1 = (1 x LENGTH)(LENGTH) */
    mlpi_backend_gemv_f64(0, 1, LENGTH, 1, zeros, 1, zeros, 1, 0, &product, 1);
}
