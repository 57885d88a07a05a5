/* Template: scaling in, the chain, scaling out. */

/* One sample of which only the output is wanted, in the chain's own units. Returns whether it was taken. */
static int T(forward_alone)(const mlp_model *model, const mlp_workspace *workspace, const mlpi_chain *chain,
                            int64_t batch, const REAL *x, REAL *y)
{
    return batch == 1 && y && !(workspace->uses & MLP_USE_DERIVATIVES) && !model->input_scale &&
           !model->output_scale && T(mlpi_alone_forward)(chain, &workspace->tape, x, y);
}

mlp_status T(mlpi_forward)(const mlp_model *model, mlp_workspace *workspace, int64_t batch, const REAL *x,
                           int64_t ldx, REAL *y, int64_t ldy)
{
    const mlpi_architecture *architecture = &model->architecture;
    mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    mlpi_tape *tape = &workspace->tape;
    mlpi_workspace_forget(workspace);
    if (T(forward_alone)(model, workspace, &chain, batch, x, y))
        return MLP_OK;
    mlpi_route route;
    T(mlpi_route_of)(&chain, batch, y && mlpi_workspace_keeps_output_only(workspace), &route);
    if (route.path == MLPI_PATH_COLUMNS) {
        T(mlpi_columns_forward)(&chain, route.threads, batch,
                                (T(mlpi_border)){model->input_scale, model->input_shift}, x, ldx,
                                (T(mlpi_border)){model->output_scale, model->output_shift}, y, ldy);
        return MLP_OK;
    }
    /* y_0 is kept for derivatives; otherwise the first layer reads an unscaled x where it is */
    if (model->input_scale || workspace->uses & MLP_USE_DERIVATIVES) {
        T(mlpi_scale_columns)(architecture->widths[0], batch, model->input_scale, model->input_shift, x, ldx,
                              tape->y[0], tape->ld[0]);
        x = tape->y[0];
        ldx = tape->ld[0];
    }
    mlp_status status = T(mlpi_chain_forward)(&chain, &route, tape, batch, x, ldx);
    if (status != MLP_OK)
        return status;
    workspace->batch = batch;
    workspace->generation = model->generation;
    if (y)
        T(mlpi_scale_columns)(architecture->widths[architecture->layers], batch, model->output_scale,
                              model->output_shift, tape->y[architecture->layers],
                              tape->ld[architecture->layers], y, ldy);
    return MLP_OK;
}

mlp_status T(mlpi_forward_hidden)(const mlp_model *model, mlp_workspace *workspace, int64_t batch,
                                  const REAL *x, int64_t ldx, const REAL **H)
{
    mlpi_chain hidden = mlpi_workspace_chain(workspace, model);
    mlpi_tape *tape = &workspace->tape;
    REAL *y_0 = tape->y[0];
    mlpi_route route;
    mlpi_workspace_forget(workspace);
    hidden.count--;
    T(mlpi_scale_columns)(model->architecture.widths[0], batch, model->input_scale, model->input_shift, x,
                          ldx, y_0, tape->ld[0]);
    *H = tape->y[hidden.count];
    T(mlpi_route_of)(&hidden, batch, 0, &route);
    return T(mlpi_chain_forward)(&hidden, &route, tape, batch, y_0, tape->ld[0]);
}
