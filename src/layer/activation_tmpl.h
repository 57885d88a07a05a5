/* Template: dispatch of sigma and its derivatives. sigma and sigma' come from vectors, the rest from scalar kernels. */

static void T(apply_kind)(const mlpi_activation *activation, int32_t order, int64_t n, const REAL *t,
                          REAL *out)
{
    const mlpi_activation_kind *kind = activation->kind;
    const struct mlpi_activation_vectors *vectors = mlpi_activation_vectors(mlpi_cpu()->level);
    if (order == 0)
        vectors->REAL_KIND[kind->id].value(1, n, t, n, out, n, activation->parameter);
    else if (order == 1)
        vectors->REAL_KIND[kind->id].slope(1, n, t, n, out, n, activation->parameter);
    else
        kind->REAL_KIND[order](n, t, out, activation->parameter);
}

mlp_status T(mlpi_activation_apply)(const mlpi_activation *activation, int32_t order, int64_t n,
                                    const REAL *t, REAL *out)
{
    if (activation->custom)
        return T(mlpi_custom_activation_apply)(activation->custom, order, n, t, out);
    T(apply_kind)(activation, order, n, t, out);
    return MLP_OK;
}

/* sigma^(order)(z) of a kind whose derivatives read y. */
static void T(derive_through_y)(const mlpi_activation *activation, int32_t order, int64_t n, const REAL *z,
                                REAL *out)
{
    REAL y[CHUNK];
    for (int64_t start = 0; start < n; start += CHUNK) {
        const int64_t count = n - start < CHUNK ? n - start : CHUNK;
        T(apply_kind)(activation, 0, count, z + start, y);
        T(apply_kind)(activation, order, count, y, out + start);
    }
}

/* A callback may fail halfway: its results are collected before any of them is handed out. */
static mlp_status T(evaluate_custom)(const mlpi_activation *activation, int32_t order, int64_t n,
                                     const REAL *z, REAL *out)
{
    int64_t bytes;
    REAL *results = mlpi_checked_mul(n, sizeof(REAL), &bytes) ? mlpi_alloc(bytes) : NULL;
    if (!results)
        return mlpi_fail(MLP_ERR_MEMORY, "n = %lld: cannot allocate the results", (long long)n);
    const mlp_status status = T(mlpi_custom_activation_apply)(activation->custom, order, n, z, results);
    if (status == MLP_OK)
        memcpy(out, results, (size_t)bytes);
    mlpi_free(results);
    return status;
}

mlp_status T(mlpi_activation_evaluate)(const mlpi_activation *activation, int32_t order, int64_t n,
                                       const REAL *z, REAL *out)
{
    if (n == 0)
        return MLP_OK;
    if (activation->custom)
        return T(evaluate_custom)(activation, order, n, z, out);
    if (order == 0 || mlpi_activation_reads(activation) == MLPI_READS_Z)
        return T(mlpi_activation_apply)(activation, order, n, z, out);
    T(derive_through_y)(activation, order, n, z, out);
    return MLP_OK;
}
