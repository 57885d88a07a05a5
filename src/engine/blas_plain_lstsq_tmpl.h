/*
 * Template: least squares on M, a tall p x q matrix (p >= q) in `work`: A itself, or its transpose when A is
 * wide. Column j of M is M + j p.
 */

/* M = A or A^T. Returns 1 if transposed. */
static int T(copy_tall)(int64_t m, int64_t n, const REAL *A, int64_t lda, REAL *M)
{
    int wide = m < n;
    int64_t p = wide ? n : m;
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = 0; i < m; i++)
            M[wide ? j + i * p : i + j * p] = A[i + j * lda];
    return wide;
}

static double T(inner)(int64_t count, const REAL *x, const REAL *y)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++)
        sum += (double)x[i] * (double)y[i];
    return sum;
}

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

/* M = W diag(s) V^T: W diag(s) in place of M, column r of either belonging to s[place of r in order]. */
struct T(svd) {
    int64_t p, q;
    REAL *M, *V, *s;
    int32_t *order;
};

/* [x y] = [x y] [cosine sine; -sine cosine] */
static void T(rotate)(int64_t count, double cosine, double sine, REAL *x, REAL *y)
{
    for (int64_t i = 0; i < count; i++) {
        double a = (double)x[i], b = (double)y[i];
        x[i] = (REAL)(cosine * a - sine * b);
        y[i] = (REAL)(sine * a + cosine * b);
    }
}

/* Makes columns i and j of M orthogonal, the same rotation on V. Returns 1 if they were not. */
static int T(orthogonalise)(const struct T(svd) *svd, int64_t i, int64_t j)
{
    REAL *x = svd->M + i * svd->p, *y = svd->M + j * svd->p;
    double alpha = T(inner)(svd->p, x, x), beta = T(inner)(svd->p, y, y), gamma = T(inner)(svd->p, x, y);
    double tolerance = sqrt((double)svd->p) * (double)EPSILON;
    if (fabs(gamma) <= tolerance * sqrt(alpha) * sqrt(beta) + DBL_MIN)
        return 0;
    double zeta = (beta - alpha) / (2 * gamma);
    double tangent = (zeta > 0 ? 1 : -1) / (fabs(zeta) + hypot(1, zeta));
    double cosine = 1 / hypot(1, tangent);
    T(rotate)(svd->p, cosine, cosine * tangent, x, y);
    T(rotate)(svd->q, cosine, cosine * tangent, svd->V + i * svd->q, svd->V + j * svd->q);
    return 1;
}

/* Sweeps over all pairs of columns until none needs a rotation. Returns 0, or 1 after too many sweeps. */
static int T(rotate_all)(const struct T(svd) *svd)
{
    for (int64_t i = 0; i < svd->q * svd->q; i++)
        svd->V[i] = i % (svd->q + 1) == 0;
    for (int sweep = 0; sweep < 60; sweep++) {
        int rotations = 0;
        for (int64_t i = 0; i < svd->q; i++)
            for (int64_t j = i + 1; j < svd->q; j++)
                rotations += T(orthogonalise)(svd, i, j);
        if (!rotations)
            return 0;
    }
    return 1;
}

/* s = the norms of M's columns, descending by insertion. */
static void T(sort_singular_values)(const struct T(svd) *svd)
{
    REAL *s = svd->s;
    for (int64_t i = 0; i < svd->q; i++) {
        REAL value = T(mlpi_nrm2)(svd->p, svd->M + i * svd->p, 1);
        int64_t place = i;
        for (; place > 0 && s[place - 1] < value; place--) {
            s[place] = s[place - 1];
            svd->order[place] = svd->order[place - 1];
        }
        s[place] = value;
        svd->order[place] = (int32_t)i;
    }
}

/* b = V diag(s)^-1 W^T b over the first `rank` triples, or with W and V exchanged where A is wide; x is work. */
static void T(solve_svd)(const struct T(svd) *svd, int wide, int64_t rank, REAL *x, REAL *b)
{
    int64_t rows = wide ? svd->p : svd->q, sources = wide ? svd->q : svd->p;
    for (int64_t i = 0; i < rows; i++)
        x[i] = 0;
    for (int64_t r = 0; r < rank; r++) {
        /* w is s[r] times a unit vector, v a unit vector */
        const REAL *w = svd->M + svd->order[r] * svd->p, *v = svd->V + svd->order[r] * svd->q;
        double sigma = (double)svd->s[r], factor = T(inner)(sources, wide ? v : w, b) / sigma / sigma;
        for (int64_t i = 0; i < rows; i++)
            x[i] = (REAL)((double)x[i] + factor * (double)(wide ? w : v)[i]);
    }
    for (int64_t i = 0; i < rows; i++)
        b[i] = x[i];
}

/* Divides M by its largest element, so that squares neither overflow nor vanish; returns that element. */
static REAL T(normalise)(int64_t count, REAL *M)
{
    REAL largest = 0;
    for (int64_t i = 0; i < count; i++)
        largest = M[i] > largest ? M[i] : -M[i] > largest ? -M[i] : largest;
    for (int64_t i = 0; i < count && largest > 0; i++)
        M[i] /= largest;
    return largest;
}

int T(mlpi_gelsd_work)(int64_t m, int64_t n, int64_t nrhs, int64_t *work_count, int64_t *iwork_count)
{
    int info = check_sizes(m, n, nrhs);
    if (info)
        return info;
    /* M, V, one solution */
    int64_t p = larger(m, n), q = smaller(m, n);
    *iwork_count = larger(1, q);
    return mlpi_checked_mul_add(p + q, q, p + 1, work_count) ? 0 : -1;
}

int T(mlpi_gelsd)(int64_t m, int64_t n, int64_t nrhs, REAL *A, int64_t lda, REAL *B, int64_t ldb, REAL *s,
                  REAL rcond, int64_t *rank, REAL *work, int64_t work_count, int32_t *iwork)
{
    int info = check_call(m, n, nrhs, lda, ldb);
    (void)work_count;
    if (info)
        return info;
    int64_t p = larger(m, n), q = smaller(m, n);
    struct T(svd) svd = {.p = p, .q = q, .M = work, .V = work + p * q, .s = s, .order = iwork};
    int wide = T(copy_tall)(m, n, A, lda, svd.M);
    REAL size = T(normalise)(p * q, svd.M);
    if (T(rotate_all)(&svd))
        return 1;
    T(sort_singular_values)(&svd);
    REAL cutoff = q ? (rcond < 0 ? EPSILON : rcond) * s[0] : 0;
    for (*rank = 0; *rank < q && s[*rank] > cutoff;)
        ++*rank;
    for (int64_t c = 0; c < nrhs; c++) {
        T(solve_svd)(&svd, wide, *rank, svd.V + q * q, B + c * ldb);
        for (int64_t i = 0; i<n && * rank> 0; i++)
            B[i + c * ldb] /= size;
    }
    for (int64_t i = 0; i < q; i++)
        s[i] *= size;
    return 0;
}
