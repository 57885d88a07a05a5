/* Template: every product on random shapes, transposes, leading dimensions and factors. */

static void T(fill)(REAL *x, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        x[i] = (REAL)random_real();
}

static REAL T(random_alpha)(void)
{
    return random_bits() % 2 ? 1 : (REAL)-0.75;
}

static REAL T(random_beta)(void)
{
    static const REAL betas[] = {0, 1, (REAL)0.5};
    return betas[random_bits() % 3];
}

/* A result buffer: random, or NaN where beta = 0 promises not to read it. */
static void T(fill_result)(REAL *x, REAL *before, int64_t count, REAL beta)
{
    for (int64_t i = 0; i < count; i++)
        before[i] = x[i] = beta == 0 ? (REAL)NAN : (REAL)random_real();
}

static double T(element)(const REAL *A, int64_t lda, int trans, int64_t i, int64_t j)
{
    return (double)(trans ? A[j + i * lda] : A[i + j * lda]);
}

/* alpha sum + beta before: the value C must have, within `terms` roundings */
static void T(expect_update)(REAL actual, REAL alpha, double sum, REAL beta, REAL before, double terms)
{
    double expected = (double)alpha * sum + (beta == 0 ? 0 : (double)beta * (double)before);
    expect_near((double)actual, expected, (terms + 4) * EPSILON * (terms + 1));
}

static void T(expect_same)(REAL actual, REAL before)
{
    if (!(actual == before || (isnan(actual) && isnan(before))))
        fail_msg("seed %llu: written outside the result", (unsigned long long)case_seed);
}

static void T(check_gemm)(int transA, int transB)
{
    static REAL A[EXTENT * EXTENT], B[EXTENT * EXTENT], C[EXTENT * EXTENT], before[EXTENT * EXTENT];
    int64_t m = random_size(), n = random_size(), k = random_size();
    int64_t lda = (transA ? k : m) + random_below(4), ldb = (transB ? n : k) + random_below(4);
    int64_t ldc = m + random_below(4);
    REAL alpha = T(random_alpha)(), beta = T(random_beta)();
    T(fill)(A, EXTENT * EXTENT);
    T(fill)(B, EXTENT * EXTENT);
    T(fill_result)(C, before, EXTENT * EXTENT, beta);
    T(mlpi_gemm)(transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc);
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = 0; i < ldc; i++) {
            double sum = 0;
            for (int64_t p = 0; p < k; p++)
                sum += T(element)(A, lda, transA, i, p) * T(element)(B, ldb, transB, p, j);
            if (i < m)
                T(expect_update)(C[i + j * ldc], alpha, sum, beta, before[i + j * ldc], (double)k);
            else
                T(expect_same)(C[i + j * ldc], before[i + j * ldc]);
        }
}

static void T(test_gemm)(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 400; seed++) {
        begin_case(seed);
        T(check_gemm)((int)(seed & 1), (int)(seed >> 1 & 1));
    }
}

static void T(test_gemv)(void **state)
{
    static REAL A[EXTENT * EXTENT], x[4 * EXTENT], y[4 * EXTENT], before[4 * EXTENT];
    (void)state;
    for (uint64_t seed = 0; seed < 400; seed++) {
        begin_case(seed);
        int trans = (int)(seed & 1);
        int64_t m = random_size(), n = random_size(), lda = m + random_below(4);
        int64_t incx = 1 + random_below(3), incy = 1 + random_below(3);
        REAL alpha = T(random_alpha)(), beta = T(random_beta)();
        T(fill)(A, EXTENT * EXTENT);
        T(fill)(x, 4 * EXTENT);
        T(fill_result)(y, before, 4 * EXTENT, beta);
        T(mlpi_gemv)(trans, m, n, alpha, A, lda, x, incx, beta, y, incy);
        int64_t rows = trans ? n : m, inner = trans ? m : n;
        for (int64_t i = 0; i < rows * incy; i++) {
            double sum = 0;
            for (int64_t p = 0; p < inner && i % incy == 0; p++)
                sum += T(element)(A, lda, trans, i / incy, p) * (double)x[p * incx];
            if (i % incy == 0)
                T(expect_update)(y[i], alpha, sum, beta, before[i], (double)inner);
            else
                T(expect_same)(y[i], before[i]);
        }
    }
}

static void T(test_ger)(void **state)
{
    static REAL A[EXTENT * EXTENT], before[EXTENT * EXTENT], x[4 * EXTENT], y[4 * EXTENT];
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        begin_case(seed);
        int64_t m = random_size(), n = random_size(), lda = m + random_below(4);
        int64_t incx = 1 + random_below(3), incy = 1 + random_below(3);
        REAL alpha = T(random_alpha)();
        T(fill_result)(A, before, EXTENT * EXTENT, 1);
        T(fill)(x, 4 * EXTENT);
        T(fill)(y, 4 * EXTENT);
        T(mlpi_ger)(m, n, alpha, x, incx, y, incy, A, lda);
        for (int64_t j = 0; j < n; j++)
            for (int64_t i = 0; i < lda; i++) {
                double product = (double)x[i % m * incx] * (double)y[j * incy];
                if (i < m)
                    T(expect_update)(A[i + j * lda], alpha, product, 1, before[i + j * lda], 1);
                else
                    T(expect_same)(A[i + j * lda], before[i + j * lda]);
            }
    }
}

