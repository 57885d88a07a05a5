/*
 * Template: least squares of full rank on M, a tall p x q matrix (p >= q) in `work`: A itself, or its transpose when A
 * is wide. Column j of M is M + j p.
 */

/* x -= v (v^T x) tau, the reflection I - tau v v^T applied to one column */
static void T(reflect)(int64_t count, const REAL *v, double tau, REAL *x)
{
    double factor = tau * T(inner)(count, v, x);
    for (int64_t i = 0; i < count; i++)
        x[i] = (REAL)((double)x[i] - factor * (double)v[i]);
}

/* tau of the reflection whose vector is v: 2 / v^T v, 0 for the identity */
static double T(reflection_scale)(int64_t count, const REAL *v)
{
    double square = T(inner)(count, v, v);
    return square > 0 ? 2 / square : 0;
}

/* M = Q R: the reflection vectors stay in M's lower trapezoid, scaled by the column's norm; diag(R) in `diagonal`. */
static void T(factor_qr)(int64_t p, int64_t q, REAL *M, REAL *diagonal)
{
    for (int64_t j = 0; j < q; j++) {
        REAL *v = M + j * p + j;
        double norm = T(mlpi_nrm2)(p - j, v, 1);
        if (norm > 0) {
            for (int64_t i = 0; i < p - j; i++)
                v[i] = (REAL)((double)v[i] / norm);
            double sign = v[0] > 0 ? 1 : -1;
            v[0] = (REAL)((double)v[0] + sign);
            norm *= -sign;
        }
        diagonal[j] = (REAL)norm;
        double tau = T(reflection_scale)(p - j, v);
        for (int64_t c = j + 1; c < q; c++)
            T(reflect)(p - j, v, tau, M + c * p + j);
    }
}

/* b = Q^T b, or Q b where `back` is 1 */
static void T(apply_q)(int64_t p, int64_t q, const REAL *M, int back, REAL *b)
{
    for (int64_t step = 0; step < q; step++) {
        int64_t j = back ? q - 1 - step : step;
        const REAL *v = M + j * p + j;
        T(reflect)(p - j, v, T(reflection_scale)(p - j, v), b + j);
    }
}

/* b = R^-1 b, R upper triangular in M with its diagonal apart */
static void T(solve_upper)(int64_t p, int64_t q, const REAL *M, const REAL *diagonal, REAL *b)
{
    for (int64_t j = q - 1; j >= 0; j--) {
        b[j] /= diagonal[j];
        for (int64_t i = 0; i < j; i++)
            b[i] -= M[i + j * p] * b[j];
    }
}

/* b = R^-T b */
static void T(solve_upper_transposed)(int64_t p, int64_t q, const REAL *M, const REAL *diagonal, REAL *b)
{
    for (int64_t j = 0; j < q; j++)
        b[j] = (REAL)(((double)b[j] - T(inner)(j, M + j * p, b)) / (double)diagonal[j]);
}

int T(mlpi_gels_work)(int64_t m, int64_t n, int64_t nrhs, int64_t *work_count)
{
    int info = check_sizes(m, n, nrhs);
    /* M, then the diagonal of R */
    if (!info && !mlpi_checked_mul_add(larger(m, n) + 1, smaller(m, n), 1, work_count))
        return -1;
    return info;
}

int T(mlpi_gels)(int64_t m, int64_t n, int64_t nrhs, REAL *A, int64_t lda, REAL *B, int64_t ldb, REAL *work,
                 int64_t work_count)
{
    int info = check_call(m, n, nrhs, lda, ldb);
    (void)work_count;
    if (info)
        return info;
    int64_t p = larger(m, n), q = smaller(m, n);
    REAL *M = work, *diagonal = work + p * q;
    int wide = T(copy_tall)(m, n, A, lda, M);
    T(factor_qr)(p, q, M, diagonal);
    for (int64_t j = 0; j < q; j++)
        if (diagonal[j] == 0)
            return (int)(j + 1);
    for (int64_t c = 0; c < nrhs; c++) {
        REAL *b = B + c * ldb;
        if (wide) { /* A = R^T Q^T: x = Q [R^-T b; 0] */
            T(solve_upper_transposed)(p, q, M, diagonal, b);
            for (int64_t i = q; i < p; i++)
                b[i] = 0;
            T(apply_q)(p, q, M, 1, b);
        } else { /* A = Q R: x = R^-1 Q^T b */
            T(apply_q)(p, q, M, 0, b);
            T(solve_upper)(p, q, M, diagonal, b);
        }
    }
    return 0;
}
