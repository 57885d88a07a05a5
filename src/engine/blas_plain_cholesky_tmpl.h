/* Template: Cholesky and what is solved by it. Only the lower triangles of A and L are touched. */

int T(mlpi_potrf)(int64_t n, REAL *A, int64_t lda)
{
    int info = check_square(n, lda);
    for (int64_t j = 0; j < n && !info; j++) {
        /* L_ij = (A_ij - sum_{k<j} L_ik L_jk) / L_jj */
        for (int64_t i = j; i < n; i++) {
            double sum = (double)A[i + j * lda];
            for (int64_t k = 0; k < j; k++)
                sum -= (double)A[i + k * lda] * (double)A[j + k * lda];
            if (i == j && !(sum > 0))
                return (int)(j + 1);
            A[i + j * lda] = (REAL)(i == j ? sqrt(sum) : sum / (double)A[j + j * lda]);
        }
    }
    return info;
}

/* b = L^-1 b */
static void T(solve_lower)(int64_t n, const REAL *L, int64_t ldl, REAL *b)
{
    for (int64_t i = 0; i < n; i++) {
        double sum = (double)b[i];
        for (int64_t k = 0; k < i; k++)
            sum -= (double)L[i + k * ldl] * (double)b[k];
        b[i] = (REAL)(sum / (double)L[i + i * ldl]);
    }
}

/* b = L^-T b */
static void T(solve_lower_transposed)(int64_t n, const REAL *L, int64_t ldl, REAL *b)
{
    for (int64_t i = n - 1; i >= 0; i--) {
        double sum = (double)b[i];
        for (int64_t k = i + 1; k < n; k++)
            sum -= (double)L[k + i * ldl] * (double)b[k];
        b[i] = (REAL)(sum / (double)L[i + i * ldl]);
    }
}

int T(mlpi_potrs)(int64_t n, int64_t nrhs, const REAL *A, int64_t lda, REAL *B, int64_t ldb)
{
    int info = check_solve(n, nrhs, lda, ldb);
    for (int64_t c = 0; c < nrhs && !info; c++) {
        T(solve_lower)(n, A, lda, B + c * ldb);
        T(solve_lower_transposed)(n, A, lda, B + c * ldb);
    }
    return info;
}

/* L^-1 in place of L, column by column: each needs itself and columns of L to its right. */
static void T(invert_lower)(int64_t n, REAL *L, int64_t ldl)
{
    for (int64_t j = 0; j < n; j++) {
        /* L x = e_j */
        L[j + j * ldl] = 1 / L[j + j * ldl];
        for (int64_t i = j + 1; i < n; i++) {
            double sum = 0;
            for (int64_t k = j; k < i; k++)
                sum -= (double)L[i + k * ldl] * (double)L[k + j * ldl];
            L[i + j * ldl] = (REAL)(sum / (double)L[i + i * ldl]);
        }
    }
}

int T(mlpi_potri)(int64_t n, REAL *A, int64_t lda)
{
    int info = check_square(n, lda);
    for (int64_t i = 0; i < n && !info; i++)
        info = A[i + i * lda] == 0 ? (int)(i + 1) : 0;
    if (info)
        return info;
    T(invert_lower)(n, A, lda);
    /* (A^-1)_ij = sum_{k >= i} (L^-1)_ki (L^-1)_kj: rows below are read before they are written */
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = j; i < n; i++) {
            double sum = 0;
            for (int64_t k = i; k < n; k++)
                sum += (double)A[k + i * lda] * (double)A[k + j * lda];
            A[i + j * lda] = (REAL)sum;
        }
    return 0;
}
