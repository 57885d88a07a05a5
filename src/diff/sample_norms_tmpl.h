/*
 * Template: the norms of the samples' gradients without forming them (Goodfellow 2015, arXiv:1510.01799).
 *
 *     |g_s|^2 = sum over l of |delta_l|^2 (|y_{l-1}|^2 + 1)
 */
void T(mlpi_add_squared_norms)(void *norm_sums, int32_t l, const REAL *Delta)
{
    enum { CHUNK = 64 };
    const T(mlpi_norm_sums) *sums = norm_sums;
    const mlp_workspace *workspace = sums->workspace;
    const int64_t *widths = workspace->architecture.widths, batch = workspace->batch;
    const int64_t ldd = workspace->tape.ld[l], ldy = workspace->tape.ld[l - 1];
    const REAL *Y = workspace->tape.y[l - 1];
    if (l == workspace->architecture.layers)
        memset(sums->squares, 0, (size_t)batch * sizeof(REAL));
    for (int64_t s = 0, count; s < batch; s += count) {
        REAL delta[CHUNK], y[CHUNK];
        count = batch - s < CHUNK ? batch - s : CHUNK;
        T(mlpi_squares)(&workspace->plan, widths[l], count, Delta + s * ldd, ldd, delta);
        T(mlpi_squares)(&workspace->plan, widths[l - 1], count, Y + s * ldy, ldy, y);
        for (int64_t i = 0; i < count; i++)
            sums->squares[s + i] += delta[i] * (y[i] + 1);
    }
}

mlp_status T(mlpi_sample_norms)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                int64_t ldy, REAL *norms)
{
    T(mlpi_norm_sums) sums = {workspace, norms};
    mlp_status status = T(mlpi_sweep_samples)(model, workspace, y_bar, ldy, T(mlpi_add_squared_norms), &sums);
    for (int64_t s = 0; s < workspace->batch && status == MLP_OK; s++)
        norms[s] = (REAL)sqrt((double)norms[s]);
    return status;
}
