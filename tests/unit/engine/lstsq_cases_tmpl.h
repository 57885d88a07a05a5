/* Template: one problem A X = B with SIDES right sides, solved by gels or gelsd and judged by identities. */

struct T(problem) {
    int64_t m, n, rank;
    REAL A[EXTENT * EXTENT], B[EXTENT * SIDES]; /* as given */
    REAL X[EXTENT * SIDES], s[EXTENT];          /* the solution */
};

static struct T(problem) T(problem);

/* Random m x n matrix; where `dependent`, its last column is the sum of the others: null vector (1, ..., 1, -1). */
static void T(make_problem)(int64_t m, int64_t n, int dependent, double scale)
{
    struct T(problem) *problem = &T(problem);
    problem->m = m;
    problem->n = n;
    for (int64_t i = 0; i < EXTENT * EXTENT; i++)
        problem->A[i] = (REAL)(scale * random_real());
    for (int64_t i = 0; i < m && dependent; i++) {
        double sum = 0;
        for (int64_t j = 0; j < n - 1; j++)
            sum += (double)problem->A[i + j * EXTENT];
        problem->A[i + (n - 1) * EXTENT] = (REAL)sum;
    }
    for (int64_t i = 0; i < EXTENT * SIDES; i++)
        problem->B[i] = problem->X[i] = (REAL)random_real();
}

static int T(solve)(int by_singular_values, REAL rcond)
{
    struct T(problem) *problem = &T(problem);
    static REAL destroyed[EXTENT * EXTENT];
    memcpy(destroyed, problem->A, sizeof destroyed);
    int64_t count = 0, icount = 1, m = problem->m, n = problem->n;
    int info = by_singular_values ? T(mlpi_gelsd_work)(m, n, SIDES, &count, &icount)
                                  : T(mlpi_gels_work)(m, n, SIDES, &count);
    assert_int_equal(info, 0);
    REAL *work = malloc((size_t)count * sizeof(REAL));
    int32_t *iwork = malloc((size_t)icount * sizeof(int32_t));
    assert_non_null(work);
    assert_non_null(iwork);
    info = by_singular_values ? T(mlpi_gelsd)(m, n, SIDES, destroyed, EXTENT, problem->X, EXTENT, problem->s,
                                              rcond, &problem->rank, work, count, iwork)
                              : T(mlpi_gels)(m, n, SIDES, destroyed, EXTENT, problem->X, EXTENT, work, count);
    free(work);
    free(iwork);
    return info;
}

static double T(residual)(int64_t i, int64_t c)
{
    const struct T(problem) *problem = &T(problem);
    double sum = (double)problem->B[i + c * EXTENT];
    for (int64_t j = 0; j < problem->n; j++)
        sum -= (double)problem->A[i + j * EXTENT] * (double)problem->X[j + c * EXTENT];
    return sum;
}

/* max |A^T (B - A X)|: 0 for every least-squares solution */
static double T(gradient)(void)
{
    const struct T(problem) *problem = &T(problem);
    double largest = 0;
    for (int64_t c = 0; c < SIDES; c++)
        for (int64_t j = 0; j < problem->n; j++) {
            double sum = 0;
            for (int64_t i = 0; i < problem->m; i++)
                sum += (double)problem->A[i + j * EXTENT] * T(residual)(i, c);
            largest = fmax(largest, fabs(sum));
        }
    return largest;
}

/* max |z^T X| with the null vector z: 0 for the solution of least norm */
static double T(along_null_vector)(void)
{
    const struct T(problem) *problem = &T(problem);
    double largest = 0;
    for (int64_t c = 0; c < SIDES; c++) {
        double sum = 0;
        for (int64_t j = 0; j < problem->n; j++)
            sum += (j < problem->n - 1 ? 1 : -1) * (double)problem->X[j + c * EXTENT];
        largest = fmax(largest, fabs(sum));
    }
    return largest;
}

static double T(largest_solution)(void)
{
    double largest = 0;
    for (int64_t c = 0; c < SIDES; c++)
        for (int64_t j = 0; j < T(problem).n; j++)
            largest = fmax(largest, fabs((double)T(problem).X[j + c * EXTENT]));
    return largest;
}

/* What rounding may leave of an identity in which A and X enter with sums of the given length. */
static double T(bound)(void)
{
    int64_t length = T(problem).m + T(problem).n;
    return 4 * EPSILON * (double)(length * length) * (1 + T(largest_solution)());
}

