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

/* A column of few rows is copied before a call would have begun. */
static inline void T(copy_column)(int64_t rows, const REAL *column, REAL *copy)
{
    enum { FEW = 64, PIECE = 4 };
    int64_t i = 0;
    if (rows > FEW) {
        memcpy(copy, column, (size_t)rows * sizeof(REAL));
        return;
    }
    for (; i + PIECE <= rows; i += PIECE)
        memcpy(copy + i, column + i, PIECE * sizeof(REAL));
    for (; i < rows; i++)
        copy[i] = column[i];
}

/* A shuffled sample is likely to be in no cache: those to come are asked for early. */
static void T(gather_columns)(const mlpi_columns *columns, const int64_t *numbers, int64_t count, REAL *copy)
{
    enum { AHEAD = 8, LINE = 64 / sizeof(REAL) };
    const REAL *values = columns->values;
    for (int64_t s = 0; s < count; s++) {
        const REAL *column = values + numbers[s] * columns->ld;
        const REAL *later = values + numbers[s + AHEAD < count ? s + AHEAD : s] * columns->ld;
        for (int64_t i = 0; i < columns->rows; i += LINE)
            __builtin_prefetch(later + i);
        T(copy_column)(columns->rows, column, copy + s * columns->rows);
    }
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

int T(mlpi_batch_is_finite)(const mlp_trainer *trainer, const T(mlpi_batch) *batch)
{
    const mlpi_architecture *architecture = &trainer->model->architecture;
    const int64_t rows = mlpi_loss_target_rows(trainer->loss, architecture->widths[architecture->layers]);
    const T(mlpi_targets) *targets = &batch->targets;
    return T(mlpi_all_finite)(architecture->widths[0], batch->count, batch->x, batch->ldx) &&
           (!targets->t || T(mlpi_all_finite)(rows, batch->count, targets->t, targets->ldt));
}

/* Sample `from` of the batch becomes sample `to` <= from of the trainer's buffers, which may be where it lies. */
static void T(keep)(const mlp_trainer *trainer, const T(mlpi_batch) *batch, int64_t from, int64_t to)
{
    const mlpi_architecture *architecture = &trainer->model->architecture;
    const int64_t n_in = architecture->widths[0], n_out = architecture->widths[architecture->layers];
    const mlpi_trainer_buffers *buffers = &trainer->buffers;
    const T(mlpi_targets) *targets = &batch->targets;
    memmove((REAL *)buffers->x + to * n_in, batch->x + from * batch->ldx, (size_t)n_in * sizeof(REAL));
    if (targets->t)
        memmove((REAL *)buffers->t + to * n_out, targets->t + from * targets->ldt,
                (size_t)n_out * sizeof(REAL));
    if (targets->labels)
        buffers->labels[to] = targets->labels[from];
    if (targets->weights)
        ((REAL *)buffers->weights)[to] = targets->weights[from];
}

const T(mlpi_batch) *T(mlpi_batch_skip)(const mlp_trainer *trainer, const T(mlpi_batch) *batch,
                                        T(mlpi_batch) *rest)
{
    const mlpi_architecture *architecture = &trainer->model->architecture;
    const mlpi_trainer_buffers *buffers = &trainer->buffers;
    const T(mlpi_targets) *targets = &batch->targets;
    if (!mlpi_options_int(&trainer->options, MLP_TRAINER_SKIP_NONFINITE) ||
        batch->count > buffers->max_batch || T(mlpi_batch_is_finite)(trainer, batch))
        return batch;
    *rest = (T(mlpi_batch)){.x = buffers->x,
                            .ldx = architecture->widths[0],
                            .targets = {.t = targets->t ? buffers->t : NULL,
                                        .ldt = architecture->widths[architecture->layers],
                                        .labels = targets->labels ? buffers->labels : NULL,
                                        .weights = targets->weights ? buffers->weights : NULL}};
    for (int64_t s = 0; s < batch->count; s++) {
        const T(mlpi_batch) one = T(mlpi_batch_part)(batch, s, 1);
        if (T(mlpi_batch_is_finite)(trainer, &one))
            T(keep)(trainer, batch, s, rest->count++);
    }
    if (!(T(mlpi_weight_sum)(rest->count, rest->targets.weights) > 0))
        rest->count = 0;
    return rest;
}

T(mlpi_batch) T(mlpi_batch_part)(const T(mlpi_batch) *all, int64_t first, int64_t count)
{
    return (T(mlpi_batch)){.count = count,
                           .x = all->x + first * all->ldx,
                           .ldx = all->ldx,
                           .targets = T(mlpi_targets_from)(&all->targets, first),
                           .numbers = all->numbers ? all->numbers + first : NULL,
                           .first = all->first + first};
}
