/* Template: eigenvalues of symmetric matrices and singular values of any, of full rank and of half of it. */

typedef struct T(spectrum) {
    int64_t m, n;
    double scale;
    REAL A[EXTENT * EXTENT]; /* as given, in units of `scale` */
    REAL U[EXTENT * EXTENT], VT[EXTENT * EXTENT], values[EXTENT];
} T(spectrum);

static T(spectrum) T(spectrum_case);

/* A = sum_{k < rank} a_k b_k^T; symmetric where b = a or, in turn, b = -a */
static void T(make_matrix)(int64_t m, int64_t n, int64_t rank, int symmetric, double scale)
{
    T(spectrum) *p = &T(spectrum_case);
    static double a[EXTENT * EXTENT], b[EXTENT * EXTENT];
    p->m = m;
    p->n = n;
    p->scale = scale;
    for (int64_t i = 0; i < EXTENT * EXTENT; i++) {
        a[i] = draw_real(&stream, -1, 1);
        b[i] = symmetric ? (i / EXTENT % 2 ? -a[i] : a[i]) : draw_real(&stream, -1, 1);
    }
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = 0; i < m; i++) {
            double sum = 0;
            for (int64_t k = 0; k < rank; k++)
                sum += a[i + k * EXTENT] * b[j + k * EXTENT];
            p->A[i + j * EXTENT] = (REAL)sum;
        }
}

static double T(frobenius)(void)
{
    const T(spectrum) *p = &T(spectrum_case);
    double sum = 0;
    for (int64_t j = 0; j < p->n; j++)
        for (int64_t i = 0; i < p->m; i++)
            sum += (double)p->A[i + j * EXTENT] * (double)p->A[i + j * EXTENT];
    return sqrt(sum);
}

/* The columns (or where `rows` is 1 the rows) of Q are orthonormal: length x count */
static void T(expect_orthonormal)(const REAL *Q, int rows, int64_t length, int64_t count)
{
    const int64_t along = rows ? EXTENT : 1, across = rows ? 1 : EXTENT;
    for (int64_t i = 0; i < count; i++)
        for (int64_t j = 0; j <= i; j++) {
            double sum = i == j ? -1 : 0;
            for (int64_t k = 0; k < length; k++)
                sum += (double)Q[k * along + i * across] * (double)Q[k * along + j * across];
            expect_at_most(fabs(sum), 8 * EPSILON * (double)(length + 4));
        }
}

/* U diag(values) V^T = scale A */
static void T(expect_product)(int64_t q)
{
    const T(spectrum) *p = &T(spectrum_case);
    const double bound = 4 * EPSILON * (double)(q + 4) * T(frobenius)();
    for (int64_t j = 0; j < p->n; j++)
        for (int64_t i = 0; i < p->m; i++) {
            double sum = -(double)p->A[i + j * EXTENT];
            for (int64_t k = 0; k < q; k++)
                sum += (double)p->U[i + k * EXTENT] * ((double)p->values[k] / p->scale) *
                       (double)p->VT[k + j * EXTENT];
            expect_at_most(fabs(sum), bound);
        }
}

static int64_t T(count_zero)(int64_t q)
{
    const T(spectrum) *p = &T(spectrum_case);
    int64_t count = 0;
    for (int64_t k = 0; k < q; k++)
        count += fabs((double)p->values[k] / p->scale) <= 4 * EPSILON * (double)(q + 4) * T(frobenius)();
    return count;
}

static void T(decompose)(void)
{
    T(spectrum) *p = &T(spectrum_case);
    int64_t count = 0, icount = 0;
    assert_int_equal(T(mlpi_syevd_work)(p->n, &count, &icount), 0);
    REAL *work = malloc((size_t)count * sizeof *work);
    int32_t *iwork = malloc((size_t)icount * sizeof *iwork);
    assert_true(work && iwork);
    for (int64_t j = 0; j < p->n; j++) /* above the diagonal nothing is read */
        for (int64_t i = 0; i < p->n; i++)
            p->U[i + j * EXTENT] = i >= j ? (REAL)((double)p->A[i + j * EXTENT] * p->scale) : MARK;
    assert_int_equal(T(mlpi_syevd)(p->n, p->U, EXTENT, p->values, work, count, iwork), 0);
    for (int64_t j = 0; j < p->n; j++)
        for (int64_t i = 0; i < p->n; i++)
            p->VT[j + i * EXTENT] = p->U[i + j * EXTENT];
    free(work);
    free(iwork);
}

static void T(test_eigenvalues)(void **state)
{
    static const double scales[] = {1, sizeof(REAL) == 4 ? 0x1p-90 : 0x1p-700,
                                    sizeof(REAL) == 4 ? 0x1p90 : 0x1p700};
    T(spectrum) *p = &T(spectrum_case);
    (void)state;
    for (int s = 0; s < SIZES; s++)
        for (int k = 0; k < 4; k++) {
            const int64_t n = sizes[s], rank = k == 0 ? n : k == 1 ? (n + 1) / 2 : k == 2 ? 0 : n;
            T(make_matrix)(n, n, rank, 1, scales[k % 3]);
            T(decompose)();
            for (int64_t i = 1; i < n; i++)
                assert_true(p->values[i] >= p->values[i - 1]);
            T(expect_orthonormal)(p->U, 0, n, n);
            T(expect_product)(n);
            if (k == 1)
                assert_int_equal(T(count_zero)(n), n - rank);
        }
}

