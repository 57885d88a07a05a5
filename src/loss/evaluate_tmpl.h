/* Template: losses of the table and registered ones alike. */

mlp_status T(mlpi_loss_sum_any)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                                const T(mlpi_targets) *targets, double scale, double *scratch, REAL *y_bar,
                                int64_t ldb, double *sum)
{
    if (mlpi_loss_calls_back(loss))
        return T(mlpi_custom_loss_sum)(loss->custom, n, batch, y, ldy, targets, scale, scratch, y_bar, ldb,
                                       sum);
    *sum = T(mlpi_loss_sum)(loss, n, batch, y, ldy, targets, scale, y_bar, ldb);
    return MLP_OK;
}

mlp_status T(mlpi_loss_hvp_any)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                                const T(mlpi_targets) *targets, double scale, double *scratch, const REAL *v,
                                int64_t ldv, int64_t streams, REAL *hv, int64_t ldh)
{
    if (mlpi_loss_calls_back(loss))
        return T(mlpi_custom_loss_hvp)(loss->custom, n, batch, y, ldy, targets, scale, scratch, v, ldv,
                                       streams, hv, ldh);
    T(mlpi_loss_hvp)(loss, n, batch, y, ldy, targets, scale, v, ldv, streams, hv, ldh);
    return MLP_OK;
}

/* A callback may fail halfway: results (n x columns) are collected before any of them is handed out. */
static void T(hand_out)(int64_t n, int64_t columns, const REAL *results, REAL *out, int64_t ld)
{
    for (int64_t k = 0; k < columns; k++)
        memcpy(out + k * ld, results + k * n, (size_t)n * sizeof(REAL));
}

mlp_status T(mlpi_loss_evaluate)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                                 const T(mlpi_targets) *targets, double scale, REAL *y_bar, int64_t ldb,
                                 double *sum)
{
    if (!mlpi_loss_calls_back(loss))
        return T(mlpi_loss_sum_any)(loss, n, batch, y, ldy, targets, scale, NULL, y_bar, ldb, sum);
    double *scratch;
    mlp_status status = allocate(n, y_bar ? batch : 0, sizeof(REAL), &scratch);
    if (status != MLP_OK)
        return status;
    REAL *results = y_bar ? (REAL *)(scratch + MLPI_LOSS_SCRATCH * n) : NULL;
    status = T(mlpi_loss_sum_any)(loss, n, batch, y, ldy, targets, scale, scratch, results, n, sum);
    if (status == MLP_OK && y_bar)
        T(hand_out)(n, batch, results, y_bar, ldb);
    mlpi_free(scratch);
    return status;
}

mlp_status T(mlpi_loss_multiply)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                                 const T(mlpi_targets) *targets, double scale, const REAL *v, int64_t ldv,
                                 REAL *hv, int64_t ldh)
{
    if (!mlpi_loss_calls_back(loss))
        return T(mlpi_loss_hvp_any)(loss, n, batch, y, ldy, targets, scale, NULL, v, ldv, 1, hv, ldh);
    double *scratch;
    mlp_status status = allocate(n, batch, sizeof(REAL), &scratch);
    if (status != MLP_OK)
        return status;
    REAL *results = (REAL *)(scratch + MLPI_LOSS_SCRATCH * n);
    status = T(mlpi_loss_hvp_any)(loss, n, batch, y, ldy, targets, scale, scratch, v, ldv, 1, results, n);
    if (status == MLP_OK)
        T(hand_out)(n, batch, results, hv, ldh);
    mlpi_free(scratch);
    return status;
}
