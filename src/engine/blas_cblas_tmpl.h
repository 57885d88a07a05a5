/* Template: the products of blas_backend.h as CBLAS calls. CBLAS(name) is cblas_sname or cblas_dname. */

void T(mlpi_backend_gemm)(int transA, int transB, int32_t m, int32_t n, int32_t k, REAL alpha, const REAL *A,
                          int32_t lda, const REAL *B, int32_t ldb, REAL beta, REAL *C, int32_t ldc)
{
    /* C = alpha op(A) op(B) + beta C,  (m x n) = (m x k)(k x n) */
    mlpi_backend_enter();
    CBLAS(gemm)(CblasColMajor, op(transA), op(transB), m, n, k, alpha, A, lda, B, ldb, beta, C, ldc);
    mlpi_backend_leave();
}

void T(mlpi_backend_gemv)(int trans, int32_t m, int32_t n, REAL alpha, const REAL *A, int32_t lda,
                          const REAL *x, int32_t incx, REAL beta, REAL *y, int32_t incy)
{
    /* y = alpha op(A) x + beta y,  A m x n */
    mlpi_backend_enter();
    CBLAS(gemv)(CblasColMajor, op(trans), m, n, alpha, A, lda, x, incx, beta, y, incy);
    mlpi_backend_leave();
}

void T(mlpi_backend_ger)(int32_t m, int32_t n, REAL alpha, const REAL *x, int32_t incx, const REAL *y,
                         int32_t incy, REAL *A, int32_t lda)
{
    /* A += alpha x y^T,  (m x n) = (m)(n)^T */
    mlpi_backend_enter();
    CBLAS(ger)(CblasColMajor, m, n, alpha, x, incx, y, incy, A, lda);
    mlpi_backend_leave();
}

void T(mlpi_backend_syrk)(int triangle, int trans, int32_t n, int32_t k, REAL alpha, const REAL *A,
                          int32_t lda, REAL beta, REAL *C, int32_t ldc)
{
    /* C = alpha op(A) op(A)^T + beta C,  (n x n) = (n x k)(k x n) */
    mlpi_backend_enter();
    CBLAS(syrk)(CblasColMajor, uplo(triangle), op(trans), n, k, alpha, A, lda, beta, C, ldc);
    mlpi_backend_leave();
}

void T(mlpi_backend_axpy)(int32_t n, REAL alpha, const REAL *x, int32_t incx, REAL *y, int32_t incy)
{
    /* y += alpha x */
    mlpi_backend_enter();
    CBLAS(axpy)(n, alpha, x, incx, y, incy);
    mlpi_backend_leave();
}

REAL T(mlpi_backend_dot)(int32_t n, const REAL *x, int32_t incx, const REAL *y, int32_t incy)
{
    /* x^T y */
    mlpi_backend_enter();
    const REAL value = CBLAS(dot)(n, x, incx, y, incy);
    mlpi_backend_leave();
    return value;
}

REAL T(mlpi_backend_nrm2)(int32_t n, const REAL *x, int32_t incx)
{
    /* |x| */
    mlpi_backend_enter();
    const REAL value = CBLAS(nrm2)(n, x, incx);
    mlpi_backend_leave();
    return value;
}
