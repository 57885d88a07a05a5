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

/* A jet of third order with shared directions; one of second order, or the Laplacian, pulled back; a mixed gradient. */
static mlp_status T(jet)(const mlp_model *model, mlp_workspace *workspace, passes_results *results)
{
    REAL *const y1 = (REAL *)(void *)results->jet[0], *const y2 = (REAL *)(void *)results->jet[1],
                *const y3 = (REAL *)(void *)results->jet[2];
    return T(mlp_jet)(model, workspace, PASSES_DIRECTIONS, T(x), PASSES_IN, 0, y1, y2, y3, PASSES_OUT);
}

static mlp_status T(pull)(const mlp_model *model, mlp_workspace *workspace, int32_t number,
                          passes_results *results)
{
    REAL *const x_bar = (REAL *)(void *)results->jet_x_bar[number], *const theta_bar =
                                                                        (REAL *)(void *)
                                                                            results->jet_theta_bar[number];
    return T(mlp_jet_vjp)(model, workspace, T(y_bar), PASSES_OUT, NULL, (REAL *)(void *)results->y_dot,
                          PASSES_OUT, x_bar, PASSES_IN, theta_bar);
}

/* A loss, and the products of both kinds with its gradient. */
static mlp_status T(products)(const mlp_model *model, mlp_workspace *workspace, passes_results *results)
{
    REAL *const gradient = (REAL *)(void *)results->by_theta[0];
    mlp_status status = T(mlp_linearize)(model, workspace, MLP_LOG_COSH, T(y_bar), PASSES_OUT, NULL,
                                         &results->loss, gradient);
    if (status == MLP_OK)
        status = T(mlp_hvp)(model, workspace, gradient, (REAL *)(void *)results->by_theta[1]);
    return status == MLP_OK
               ? T(mlp_gauss_newton)(model, workspace, gradient, (REAL *)(void *)results->by_theta[2])
               : status;
}

static mlp_status T(second_order)(int32_t number, const mlp_model *model, mlp_workspace *workspace,
                                  passes_results *results)
{
    mlp_status status = MLP_OK;
    if (number == 9)
        return T(products)(model, workspace, results);
    if (number == 10)
        return T(mlp_hessian_x)(model, workspace, (REAL *)(void *)results->hessian_x, PASSES_IN,
                                PASSES_IN * PASSES_IN * PASSES_OUT);
    if (number == 5)
        return T(jet)(model, workspace, results);
    if (number == 8)
        return T(mlp_mixed_vjp)(model, workspace, T(x), PASSES_IN, T(y_bar), PASSES_OUT,
                                (REAL *)(void *)results->jet_x_bar[2], PASSES_IN,
                                (REAL *)(void *)results->jet_theta_bar[2]);
    if (number == 6)
        status = T(mlp_jet)(model, workspace, 1, T(x), PASSES_IN, PASSES_IN, NULL,
                            (REAL *)(void *)results->laplacian, NULL, PASSES_OUT);
    else
        status =
            T(mlp_laplacian)(model, workspace, NULL, NULL, (REAL *)(void *)results->laplacian, PASSES_OUT);
    return status == MLP_OK ? T(pull)(model, workspace, number - 6, results) : status;
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
    case 4:
        return T(mlp_jacobian_weight)(model, workspace, L, 2, by_weight, PASSES_OUT,
                                      PASSES_OUT * PASSES_WIDE * PASSES_WIDE);
    default:
        return T(second_order)(number, model, workspace, results);
    }
}
