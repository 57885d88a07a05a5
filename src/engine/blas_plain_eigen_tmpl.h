/* Template: eigenvalues of a symmetric matrix by Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5). */

int T(mlpi_syevd_work)(int64_t n, int64_t *work_count, int64_t *iwork_count)
{
    int info = check_sizes(n, 0, 0);
    if (info)
        return info;
    *iwork_count = larger(1, n);
    return mlpi_checked_mul_add(2 * n, n, 1, work_count) ? 0 : -1;
}

/* S = V diag V^T in the making: S and V n x n, both full and contiguous. */
struct T(eigen) {
    int64_t n;
    double threshold; /* elements of S off its diagonal that count as 0 */
    REAL *S, *V;
};

/* [x y] = [x y] [cosine sine; -sine cosine], elements `stride` apart */
static void T(turn)(int64_t count, int64_t stride, double cosine, double sine, REAL *x, REAL *y)
{
    for (int64_t i = 0; i < count * stride; i += stride) {
        const double a = (double)x[i], b = (double)y[i];
        x[i] = (REAL)(cosine * a - sine * b);
        y[i] = (REAL)(sine * a + cosine * b);
    }
}

/* S = J^T S J, V = V J with the rotation J that makes S_ij zero. Returns 1 if there was something to do. */
static int T(annihilate)(const struct T(eigen) *eigen, int64_t i, int64_t j)
{
    const int64_t n = eigen->n;
    REAL *S = eigen->S;
    const double off = (double)S[i + j * n], alpha = (double)S[i + i * n], beta = (double)S[j + j * n];
    if (fabs(off) <= eigen->threshold)
        return 0;
    const double zeta = (beta - alpha) / (2 * off);
    const double tangent = (zeta > 0 ? 1 : -1) / (fabs(zeta) + hypot(1, zeta));
    const double cosine = 1 / hypot(1, tangent), sine = cosine * tangent;
    T(turn)(n, 1, cosine, sine, S + i * n, S + j * n);
    T(turn)(n, n, cosine, sine, S + i, S + j);
    T(turn)(n, 1, cosine, sine, eigen->V + i * n, eigen->V + j * n);
    S[i + i * n] = (REAL)(alpha - tangent * off);
    S[j + j * n] = (REAL)(beta + tangent * off);
    S[i + j * n] = S[j + i * n] = 0;
    return 1;
}

/* S from the lower triangle of A divided by its largest element, so that squares stay in range; V = I. */
static double T(begin_eigen)(struct T(eigen) *eigen, const REAL *A, int64_t lda)
{
    const int64_t n = eigen->n;
    double largest = 0, squares = 0;
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = j; i < n; i++)
            largest = fmax(largest, fabs((double)A[i + j * lda]));
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = j; i < n; i++) {
            const double value = largest > 0 ? (double)A[i + j * lda] / largest : 0;
            eigen->S[i + j * n] = eigen->S[j + i * n] = (REAL)value;
            eigen->V[i + j * n] = eigen->V[j + i * n] = i == j;
            squares += (i == j ? 1 : 2) * value * value;
        }
    eigen->threshold = n ? (double)EPSILON * sqrt(squares) / (double)n : 0;
    return largest;
}

/* The places of the eigenvalues in ascending order, by insertion. */
static void T(order_eigenvalues)(const struct T(eigen) *eigen, int32_t *order)
{
    const REAL *S = eigen->S;
    const int64_t step = eigen->n + 1;
    for (int64_t i = 0; i < eigen->n; i++) {
        int64_t place = i;
        for (; place > 0 && S[order[place - 1] * step] > S[i * step]; place--)
            order[place] = order[place - 1];
        order[place] = (int32_t)i;
    }
}

int T(mlpi_syevd)(int64_t n, REAL *A, int64_t lda, REAL *w, REAL *work, int64_t work_count, int32_t *iwork)
{
    int info = check_square(n, lda), rotations = 1;
    (void)work_count;
    if (info)
        return info;
    struct T(eigen) eigen = {.n = n, .S = work, .V = work + n * n};
    const double largest = T(begin_eigen)(&eigen, A, lda);
    for (int sweep = 0; sweep < 60 && rotations; sweep++) {
        rotations = 0;
        for (int64_t i = 0; i < n; i++)
            for (int64_t j = i + 1; j < n; j++)
                rotations += T(annihilate)(&eigen, i, j);
    }
    if (rotations)
        return 1;
    T(order_eigenvalues)(&eigen, iwork);
    for (int64_t j = 0; j < n; j++) {
        const int64_t from = iwork[j];
        w[j] = (REAL)(largest * (double)eigen.S[from + from * n]);
        for (int64_t i = 0; i < n; i++)
            A[i + j * lda] = eigen.V[i + from * n];
    }
    return 0;
}
