/* Template: what the factorisations of tall matrices share. Column j of a tall p x q matrix M (p >= q) is M + j p. */

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
