/* Template: first derivatives. */

/* y, and y_dot along x_dot, along theta_dot, and along both. */
static mlp_status T(check_forward)(mlpi_model_check *of, REAL *y, REAL *y_dot)
{
    const int64_t outputs = of->n_out * of->batch;
    REAL *x_dot = T(array)(of->n_in * of->batch, of->x_dot),
         *theta_dot = T(array)(of->n_theta, of->theta_dot);
    mlp_status status = x_dot && theta_dot ? T(forward)(of, 0, of->batch, y) : out_of_memory();
    if (status == MLP_OK)
        status = T(mlpi_jvp)(of->model, of->workspace, x_dot, of->n_in, theta_dot, y_dot, of->n_out);
    if (status == MLP_OK) {
        mlpi_check_row *value = mlpi_model_row(of, "definition", "forward"),
                       *tangent = mlpi_model_row(of, "Taylor", "jvp");
        for (int64_t i = 0; i < outputs; i++) {
            const mlpi_want want = mlpi_want_of(&of->jet[i], MLPI_1, 1);
            mlpi_want dot = mlpi_want_of(&of->jet[i], MLPI_S, 1);
            mlpi_want_add(&dot, mlpi_want_of(&of->curve[i], MLPI_S, 1));
            mlpi_check_compare(value, (double)y[i], want.value, want.scale);
            mlpi_check_compare(tangent, (double)y_dot[i], dot.value, dot.scale);
        }
    }
    mlpi_free(x_dot);
    mlpi_free(theta_dot);
    return status;
}

/*
 * x_bar and theta_bar along x_too and theta_too, by the reference; the adjoint identity with the jvp along x_dot and theta_dot;
 * and theta_bar of the batch against the sum of its samples'.
 */
static mlp_status T(check_vjp)(mlpi_model_check *of, const REAL *y_dot, REAL *x_bar, REAL *theta_bar)
{
    REAL *y_bar = T(array)(of->n_out * of->batch, of->y_bar[0]);
    mlp_status status =
        y_bar ? T(mlpi_vjp)(of->model, of->workspace, y_bar, of->n_out, x_bar, of->n_in, theta_bar, NULL)
              : out_of_memory();
    if (status == MLP_OK) {
        mlpi_check_row *row = mlpi_model_row(of, "Taylor", "vjp"),
                       *adjoint = mlpi_model_row(of, "<y_bar, J v> = <J^T y_bar, v>", "adjoint identity");
        mlpi_want sum = {0, 0}, other = {0, 0};
        for (int64_t s = 0; s < of->batch; s++) {
            mlpi_want_add(&sum, along_t(of, of->jet, s));
            for (int64_t i = s * of->n_out; i < (s + 1) * of->n_out; i++) {
                mlpi_want dot = mlpi_want_of(&of->jet[i], MLPI_S, of->y_bar[0][i]);
                mlpi_want_add(&dot, mlpi_want_of(&of->curve[i], MLPI_S, of->y_bar[0][i]));
                mlpi_want_add(&other, (mlpi_want){of->y_bar[0][i] * (double)y_dot[i], dot.scale});
            }
        }
        const int64_t inputs = of->n_in * of->batch;
        mlpi_check_compare(row,
                           T(dot)(inputs, x_bar, of->x_too) + T(dot)(of->n_theta, theta_bar, of->theta_too),
                           sum.value, sum.scale);
        mlpi_check_compare(adjoint,
                           T(dot)(inputs, x_bar, of->x_dot) + T(dot)(of->n_theta, theta_bar, of->theta_dot),
                           other.value, other.scale);
    }
    mlpi_free(y_bar);
    return status;
}

/* Samples by themselves: x_bar in the batch's columns, theta_bar summed to the batch's. */
static mlp_status T(check_batch)(mlpi_model_check *of, const REAL *x_bar, const REAL *theta_bar)
{
    REAL *y_bar = T(array)(of->n_out * of->batch, of->y_bar[0]),
         *single = T(array)(of->n_in + of->n_theta, NULL);
    mlp_status status = y_bar && single ? MLP_OK : out_of_memory();
    mlpi_check_row *row = mlpi_model_row(of, "samples one by one", "vjp of a batch");
    mlpi_want sum = {0, 0};
    for (int64_t s = 0; s < of->batch && status == MLP_OK; s++) {
        const mlpi_want scale = along_t(of, of->jet, s);
        status = T(forward)(of, s, 1, NULL);
        if (status == MLP_OK)
            status = T(mlpi_vjp)(of->model, of->workspace, y_bar + s * of->n_out, of->n_out, single, of->n_in,
                                 single + of->n_in, NULL);
        const double alone = T(dot)(of->n_in, single, of->x_too + s * of->n_in),
                     within = T(dot)(of->n_in, x_bar + s * of->n_in, of->x_too + s * of->n_in);
        mlpi_check_compare(row, within, alone, scale.scale);
        mlpi_want_add(&sum, (mlpi_want){T(dot)(of->n_theta, single + of->n_in, of->theta_too), scale.scale});
    }
    mlpi_check_compare(row, T(dot)(of->n_theta, theta_bar, of->theta_too), sum.value, sum.scale);
    mlpi_free(y_bar);
    mlpi_free(single);
    return status == MLP_OK ? T(forward)(of, 0, of->batch, NULL) : status;
}

