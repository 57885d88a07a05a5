/* Template: the Jacobians of the whole model, in the user's units. Included after diff_tmpl.h. */

mlp_status T(mlp_jacobian)(const mlp_model *model, mlp_workspace *workspace, REAL *J, int64_t ldj,
                           int64_t stride)
{
    mlp_status status = T(check_point)(model, workspace);
    if (status == MLP_OK)
        status = mlpi_check_pointer("J", J);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldj", ldj, model->architecture.widths[model->architecture.layers]);
    if (status == MLP_OK)
        status = T(check_matrices)(workspace, model->architecture.widths[0], ldj, stride);
    if (status == MLP_OK)
        status = T(mlpi_jacobian_user)(model, workspace, J, ldj, stride);
    return mlpi_workspace_note(workspace, status);
}

mlp_status T(mlp_jacobian_theta)(const mlp_model *model, mlp_workspace *workspace, REAL *J, int64_t ldj)
{
    int64_t rows, elements;
    mlp_status status = T(check_point)(model, workspace);
    if (status == MLP_OK)
        status = mlpi_check_pointer("J", J);
    if (status == MLP_OK)
        status = mlpi_check_size("ldj", ldj, model->param_count, INT64_MAX);
    if (status == MLP_OK &&
        (!mlpi_checked_mul(workspace->batch, model->architecture.widths[model->architecture.layers], &rows) ||
         !mlpi_checked_mul(ldj, rows, &elements) || !mlpi_checked_mul(elements, sizeof(REAL), &elements)))
        status = mlpi_fail(MLP_ERR_SIZE, "ldj = %lld: the Jacobian does not fit the address space",
                           (long long)ldj);
    if (status == MLP_OK)
        status = T(mlpi_jacobian_theta)(model, workspace, J, ldj);
    return mlpi_workspace_note(workspace, status);
}

mlp_status T(mlp_jacobian_normal_add)(const mlp_model *model, mlp_workspace *workspace, const REAL *r,
                                      int64_t ldr, double *JtJ, int64_t ldn, double *Jtr)
{
    int64_t elements;
    mlp_status status = mlpi_check_workspace(model, workspace, REAL_DTYPE);
    if (status == MLP_OK)
        status = mlpi_check_use(workspace, MLP_USE_LEAST_SQUARES, "MLP_USE_LEAST_SQUARES");
    if (status == MLP_OK)
        status = mlpi_check_point(model, workspace);
    if (status == MLP_OK)
        status = T(check_ld_of)(model, model->architecture.layers, "ldr", r, ldr);
    if (status == MLP_OK)
        status = mlpi_check_pointer("JtJ", JtJ);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldn", ldn, model->param_count);
    if (status == MLP_OK && (!mlpi_checked_mul(ldn, model->param_count, &elements) ||
                             !mlpi_checked_mul(elements, sizeof(double), &elements)))
        status =
            mlpi_fail(MLP_ERR_SIZE, "ldn = %lld: the matrix does not fit the address space", (long long)ldn);
    if (status == MLP_OK && r)
        status = mlpi_check_pointer("Jtr", Jtr);
    if (status == MLP_OK)
        status = T(mlpi_jacobian_normal)(model, workspace, r, ldr, JtJ, ldn, Jtr);
    return mlpi_workspace_note(workspace, status);
}
