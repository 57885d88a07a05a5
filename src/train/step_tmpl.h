/* Template: one step. */

/* Says which element of X (n x count) is not finite, in which sample and before which step. */
static mlp_status T(refuse_element)(const mlp_trainer *trainer, const T(mlpi_batch) *batch, const char *what,
                                    int64_t n, const REAL *X, int64_t ld)
{
    int64_t row = 0, column = 0;
    if (!T(mlpi_find_not_finite)(n, batch->count, X, ld, &row, &column))
        return MLP_OK;
    const int64_t step = trainer->steps + 1;
    const int64_t sample = batch->numbers ? batch->numbers[column] : batch->first + column;
    return mlpi_fail(MLP_ERR_NUMERIC, "%s: element %lld of sample %lld is %g: step %lld was not taken", what,
                     (long long)row, (long long)sample, (double)X[row + column * ld], (long long)step);
}

static mlp_status T(check_batch)(const mlp_trainer *trainer, const T(mlpi_batch) *batch)
{
    const mlpi_architecture *architecture = &trainer->model->architecture;
    const int64_t rows = mlpi_loss_target_rows(trainer->loss, architecture->widths[architecture->layers]);
    const T(mlpi_targets) *targets = &batch->targets;
    if (T(mlpi_batch_is_finite)(trainer, batch))
        return MLP_OK;
    const mlp_status status =
        T(refuse_element)(trainer, batch, "x", architecture->widths[0], batch->x, batch->ldx);
    return status == MLP_OK ? T(refuse_element)(trainer, batch, "t", rows, targets->t, targets->ldt) : status;
}

/* 1 / the weight of all samples, which a batch without weight has 0 for. */
static double T(mean_scale)(const T(mlpi_batch) *batch)
{
    const double weight = T(mlpi_weight_sum)(batch->count, batch->targets.weights);
    return weight > 0 ? 1 / weight : 0;
}

/* Forward and loss: `y` receives scale dloss/dy in the user's units. */
static mlp_status T(run_forward)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double scale, double *sum)
{
    const mlp_model *model = trainer->model;
    const int64_t n_out = model->architecture.widths[model->architecture.layers];
    REAL *y = trainer->buffers.y;
    mlp_status status =
        T(mlpi_forward)(model, trainer->buffers.workspace, batch->count, batch->x, batch->ldx, y, n_out);
    if (status == MLP_OK)
        status = T(mlpi_loss_sum_any)(trainer->loss, n_out, batch->count, y, n_out, &batch->targets, scale,
                                      trainer->buffers.loss_scratch, y, n_out, sum);
    return status;
}

/* The gradient in the trainer's buffer moves the parameters. */
static mlp_status T(update_params)(mlp_trainer *trainer)
{
    const int64_t count = trainer->model->padded_count;
    const REAL *gradient = trainer->buffers.gradient;
    if (!T(mlpi_all_finite)(count, 1, gradient, count))
        return mlpi_trainer_refuse_step(trainer, "gradient");
    mlpi_move move;
    mlpi_move_begin(trainer, &move);
    const mlp_status status = T(mlpi_move_all)(trainer, &move, gradient);
    if (status != MLP_OK)
        return status;
    trainer->steps++;
    mlpi_trainer_touch(trainer);
    return MLP_OK;
}

/* The gradient by a forward pass and a vjp, by whatever engine; none where the loss is not finite. */
static mlp_status T(gradient_by_passes)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double scale,
                                        double *sum)
{
    const mlp_model *model = trainer->model;
    const int64_t n_out = model->architecture.widths[model->architecture.layers];
    const mlp_status status = T(run_forward)(trainer, batch, scale, sum);
    return status == MLP_OK && isfinite(*sum)
               ? T(mlpi_vjp)(model, trainer->buffers.workspace, trainer->buffers.y, n_out, NULL, 0, NULL,
                             trainer->buffers.gradient)
               : status;
}

static mlp_status T(step_by_passes)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double *sum)
{
    const mlp_status status = T(gradient_by_passes)(trainer, batch, T(mean_scale)(batch), sum);
    if (status != MLP_OK)
        return status;
    return isfinite(*sum) ? T(update_params)(trainer) : mlpi_trainer_refuse_step(trainer, "loss");
}

/* What the loss and the updates of a step are called with. */
struct T(step_context) {
    mlp_trainer *trainer;
    const T(mlpi_batch) *batch;
    int64_t n_out;
    double scale; /* of the cotangents: 1 / sum of the weights */
    const mlpi_move *move;
};

