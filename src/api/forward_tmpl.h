/* Template: forward passes and what they leave behind. */

static mlp_status T(check_batch)(const mlp_model *model, mlp_workspace *workspace, int64_t batch,
                                 const REAL *x, int64_t ldx)
{
    mlp_status status = mlpi_check_workspace(model, workspace, REAL_DTYPE);
    if (status == MLP_OK && (batch < 0 || batch > workspace->max_batch))
        status = mlpi_fail(MLP_ERR_SIZE, "batch = %lld: must be 0 to %lld, the workspace's maximum",
                           (long long)batch, (long long)workspace->max_batch);
    if (status == MLP_OK)
        status = mlpi_check_pointer("x", x);
    return status == MLP_OK ? mlpi_check_ld("ldx", ldx, model->architecture.widths[0]) : status;
}

static mlp_status T(check_output)(const mlp_model *model, int64_t ldy)
{
    return mlpi_check_ld("ldy", ldy, model->architecture.widths[model->architecture.layers]);
}

mlp_status T(mlp_forward)(const mlp_model *model, mlp_workspace *workspace, int64_t batch, const REAL *x,
                          int64_t ldx, REAL *y, int64_t ldy)
{
    mlp_status status = T(check_batch)(model, workspace, batch, x, ldx);
    if (status == MLP_OK && y)
        status = T(check_output)(model, ldy);
    if (status == MLP_OK && batch > 0)
        status = T(mlpi_forward)(model, workspace, batch, x, ldx, y, ldy);
    return end_pass(workspace, status);
}

mlp_status T(mlp_predict)(const mlp_model *model, mlp_workspace *workspace, int64_t batch, const REAL *x,
                          int64_t ldx, REAL *y, int64_t ldy)
{
    mlp_status status = T(check_batch)(model, workspace, batch, x, ldx);
    if (status == MLP_OK)
        status = mlpi_check_pointer("y", y);
    if (status == MLP_OK)
        status = T(check_output)(model, ldy);
    if (status == MLP_OK && batch > 0)
        status = T(mlpi_forward)(model, workspace, batch, x, ldx, y, ldy);
    if (status == MLP_OK)
        T(mlpi_apply_head)(model, batch, y, ldy);
    return end_pass(workspace, status);
}

mlp_status T(mlp_workspace_get_output)(const mlp_workspace *workspace, int32_t layer, REAL *y, int64_t ldy)
{
    mlp_status status = mlpi_check_pointer("workspace", workspace);
    if (status == MLP_OK && workspace->architecture.dtype != REAL_DTYPE)
        status = mlpi_fail(MLP_ERR_DTYPE, "workspace is %s: the function is for %s",
                           mlp_dtype_name(workspace->architecture.dtype), mlp_dtype_name(REAL_DTYPE));
    if (status == MLP_OK)
        status = mlpi_check_argument("layer", layer, 0, workspace->architecture.layers);
    if (status == MLP_OK)
        status = mlpi_check_pointer("y", y);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldy", ldy, workspace->architecture.widths[layer]);
    if (status == MLP_OK)
        status = mlpi_check_remembered(workspace);
    if (status == MLP_OK)
        T(mlpi_scale_columns)(workspace->architecture.widths[layer], workspace->batch, NULL, NULL,
                              workspace->tape.y[layer], workspace->tape.ld[layer], y, ldy);
    return mlpi_workspace_note(workspace, status);
}
