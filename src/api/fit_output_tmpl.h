/* Template: the last layer in closed form. */

static mlp_status T(check_solvable)(const mlp_model *model)
{
    const int32_t L = model->architecture.layers;
    const mlpi_activation *activation = &model->architecture.activations[L - 1];
    const REAL *scale = model->output_scale;
    if (!mlpi_activation_is_identity(activation))
        return mlpi_fail(MLP_ERR_STATE, "model: its output activation is %s: must be identity",
                         mlpi_activation_name(activation));
    for (int64_t p = 0; scale && p < model->architecture.widths[L]; p++)
        if (scale[p] == 0)
            return mlpi_fail(MLP_ERR_STATE,
                             "model: the scale of output %lld is 0: its targets have no inverse",
                             (long long)p);
    return MLP_OK;
}

static mlp_status T(check_fit)(const mlp_model *model, mlp_workspace *workspace, int64_t samples,
                               const REAL *x, int64_t ldx, const REAL *t, int64_t ldt)
{
    mlp_status status = mlpi_check_workspace(model, workspace, REAL_DTYPE);
    if (status == MLP_OK)
        status = mlpi_check_size("samples", samples, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("x", x);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldx", ldx, model->architecture.widths[0]);
    if (status == MLP_OK)
        status = mlpi_check_pointer("t", t);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldt", ldt, model->architecture.widths[model->architecture.layers]);
    return status == MLP_OK ? T(check_solvable)(model) : status;
}

mlp_status T(mlp_model_fit_output)(mlp_model *model, mlp_workspace *workspace, int64_t samples, const REAL *x,
                                   int64_t ldx, const REAL *t, int64_t ldt, int64_t *rank)
{
    mlp_status status = T(check_fit)(model, workspace, samples, x, ldx, t, ldt);
    if (status == MLP_OK)
        status = T(mlpi_fit_output)(model, workspace, samples, x, ldx, t, ldt, rank);
    return mlpi_workspace_note(workspace, status);
}
