/*
 * Template: the Jacobian-vector product.
 *
 *     Yd_0 = S_in o x_dot;   the tangent sweep;   y_dot = S_out o Yd_L
 */

/* The arrays at the ends of a product, as its threads see them. */
struct T(jvp_ends) {
    const mlp_model *model;
    const REAL *x_dot;
    int64_t ldx;
    REAL *y_dot;
    int64_t ldy;
};

static void T(take_x_dot)(const void *context, int64_t column, int64_t columns, REAL *Yd, int64_t ld)
{
    const struct T(jvp_ends) *ends = context;
    T(mlpi_scale_columns)(ends->model->architecture.widths[0], columns, ends->model->input_scale, NULL,
                          ends->x_dot + column * ends->ldx, ends->ldx, Yd, ld);
}

static void T(give_y_dot)(const void *context, int64_t column, int64_t columns, REAL *Yd, int64_t ld)
{
    const struct T(jvp_ends) *ends = context;
    const mlpi_architecture *architecture = &ends->model->architecture;
    T(mlpi_scale_columns)(architecture->widths[architecture->layers], columns, ends->model->output_scale,
                          NULL, Yd, ld, ends->y_dot + column * ends->ldy, ends->ldy);
}

const mlpi_direction *T(mlpi_layer_directions)(const mlp_model *model, mlp_workspace *workspace,
                                               const REAL *theta_dot)
{
    mlpi_direction *directions = workspace->directions;
    for (int32_t l = 0; l < model->architecture.layers; l++) {
        directions[l].A = theta_dot + model->layout[l].compact_A;
        directions[l].b = theta_dot + model->layout[l].compact_b;
    }
    return directions;
}

mlp_status T(mlpi_jvp)(const mlp_model *model, mlp_workspace *workspace, const REAL *x_dot, int64_t ldx,
                       const REAL *theta_dot, REAL *y_dot, int64_t ldy)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const struct T(jvp_ends) ends = {model, x_dot, ldx, y_dot, ldy};
    const mlp_status status = T(mlpi_chain_prepare_slopes)(&chain, &workspace->tape, workspace->batch);
    if (status != MLP_OK)
        return status;
    T(mlpi_chain_tangent)(&(T(mlpi_sweep)){.chain = &chain,
                                           .tape = &workspace->tape,
                                           .to = chain.count,
                                           .span = {0, workspace->batch, 1},
                                           .scratch = {workspace->scratch[0], workspace->scratch[1]},
                                           .begin = x_dot ? T(take_x_dot) : NULL,
                                           .finish = T(give_y_dot),
                                           .context = &ends},
                          theta_dot ? T(mlpi_layer_directions)(model, workspace, theta_dot) : NULL);
    return MLP_OK;
}
