/* Calls the callback in chunks held on the stack: it sees doubles, and never the caller's own arrays. */
mlp_status T(mlpi_custom_activation_apply)(const mlpi_custom_activation *activation, int32_t order, int64_t n,
                                           const REAL *z, REAL *out)
{
    const mlp_status status = check_order(activation, order);
    if (status != MLP_OK)
        return status;
    double from[CHUNK], to[CHUNK];
    for (int64_t start = 0; start < n; start += CHUNK) {
        const int64_t count = n - start < CHUNK ? n - start : CHUNK;
        for (int64_t i = 0; i < count; i++)
            from[i] = z[start + i];
        const int32_t value = activation->function(order, count, from, to, activation->entry.context);
        if (value != 0)
            return callback_failed(activation, value);
        for (int64_t i = 0; i < count; i++)
            out[start + i] = (REAL)to[i];
    }
    return MLP_OK;
}
