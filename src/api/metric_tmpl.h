/* Template: metrics of the caller's own outputs. */

static mlp_status T(check_outputs)(int64_t batch, int64_t n, const REAL *y, int64_t ldy)
{
    mlp_status status = mlpi_check_size("batch", batch, 1, INT64_MAX);
    if (status == MLP_OK)
        status = mlpi_check_size("n", n, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("y", y);
    return status == MLP_OK ? mlpi_check_ld("ldy", ldy, n) : status;
}

static mlp_status T(check_targets)(int64_t n, const REAL *t, int64_t ldt)
{
    const mlp_status status = mlpi_check_pointer("t", t);
    return status == MLP_OK ? mlpi_check_ld("ldt", ldt, n) : status;
}

/* What follows the targets or labels. */
static mlp_status T(check_rest)(int64_t batch, const REAL *weights, const double *value)
{
    const mlp_status status = T(mlpi_check_weights)(batch, weights);
    return status == MLP_OK ? mlpi_check_pointer("value", value) : status;
}

static mlp_status T(check_labels)(const mlpi_metric *metric, int64_t batch, int64_t n, const int32_t *labels)
{
    if (!metric->classifies)
        return mlpi_fail(MLP_ERR_ARGUMENT, "metric = %d: %s needs targets", (int)metric->id, metric->name);
    return mlpi_check_labels(batch, labels, mlpi_metric_classes(metric, n));
}

mlp_status T(mlp_metric_evaluate)(mlp_metric metric, double parameter, int64_t batch, int64_t n,
                                  const REAL *y, int64_t ldy, const REAL *t, int64_t ldt, const REAL *weights,
                                  double *value)
{
    const T(mlpi_targets) targets = {.t = t, .ldt = ldt, .weights = weights};
    mlp_status status = T(check_outputs)(batch, n, y, ldy);
    if (status == MLP_OK)
        status = mlpi_check_metric(metric, parameter, n);
    if (status == MLP_OK)
        status = T(check_targets)(n, t, ldt);
    if (status == MLP_OK)
        status = T(check_rest)(batch, weights, value);
    if (status == MLP_OK)
        status =
            T(mlpi_metric_evaluate)(mlpi_metric_of(metric), parameter, n, batch, y, ldy, &targets, value);
    return status;
}

mlp_status T(mlp_metric_evaluate_labels)(mlp_metric metric, double parameter, int64_t batch, int64_t n,
                                         const REAL *y, int64_t ldy, const int32_t *labels,
                                         const REAL *weights, double *value)
{
    const T(mlpi_targets) targets = {.labels = labels, .weights = weights};
    mlp_status status = T(check_outputs)(batch, n, y, ldy);
    if (status == MLP_OK)
        status = mlpi_check_metric(metric, parameter, n);
    if (status == MLP_OK)
        status = T(check_labels)(mlpi_metric_of(metric), batch, n, labels);
    if (status == MLP_OK)
        status = T(check_rest)(batch, weights, value);
    if (status == MLP_OK)
        status =
            T(mlpi_metric_evaluate)(mlpi_metric_of(metric), parameter, n, batch, y, ldy, &targets, value);
    return status;
}

static mlp_status T(confuse)(double bound, int64_t batch, int64_t n, const REAL *y, int64_t ldy,
                             const T(mlpi_targets) *targets, int64_t *counts)
{
    int64_t bytes;
    mlp_status status = mlpi_check_confusion(bound, n, &bytes);
    if (status == MLP_OK)
        status = mlpi_check_pointer("counts", counts);
    if (status != MLP_OK)
        return status;
    memset(counts, 0, (size_t)bytes);
    T(mlpi_confusion_add)(bound, n, batch, y, ldy, targets, counts);
    return MLP_OK;
}

mlp_status T(mlp_metric_confusion)(double bound, int64_t batch, int64_t n, const REAL *y, int64_t ldy,
                                   const REAL *t, int64_t ldt, int64_t *counts)
{
    const T(mlpi_targets) targets = {.t = t, .ldt = ldt};
    mlp_status status = T(check_outputs)(batch, n, y, ldy);
    if (status == MLP_OK)
        status = T(check_targets)(n, t, ldt);
    return status == MLP_OK ? T(confuse)(bound, batch, n, y, ldy, &targets, counts) : status;
}

mlp_status T(mlp_metric_confusion_labels)(double bound, int64_t batch, int64_t n, const REAL *y, int64_t ldy,
                                          const int32_t *labels, int64_t *counts)
{
    const T(mlpi_targets) targets = {.labels = labels};
    mlp_status status = T(check_outputs)(batch, n, y, ldy);
    if (status == MLP_OK)
        status = mlpi_check_labels(batch, labels, n == 1 ? 2 : n);
    return status == MLP_OK ? T(confuse)(bound, batch, n, y, ldy, &targets, counts) : status;
}
