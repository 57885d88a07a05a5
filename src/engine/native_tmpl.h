/*
 * Template: the three products of a layer by the native kernels. `start` is as in product.h.
 */

/*
 * Z (n_out x columns) = start + A (n_out x n_in) Y (n_in x columns). Columns are the rows of the product:
 * Z^T = start + Y^T A^T,  (columns x n_out) = (columns x n_in)(n_in x n_out).
 */
static void T(native_push)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, const REAL *A, int64_t lda,
                           int64_t columns, const REAL *Y, int64_t ldy, REAL *Z, int64_t ldz, int32_t start,
                           const REAL *b, int32_t finish)
{
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
                                                        .finish = finish,
                                                        .bias = b});
}

/*
 * G^T (columns x n_in) = start + Delta^T (columns x n_out) A (n_out x n_in), panel by panel of columns of A. Their transpose
 * is made first, in `panel`, so that the vectors run along the inputs.
 */
static void T(native_pull)(const mlpi_plan *plan, REAL *panel, int64_t n_out, int64_t n_in, const REAL *A,
                           int64_t lda, int64_t columns, const REAL *Delta, int64_t ldd, REAL *G, int64_t ldg,
                           int32_t start)
{
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

/*
 * A_bar (n_out x n_in) = start + Delta (n_out x columns) Y^T (columns x n_in). Inputs are the rows of the product:
 * A_bar^T = start + Y Delta^T,  (n_in x n_out) = (n_in x columns)(columns x n_out).
 */
static void T(native_weights)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, int64_t columns,
                              const REAL *Delta, int64_t ldd, const REAL *Y, int64_t ldy, REAL *A_bar,
                              int64_t lda, int32_t start)
{
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
