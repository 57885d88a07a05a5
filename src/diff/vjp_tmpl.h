/*
 * Template: the vector-Jacobian product.
 *
 *     G_L = S_out o y_bar;   the reverse sweep;   x_bar = S_in o G_0
 */

/* One gradient target per layer: in theta's compact order, or in the parameters' own layout. */
static void T(aim)(const mlp_model *model, REAL *theta_bar, REAL *padded, mlpi_gradient *gradients)
{
    for (int32_t l = 0; l < model->architecture.layers; l++) {
        const mlpi_layout *at = &model->layout[l];
        gradients[l].A = padded ? padded + at->A : theta_bar + at->compact_A;
        gradients[l].b = padded ? padded + at->b : theta_bar + at->compact_b;
        gradients[l].lda = padded ? at->lda : at->n_out;
    }
}

void T(mlpi_aim_compact)(const mlp_model *model, REAL *theta_bar, mlpi_gradient *gradients)
{
    T(aim)(model, theta_bar, NULL, gradients);
}

mlp_status T(mlpi_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar, int64_t ldy,
                       REAL *x_bar, int64_t ldx, REAL *theta_bar, REAL *padded)
{
    const mlpi_architecture *architecture = &model->architecture;
    mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    int32_t L = architecture->layers;
    int64_t batch = workspace->batch, *ld = workspace->tape.ld;
    REAL *scratch[2] = {workspace->scratch[0], workspace->scratch[1]};
    mlpi_gradient *gradients = theta_bar || padded ? workspace->gradients : NULL;

    mlp_status status = T(mlpi_chain_prepare_slopes)(&chain, &workspace->tape, batch);
    if (status != MLP_OK)
        return status;
    if (gradients)
        T(aim)(model, theta_bar, padded, gradients);
    T(mlpi_scale_columns)(architecture->widths[L], batch, model->output_scale, NULL, y_bar, ldy, scratch[0],
                          ld[L]);
    const REAL *G =
        T(mlpi_chain_reverse)(&chain, &workspace->tape, L, 0, 0, batch, 1, scratch, gradients, x_bar != NULL);
    if (x_bar)
        T(mlpi_scale_columns)(architecture->widths[0], batch, model->input_scale, NULL, G, ld[0], x_bar, ldx);
    return MLP_OK;
}
