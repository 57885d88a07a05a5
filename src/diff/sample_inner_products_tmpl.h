/*
 * Template: the inner products of the samples' gradients without forming them: a block of the tangent kernel.
 *
 *     K = sum over l of (Delta_l^T Delta_l) o (Y_{l-1}^T Y_{l-1} + 1 1^T)
 *
 * A panel of rows is done for all layers while it is in the cache; its other triangle is a copy.
 */

/* Rows first .. first + count - 1 of K, for the columns up to the diagonal and a few behind it */
static void T(gram_rows)(const mlp_workspace *workspace, int64_t first, int64_t count, REAL *K, int64_t ldk)
{
    const int64_t *widths = workspace->architecture.widths, *ld = workspace->tape.ld;
    for (int64_t s = 0; s < first + count; s++)
        memset(K + s * ldk + first, 0, (size_t)count * sizeof(REAL));
    for (int32_t l = 1; l <= workspace->architecture.layers; l++) {
        const T(mlpi_samples) layer[2] = {{widths[l], workspace->deltas[l], ld[l]},
                                          {widths[l - 1], workspace->tape.y[l - 1], ld[l - 1]}};
        T(mlpi_gram_add)(&workspace->plan, &workspace->gram, layer, first, count, K, ldk);
    }
}

mlp_status T(mlpi_sample_inner_products)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                         int64_t ldy, REAL *K, int64_t ldk)
{
    const int64_t panel = T(mlpi_gram_panel)(&workspace->plan), batch = workspace->batch;
    mlp_status status = T(mlpi_sweep_samples)(model, workspace, 0, batch, y_bar, ldy, NULL, NULL);
    for (int64_t first = 0, count; first < batch && status == MLP_OK; first += count) {
        count = batch - first < panel ? batch - first : panel;
        T(gram_rows)(workspace, first, count, K, ldk);
        for (int64_t t = first; t < first + count; t++)
            for (int64_t s = 0; s < t; s++)
                K[t * ldk + s] = K[s * ldk + t];
    }
    return status;
}
