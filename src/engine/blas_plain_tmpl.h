/* Template: the products of blas_backend.h as loops; the innermost runs down a column of the result. */

static void T(start)(int64_t n, REAL beta, REAL *y, int64_t incy)
{
    for (int64_t i = 0; i < n; i++)
        y[i * incy] = beta == 0 ? 0 : beta * y[i * incy];
}

/* Column j of op(B), scaled: element p. */
static REAL T(scaled)(int trans, REAL alpha, const REAL *B, int64_t ldb, int64_t p, int64_t j)
{
    return alpha * (trans ? B[j + p * ldb] : B[p + j * ldb]);
}

void T(mlpi_backend_gemv)(int trans, int32_t m, int32_t n, REAL alpha, const REAL *A, int32_t lda,
                          const REAL *x, int32_t incx, REAL beta, REAL *y, int32_t incy)
{
    int64_t rows = trans ? n : m, inner = trans ? m : n, along = trans ? lda : 1, down = trans ? 1 : lda;
    T(start)(rows, beta, y, incy);
    for (int64_t p = 0; p < inner; p++) {
        REAL factor = alpha * x[p * incx];
        for (int64_t i = 0; i < rows; i++)
            y[i * (int64_t)incy] += A[i * along + p * down] * factor;
    }
}

void T(mlpi_backend_gemm)(int transA, int transB, int32_t m, int32_t n, int32_t k, REAL alpha, const REAL *A,
                          int32_t lda, const REAL *B, int32_t ldb, REAL beta, REAL *C, int32_t ldc)
{
    int64_t along = transA ? lda : 1, down = transA ? 1 : lda;
    for (int64_t j = 0; j < n; j++) {
        REAL *c = C + j * ldc;
        T(start)(m, beta, c, 1);
        for (int64_t p = 0; p < k; p++) {
            REAL factor = T(scaled)(transB, alpha, B, ldb, p, j);
            for (int64_t i = 0; i < m; i++)
                c[i] += A[i * along + p * down] * factor;
        }
    }
}

void T(mlpi_backend_ger)(int32_t m, int32_t n, REAL alpha, const REAL *x, int32_t incx, const REAL *y,
                         int32_t incy, REAL *A, int32_t lda)
{
    for (int64_t j = 0; j < n; j++)
        T(mlpi_backend_axpy)(m, alpha * y[j * incy], x, incx, A + j * lda, 1);
}

void T(mlpi_backend_syrk)(int triangle, int trans, int32_t n, int32_t k, REAL alpha, const REAL *A,
                          int32_t lda, REAL beta, REAL *C, int32_t ldc)
{
    int64_t along = trans ? lda : 1, down = trans ? 1 : lda;
    for (int64_t j = 0; j < n; j++) {
        int64_t from = triangle == MLPI_LOWER ? j : 0, to = triangle == MLPI_LOWER ? n : j + 1;
        REAL *c = C + j * ldc;
        T(start)(to - from, beta, c + from, 1);
        for (int64_t p = 0; p < k; p++) {
            REAL factor = alpha * A[j * along + p * down];
            for (int64_t i = from; i < to; i++)
                c[i] += A[i * along + p * down] * factor;
        }
    }
}

void T(mlpi_backend_axpy)(int32_t n, REAL alpha, const REAL *x, int32_t incx, REAL *y, int32_t incy)
{
    for (int64_t i = 0; i < n; i++)
        y[i * incy] += x[i * incx] * alpha;
}

REAL T(mlpi_backend_dot)(int32_t n, const REAL *x, int32_t incx, const REAL *y, int32_t incy)
{
    REAL sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i * incx] * y[i * incy];
    return sum;
}

/* The sum of squares of x / max |x|. */
REAL T(mlpi_backend_nrm2)(int32_t n, const REAL *x, int32_t incx)
{
    double largest = 0, sum = 0;
    for (int64_t i = 0; i < n; i++)
        if (!(fabs((double)x[i * incx]) <= largest))
            largest = fabs((double)x[i * incx]);
    if (largest == 0 || !isfinite(largest))
        return (REAL)largest;
    for (int64_t i = 0; i < n; i++)
        sum += (double)x[i * incx] / largest * ((double)x[i * incx] / largest);
    return (REAL)(largest * sqrt(sum));
}
