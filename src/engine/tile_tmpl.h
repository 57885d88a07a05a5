/* Template: one layer on a tile of samples, units as rows and samples along the vectors. */

/* row i <- scale_i row + shift_i, for n rows of `count` */
static void T(scale_rows)(T(mlpi_border) border, int64_t n, int64_t count, REAL *rows, int64_t ld)
{
    for (int64_t i = 0; border.scale && i < n; i++)
        for (int64_t s = 0; s < count; s++)
            rows[i * ld + s] *= border.scale[i];
    for (int64_t i = 0; border.shift && i < n; i++)
        for (int64_t s = 0; s < count; s++)
            rows[i * ld + s] += border.shift[i];
}

/* Z (n_out x count) = b 1^T + A V and Y = sigma(Z), which may be one with Z;  V n_in x count at ldv, both others at ld */
static void T(tile_layer)(const mlpi_plan *plan, const mlpi_layer *layer, int64_t count, const REAL *V,
                          int64_t ldv, REAL *Z, REAL *Y, int64_t ld)
{
    const T(mlpi_kernels) *kernels = &plan->kernels->REAL_KIND;
    const mlpi_activation *activation = layer->activation;
    const int relu = mlpi_activation_id(activation) == MLP_RELU, whole = count == ld;
    kernels->product(&(T(mlpi_product)){.m = layer->n_out,
                                        .n = count,
                                        .k = layer->n_in,
                                        .A = layer->A,
                                        .rsa = 1,
                                        .csa = layer->lda,
                                        .V = V,
                                        .ldv = ldv,
                                        .C = Z,
                                        .ldc = ld,
                                        .start = MLPI_START_COLUMN,
                                        .finish = relu ? MLPI_FINISH_RELU : MLPI_FINISH_STORE,
                                        .bias = layer->b});
    if (!relu && !mlpi_activation_is_identity(activation))
        T(mlpi_vectors_of)(plan, layer)
            ->value(whole ? 1 : layer->n_out, whole ? layer->n_out * ld : count, Z, ld, Y, ld,
                    activation->parameter);
}
