/* Template: the Laplace approximation at the border. */

static mlp_status T(check_scales)(const mlp_model *model)
{
    const REAL *scale = model->output_scale;
    for (int64_t p = 0; scale && p < model->architecture.widths[model->architecture.layers]; p++)
        if (scale[p] == 0)
            return mlpi_fail(MLP_ERR_STATE,
                             "model: the scale of output %lld is 0: its targets have no inverse",
                             (long long)p);
    return MLP_OK;
}

/* `noise` is n_L positive variances, or NULL with targets to estimate them from. */
static mlp_status T(check_noise)(const mlp_model *model, const T(mlpi_laplace_data) *data)
{
    const int64_t outputs = model->architecture.widths[model->architecture.layers];
    for (int64_t p = 0; data->noise && p < outputs; p++)
        if (!(data->noise[p] > 0 && isfinite(data->noise[p])))
            return mlpi_fail(MLP_ERR_ARGUMENT, "noise[%lld] = %g: must be positive and finite", (long long)p,
                             (double)data->noise[p]);
    if (data->noise)
        return MLP_OK;
    const mlp_status status = mlpi_check_pointer("t", data->t);
    return status == MLP_OK ? mlpi_check_ld("ldt", data->ldt, outputs) : status;
}

static mlp_status T(check_data)(const mlp_model *model, mlp_workspace *workspace,
                                const T(mlpi_laplace_data) *data, double prior)
{
    mlp_status status = mlpi_check_workspace(model, workspace, REAL_DTYPE);
    if (status == MLP_OK)
        status = mlpi_check_size("samples", data->samples, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("x", data->x);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldx", data->ldx, model->architecture.widths[0]);
    if (status == MLP_OK)
        status = T(check_noise)(model, data);
    if (status == MLP_OK)
        status = T(mlpi_check_weights)(data->samples, data->weights);
    if (status == MLP_OK && !(prior > 0 && isfinite(prior)))
        status = mlpi_fail(MLP_ERR_ARGUMENT, "prior = %g: must be positive and finite", prior);
    if (status == MLP_OK)
        status = check_quadratic(model);
    return status == MLP_OK ? T(check_scales)(model) : status;
}

mlp_status T(mlp_laplace_create)(const mlp_model *model, mlp_workspace *workspace, int64_t samples,
                                 const REAL *x, int64_t ldx, const REAL *t, int64_t ldt, const REAL *weights,
                                 double prior, const REAL *noise, mlp_laplace **laplace)
{
    const T(mlpi_laplace_data) data = {samples, x, ldx, t, ldt, weights, noise};
    mlp_status status = mlpi_check_pointer("laplace", laplace);
    if (status == MLP_OK) {
        *laplace = NULL;
        status = T(check_data)(model, workspace, &data, prior);
    }
    if (status == MLP_OK)
        status = T(mlpi_laplace_create)(model, workspace, &data, prior, laplace);
    return mlpi_workspace_note(workspace, status);
}

static mlp_status T(check_variance)(const mlp_laplace *laplace, const mlp_model *model,
                                    mlp_workspace *workspace)
{
    mlp_status status = check_laplace(laplace, REAL_DTYPE);
    if (status == MLP_OK)
        status = mlpi_check_workspace(model, workspace, REAL_DTYPE);
    if (status == MLP_OK && laplace->generation != model->generation)
        status = mlpi_fail(MLP_ERR_STATE, "laplace: was made for another model, or before this one changed");
    return status == MLP_OK ? mlpi_check_point(model, workspace) : status;
}

mlp_status T(mlp_laplace_variance)(mlp_laplace *laplace, const mlp_model *model, mlp_workspace *workspace,
                                   REAL *variance, int64_t ldv, REAL *model_variance, int64_t ldm)
{
    mlp_status status = T(check_variance)(laplace, model, workspace);
    if (status == MLP_OK && variance)
        status = mlpi_check_ld("ldv", ldv, laplace->outputs);
    if (status == MLP_OK && model_variance)
        status = mlpi_check_ld("ldm", ldm, laplace->outputs);
    if (status == MLP_OK)
        T(mlpi_laplace_variance)(laplace, workspace, variance, ldv, model_variance, ldm);
    return mlpi_workspace_note(workspace, status);
}

mlp_status T(mlp_laplace_get_noise)(const mlp_laplace *laplace, REAL *noise)
{
    mlp_status status = check_laplace(laplace, REAL_DTYPE);
    if (status == MLP_OK)
        status = mlpi_check_pointer("noise", noise);
    if (status == MLP_OK)
        T(mlpi_laplace_noise)(laplace, noise);
    return status;
}