static void T(test_full_rank)(void **state)
{
    static const int64_t shapes[][2] = {{1, 1}, {2, 1}, {5, 3}, {17, 16}, {40, 7}, {48, 31}};
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        for (int by_singular_values = 0; by_singular_values < 2; by_singular_values++) {
            T(make_problem)(shapes[i][0], shapes[i][1], 0, 1);
            assert_int_equal(T(solve)(by_singular_values, -1), 0);
            expect_at_most(T(gradient)(), T(bound)());
            if (by_singular_values)
                assert_int_equal(T(problem).rank, shapes[i][1]);
        }
}

static void T(test_least_norm)(void **state)
{
    static const int64_t sizes[] = {1, 2, 5, 16, 31};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int by_singular_values = 0; by_singular_values < 2; by_singular_values++) {
            T(make_problem)(sizes[i], sizes[i] + 1, 1, 1);
            assert_int_equal(T(solve)(by_singular_values, -1), 0);
            for (int64_t c = 0; c < SIDES; c++)
                for (int64_t row = 0; row < sizes[i]; row++)
                    expect_at_most(fabs(T(residual)(row, c)), T(bound)());
            expect_at_most(T(along_null_vector)(), T(bound)());
        }
}

static void T(test_deficient)(void **state)
{
    static const int64_t shapes[][2] = {{3, 2}, {17, 5}, {48, 31}, {16, 16}};
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        int64_t m = shapes[i][0], n = shapes[i][1];
        T(make_problem)(m, n, 1, 1);
        assert_int_equal(T(solve)(1, (REAL)(64 * EPSILON)), 0);
        assert_int_equal(T(problem).rank, n - 1);
        expect_at_most(T(gradient)(), T(bound)());
        expect_at_most(T(along_null_vector)(), T(bound)());
        double squares = 0, frobenius = 0;
        for (int64_t j = 0; j < n; j++) {
            squares += (double)T(problem).s[j] * (double)T(problem).s[j];
            assert_true(T(problem).s[j] >= 0 && (j == 0 || T(problem).s[j] <= T(problem).s[j - 1]));
            for (int64_t row = 0; row < m; row++)
                frobenius += (double)T(problem).A[row + j * EXTENT] * (double)T(problem).A[row + j * EXTENT];
        }
        expect_at_most(fabs(squares - frobenius), 100 * EPSILON * frobenius);
    }
}

/* A times 2^-k makes X 2^k times as large, even where squares of A underflow. */
static void T(test_scale)(void **state)
{
    (void)state;
    double scale = sizeof(REAL) == 4 ? 0x1p-80 : 0x1p-600;
    for (int by_singular_values = 0; by_singular_values < 2; by_singular_values++) {
        T(make_problem)(17, 5, 0, scale);
        assert_int_equal(T(solve)(by_singular_values, -1), 0);
        for (int64_t i = 0; i < EXTENT * EXTENT; i++)
            T(problem).A[i] = (REAL)((double)T(problem).A[i] / scale);
        for (int64_t i = 0; i < EXTENT * SIDES; i++)
            T(problem).X[i] = (REAL)((double)T(problem).X[i] * scale);
        expect_at_most(T(gradient)(), T(bound)());
    }
}

static void T(test_exact_zero)(void **state)
{
    (void)state;
    T(make_problem)(7, 3, 0, 0);
    assert_true(T(solve)(0, -1) >= 0);
    T(make_problem)(7, 3, 0, 0);
    assert_int_equal(T(solve)(1, -1), 0);
    assert_int_equal(T(problem).rank, 0);
    for (int64_t c = 0; c < SIDES; c++)
        for (int64_t j = 0; j < 3; j++)
            assert_true(T(problem).X[j + c * EXTENT] == 0);
}

static void T(test_bad_sizes)(void **state)
{
    (void)state;
    REAL A[4] = {1, 2, 3, 4}, B[4] = {5, 6, 7, 8}, s[2], work[64];
    int32_t iwork[64];
    int64_t rank = 0, count = 0, icount = 0, large = (int64_t)MLPI_BLAS_MAX_DIMENSION + 1;
    assert_int_equal(T(mlpi_gels_work)(-1, 1, 1, &count), -1);
    assert_int_equal(T(mlpi_gels_work)(1, large, 1, &count), -2);
    assert_int_equal(T(mlpi_gelsd_work)(1, 1, large, &count, &icount), -3);
    assert_int_equal(T(mlpi_gels)(2, 2, 1, A, 1, B, 2, work, 64), -5);
    assert_int_equal(T(mlpi_gels)(1, 2, 1, A, 1, B, 1, work, 64), -7);
    assert_int_equal(T(mlpi_gelsd)(large, 2, 1, A, large, B, large, s, -1, &rank, work, 64, iwork), -1);
    assert_true(B[0] == 5 && B[3] == 8);
}
