/* Template: metrics of samples in one number type; included by metric.c. */

/* The others that come before the right class: larger ones, equal ones of a lower number, and NaN. */
int T(mlpi_is_among)(int64_t n, const REAL *y, int32_t label, int64_t k)
{
    int64_t before = 0;
    for (int64_t p = 0; p < n; p++)
        before += p != label && !(p < label ? y[label] > y[p] : y[label] >= y[p]);
    return y[label] == y[label] && before < k;
}

/* The class n values speak for: the first of the largest or, of a single one, whether it exceeds the bound; -1 for NaN. */
static int32_t T(class_of)(int64_t n, const REAL *y, double bound)
{
    int32_t best = 0, nan = 0;
    for (int32_t p = 0; p < (int32_t)n; p++) {
        nan |= y[p] != y[p];
        if (y[p] > y[best])
            best = p;
    }
    if (nan)
        return -1;
    return n == 1 ? (double)y[0] > bound : best;
}

/* ---- What a sample is worth ---- */

static double T(right)(const mlpi_tally *tally, double w, const REAL *y, const REAL *t, int32_t label)
{
    (void)w;
    (void)t;
    return label >= 0 && T(class_of)(tally->n, y, tally->parameter) == label;
}

static double T(among)(const mlpi_tally *tally, double w, const REAL *y, const REAL *t, int32_t label)
{
    (void)w;
    (void)t;
    return label >= 0 && T(mlpi_is_among)(tally->n, y, label, (int64_t)tally->parameter);
}

static double T(square)(const mlpi_tally *tally, double w, const REAL *y, const REAL *t, int32_t label)
{
    double sum = 0;
    (void)w;
    (void)label;
    for (int64_t p = 0; p < tally->n; p++) {
        const double error = (double)y[p] - (double)t[p];
        sum += error * error;
    }
    return sum / (double)tally->n;
}

static double T(absolute)(const mlpi_tally *tally, double w, const REAL *y, const REAL *t, int32_t label)
{
    double sum = 0;
    (void)w;
    (void)label;
    for (int64_t p = 0; p < tally->n; p++)
        sum += fabs((double)y[p] - (double)t[p]);
    return sum / (double)tally->n;
}

/* The squares go to their outputs; the sum over samples is not used. */
static double T(compare)(const mlpi_tally *tally, double w, const REAL *y, const REAL *t, int32_t label)
{
    (void)label;
    for (int64_t p = 0; p < tally->n; p++) {
        const double error = (double)y[p] - (double)t[p], distance = (double)t[p] - tally->mean[p];
        tally->residual[p] += w * error * error;
        tally->total[p] += w * distance * distance;
    }
    return 0;
}

/* ---- Batches ---- */

static double T(weight_of)(const REAL *weights, int64_t sample)
{
    return weights ? (double)weights[sample] : 1;
}

/* Taken from the first target that counts, so that the mean of equal targets is exactly these. */
void T(mlpi_tally_means)(mlpi_tally *tally, int64_t samples, const REAL *t, int64_t ldt, const REAL *weights)
{
    const REAL *origin = NULL;
    double weight = 0;
    for (int64_t s = 0; s < samples; s++) {
        const double w = T(weight_of)(weights, s);
        const REAL *column = t + s * ldt;
        if (w == 0)
            continue;
        origin = origin ? origin : column;
        weight += w;
        for (int64_t p = 0; p < tally->n; p++)
            tally->mean[p] += w * ((double)column[p] - (double)origin[p]);
    }
    for (int64_t p = 0; origin && p < tally->n; p++)
        tally->mean[p] = (double)origin[p] + tally->mean[p] / weight;
}

static int32_t T(label_of)(int64_t n, const T(mlpi_targets) *targets, int64_t sample)
{
    return targets->labels ? targets->labels[sample]
                           : T(class_of)(n, targets->t + sample * targets->ldt, 0.5);
}

void T(mlpi_tally_add)(mlpi_tally *tally, int64_t batch, const REAL *y, int64_t ldy,
                       const T(mlpi_targets) *targets)
{
    const mlpi_metric *metric = tally->metric;
    const int choice = metric->classifies && mlpi_metric_classes(metric, tally->n) > 1;
    for (int64_t s = 0; s < batch; s++) {
        const double w = T(weight_of)(targets->weights, s);
        if (w == 0)
            continue;
        const int32_t label = choice ? T(label_of)(tally->n, targets, s) : 0;
        const REAL *t = targets->t ? targets->t + s * targets->ldt : NULL;
        tally->weight += w;
        tally->sum += w * metric->T(sample)(tally, w, y + s * ldy, t, label);
    }
}

mlp_status T(mlpi_metric_evaluate)(const mlpi_metric *metric, double parameter, int64_t n, int64_t batch,
                                   const REAL *y, int64_t ldy, const T(mlpi_targets) *targets, double *value)
{
    mlpi_tally tally;
    const mlp_status status = mlpi_tally_begin(metric, parameter, n, &tally);
    if (status != MLP_OK)
        return status;
    if (metric->wants_means)
        T(mlpi_tally_means)(&tally, batch, targets->t, targets->ldt, targets->weights);
    T(mlpi_tally_add)(&tally, batch, y, ldy, targets);
    *value = mlpi_tally_end(&tally);
    return MLP_OK;
}

void T(mlpi_confusion_add)(double bound, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                           const T(mlpi_targets) *targets, int64_t *counts)
{
    const int64_t classes = n == 1 ? 2 : n;
    for (int64_t s = 0; s < batch; s++) {
        const int32_t right = T(label_of)(n, targets, s);
        const int32_t found = T(class_of)(n, y + s * ldy, bound);
        if (right >= 0 && found >= 0)
            counts[found + right * classes]++;
    }
}
