/* A loss over a batch, for both number types; included by loss.c. */

double T(mlpi_weight_sum)(int64_t batch, const REAL *weights)
{
    if (!weights)
        return (double)batch;
    double sum = 0;
    for (int64_t s = 0; s < batch; s++)
        sum += (double)weights[s];
    return sum;
}

double T(mlpi_loss_sum)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                        const T(mlpi_targets) *targets, double scale, REAL *y_bar, int64_t ldb)
{
    double sum = 0;
    for (int64_t s = 0; s < batch; s++) {
        const double weight = targets->weights ? (double)targets->weights[s] : 1;
        const REAL *y_s = y + s * ldy;
        REAL *bar_s = y_bar ? y_bar + s * ldb : NULL;
        const double value =
            targets->labels
                ? loss->T(label)(loss->parameter_value, n, y_s, targets->labels[s], scale * weight, bar_s)
                : loss->T(target)(loss->parameter_value, n, y_s, targets->t + s * targets->ldt,
                                  scale * weight, bar_s);
        sum += weight * value;
    }
    return sum;
}

void T(mlpi_loss_hvp)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                      const T(mlpi_targets) *targets, double scale, const REAL *v, int64_t ldv,
                      int64_t streams, REAL *hv, int64_t ldh)
{
    for (int64_t s = 0; s < batch; s++) {
        const double factor = targets->weights ? scale * (double)targets->weights[s] : scale;
        const REAL *y_s = y + s * ldy;
        const T(mlpi_loss_vectors) vectors = {streams, v + s * streams * ldv, ldv, hv + s * streams * ldh,
                                              ldh};
        if (targets->labels)
            loss->T(label_hvp)(loss->parameter_value, n, y_s, targets->labels[s], factor, &vectors);
        else
            loss->T(target_hvp)(loss->parameter_value, n, y_s, targets->t + s * targets->ldt, factor,
                                &vectors);
    }
}
