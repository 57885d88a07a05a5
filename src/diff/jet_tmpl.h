/*
 * Template: jets in the user's units. Directions are scaled as x is, y_k as y is without its shift.
 */

mlp_status T(mlpi_prepare_order)(const mlpi_chain *chain, mlp_workspace *workspace, int32_t order)
{
    mlp_status status = T(mlpi_chain_prepare_slopes)(chain, &workspace->tape, workspace->batch);
    return status == MLP_OK
               ? T(mlpi_jet_prepare)(chain, &workspace->tape, workspace->jets, order, workspace->batch)
               : status;
}

mlp_status T(mlpi_jet)(const mlp_model *model, mlp_workspace *workspace, const T(mlpi_jet_request) *request)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    mlpi_jet_memory *jets = workspace->jets;
    const T(mlpi_directions) directions = {
        .v = request->v, .ldv = request->ldv, .stride = request->stride, .scale = model->input_scale};
    T(mlpi_stream) streams[4] = {{0}};
    for (int32_t k = 1; k <= request->jet.order; k++)
        streams[k] = (T(mlpi_stream)){.out = request->y[k], .ld = request->ldy};
    const mlp_status status = T(mlpi_prepare_order)(&chain, workspace, request->jet.order);
    if (status != MLP_OK)
        return status;
    jets->has_weights = request->weights != NULL;
    if (request->weights)
        memcpy(jets->weights, request->weights, (size_t)model->architecture.widths[0] * sizeof(REAL));
    T(mlpi_jet_push)(&chain, &workspace->tape, jets, &request->jet, &directions, 0, workspace->batch, streams,
                     model->output_scale);
    return MLP_OK;
}

mlp_status T(mlpi_jet_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *const y_bar[3],
                           const int64_t ldy[3], REAL *x_bar, int64_t ldx, REAL *theta_bar, REAL *padded)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    mlpi_gradient *gradients = theta_bar || padded ? workspace->gradients : NULL;
    T(mlpi_stream) streams[4] = {{0}};
    for (int32_t k = 0; k <= workspace->jets->held.order; k++)
        streams[k] = (T(mlpi_stream)){.in = y_bar[k], .ld = ldy[k]};
    const mlp_status status = T(mlpi_prepare_order)(&chain, workspace, workspace->jets->held.order + 1);
    if (status != MLP_OK)
        return status;
    if (gradients)
        T(mlpi_aim)(model, theta_bar, padded, gradients);
    T(mlpi_jet_pull)(&chain, &workspace->tape, workspace->jets, workspace->batch, streams,
                     model->output_scale, gradients, model->input_scale, x_bar, ldx);
    return MLP_OK;
}

/* A jet of one direction, for which every workspace of second order has room, and its reverse. */
mlp_status T(mlpi_mixed_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *x_dot, int64_t ldv,
                             const REAL *y_bar, int64_t ldy, REAL *x_bar, int64_t ldx, REAL *theta_bar)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const T(mlpi_jet_request) request = {.jet = {1, 1, 1}, .v = x_dot, .ldv = ldv, .stride = ldv};
    const REAL *const cotangents[3] = {NULL, y_bar, NULL};
    const int64_t lds[3] = {0, ldy, 0};
    mlp_status status =
        T(mlpi_prepare_order)(&chain, workspace, 2); /* all callbacks before the first of the two */
    if (status == MLP_OK)
        status = T(mlpi_jet)(model, workspace, &request);
    return status == MLP_OK ? T(mlpi_jet_vjp)(model, workspace, cotangents, lds, x_bar, ldx, theta_bar, NULL)
                            : status;
}
