/* Template: rows for a QR factorisation that is there. */

/*
 * The reflection I - tau v v^T that takes x = [R_jj; b] (b of m values) to a multiple of e_1: v = [1; b / divisor], b / divisor in
 * place of b and the multiple in place of R_jj. Returns tau.
 */
static double T(reflect)(int64_t m, REAL *diagonal, REAL *b)
{
    const double alpha = (double)*diagonal, rest = (double)T(mlpi_nrm2)(m, b, 1);
    if (rest == 0)
        return 0;
    const double size = hypot(alpha, rest), beta = alpha > 0 ? -size : size;
    for (int64_t i = 0; i < m; i++)
        b[i] = (REAL)((double)b[i] / (alpha - beta));
    *diagonal = (REAL)beta;
    return (beta - alpha) / beta;
}

int T(mlpi_tpqrt)(int64_t m, int64_t n, REAL *R, int64_t ldr, REAL *B, int64_t ldb, REAL *work)
{
    int info = check_rows(m, n, ldr, ldb);
    (void)work;
    for (int64_t j = 0; j < n && !info; j++) {
        const REAL *v = B + j * ldb;
        const double tau = T(reflect)(m, &R[j + j * ldr], B + j * ldb);
        for (int64_t k = j + 1; k < n && tau != 0; k++) {
            REAL *r = &R[j + k * ldr], *b = B + k * ldb;
            double sum = (double)*r;
            for (int64_t i = 0; i < m; i++)
                sum += (double)v[i] * (double)b[i];
            *r = (REAL)((double)*r - tau * sum);
            for (int64_t i = 0; i < m; i++)
                b[i] = (REAL)((double)b[i] - tau * sum * (double)v[i]);
        }
    }
    return info;
}
