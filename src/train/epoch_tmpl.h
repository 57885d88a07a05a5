/* Template: one pass over a data set, training. */

static mlp_status T(take_step)(mlp_trainer *trainer, const mlp_data *data, int shuffled)
{
    mlpi_position *position = &trainer->position;
    const int64_t left = data->samples - position->seen, most = samples_per_step(trainer, data);
    const int64_t count = left < most ? left : most;
    mlpi_taken taken;
    mlp_status status = mlpi_trainer_check_cancelled(trainer);
    if (status != MLP_OK)
        return status;
    const T(mlpi_batch) batch =
        shuffled ? T(mlpi_batch_gather)(trainer, data, trainer->order + position->seen, count)
                 : T(mlpi_batch_in_place)(data, position->seen, count);
    status = T(mlpi_trainer_step)(trainer, &batch, &taken);
    if (status != MLP_OK)
        return status;
    position->seen += count;
    position->used += taken.count;
    position->weight += taken.weight;
    position->sum += taken.sum;
    return taken.count > 0 ? mlpi_trainer_tell(trainer, MLP_EVENT_STEP, trainer->epochs, position->seen,
                                               mean(taken.sum, taken.weight))
                           : MLP_OK;
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
    const double took = trainer->position.seconds + seconds() - began;
    double validation_loss = NAN, accuracy = NAN;
    mlp_status status = MLP_OK;
    trainer->epochs++;
    trainer->position = (mlpi_position){0};
    if (validation)
        status = T(mlpi_trainer_evaluate)(trainer, validation, &validation_loss, &accuracy);
    mlpi_history_append(&trainer->history,
                        &(mlpi_epoch_record){{loss, validation_loss, accuracy, trainer->gradient_norm, rate,
                                              took, (double)trainer->steps}});
    if (status != MLP_OK)
        return status;
    const double watched = validation ? validation_loss : loss;
    mlpi_plateau_watch(&trainer->options, watched, &trainer->course.plateau);
    *over = mlpi_early_stop_watch(trainer, watched);
    return MLP_OK;
}

/* After all steps. */
static mlp_status T(finish_epoch)(mlp_trainer *trainer, double loss, double began)
{
    const int64_t epoch = trainer->epochs, samples = trainer->position.samples;
    int over = 0;
    mlp_status status = T(end_epoch)(trainer, loss, began, &over);
    if (status == MLP_OK)
        status = mlpi_trainer_tell(trainer, MLP_EVENT_EPOCH, epoch, samples, loss);
    if (status < 0 || !over)
        return status;
    mlpi_early_stop_restore(trainer);
    return MLP_CONVERGED;
}

mlp_status T(mlpi_trainer_epoch)(mlp_trainer *trainer, const mlp_data *data, double *loss)
{
    const int shuffled =
        mlpi_options_int(&trainer->options, MLP_TRAINER_SHUFFLE) != 0 && !trainer->optimizer->method;
    const double began = seconds();
    mlpi_position *position = &trainer->position;
    mlp_status status = mlpi_early_stop_reserve(trainer);
    if (status == MLP_OK)
        status = mlpi_history_reserve(&trainer->history, 1);
    if (status == MLP_OK && shuffled)
        status = draw_order(trainer, data->samples);
    if (status == MLP_OK)
        find_place(trainer, data->samples);
    while (status == MLP_OK && position->seen < data->samples)
        status = T(take_step)(trainer, data, shuffled);
    if (position->used > 0)
        *loss = mean(position->sum, position->weight);
    if (status == MLP_OK)
        return T(finish_epoch)(trainer, *loss, began);
    position->seconds += seconds() - began;
    return status;
}
