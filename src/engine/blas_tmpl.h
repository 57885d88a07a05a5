/* Template: empty operands, sizes beyond 32 bits, then the back end. */

/* C = beta C,  m x n; not by the library's scal, which differs from one to the next on NaN. */
static void T(scale)(int64_t m, int64_t n, REAL beta, REAL *C, int64_t ldc)
{
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = 0; i < m; i++)
            C[i + j * ldc] = beta == 0 ? 0 : beta * C[i + j * ldc];
}

/* One m x n block of C: sums over k in order, the first block with the caller's beta. */
static void T(gemm_over_k)(int transA, int transB, int32_t m, int32_t n, int64_t k, REAL alpha, const REAL *A,
                           int64_t lda, const REAL *B, int64_t ldb, REAL beta, REAL *C, int64_t ldc)
{
    for (int64_t p = 0, size; p < k; p += size) {
        size = block_size(k - p);
        T(mlpi_backend_gemm)(transA, transB, m, n, (int32_t)size, alpha, A + (transA ? p : p * lda),
                             (int32_t)lda, B + (transB ? p * ldb : p), (int32_t)ldb, p ? 1 : beta, C,
                             (int32_t)ldc);
    }
}

void T(mlpi_gemm)(int transA, int transB, int64_t m, int64_t n, int64_t k, REAL alpha, const REAL *A,
                  int64_t lda, const REAL *B, int64_t ldb, REAL beta, REAL *C, int64_t ldc)
{
    if (m == 0 || n == 0)
        return;
    if (k == 0) {
        T(scale)(m, n, beta, C, ldc);
        return;
    }
    mlpi_assert(alpha != 0 && fits(transA ? k : m, lda) && fits(transB ? n : k, ldb) && fits(m, ldc));
    for (int64_t j = 0, columns; j < n; j += columns) {
        columns = block_size(n - j);
        for (int64_t i = 0, rows; i < m; i += rows) {
            rows = block_size(m - i);
            T(gemm_over_k)(transA, transB, (int32_t)rows, (int32_t)columns, k, alpha,
                           A + (transA ? i * lda : i), lda, B + (transB ? j : j * ldb), ldb, beta,
                           C + i + j * ldc, ldc);
        }
    }
}

void T(mlpi_gemv)(int trans, int64_t m, int64_t n, REAL alpha, const REAL *A, int64_t lda, const REAL *x,
                  int64_t incx, REAL beta, REAL *y, int64_t incy)
{
    int64_t out = trans ? n : m, in = trans ? m : n;
    if (out == 0)
        return;
    if (in == 0) {
        T(scale)(1, out, beta, y, incy);
        return;
    }
    mlpi_assert(alpha != 0 && fits(m, lda) && fits(1, incx) && fits(1, incy));
    for (int64_t i = 0, rows; i < out; i += rows) {
        rows = block_size(out - i);
        for (int64_t p = 0, size; p < in; p += size) {
            size = block_size(in - p);
            T(mlpi_backend_gemv)(trans, (int32_t)(trans ? size : rows), (int32_t)(trans ? rows : size), alpha,
                                 A + (trans ? p + i * lda : i + p * lda), (int32_t)lda, x + p * incx,
                                 (int32_t)incx, p ? 1 : beta, y + i * incy, (int32_t)incy);
        }
    }
}

void T(mlpi_ger)(int64_t m, int64_t n, REAL alpha, const REAL *x, int64_t incx, const REAL *y, int64_t incy,
                 REAL *A, int64_t lda)
{
    if (m == 0 || n == 0)
        return;
    mlpi_assert(alpha != 0 && fits(m, lda) && fits(1, incx) && fits(1, incy));
    for (int64_t j = 0, columns; j < n; j += columns) {
        columns = block_size(n - j);
        for (int64_t i = 0, rows; i < m; i += rows) {
            rows = block_size(m - i);
            T(mlpi_backend_ger)
            ((int32_t)rows, (int32_t)columns, alpha, x + i * incx, (int32_t)incx, y + j * incy, (int32_t)incy,
             A + i + j * lda, (int32_t)lda);
        }
    }
}

/* The symmetric matrix itself is never beyond 32 bits: its leading dimension is not. */
void T(mlpi_syrk)(int triangle, int trans, int64_t n, int64_t k, REAL alpha, const REAL *A, int64_t lda,
                  REAL beta, REAL *C, int64_t ldc)
{
    if (n == 0)
        return;
    if (k == 0) {
        for (int64_t j = 0; j < n; j++)
            T(scale)(triangle == MLPI_LOWER ? n - j : j + 1, 1, beta,
                     C + (triangle == MLPI_LOWER ? j : 0) + j * ldc, ldc);
        return;
    }
    mlpi_assert(alpha != 0 && fits(trans ? k : n, lda) && fits(n, ldc));
    for (int64_t p = 0, size; p < k; p += size) {
        size = block_size(k - p);
        T(mlpi_backend_syrk)(triangle, trans, (int32_t)n, (int32_t)size, alpha, A + (trans ? p : p * lda),
                             (int32_t)lda, p ? 1 : beta, C, (int32_t)ldc);
    }
}

void T(mlpi_axpy)(int64_t n, REAL alpha, const REAL *x, int64_t incx, REAL *y, int64_t incy)
{
    mlpi_assert(alpha != 0 && fits(1, incx) && fits(1, incy));
    for (int64_t i = 0, size; i < n; i += size) {
        size = block_size(n - i);
        T(mlpi_backend_axpy)((int32_t)size, alpha, x + i * incx, (int32_t)incx, y + i * incy, (int32_t)incy);
    }
}

REAL T(mlpi_dot)(int64_t n, const REAL *x, int64_t incx, const REAL *y, int64_t incy)
{
    mlpi_assert(fits(1, incx) && fits(1, incy));
    REAL sum = 0;
    for (int64_t i = 0, size; i < n; i += size) {
        size = block_size(n - i);
        sum += T(mlpi_backend_dot)((int32_t)size, x + i * incx, (int32_t)incx, y + i * incy, (int32_t)incy);
    }
    return sum;
}

REAL T(mlpi_nrm2)(int64_t n, const REAL *x, int64_t incx)
{
    mlpi_assert(fits(1, incx));
    double norm = 0;
    for (int64_t i = 0, size; i < n; i += size) {
        size = block_size(n - i);
        norm = hypot(norm, T(mlpi_backend_nrm2)((int32_t)size, x + i * incx, (int32_t)incx));
    }
    return (REAL)norm;
}
