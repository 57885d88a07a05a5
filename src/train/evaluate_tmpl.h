/* Template: passes over a data set that train nothing: loss, metrics, confusion. */

/* Looks at the outputs y (n_L x count, no padding) of one batch; adds to what `context` points at. */
typedef mlp_status (*T(look_fn))(mlp_trainer *trainer, const T(mlpi_batch) *batch, int64_t n, const REAL *y,
                                 void *context);

static mlp_status T(look_at_all)(mlp_trainer *trainer, const mlp_data *data, T(look_fn) look, void *context)
{
    const mlp_model *model = trainer->model;
    const int64_t n = model->architecture.widths[model->architecture.layers];
    const int64_t most = trainer->buffers.max_batch;
    REAL *y = trainer->buffers.y;
    mlp_status status = MLP_OK;
    for (int64_t first = 0, count; first < data->samples && status == MLP_OK; first += count) {
        count = data->samples - first < most ? data->samples - first : most;
        const T(mlpi_batch) batch = T(mlpi_batch_in_place)(data, first, count);
        status = T(mlpi_forward)(model, trainer->buffers.workspace, count, batch.x, batch.ldx, y, n);
        if (status == MLP_OK)
            status = look(trainer, &batch, n, y, context);
    }
    return status;
}

/* ---- Loss, and accuracy as the fraction of labels that are the first of the largest outputs ---- */

struct T(judgement) {
    double loss, right; /* sums */
};

static mlp_status T(judge)(mlp_trainer *trainer, const T(mlpi_batch) *batch, int64_t n, const REAL *y,
                           void *context)
{
    const T(mlpi_targets) *targets = &batch->targets;
    struct T(judgement) *judgement = context;
    double sum = 0;
    const mlp_status status = T(mlpi_loss_sum_any)(trainer->loss, n, batch->count, y, n, targets, 0,
                                                   trainer->buffers.loss_scratch, NULL, 0, &sum);
    judgement->loss += sum;
    for (int64_t s = 0; targets->labels && s < batch->count; s++)
        if (T(mlpi_is_among)(n, y + s * n, targets->labels[s], 1))
            judgement->right += targets->weights ? (double)targets->weights[s] : 1;
    return status;
}

mlp_status T(mlpi_trainer_evaluate)(mlp_trainer *trainer, const mlp_data *data, double *loss,
                                    double *accuracy)
{
    const double weight = T(mlpi_weight_sum)(data->samples, data->weights);
    struct T(judgement) judgement = {0};
    const mlp_status status = T(look_at_all)(trainer, data, T(judge), &judgement);
    if (status != MLP_OK)
        return status;
    *loss = judgement.loss / weight;
    *accuracy = data->labels ? judgement.right / weight : NAN;
    return MLP_OK;
}

/* ---- Metrics ---- */

static mlp_status T(tally)(mlp_trainer *trainer, const T(mlpi_batch) *batch, int64_t n, const REAL *y,
                           void *context)
{
    (void)trainer;
    T(mlpi_tally_add)(context, batch->count, y, n, &batch->targets);
    return MLP_OK;
}

mlp_status T(mlpi_trainer_metric)(mlp_trainer *trainer, const mlp_data *data, const mlpi_metric *metric,
                                  double parameter, double *value)
{
    const mlpi_architecture *architecture = &trainer->model->architecture;
    mlpi_tally tally;
    mlp_status status =
        mlpi_tally_begin(metric, parameter, architecture->widths[architecture->layers], &tally);
    if (status != MLP_OK)
        return status;
    if (metric->wants_means)
        T(mlpi_tally_means)(&tally, data->samples, data->targets.values, data->targets.ld, data->weights);
    status = T(look_at_all)(trainer, data, T(tally), &tally);
    const double result = mlpi_tally_end(&tally);
    if (status == MLP_OK)
        *value = result;
    return status;
}

/* ---- Confusion ---- */

struct T(confusion) {
    double bound;
    int64_t *counts;
};

static mlp_status T(count)(mlp_trainer *trainer, const T(mlpi_batch) *batch, int64_t n, const REAL *y,
                           void *context)
{
    const struct T(confusion) *confusion = context;
    (void)trainer;
    T(mlpi_confusion_add)(confusion->bound, n, batch->count, y, n, &batch->targets, confusion->counts);
    return MLP_OK;
}

mlp_status T(mlpi_trainer_confusion)(mlp_trainer *trainer, const mlp_data *data, double bound,
                                     int64_t *counts)
{
    struct T(confusion) confusion = {bound, counts};
    return T(look_at_all)(trainer, data, T(count), &confusion);
}
