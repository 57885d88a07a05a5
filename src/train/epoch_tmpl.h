/* Template: one pass over a data set, training or evaluating. */

/* Samples and weighted losses seen so far. */
typedef struct T(progress) {
    int64_t samples;
    double weight, sum;
} T(progress);

static mlp_status T(take_step)(mlp_trainer *trainer, const mlp_data *data, int shuffled,
                               T(progress) *progress)
{
    const int64_t left = data->samples - progress->samples, most = samples_per_step(trainer, data);
    const int64_t count = left < most ? left : most;
    double sum = 0;
    mlp_status status = mlpi_trainer_check_cancelled(trainer);
    if (status != MLP_OK)
        return status;
    const T(mlpi_batch) batch =
        shuffled ? T(mlpi_batch_gather)(trainer, data, trainer->order + progress->samples, count)
                 : T(mlpi_batch_in_place)(data, progress->samples, count);
    status = T(mlpi_trainer_step)(trainer, &batch, &sum);
    if (status != MLP_OK)
        return status;
    const double weight = T(mlpi_weight_sum)(count, batch.targets.weights);
    progress->samples += count;
    progress->weight += weight;
    progress->sum += sum;
    return mlpi_trainer_tell(trainer, MLP_EVENT_STEP, trainer->epochs, progress->samples, mean(sum, weight));
}

mlp_status T(mlpi_trainer_epoch)(mlp_trainer *trainer, const mlp_data *data, double *loss)
{
    const int shuffled =
        mlpi_options_int(&trainer->options, MLP_TRAINER_SHUFFLE) != 0 && !trainer->optimizer->method;
    T(progress) progress = {0};
    mlp_status status = shuffled ? draw_order(trainer, data->samples) : MLP_OK;
    while (status == MLP_OK && progress.samples < data->samples)
        status = T(take_step)(trainer, data, shuffled, &progress);
    *loss = mean(progress.sum, progress.weight);
    if (status >= 0 && progress.samples == data->samples) {
        const int64_t epoch = trainer->epochs++;
        if (status == MLP_OK)
            status = mlpi_trainer_tell(trainer, MLP_EVENT_EPOCH, epoch, progress.samples, *loss);
    }
    return status;
}

/* Whether the largest output, the first of equals, is at the label; NaN anywhere makes it wrong. */
static int T(is_right)(int64_t n, const REAL *y, int32_t label)
{
    int right = y[label] == y[label];
    for (int64_t p = 0; p < n; p++)
        right &= p < label ? y[label] > y[p] : y[label] >= y[p];
    return right;
}

/* sum_s w_s [the largest output of sample s is at its label] */
static double T(right_weight)(int64_t n, int64_t batch, const REAL *y, const T(mlpi_targets) *targets)
{
    double sum = 0;
    for (int64_t s = 0; s < batch; s++)
        if (T(is_right)(n, y + s * n, targets->labels[s]))
            sum += targets->weights ? (double)targets->weights[s] : 1;
    return sum;
}

mlp_status T(mlpi_trainer_evaluate)(mlp_trainer *trainer, const mlp_data *data, double *loss,
                                    double *accuracy)
{
    const mlp_model *model = trainer->model;
    const int64_t n = model->architecture.widths[model->architecture.layers];
    const int64_t most = trainer->buffers.max_batch;
    mlp_workspace *workspace = trainer->buffers.workspace;
    REAL *y = trainer->buffers.y;
    double sum = 0, right = 0;
    for (int64_t first = 0, count; first < data->samples; first += count) {
        count = data->samples - first < most ? data->samples - first : most;
        const T(mlpi_batch) batch = T(mlpi_batch_in_place)(data, first, count);
        double part = 0;
        mlp_status status = T(mlpi_forward)(model, workspace, count, batch.x, batch.ldx, y, n);
        if (status == MLP_OK)
            status = T(mlpi_loss_sum_any)(trainer->loss, n, count, y, n, &batch.targets, 0,
                                          trainer->buffers.loss_scratch, NULL, 0, &part);
        if (status != MLP_OK)
            return status;
        sum += part;
        right += data->labels ? T(right_weight)(n, count, y, &batch.targets) : 0;
    }
    const double weight = T(mlpi_weight_sum)(data->samples, data->weights);
    *loss = mean(sum, weight);
    *accuracy = data->labels ? right / weight : NAN;
    return MLP_OK;
}
