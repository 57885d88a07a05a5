/* Template: contents of tensors whose type and shape have been checked. */

static mlp_status T(read_finite)(const mlpi_safetensors_tensor *tensor, REAL *out)
{
    const mlp_status status = T(mlpi_safetensors_read)(tensor, 0, tensor->count, out);
    if (status != MLP_OK)
        return status;
    for (int64_t i = 0; i < tensor->count; i++)
        if (!isfinite(out[i]))
            return mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' has %g at %lld: must be finite",
                             tensor->name, (double)out[i], (long long)i);
    return MLP_OK;
}
