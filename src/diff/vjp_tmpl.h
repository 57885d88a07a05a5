/*
 * Template: the vector-Jacobian product.
 *
 *     G_L = S_out o y_bar;   the reverse sweep;   x_bar = S_in o G_0
 */

void T(mlpi_aim)(const mlp_model *model, REAL *theta_bar, REAL *padded, mlpi_gradient *gradients)
{
    for (int32_t l = 0; l < model->architecture.layers; l++) {
        const mlpi_layout *at = &model->layout[l];
        gradients[l].A = padded ? padded + at->A : theta_bar + at->compact_A;
        gradients[l].b = padded ? padded + at->b : theta_bar + at->compact_b;
        gradients[l].lda = padded ? at->lda : at->n_out;
    }
}

/* The arrays at the ends of a product, as its threads see them. */
struct T(vjp_ends) {
    const mlp_model *model;
    const REAL *y_bar;
    int64_t ldy;
    REAL *x_bar;
    int64_t ldx;
};

/* G_L = S_out o y_bar */
static void T(take_y_bar)(const void *context, int64_t column, int64_t columns, REAL *G, int64_t ld)
{
    const struct T(vjp_ends) *ends = context;
    const mlpi_architecture *architecture = &ends->model->architecture;
    T(mlpi_scale_columns)(architecture->widths[architecture->layers], columns, ends->model->output_scale,
                          NULL, ends->y_bar + column * ends->ldy, ends->ldy, G, ld);
}

/* x_bar = S_in o G_0 */
static void T(give_x_bar)(const void *context, int64_t column, int64_t columns, REAL *G, int64_t ld)
{
    const struct T(vjp_ends) *ends = context;
    T(mlpi_scale_columns)(ends->model->architecture.widths[0], columns, ends->model->input_scale, NULL, G, ld,
                          ends->x_bar + column * ends->ldx, ends->ldx);
}

mlp_status T(mlpi_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar, int64_t ldy,
                       REAL *x_bar, int64_t ldx, REAL *theta_bar, REAL *padded)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    mlpi_gradient *gradients = theta_bar || padded ? workspace->gradients : NULL;
    const struct T(vjp_ends) ends = {model, y_bar, ldy, x_bar, ldx};
    const mlp_status status = T(mlpi_chain_prepare_slopes)(&chain, &workspace->tape, workspace->batch);
    if (status != MLP_OK)
        return status;
    if (gradients)
        T(mlpi_aim)(model, theta_bar, padded, gradients);
    T(mlpi_chain_reverse)(&(T(mlpi_sweep)){.chain = &chain,
                                           .tape = &workspace->tape,
                                           .from = chain.count,
                                           .span = {0, workspace->batch, 1},
                                           .scratch = {workspace->scratch[0], workspace->scratch[1]},
                                           .begin = T(take_y_bar),
                                           .finish = T(give_x_bar),
                                           .context = &ends},
                          gradients, x_bar != NULL);
    return MLP_OK;
}
