/* Template: cotangents of the output in the units of y_L, then the engine's sweep. */

mlp_status T(mlpi_sweep_samples)(const mlp_model *model, mlp_workspace *workspace, int64_t first,
                                 int64_t batch, const REAL *y_bar, int64_t ldy, T(mlpi_delta_visit) *visit,
                                 void *context)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const int32_t L = model->architecture.layers;
    mlp_status status = T(mlpi_chain_prepare_slopes)(&chain, &workspace->tape, workspace->batch);
    if (status != MLP_OK)
        return status;
    T(mlpi_scale_columns)(model->architecture.widths[L], batch, model->output_scale, NULL, y_bar, ldy,
                          workspace->deltas[L], workspace->tape.ld[L]);
    T(mlpi_chain_deltas)(&chain, &workspace->tape, first, batch, 1, workspace->deltas, visit, context);
    return MLP_OK;
}

void T(mlpi_sweep_outputs)(const mlp_model *model, mlp_workspace *workspace, mlpi_block at,
                           T(mlpi_delta_visit) *visit, void *context)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const int32_t L = model->architecture.layers;
    const int64_t n = model->architecture.widths[L], ld = workspace->tape.ld[L];
    const REAL *scale = model->output_scale;
    for (int64_t c = 0; c < at.samples * at.directions; c++) {
        REAL *G = (REAL *)workspace->deltas[L] + c * ld;
        const int64_t p = at.direction + c % at.directions;
        memset(G, 0, (size_t)n * sizeof(REAL));
        G[p] = scale ? scale[p] : 1;
    }
    T(mlpi_chain_deltas)(&chain, &workspace->tape, at.sample, at.samples, at.directions, workspace->deltas,
                         visit, context);
}

void T(mlpi_store_theta_rows)(void *context, int32_t l, const REAL *Delta)
{
    const T(mlpi_theta_rows) *rows = context;
    const mlpi_layout *layout = &rows->model->layout[l - 1];
    const mlpi_tape *tape = &rows->workspace->tape;
    for (int64_t c = 0; c < rows->at.samples * rows->at.directions; c++) {
        const int64_t sample = rows->at.sample + c / rows->at.directions;
        const REAL *delta = Delta + c * tape->ld[l];
        const REAL *y = (const REAL *)tape->y[l - 1] + sample * tape->ld[l - 1];
        REAL *row = rows->J + c * rows->ldj;
        /* (n_l x n_{l-1}) = (n_l x 1)(1 x n_{l-1}) */
        T(mlpi_outer)(&rows->workspace->plan, layout->n_out, layout->n_in, delta, y, row + layout->compact_A);
        memcpy(row + layout->compact_b, delta, (size_t)layout->n_out * sizeof(REAL));
    }
}
