/*
 * Template: the three products of a layer for many columns, by the native kernels (native_tmpl.h) or by the BLAS. `start` is
 * MLPI_START_ZERO, MLPI_START_CONTINUE, or in the first MLPI_START_ROW with a bias.
 */

/* Z (n_out x columns) = start + A (n_out x n_in) Y (n_in x columns) */
static void T(push_product)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, const REAL *A, int64_t lda,
                            int64_t columns, const REAL *Y, int64_t ldy, REAL *Z, int64_t ldz, int32_t start,
                            const REAL *bias)
{
    if (plan->kernels) {
        T(native_push)(plan, n_out, n_in, A, lda, columns, Y, ldy, Z, ldz, start, bias, MLPI_FINISH_STORE);
        return;
    }
    for (int64_t s = 0; s < columns && start == MLPI_START_ROW; s++)
        memcpy(Z + s * ldz, bias, (size_t)n_out * sizeof(REAL));
    T(mlpi_gemm)(0, 0, n_out, columns, n_in, 1, A, lda, Y, ldy, start != MLPI_START_ZERO, Z, ldz);
}

/* G (n_in x columns) = start + A^T (n_in x n_out) Delta (n_out x columns), by panels of A^T made in `panel` */
static void T(pull_product)(const mlpi_plan *plan, REAL *panel, int64_t n_out, int64_t n_in, const REAL *A,
                            int64_t lda, int64_t columns, const REAL *Delta, int64_t ldd, REAL *G,
                            int64_t ldg, int32_t start)
{
    if (plan->kernels)
        T(native_pull)(plan, panel, n_out, n_in, A, lda, columns, Delta, ldd, G, ldg, start);
    else
        T(mlpi_gemm)(1, 0, n_in, columns, n_out, 1, A, lda, Delta, ldd, start != MLPI_START_ZERO, G, ldg);
}

/* A_bar (n_out x n_in) = start + Delta (n_out x columns) Y^T (columns x n_in) */
static void T(weight_product)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, int64_t columns,
                              const REAL *Delta, int64_t ldd, const REAL *Y, int64_t ldy, REAL *A_bar,
                              int64_t lda, int32_t start)
{
    if (plan->kernels)
        T(native_weights)(plan, n_out, n_in, columns, Delta, ldd, Y, ldy, A_bar, lda, start);
    else
        T(mlpi_gemm)(0, 1, n_out, n_in, columns, 1, Delta, ldd, Y, ldy, start != MLPI_START_ZERO, A_bar, lda);
}