/* dy/dx times x_dot, dy/dtheta times theta_dot. */
static mlp_status T(check_jacobians)(mlpi_model_check *of)
{
    const int64_t outputs = of->n_out * of->batch;
    const int narrow = outputs * of->n_in <= most_elements, wide = outputs * of->n_theta <= most_elements;
    REAL *J = narrow ? T(array)(outputs * of->n_in, NULL) : NULL,
         *rows = wide ? T(array)(outputs * of->n_theta, NULL) : NULL;
    mlp_status status = (narrow && !J) || (wide && !rows) ? out_of_memory() : MLP_OK;
    if (status == MLP_OK && J)
        status = T(mlpi_jacobian_user)(of->model, of->workspace, J, of->n_out, of->n_out * of->n_in);
    if (status == MLP_OK && rows)
        status = T(mlpi_jacobian_theta)(of->model, of->workspace, rows, of->n_theta);
    mlpi_check_row *by_x = J ? mlpi_model_row(of, "Taylor", "Jacobian in x") : NULL,
                   *by_theta = rows ? mlpi_model_row(of, "Taylor", "Jacobian in theta") : NULL;
    for (int64_t i = 0; i < outputs && status == MLP_OK; i++) {
        const mlpi_want x = mlpi_want_of(&of->jet[i], MLPI_S, 1),
                        theta = mlpi_want_of(&of->curve[i], MLPI_S, 1);
        const int64_t s = i / of->n_out, p = i % of->n_out;
        double product = 0;
        for (int64_t j = 0; J && j < of->n_in; j++)
            product += (double)J[(s * of->n_in + j) * of->n_out + p] * of->x_dot[s * of->n_in + j];
        if (J)
            mlpi_check_compare(by_x, product, x.value, x.scale);
        if (rows)
            mlpi_check_compare(by_theta, T(dot)(of->n_theta, rows + i * of->n_theta, of->theta_dot),
                               theta.value, theta.scale);
    }
    mlpi_free(J);
    mlpi_free(rows);
    return status;
}

/* One Jacobian of a layer, at the first sample: times a direction of y_{layer-1}, b_layer or A_layer. */
static mlp_status T(check_layer)(mlpi_model_check *of, mlpi_variable variable, int32_t to, int32_t layer,
                                 double *theta, mlpi_check_row *row)
{
    const int64_t *widths = of->model->architecture.widths;
    const int64_t rows = widths[to], columns = variable == MLPI_BY_OUTPUT ? widths[layer - 1]
                                               : variable == MLPI_BY_BIAS ? widths[layer]
                                                                          : widths[layer] * widths[layer - 1];
    if (rows * columns > most_elements)
        return MLP_OK;
    mlpi_probe probe = {.from = layer - 1, .to = to};
    const double *direction = confine(of, layer, variable, theta);
    if (variable == MLPI_BY_OUTPUT)
        probe.from_s = direction = of->theta_dot;
    else
        probe.theta_s = theta;
    REAL *J = T(array)(rows * columns, NULL);
    mlp_status status = J ? mlpi_network_run(&of->network, of->x, &probe, of->spare, NULL) : out_of_memory();
    if (status == MLP_OK)
        status = T(mlpi_jacobian)(of->model, of->workspace, variable, to, layer, J, rows, rows * columns);
    for (int64_t p = 0; p < rows && status == MLP_OK; p++) {
        const mlpi_want want = mlpi_want_of(&of->spare[p], MLPI_S, 1);
        double product = 0;
        for (int64_t j = 0; j < columns; j++)
            product += (double)J[p + j * rows] * direction[j];
        mlpi_check_compare(row, product, want.value, want.scale);
    }
    mlpi_free(J);
    return status;
}

/* Every pair of layers, or where they are many those that end in L, and those of one layer. */
static mlp_status T(check_layers)(mlpi_model_check *of)
{
    static const char *const names[] = {"Jacobians by outputs", "Jacobians by biases",
                                        "Jacobians by weights"};
    double *theta = mlpi_calloc(of->n_theta, sizeof *theta);
    mlp_status status = theta ? T(forward)(of, 0, 1, NULL) : out_of_memory();
    for (mlpi_variable variable = MLPI_BY_OUTPUT; variable <= MLPI_BY_WEIGHT && status == MLP_OK;
         variable++) {
        mlpi_check_row *row = mlpi_model_row(of, "Taylor", names[variable]);
        for (int32_t to = 1; to <= of->layers; to++)
            for (int32_t layer = 1; layer <= to && status == MLP_OK; layer++)
                if (of->layers <= 8 || to == of->layers || layer == to)
                    status = T(check_layer)(of, variable, to, layer, theta, row);
    }
    mlpi_free(theta);
    return status == MLP_OK ? T(forward)(of, 0, of->batch, NULL) : status;
}

mlp_status T(mlpi_model_check_first)(mlpi_model_check *of)
{
    const int64_t inputs = of->n_in * of->batch, outputs = of->n_out * of->batch;
    REAL *arrays = T(array)(inputs + 2 * outputs + of->n_theta, NULL);
    mlp_status status = arrays ? MLP_OK : out_of_memory();
    REAL *y = arrays, *y_dot = y + outputs, *x_bar = y_dot + outputs, *theta_bar = x_bar + inputs;
    if (status == MLP_OK)
        status = T(check_forward)(of, y, y_dot);
    if (status == MLP_OK)
        status = T(check_vjp)(of, y_dot, x_bar, theta_bar);
    if (status == MLP_OK)
        status = T(check_batch)(of, x_bar, theta_bar);
    if (status == MLP_OK)
        status = T(check_jacobians)(of);
    if (status == MLP_OK)
        status = T(check_layers)(of);
    mlpi_free(arrays);
    return status;
}
