/* Template: parameters on their way. */

static void T(optimize)(const mlp_trainer *trainer, const mlpi_update *update, REAL *theta, int64_t count,
                        const REAL *gradient)
{
    const int64_t offset = theta - (REAL *)trainer->model->params;
    REAL *vectors[MLPI_MAX_STATES] = {NULL};
    for (int32_t k = 0; k < trainer->state.count; k++)
        vectors[k] = (REAL *)trainer->state.vectors[k] + offset;
    trainer->optimizer->T(update)(update, count, gradient, vectors, theta);
}

/* The transform of a part of layer l: biases have no penalties. */
static mlpi_transform T(transform_of)(const mlp_trainer *trainer, const mlpi_move *move, int32_t l,
                                      const REAL *theta)
{
    mlpi_transform transform = move->transform;
    if (theta - (const REAL *)trainer->model->params >= trainer->model->layout[l - 1].b)
        transform.l1 = transform.l2 = 0;
    return transform;
}

/* By a transformed gradient, which is made a piece at a time and goes no further than the nearest cache. */
static void T(optimize_pieces)(const mlp_trainer *trainer, const mlpi_update *update,
                               const mlpi_transform *transform, REAL *theta, int64_t count,
                               const REAL *gradient)
{
    enum { PIECE = 512 };
    _Alignas(64) REAL piece[PIECE];
    for (int64_t i = 0; i < count; i += PIECE) {
        const int64_t size = count - i < PIECE ? count - i : PIECE;
        mlpi_updates_best()->T(transform)(size, transform, theta + i, gradient + i, piece);
        T(optimize)(trainer, update, theta + i, size, piece);
    }
}

/* `count` parameters that have moved, into the average */
static void T(average)(const mlp_trainer *trainer, const mlpi_move *move, const REAL *theta, int64_t count)
{
    const int64_t offset = theta - (const REAL *)trainer->model->params;
    if (move->fresh != 0)
        mlpi_updates_best()->T(average)(count, move->fresh, theta, (REAL *)trainer->course.average + offset);
}

void T(mlpi_move_average)(mlp_trainer *trainer, const mlpi_move *move)
{
    T(average)(trainer, move, trainer->model->params, trainer->model->padded_count);
}

/* A layer that is not frozen. */
static void T(step_part)(const mlp_trainer *trainer, const mlpi_move *move, int32_t l, REAL *theta,
                         int64_t count, const REAL *gradient)
{
    const double rate = trainer->course.layer_rates[l - 1];
    mlpi_update update = move->update;
    update.rate *= rate;
    update.shrink *= rate;
    if (move->transforms) {
        const mlpi_transform transform = T(transform_of)(trainer, move, l, theta);
        T(optimize_pieces)(trainer, &update, &transform, theta, count, gradient);
    } else {
        T(optimize)(trainer, &update, theta, count, gradient);
    }
}

void T(mlpi_move_part)(mlp_trainer *trainer, const mlpi_move *move, int32_t l, REAL *theta, int64_t count,
                       const REAL *gradient)
{
    if (trainer->course.layer_rates[l - 1] != 0)
        T(step_part)(trainer, move, l, theta, count, gradient);
    T(average)(trainer, move, theta, count);
}

/* The norm of the gradient with its penalties, over all layers that move */
static double T(norm_of)(const mlp_trainer *trainer, const mlpi_move *move, const REAL *gradient)
{
    const mlp_model *model = trainer->model;
    const REAL *params = model->params;
    const mlpi_updates *loops = mlpi_updates_best();
    const mlpi_transform bare = {0};
    double sum = 0;
    for (int32_t l = 0; l < model->architecture.layers; l++) {
        const mlpi_layout *at = &model->layout[l];
        if (trainer->course.layer_rates[l] == 0)
            continue;
        sum += loops->T(square)(at->lda * at->n_in, &move->transform, params + at->A, gradient + at->A);
        sum += loops->T(square)(at->n_out, &bare, params + at->b, gradient + at->b);
    }
    return sqrt(sum);
}

/* Takes the norm, and what follows from it. */
static mlp_status T(clip_by_norm)(mlp_trainer *trainer, mlpi_move *move, const REAL *gradient)
{
    const double norm = move->wants_norm ? T(norm_of)(trainer, move, gradient) : NAN;
    if (move->clip_norm > 0 && !isfinite(norm))
        return mlpi_trainer_refuse_step(trainer, "the norm of the gradient");
    trainer->gradient_norm = norm;
    if (move->clip_norm > 0 && norm > move->clip_norm) {
        move->transform.scale = move->clip_norm / norm;
        move->transforms = 1;
    }
    return MLP_OK;
}

/* Padding and all, where everything moves alike: there gradient and parameters are zero. */
mlp_status T(mlpi_move_all)(mlp_trainer *trainer, mlpi_move *move, const REAL *gradient)
{
    const mlp_model *model = trainer->model;
    REAL *params = model->params;
    const mlp_status status = T(clip_by_norm)(trainer, move, gradient);
    if (status != MLP_OK)
        return status;
    if (!move->transforms && !move->by_layer) {
        T(optimize)(trainer, &move->update, params, model->padded_count, gradient);
        T(mlpi_move_average)(trainer, move);
        return MLP_OK;
    }
    for (int32_t l = 0; l < model->architecture.layers; l++) {
        const mlpi_layout *at = &model->layout[l];
        T(mlpi_move_part)(trainer, move, l + 1, params + at->A, at->lda * at->n_in, gradient + at->A);
        T(mlpi_move_part)(trainer, move, l + 1, params + at->b, at->n_out, gradient + at->b);
    }
    return MLP_OK;
}
