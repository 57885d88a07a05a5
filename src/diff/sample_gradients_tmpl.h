/*
 * Template: the gradient of each sample, formed.
 *
 *     g_s = [delta_l y_{l-1}^T | delta_l] over l = 1..L
 */
mlp_status T(mlpi_sample_gradients)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                    int64_t ldy, REAL *theta_bars, int64_t ldt)
{
    T(mlpi_theta_rows) rows = {model, workspace, {0, workspace->batch, 0, 1}, theta_bars, ldt};
    return T(mlpi_sweep_samples)(model, workspace, 0, workspace->batch, y_bar, ldy, T(mlpi_store_theta_rows),
                                 &rows);
}