static void T(factor)(int vectors)
{
    T(spectrum) *p = &T(spectrum_case);
    static REAL destroyed[EXTENT * EXTENT];
    int64_t count = 0, icount = 0;
    assert_int_equal(T(mlpi_gesdd_work)(p->m, p->n, vectors, &count, &icount), 0);
    REAL *work = malloc((size_t)count * sizeof *work);
    int32_t *iwork = malloc((size_t)icount * sizeof *iwork);
    assert_true(work && iwork);
    for (int64_t i = 0; i < EXTENT * EXTENT; i++)
        destroyed[i] = (REAL)((double)p->A[i] * p->scale);
    assert_int_equal(T(mlpi_gesdd)(p->m, p->n, destroyed, EXTENT, p->values, vectors ? p->U : NULL, EXTENT,
                                   vectors ? p->VT : NULL, EXTENT, work, count, iwork),
                     0);
    free(work);
    free(iwork);
}

static void T(expect_singular_values)(int64_t rank)
{
    T(spectrum) *p = &T(spectrum_case);
    const int64_t q = p->m < p->n ? p->m : p->n;
    REAL with_vectors[EXTENT];
    T(factor)(1);
    for (int64_t i = 0; i < q; i++)
        assert_true(p->values[i] >= 0 && (i == 0 || p->values[i] <= p->values[i - 1]));
    T(expect_orthonormal)(p->U, 0, p->m, q);
    T(expect_orthonormal)(p->VT, 1, p->n, q);
    T(expect_product)(q);
    if (rank < q) /* a square matrix of full rank may have a value as small as rounding errors */
        assert_int_equal(T(count_zero)(q), q - rank);
    memcpy(with_vectors, p->values, sizeof with_vectors);
    T(factor)(0);
    for (int64_t i = 0; i < q; i++)
        expect_at_most(fabs((double)p->values[i] - (double)with_vectors[i]),
                       4 * EPSILON * (double)(q + 4) * (double)with_vectors[0]);
}

static void T(test_singular_values)(void **state)
{
    static const int64_t shapes[][3] = {
        {1, 1, 1},   {1, 5, 1},   {5, 1, 1},       {3, 2, 2},    {2, 3, 2},     {17, 17, 17},
        {17, 5, 2},  {5, 17, 2},  {64, 64, 64},    {64, 10, 10}, {130, 64, 32}, {64, 130, 32},
        {130, 3, 3}, {3, 130, 3}, {130, 130, 130}, {7, 4, 0},    {4, 7, 0},     {130, 130, 1}};
    static const double small = sizeof(REAL) == 4 ? 0x1p-80 : 0x1p-600;
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        T(make_matrix)(shapes[i][0], shapes[i][1], shapes[i][2], 0, i % 2 ? small : 1);
        T(expect_singular_values)(shapes[i][2]);
    }
}

/* Work beyond 32 bits is told in full or refused. */
static void T(test_spectrum_sizes)(void **state)
{
    const int64_t large = (int64_t)MLPI_BLAS_MAX_DIMENSION + 1, wide = 40000;
    int64_t count = 0, icount = 0;
    REAL A[4] = {1, 2, 3, 4}, s[2], U[4] = {0}, VT[4] = {0}, work[64];
    int32_t iwork[64];
    (void)state;
    assert_int_equal(T(mlpi_syevd_work)(-1, &count, &icount), -1);
    assert_int_equal(T(mlpi_syevd_work)(large, &count, &icount), -1);
    assert_int_equal(T(mlpi_syevd)(2, A, 1, s, work, 64, iwork), -3);
    assert_int_equal(T(mlpi_gesdd_work)(-1, 1, 1, &count, &icount), -1);
    assert_int_equal(T(mlpi_gesdd_work)(1, large, 1, &count, &icount), -2);
    assert_int_equal(T(mlpi_gesdd)(2, 2, A, 1, s, U, 2, VT, 2, work, 64, iwork), -4);
    assert_int_equal(T(mlpi_gesdd)(2, 2, A, 2, s, U, 1, VT, 2, work, 64, iwork), -7);
    assert_int_equal(T(mlpi_gesdd)(2, 2, A, 2, s, U, 2, VT, 1, work, 64, iwork), -9);
    assert_true(T(mlpi_syevd_work)(wide, &count, &icount) == -1 || count >= 2 * wide * wide);
    assert_true(T(mlpi_gesdd_work)(wide, wide, 1, &count, &icount) == -2 || count >= 2 * wide * wide);
    assert_true(A[0] == 1 && A[3] == 4);
}
