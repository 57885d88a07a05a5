/*
 * Template: the products one layer is made of, by the native kernels or by the BLAS. With the BLAS one sample takes the
 * level-2 call, a batch the level-3 one.
 */

/* Y (n_out x batch) = b 1^T, or 0 where b is NULL */
static void T(fill_columns)(int64_t n, int64_t batch, const REAL *b, REAL *Y, int64_t ldy)
{
    for (int64_t s = 0; s < batch; s++) {
        if (b)
            memcpy(Y + s * ldy, b, (size_t)n * sizeof(REAL));
        else
            memset(Y + s * ldy, 0, (size_t)n * sizeof(REAL));
    }
}

/* Z (n_out x batch) += A (n_out x n_in) Y (n_in x batch) */
static void T(blas_add_product)(int64_t n_out, int64_t n_in, const REAL *A, int64_t lda, int64_t batch,
                                const REAL *Y, int64_t ldy, REAL *Z, int64_t ldz)
{
    if (batch == 1)
        T(mlpi_gemv)(0, n_out, n_in, 1, A, lda, Y, 1, 1, Z, 1);
    else
        T(mlpi_gemm)(0, 0, n_out, batch, n_in, 1, A, lda, Y, ldy, 1, Z, ldz);
}

/*
 * Z (n_out x batch) = b 1^T + A (n_out x n_in) Y (n_in x batch); b NULL stands for 0. `total` columns are in the sweep,
 * `batch` of them here.
 */
static void T(affine)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, const REAL *A, int64_t lda,
                      const REAL *b, int64_t total, int64_t batch, const REAL *Y, int64_t ldy, REAL *Z,
                      int64_t ldz)
{
    if (!plan->kernels) {
        T(fill_columns)(n_out, batch, b, Z, ldz);
        T(blas_add_product)(n_out, n_in, A, lda, batch, Y, ldy, Z, ldz);
    } else if (mlpi_plan_is_single(plan, total)) {
        plan->kernels->REAL_KIND.single(n_out, n_in, A, lda, Y, b, Z);
    } else {
        T(native_push)(plan, n_out, n_in, A, lda, batch, Y, ldy, Z, ldz, b ? MLPI_START_ROW : MLPI_START_ZERO,
                       b, MLPI_FINISH_STORE);
    }
}

/* Y = sigma(Z) of a built-in kind, both n_out x batch; they may be one. */
static void T(activate)(const mlpi_plan *plan, const mlpi_layer *layer, int64_t batch, const REAL *Z, REAL *Y,
                        int64_t ld)
{
    const mlpi_activation *activation = layer->activation;
    if (!mlpi_activation_is_identity(activation))
        T(mlpi_vectors_of)(plan, layer)->value(batch, layer->n_out, Z, ld, Y, ld, activation->parameter);
}

void T(mlpi_native_layer)(const mlpi_plan *plan, const mlpi_layer *layer, int single, int64_t batch,
                          const REAL *Y, int64_t ldy, REAL *Z, REAL *next, int64_t ld)
{
    const int relu = !single && mlpi_activation_id(layer->activation) == MLP_RELU;
    if (single)
        plan->kernels->REAL_KIND.single(layer->n_out, layer->n_in, layer->A, layer->lda, Y, layer->b, Z);
    else
        T(native_push)(plan, layer->n_out, layer->n_in, layer->A, layer->lda, batch, Y, ldy, Z, ld,
                       MLPI_START_ROW, layer->b, relu ? MLPI_FINISH_RELU : MLPI_FINISH_STORE);
    if (!relu)
        T(activate)(plan, layer, batch, Z, next, ld);
}

/* Z (n_out x batch) += A (n_out x n_in) Y (n_in x batch) */
static void T(add_product)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, const REAL *A, int64_t lda,
                           int64_t batch, const REAL *Y, int64_t ldy, REAL *Z, int64_t ldz)
{
    if (plan->kernels)
        T(native_push)(plan, n_out, n_in, A, lda, batch, Y, ldy, Z, ldz, MLPI_START_CONTINUE, NULL,
                       MLPI_FINISH_STORE);
    else
        T(blas_add_product)(n_out, n_in, A, lda, batch, Y, ldy, Z, ldz);
}

void T(mlpi_native_pull_back)(const mlpi_plan *plan, void *panel, const mlpi_layer *layer, int64_t total,
                              int64_t batch, const REAL *Delta, int64_t ldd, REAL *G, int64_t ldg)
{
    const T(mlpi_kernels) *kernels = &plan->kernels->REAL_KIND;
    if (total < MLPI_SEVERAL)
        kernels->dots(batch, layer->n_in, layer->n_out, Delta, ldd, layer->A, layer->lda, G, ldg);
    else if (total < MLPI_PLAN_FEW)
        kernels->pull(batch, layer->n_in, layer->n_out, Delta, ldd, layer->A, layer->lda, G, ldg);
    else
        T(native_pull)(plan, panel, layer->n_out, layer->n_in, layer->A, layer->lda, batch, Delta, ldd, G,
                       ldg, MLPI_START_ZERO);
}

/* G (n_in x batch) = A^T (n_in x n_out) Delta (n_out x batch), by thread `index`; `total` columns are in the sweep */
static void T(pull_back)(const mlpi_plan *plan, int32_t index, const mlpi_layer *layer, int64_t total,
                         int64_t batch, const REAL *Delta, int64_t ldd, REAL *G, int64_t ldg)
{
    if (plan->kernels)
        T(mlpi_native_pull_back)(plan, plan->panels[index], layer, total, batch, Delta, ldd, G, ldg);
    else if (batch == 1)
        T(mlpi_gemv)(1, layer->n_out, layer->n_in, 1, layer->A, layer->lda, Delta, 1, 0, G, 1);
    else
        T(mlpi_gemm)(1, 0, layer->n_in, batch, layer->n_out, 1, layer->A, layer->lda, Delta, ldd, 0, G, ldg);
}

/* dA (n_out x n_in) = Delta (n_out x batch) Y^T (batch x n_in): the sum of one rank-one update per sample */
static void T(weight_gradient)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, int64_t batch,
                               const REAL *Delta, int64_t ldd, const REAL *Y, int64_t ldy, REAL *A_bar,
                               int64_t lda)
{
    if (plan->kernels) {
        T(native_weights)(plan, n_out, n_in, batch, Delta, ldd, Y, ldy, A_bar, lda, MLPI_START_ZERO);
    } else if (batch == 1) {
        T(fill_columns)(n_out, n_in, NULL, A_bar, lda);
        T(mlpi_ger)(n_out, n_in, 1, Delta, 1, Y, 1, A_bar, lda);
    } else {
        T(mlpi_gemm)(0, 1, n_out, n_in, batch, 1, Delta, ldd, Y, ldy, 0, A_bar, lda);
    }
}

void T(mlpi_bias_gradient)(const mlpi_plan *plan, int64_t n_out, int64_t batch, const REAL *Delta,
                           int64_t ldd, REAL *b_bar)
{
    if (plan->kernels) {
        plan->kernels->REAL_KIND.sum_rows(batch, n_out, Delta, ldd, b_bar);
        return;
    }
    memcpy(b_bar, Delta, (size_t)n_out * sizeof(REAL));
    for (int64_t s = 1; s < batch; s++)
        for (int64_t i = 0; i < n_out; i++)
            b_bar[i] += Delta[s * ldd + i];
}