static double T(loss_of_group)(void *context, int64_t first, int64_t count, REAL *y, int64_t ldy)
{
    const struct T(step_context) *c = context;
    const T(mlpi_targets) targets = T(mlpi_targets_from)(&c->batch->targets, first);
    const double sum =
        T(mlpi_loss_sum)(c->trainer->loss, c->n_out, count, y, ldy, &targets, c->scale, y, ldy);
    if (c->trainer->loss->one_sided && targets.t &&
        !T(mlpi_all_finite)(c->n_out, count, targets.t, targets.ldt))
        return (double)NAN;
    return sum;
}

static void T(move_part)(void *context, int32_t l, REAL *theta, int64_t count, const REAL *gradient)
{
    const struct T(step_context) *c = context;
    T(mlpi_move_part)(c->trainer, c->move, l, theta, count, gradient);
}

/* One matrix and vector per layer of something in the parameters' layout. */
void T(mlpi_trainer_aim)(const mlp_trainer *trainer, void *whole, mlpi_gradient *parts)
{
    const mlp_model *model = trainer->model;
    for (int32_t l = 0; l < model->architecture.layers; l++) {
        const mlpi_layout *at = &model->layout[l];
        parts[l] = (mlpi_gradient){(REAL *)whole + at->A, at->lda, (REAL *)whole + at->b};
    }
}

/* A gradient is copied where it would be stored. */
static void T(store_part)(void *context, int32_t l, REAL *theta, int64_t count, const REAL *gradient)
{
    (void)l;
    const struct T(step_context) *c = context;
    const int64_t offset = theta - (REAL *)c->trainer->model->params;
    memcpy((REAL *)c->trainer->buffers.gradient + offset, gradient, (size_t)count * sizeof(REAL));
}

static T(mlpi_step) T(describe_step)(const mlpi_chain *chain, struct T(step_context) *context)
{
    const mlp_trainer *trainer = context->trainer;
    const mlp_model *model = trainer->model;
    return (T(mlpi_step)){.chain = chain,
                          .memory = trainer->buffers.step,
                          .batch = context->batch->count,
                          .x = context->batch->x,
                          .ldx = context->batch->ldx,
                          .in = {model->input_scale, model->input_shift},
                          .out = {model->output_scale, model->output_shift},
                          .y = trainer->buffers.y,
                          .ldy = context->n_out,
                          .loss = T(loss_of_group),
                          .context = context,
                          .gradients = trainer->buffers.gradients,
                          .params = trainer->buffers.params};
}

static mlp_status T(step_natively)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double *sum)
{
    mlp_model *model = trainer->model;
    const int64_t n_out = model->architecture.widths[model->architecture.layers];
    const double *rates = trainer->buffers.dropout;
    const mlpi_dropout dropout = {
        .seed = (uint64_t)mlpi_options_int(&trainer->options, MLP_TRAINER_SEED),
        .step = (uint64_t)trainer->steps,
        .rates = rates,
    };
    mlpi_move move;
    struct T(step_context) context = {
        .trainer = trainer, .batch = batch, .n_out = n_out, .scale = T(mean_scale)(batch), .move = &move};
    mlpi_move_begin(trainer, &move);
    const mlpi_chain chain = mlpi_workspace_chain(trainer->buffers.workspace, model);
    T(mlpi_step) step = T(describe_step)(&chain, &context);
    step.dropout = rates ? &dropout : NULL;
    step.stores = move.wants_norm;
    step.rate = move.plain_rate;
    step.update = T(move_part);
    const mlpi_step_result result = T(mlpi_step_run)(&step, sum);
    if (result == MLPI_STEP_BAD_LOSS)
        return mlpi_trainer_refuse_step(trainer, "loss");
    if (result == MLPI_STEP_BAD_GRADIENT)
        return mlpi_trainer_refuse_step(trainer, "gradient");
    if (result == MLPI_STEP_STORED)
        return T(update_params)(trainer);
    trainer->gradient_norm = NAN;
    if (move.plain_rate != 0)
        T(mlpi_move_average)(trainer, &move);
    trainer->steps++;
    mlpi_model_touch_params(model);
    return MLP_OK;
}

