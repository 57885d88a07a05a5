/* Template: the columns path. */

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

/* C (n_out x count) = sigma(b 1^T + A V),  V n_in x count, both at leading dimension ld */
static void T(tile_layer)(const mlpi_plan *plan, const mlpi_layer *layer, int64_t count, const REAL *V,
                          REAL *C, int64_t ld)
{
    const T(mlpi_kernels) *kernels = &plan->kernels->REAL_KIND;
    const mlpi_activation *activation = layer->activation;
    const int relu = mlpi_activation_id(activation) == MLP_RELU;
    kernels->product(&(T(mlpi_product)){.m = layer->n_out,
                                        .n = count,
                                        .k = layer->n_in,
                                        .A = layer->A,
                                        .rsa = 1,
                                        .csa = layer->lda,
                                        .V = V,
                                        .ldv = ld,
                                        .panel_stride = kernels->panel,
                                        .C = C,
                                        .ldc = ld,
                                        .start = MLPI_START_COLUMN,
                                        .finish = relu ? MLPI_FINISH_RELU : MLPI_FINISH_STORE,
                                        .bias = layer->b});
    if (!relu && !mlpi_activation_is_identity(activation))
        plan->vectors->REAL_KIND[activation->kind->id].value(count == ld ? 1 : layer->n_out,
                                                             count == ld ? layer->n_out * ld : count, C, ld,
                                                             C, ld, activation->parameter);
}

/* One tile of `count` samples, at most a panel, through all layers. */
static void T(tile_forward)(const mlpi_chain *chain, int64_t count, T(mlpi_border) in, const REAL *x,
                            int64_t ldx, T(mlpi_border) out, REAL *y, int64_t ldy, REAL *const buffers[2])
{
    const T(mlpi_kernels) *kernels = &chain->plan->kernels->REAL_KIND;
    const int64_t ld = kernels->panel, n_in = chain->layers[0].n_in,
                  n_out = chain->layers[chain->count - 1].n_out;
    REAL *V = buffers[0], *C = buffers[1];
    kernels->transpose(count, n_in, x, ldx, V, ld);
    T(scale_rows)(in, n_in, count, V, ld);
    for (int32_t l = 0; l < chain->count; l++) {
        T(tile_layer)(chain->plan, &chain->layers[l], count, V, C, ld);
        REAL *next = V;
        V = C;
        C = next;
    }
    T(scale_rows)(out, n_out, count, V, ld);
    kernels->transpose(n_out, count, V, ld, y, ldy);
}

void T(mlpi_columns_forward)(const mlpi_chain *chain, int64_t batch, T(mlpi_border) in, const REAL *x,
                             int64_t ldx, T(mlpi_border) out, REAL *y, int64_t ldy)
{
    const uint64_t mode = mlpi_flush_subnormals();
    const int64_t panel = chain->plan->kernels->REAL_KIND.panel;
    REAL *tiles = chain->plan->tiles, *buffers[2] = {tiles, tiles + widest_of(chain) * panel};
    for (int64_t s = 0; s < batch; s += panel)
        T(tile_forward)(chain, batch - s < panel ? batch - s : panel, in, x + s * ldx, ldx, out, y + s * ldy,
                        ldy, buffers);
    mlpi_restore_mode(mode);
}

/* In vector multiply-adds for the whole batch; an element of a transpose costs about half a vector's multiply-add. */
int T(mlpi_columns_pay)(const mlpi_chain *chain, int64_t batch)
{
    const mlpi_plan *plan = chain->plan;
    if (!plan->kernels || !plan->tiles)
        return 0;
    const int64_t lanes = plan->kernels->REAL_KIND.lanes, vectors = (batch + lanes - 1) / lanes;
    double rows = 0, columns = (double)(chain->layers[0].n_in + chain->layers[chain->count - 1].n_out) *
                               (double)batch / 2;
    for (int32_t l = 0; l < chain->count; l++) {
        const mlpi_layer *layer = &chain->layers[l];
        const int64_t across = (layer->n_out + lanes - 1) / lanes;
        if (layer->activation->custom)
            return 0;
        /* a tile one vector wide is bound by loading the samples: half the speed */
        rows += (double)batch * (double)layer->n_in * (across == 1 ? 2 : (double)across);
        columns += (double)vectors * (double)layer->n_in * (double)layer->n_out;
    }
    return columns < rows;
}
