/* Template: one pass over a data set, training. */

static mlp_status T(take_step)(mlp_trainer *trainer, const mlp_data *data, int shuffled)
{
    mlpi_position *position = &trainer->position;
    const int64_t left = data->samples - position->seen, most = samples_per_step(trainer, data);
    const int64_t count = left < most ? left : most;
    double sum = 0;
    mlp_status status = mlpi_trainer_check_cancelled(trainer);
    if (status != MLP_OK)
        return status;
    const T(mlpi_batch) whole =
        shuffled ? T(mlpi_batch_gather)(trainer, data, trainer->order + position->seen, count)
                 : T(mlpi_batch_in_place)(data, position->seen, count);
    const T(mlpi_batch) batch = T(mlpi_batch_skip)(trainer, &whole);
    if (batch.count > 0)
        status = T(mlpi_trainer_step)(trainer, &batch, &sum);
    if (status != MLP_OK)
        return status;
    trainer->skipped += count - batch.count;
    position->seen += count;
    position->used += batch.count;
    if (batch.count == 0)
        return MLP_OK;
    const double weight = T(mlpi_weight_sum)(batch.count, batch.targets.weights);
    position->weight += weight;
    position->sum += sum;
    return mlpi_trainer_tell(trainer, MLP_EVENT_STEP, trainer->epochs, position->seen, mean(sum, weight));
}

mlp_status T(mlpi_trainer_epoch)(mlp_trainer *trainer, const mlp_data *data, double *loss)
{
    const int shuffled =
        mlpi_options_int(&trainer->options, MLP_TRAINER_SHUFFLE) != 0 && !trainer->optimizer->method;
    const mlpi_position *position = &trainer->position;
    mlp_status status = shuffled ? draw_order(trainer, data->samples) : MLP_OK;
    if (status == MLP_OK)
        find_place(trainer, data->samples);
    while (status == MLP_OK && position->seen < data->samples)
        status = T(take_step)(trainer, data, shuffled);
    if (position->used > 0)
        *loss = mean(position->sum, position->weight);
    return status == MLP_OK ? end_epoch(trainer, *loss) : status;
}