static void T(test_syrk)(void **state)
{
    static REAL A[EXTENT * EXTENT], C[EXTENT * EXTENT], before[EXTENT * EXTENT];
    (void)state;
    for (uint64_t seed = 0; seed < 400; seed++) {
        begin_case(seed);
        int trans = (int)(seed & 1), triangle = seed & 2 ? MLPI_UPPER : MLPI_LOWER;
        int64_t n = random_size(), k = random_size(), lda = (trans ? k : n) + random_below(4);
        int64_t ldc = n + random_below(4);
        REAL alpha = T(random_alpha)(), beta = T(random_beta)();
        T(fill)(A, EXTENT * EXTENT);
        T(fill_result)(C, before, EXTENT * EXTENT, beta);
        T(mlpi_syrk)(triangle, trans, n, k, alpha, A, lda, beta, C, ldc);
        for (int64_t j = 0; j < n; j++)
            for (int64_t i = 0; i < ldc; i++) {
                double sum = 0;
                for (int64_t p = 0; p < k; p++)
                    sum += T(element)(A, lda, trans, i, p) * T(element)(A, lda, trans, j, p);
                if (i < n && (triangle == MLPI_LOWER ? i >= j : i <= j))
                    T(expect_update)(C[i + j * ldc], alpha, sum, beta, before[i + j * ldc], (double)k);
                else
                    T(expect_same)(C[i + j * ldc], before[i + j * ldc]);
            }
    }
}

static void T(test_vectors)(void **state)
{
    static REAL x[4 * EXTENT], y[4 * EXTENT], before[4 * EXTENT];
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        begin_case(seed);
        int64_t n = random_size(), incx = 1 + random_below(3), incy = 1 + random_below(3);
        REAL alpha = T(random_alpha)();
        double product = 0, square = 0, bound = (double)(n + 4) * EPSILON * (double)n;
        T(fill)(x, 4 * EXTENT);
        T(fill_result)(y, before, 4 * EXTENT, 1);
        for (int64_t i = 0; i < n; i++) {
            product += (double)x[i * incx] * (double)y[i * incy];
            square += (double)x[i * incx] * (double)x[i * incx];
        }
        expect_near((double)T(mlpi_dot)(n, x, incx, y, incy), product, bound);
        expect_near((double)T(mlpi_nrm2)(n, x, incx), sqrt(square), bound);
        T(mlpi_axpy)(n, alpha, x, incx, y, incy);
        for (int64_t i = 0; i < n * incy; i++)
            if (i % incy == 0)
                T(expect_update)(y[i], alpha, (double)x[i / incy * incx], 1, before[i], 1);
            else
                T(expect_same)(y[i], before[i]);
    }
    REAL huge[2] = {(REAL)(sizeof(REAL) == 4 ? 3e37 : 3e307), (REAL)(sizeof(REAL) == 4 ? 4e37 : 4e307)};
    REAL tiny[2] = {(REAL)(sizeof(REAL) == 4 ? 3e-38 : 3e-307), (REAL)(sizeof(REAL) == 4 ? 4e-38 : 4e-307)};
    begin_case(0);
    expect_near((double)(T(mlpi_nrm2)(2, huge, 1) / huge[0]), 5.0 / 3, 8 * EPSILON);
    expect_near((double)(T(mlpi_nrm2)(2, tiny, 1) / tiny[0]), 5.0 / 3, 8 * EPSILON);
}

/* An empty sum is beta C; an empty result touches nothing. */
static void T(test_empty)(void **state)
{
    (void)state;
    REAL a[4] = {(REAL)NAN, (REAL)NAN, (REAL)NAN, (REAL)NAN}, c[4] = {2, 4, 6, 8};
    T(mlpi_gemm)(0, 0, 0, 2, 2, 1, a, 1, a, 2, 0, c, 1);
    T(mlpi_gemm)(0, 0, 2, 0, 2, 1, a, 2, a, 2, 0, c, 2);
    T(mlpi_gemv)(0, 0, 2, 1, a, 1, a, 1, 0, c, 1);
    T(mlpi_gemv)(1, 2, 0, 1, a, 2, a, 1, 0, c, 1);
    T(mlpi_ger)(0, 2, 1, a, 1, a, 1, c, 1);
    T(mlpi_ger)(2, 0, 1, a, 1, a, 1, c, 2);
    T(mlpi_syrk)(MLPI_LOWER, 0, 0, 2, 1, a, 1, 0, c, 1);
    T(mlpi_axpy)(0, 1, a, 1, c, 1);
    assert_true(c[0] == 2 && c[1] == 4 && c[2] == 6 && c[3] == 8);
    assert_true(T(mlpi_dot)(0, a, 1, a, 1) == 0 && T(mlpi_nrm2)(0, a, 1) == 0);

    T(mlpi_syrk)(MLPI_UPPER, 0, 2, 0, 1, a, 2, (REAL)0.5, c, 2);
    assert_true(c[0] == 1 && c[1] == 4 && c[2] == 3 && c[3] == 4);
    T(mlpi_gemv)(0, 2, 0, 1, a, 2, a, 1, 2, c, 2);
    assert_true(c[0] == 2 && c[1] == 4 && c[2] == 6 && c[3] == 4);
    T(mlpi_gemm)(0, 1, 1, 2, 0, 1, a, 1, a, 2, (REAL)0.5, c, 2);
    assert_true(c[0] == 1 && c[1] == 4 && c[2] == 3 && c[3] == 4);
    c[0] = (REAL)NAN;
    T(mlpi_gemm)(0, 0, 2, 2, 0, 1, a, 2, a, 1, 0, c, 2);
    assert_true(c[0] == 0 && c[1] == 0 && c[2] == 0 && c[3] == 0);
}
