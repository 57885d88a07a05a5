/* Template: the passes of one number type, at fixed points and directions. */

/* The columns of point k begin at element k. */
static const REAL T(x)[PASSES_IN * PASSES_BATCH + PASSES_POINTS - 1] = {
    (REAL)0.1,  (REAL)-0.7, (REAL)1.3,  (REAL)0.9,  (REAL)-0.2, (REAL)0.4,  (REAL)-1.1, (REAL)0.6,
    (REAL)0.8,  (REAL)-0.3, (REAL)-0.5, (REAL)0.2,  (REAL)1.7,  (REAL)0.3,  (REAL)-0.9, (REAL)0.7,
    (REAL)-1.4, (REAL)0.05, (REAL)1.1,  (REAL)-0.6, (REAL)0.35, (REAL)-0.15};
static const REAL T(y_bar)[PASSES_OUT * PASSES_BATCH] = {
    1, (REAL)-0.3, (REAL)0.7, (REAL)0.2, (REAL)-1.9, (REAL)0.45, (REAL)1.2, -2, (REAL)0.6, (REAL)0.15};

static mlp_status T(set_scaling)(mlp_model *model)
{
    static const REAL scale[] = {(REAL)0.5, 2, (REAL)1.5}, shift[] = {(REAL)0.1, (REAL)-0.2, (REAL)0.3};
    const mlp_status status = T(mlp_model_set_input_scaling)(model, scale, shift);
    return status == MLP_OK ? T(mlp_model_set_output_scaling)(model, scale, shift) : status;
}

static mlp_status T(forward)(int32_t point, const mlp_model *model, mlp_workspace *workspace,
                             passes_results *results)
{
    return T(mlp_forward)(model, workspace, PASSES_BATCH, T(x) + point, PASSES_IN, (REAL *)(void *)results->y,
                          PASSES_OUT);
}

static mlp_status T(derivative)(int32_t number, const mlp_model *model, mlp_workspace *workspace,
                                passes_results *results)
{
    const int32_t L = PASSES_LAYERS;
    REAL *const x_bar = (REAL *)(void *)results->x_bar, *const theta_bar = (REAL *)(void *)results->theta_bar;
    REAL *const y_dot = (REAL *)(void *)results->y_dot, *const by_input = (REAL *)(void *)results->by_input;
    REAL *const by_bias = (REAL *)(void *)results->by_bias, *const by_weight =
                                                                (REAL *)(void *)results->by_weight;
    switch (number) {
    case 0:
        return T(mlp_vjp)(model, workspace, T(y_bar), PASSES_OUT, x_bar, PASSES_IN, theta_bar);
    case 1:
        return T(mlp_jvp)(model, workspace, T(x), PASSES_IN, NULL, y_dot, PASSES_OUT);
    case 2:
        return T(mlp_jacobian_output)(model, workspace, L, 0, by_input, PASSES_OUT, PASSES_OUT * PASSES_IN);
    case 3:
        return T(mlp_jacobian_bias)(model, workspace, L, 1, by_bias, PASSES_OUT, PASSES_OUT * PASSES_WIDE);
    default:
        return T(mlp_jacobian_weight)(model, workspace, L, 2, by_weight, PASSES_OUT,
                                      PASSES_OUT * PASSES_WIDE * PASSES_WIDE);
    }
}
