/*
 * Template: the sum of clipped gradients (Abadi et al. 2016, arXiv:1607.00133) by one sweep that keeps its Deltas.
 *
 *     c_s = min(1, bound / |g_s|),   dA_l = Delta_l diag(c) Y_{l-1}^T,   db_l = Delta_l c
 */

/* Squared norms become norms; factors[s] = c_s in their place. Returns whether any is not 1. */
static int T(clip)(int64_t batch, double bound, REAL *factors, REAL *norms)
{
    int clipped = 0;
    for (int64_t s = 0; s < batch; s++) {
        const double norm = sqrt((double)factors[s]);
        const int above = norm > bound; /* NaN is not, and stays in the sum */
        if (norms)
            norms[s] = (REAL)norm;
        factors[s] = above ? (REAL)(bound / norm) : 1;
        clipped |= above;
    }
    return clipped;
}

mlp_status T(mlpi_sample_clipped_sum)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                      int64_t ldy, double bound, REAL *norms, REAL *theta_bar)
{
    const int64_t batch = workspace->batch, *ld = workspace->tape.ld;
    REAL *factors = workspace->factors;
    T(mlpi_norm_sums) sums = {workspace, 0, batch, factors};
    mlp_status status =
        T(mlpi_sweep_samples)(model, workspace, 0, batch, y_bar, ldy, T(mlpi_add_squared_norms), &sums);
    if (status != MLP_OK)
        return status;
    const int clipped = T(clip)(batch, bound, factors, norms);
    for (int32_t l = 1; l <= model->architecture.layers; l++) {
        const mlpi_layout *at = &model->layout[l - 1];
        const mlpi_gradient gradient = {theta_bar + at->compact_A, at->n_out, theta_bar + at->compact_b};
        if (clipped)
            T(mlpi_weight_columns)(&workspace->plan, at->n_out, batch, factors, workspace->deltas[l], ld[l]);
        T(mlpi_layer_gradient)(&workspace->plan, &model->layers[l - 1], batch, workspace->deltas[l], ld[l],
                               workspace->tape.y[l - 1], ld[l - 1], &gradient);
    }
    return MLP_OK;
}
