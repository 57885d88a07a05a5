/* Template: validation of weights. */

mlp_status T(mlpi_check_weights)(int64_t count, const REAL *weights)
{
    double sum = 0;
    if (!weights)
        return MLP_OK;
    for (int64_t s = 0; s < count; s++) {
        if (!(weights[s] >= 0 && isfinite(weights[s])))
            return mlpi_fail(MLP_ERR_ARGUMENT, "weights[%lld] = %g: must be finite and at least 0",
                             (long long)s, (double)weights[s]);
        sum += (double)weights[s];
    }
    if (!(sum > 0 && isfinite(sum)))
        return mlpi_fail(MLP_ERR_ARGUMENT, "weights: sum to %g: the sum must be finite and greater than 0",
                         sum);
    return MLP_OK;
}
