/* Template: maps of inputs at the border. */

static mlp_status T(check_inputs)(int64_t n_in, int64_t samples, const REAL *x, int64_t ldx,
                                  const REAL *weights)
{
    mlp_status status = mlpi_check_size("n_in", n_in, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_size("samples", samples, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("x", x);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldx", ldx, n_in);
    return status == MLP_OK ? T(mlpi_check_weights)(samples, weights) : status;
}

static mlp_status T(check_components)(int64_t n_in, int64_t max_components, double fraction, const REAL *W,
                                      int64_t ldw)
{
    mlp_status status = mlpi_check_size("max_components", max_components, 1, n_in);
    if (status == MLP_OK && !(fraction > 0 && fraction <= 1))
        status = mlpi_fail(MLP_ERR_ARGUMENT, "fraction = %g: must be above 0 and at most 1", fraction);
    return status == MLP_OK && W ? mlpi_check_ld("ldw", ldw, max_components) : status;
}

mlp_status T(mlp_pca)(int64_t n_in, int64_t samples, const REAL *x, int64_t ldx, const REAL *weights,
                      int64_t max_components, double fraction, REAL *W, int64_t ldw, REAL *mean,
                      REAL *variances, int64_t *components)
{
    const T(mlpi_inputs) inputs = {n_in, samples, x, ldx, weights};
    const T(mlpi_components) wanted = {max_components, fraction, W, ldw, mean, variances, components};
    mlp_status status = T(check_inputs)(n_in, samples, x, ldx, weights);
    if (status == MLP_OK)
        status = T(check_components)(n_in, max_components, fraction, W, ldw);
    return status == MLP_OK ? T(mlpi_pca)(&inputs, &wanted) : status;
}

mlp_status T(mlp_whiten)(int64_t n_in, int64_t samples, const REAL *x, int64_t ldx, const REAL *weights,
                         int64_t max_components, double fraction, double epsilon, REAL *W, int64_t ldw,
                         REAL *mean, int64_t *components)
{
    const T(mlpi_inputs) inputs = {n_in, samples, x, ldx, weights};
    const T(mlpi_components) wanted = {max_components, fraction, W, ldw, mean, NULL, components};
    mlp_status status = T(check_inputs)(n_in, samples, x, ldx, weights);
    if (status == MLP_OK)
        status = T(check_components)(n_in, max_components, fraction, W, ldw);
    if (status == MLP_OK && !(epsilon >= 0 && epsilon < 1))
        status = mlpi_fail(MLP_ERR_ARGUMENT, "epsilon = %g: must be 0 to 1, without 1", epsilon);
    return status == MLP_OK ? T(mlpi_whiten)(&inputs, epsilon, &wanted) : status;
}

static mlp_status T(check_map)(const mlp_model *model, int64_t n_in, const REAL *W, int64_t ldw)
{
    mlp_status status = mlpi_check_model(model, REAL_DTYPE);
    if (status == MLP_OK)
        status = mlpi_check_size("n_in", n_in, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("W", W);
    return status == MLP_OK ? mlpi_check_ld("ldw", ldw, model->architecture.widths[0]) : status;
}

mlp_status T(mlp_model_fold_inputs)(const mlp_model *model, int64_t n_in, const REAL *W, int64_t ldw,
                                    const REAL *mean, mlp_model **folded)
{
    mlp_status status = mlpi_check_pointer("folded", folded);
    if (status != MLP_OK)
        return status;
    *folded = NULL;
    status = T(check_map)(model, n_in, W, ldw);
    return status == MLP_OK ? T(mlpi_fold_inputs)(model, n_in, W, ldw, mean, folded) : status;
}
