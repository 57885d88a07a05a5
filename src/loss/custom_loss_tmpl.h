/* Template: registered losses. The callback sees doubles, and never the caller's own arrays. */

static void T(widen)(int64_t n, const REAL *x, double *wide)
{
    for (int64_t p = 0; p < n; p++)
        wide[p] = (double)x[p];
}

/* y and t or label of sample s, in scratch memory; t is NULL where there are labels */
static const double *T(load_sample)(int64_t n, const REAL *y, const T(mlpi_targets) *targets, int64_t s,
                                    double *scratch, int32_t *label)
{
    double *t = scratch + n;
    T(widen)(n, y, scratch);
    *label = targets->labels ? targets->labels[s] : -1;
    if (targets->labels)
        return NULL;
    T(widen)(n, targets->t + s * targets->ldt, t);
    return t;
}

mlp_status T(mlpi_custom_loss_sum)(const mlpi_custom_loss *loss, int64_t n, int64_t batch, const REAL *y,
                                   int64_t ldy, const T(mlpi_targets) *targets, double scale, double *scratch,
                                   REAL *y_bar, int64_t ldb, double *sum)
{
    double total = 0, *slope = scratch + 2 * n;
    mlp_status status = check_order(loss, y_bar ? 1 : 0);
    for (int64_t s = 0; s < batch && status == MLP_OK; s++) {
        const double weight = targets->weights ? (double)targets->weights[s] : 1;
        int32_t label;
        const double *t = T(load_sample)(n, y + s * ldy, targets, s, scratch, &label);
        double value = 0;
        status = call(loss, y_bar ? 1 : 0, n, scratch, t, label, NULL, &value, y_bar ? slope : NULL);
        for (int64_t p = 0; y_bar && p < n && status == MLP_OK; p++)
            y_bar[s * ldb + p] = (REAL)(scale * weight * slope[p]);
        total += weight * value;
    }
    if (status == MLP_OK)
        *sum = total;
    return status;
}

mlp_status T(mlpi_custom_loss_hvp)(const mlpi_custom_loss *loss, int64_t n, int64_t batch, const REAL *y,
                                   int64_t ldy, const T(mlpi_targets) *targets, double scale, double *scratch,
                                   const REAL *v, int64_t ldv, int64_t streams, REAL *hv, int64_t ldh)
{
    double *vector = scratch + 2 * n, *product = scratch + 3 * n;
    mlp_status status = check_order(loss, 2);
    for (int64_t k = 0; k < batch * streams && status == MLP_OK; k++) {
        const int64_t s = k / streams;
        const double factor = targets->weights ? scale * (double)targets->weights[s] : scale;
        int32_t label;
        const double *t = T(load_sample)(n, y + s * ldy, targets, s, scratch, &label);
        T(widen)(n, v + k * ldv, vector);
        status = call(loss, 2, n, scratch, t, label, vector, NULL, product);
        for (int64_t p = 0; p < n && status == MLP_OK; p++)
            hv[k * ldh + p] = (REAL)(factor * product[p]);
    }
    return status;
}
