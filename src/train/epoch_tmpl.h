/* Template: one pass over a data set, training. */

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
    const T(mlpi_batch) whole =
        shuffled ? T(mlpi_batch_gather)(trainer, data, trainer->order + progress->samples, count)
                 : T(mlpi_batch_in_place)(data, progress->samples, count);
    const T(mlpi_batch) batch = T(mlpi_batch_skip)(trainer, &whole);
    if (batch.count > 0)
        status = T(mlpi_trainer_step)(trainer, &batch, &sum);
    if (status != MLP_OK)
        return status;
    trainer->skipped += count - batch.count;
    progress->samples += count;
    if (batch.count == 0)
        return MLP_OK;
    const double weight = T(mlpi_weight_sum)(batch.count, batch.targets.weights);
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
