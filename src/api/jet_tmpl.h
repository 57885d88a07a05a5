/* Template: jets at the border. */

static mlp_status T(check_ld_where)(const char *name, const REAL *array, int64_t ld, int64_t rows)
{
    return array ? mlpi_check_ld(name, ld, rows) : MLP_OK;
}

static mlp_status T(run_jet)(const mlp_model *model, mlp_workspace *workspace,
                             const T(mlpi_jet_request) *request)
{
    mlp_status status =
        mlpi_check_ld("ldy", request->ldy, model->architecture.widths[model->architecture.layers]);
    if (status == MLP_OK)
        status = mlpi_check_room(workspace, workspace->batch, &request->jet);
    return status == MLP_OK ? T(mlpi_jet)(model, workspace, request) : status;
}

static mlp_status T(jet)(const mlp_model *model, mlp_workspace *workspace, int64_t directions, const REAL *v,
                         int64_t ldv, int64_t stride, REAL *y1, REAL *y2, REAL *y3, int64_t ldy)
{
    const int32_t order = y3 ? 3 : y2 ? 2 : 1;
    mlp_status status = mlpi_check_second_order(model, workspace, REAL_DTYPE, order);
    if (status == MLP_OK && !y1 && !y2 && !y3)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "y1, y2 and y3 = NULL: at least one must be asked for");
    if (status == MLP_OK)
        status = T(mlpi_check_directions)(model, workspace->batch, directions, v, ldv, stride);
    if (status != MLP_OK)
        return status;
    const T(mlpi_jet_request) request = {.jet = {order, directions, 1},
                                         .v = v,
                                         .ldv = ldv,
                                         .stride = v ? stride : 0,
                                         .y = {NULL, y1, y2, y3},
                                         .ldy = ldy};
    return T(run_jet)(model, workspace, &request);
}

mlp_status T(mlp_jet)(const mlp_model *model, mlp_workspace *workspace, int64_t directions, const REAL *v,
                      int64_t ldv, int64_t stride, REAL *y1, REAL *y2, REAL *y3, int64_t ldy)
{
    return mlpi_workspace_note(workspace,
                               T(jet)(model, workspace, directions, v, ldv, stride, y1, y2, y3, ldy));
}

static mlp_status T(laplacian)(const mlp_model *model, mlp_workspace *workspace, const REAL *weights,
                               REAL *y1, REAL *laplacian, int64_t ldy)
{
    mlp_status status = mlpi_check_second_order(model, workspace, REAL_DTYPE, 2);
    if (status == MLP_OK)
        status = mlpi_check_pointer("laplacian", laplacian);
    if (status == MLP_OK)
        status = T(mlpi_check_laplacian_weights)(model, weights);
    if (status != MLP_OK)
        return status;
    const int64_t n = model->architecture.widths[0];
    const T(mlpi_jet_request) request = {
        .jet = {2, 1, n}, .weights = weights, .y = {NULL, y1, laplacian, NULL}, .ldy = ldy};
    return T(run_jet)(model, workspace, &request);
}

mlp_status T(mlp_laplacian)(const mlp_model *model, mlp_workspace *workspace, const REAL *weights, REAL *y1,
                            REAL *laplacian, int64_t ldy)
{
    return mlpi_workspace_note(workspace, T(laplacian)(model, workspace, weights, y1, laplacian, ldy));
}

static mlp_status T(check_outputs)(const mlp_model *model, const REAL *x_bar, int64_t ldx,
                                   const REAL *theta_bar)
{
    if (!x_bar && !theta_bar)
        return mlpi_fail(MLP_ERR_ARGUMENT,
                         "x_bar = NULL and theta_bar = NULL: at least one must be asked for");
    return T(check_ld_where)("ldx", x_bar, ldx, model->architecture.widths[0]);
}

static mlp_status T(jet_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar, int64_t ldb,
                             const REAL *y1_bar, const REAL *y2_bar, int64_t ldy, REAL *x_bar, int64_t ldx,
                             REAL *theta_bar)
{
    mlp_status status = mlpi_check_second_order(model, workspace, REAL_DTYPE, 1);
    if (status == MLP_OK)
        status = check_held(workspace);
    if (status != MLP_OK)
        return status;
    const int32_t order = workspace->jets->held.order;
    const int64_t n = model->architecture.widths[model->architecture.layers];
    status = mlpi_check_order(model, order + 1);
    if (status == MLP_OK && order < 2 && y2_bar)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "y2_bar: must be NULL, the jet has first derivatives only");
    if (status == MLP_OK && !y_bar && !y1_bar && !y2_bar)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "y_bar, y1_bar and y2_bar = NULL: at least one must be given");
    if (status == MLP_OK)
        status = T(check_ld_where)("ldb", y_bar, ldb, n);
    if (status == MLP_OK)
        status = T(check_ld_where)("ldy", y1_bar ? y1_bar : y2_bar, ldy, n);
    if (status == MLP_OK)
        status = T(check_outputs)(model, x_bar, ldx, theta_bar);
    const REAL *const cotangents[3] = {y_bar, y1_bar, y2_bar};
    const int64_t lds[3] = {ldb, ldy, ldy};
    return status == MLP_OK ? T(mlpi_jet_vjp)(model, workspace, cotangents, lds, x_bar, ldx, theta_bar, NULL)
                            : status;
}

mlp_status T(mlp_jet_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar, int64_t ldb,
                          const REAL *y1_bar, const REAL *y2_bar, int64_t ldy, REAL *x_bar, int64_t ldx,
                          REAL *theta_bar)
{
    return mlpi_workspace_note(
        workspace, T(jet_vjp)(model, workspace, y_bar, ldb, y1_bar, y2_bar, ldy, x_bar, ldx, theta_bar));
}

static mlp_status T(mixed_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *x_dot,
                               int64_t ldv, const REAL *y_bar, int64_t ldy, REAL *x_bar, int64_t ldx,
                               REAL *theta_bar)
{
    mlp_status status = mlpi_check_second_order(model, workspace, REAL_DTYPE, 2);
    if (status == MLP_OK)
        status = mlpi_check_pointer("x_dot", x_dot);
    if (status == MLP_OK)
        status = mlpi_check_pointer("y_bar", y_bar);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldv", ldv, model->architecture.widths[0]);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldy", ldy, model->architecture.widths[model->architecture.layers]);
    if (status == MLP_OK)
        status = T(check_outputs)(model, x_bar, ldx, theta_bar);
    if (status != MLP_OK)
        return status;
    return T(mlpi_mixed_vjp)(model, workspace, x_dot, ldv, y_bar, ldy, x_bar, ldx, theta_bar);
}

mlp_status T(mlp_mixed_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *x_dot, int64_t ldv,
                            const REAL *y_bar, int64_t ldy, REAL *x_bar, int64_t ldx, REAL *theta_bar)
{
    return mlpi_workspace_note(workspace,
                               T(mixed_vjp)(model, workspace, x_dot, ldv, y_bar, ldy, x_bar, ldx, theta_bar));
}
