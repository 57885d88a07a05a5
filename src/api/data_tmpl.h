/* Template: filling data sets. */

static mlp_status T(check_inputs)(const mlp_data *data, int64_t n_in, const REAL *x, int64_t ldx)
{
    const mlp_status status = check_dtype(data, REAL_DTYPE);
    return status == MLP_OK ? check_columns(data, "n_in", n_in, "x", x, "ldx", ldx) : status;
}

mlp_status T(mlp_data_set_inputs)(mlp_data *data, int64_t n_in, const REAL *x, int64_t ldx)
{
    const mlp_status status = T(check_inputs)(data, n_in, x, ldx);
    return status == MLP_OK ? mlpi_data_copy(data, &data->inputs, n_in, x, ldx) : status;
}

mlp_status T(mlp_data_borrow_inputs)(mlp_data *data, int64_t n_in, const REAL *x, int64_t ldx)
{
    const mlp_status status = T(check_inputs)(data, n_in, x, ldx);
    if (status == MLP_OK)
        mlpi_data_borrow(&data->inputs, n_in, x, ldx);
    return status;
}

static mlp_status T(check_targets)(const mlp_data *data, int64_t n_out, const REAL *t, int64_t ldt)
{
    const mlp_status status = check_dtype(data, REAL_DTYPE);
    return status == MLP_OK ? check_columns(data, "n_out", n_out, "t", t, "ldt", ldt) : status;
}

mlp_status T(mlp_data_set_targets)(mlp_data *data, int64_t n_out, const REAL *t, int64_t ldt)
{
    mlp_status status = T(check_targets)(data, n_out, t, ldt);
    if (status == MLP_OK)
        status = mlpi_data_copy(data, &data->targets, n_out, t, ldt);
    if (status == MLP_OK)
        mlpi_data_clear_labels(data);
    return status;
}

mlp_status T(mlp_data_borrow_targets)(mlp_data *data, int64_t n_out, const REAL *t, int64_t ldt)
{
    const mlp_status status = T(check_targets)(data, n_out, t, ldt);
    if (status == MLP_OK) {
        mlpi_data_borrow(&data->targets, n_out, t, ldt);
        mlpi_data_clear_labels(data);
    }
    return status;
}

mlp_status T(mlp_data_set_weights)(mlp_data *data, const REAL *weights)
{
    mlp_status status = check_dtype(data, REAL_DTYPE);
    if (status == MLP_OK)
        status = T(mlpi_check_weights)(data->samples, weights);
    return status == MLP_OK ? mlpi_data_set_weights(data, weights) : status;
}

static mlp_status T(check_class_weights)(int32_t classes, const REAL *class_weights)
{
    if (!class_weights)
        return mlpi_check_pointer("class_weights", class_weights);
    for (int32_t c = 0; c < classes; c++)
        if (!(class_weights[c] >= 0 && isfinite(class_weights[c])))
            return mlpi_fail(MLP_ERR_ARGUMENT, "class_weights[%d] = %g: must be finite and at least 0",
                             (int)c, (double)class_weights[c]);
    return MLP_OK;
}

mlp_status T(mlp_data_apply_class_weights)(mlp_data *data, const REAL *class_weights)
{
    mlp_status status = check_dtype(data, REAL_DTYPE);
    if (status == MLP_OK)
        status = check_labelled(data);
    if (status == MLP_OK)
        status = T(check_class_weights)(data->classes, class_weights);
    return status == MLP_OK ? T(mlpi_data_apply_class_weights)(data, class_weights) : status;
}
