/* Template: rows for a QR factorisation: what R^T R gains is B^T B, whatever there was, and below R nothing is touched. */

/* G += M^T M for the upper triangle, or all, of M (m x n) */
static void T(add_gram)(int64_t m, int64_t n, const REAL *M, int triangular, double *G)
{
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = 0; i < n; i++)
            for (int64_t k = 0; k < m && (!triangular || (k <= i && k <= j)); k++)
                G[i + j * EXTENT] += (double)M[k + i * EXTENT] * (double)M[k + j * EXTENT];
}

/* From R = 0 in three stretches of m rows */
static void T(append)(int64_t m, int64_t n, int empty)
{
    static REAL R[EXTENT * EXTENT], B[EXTENT * EXTENT];
    static double wanted[EXTENT * EXTENT], found[EXTENT * EXTENT];
    REAL *work = malloc((size_t)mlpi_tpqrt_work(n) * sizeof *work);
    assert_non_null(work);
    memset(wanted, 0, sizeof wanted);
    memset(found, 0, sizeof found);
    for (int64_t i = 0; i < EXTENT * EXTENT; i++)
        R[i] = i % EXTENT <= i / EXTENT ? 0 : MARK;
    for (int stretch = 0; stretch < 3; stretch++) {
        for (int64_t i = 0; i < EXTENT * EXTENT; i++)
            B[i] = empty && i / EXTENT == 0 ? 0 : (REAL)draw_real(&stream, -1, 1);
        T(add_gram)(m, n, B, 0, wanted);
        assert_int_equal(T(mlpi_tpqrt)(m, n, R, EXTENT, B, EXTENT, work), 0);
    }
    T(add_gram)(n, n, R, 1, found);
    for (int64_t i = 0; i < EXTENT * EXTENT; i++) {
        expect_at_most(fabs(found[i] - wanted[i]), 16 * EPSILON * (double)(3 * m + n));
        assert_true(i % EXTENT <= i / EXTENT || R[i] == MARK);
    }
    free(work);
}

static void T(test_rows)(void **state)
{
    static const int64_t heights[] = {0, 1, 2, 31, EXTENT};
    REAL R[4] = {1, 0, 0, 1}, B[4] = {1, 2, 3, 4}, work[16];
    (void)state;
    for (size_t i = 0; i < sizeof heights / sizeof *heights; i++)
        for (int32_t k = 0; k < SIZES; k++)
            T(append)(heights[i], sizes[k], k % 2);
    assert_int_equal(T(mlpi_tpqrt)(-1, 2, R, 2, B, 2, work), -1);
    assert_int_equal(T(mlpi_tpqrt)(2, -1, R, 2, B, 2, work), -2);
    assert_int_equal(T(mlpi_tpqrt)(2, 2, R, 1, B, 2, work), -4);
    assert_int_equal(T(mlpi_tpqrt)(2, 2, R, 2, B, 1, work), -6);
    assert_true(R[0] == 1 && B[3] == 4);
}
