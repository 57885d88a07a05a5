/*
 * Template: the products one layer is made of, each with its BLAS call. One sample takes the level-2 call, a batch the
 * level-3 one.
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
static void T(add_product)(int64_t n_out, int64_t n_in, const REAL *A, int64_t lda, int64_t batch,
                           const REAL *Y, int64_t ldy, REAL *Z, int64_t ldz)
{
    if (batch == 1)
        T(mlpi_gemv)(0, n_out, n_in, 1, A, lda, Y, 1, 1, Z, 1);
    else
        T(mlpi_gemm)(0, 0, n_out, batch, n_in, 1, A, lda, Y, ldy, 1, Z, ldz);
}

/* G (n_in x batch) = A^T (n_in x n_out) Delta (n_out x batch) */
static void T(pull_back)(const mlpi_layer *layer, int64_t batch, const REAL *Delta, int64_t ldd, REAL *G,
                         int64_t ldg)
{
    if (batch == 1)
        T(mlpi_gemv)(1, layer->n_out, layer->n_in, 1, layer->A, layer->lda, Delta, 1, 0, G, 1);
    else
        T(mlpi_gemm)(1, 0, layer->n_in, batch, layer->n_out, 1, layer->A, layer->lda, Delta, ldd, 0, G, ldg);
}

/* dA (n_out x n_in) = Delta (n_out x batch) Y^T (batch x n_in): the sum of one rank-one update per sample */
static void T(weight_gradient)(const mlpi_layer *layer, int64_t batch, const REAL *Delta, int64_t ldd,
                               const REAL *Y, int64_t ldy, REAL *A_bar, int64_t lda)
{
    if (batch == 1) {
        T(fill_columns)(layer->n_out, layer->n_in, NULL, A_bar, lda);
        T(mlpi_ger)(layer->n_out, layer->n_in, 1, Delta, 1, Y, 1, A_bar, lda);
    } else {
        T(mlpi_gemm)(0, 1, layer->n_out, layer->n_in, batch, 1, Delta, ldd, Y, ldy, 0, A_bar, lda);
    }
}

/* db (n_out) = Delta (n_out x batch) 1, samples in order */
static void T(bias_gradient)(int64_t n_out, int64_t batch, const REAL *Delta, int64_t ldd, REAL *b_bar)
{
    memcpy(b_bar, Delta, (size_t)n_out * sizeof(REAL));
    for (int64_t s = 1; s < batch; s++)
        for (int64_t i = 0; i < n_out; i++)
            b_bar[i] += Delta[s * ldd + i];
}
