/*
 * Template: the three products of a layer for many columns, by the native kernels or by the BLAS. `start` is
 * MLPI_START_ZERO, MLPI_START_CONTINUE, or in the first MLPI_START_ROW with a bias.
 */

/* Z (n_out x columns) = start + A (n_out x n_in) Y (n_in x columns) */
static void T(push_product)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, const REAL *A, int64_t lda,
                            int64_t columns, const REAL *Y, int64_t ldy, REAL *Z, int64_t ldz, int32_t start,
                            const REAL *bias)
{
    for (int64_t s = 0; s < columns && start == MLPI_START_ROW && !plan->kernels; s++)
        memcpy(Z + s * ldz, bias, (size_t)n_out * sizeof(REAL));
    if (!plan->kernels)
        T(mlpi_gemm)(0, 0, n_out, columns, n_in, 1, A, lda, Y, ldy, start != MLPI_START_ZERO, Z, ldz);
    else
        plan->kernels->REAL_KIND.product(&(T(mlpi_product)){.m = columns,
                                                            .n = n_out,
                                                            .k = n_in,
                                                            .A = Y,
                                                            .rsa = ldy,
                                                            .csa = 1,
                                                            .V = A,
                                                            .ldv = lda,
                                                            .C = Z,
                                                            .ldc = ldz,
                                                            .start = start,
                                                            .bias = bias});
}

/* G (n_in x columns) = start + A^T (n_in x n_out) Delta (n_out x columns), by panels of A^T made in `panel` */
static void T(pull_product)(const mlpi_plan *plan, REAL *panel, int64_t n_out, int64_t n_in, const REAL *A,
                            int64_t lda, int64_t columns, const REAL *Delta, int64_t ldd, REAL *G,
                            int64_t ldg, int32_t start)
{
    if (!plan->kernels) {
        T(mlpi_gemm)(1, 0, n_in, columns, n_out, 1, A, lda, Delta, ldd, start == MLPI_START_CONTINUE, G, ldg);
        return;
    }
    const T(mlpi_kernels) *kernels = &plan->kernels->REAL_KIND;
    for (int64_t j = 0, width; j < n_in; j += width) {
        width = n_in - j < kernels->panel ? n_in - j : kernels->panel;
        kernels->transpose(width, n_out, A + j * lda, lda, panel, kernels->panel);
        kernels->product(&(T(mlpi_product)){.m = columns,
                                            .n = width,
                                            .k = n_out,
                                            .A = Delta,
                                            .rsa = ldd,
                                            .csa = 1,
                                            .V = panel,
                                            .ldv = kernels->panel,
                                            .C = G + j,
                                            .ldc = ldg,
                                            .start = start});
    }
}

/* A_bar (n_out x n_in) = start + Delta (n_out x columns) Y^T (columns x n_in) */
static void T(weight_product)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, int64_t columns,
                              const REAL *Delta, int64_t ldd, const REAL *Y, int64_t ldy, REAL *A_bar,
                              int64_t lda, int32_t start)
{
    if (!plan->kernels)
        T(mlpi_gemm)(0, 1, n_out, n_in, columns, 1, Delta, ldd, Y, ldy, start == MLPI_START_CONTINUE, A_bar,
                     lda);
    else
        plan->kernels->REAL_KIND.product(&(T(mlpi_product)){.m = n_in,
                                                            .n = n_out,
                                                            .k = columns,
                                                            .A = Y,
                                                            .rsa = 1,
                                                            .csa = ldy,
                                                            .V = Delta,
                                                            .ldv = ldd,
                                                            .C = A_bar,
                                                            .ldc = lda,
                                                            .start = start});
}
