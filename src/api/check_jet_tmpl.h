/* Template: directions, and weights of second derivatives. */

mlp_status T(mlpi_check_directions)(const mlp_model *model, int64_t batch, int64_t directions, const REAL *v,
                                    int64_t ldv, int64_t stride)
{
    const int64_t n = model->architecture.widths[0];
    int64_t span = 0, elements = 0;
    mlp_status status = mlpi_check_size("directions", directions, 1, INT32_MAX);
    if (status != MLP_OK)
        return status;
    if (!v && directions != n)
        return mlpi_fail(MLP_ERR_ARGUMENT, "v = NULL: directions must then be n_0 = %lld, not %lld",
                         (long long)n, (long long)directions);
    if (!v)
        return MLP_OK;
    status = mlpi_check_ld("ldv", ldv, n);
    if (status != MLP_OK || stride == 0)
        return status;
    if (!mlpi_checked_mul(ldv, directions - 1, &span) || !mlpi_checked_add(span, n, &span) ||
        !mlpi_checked_mul_add(stride, batch - 1, span, &elements) ||
        !mlpi_checked_mul(elements, sizeof(REAL), &elements))
        return mlpi_fail(MLP_ERR_SIZE,
                         "ldv = %lld, stride = %lld: the directions do not fit the address space",
                         (long long)ldv, (long long)stride);
    return mlpi_check_size("stride", stride, 1, INT64_MAX);
}

mlp_status T(mlpi_check_laplacian_weights)(const mlp_model *model, const REAL *weights)
{
    for (int64_t i = 0; weights && i < model->architecture.widths[0]; i++)
        if (!isfinite(weights[i]))
            return mlpi_fail(MLP_ERR_ARGUMENT, "weights[%lld] = %g: must be finite", (long long)i,
                             (double)weights[i]);
    return MLP_OK;
}
