/*
 * Template: second derivatives in the user's units. With s the output's scale and H_loss that of the loss in y,
 *
 *     G_L = s o dloss/dy,    RG_L = s o H_loss (s o RY_L)
 */

/* What the loss of a linearised point is called with. */
static T(mlpi_targets) T(kept_targets)(const mlp_workspace *workspace)
{
    const mlpi_loss_point *point = workspace->loss_point;
    return (T(mlpi_targets)){.t = point->has_labels ? NULL : point->t,
                             .ldt = workspace->architecture.widths[workspace->architecture.layers],
                             .labels = point->has_labels ? point->labels : NULL,
                             .weights = point->has_weights ? point->weights : NULL};
}

static void T(keep_targets)(const mlp_workspace *workspace, const T(mlpi_targets) *targets)
{
    mlpi_loss_point *point = workspace->loss_point;
    const int64_t n = workspace->architecture.widths[workspace->architecture.layers];
    const size_t batch = (size_t)workspace->batch;
    point->has_labels = targets->labels != NULL;
    point->has_weights = targets->weights != NULL;
    if (targets->labels)
        memcpy(point->labels, targets->labels, batch * sizeof *targets->labels);
    else
        T(mlpi_scale_columns)(n, workspace->batch, NULL, NULL, targets->t, targets->ldt, point->t, n);
    if (targets->weights)
        memcpy(point->weights, targets->weights, batch * sizeof *targets->weights);
}

/*
 * What Hessian-vector products at the linearised point have in common, for samples first .. first + count - 1; and where
 * not NULL their part of the gradient.
 */
static void T(keep)(const mlp_model *model, mlp_workspace *workspace, int64_t first, int64_t count,
                    const mlpi_gradient *gradients)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const int32_t L = model->architecture.layers;
    const int64_t n = model->architecture.widths[L], ld = workspace->tape.ld[L];
    REAL *G = workspace->scratch[0];
    T(mlpi_scale_columns)(n, count, model->output_scale, NULL,
                          (REAL *)workspace->loss_point->y_bar + first * n, n, G, ld);
    T(mlpi_curvature_keep)(&chain, &workspace->tape, workspace->curvature, first, count, G, gradients);
    workspace->curvature->ready = first + count == workspace->batch;
}

/* Samples from s on that are taken together: all, where a callback might fail after a part has been handed out. */
static int64_t T(chunk_at)(const mlp_workspace *workspace, int64_t s)
{
    const int64_t chunk = workspace->curvature->chunk, left = workspace->batch - s;
    return left < chunk || mlpi_loss_calls_back(workspace->loss_point->loss) ? left : chunk;
}

mlp_status T(mlpi_linearize)(const mlp_model *model, mlp_workspace *workspace, const mlpi_loss *loss,
                             const T(mlpi_targets) *targets, double *value, REAL *theta_bar)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const int32_t L = model->architecture.layers;
    const int64_t n = model->architecture.widths[L], batch = workspace->batch, ld = workspace->tape.ld[L];
    mlpi_loss_point *point = workspace->loss_point;
    mlpi_workspace_forget_loss(workspace);
    double sum = 0;
    mlp_status status = T(mlpi_prepare_order)(&chain, workspace, 2);
    if (status != MLP_OK)
        return status;
    const double weight = T(mlpi_weight_sum)(batch, targets->weights);
    T(mlpi_scale_columns)(n, batch, model->output_scale, model->output_shift, workspace->tape.y[L], ld,
                          point->y, n);
    status = T(mlpi_loss_sum_any)(loss, n, batch, point->y, n, targets, 1 / weight, point->scratch,
                                  point->y_bar, n, &sum);
    if (status != MLP_OK)
        return status;
    T(keep_targets)(workspace, targets);
    point->loss = loss;
    point->release = mlpi_loss_release;
    point->scale = 1 / weight;
    if (theta_bar) {
        T(mlpi_aim)(model, theta_bar, NULL, workspace->gradients);
        for (int64_t s = 0, count; s < batch; s += count) {
            count = T(chunk_at)(workspace, s);
            T(keep)(model, workspace, s, count, workspace->gradients);
        }
    }
    if (value)
        *value = sum / weight;
    return MLP_OK;
}

