/*
 * Template: the Jacobian of the output in the parameters, row by row, many rows in one sweep.
 *
 *     row (s, p) = [Delta_l y_{l-1}^T | Delta_l] over l, from the cotangent S_out e_p of sample s
 */

mlp_status T(mlpi_jacobian_theta)(const mlp_model *model, mlp_workspace *workspace, REAL *J, int64_t ldj)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const int64_t outputs = model->architecture.widths[model->architecture.layers];
    const int64_t batch = workspace->batch, columns = workspace->max_batch;
    T(mlpi_theta_rows) rows = {.model = model, .workspace = workspace, .ldj = ldj};
    mlp_status status = T(mlpi_chain_prepare_slopes)(&chain, &workspace->tape, batch);
    if (status != MLP_OK)
        return status;
    for (rows.at = mlpi_next_block((mlpi_block){0}, batch, outputs, columns); rows.at.sample < batch;
         rows.at = mlpi_next_block(rows.at, batch, outputs, columns)) {
        rows.J = J + (rows.at.sample * outputs + rows.at.direction) * ldj;
        T(mlpi_sweep_outputs)(model, workspace, rows.at, T(mlpi_store_theta_rows), &rows);
    }
    return MLP_OK;
}
