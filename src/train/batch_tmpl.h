/* Template: batches of a data set. */

T(mlpi_batch) T(mlpi_batch_in_place)(const mlp_data *data, int64_t first, int64_t count)
{
    const REAL *x = data->inputs.values, *t = data->targets.values, *weights = data->weights;
    return (T(mlpi_batch)){
        .count = count,
        .x = x + first * data->inputs.ld,
        .ldx = data->inputs.ld,
        .targets = {.t = t ? t + first * data->targets.ld : NULL,
                    .ldt = data->targets.ld,
                    .labels = data->labels ? data->labels + first : NULL,
                    .weights = weights ? weights + first : NULL},
        .first = first,
    };
}

static void T(gather_columns)(const mlpi_columns *columns, const int64_t *numbers, int64_t count, REAL *copy)
{
    const REAL *values = columns->values;
    for (int64_t s = 0; s < count; s++)
        memcpy(copy + s * columns->rows, values + numbers[s] * columns->ld,
               (size_t)columns->rows * sizeof(REAL));
}

T(mlpi_batch)
T(mlpi_batch_gather)(const mlp_trainer *trainer, const mlp_data *data, const int64_t *numbers, int64_t count)
{
    const mlpi_trainer_buffers *buffers = &trainer->buffers;
    const REAL *weights = data->weights;
    REAL *gathered_weights = buffers->weights;
    T(gather_columns)(&data->inputs, numbers, count, buffers->x);
    if (data->targets.values)
        T(gather_columns)(&data->targets, numbers, count, buffers->t);
    for (int64_t s = 0; data->labels && s < count; s++)
        buffers->labels[s] = data->labels[numbers[s]];
    for (int64_t s = 0; weights && s < count; s++)
        gathered_weights[s] = weights[numbers[s]];
    return (T(mlpi_batch)){
        .count = count,
        .x = buffers->x,
        .ldx = data->inputs.rows,
        .targets = {.t = data->targets.values ? buffers->t : NULL,
                    .ldt = data->targets.rows,
                    .labels = data->labels ? buffers->labels : NULL,
                    .weights = weights ? gathered_weights : NULL},
        .numbers = numbers,
    };
}

T(mlpi_batch) T(mlpi_batch_part)(const T(mlpi_batch) *all, int64_t first, int64_t count)
{
    const T(mlpi_targets) *targets = &all->targets;
    return (T(mlpi_batch)){
        .count = count,
        .x = all->x + first * all->ldx,
        .ldx = all->ldx,
        .targets = {.t = targets->t ? targets->t + first * targets->ldt : NULL,
                    .ldt = targets->ldt,
                    .labels = targets->labels ? targets->labels + first : NULL,
                    .weights = targets->weights ? targets->weights + first : NULL},
        .numbers = all->numbers ? all->numbers + first : NULL,
        .first = all->first + first,
    };
}
