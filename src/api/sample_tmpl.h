/* Template: derivatives of each sample at the remembered pass. */

/* What all take; the workspace is for `use`, a bit with this name. */
static mlp_status T(check_samples)(const mlp_model *model, mlp_workspace *workspace, int32_t use,
                                   const char *name, const REAL *y_bar, int64_t ldy)
{
    mlp_status status = mlpi_check_workspace(model, workspace, REAL_DTYPE);
    if (status == MLP_OK)
        status = mlpi_check_use(workspace, use, name);
    if (status == MLP_OK)
        status = mlpi_check_point(model, workspace);
    if (status == MLP_OK)
        status = mlpi_check_pointer("y_bar", y_bar);
    return status == MLP_OK
               ? mlpi_check_ld("ldy", ldy, model->architecture.widths[model->architecture.layers])
               : status;
}

/* A rows x batch output: ld >= rows, and its last element has an address. */
static mlp_status T(check_columns)(const char *name, int64_t ld, int64_t rows, int64_t batch)
{
    int64_t bytes;
    mlp_status status = mlpi_check_size(name, ld, rows, INT64_MAX);
    if (status == MLP_OK &&
        (!mlpi_checked_mul(ld, batch, &bytes) || !mlpi_checked_mul(bytes, sizeof(REAL), &bytes)))
        status = mlpi_fail(MLP_ERR_SIZE, "%s = %lld: the matrix does not fit the address space", name,
                           (long long)ld);
    return status;
}

mlp_status T(mlp_sample_gradients)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                   int64_t ldy, REAL *theta_bars, int64_t ldt)
{
    mlp_status status =
        T(check_samples)(model, workspace, MLP_USE_DERIVATIVES, "MLP_USE_DERIVATIVES", y_bar, ldy);
    if (status == MLP_OK)
        status = mlpi_check_pointer("theta_bars", theta_bars);
    if (status == MLP_OK)
        status = T(check_columns)("ldt", ldt, model->param_count, workspace->batch);
    if (status == MLP_OK)
        status = T(mlpi_sample_gradients)(model, workspace, y_bar, ldy, theta_bars, ldt);
    return mlpi_workspace_note(workspace, status);
}

mlp_status T(mlp_sample_norms)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                               int64_t ldy, REAL *norms)
{
    mlp_status status =
        T(check_samples)(model, workspace, MLP_USE_DERIVATIVES, "MLP_USE_DERIVATIVES", y_bar, ldy);
    if (status == MLP_OK)
        status = mlpi_check_pointer("norms", norms);
    if (status == MLP_OK)
        status = T(mlpi_sample_norms)(model, workspace, y_bar, ldy, norms);
    return mlpi_workspace_note(workspace, status);
}

mlp_status T(mlp_sample_clipped_sum)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                     int64_t ldy, double bound, REAL *norms, REAL *theta_bar)
{
    mlp_status status = T(check_samples)(model, workspace, MLP_USE_SAMPLES, "MLP_USE_SAMPLES", y_bar, ldy);
    if (status == MLP_OK && !(isfinite(bound) && bound > 0))
        status = mlpi_fail(MLP_ERR_ARGUMENT, "bound = %g: must be a finite number above 0", bound);
    if (status == MLP_OK)
        status = mlpi_check_pointer("theta_bar", theta_bar);
    if (status == MLP_OK)
        status = T(mlpi_sample_clipped_sum)(model, workspace, y_bar, ldy, bound, norms, theta_bar);
    return mlpi_workspace_note(workspace, status);
}

mlp_status T(mlp_sample_inner_products)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                        int64_t ldy, REAL *K, int64_t ldk)
{
    mlp_status status = T(check_samples)(model, workspace, MLP_USE_SAMPLES, "MLP_USE_SAMPLES", y_bar, ldy);
    if (status == MLP_OK)
        status = mlpi_check_pointer("K", K);
    if (status == MLP_OK)
        status = T(check_columns)("ldk", ldk, workspace->batch, workspace->batch);
    if (status == MLP_OK)
        status = T(mlpi_sample_inner_products)(model, workspace, y_bar, ldy, K, ldk);
    return mlpi_workspace_note(workspace, status);
}
