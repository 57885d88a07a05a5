/*
 * Template: the Jacobian-vector product.
 *
 *     Yd_0 = S_in o x_dot;   the tangent sweep;   y_dot = S_out o Yd_L
 */
mlp_status T(mlpi_jvp)(const mlp_model *model, mlp_workspace *workspace, const REAL *x_dot, int64_t ldx,
                       const REAL *theta_dot, REAL *y_dot, int64_t ldy)
{
    const mlpi_architecture *architecture = &model->architecture;
    mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    int32_t L = architecture->layers;
    int64_t batch = workspace->batch, *ld = workspace->tape.ld;
    REAL *scratch[2] = {workspace->scratch[0], workspace->scratch[1]};
    mlpi_direction *directions = theta_dot ? workspace->directions : NULL;

    mlp_status status = T(mlpi_chain_prepare_slopes)(&chain, &workspace->tape, batch);
    if (status != MLP_OK)
        return status;
    for (int32_t l = 0; directions && l < L; l++) {
        directions[l].A = theta_dot + model->layout[l].compact_A;
        directions[l].b = theta_dot + model->layout[l].compact_b;
    }
    if (x_dot)
        T(mlpi_scale_columns)(architecture->widths[0], batch, model->input_scale, NULL, x_dot, ldx,
                              scratch[0], ld[0]);
    const REAL *Yd = T(mlpi_chain_tangent)(&chain, &workspace->tape, 0, L, 0, batch, 1, scratch,
                                           x_dot != NULL, directions);
    T(mlpi_scale_columns)(architecture->widths[L], batch, model->output_scale, NULL, Yd, ld[L], y_dot, ldy);
    return MLP_OK;
}
