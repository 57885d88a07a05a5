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
    const int64_t *widths = workspace->architecture.widths;
    const int64_t ldd = workspace->tape.ld[l], ldy = workspace->tape.ld[l - 1];
    const REAL *Y = (const REAL *)workspace->tape.y[l - 1] + sums->first * ldy;
    REAL *squares = sums->squares + sums->first;
    if (l == workspace->architecture.layers)
        memset(squares, 0, (size_t)sums->count * sizeof(REAL));
    for (int64_t s = 0, count; s < sums->count; s += count) {
        REAL delta[CHUNK], y[CHUNK];
        count = sums->count - s < CHUNK ? sums->count - s : CHUNK;
        T(mlpi_squares)(&workspace->plan, widths[l], count, Delta + s * ldd, ldd, delta);
        T(mlpi_squares)(&workspace->plan, widths[l - 1], count, Y + s * ldy, ldy, y);
        for (int64_t i = 0; i < count; i++)
            squares[s + i] += delta[i] * (y[i] + 1);
    }
}

mlp_status T(mlpi_sample_norms)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                int64_t ldy, REAL *norms)
{
    /* so few samples at a time that a sweep stays in the second cache; a few left over go with the last */
    enum { GROUP = 128, FEW = 32 };
    T(mlpi_norm_sums) sums = {workspace, 0, 0, norms};
    mlp_status status = MLP_OK;
    for (; sums.first < workspace->batch && status == MLP_OK; sums.first += sums.count) {
        const int64_t left = workspace->batch - sums.first;
        sums.count = left < GROUP + FEW ? left : GROUP;
        status = T(mlpi_sweep_samples)(model, workspace, sums.first, sums.count, y_bar + sums.first * ldy,
                                       ldy, T(mlpi_add_squared_norms), &sums);
    }
    for (int64_t s = 0; s < workspace->batch && status == MLP_OK; s++)
        norms[s] = (REAL)sqrt((double)norms[s]);
    return status;
}
