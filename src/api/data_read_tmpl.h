/* Template: reading data sets. */

static mlp_status T(read)(const mlp_data *data, const mlpi_columns *columns, const char *what, int64_t first,
                          int64_t count, REAL *values, const char *ld_name, int64_t ld)
{
    const REAL *from = columns->values;
    mlp_status status = check_typed(data, REAL_DTYPE);
    if (status == MLP_OK && !from)
        return mlpi_fail(MLP_ERR_STATE, "data: has no %s", what);
    if (status == MLP_OK)
        status = mlpi_check_ld(ld_name, ld, columns->rows);
    for (int64_t s = 0; s < count && status == MLP_OK; s++)
        memcpy(values + s * ld, from + (first + s) * columns->ld, (size_t)columns->rows * sizeof(REAL));
    return status;
}

mlp_status T(mlp_data_get_inputs)(const mlp_data *data, int64_t first, int64_t count, REAL *x, int64_t ldx)
{
    const mlp_status status = check_range(data, first, count, "x", x);
    return status == MLP_OK ? T(read)(data, &data->inputs, "inputs", first, count, x, "ldx", ldx) : status;
}

mlp_status T(mlp_data_get_targets)(const mlp_data *data, int64_t first, int64_t count, REAL *t, int64_t ldt)
{
    const mlp_status status = check_range(data, first, count, "t", t);
    return status == MLP_OK ? T(read)(data, &data->targets, "targets", first, count, t, "ldt", ldt) : status;
}

mlp_status T(mlp_data_get_weights)(const mlp_data *data, int64_t first, int64_t count, REAL *weights)
{
    mlp_status status = check_range(data, first, count, "weights", weights);
    if (status == MLP_OK)
        status = check_typed(data, REAL_DTYPE);
    const REAL *from = status == MLP_OK ? data->weights : NULL;
    for (int64_t s = 0; s < count && status == MLP_OK; s++)
        weights[s] = from ? from[first + s] : 1;
    return status;
}
