/* Template: losses. */

static mlp_status T(check_samples)(mlp_loss loss, const mlpi_loss *found, int64_t batch, int64_t n,
                                   const REAL *y, int64_t ldy)
{
    mlp_status status = check_loss(loss, found);
    if (status == MLP_OK)
        status = mlpi_check_size("batch", batch, 1, INT64_MAX);
    if (status == MLP_OK)
        status = mlpi_check_size("n", n, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_loss_check_outputs(found, n);
    if (status == MLP_OK)
        status = mlpi_check_pointer("y", y);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldy", ldy, n);
    return status;
}

static mlp_status T(check_outputs)(mlp_loss loss, const mlpi_loss *found, int64_t batch, int64_t n,
                                   const REAL *y, int64_t ldy, const REAL *y_bar, int64_t ldb)
{
    mlp_status status = T(check_samples)(loss, found, batch, n, y, ldy);
    if (status == MLP_OK && y_bar)
        status = mlpi_check_ld("ldb", ldb, n);
    if (status == MLP_OK && y_bar == y && ldb != ldy)
        status = mlpi_fail(MLP_ERR_SIZE, "ldb = %lld: must be ldy, %lld, where y_bar is y", (long long)ldb,
                           (long long)ldy);
    return status;
}

static mlp_status T(check_targets)(int64_t batch, int64_t n, const REAL *t, int64_t ldt, const REAL *weights)
{
    mlp_status status = mlpi_check_pointer("t", t);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldt", ldt, n);
    return status == MLP_OK ? T(mlpi_check_weights)(batch, weights) : status;
}

static mlp_status T(check_labels)(int64_t batch, int64_t n, const int32_t *labels, const REAL *weights)
{
    const mlp_status status = mlpi_check_labels(batch, labels, n);
    return status == MLP_OK ? T(mlpi_check_weights)(batch, weights) : status;
}

static mlp_status T(evaluate)(const mlpi_loss *loss, int64_t batch, int64_t n, const REAL *y, int64_t ldy,
                              const T(mlpi_targets) *targets, double *value, REAL *y_bar, int64_t ldb)
{
    const double weight = T(mlpi_weight_sum)(batch, targets->weights);
    double sum = 0;
    const mlp_status status =
        T(mlpi_loss_evaluate)(loss, n, batch, y, ldy, targets, 1 / weight, y_bar, ldb, &sum);
    if (status == MLP_OK && value)
        *value = sum / weight;
    return status;
}

mlp_status T(mlp_loss_evaluate)(mlp_loss loss, int64_t batch, int64_t n, const REAL *y, int64_t ldy,
                                const REAL *t, int64_t ldt, const REAL *weights, double *value, REAL *y_bar,
                                int64_t ldb)
{
    const mlpi_loss *found = mlpi_loss_acquire(loss);
    mlp_status status = T(check_outputs)(loss, found, batch, n, y, ldy, y_bar, ldb);
    if (status == MLP_OK)
        status = T(check_targets)(batch, n, t, ldt, weights);
    if (status == MLP_OK)
        status = T(evaluate)(found, batch, n, y, ldy,
                             &(T(mlpi_targets)){.t = t, .ldt = ldt, .weights = weights}, value, y_bar, ldb);
    mlpi_loss_release(found);
    return status;
}

mlp_status T(mlp_loss_evaluate_labels)(mlp_loss loss, int64_t batch, int64_t n, const REAL *y, int64_t ldy,
                                       const int32_t *labels, const REAL *weights, double *value, REAL *y_bar,
                                       int64_t ldb)
{
    const mlpi_loss *found = mlpi_loss_acquire(loss);
    mlp_status status = T(check_outputs)(loss, found, batch, n, y, ldy, y_bar, ldb);
    if (status == MLP_OK)
        status = T(check_labels)(batch, n, labels, weights);
    if (status == MLP_OK)
        status = T(evaluate)(found, batch, n, y, ldy,
                             &(T(mlpi_targets)){.labels = labels, .weights = weights}, value, y_bar, ldb);
    mlpi_loss_release(found);
    return status;
}

static mlp_status T(check_vectors)(int64_t n, const REAL *v, int64_t ldv, const REAL *hv, int64_t ldh)
{
    mlp_status status = mlpi_check_pointer("v", v);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldv", ldv, n);
    if (status == MLP_OK)
        status = mlpi_check_pointer("hv", hv);
    if (status == MLP_OK)
        status = mlpi_check_ld("ldh", ldh, n);
    if (status == MLP_OK && hv == v && ldh != ldv)
        status = mlpi_fail(MLP_ERR_SIZE, "ldh = %lld: must be ldv, %lld, where hv is v", (long long)ldh,
                           (long long)ldv);
    return status;
}

mlp_status T(mlp_loss_hvp)(mlp_loss loss, int64_t batch, int64_t n, const REAL *y, int64_t ldy, const REAL *t,
                           int64_t ldt, const REAL *weights, const REAL *v, int64_t ldv, REAL *hv,
                           int64_t ldh)
{
    const mlpi_loss *found = mlpi_loss_acquire(loss);
    mlp_status status = T(check_samples)(loss, found, batch, n, y, ldy);
    if (status == MLP_OK)
        status = T(check_targets)(batch, n, t, ldt, weights);
    if (status == MLP_OK)
        status = T(check_vectors)(n, v, ldv, hv, ldh);
    const T(mlpi_targets) targets = {.t = t, .ldt = ldt, .weights = weights};
    if (status == MLP_OK)
        status = T(mlpi_loss_multiply)(found, n, batch, y, ldy, &targets,
                                       1 / T(mlpi_weight_sum)(batch, weights), v, ldv, hv, ldh);
    mlpi_loss_release(found);
    return status;
}

mlp_status T(mlp_loss_hvp_labels)(mlp_loss loss, int64_t batch, int64_t n, const REAL *y, int64_t ldy,
                                  const int32_t *labels, const REAL *weights, const REAL *v, int64_t ldv,
                                  REAL *hv, int64_t ldh)
{
    const mlpi_loss *found = mlpi_loss_acquire(loss);
    mlp_status status = T(check_samples)(loss, found, batch, n, y, ldy);
    if (status == MLP_OK)
        status = T(check_labels)(batch, n, labels, weights);
    if (status == MLP_OK)
        status = T(check_vectors)(n, v, ldv, hv, ldh);
    const T(mlpi_targets) targets = {.labels = labels, .weights = weights};
    if (status == MLP_OK)
        status = T(mlpi_loss_multiply)(found, n, batch, y, ldy, &targets,
                                       1 / T(mlpi_weight_sum)(batch, weights), v, ldv, hv, ldh);
    mlpi_loss_release(found);
    return status;
}
