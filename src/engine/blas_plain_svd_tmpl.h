/*
 * Template: singular values of M, a tall p x q matrix (p >= q) in `work`: A itself, or its transpose when A is wide.
 */

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

/*
 * A (m x n), or its transpose where it is wide, over its largest element `size`: singular values in descending order. Returns
 * 0, or 1 where the rotations do not converge.
 */
static int T(decompose)(int64_t m, int64_t n, const REAL *A, int64_t lda, struct T(svd) *svd, int *wide,
                        REAL *size)
{
    *wide = T(copy_tall)(m, n, A, lda, svd->M);
    *size = T(normalise)(svd->p * svd->q, svd->M);
    if (T(rotate_all)(svd))
        return 1;
    T(sort_singular_values)(svd);
    return 0;
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
    int wide;
    REAL size;
    if (T(decompose)(m, n, A, lda, &svd, &wide, &size))
        return 1;
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

int T(mlpi_gesdd_work)(int64_t m, int64_t n, int vectors, int64_t *work_count, int64_t *iwork_count)
{
    int info = check_sizes(m, n, 0);
    (void)vectors;
    if (info)
        return info;
    /* M, V */
    int64_t p = larger(m, n), q = smaller(m, n);
    *iwork_count = larger(1, q);
    return mlpi_checked_mul_add(p + q, q, 1, work_count) ? 0 : -1;
}

/* Column j of W diag(s), in the order of s */
static REAL *T(ordered)(const struct T(svd) *svd, int64_t j)
{
    return svd->M + svd->order[j] * svd->p;
}

/*
 * Makes column j a unit vector orthogonal to columns 0 .. j - 1: what these leave of the coordinate axis furthest from
 * their span. Orthogonalised twice, as once may cancel ("twice is enough": Parlett, The Symmetric Eigenvalue Problem).
 */
static void T(complete)(const struct T(svd) *svd, int64_t j)
{
    const int64_t p = svd->p;
    REAL *column = T(ordered)(svd, j);
    int64_t furthest = 0;
    double most = -1;
    for (int64_t i = 0; i < p; i++) {
        double rest = 1;
        for (int64_t c = 0; c < j; c++)
            rest -= (double)T(ordered)(svd, c)[i] * (double)T(ordered)(svd, c)[i];
        if (rest > most) {
            most = rest;
            furthest = i;
        }
    }
    for (int64_t i = 0; i < p; i++)
        column[i] = i == furthest;
    for (int64_t step = 0; step < 2 * j; step++) {
        const REAL *before = T(ordered)(svd, step % j);
        const double part = T(inner)(p, before, column);
        for (int64_t i = 0; i < p; i++)
            column[i] = (REAL)((double)column[i] - part * (double)before[i]);
    }
    const double norm = (double)T(mlpi_nrm2)(p, column, 1);
    for (int64_t i = 0; i < p; i++)
        column[i] = (REAL)((double)column[i] / norm);
}

/*
 * W diag(s) becomes W. Columns shorter than rounding errors of the longest have no direction of their own: any
 * orthogonal one serves.
 */
static void T(unit_columns)(const struct T(svd) *svd)
{
    for (int64_t j = 0; j < svd->q; j++) {
        REAL *column = T(ordered)(svd, j);
        const double norm = (double)svd->s[j];
        if (!(norm > (double)EPSILON * (double)svd->s[0] / 2)) {
            T(complete)(svd, j);
            continue;
        }
        for (int64_t i = 0; i < svd->p; i++)
            column[i] = (REAL)((double)column[i] / norm);
    }
}

/* U and V^T of A = U diag(s) V^T from M = W diag(s) V^T; where A is wide, M = A^T and they change places. */
static void T(store_vectors)(const struct T(svd) *svd, int wide, REAL *U, int64_t ldu, REAL *VT, int64_t ldvt)
{
    const int64_t p = svd->p, q = svd->q;
    for (int64_t r = 0; r < q; r++) {
        const REAL *w = T(ordered)(svd, r), *v = svd->V + svd->order[r] * q;
        for (int64_t i = 0; i < (wide ? q : p); i++)
            U[i + r * ldu] = wide ? v[i] : w[i];
        for (int64_t i = 0; i < (wide ? p : q); i++)
            VT[r + i * ldvt] = wide ? w[i] : v[i];
    }
}

int T(mlpi_gesdd)(int64_t m, int64_t n, REAL *A, int64_t lda, REAL *s, REAL *U, int64_t ldu, REAL *VT,
                  int64_t ldvt, REAL *work, int64_t work_count, int32_t *iwork)
{
    int info = check_svd(m, n, lda, U != NULL, ldu, ldvt);
    (void)work_count;
    if (info)
        return info;
    int64_t p = larger(m, n), q = smaller(m, n);
    struct T(svd) svd = {.p = p, .q = q, .M = work, .V = work + p * q, .s = s, .order = iwork};
    int wide;
    REAL size;
    if (T(decompose)(m, n, A, lda, &svd, &wide, &size))
        return 1;
    if (U) {
        T(unit_columns)(&svd);
        T(store_vectors)(&svd, wide, U, ldu, VT, ldvt);
    }
    for (int64_t i = 0; i < q; i++)
        s[i] *= size;
    return 0;
}
