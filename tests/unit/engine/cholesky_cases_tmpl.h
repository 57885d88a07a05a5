/* Template: Cholesky, its solves and its inverse, on A = M M^T + n I with condition below 10 or so. */

typedef struct T(positive) {
    int64_t n;
    double A[EXTENT * EXTENT]; /* full; as REAL holds it */
    REAL L[EXTENT * EXTENT];   /* its lower triangle, MARK above */
} T(positive);

static T(positive) T(positive_case);

static void T(make_positive)(int64_t n)
{
    T(positive) *p = &T(positive_case);
    static double M[EXTENT * EXTENT];
    p->n = n;
    for (int64_t i = 0; i < EXTENT * EXTENT; i++) {
        M[i] = draw_real(&stream, -1, 1);
        p->L[i] = MARK;
    }
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = j; i < n; i++) {
            double sum = i == j ? (double)n : 0;
            for (int64_t k = 0; k < n; k++)
                sum += M[i + k * EXTENT] * M[j + k * EXTENT];
            p->L[i + j * EXTENT] = (REAL)sum;
            p->A[i + j * EXTENT] = p->A[j + i * EXTENT] = (double)(REAL)sum;
        }
}

static void T(expect_upper_untouched)(const REAL *L, int64_t n)
{
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = 0; i < EXTENT; i++)
            assert_true((i >= j && i < n) || L[i + j * EXTENT] == MARK);
}

/* L L^T = A */
static void T(expect_factor)(const REAL *L)
{
    const T(positive) *p = &T(positive_case);
    for (int64_t j = 0; j < p->n; j++)
        for (int64_t i = j; i < p->n; i++) {
            double sum = 0;
            for (int64_t k = 0; k <= j; k++)
                sum += (double)L[i + k * EXTENT] * (double)L[j + k * EXTENT];
            expect_at_most(fabs(sum - p->A[i + j * EXTENT]), 8 * EPSILON * (double)p->n * (double)(p->n + 1));
        }
}

/* A X = B */
static void T(expect_solution)(const REAL *L, const REAL *B)
{
    const T(positive) *p = &T(positive_case);
    REAL X[EXTENT * SIDES];
    memcpy(X, B, sizeof X);
    assert_int_equal(T(mlpi_potrs)(p->n, SIDES, L, EXTENT, X, EXTENT), 0);
    for (int64_t c = 0; c < SIDES; c++)
        for (int64_t i = 0; i < p->n; i++) {
            double sum = 0;
            for (int64_t k = 0; k < p->n; k++)
                sum += p->A[i + k * EXTENT] * (double)X[k + c * EXTENT];
            expect_at_most(fabs(sum - (double)B[i + c * EXTENT]), 32 * EPSILON * (double)(p->n + 1));
        }
}

/* A A^-1 = I */
static void T(expect_inverse)(const REAL *inverse)
{
    const T(positive) *p = &T(positive_case);
    for (int64_t j = 0; j < p->n; j++)
        for (int64_t i = 0; i < p->n; i++) {
            double sum = i == j ? -1 : 0;
            for (int64_t k = 0; k < p->n; k++)
                sum += p->A[i + k * EXTENT] * (double)inverse[k > j ? k + j * EXTENT : j + k * EXTENT];
            expect_at_most(fabs(sum), 32 * EPSILON * (double)(p->n + 1));
        }
}

static void T(test_cholesky)(void **state)
{
    T(positive) *p = &T(positive_case);
    REAL B[EXTENT * SIDES];
    (void)state;
    for (int s = 0; s < SIZES; s++) {
        T(make_positive)(sizes[s]);
        for (int i = 0; i < EXTENT * SIDES; i++)
            B[i] = (REAL)draw_real(&stream, -1, 1);
        assert_int_equal(T(mlpi_potrf)(p->n, p->L, EXTENT), 0);
        T(expect_upper_untouched)(p->L, p->n);
        T(expect_factor)(p->L);
        T(expect_solution)(p->L, B);
        assert_int_equal(T(mlpi_potri)(p->n, p->L, EXTENT), 0);
        T(expect_upper_untouched)(p->L, p->n);
        T(expect_inverse)(p->L);
    }
    assert_int_equal(T(mlpi_potrf)(0, p->L, 1), 0);
}

/* info is the order of the leading minor that is not positive. */
static void T(test_not_positive)(void **state)
{
    static const double bad[] = {0, -1, -1e10};
    T(positive) *p = &T(positive_case);
    (void)state;
    for (int s = 0; s < SIZES; s++)
        for (int k = 0; k < 3; k++) {
            const int64_t n = sizes[s], place = k == 0 ? n / 2 : n - 1;
            T(make_positive)(n);
            for (int64_t i = 0; i < n; i++)
                for (int64_t j = 0; j <= i; j++)
                    if (i == place || j == place)
                        p->L[i + j * EXTENT] = (REAL)(i == j ? bad[k] : 0);
            assert_int_equal(T(mlpi_potrf)(n, p->L, EXTENT), place + 1);
        }
}

static void T(test_cholesky_sizes)(void **state)
{
    const int64_t large = (int64_t)MLPI_BLAS_MAX_DIMENSION + 1;
    REAL A[4] = {4, 1, 1, 4}, B[4] = {5, 6, 7, 8}, singular[4] = {0, 1, 1, 0};
    (void)state;
    assert_int_equal(T(mlpi_potrf)(-1, A, 2), -1);
    assert_int_equal(T(mlpi_potrf)(large, A, large), -1);
    assert_int_equal(T(mlpi_potrf)(2, A, 1), -3);
    assert_int_equal(T(mlpi_potrf)(2, A, large), -3);
    assert_int_equal(T(mlpi_potri)(2, A, 1), -3);
    assert_int_equal(T(mlpi_potrs)(-1, 1, A, 2, B, 2), -1);
    assert_int_equal(T(mlpi_potrs)(2, large, A, 2, B, 2), -2);
    assert_int_equal(T(mlpi_potrs)(2, 1, A, 1, B, 2), -4);
    assert_int_equal(T(mlpi_potrs)(2, 1, A, 2, B, 1), -6);
    assert_int_equal(T(mlpi_potri)(2, singular, 2), 1);
    assert_true(A[0] == 4 && A[3] == 4 && B[0] == 5 && B[3] == 8);
}