static mlpi_step_result T(gradient_natively)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double scale,
                                             double *sum)
{
    const mlp_model *model = trainer->model;
    const int64_t n_out = model->architecture.widths[model->architecture.layers];
    struct T(step_context) context = {.trainer = trainer, .batch = batch, .n_out = n_out, .scale = scale};
    const mlpi_chain chain = mlpi_workspace_chain(trainer->buffers.workspace, model);
    T(mlpi_step) step = T(describe_step)(&chain, &context);
    step.update = T(store_part);
    return T(mlpi_step_run)(&step, sum);
}

mlp_status T(mlpi_trainer_gradient)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double scale,
                                    double *sum, const char **bad)
{
    const int64_t count = trainer->model->padded_count;
    mlpi_step_result result = MLPI_STEP_STORED;
    *bad = NULL;
    if (trainer->buffers.step) {
        result = T(gradient_natively)(trainer, batch, scale, sum);
    } else {
        const mlp_status status = T(gradient_by_passes)(trainer, batch, scale, sum);
        if (status != MLP_OK)
            return status;
    }
    if (result == MLPI_STEP_BAD_LOSS || !isfinite(*sum))
        *bad = "loss";
    else if (result == MLPI_STEP_BAD_GRADIENT ||
             (result == MLPI_STEP_STORED && !T(mlpi_all_finite)(count, 1, trainer->buffers.gradient, count)))
        *bad = "gradient";
    return MLP_OK;
}

static mlp_status T(run_method)(mlp_trainer *trainer, const T(mlpi_problem) *problem, double *loss)
{
    const mlpi_method *method = trainer->optimizer->method;
    if (method->fit) {
        const mlpi_residuals residuals = T(mlpi_residuals_of)(trainer, problem);
        return method->fit(&residuals, loss);
    }
    const mlpi_objective objective = T(mlpi_objective_of)(trainer, problem);
    return method->minimize(&objective, loss);
}

/* A step of a method, and what goes with every step. */
static mlp_status T(step_by_method)(mlp_trainer *trainer, const T(mlpi_problem) *problem, double *loss)
{
    if (mlpi_move_is_changed(trainer))
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "trainer: %s takes no penalties, clipping or rates of layers",
                         trainer->optimizer->name);
    const mlp_status status = T(run_method)(trainer, problem, loss);
    if (status == MLP_OK)
        T(mlpi_move_average)(trainer, &(mlpi_move){.fresh = mlpi_move_fresh(trainer)});
    return status;
}

/* The batch is all the data there are. */
static mlp_status T(step_on_all)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double *sum)
{
    const T(mlpi_problem) problem = {.samples = batch, .same = trainer->repeats};
    double loss = 0;
    mlp_status status = problem.same ? MLP_OK : T(check_batch)(trainer, batch);
    if (status == MLP_OK)
        status = T(step_by_method)(trainer, &problem, &loss);
    *sum = loss * T(mlpi_weight_sum)(batch->count, batch->targets.weights);
    return status;
}

/* The engine looks at all numbers on its way: which of the caller's is to blame is asked when it has refused one. */
static mlp_status T(step_on)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double *sum)
{
    mlp_status status = MLP_OK;
    if (trainer->optimizer->method)
        return T(step_on_all)(trainer, batch, sum);
    if (trainer->buffers.step) {
        status = T(step_natively)(trainer, batch, sum);
        if (status == MLP_ERR_NUMERIC)
            T(check_batch)(trainer, batch);
        return status;
    }
    status = T(check_batch)(trainer, batch);
    return status == MLP_OK ? T(step_by_passes)(trainer, batch, sum) : status;
}

mlp_status T(mlpi_trainer_step)(mlp_trainer *trainer, const T(mlpi_batch) *batch, mlpi_taken *taken)
{
    T(mlpi_batch) rest;
    const T(mlpi_batch) *good = T(mlpi_batch_skip)(trainer, batch, &rest);
    *taken = (mlpi_taken){.count = good->count};
    const mlp_status status = good->count > 0 ? T(step_on)(trainer, good, &taken->sum) : MLP_OK;
    if (status != MLP_OK)
        return status;
    taken->weight = T(mlpi_weight_sum)(good->count, good->targets.weights);
    trainer->skipped += batch->count - good->count;
    return MLP_OK;
}

mlp_status T(mlpi_trainer_apply_gradient)(mlp_trainer *trainer, const REAL *theta_bar)
{
    const mlp_model *model = trainer->model;
    T(mlpi_layout_scatter)(model->layout, model->architecture.layers, theta_bar, 0, model->param_count,
                           trainer->buffers.gradient);
    return T(update_params)(trainer);
}
