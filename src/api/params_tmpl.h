/* Template: parameters and scaling at the border. */

mlp_status T(mlp_model_get_params)(const mlp_model *model, int64_t offset, int64_t count, REAL *theta)
{
    const mlp_status status = check_range(model, REAL_DTYPE, offset, count, theta);
    if (status == MLP_OK)
        T(mlpi_model_get_params)(model, offset, count, theta);
    return status;
}

mlp_status T(mlp_model_set_params)(mlp_model *model, int64_t offset, int64_t count, const REAL *theta)
{
    const mlp_status status = check_range(model, REAL_DTYPE, offset, count, theta);
    if (status == MLP_OK)
        T(mlpi_model_set_params)(model, offset, count, theta);
    return status;
}

mlp_status T(mlp_model_get_weights)(const mlp_model *model, int32_t layer, mlp_order order, REAL *A,
                                    int64_t lda)
{
    const mlp_status status = check_weights(model, REAL_DTYPE, layer, order, A, lda);
    if (status == MLP_OK)
        T(mlpi_model_get_weights)(model, layer, order, A, lda);
    return status;
}

mlp_status T(mlp_model_set_weights)(mlp_model *model, int32_t layer, mlp_order order, const REAL *A,
                                    int64_t lda)
{
    const mlp_status status = check_weights(model, REAL_DTYPE, layer, order, A, lda);
    if (status == MLP_OK)
        T(mlpi_model_set_weights)(model, layer, order, A, lda);
    return status;
}

mlp_status T(mlp_model_get_bias)(const mlp_model *model, int32_t layer, REAL *b)
{
    const mlp_status status = check_bias(model, REAL_DTYPE, layer, b);
    if (status == MLP_OK)
        T(mlpi_model_get_bias)(model, layer, b);
    return status;
}

mlp_status T(mlp_model_set_bias)(mlp_model *model, int32_t layer, const REAL *b)
{
    const mlp_status status = check_bias(model, REAL_DTYPE, layer, b);
    if (status == MLP_OK)
        T(mlpi_model_set_bias)(model, layer, b);
    return status;
}

static mlp_status T(check_finite)(const char *name, int64_t n, const REAL *values)
{
    for (int64_t i = 0; i < n; i++)
        if (!isfinite(values[i]))
            return mlpi_fail(MLP_ERR_NUMERIC, "%s[%lld] = %g: must be finite", name, (long long)i,
                             (double)values[i]);
    return MLP_OK;
}

/* A scaling of the features of layer 0 or L: both arrays, or neither. */
static mlp_status T(check_scaling)(const mlp_model *model, int output, const REAL *scale, const REAL *shift)
{
    mlp_status status = mlpi_check_model(model, REAL_DTYPE);
    if (status != MLP_OK || (!scale && !shift))
        return status;
    const int64_t n = model->architecture.widths[output ? model->architecture.layers : 0];
    if (!scale || !shift)
        return mlpi_fail(MLP_ERR_ARGUMENT, "%s = NULL: pass both arrays, or NULL for both",
                         scale ? "shift" : "scale");
    status = T(check_finite)("scale", n, scale);
    return status == MLP_OK ? T(check_finite)("shift", n, shift) : status;
}

mlp_status T(mlp_model_set_input_scaling)(mlp_model *model, const REAL *scale, const REAL *shift)
{
    const mlp_status status = T(check_scaling)(model, 0, scale, shift);
    if (status == MLP_OK)
        T(mlpi_model_set_input_scaling)(model, scale, shift);
    return status;
}

mlp_status T(mlp_model_set_output_scaling)(mlp_model *model, const REAL *scale, const REAL *shift)
{
    const mlp_status status = T(check_scaling)(model, 1, scale, shift);
    if (status == MLP_OK)
        T(mlpi_model_set_output_scaling)(model, scale, shift);
    return status;
}

mlp_status T(mlp_model_get_input_scaling)(const mlp_model *model, REAL *scale, REAL *shift)
{
    const mlp_status status = mlpi_check_model(model, REAL_DTYPE);
    if (status == MLP_OK)
        T(mlpi_model_get_input_scaling)(model, scale, shift);
    return status;
}

mlp_status T(mlp_model_get_output_scaling)(const mlp_model *model, REAL *scale, REAL *shift)
{
    const mlp_status status = mlpi_check_model(model, REAL_DTYPE);
    if (status == MLP_OK)
        T(mlpi_model_get_output_scaling)(model, scale, shift);
    return status;
}
