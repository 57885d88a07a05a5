/* Template: factorisations by LAPACKE(name), that is LAPACKE_sname or LAPACKE_dname. */

int T(mlpi_potrf)(int64_t n, REAL *A, int64_t lda)
{
    int info = check_square(n, lda);
    if (info)
        return info;
    /* A = L L^T,  n x n */
    mlpi_backend_enter();
    info = LAPACKE(potrf_work)(LAPACK_COL_MAJOR, 'L', (int32_t)n, A, (int32_t)lda);
    mlpi_backend_leave();
    return info;
}

int T(mlpi_potrs)(int64_t n, int64_t nrhs, const REAL *A, int64_t lda, REAL *B, int64_t ldb)
{
    int info = check_solve(n, nrhs, lda, ldb);
    if (info)
        return info;
    /* B = L^-T L^-1 B,  L n x n, B n x nrhs */
    mlpi_backend_enter();
    info = LAPACKE(potrs_work)(LAPACK_COL_MAJOR, 'L', (int32_t)n, (int32_t)nrhs, A, (int32_t)lda, B,
                               (int32_t)ldb);
    mlpi_backend_leave();
    return info;
}

int T(mlpi_potri)(int64_t n, REAL *A, int64_t lda)
{
    int info = check_square(n, lda);
    if (info)
        return info;
    /* A = L^-T L^-1,  n x n */
    mlpi_backend_enter();
    info = LAPACKE(potri_work)(LAPACK_COL_MAJOR, 'L', (int32_t)n, A, (int32_t)lda);
    mlpi_backend_leave();
    return info;
}

int T(mlpi_syevd_work)(int64_t n, int64_t *work_count, int64_t *iwork_count)
{
    int info = check_sizes(n, 0, 0);
    if (info || !work_fits(n))
        return -1;
    REAL size = 0, unused = 0;
    lapack_int isize = 0;
    info = LAPACKE(syevd_work)(LAPACK_COL_MAJOR, 'V', 'L', (int32_t)n, &unused, (int32_t)larger(n, 1),
                               &unused, &size, -1, &isize, -1);
    *work_count = larger(1, work_size((double)size, EPSILON));
    *iwork_count = larger(1, 3 + 5 * n);
    return info;
}

int T(mlpi_syevd)(int64_t n, REAL *A, int64_t lda, REAL *w, REAL *work, int64_t work_count, int32_t *iwork)
{
    int info = check_square(n, lda);
    if (!info && !work_fits(n))
        info = -1;
    if (info)
        return info;
    /* A = V diag(w) V^T,  n x n */
    mlpi_backend_enter();
    info = LAPACKE(syevd_work)(LAPACK_COL_MAJOR, 'V', 'L', (int32_t)n, A, (int32_t)lda, w, work,
                               work_int(work_count), iwork, (int32_t)(3 + 5 * n));
    mlpi_backend_leave();
    return info;
}

int T(mlpi_gesdd_work)(int64_t m, int64_t n, int vectors, int64_t *work_count, int64_t *iwork_count)
{
    int info = check_sizes(m, n, 0);
    const int64_t q = m < n ? m : n;
    if (!info && !work_fits(q))
        info = m < n ? -1 : -2;
    if (info)
        return info;
    REAL size = 0, unused = 0;
    lapack_int isize = 0;
    info = LAPACKE(gesdd_work)(LAPACK_COL_MAJOR, vectors ? 'S' : 'N', (int32_t)m, (int32_t)n, &unused,
                               (int32_t)larger(m, 1), &unused, &unused, (int32_t)larger(m, 1), &unused,
                               (int32_t)larger(q, 1), &size, -1, &isize);
    *work_count = larger(1, work_size((double)size, EPSILON));
    *iwork_count = larger(1, 8 * q);
    return info;
}

int T(mlpi_gesdd)(int64_t m, int64_t n, REAL *A, int64_t lda, REAL *s, REAL *U, int64_t ldu, REAL *VT,
                  int64_t ldvt, REAL *work, int64_t work_count, int32_t *iwork)
{
    int info = check_svd(m, n, lda, U != NULL, ldu, ldvt);
    if (!info && !work_fits(m < n ? m : n))
        info = m < n ? -1 : -2;
    if (info)
        return info;
    /* A = U diag(s) V^T,  U m x q, V^T q x n */
    mlpi_backend_enter();
    info =
        LAPACKE(gesdd_work)(LAPACK_COL_MAJOR, U ? 'S' : 'N', (int32_t)m, (int32_t)n, A, (int32_t)lda, s, U,
                            (int32_t)(U ? ldu : larger(m, 1)), VT,
                            (int32_t)(U ? ldvt : larger(larger(m, n), 1)), work, work_int(work_count), iwork);
    mlpi_backend_leave();
    return info;
}

int T(mlpi_tpqrt)(int64_t m, int64_t n, REAL *R, int64_t ldr, REAL *B, int64_t ldb, REAL *work)
{
    int info = check_rows(m, n, ldr, ldb);
    if (info || m == 0 || n == 0)
        return info;
    const int32_t columns = (int32_t)(n < REFLECTORS ? n : REFLECTORS);
    /* R = Q^T [R; B],  R n x n, B m x n */
    mlpi_backend_enter();
    info = LAPACKE(tpqrt_work)(LAPACK_COL_MAJOR, (int32_t)m, (int32_t)n, 0, columns, R, (int32_t)ldr, B,
                               (int32_t)ldb, work, columns, work + columns * n);
    mlpi_backend_leave();
    return info;
}
