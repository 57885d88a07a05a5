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
    mlp_status status = check_cancelled(trainer);
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
    return tell(trainer, MLP_EVENT_STEP, trainer->epochs, progress->samples, mean(sum, weight));
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

/*
 * The epoch counts, and has a record, also where the look at the validation set fails. Sets *over to whether patience has
 * come to its end.
 */
static mlp_status T(end_epoch)(mlp_trainer *trainer, double loss, double began, int *over)
{
    const mlp_data *validation = trainer->validation;
    const double rate =
        mlpi_schedule_rate(&trainer->options, &trainer->course.plateau, trainer->steps - 1, trainer->epochs);
    double validation_loss = NAN, accuracy = NAN;
    mlp_status status = MLP_OK;
    trainer->epochs++;
    if (validation)
        status = T(mlpi_trainer_evaluate)(trainer, validation, &validation_loss, &accuracy);
    mlpi_history_append(&trainer->history,
                        &(mlpi_epoch_record){{loss, validation_loss, accuracy, trainer->gradient_norm, rate,
                                              seconds() - began, (double)trainer->steps}});
    if (status != MLP_OK)
        return status;
    const double watched = validation ? validation_loss : loss;
    mlpi_plateau_watch(&trainer->options, watched, &trainer->course.plateau);
    *over = mlpi_early_stop_watch(trainer, watched);
    return MLP_OK;
}

/* After all steps; `status` is that of the last one. */
static mlp_status T(finish_epoch)(mlp_trainer *trainer, mlp_status status, int64_t samples, double loss,
                                  double began)
{
    const int64_t epoch = trainer->epochs;
    int over = 0;
    const mlp_status ended = T(end_epoch)(trainer, loss, began, &over);
    if (ended != MLP_OK)
        return ended;
    if (status == MLP_OK)
        status = tell(trainer, MLP_EVENT_EPOCH, epoch, samples, loss);
    if (!over)
        return status;
    mlpi_early_stop_restore(trainer);
    return MLP_CONVERGED;
}

mlp_status T(mlpi_trainer_epoch)(mlp_trainer *trainer, const mlp_data *data, double *loss)
{
    const int shuffled =
        mlpi_options_int(&trainer->options, MLP_TRAINER_SHUFFLE) != 0 && !trainer->optimizer->method;
    const double began = seconds();
    T(progress) progress = {0};
    mlp_status status = mlpi_early_stop_reserve(trainer);
    if (status == MLP_OK)
        status = mlpi_history_reserve(&trainer->history, 1);
    if (status == MLP_OK && shuffled)
        status = draw_order(trainer, data->samples);
    while (status == MLP_OK && progress.samples < data->samples)
        status = T(take_step)(trainer, data, shuffled, &progress);
    *loss = mean(progress.sum, progress.weight);
    return status >= 0 && progress.samples == data->samples
               ? T(finish_epoch)(trainer, status, progress.samples, *loss, began)
               : status;
}
