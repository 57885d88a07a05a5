/* Template: first derivatives at the remembered pass. */

static mlp_status T(check_point)(const mlp_model *model, mlp_workspace *workspace)
{
    mlp_status status = mlpi_check_workspace(model, workspace, REAL_DTYPE);
    return status == MLP_OK ? mlpi_check_point(model, workspace) : status;
}

/* The leading dimension of an n_layer x batch array that may be NULL */
static mlp_status T(check_ld_of)(const mlp_model *model, int32_t layer, const char *name, const REAL *array,
                                 int64_t ld)
{
    return array ? mlpi_check_ld(name, ld, model->architecture.widths[layer]) : MLP_OK;
}

mlp_status T(mlp_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar, int64_t ldy,
                      REAL *x_bar, int64_t ldx, REAL *theta_bar)
{
    mlp_status status = T(check_point)(model, workspace);
    if (status == MLP_OK)
        status = mlpi_check_pointer("y_bar", y_bar);
    if (status == MLP_OK && !x_bar && !theta_bar)
        status =
            mlpi_fail(MLP_ERR_ARGUMENT, "x_bar = NULL and theta_bar = NULL: at least one must be asked for");
    if (status == MLP_OK)
        status = T(check_ld_of)(model, model->architecture.layers, "ldy", y_bar, ldy);
    if (status == MLP_OK)
        status = T(check_ld_of)(model, 0, "ldx", x_bar, ldx);
    if (status == MLP_OK)
        status = T(mlpi_vjp)(model, workspace, y_bar, ldy, x_bar, ldx, theta_bar, NULL);
    return mlpi_workspace_note(workspace, status);
}

mlp_status T(mlp_jvp)(const mlp_model *model, mlp_workspace *workspace, const REAL *x_dot, int64_t ldx,
                      const REAL *theta_dot, REAL *y_dot, int64_t ldy)
{
    mlp_status status = T(check_point)(model, workspace);
    if (status == MLP_OK && !x_dot && !theta_dot)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "x_dot = NULL and theta_dot = NULL: at least one must be given");
    if (status == MLP_OK)
        status = mlpi_check_pointer("y_dot", y_dot);
    if (status == MLP_OK)
        status = T(check_ld_of)(model, 0, "ldx", x_dot, ldx);
    if (status == MLP_OK)
        status = T(check_ld_of)(model, model->architecture.layers, "ldy", y_dot, ldy);
    if (status == MLP_OK)
        status = T(mlpi_jvp)(model, workspace, x_dot, ldx, theta_dot, y_dot, ldy);
    return mlpi_workspace_note(workspace, status);
}

/* `batch` matrices of `columns` columns: stride >= ldj columns, and the last element has an address */
static mlp_status T(check_matrices)(const mlp_workspace *workspace, int64_t columns, int64_t ldj,
                                    int64_t stride)
{
    int64_t span = 0, elements = 0;
    if (!mlpi_checked_mul(ldj, columns, &span) ||
        !mlpi_checked_mul_add(stride, workspace->batch - 1, span, &elements) ||
        !mlpi_checked_mul(elements, sizeof(REAL), &elements))
        return mlpi_fail(MLP_ERR_SIZE,
                         "ldj = %lld, stride = %lld: the Jacobian does not fit the address space",
                         (long long)ldj, (long long)stride);
    return mlpi_check_size("stride", stride, span, INT64_MAX);
}

/* `least` <= layer <= `most`; J has n_to rows and as many columns as the variable has elements */
static mlp_status T(jacobian)(const mlp_model *model, mlp_workspace *workspace, mlpi_variable variable,
                              int32_t to, const char *name, int32_t layer, REAL *J, int64_t ldj,
                              int64_t stride)
{
    int32_t shift = variable == MLPI_BY_OUTPUT; /* y_{layer-1} is named by its own index */
    int64_t columns = 0;
    mlp_status status = T(check_point)(model, workspace);
    if (status == MLP_OK)
        status = mlpi_check_argument("to", to, 1, model->architecture.layers);
    if (status == MLP_OK)
        status = mlpi_check_argument(name, layer, 1 - shift, to - shift);
    if (status == MLP_OK)
        status = mlpi_check_pointer("J", J);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldj", ldj, model->architecture.widths[to]);
    if (status != MLP_OK)
        return status;
    columns = model->architecture.widths[layer];
    if (variable == MLPI_BY_WEIGHT)
        columns *= model->architecture.widths[layer - 1];
    status = T(check_matrices)(workspace, columns, ldj, stride);
    return status == MLP_OK ? T(mlpi_jacobian)(model, workspace, variable, to, layer + shift, J, ldj, stride)
                            : status;
}

mlp_status T(mlp_jacobian_output)(const mlp_model *model, mlp_workspace *workspace, int32_t to, int32_t from,
                                  REAL *J, int64_t ldj, int64_t stride)
{
    return mlpi_workspace_note(
        workspace, T(jacobian)(model, workspace, MLPI_BY_OUTPUT, to, "from", from, J, ldj, stride));
}

mlp_status T(mlp_jacobian_bias)(const mlp_model *model, mlp_workspace *workspace, int32_t to, int32_t layer,
                                REAL *J, int64_t ldj, int64_t stride)
{
    return mlpi_workspace_note(
        workspace, T(jacobian)(model, workspace, MLPI_BY_BIAS, to, "layer", layer, J, ldj, stride));
}

mlp_status T(mlp_jacobian_weight)(const mlp_model *model, mlp_workspace *workspace, int32_t to, int32_t layer,
                                  REAL *J, int64_t ldj, int64_t stride)
{
    return mlpi_workspace_note(
        workspace, T(jacobian)(model, workspace, MLPI_BY_WEIGHT, to, "layer", layer, J, ldj, stride));
}