/* v <- H_loss v for samples first .. first + count - 1 of the linearised loss, v n_L x count in the user's units */
static mlp_status T(apply_loss)(const mlp_workspace *workspace, int64_t first, int64_t count, REAL *v)
{
    const mlpi_loss_point *point = workspace->loss_point;
    const int64_t n = workspace->architecture.widths[workspace->architecture.layers];
    const T(mlpi_targets) all = T(kept_targets)(workspace), targets = T(mlpi_targets_from)(&all, first);
    return T(mlpi_loss_hvp_any)(point->loss, n, count, (REAL *)point->y + first * n, n, &targets,
                                point->scale, point->scratch, v, n, 1, v, n);
}

/* The part of samples first .. first + count - 1 */
static mlp_status T(hvp_chunk)(const mlp_model *model, mlp_workspace *workspace,
                               const mlpi_direction *directions, int64_t first, int64_t count)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const int32_t L = model->architecture.layers;
    const int64_t n = model->architecture.widths[L], ld = workspace->tape.ld[L];
    REAL *v = workspace->loss_point->v, *RG = workspace->scratch[0];
    const REAL *RY =
        T(mlpi_curvature_push)(&chain, &workspace->tape, workspace->curvature, first, count, directions);
    T(mlpi_scale_columns)(n, count, model->output_scale, NULL, RY, ld, v, n);
    const mlp_status status = T(apply_loss)(workspace, first, count, v);
    if (status != MLP_OK)
        return status;
    T(mlpi_scale_columns)(n, count, model->output_scale, NULL, v, n, RG, ld);
    T(mlpi_curvature_pull)(&chain, &workspace->tape, workspace->curvature, first, count, directions, RG,
                           workspace->gradients);
    return MLP_OK;
}

mlp_status T(mlpi_hvp)(const mlp_model *model, mlp_workspace *workspace, const REAL *theta_dot,
                       REAL *theta_hv)
{
    const mlpi_direction *directions = T(mlpi_layer_directions)(model, workspace, theta_dot);
    const int was_ready = workspace->curvature->ready;
    mlp_status status = MLP_OK;
    T(mlpi_aim)(model, theta_hv, NULL, workspace->gradients);
    for (int64_t s = 0, count; s < workspace->batch && status == MLP_OK; s += count) {
        count = T(chunk_at)(workspace, s);
        if (!was_ready)
            T(keep)(model, workspace, s, count, NULL);
        status = T(hvp_chunk)(model, workspace, directions, s, count);
    }
    return status;
}

mlp_status T(mlpi_gauss_newton)(const mlp_model *model, mlp_workspace *workspace, const REAL *theta_dot,
                                REAL *theta_gv)
{
    const int64_t n = model->architecture.widths[model->architecture.layers];
    REAL *v = workspace->loss_point->v;
    mlp_status status = T(mlpi_jvp)(model, workspace, NULL, 0, theta_dot, v, n);
    if (status == MLP_OK)
        status = T(apply_loss)(workspace, 0, workspace->batch, v);
    return status != MLP_OK ? status : T(mlpi_vjp)(model, workspace, v, n, NULL, 0, theta_gv, NULL);
}

mlp_status T(mlpi_hessian_x)(const mlp_model *model, mlp_workspace *workspace, REAL *H, int64_t ldh,
                             int64_t stride)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const mlp_status status = T(mlpi_prepare_order)(&chain, workspace, 2);
    if (status == MLP_OK)
        T(mlpi_jet_hessian)(&chain, &workspace->tape, workspace->jets, workspace->batch, model->input_scale,
                            model->output_scale, H, ldh, stride);
    return status;
}
