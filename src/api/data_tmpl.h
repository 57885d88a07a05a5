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
