/* Template: second derivatives at the border. */

static mlp_status T(linearize)(const mlp_model *model, mlp_workspace *workspace, mlp_loss id,
                               const T(mlpi_targets) *targets, double *value, REAL *theta_bar)
{
    const mlpi_loss *loss = mlpi_loss_acquire(id);
    const int64_t n = model->architecture.widths[model->architecture.layers];
    mlp_status status = check_curved(id, loss);
    if (status == MLP_OK)
        status = mlpi_loss_check_outputs(loss, n);
    if (status == MLP_OK)
        status = targets->labels ? mlpi_check_labels(workspace->batch, targets->labels, n)
                                 : mlpi_check_ld("ldt", targets->ldt, n);
    if (status == MLP_OK)
        status = T(mlpi_check_weights)(workspace->batch, targets->weights);
    if (status == MLP_OK)
        status = T(mlpi_linearize)(model, workspace, loss, targets, value, theta_bar);
    if (loss && status != MLP_OK)
        mlpi_loss_release(loss); /* else it is the workspace's */
    return status;
}

mlp_status T(mlp_linearize)(const mlp_model *model, mlp_workspace *workspace, mlp_loss loss, const REAL *t,
                            int64_t ldt, const REAL *weights, double *value, REAL *theta_bar)
{
    const T(mlpi_targets) targets = {.t = t, .ldt = ldt, .weights = weights};
    mlp_status status = mlpi_check_second_order(model, workspace, REAL_DTYPE, 2);
    if (status == MLP_OK)
        status = mlpi_check_pointer("t", t);
    if (status == MLP_OK)
        status = T(linearize)(model, workspace, loss, &targets, value, theta_bar);
    return mlpi_workspace_note(workspace, status);
}

mlp_status T(mlp_linearize_labels)(const mlp_model *model, mlp_workspace *workspace, mlp_loss loss,
                                   const int32_t *labels, const REAL *weights, double *value, REAL *theta_bar)
{
    const T(mlpi_targets) targets = {.labels = labels, .weights = weights};
    mlp_status status = mlpi_check_second_order(model, workspace, REAL_DTYPE, 2);
    if (status == MLP_OK)
        status = mlpi_check_pointer("labels", labels);
    if (status == MLP_OK)
        status = T(linearize)(model, workspace, loss, &targets, value, theta_bar);
    return mlpi_workspace_note(workspace, status);
}

/* What both products are asked for. */
static mlp_status T(check_product)(const mlp_model *model, mlp_workspace *workspace, const REAL *theta_dot,
                                   const char *name, const REAL *product)
{
    mlp_status status = mlpi_check_second_order(model, workspace, REAL_DTYPE, 2);
    if (status == MLP_OK)
        status = check_linearized(workspace);
    if (status == MLP_OK)
        status = mlpi_check_pointer("theta_dot", theta_dot);
    if (status == MLP_OK)
        status = mlpi_check_pointer(name, product);
    if (status != MLP_OK)
        return status;
    const uintptr_t a = (uintptr_t)theta_dot, b = (uintptr_t)product,
                    bytes = (uintptr_t)model->param_count * sizeof(REAL);
    if (a < b + bytes && b < a + bytes)
        return mlpi_fail(MLP_ERR_ARGUMENT, "%s: must not overlap theta_dot", name);
    return MLP_OK;
}

mlp_status T(mlp_hvp)(const mlp_model *model, mlp_workspace *workspace, const REAL *theta_dot, REAL *theta_hv)
{
    mlp_status status = T(check_product)(model, workspace, theta_dot, "theta_hv", theta_hv);
    if (status == MLP_OK)
        status = T(mlpi_hvp)(model, workspace, theta_dot, theta_hv);
    return mlpi_workspace_note(workspace, status);
}

mlp_status T(mlp_gauss_newton)(const mlp_model *model, mlp_workspace *workspace, const REAL *theta_dot,
                               REAL *theta_gv)
{
    mlp_status status = T(check_product)(model, workspace, theta_dot, "theta_gv", theta_gv);
    if (status == MLP_OK)
        status = T(mlpi_gauss_newton)(model, workspace, theta_dot, theta_gv);
    return mlpi_workspace_note(workspace, status);
}

static mlp_status T(check_hessians)(const mlp_model *model, const mlp_workspace *workspace, const REAL *H,
                                    int64_t ldh, int64_t stride)
{
    const int64_t n = model->architecture.widths[0],
                  n_out = model->architecture.widths[model->architecture.layers];
    int64_t span = 0, elements = 0;
    mlp_status status = mlpi_check_pointer("H", H);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldh", ldh, n);
    if (status != MLP_OK)
        return status;
    if (!mlpi_checked_mul(ldh, n, &span) || !mlpi_checked_mul(span, n_out, &span) ||
        !mlpi_checked_mul_add(stride, workspace->batch - 1, span, &elements) ||
        !mlpi_checked_mul(elements, sizeof(REAL), &elements))
        return mlpi_fail(MLP_ERR_SIZE, "ldh = %lld, stride = %lld: the Hessians do not fit the address space",
                         (long long)ldh, (long long)stride);
    status = mlpi_check_size("stride", stride, span, INT64_MAX);
    if (status == MLP_OK && (n >= workspace->jets->most || n >= workspace->jets->columns))
        return mlpi_fail(MLP_ERR_SIZE,
                         "workspace: has no room for n_0 = %lld streams: create it with as many times "
                         "MLP_USE_STREAM",
                         (long long)n);
    return status;
}

mlp_status T(mlp_hessian_x)(const mlp_model *model, mlp_workspace *workspace, REAL *H, int64_t ldh,
                            int64_t stride)
{
    mlp_status status = mlpi_check_second_order(model, workspace, REAL_DTYPE, 2);
    if (status == MLP_OK)
        status = T(check_hessians)(model, workspace, H, ldh, stride);
    if (status == MLP_OK)
        status = T(mlpi_hessian_x)(model, workspace, H, ldh, stride);
    return mlpi_workspace_note(workspace, status);
}
