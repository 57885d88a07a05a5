/* Template: least squares by LAPACKE(name), that is LAPACKE_sname or LAPACKE_dname. */

int T(mlpi_gels_work)(int64_t m, int64_t n, int64_t nrhs, int64_t *work_count)
{
    int info = check_sizes(m, n, nrhs);
    if (info)
        return info;
    REAL size = 0, unused = 0;
    int32_t lda = (int32_t)larger(m, 1), ldb = (int32_t)larger(larger(m, n), 1);
    info = LAPACKE(gels_work)(LAPACK_COL_MAJOR, 'N', (int32_t)m, (int32_t)n, (int32_t)nrhs, &unused, lda,
                              &unused, ldb, &size, -1);
    *work_count = larger(1, work_size((double)size, EPSILON));
    return info;
}

int T(mlpi_gels)(int64_t m, int64_t n, int64_t nrhs, REAL *A, int64_t lda, REAL *B, int64_t ldb, REAL *work,
                 int64_t work_count)
{
    int info = check_call(m, n, nrhs, lda, ldb);
    if (info)
        return info;
    /* min |B - A X|,  B m x nrhs, A m x n, X n x nrhs */
    mlpi_backend_enter();
    info = LAPACKE(gels_work)(LAPACK_COL_MAJOR, 'N', (int32_t)m, (int32_t)n, (int32_t)nrhs, A, (int32_t)lda,
                              B, (int32_t)ldb, work, work_int(work_count));
    mlpi_backend_leave();
    return info;
}

int T(mlpi_gelsd_work)(int64_t m, int64_t n, int64_t nrhs, int64_t *work_count, int64_t *iwork_count)
{
    int info = check_sizes(m, n, nrhs);
    if (info)
        return info;
    REAL size = 0, unused = 0;
    lapack_int rank = 0, isize = 0;
    int32_t lda = (int32_t)larger(m, 1), ldb = (int32_t)larger(larger(m, n), 1);
    info = LAPACKE(gelsd_work)(LAPACK_COL_MAJOR, (int32_t)m, (int32_t)n, (int32_t)nrhs, &unused, lda, &unused,
                               ldb, &unused, -1, &rank, &size, -1, &isize);
    *work_count = larger(1, work_size((double)size, EPSILON));
    *iwork_count = larger(1, isize);
    return info;
}

int T(mlpi_gelsd)(int64_t m, int64_t n, int64_t nrhs, REAL *A, int64_t lda, REAL *B, int64_t ldb, REAL *s,
                  REAL rcond, int64_t *rank, REAL *work, int64_t work_count, int32_t *iwork)
{
    int info = check_call(m, n, nrhs, lda, ldb);
    if (info)
        return info;
    lapack_int found = 0;
    /* min |B - A X| and least |X|,  B m x nrhs, A m x n, X n x nrhs, by A = U diag(s) V^T */
    mlpi_backend_enter();
    info = LAPACKE(gelsd_work)(LAPACK_COL_MAJOR, (int32_t)m, (int32_t)n, (int32_t)nrhs, A, (int32_t)lda, B,
                               (int32_t)ldb, s, rcond, &found, work, work_int(work_count), iwork);
    mlpi_backend_leave();
    *rank = found;
    return info;
}
